"""The house: who may know what, the public face, one home for each thing, nothing that may not land."""

import ast
import doctest
import importlib
import re
import sys
import tomllib

import pytest
from house import PACKAGE, ROOT, course_files, imported, modules, name_of, text_files

import loadbearing
from loadbearing import record

# --- who may know what ---------------------------------------------------------------------------

# Each room of the package and the rooms it may know. Arrows lead only to rooms further up.
MAY_KNOW = {
    "units": [],
    "words": [],
    "theory": [],
    "parts": [],
    "progress": [],
    "record": ["units"],
    "calibration": ["parts"],
    "scenario": ["parts"],
    "traffic": ["units", "parts", "scenario"],
    "draws": ["parts", "scenario"],
    "team": ["parts", "scenario", "draws"],
    "cases": ["parts", "scenario", "team"],
    "run": ["parts", "scenario"],
    "bar": ["units", "parts"],
    "engines": ["units", "bar", "parts", "scenario", "draws", "run"],
    "readings": ["units", "words", "run"],
    "claims": ["units", "parts", "readings"],
    "misfit": ["units", "record", "readings"],
    "learning": ["units", "draws"],
    "contract": ["units", "parts", "draws", "cases"],
    "roadmap": ["units", "parts", "draws", "cases", "learning"],
    "growth": ["units", "parts", "draws", "cases", "run", "engines", "readings"],
    "live": ["units", "parts", "scenario", "draws", "engines", "run", "readings"],
    "stress": ["units", "words", "bar", "parts", "scenario", "draws", "engines", "readings"],
    "front_page": ["units", "words", "record", "run", "readings"],
    "pictures": ["units", "words", "readings"],
    "launch": [
        *("units", "words", "bar", "parts", "scenario", "traffic", "draws", "team", "cases", "run"),
        *("engines", "readings", "stress", "front_page"),
    ],
    "report": [
        *("units", "words", "parts", "progress", "run", "readings", "claims", "stress"),
        *("front_page", "pictures", "launch"),
    ],
    "replay": ["units", "run", "readings"],
    "warm": ["cases", "engines"],
    "the face": ["parts", "scenario", "cases", "run", "engines"],
}
EVERYTHING_ABOVE = [*MAY_KNOW]
MAY_KNOW["labs"] = EVERYTHING_ABOVE
MAY_KNOW["checks"] = [*EVERYTHING_ABOVE, "labs"]
MAY_KNOW["pack"] = [*EVERYTHING_ABOVE, "labs"]
# Two files that are one room: a run is audited by laws that read runs.
SAME_ROOM = {"audit": "run", "": "the face"}

# What is used from outside, and the only rooms that may use it.
ONLY_IN = {
    "numba": ["engines"],
    "llvmlite": ["engines"],
    "simpy": ["engines", "team"],
    "matplotlib": ["pictures", "front_page"],
    "PIL": ["pictures", "labs", "pack"],
    "ipywidgets": ["labs"],
    "anywidget": ["replay", "labs"],
    "psutil": ["engines"],
    "uvicorn": ["live"],
    "starlette": ["live"],
    "locust": ["live"],
    "gevent": ["live"],
    "geventhttpclient": ["live"],
    "prometheus_client": ["live"],
    "httpx": ["live"],
    "h11": ["live"],
    "reportlab": ["report"],
    "IPython": ["labs"],
    "random": [],
    "secrets": [],
    "authoring": [],
    "tests": [],
}


def room_of(module):
    first = module.split(".")[0]
    return SAME_ROOM.get(first, first)


def known_to(path):
    """The rooms of ours that a file imports, with lines."""
    rooms = {name.split(".")[0] for name in modules()}
    for name, line in imported(path):
        if name.split(".")[0] == "loadbearing":
            after = name.partition(".")[2].split(".")[0]
            yield room_of(after) if after in rooms - {""} else "the face", line


def test_every_room_of_the_package_stands_in_the_table():
    assert {room_of(module) for module in modules()} <= {*MAY_KNOW}


def test_arrows_lead_only_to_rooms_further_up():
    order = [*MAY_KNOW]
    for room, known in MAY_KNOW.items():
        for other in known:
            assert order.index(other) < order.index(room), f"{room} may not know {other}"


@pytest.mark.parametrize("module", modules(), ids=lambda name: name or "the face")
def test_a_room_knows_only_what_it_may(module):
    path, room = modules()[module], room_of(module)
    for other, line in known_to(path):
        assert other == room or other in MAY_KNOW[room], (
            f"{name_of(path)}, line {line}: {room} may not know {other}"
        )


@pytest.mark.parametrize("module", modules(), ids=lambda name: name or "the face")
def test_outside_libraries_stay_in_their_rooms(module):
    path, room = modules()[module], room_of(module)
    for name, line in imported(path):
        library = name.split(".")[0]
        assert room in ONLY_IN.get(library, [room]), (
            f"{name_of(path)}, line {line}: {library} belongs in {ONLY_IN[library] or 'no room'}"
        )


def test_chance_comes_only_from_draws():
    for module, path in modules().items():
        if room_of(module) == "draws":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            used = isinstance(node, ast.Attribute) and node.attr == "random"
            assert not used, f"{name_of(path)}, line {node.lineno}: chance belongs in draws.py"


# --- the public face -----------------------------------------------------------------------------


def test_the_public_face_is_what_it_says():
    shown = {
        name
        for name, thing in vars(loadbearing).items()
        if not name.startswith("_") and getattr(thing, "__module__", None)
    }
    promised = {name for name in loadbearing.__all__ if name not in modules()}
    assert shown == promised
    assert len(set(loadbearing.__all__)) == len(loadbearing.__all__)
    for name in loadbearing.__all__:
        assert getattr(loadbearing, name).__doc__, f"loadbearing.{name} has no docstring"


@pytest.mark.parametrize("module", modules(), ids=lambda name: name or "the face")
def test_every_public_function_and_class_says_what_you_get(module):
    path = modules()[module]
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{name_of(path)} has no docstring"
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{name_of(path)}, line {node.lineno}: {node.name}"


@pytest.mark.parametrize(
    "module",
    [
        *(f"loadbearing.{name}".rstrip(".") for name in modules()),
        *(f"authoring.{path.stem}" for path in sorted((ROOT / "authoring").glob("[a-z]*.py"))),
    ],
)
def test_examples_in_docstrings_are_true(module, record_count):
    result = doctest.testmod(importlib.import_module(module))
    record_count("docstring examples", result.attempted)
    assert result.failed == 0


# --- one home for each thing ---------------------------------------------------------------------


def constants(path):
    """Every number written in a Python file, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
        if number:
            yield node.value, node.lineno


def telling(value):
    """Whether a number is so particular that meeting it twice is no accident: 915000, not 3600."""
    digits = f"{value:.15g}".replace(".", "").strip("0")
    return abs(value) >= 1000 and len(digits) >= 3


def numbers_in(table):
    """Every number in a parsed TOML file."""
    if isinstance(table, dict | list):
        for item in table.values() if isinstance(table, dict) else table:
            yield from numbers_in(item)
    elif type(table) in (int, float):
        yield table


def test_a_number_of_the_record_or_of_a_case_is_written_in_its_home_alone():
    homes = {
        "cases": {
            value
            for path in (PACKAGE / "cases").glob("*.py")
            for value, _ in constants(path)
            if telling(value)
        },
        "record.toml": {
            value
            for value in numbers_in(tomllib.loads((PACKAGE / "record.toml").read_text("utf-8")))
            if telling(value)
        },
    }
    written = [path for path in modules().values() if path.parent.name != "cases"]
    written += sorted((ROOT / "authoring").rglob("*.py"))
    for path in written:
        for value, line in constants(path):
            for home, values in homes.items():
                assert value not in values, (
                    f"{name_of(path)}, line {line}: {value:g} is written in {home}; take it there"
                )


def test_titles_and_questions_are_written_in_the_table_of_contents_alone():
    table = tomllib.loads((ROOT / "course.toml").read_text(encoding="utf-8"))
    questions = [entry["question"] for kind in ("unit", "planned") for entry in table.get(kind, [])]
    built = re.compile(r"<!-- built: .*?<!-- built: end -->|<!--=.*?<!--/-->", re.DOTALL)
    for path in text_files():
        if path.suffix in (".py", ".md") and "tests" not in path.parts:
            text = built.sub("", path.read_text(encoding="utf-8"))
            for question in questions:
                assert question not in text, f"{name_of(path)} types {question!r}; see course.toml"


def test_axes_and_sliders_take_their_labels_from_the_words():
    found = []
    for module, path in modules().items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "attr", getattr(node.func, "id", ""))
            labels = [*node.args[:1]] if called in ("set_xlabel", "set_ylabel") else []
            if called.endswith("Slider"):
                labels = [word.value for word in node.keywords if word.arg == "description"]
            typed = [one.value for one in labels if isinstance(one, ast.Constant) and one.value]
            found += [f"{module}, line {node.lineno}: {label!r}" for label in typed]
    assert not found, "take these labels from words.toml:\n" + "\n".join(found)


# --- what may not land ---------------------------------------------------------------------------

# Spelled in pieces, so that this file does not hold what it looks for.
MAY_NOT_STAND = {
    "a registry's address": [
        r"py[p]i\.or[g]",
        r"pythonhoste[d]",
        r"registry\.npmj[s]",
        r"deb\.debia[n]",
        r"crates\.i[o]",
        r"anaconda\.or[g]",
    ],
    "a path of one machine": [
        r"(?<![\w.])/wor[k]/",
        r"(?<![\w.])/roo[t]/",
        r"(?<![\w.])/far[m]/",
        r"(?<![\w.])/hom[e]/\w",
        r"(?<![\w/])share[d]/",
    ],
    "a name of the workshop": [r"farm-studi[o]", r"subagen[t]"],
    "something unfinished": [r"\bTOD[O]\b", r"\bFIXM[E]\b", r"\bXX[X]\b", r"NotImplementedErro[r]"],
    "a test that tests nothing": [r"assert Tru[e]\b"],
}


@pytest.mark.parametrize("what", MAY_NOT_STAND)
def test_no_file_holds(what):
    found = [
        f"{name_of(path)}, line {number}: {match[0]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        for pattern in MAY_NOT_STAND[what]
        if (match := re.search(pattern, line))
    ]
    assert not found, "\n".join(found)


def test_a_test_is_left_out_only_where_a_browser_is_missing():
    leaving_out = {"skip", "skipif", "importorskip", "xfail"}
    found = {
        name_of(path)
        for path in (ROOT / "tests").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in leaving_out
    }
    assert found <= {"tests/conftest.py"}


def test_no_file_is_empty_and_no_room_is_bare():
    for path in course_files():
        assert path.stat().st_size > 0, f"{name_of(path)} is empty"
    for folder in {path.parent for path in modules().values()}:
        assert any(
            ast.parse(path.read_text(encoding="utf-8")).body[1:] for path in folder.glob("*.py")
        ), f"{name_of(folder)} is a room without content"


def test_no_file_is_large():
    allowed = {
        "requirements.lock": 600_000,
        "workshop/stills.pdf": 500_000,
        "pack/load-bearing.html": 3_000_000,
    }
    for path in course_files():
        size, most = path.stat().st_size, 400_000 if path.parent.name == "recorded" else 300_000
        assert size <= allowed.get(name_of(path), most), f"{name_of(path)}: {size:,} bytes"


def test_what_must_be_there_is_there():
    for name in (
        "README.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "LICENSE-TEXT",
        "START.md",
        "environment.yml",
    ):
        assert (ROOT / name).is_file(), f"{name} is missing"


def test_persons_are_named_in_the_record_alone():
    names = re.compile(rf"\b({'|'.join(record.names_of_persons())})\b")
    homes = ("src/loadbearing/record.toml", "lessons/fact_sheet.md")
    for path in text_files():
        if name_of(path) not in homes and "tests" not in path.parts:
            found = names.search(path.read_text(encoding="utf-8"))
            assert not found, f"{name_of(path)} names {found and found[0]}"


def test_the_package_imports_nothing_that_a_student_does_not_have():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    installed = {re.match(r"[\w-]+", line)[0].lower() for line in declared["dependencies"]}
    comes_with = {"llvmlite": "numba", "PIL": "pillow", "IPython": "ipykernel"}
    comes_with |= {"traitlets": "ipywidgets", "pandas": None}
    comes_with |= {"h11": "uvicorn", "gevent": "locust", "prometheus_client": "prometheus-client"}
    for module, path in modules().items():
        for name, line in imported(path):
            library = name.split(".")[0]
            if library == "loadbearing" or library in sys.stdlib_module_names or library == "":
                continue
            package = comes_with.get(library, library)
            assert package is None or package in installed, (
                f"{module}, line {line}: {library} is not among the dependencies of pyproject.toml"
            )
