"""The questions that a unit's labs ask before a run, read from their sources: for what is printed."""

import ast
from dataclasses import dataclass
from pathlib import Path

LABS = Path(__file__).resolve().parent / "labs"
FIELDS = ("key", "question", "options", "settle")
"""What a `Prediction` takes, in its order."""


@dataclass(frozen=True)
class Question:
    """What a lab asks before a run, and the answers to choose from."""

    asked: str
    answers: tuple[str, ...]


def questions(page: str, labs: Path = LABS) -> list[Question]:
    """The questions of the labs of a page such as `04_the_flood`, in its order. Nothing but its imports is run."""
    tree = ast.parse((labs / f"{page}.py").read_text(encoding="utf-8"))
    imports = [one for one in tree.body if isinstance(one, ast.Import | ast.ImportFrom)]
    names: dict = {}
    exec(compile(ast.Module(imports, []), page, "exec"), names)
    found = []
    for one in ast.walk(tree):
        if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "Prediction":
            given = dict(zip(FIELDS, one.args, strict=False))
            given |= {key.arg: key.value for key in one.keywords}
            asked, answers = (
                eval(compile(ast.Expression(given[name]), page, "eval"), names)
                for name in ("question", "options")
            )
            found.append((one.lineno, Question(asked, tuple(answers.values()))))
    return [question for _, question in sorted(found, key=lambda pair: pair[0])]
