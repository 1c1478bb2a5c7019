"""Compile the fast engine once, so that no student waits for it: `python -m loadbearing.warm`."""

from __future__ import annotations

from loadbearing import cases
from loadbearing.engines import WITHOUT_COMPILER, has_compiler, simulate


def main():
    """Run every case in a small room, compiled where that is possible, and say which engine is ready."""
    if not has_compiler():
        print(WITHOUT_COMPILER)
        return
    for name in cases.names():
        simulate(cases.get(name).scaled(0.001))
    print("The compiled engine is ready.")


if __name__ == "__main__":
    main()
