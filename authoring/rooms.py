"""What the builder asks the package for: public facts, input numbers, the glossary."""

from authoring.numbers import NumberError, shown_number
from loadbearing import cases, words
from loadbearing.parts import ScenarioError


def case(path: str) -> str:
    """An input number by case and field: `slow_door.door.handlers`; unknown ones are refused."""
    name, _, fields = path.partition(".")
    try:
        value = cases.get(name)
    except ScenarioError as slip:
        raise NumberError(f"case:{path}: {slip}") from slip
    for field in fields.split("."):
        if not hasattr(value, field):
            raise NumberError(f"case:{path}: {type(value).__name__} has no field {field!r}.")
        value = getattr(value, field)
    return shown_number(value)


def glossary() -> str:
    """The glossary page, from the words of the course."""
    return words.glossary_markdown()
