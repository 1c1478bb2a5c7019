"""Put the real source of a function or class into a notebook cell: what students read is it.

A line of a code cell that reads

    # <<source loadbearing.engines.door:Door>>

is replaced by the source of that object, found in the text of its file without importing it. A solution may
leave out words of it that a student is asked to take away:

    # <<source loadbearing.engines.door:Door without " and self.drops_dead">>
"""

import ast
import re
from pathlib import Path
from textwrap import dedent

DIRECTIVE = re.compile(
    r"^# <<source (?P<module>[\w.]+):(?P<name>[\w.]+)(?: without \"(?P<without>[^\"\n]+)\")?>>$",
    re.MULTILINE,
)


class SourceError(ValueError):
    """A source that cannot be shown: where it was looked for, and what is there."""


def has_source(cell_source: str) -> bool:
    """Whether a cell takes any of its lines from the package."""
    return bool(DIRECTIVE.search(cell_source))


def with_sources(cell_source: str, root: Path) -> str:
    """The cell with each source line replaced by the source that it names."""

    def source(match: re.Match) -> str:
        found = source_of(root, match["module"], match["name"])
        return _without(found, match["without"], match[0]) if match["without"] else found

    return DIRECTIVE.sub(source, cell_source)


def _without(source: str, words: str, directive: str) -> str:
    """The source without these words, which must stand in it exactly once."""
    if source.count(words) != 1:
        raise SourceError(f"{directive}: these words stand there {source.count(words)} times.")
    return source.replace(words, "")


def source_of(root: Path, module: str, name: str) -> str:
    """The text of `name` (a function, a class, a method `Class.method`) in `root/src`, dedented."""
    path = Path(root, "src", *module.split(".")).with_suffix(".py")
    if not path.is_file():
        raise SourceError(f"<<source {module}:{name}>>: there is no file {module} under src.")
    text = path.read_text(encoding="utf-8")
    node = ast.parse(text)
    for part in name.split("."):
        named = {
            child.name: child
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        }
        if part not in named:
            raise SourceError(
                f"<<source {module}:{name}>>: {module} has no {part!r}; it has: {', '.join(named)}."
            )
        node = named[part]
    first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
    lines = text.splitlines()[first - 1 : node.end_lineno]
    return dedent("\n".join(lines))
