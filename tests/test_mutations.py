"""The list of faults fits the files as they are, and the runner tells a kill from a near miss."""

from pathlib import Path

import pytest

from authoring.mutate import Mutation, MutationError, judged, mutated, read_mutations

ROOT = Path(__file__).resolve().parents[1]
FAULT = Mutation("a fault", "a.py", "1 + 1", "1 - 1", ("tests/test_a.py",), "test_sums: line 3")


@pytest.mark.parametrize("mutation", read_mutations(), ids=lambda one: one.name)
def test_every_fault_fits_its_file_exactly_once(mutation):
    mutated(ROOT, mutation)
    for test in mutation.tests:
        path = test.split("::")[0]
        assert path.startswith("-") or (ROOT / path).exists(), f"{mutation.name}: no {path}"


@pytest.mark.parametrize(
    ("text", "says"), [("", "stands 0 times"), ("1 + 1\n1 + 1", "stands 2 times in a.py")]
)
def test_a_fault_that_fits_nowhere_or_twice_is_refused(tmp_path, text, says):
    (tmp_path / "a.py").write_text(text)
    with pytest.raises(MutationError, match=says):
        mutated(tmp_path, FAULT)


@pytest.mark.parametrize(
    ("code", "output", "killed", "why"),
    [
        (1, "FAILED test_sums: line 3", True, ""),
        (0, "test_sums: line 3", False, "every test passed"),
        (1, "FAILED another", False, "did not say 'test_sums: line 3'"),
        (2, "test_sums: line 3 cannot be imported", False, "could not run its tests"),
        (4, "no such file", False, "could not run its tests"),
        (5, "no tests ran", False, "could not run its tests"),
    ],
)
def test_only_a_failing_test_that_names_the_place_kills(code, output, killed, why):
    verdict = judged(code, output, FAULT)
    assert verdict[0] is killed and why in verdict[1]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("", "needs exactly the fields"),
        ('file = "a"\nfind = "a"\nreplace = "b"\ntests = []\nsays = "x"', "needs tests and the"),
    ],
)
def test_an_entry_with_a_gap_is_refused(tmp_path, entry, says):
    (tmp_path / "authoring").mkdir()
    text = f'[[mutation]]\nname = "a fault"\n{entry}\n'
    (tmp_path / "authoring/mutations.toml").write_text(text)
    with pytest.raises(MutationError, match=f"'a fault' {says}"):
        read_mutations(tmp_path)
