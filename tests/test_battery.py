"""Luck under a published battery: no order in which draws can be asked for is told from pure chance.

The battery is dieharder (Debian's package; PractRand and TestU01 are not packaged there). It reads the words behind the
draws from its standard input, in six orders. It sums up many p values by an approximation that leans towards 1: with
AES, a cipher, and 20 p samples each, 35 of 156 sums were above .9 and 12 below .1, and with 8 one was above 1 - 1e-6.
So small values are judged, and large ones mean nothing:

* below 1e-6, where dieharder says FAILED, it fails;
* below .005, where dieharder says WEAK, it is tried once more, on other words and four times as many p samples, and
  fails if it is below .005 again;
* in each order there must not be more below .01 than chance allows (binomial, 1e-4).

Everything is fixed beforehand, the words too, so the verdict is the same on every machine. The tests that need no
battery run on fixed words as well, and one that fails there by chance would do so once in 1e6.
"""

import dataclasses
import itertools
import subprocess

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from loadbearing import draws
from tests import bit_streams
from tests.bit_streams import STREAMS

SAFE, N = 1e-6, 200_000
FAILED, WEAK, ALL_TOGETHER = 1e-6, 0.005, 1e-4
CHUNK = 1 << 17
APART, FAR_APART = 1 << 24, 1 << 27
"""How far apart in its stream the words of two tests begin, short ones and long ones: none reads so many. All lie where
an evening could ask for them, below 2^31 listeners."""

# Number of the test, how many p samples, further options; sized so that one stream takes a quarter of a minute. Left
# out are those that dieharder itself calls suspect, and its serial test (102), which stops with an error of its own
# where the difference of two equal sums is rounded below zero.
TESTS = {
    "birthdays": (0, 100),
    "overlapping permutations": (1, 100, "-t", 200_000),
    "rank of 6x8 matrices": (3, 100, "-t", 40_000),
    "bitstream": (4, 100),
    "count the 1s, stream": (8, 100),
    "count the 1s, byte": (9, 20),
    "parking lot": (10, 100),
    "minimum distance": (11, 100),
    "3d spheres": (12, 50),
    "runs": (15, 100),
    "craps": (16, 100, "-t", 40_000),
    "monobit": (100, 100),
    "runs of bits": (101, 100, "-t", 20_000),
    "pairs of bits": (200, 100, "-n", 2, "-t", 20_000),
    "groups of 6 bits": (200, 100, "-n", 6, "-t", 20_000),
    "distance in 3 dimensions": (201, 100, "-n", 3, "-t", 4_000),
    "permutations": (202, 100, "-t", 20_000),
    "Kolmogorov-Smirnov": (204, 200),
    "cosine transform": (206, 1),
}
LONG_TESTS = {
    "rank of 32x32 matrices": (2, 20),
    "squeeze": (13, 100, "-t", 20_000),
    "lagged sums": (203, 100, "-n", 3, "-t", 100_000),
    "bytes": (205, 1),
    "fill tree": (208, 1),
    "monobit of blocks": (209, 1),
}


@dataclasses.dataclass(frozen=True)
class Verdict:
    """One p value of the battery."""

    stream: str
    test: str
    p: float


def verdicts(program, stream, test, more=1, start=0):
    """Feed one test of the battery with a stream from a place on, with `more` times its p samples."""
    number, samples, *options = (TESTS | LONG_TESTS)[test]
    shown = ("-c", ",", "-D", "test_name", "-D", "ntuple", "-D", "pvalues")
    command = [program, "-g", "200", "-d", number, "-p", samples * more, *options, *shown]
    with subprocess.Popen(
        list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as battery:
        try:
            while True:
                battery.stdin.write(stream(start, CHUNK).astype("<u8").tobytes())
                start += CHUNK
        except BrokenPipeError:
            # It has read enough.
            said = battery.stdout.read().decode()
        battery.stdin = None
    rows = [line.split(",") for line in said.splitlines()]
    found = [
        Verdict(stream.__name__, f"{test} {ntuple.strip()}", float(p)) for _, ntuple, p in rows
    ]
    assert found, f"{test}: the battery said {said!r}"
    return found


def suspicious(first, again):
    """Name what fails in the first verdicts, and what was weak in them and is weak again."""
    weak = {one.test for one in first if one.p < WEAK}
    found = [one for one in first + again if one.p < FAILED]
    return found + [one for one in again if one.test in weak and one.p < WEAK]


def put_to(program, stream, tests, apart):
    """All verdicts on one stream, each test on words of its own; fail with the names of what is suspicious."""
    everything = []
    for place, test in enumerate(tests):
        first = verdicts(program, stream, test, start=apart * place)
        is_weak = any(one.p < WEAK for one in first)
        afresh = apart * (len(tests) + 4 * place)
        again = verdicts(program, stream, test, 4, afresh) if is_weak else []
        assert not suspicious(first, again), suspicious(first, again)
        everything += first
    small = sum(one.p < 0.01 for one in everything)
    assert stats.binom.sf(small - 1, len(everything), 0.01) > ALL_TOGETHER
    return everything


# ---------------------------------------------------------------------------------------- The published battery


@pytest.mark.slow
@pytest.mark.parametrize("order", STREAMS)
def test_the_battery_finds_nothing_in_the_order_of(order, dieharder, record_count):
    record_count("p values of the battery", len(put_to(dieharder, STREAMS[order], TESTS, APART)))


@pytest.mark.slow
def test_the_long_tests_find_nothing_in_an_evening(dieharder, record_count):
    found = put_to(dieharder, bit_streams.an_evening, LONG_TESTS, FAR_APART)
    record_count("p values of the battery", len(found))


@pytest.mark.slow
@pytest.mark.parametrize("test", ["birthdays", "minimum distance", "cosine transform"])
def test_the_battery_notices_when_attempts_are_counted_on_and_not_mixed_in(test, dieharder):
    found = verdicts(dieharder, bit_streams.without_the_second_mix, test)
    assert any(one.p < FAILED for one in found)


# --------------------------------------------------------------------------------- What the battery is fed with

whole = st.integers(0, 2**31 - 1)


@settings(deadline=None, derandomize=True)
@given(seed=st.integers(0, draws.MOST_SEED), purpose=whole, listener=whole, attempt=whole)
def test_the_words_are_those_behind_the_draws(seed, purpose, listener, attempt):
    word = bit_streams.words(bit_streams.keys(seed, purpose), listener, attempt)[0]
    drawn = draws.uniform(draws.key(seed, purpose), listener, attempt)
    assert ((int(word) >> 12) + 0.5) * 2.0**-52 == drawn


IN_ORDER = {
    "listeners": lambda n: (1, draws.SERVICE, n, 1),
    "attempts": lambda n: (1, draws.BACKOFF, 5, n),
    "seeds": lambda n: (n, draws.SERVICE, 5, 1),
    "purposes": lambda n: (1, n, 5, 1),
    "an_evening": lambda n: (1, bit_streams.PURPOSES[n % 4].item(), n // 32, n // 4 % 8 + 1),
    "evenings": lambda n: (n % 64, draws.SERVICE, n // 64, 1),
}


@pytest.mark.parametrize("order", STREAMS)
def test_a_stream_goes_on_wherever_it_is_entered(order):
    places = [0, 1, 63, 12_345]
    for place in places:
        seed, purpose, listener, attempt = IN_ORDER[order](place)
        drawn = draws.uniform(draws.key(seed, purpose), listener, attempt)
        assert ((int(STREAMS[order](place, 3)[0]) >> 12) + 0.5) * 2.0**-52 == drawn
    assert np.array_equal(STREAMS[order](0, 200)[70:], STREAMS[order](70, 130))


# ------------------------------------------------------------------------------------- Tests that need no battery


def chances(words):
    return ((words >> np.uint64(12)).astype(float) + 0.5) * draws.UNIT


def serial_correlation(words):
    """The smallest p value of the correlations between a stream and itself 1 to 32 places on."""
    drawn = chances(words)
    n = len(drawn) - 32
    lags = [np.corrcoef(drawn[:n], drawn[lag : lag + n])[0, 1] for lag in range(1, 33)]
    return 2 * stats.norm.sf(np.abs(lags).max() * np.sqrt(n)) * 32


def cells(*columns, bins):
    """The p value of equal numbers in all cells of a cube."""
    at = sum((drawn * bins).astype(int) * bins**i for i, drawn in enumerate(columns))
    return stats.chisquare(np.bincount(at, minlength=bins ** len(columns))).pvalue


def consecutive(words, dimensions, bins):
    """The p value of equal numbers in all cells, for so many draws in a row as one point."""
    points = chances(words[: len(words) // dimensions * dimensions]).reshape(-1, dimensions)
    return cells(*points.T, bins=bins)


@pytest.mark.parametrize("order", STREAMS)
def test_draws_in_the_order_of(order):
    words = STREAMS[order](0, 3 * N)
    assert stats.kstest(chances(words), "uniform").pvalue > SAFE
    assert serial_correlation(words) > SAFE
    assert consecutive(words, 2, 64) > SAFE
    assert consecutive(words, 3, 16) > SAFE
    assert stats.chisquare(np.bincount(words.view(np.uint8), minlength=256)).pvalue > SAFE


def test_these_notice_too_when_attempts_are_counted_on_and_not_mixed_in():
    words = bit_streams.without_the_second_mix(0, 3 * N)
    assert serial_correlation(words) < SAFE
    # What is drawn for four purposes in a row is not at fault, and nothing is found there.
    assert consecutive(words, 2, 64) > SAFE


def test_what_is_drawn_for_one_person_and_attempt_is_independent_by_purpose():
    purposes = range(draws.ARRIVAL, draws.STAY + 1)
    drawn = {p: draws.uniforms(draws.key(4, p), np.arange(N), 1) for p in purposes}
    for one, two in itertools.combinations(purposes, 2):
        assert cells(drawn[one], drawn[two], bins=32) > SAFE, (one, two)
    for three in itertools.combinations(purposes, 3):
        assert cells(*(drawn[p] for p in three), bins=12) > SAFE, three


def grid(key):
    """Words for 60 seeds, 12 purposes, 40 listeners and 20 attempts, each with each."""
    seeds, purposes, listeners, attempts = np.indices((60, 12, 40, 20)).reshape(4, -1)
    return bit_streams.words(key(seeds, purposes), listeners, attempts)


def test_no_two_draws_share_a_word():
    words = grid(bit_streams.keys)
    # Among 576,000 words of 64 bits one pair is alike with probability 1e-8.
    assert len(np.unique(words)) == len(words) == 576_000


def test_shared_words_would_be_noticed_if_seed_and_purpose_were_added_up():
    words = grid(lambda seeds, purposes: (seeds + purposes).astype(np.uint64))
    assert len(np.unique(words)) < len(words)


@pytest.mark.parametrize(
    ("what", "bits"), [("seed", 63), ("purpose", 12), ("listener", 31), ("attempt", 28)]
)
def test_one_bit_turned_over_turns_over_each_bit_of_the_word_half_the_time(what, bits):
    asked = np.random.default_rng(1).integers(0, 2**28, (4, 4_000), dtype=np.uint64)
    asked[1] %= np.uint64(4_096)

    def words(seeds, purposes, listeners, attempts):
        return bit_streams.words(bit_streams.keys(seeds, purposes), listeners, attempts)

    before, row = words(*asked), ("seed", "purpose", "listener", "attempt").index(what)
    places = np.arange(64, dtype=np.uint64)
    least = 1.0
    for bit in range(bits):
        other = asked.copy()
        other[row] ^= np.uint64(1 << bit)
        turned = ((before ^ words(*other))[:, None] >> places) & np.uint64(1)
        off = np.abs(turned.sum(axis=0).astype(float) - 2_000).max()
        least = min(least, 2 * stats.binom.sf(2_000 + off - 1, 4_000, 0.5) * 64 * bits)
    assert least > SAFE


@pytest.mark.parametrize("mean", [0.5, 20.0])
def test_exponential_draws_follow_their_law(mean):
    drawn = [draws.exponential(u, mean) for u in chances(STREAMS["an_evening"](0, N)).tolist()]
    assert stats.kstest(drawn, "expon", args=(0, mean)).pvalue > SAFE


@pytest.mark.parametrize("cv", [0.25, 0.5, 2.0])
def test_lognormal_draws_follow_their_law(cv):
    luck, angle = (
        draws.uniforms(draws.key(6, purpose), np.arange(N), 1).tolist()
        for purpose in (draws.SERVICE, draws.SERVICE_ANGLE)
    )
    drawn = [draws.service(3.0, cv, *both) for both in zip(luck, angle, strict=True)]
    spread = np.sqrt(np.log(1 + cv**2))
    law = stats.lognorm(s=spread, scale=3.0 * np.exp(-(spread**2) / 2))
    assert law.mean() == pytest.approx(3) and law.std() / law.mean() == pytest.approx(cv)
    assert stats.kstest(drawn, law.cdf).pvalue > SAFE
