"""What the house tests look at: the course's files, its imports, its links."""

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "loadbearing"
TEXT_ENDINGS = {
    ".py",
    ".md",
    ".toml",
    ".yml",
    ".json",
    ".ipynb",
    ".js",
    ".css",
    ".lock",
    ".txt",
    "",
}
NOT_OURS = {".git", ".venv", "my_work", "test-output", "__pycache__", "node_modules"}


def course_files() -> list[Path]:
    """Every file that git knows or would add; in a copy without git, every file that is ours."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if (ROOT / ".git").exists() and listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        found = [
            path
            for path in ROOT.rglob("*")
            if not any(
                part in NOT_OURS or part.endswith("_cache") or part in (".hypothesis",)
                for part in path.relative_to(ROOT).parts
            )
        ]
    return sorted(path for path in found if path.is_file())


def text_files() -> list[Path]:
    """The course's files that hold text."""
    return [path for path in course_files() if path.suffix in TEXT_ENDINGS]


def name_of(path: Path) -> str:
    """A file's name from the top folder, with forward slashes."""
    return path.relative_to(ROOT).as_posix()


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name below `loadbearing` ('' is the face)."""
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = [*path.relative_to(PACKAGE).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Every import in a file as (dotted name, line); `from a import b` gives a.b."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                yield "." * node.level, node.lineno
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


# --- texts ---------------------------------------------------------------------------------------

LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\((?P<to>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<to>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.DOTALL | re.MULTILINE)


def prose(path: Path) -> str:
    """The Markdown of a page, or of a notebook's text cells; fenced code is left out."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        cells = json.loads(text)["cells"]
        text = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    return FENCE.sub("", text)


def anchors(path: Path) -> set[str]:
    """The anchors of a page's headings, where JupyterLab and the web agree on them."""
    found = set()
    for heading in re.findall(r"^#+\s+(.+?)\s*$", prose(path), re.MULTILINE):
        on_the_web = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        if on_the_web == heading.replace(" ", "-"):
            found.add(on_the_web)
    return found
