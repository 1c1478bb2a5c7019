"""What all tests share: the counts for the closing report, and the browser if there is one."""

import gc
import json
import os
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

COUNTS = Counter()
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def record_count():
    """`record_count("twin scenarios", 40)` adds to what `course.py test` reports at its end."""

    def add(name: str, number: int) -> None:
        COUNTS[name] += number

    return add


def pytest_sessionfinish():
    """Leave the counts where course.py asked for them."""
    if target := os.environ.get("LOADBEARING_COUNTS"):
        Path(target).write_text(json.dumps(COUNTS), encoding="utf-8")


@pytest.fixture(scope="module", autouse=True)
def let_go(request):
    """After its last test a file lets go of the runs it kept, full crowds among them: caches, and labs in widgets."""
    yield
    builders = [module for name, module in sys.modules.items() if name.startswith("authoring.")]
    for module in (request.module, *builders):
        for one in list(vars(module).values()):
            if hasattr(one, "cache_clear") and one.__module__ == module.__name__:
                one.cache_clear()
    if widgets := sys.modules.get("ipywidgets"):
        widgets.Widget.close_all()
    gc.collect()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium. Without one the test is reported skipped; in CI it fails."""
    named = os.environ.get("LOADBEARING_BROWSER")
    found = next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)
    if found:
        return found
    missing = "no Chromium here: install chromium, or name one in LOADBEARING_BROWSER"
    if os.environ.get("CI"):
        pytest.fail(missing)
    return pytest.skip(missing)


@pytest.fixture(scope="session")
def left_out():
    """`left_out(why)` reports a test skipped where real time cannot be kept: on a computer too busy for it."""
    return pytest.skip


@pytest.fixture(scope="session")
def dieharder() -> str:
    """Path of the battery that tests randomness. Without it the test is reported skipped; in CI it fails."""
    if found := shutil.which("dieharder"):
        return found
    missing = "no dieharder here: install Debian's package of that name"
    if os.environ.get("CI"):
        pytest.fail(missing)
    return pytest.skip(missing)
