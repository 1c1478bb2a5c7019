"""Bytes in which much comes again from far back: what came before is named instead of told again.

Deflate looks back 32 kilobytes, and the pictures of a lab are farther apart than that. So a text is first told as
runs: a number of new bytes and the bytes themselves, then how many bytes are taken from what is there already and how
far back they begin (J. Ziv and A. Lempel, IEEE Transactions on Information Theory 23, 1977). It begins with its whole
length. All numbers are told as `numbers` does. What is left is deflated as always: for the pictures of a lab that is a
third of what deflate alone leaves.
"""

from __future__ import annotations

from loadbearing.pack.numbers import read, written

LEAST = 12
"""Bytes that must come again to be worth naming: naming them takes about six."""

STEP = 64


def nearer(text):
    """Return bytes told so that `farther` gives them back."""
    told, seen, at, new = bytearray(), {}, 0, 0
    written(told, len(text))
    while at + LEAST <= len(text):
        key = text[at : at + LEAST]
        before = seen.get(key)
        seen[key] = at
        if before is None:
            at += 1
            continue
        many = _as_before(text, before, at)
        _tell(told, text[new:at], many, at - before)
        at += many
        new = at
    _tell(told, text[new:], 0, 0)
    return bytes(told)


def farther(told):
    """Return the bytes that were told."""
    length, at = read(told, 0)
    text = bytearray()
    while at < len(told):
        many, at = read(told, at)
        text += told[at : at + many]
        at += many
        many, at = read(told, at)
        back, at = read(told, at)
        while many:
            taken = text[len(text) - back :][:many]
            text += taken
            many -= len(taken)
    if len(text) != length:
        raise ValueError(
            f"These bytes tell {len(text):,} bytes and not {length:,}: they are damaged."
        )
    return bytes(text)


def _as_before(text, before, at):
    """How many bytes from `at` on are as from `before` on."""
    many = LEAST
    while text[before + many : before + many + STEP] == text[at + many : at + many + STEP]:
        if at + many >= len(text):
            return len(text) - at
        many += STEP
    while at + many < len(text) and text[before + many] == text[at + many]:
        many += 1
    return many


def _tell(told, new, many, back):
    written(told, len(new))
    told += new
    written(told, many)
    written(told, back)
