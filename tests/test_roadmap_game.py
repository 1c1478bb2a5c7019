"""The roadmap as a game: quarters played and taken back, words after the evening, other histories, kept, and shown."""

import json

import numpy as np
import pytest

from loadbearing import readings, roadmap
from loadbearing.labs import roadmap_evening, roadmap_told
from loadbearing.labs.roadmap_game import FIRST_PARTS, KINDS, RoadmapGame
from loadbearing.labs.roadmap_playing import OTHERS, Playing
from loadbearing.parts import ScenarioError
from loadbearing.progress import Progress
from loadbearing.words import avoided_in

BOLD, CAREFUL = (9, 1, 0, 0, 0), (0, 10, 0, 0, 0)


def played(*spends, luck=1):
    playing = Playing(luck=luck)
    for one in spends:
        playing = playing.played(one)
    return playing


@pytest.fixture
def game(tmp_path):
    """A game of a student who has kept nothing."""
    made = RoadmapGame(Progress(tmp_path / "progress.json"))
    assert made.box
    return made


def give(game, parts):
    game.parts.at = list(parts)
    game.play()


def shown(widget):
    return widget.layout.display != "none"


# --- one history ---------------------------------------------------------------------------------


def test_nobody_is_wanted_and_everybody_gets_in_if_all_goes_to_capacity():
    """Without features the audience stays as it is: 20,000 before every event, and a thousand handlers for them."""
    playing = played(*[CAREFUL] * 8)
    assert playing.over and roadmap.bad(playing.rows) == 0
    assert [round(row.grown) for row in playing.rows] == [20_000] * 8
    assert roadmap.total(playing.rows) == pytest.approx(sum(row.came for row in playing.rows))


def test_a_quarter_taken_back_and_played_again_has_the_same_luck():
    playing = played(BOLD, BOLD, BOLD)
    again = playing.went_back().played(BOLD)
    assert again.rows == playing.rows and (playing.back, again.back) == (0, 1)
    other = playing.went_back().played(CAREFUL)
    assert other.rows[:2] == playing.rows[:2]
    for name in ("release", "spike", "weather", "audience"):
        assert getattr(other.rows[2], name) == getattr(playing.rows[2], name)
    assert other.rows[2].grown < playing.rows[2].grown


def test_another_luck_begins_anew_with_another_history():
    playing = played(BOLD, BOLD).went_back()
    new = playing.another()
    assert (new.luck, new.spends, new.back) == (playing.luck + 1, (), 0)
    assert new.played(BOLD).rows[0].weather != 0 or new.seed != playing.seed


def test_par_against_itself_is_all_of_par():
    best = played().best_rows
    playing = played(*(row.spend for row in best))
    assert playing.against_par() == pytest.approx(1.0)
    assert "100 % of par" in roadmap_told.stands(playing).replace("\u00a0", " ")


def test_other_histories_are_those_of_no_luck_in_reach_and_are_played_as_a_table():
    playing = played(*[(3, 6, 0, 0, 1)] * 8)
    shares, bad = playing.on_others
    assert len(shares) == len(bad) == len(OTHERS) == 24
    rows = roadmap.play(roadmap.PLAIN, roadmap.always(3, 6, 0, 0, 1), OTHERS[5])
    best = roadmap.play(roadmap.PLAIN, roadmap.par(roadmap.PLAIN), OTHERS[5])
    assert shares[5] == pytest.approx(roadmap.total(rows) / roadmap.total(best))
    assert bad[5] == roadmap.bad(rows)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ((5, 4, 0, 0, 0), "add up to 9"),
        ((10, 0, 0, 0, 0), "capacity is 0"),
        ((4, 4, 2, 0, 0), "rehearsal is 2"),
        ((5, 6, 0, 0, -1), "details is -1"),
    ],
)
def test_parts_that_make_no_budget_get_a_sentence(parts, why):
    with pytest.raises(ScenarioError, match=why):
        Playing().played(parts)


def test_more_than_eight_quarters_and_less_than_none_get_a_sentence():
    with pytest.raises(ScenarioError, match="All quarters are played"):
        played(*[CAREFUL] * 8).played(CAREFUL)
    with pytest.raises(ScenarioError, match="nothing to take back"):
        Playing().went_back()


# --- words ---------------------------------------------------------------------------------------


def rows_of_many():
    return [
        row
        for luck in range(1, 13)
        for row in played(*[(5, 4, 0, 0, 1), (5, 4, 0, 1, 0)] * 4, luck=luck).rows
    ]


def test_what_luck_brought_is_said_and_nothing_else():
    for row in rows_of_many():
        said = " ".join(roadmap_told.shocks(roadmap.PLAIN, row))
        assert ("clip went round: three times" in said) == row.spike
        assert ("fault that nobody had seen" in said) == row.fault
        assert ("Nobody was on call" in said) == (row.fault and not row.spend.people)
        assert ("brought nobody" in said) == (row.release == 0)
        assert ("loved" in said) == (row.release == 2)
        evening = roadmap_told.evening_said(row)
        assert ("bad evening" in evening) == (row.share < 0.9)
        assert avoided_in(said + evening) == []
    causes = {(row.spike, row.fault, row.release, row.share < 0.9) for row in rows_of_many()}
    assert len(causes) > 8, "too few kinds of quarters to have tried the words"


def test_a_quarter_without_features_releases_nothing():
    assert roadmap_told.shocks(roadmap.PLAIN, played(CAREFUL).rows[0])[0] == "Nothing was released."


def test_a_release_that_more_than_doubles_the_audience_is_said():
    """Nine parts bring .6 (1 - e^-2.25) = 53.7 per cent, and twice that where people love it."""
    rows = [
        row for luck in range(1, 13) for row in played(BOLD, luck=luck).rows if row.release == 2
    ]
    assert rows
    for row in rows:
        said = roadmap_told.shocks(roadmap.PLAIN, row)[0].replace("\u00a0", " ")
        assert "107 % larger" in said


def test_below_nothing_is_said_with_a_sign():
    playing = played(*[BOLD] * 8, luck=9)
    assert roadmap.total(playing.rows) < 0
    assert roadmap_told.stands(playing).startswith("Carried: −")
    assert "from −" in roadmap_told.others_said(playing)


# --- the widgets ---------------------------------------------------------------------------------


def test_the_game_is_played_to_the_end_and_on_other_histories(game):
    assert not shown(game.back) and not shown(game.evening) and not shown(game.others)
    for quarter in range(1, 9):
        assert f"Quarter {quarter} of 8" in game.quarter.value
        give(game, (3, 6, 0, 0, 1))
        assert f"Quarter {quarter}, luck 1" in game.told.value
    assert not shown(game.go) and not shown(game.parts) and shown(game.others)
    assert game.on_others.value == ""
    game.play_others()
    assert "24 other histories" in game.on_others.value
    assert game.on_others.value.count("<tr><td>Q8</td>") == 2, "both plans of this history, folded"
    game.go_back()
    assert game.on_others.value == "" and shown(game.go)
    assert game.parts.at == [3, 6, 0, 0, 1], "what was spent in the quarter taken back"


def test_parts_left_over_get_a_sentence_and_nothing_is_played(game):
    give(game, (3, 3, 0, 0, 0))
    assert "add up to 6" in game.notice.value and game.playing.quarter == 0
    game.parts.at = [4, 6, 0, 0, 0]
    assert game.notice.value == ""
    game.play()
    assert game.playing.quarter == 1


def test_another_luck_puts_the_counters_back(game):
    give(game, (9, 1, 0, 0, 0))
    game.take_another()
    assert tuple(game.parts.at) == FIRST_PARTS and "Luck 2" in game.told.value


def test_the_evening_shown_is_the_run_that_the_quarter_took(game):
    """Counted again in the run: who came, and who was in within five minutes."""
    for parts in ((9, 1, 0, 0, 0), (5, 4, 0, 0, 1), (5, 4, 0, 1, 0), (6, 2, 1, 1, 0)):
        for row in played(*[parts] * 6).rows:
            run = roadmap_evening.run_of(row, sample=0)
            mine = run.listeners
            seen = mine[mine["arrived"] + 300 <= run.evening.ends_s]
            share = np.mean(seen["joined"] - seen["arrived"] <= 300)
            inside = (
                roadmap.every_evening().loads[0] <= row.load <= roadmap.every_evening().loads[-1]
            )
            if inside:
                assert share == row.share
    give(game, (5, 5, 0, 0, 0))
    game.show_evening()
    heading, crowd = game.crowd.children
    row = game.playing.rows[-1]
    assert "evening of quarter 1" in heading.value
    assert crowd.data is not None and crowd.run.lives.size
    assert readings.came(crowd.run) * row.came / len(crowd.run.listeners) == pytest.approx(
        row.came, rel=0.01
    )


def test_nothing_to_show_before_the_first_quarter_gets_a_sentence(game):
    game.show_evening()
    assert "Play a quarter first" in game.notice.value and game.crowd.children == ()


# --- kept ----------------------------------------------------------------------------------------


def again(game):
    """The same page opened anew."""
    game.draft.write()
    made = RoadmapGame(Progress(game.progress.path))
    assert made.box
    return made


def test_a_reload_finds_the_game_where_it_stood(game):
    give(game, (5, 5, 0, 0, 0))
    give(game, (4, 5, 0, 0, 1))
    game.go_back()
    give(game, (2, 7, 0, 0, 1))
    game.parts.at = [1, 8, 0, 0, 0]
    found = again(game)
    assert found.playing.kept == game.playing.kept and found.playing.back == 1
    assert found.parts.at == [1, 8, 0, 0, 0]
    assert found.told.value == game.told.value and found.score.value == game.score.value


@pytest.mark.parametrize(
    "kept",
    [
        {"luck": "many", "back": 0, "spends": []},
        {"luck": 1, "back": 0, "spends": [[9, 9, 9, 9, 9]]},
        {"luck": 0, "back": 0, "spends": []},
        {"luck": 1, "back": -1, "spends": []},
        {"luck": 1, "back": 0, "spends": [[5, 5, 0, 0, 0]] * 9},
        {"spends": 7},
    ],
)
def test_a_game_that_cannot_be_read_gives_a_sentence_and_a_new_game(tmp_path, kept):
    progress = Progress(tmp_path / "progress.json")
    progress.replace("drafts", "the_roadmap/game", **kept)
    made = RoadmapGame(progress)
    assert made.box and made.playing == Playing()
    assert "role=" in made.notice.value


@pytest.mark.parametrize("parts", [None, [1, 2], ["x"] * 5, [9, 9, 0, 0, 0], [0, 0, 3, 0, 0]])
def test_counters_that_make_no_sense_stand_as_at_first(tmp_path, parts):
    progress = Progress(tmp_path / "progress.json")
    progress.replace("drafts", "the_roadmap/game", luck=2, back=0, spends=[], parts=parts)
    made = RoadmapGame(progress)
    assert made.box and made.playing.luck == 2 and tuple(made.parts.at) == FIRST_PARTS


def test_deleting_everything_kept_begins_anew(game):
    give(game, (5, 5, 0, 0, 0))
    game.keeping.forget()
    game.draft.write()
    assert game.playing == Playing() and not game.progress.path.exists()


def test_what_is_kept_is_plain_numbers(game):
    give(game, (5, 5, 0, 0, 0))
    game.draft.write()
    held = json.loads(game.progress.path.read_text(encoding="utf-8"))["drafts"]["the_roadmap/game"]
    assert held["spends"] == [[5, 5, 0, 0, 0]] and held["luck"] == 1


# --- paper ---------------------------------------------------------------------------------------


def test_paper_gets_a_picture_and_the_rules_in_words(game):
    text = game.summary()
    assert text == RoadmapGame(game.progress).summary()
    for name, about in KINDS:
        assert f"{name}: {about}" in text
    assert avoided_in(text) == []
    assert game.still().png()[:4] == b"\x89PNG"
