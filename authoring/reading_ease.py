"""How hard the lessons and the plans of a class are to read: words a sentence and Flesch's reading ease.

Run `python -m authoring.reading_ease`. Only running text counts: headings, tables, code, addresses and what the
builder writes are left out. Syllables are counted where Pyphen would hyphenate a word: in unit 01 that gives 1.34 a
word, the CMU dictionary of spoken English 1.30, so the ease told here is some three points too low.

Source of the formula: R. Flesch, A new readability yardstick, Journal of Applied Psychology, volume 32, 1948.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pyphen

from authoring.contents import read_contents
from authoring.pages import REGION

ROOT = Path(__file__).resolve().parents[1]
LONGEST_SENTENCE = 18
"""Words, on average, that a lesson's sentences may have."""
LEAST_EASE = 55
"""Flesch's reading ease that a lesson must reach; 60 to 70 is called plain English."""

HYPHENS = pyphen.Pyphen(lang="en_US", left=1, right=1)
LEFT_OUT = re.compile(r"(?s:<!--.*?-->|```.*?```)|^#.*$|^\|.*$|^-{3,}\s*$", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ITEM = re.compile(r"^\s*(?:-|\d+\.)\s+", re.MULTILINE)
SENTENCE = re.compile(r"[.!?][\"'”’)]*\s+")


@dataclass(frozen=True)
class Ease:
    """One lesson: its words, the mean number of them in a sentence, and Flesch's reading ease (0 to about 120)."""

    words: int
    words_a_sentence: float
    reading_ease: float

    @property
    def plain(self) -> bool:
        """Whether it keeps both bounds of the course."""
        return self.words_a_sentence <= LONGEST_SENTENCE and self.reading_ease >= LEAST_EASE


def sentences(markdown: str) -> list[str]:
    """The sentences of a page's running text; a paragraph or list item ends its last one.

    >>> sentences("# Head\\n\\nOne [door](door.md). Who *waits*?\\n\\n- A queue\\n- A limit")
    ['One door.', 'Who waits?', 'A queue.', 'A limit.']
    """
    text = re.sub(r"<!--=.*?-->|<!--/-->", "", markdown)
    text = LEFT_OUT.sub("", REGION.sub("", text))
    text = LINK.sub(r"\1", text).replace("*", "").replace("`", "")
    found = []
    for block in re.split(r"\n\s*\n", ITEM.sub("\n\n", text)):
        block = " ".join(block.split())
        if not block:
            continue
        cut = [0, *(match.end() for match in SENTENCE.finditer(block)), len(block)]
        found += [block[a:b].strip() for a, b in zip(cut, cut[1:], strict=False) if b > a]
    return [one if one[-1] in '.!?)"”' else f"{one.rstrip(':;,')}." for one in found]


def ease(markdown: str) -> Ease:
    """Measure a page's running text; one without a sentence raises ValueError.

    Reading ease = 206.835 - 1.015 words / sentences - 84.6 syllables / words.
    """
    found = sentences(markdown)
    words = sum(len(one.split()) for one in found)
    if not words:
        raise ValueError("The page has no running text to measure; write a sentence.")
    syllables = sum(syllables_of(word) for one in found for word in one.split())
    return Ease(
        words=words,
        words_a_sentence=words / len(found),
        reading_ease=206.835 - 1.015 * words / len(found) - 84.6 * syllables / words,
    )


def measured(root: Path = ROOT) -> dict[str, Path]:
    """The pages to measure, by slug, in the order of course.toml: each unit's lesson, then the plans of a class."""
    contents = read_contents(root)
    pages = {unit.slug: root / unit.path("lesson") for unit in contents.units}
    return pages | {page.slug: root / page.path for page in contents.pages if page.minutes}


def lessons(root: Path = ROOT) -> dict[str, Ease]:
    """The measure of each of these pages, by its slug."""
    pages = measured(root).items()
    return {slug: ease(path.read_text(encoding="utf-8")) for slug, path in pages}


def syllables_of(word: str) -> int:
    """The syllables of a word: one more than the places at which it may be hyphenated; a number counts as one.

    >>> [syllables_of(word) for word in ("door,", "handler", "simulation.", "1,000")]
    [1, 2, 4, 1]
    """
    return len(HYPHENS.positions(re.sub(r"[^a-z'-]", "", word.lower()))) + 1


def longest(markdown: str, number: int = 5) -> list[str]:
    """The longest sentences of a page, longest first: where to begin mending."""
    return sorted(sentences(markdown), key=lambda one: -len(one.split()))[:number]


def main() -> None:
    """Print the table, and below it the longest sentences of each page."""
    print(f"{'page':<16}{'words':>7}{'a sentence':>12}{'ease':>7}")
    for slug, one in lessons().items():
        print(f"{slug:<16}{one.words:>7}{one.words_a_sentence:>12.1f}{one.reading_ease:>7.0f}")
    print(f"Wanted: at most {LONGEST_SENTENCE} words a sentence, ease of at least {LEAST_EASE}.")
    for slug, path in measured().items():
        print(f"\nLongest sentences of {slug}:")
        for one in longest(path.read_text(encoding="utf-8")):
            print(f"  {len(one.split()):>3}  {one}")


if __name__ == "__main__":
    main()
