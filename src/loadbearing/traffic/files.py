"""The file itself: found, unpacked if it is gzip, and cut into lines, in memory that does not grow with it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from os import PathLike
from pathlib import Path

from loadbearing.traffic.account import TrafficError

BLOCK = 1 << 18
LONGEST_LINE = 1 << 16
HEAD_BYTES, HEAD_LINES = 1 << 16, 500
MOST_CONTROL = 0.02

_GZIP = b"\x1f\x8b"
_OTHER_FORMATS = {
    b"PK\x03\x04": "a zip archive or a spreadsheet; unpack it, or save the sheet as CSV (UTF-8)",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet; save it as CSV (UTF-8)",
    b"BZh": "packed with bzip2; unpack it, or pack it with gzip",
    b"\xfd7zXZ": "packed with xz; unpack it, or pack it with gzip",
    b"\x28\xb5\x2f\xfd": "packed with zstd; unpack it, or pack it with gzip",
    b"PAR1": "a Parquet file; export it as CSV",
    b"SQLite format 3": "a database; export the table as CSV",
    b"%PDF": "a PDF; export the table as CSV",
}
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
_CONTROL = bytes({*range(9), 11, *range(14, 27), *range(28, 32), 127})


class Source:
    """A file of lines. After reading, `broke_off` says what is wrong with a gzip file, and `torn` is its last piece."""

    def __init__(self, path: str | PathLike) -> None:
        self.path = _existing(path)
        self.name = self.path.name
        self.broke_off: str | None = None
        self.torn = b""
        with self._raw() as raw:
            self.packed = raw.read(len(_GZIP)) == _GZIP

    def head(self) -> list[bytes]:
        """Return the first complete lines, at most 500 of at most 64 KiB in all; refuse other formats."""
        lines: list[bytes] = []
        size = 0
        for block in self.blocks(HEAD_BYTES):
            lines += block
            size += sum(map(len, block))
            if size >= HEAD_BYTES or len(lines) >= HEAD_LINES:
                break
        self._refuse_other_formats(lines or [self.torn])
        return lines[:HEAD_LINES]

    def blocks(self, size: int = BLOCK) -> Iterator[list[bytes]]:
        """Yield the lines, many at a time, without their ends; of a longer line than 64 KiB only the beginning."""
        self.broke_off, self.torn = None, b""
        rest, first = b"", True
        with self._raw() as raw:
            for piece in self._unpacked(raw, size):
                lines = (rest + piece).split(b"\n")
                rest = lines.pop()[: LONGEST_LINE + 1]
                if lines:
                    if first:
                        lines[0] = lines[0].removeprefix(_UTF_8_MARK)
                        first = False
                    yield lines
        if self.broke_off:
            self.torn = rest
        elif rest:
            yield [rest.removeprefix(_UTF_8_MARK) if first else rest]

    def _raw(self):
        try:
            return self.path.open("rb", buffering=0)
        except OSError as trouble:
            raise TrafficError(
                f"path is {str(self.path)!r}; it cannot be opened ({trouble.strerror}). Check that you may read it."
            ) from None

    def _unpacked(self, raw, size: int) -> Iterator[bytes]:
        if not self.packed:
            while piece := raw.read(size):
                yield piece
            return
        try:
            with gzip.GzipFile(fileobj=raw) as unpacked:
                while piece := unpacked.read1(size):
                    yield piece
        except EOFError:
            self.broke_off = "it ends before it should"
        except (gzip.BadGzipFile, zlib.error):
            self.broke_off = "its data are damaged"

    def _refuse_other_formats(self, lines: list[bytes]) -> None:
        beginning = b"\n".join(lines).lstrip(b"\0")
        if self.broke_off and lines == [self.torn]:
            raise TrafficError(
                f"path is {self.name!r}, packed with gzip; {self.broke_off}, in its first line. Fetch it again."
            )
        if not beginning:
            raise TrafficError(f"path is {self.name!r}; it is empty. Give a file with lines in it.")
        for magic, what in _OTHER_FORMATS.items():
            if beginning.startswith(magic):
                raise TrafficError(f"path is {self.name!r}; it is {what}.")
        zeros = beginning.count(0)
        if beginning.startswith(_UTF_16_MARKS) or (
            zeros > len(beginning) / 4 and 0 in (beginning[::2].count(0), beginning[1::2].count(0))
        ):
            raise TrafficError(
                f"path is {self.name!r}; it is written in UTF-16 or UTF-32. Save it as UTF-8 text (CSV UTF-8)."
            )
        if len(lines) == 1 and lines[0].strip().count(b"\r") > 1:
            raise TrafficError(
                f"path is {self.name!r}; its lines end in an old way (carriage returns alone). Save it as CSV (UTF-8)."
            )


def is_text(lines: list[bytes]) -> bool:
    """Whether hardly any of these bytes is one that text does not contain."""
    beginning = b"\n".join(lines)
    control = len(beginning) - len(beginning.translate(None, _CONTROL))
    return control <= MOST_CONTROL * len(beginning)


def _existing(path: str | PathLike) -> Path:
    """Return the path of a file that is there, or raise a sentence."""
    try:
        found = Path(path)
        is_file, is_there = found.is_file(), found.exists()
    except (TypeError, ValueError):
        raise TrafficError(f"path is {path!r}; give the name of a file.") from None
    if is_file:
        return found
    if found.is_dir():
        raise TrafficError(f"path is {str(path)!r}; that is a folder. Give a file in it.")
    if is_there:
        raise TrafficError(
            f"path is {str(path)!r}; that is not a file. Save the lines to a file first."
        )
    raise TrafficError(
        f"path is {str(path)!r}; there is no such file in {str(found.absolute().parent)!r}. Check name and folder."
    )
