"""The pack: what its page shows is what the notebook's lab shows, and nothing in it leads outside."""

import functools
import json
import re

import numpy as np
import pytest
from house import ROOT

from authoring import pack as making
from authoring import pack_kept
from loadbearing import Weather, cases, simulate
from loadbearing.labs import Settings, rooms
from loadbearing.labs import knobs as turning
from loadbearing.labs.bench import Bench
from loadbearing.labs.missions import par_of
from loadbearing.pack import far, grid, page, pixels, points, stops
from loadbearing.pack.opened import BLOB, Opened
from loadbearing.parts import ScenarioError
from loadbearing.pictures.paper import PHONE, drawn_for
from loadbearing.progress import Progress
from loadbearing.readings import table
from loadbearing.replay.crowd import crowd_of
from loadbearing.replay.stories import story

FILE = ROOT / "pack" / "load-bearing.html"
MOST_BYTES = 3_000_000
SLUGS = tuple(stops.STOPS)
NAMES_OF_XML = '"http://www.w3.org/2000/svg"'
"""What a drawing is called in XML: a name, which nobody opens."""

OUTSIDE = re.compile(
    r"\b(?:https?|wss?|ftp):|//[a-z0-9-]+\.[a-z]|<link\b|\bsrc=|@import|url\((?!data:)|\bfetch\(|XMLHttpRequest"
    r"|WebSocket|EventSource|sendBeacon|importScripts",
    re.IGNORECASE,
)


# --- the file that is sent -----------------------------------------------------------------------


@functools.cache
def file_text():
    return FILE.read_text(encoding="utf-8")


@functools.cache
def opened():
    return Opened.of(file_text())


def head():
    return opened().head


def blobs():
    return opened().blobs


def unit(slug):
    return opened().lab(slug)


@functools.cache
def points_of(slug):
    return opened().rows(slug)


@functools.cache
def source(slug):
    return making.Source(slug)


@functools.cache
def places(slug):
    return grid.positions(source(slug).lab)


def number_as_the_page_counts(slug, settings):
    """The number of a point from the head alone, as the page's script works it out."""
    told, knobs = unit(slug), source(slug).lab.bench.knobs
    case = next(one for one in told["cases"] if one["name"] == settings.case)
    number = 0
    for index, its in zip(case["knobs"], case["stops"], strict=True):
        number = number * len(its) + its.index(turning.stands(settings, knobs[index]))
    return case["first"] + number


def shown_by_the_notebook(slug, settings, folder):
    """The lab of the notebook, all its widgets made, after the full crowd has run where the knobs stand."""
    lab = making.Source(slug).lab
    lab.progress = Progress(folder / "progress.json")
    assert lab.box
    lab.bench.settings = settings
    lab.run()
    lab.settle()
    return lab


SAMPLE = [
    ("the_evening", Settings("slow_door")),
    ("the_evening", Settings.of("retry_flood", {stops.HANDLERS: 150})),
    ("the_evening", Settings.of("late_crowd", {stops.HANDLERS: 50, stops.QUEUE: 300})),
    ("the_flood", Settings("a_quiet_evening")),
    ("the_flood", Settings.of("ten_bad_seconds", {stops.LATER_QUEUE: 19})),
    ("the_flood", Settings.of("ten_bad_seconds", {stops.LATER_HANDLERS: 80}, {stops.WAITS: "2.5 s"})),
    ("the_queue", Settings.of("same_hardware", {stops.QUEUE: 10})),
    ("the_queue", Settings.of("same_hardware", {stops.HANDLERS: 400}, {stops.REFUSED: "reloads at once"})),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("slug", "settings"), SAMPLE, ids=lambda one: str(one)[:60])
def test_a_point_is_what_the_notebooks_lab_shows_there(slug, settings, tmp_path, monkeypatch):
    if not settings.untouched:
        # The notebook shows the full crowd, and then again with other evenings behind it. The pack keeps the first.
        monkeypatch.setattr(Bench, "_wants_band", lambda self, settings: False)
    number = number_as_the_page_counts(slug, settings)
    assert places(slug)[number] == settings
    point, lab = points_of(slug)[number], shown_by_the_notebook(slug, settings, tmp_path)
    shown = {key: lab.panel.screen.told[key] for key in ("sentence", "caption", "numbers", "shows")}
    assert {key: point["told"][key] for key in shown} == shown
    with drawn_for(PHONE):
        picture = lab.bench.still(lab.sight.trial)
    assert point["told"]["claim"] == lab.sight.picture.title == picture.title
    drawn = points.shades_of(picture.png(width=points.PIXELS))
    assert (opened().picture(slug, point) == drawn).mean() > 0.999
    ticked = set(lab.progress.everything().get("missions", {}))
    assert {f"{slug}/{key}" for key in point["done"]} == ticked
    if lab.pages:
        style, article = (json.loads(blobs()[f"{slug}/pages"])[key] for key in ("style", "pages"))
        assert style in lab.panel.pages.value and article[point["pages"]] in lab.panel.pages.value
    else:
        assert point["pages"] is None


@pytest.mark.slow
def test_the_numbers_are_those_of_the_engine_run_anew_and_so_are_the_dots():
    scenario = cases.get("slow_door")
    half_as_many_again = {
        "door.handlers": scenario.door.handlers * 3 // 2,
        "weather": Weather.calm(),
    }
    run = simulate(scenario.changed(half_as_many_again), 1, sample=rooms.DOTS, progress=False)
    settings = Settings.of("slow_door", {stops.HANDLERS: 150})
    point = points_of("the_evening")[number_as_the_page_counts("the_evening", settings)]
    told = [
        ", ".join(filter(None, [one["number"], one["beside"]])) for one in point["told"]["numbers"]
    ]
    found = table.readings(run)
    assert told == [found[key].text for key in table.FIRST]
    assert blobs()[point["crowd"]["blob"]] == crowd_of(run, 1.0, points.DOTS).packed()
    stories = json.loads(blobs()[point["crowd"]["stories"]])
    assert stories[0] == story(run, int(crowd_of(run, 1.0, points.DOTS).numbers[0]))


@pytest.mark.parametrize("slug", SLUGS)
def test_the_head_says_what_the_lab_says(slug):
    told, lab = unit(slug), source(slug).lab
    expected = json.loads(json.dumps(grid.described(lab)))
    assert {key: told[key] for key in expected} == expected
    assert (told["scene"], told["happened"]) == (source(slug).scene(), source(slug).happened())
    asked = told["prediction"]
    assert asked["question"] == lab.prediction.question
    assert {one["key"]: one["text"] for one in asked["options"]} == lab.prediction.options
    assert len(points_of(slug)) == len(places(slug))


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_the_answer_is_the_one_the_labs_own_experiment_gives(slug):
    lab, asked = source(slug).lab, unit(slug)["prediction"]
    right, sentence = lab.prediction.settle(lab.bench)
    assert (asked["right"], asked["sentence"]) == (right, sentence)
    for key, said in asked["compared"].items():
        assert [
            lab.prediction.compared(key, right, sentence),
            lab.prediction.compared(key, right, sentence, 0.5),
        ] == said[:2]
        assert ("agree" in said[0]) == (key == right)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_mission_can_be_reached_by_the_best_plan_known_and_none_at_rest(slug):
    lab = source(slug).lab
    for mission in lab.missions:
        best = points_of(slug)[number_as_the_page_counts(slug, par_of(slug, mission))]
        assert "That is the best plan known." in best["done"][mission.key]["told"], mission.key
        for case in lab.bench.cases:
            at_rest = points_of(slug)[number_as_the_page_counts(slug, Settings(case))]
            assert mission.key not in at_rest["done"]


def test_the_page_says_how_many_units_the_course_has():
    assert head()["words"]["units"] == making.units_in_words(), "make the pack again"


def test_what_the_page_says_of_a_run_is_a_place_of_its_grid():
    for slug in SLUGS:
        knobs = source(slug).lab.bench.knobs
        for shown in unit(slug)["words"].get("shows", ()):
            settings = turning.settings_of(shown["case"], shown.get("at"), knobs)
            assert settings in places(slug), shown


def test_every_case_at_rest_has_its_moving_crowd():
    for slug in SLUGS:
        for case in source(slug).lab.bench.cases:
            point = points_of(slug)[number_as_the_page_counts(slug, Settings(case))]
            assert {point["crowd"]["blob"], point["crowd"]["stories"]} <= set(blobs())
            assert point["crowd"]["intro_s"] == 10.0


def test_the_front_pages_that_a_point_names_are_there():
    for slug in SLUGS:
        named = {one["pages"] for one in points_of(slug)}
        if source(slug).lab.pages:
            held = json.loads(blobs()[unit(slug)["blobs"]["pages"]])["pages"]
            assert named == set(range(len(held))) and len(set(held)) == len(held)
            assert all(one.count("<article") == 2 for one in held)
        else:
            assert named == {None} and unit(slug)["blobs"]["pages"] is None


def test_every_widget_of_the_notebook_is_in_the_page_as_it_is_and_so_are_its_own_scripts():
    for path in (*page.WIDGETS, *(one.with_suffix(".css") for one in page.WIDGETS)):
        assert path.read_text(encoding="utf-8") in file_text(), path.name
    for path in (*page.HERE.glob("*.js"), *page.HERE.glob("*.css")):
        assert path.read_text(encoding="utf-8") in file_text(), f"{path.name}: make the pack again"


def test_nothing_in_the_page_leads_outside():
    text = BLOB.sub("", file_text()).replace(NAMES_OF_XML, "")
    found = OUTSIDE.search(text)
    assert not found, found
    for name, held in blobs().items():
        if not name.endswith("/pictures") and "/crowd/" not in name:
            assert not OUTSIDE.search(held.decode()), name


def test_the_file_is_small_enough_to_send():
    assert FILE.stat().st_size < MOST_BYTES


# --- how it is made ------------------------------------------------------------------------------


def test_a_picture_is_told_as_runs_over_its_sheet():
    sheet = np.zeros((2, 200), np.uint8)
    shades = sheet.copy()
    shades[0, 3:6] = (7, 7, 8)
    shades[1, 0:150] = 9
    told = pixels.packed(shades, sheet)
    # 3 pixels on: 3 x 2, each told. 200 - 6 = 194 further (66 + 128, 1): 150 x 2 + 1 = 301 (45 + 128, 2) of one shade.
    assert told == bytes([3, 6, 7, 7, 8, 194 & 127 | 128, 1, 301 & 127 | 128, 2, 9])
    assert (pixels.laid(told, sheet) == shades).all()


@pytest.mark.parametrize("seed", range(20))
def test_every_picture_comes_back_from_its_runs(seed):
    dice = np.random.default_rng(seed)
    shape = tuple(dice.integers(1, 60, 2))
    sheet = dice.integers(0, 3, shape).astype(np.uint8)
    shades = np.where(dice.random(shape) < dice.random(), dice.integers(0, 3, shape), sheet).astype(
        np.uint8
    )
    assert (pixels.laid(pixels.packed(shades, sheet), sheet) == shades).all()


def test_a_picture_of_another_size_than_its_sheet_is_refused():
    with pytest.raises(ValueError, match=r"The picture is \(2, 2\), its sheet \(2, 3\)"):
        pixels.packed(np.zeros((2, 2), np.uint8), np.zeros((2, 3), np.uint8))


def test_what_came_before_is_named_and_not_told_again():
    text = b"a door, a queue, a crowd"
    told = far.nearer(text + b" | " + text)
    # 51 bytes; 27 new ones; 24 from 27 back; nothing new after that.
    assert told == bytes([51, 27]) + text + b" | " + bytes([24, 27, 0, 0, 0])
    assert far.farther(told) == text + b" | " + text


@pytest.mark.parametrize(
    "text",
    [b"", b"a", b"a" * 1000, bytes(range(256)) * 40, b"ab" * 6, b"twelve bytes" * 2],
    ids=["nothing", "one", "one again and again", "long", "short", "twice"],
)
def test_all_bytes_come_back(text):
    assert far.farther(far.nearer(text)) == text
    assert page.inflated(page.deflated(text)) == text


def test_damaged_bytes_are_noticed():
    with pytest.raises(ValueError, match="These bytes tell 5 bytes and not 6: they are damaged"):
        far.farther(bytes([6, 5]) + b"bytes" + bytes([0, 0]))


GRID = stops.Stops(
    {"a_quiet_evening": {}, "ten_bad_seconds": {stops.LATER_QUEUE: (19, 100), stops.WAITS: ("5 s", "10 s")}}
)  # fmt: skip


def test_the_grid_turns_the_last_knob_fastest_and_leaves_the_others_at_rest():
    found = grid.positions(source("the_flood").lab, GRID)
    case = "ten_bad_seconds"
    assert found == [
        Settings("a_quiet_evening"),
        Settings.of(case, {stops.LATER_QUEUE: 19}),
        Settings.of(case, {stops.LATER_QUEUE: 19}, {stops.WAITS: "10 s"}),
        Settings(case),
        Settings.of(case, {}, {stops.WAITS: "10 s"}),
    ]
    told = grid.described(source("the_flood").lab, GRID)["cases"][1]
    assert (told["first"], told["rest"], told["knobs"]) == (1, [1, 0], [1, 2])
    assert told["comes_to"] == [["3,800 requests", "20,000 requests"], ["", ""]]


@pytest.mark.parametrize(
    ("its", "said"),
    [
        ({"door.handles": (100,)}, "the_flood has no knob 'door.handles' for its grid"),
        (
            {stops.LATER_QUEUE: (5, 19)},
            "stands at 100 in Ten bad seconds; put that among its stops",
        ),
        ({stops.WAITS: ("5 s", "6 s")}, "How long a client waits for an answer is '6 s'"),
    ],
)
def test_a_grid_that_makes_no_sense_is_refused_with_a_sentence(its, said):
    with pytest.raises(ScenarioError, match=re.escape(said)):
        grid.positions(source("the_flood").lab, stops.Stops({"ten_bad_seconds": its}))


def test_without_the_compiler_no_pack_is_made(monkeypatch):
    monkeypatch.setattr(points, "has_compiler", lambda: False)
    with pytest.raises(ScenarioError, match="need the compiler of the fast engine"):
        points.point(source("the_flood").lab, Settings("a_quiet_evening"))


@pytest.mark.slow
def test_a_pack_made_twice_has_the_same_bytes_and_what_is_kept_is_taken_again(
    tmp_path, monkeypatch
):
    short = stops.Stops({"a_quiet_evening": {}, "ten_bad_seconds": {stops.LATER_QUEUE: (19, 100)}})
    made = []
    for folder in ("one", "other"):
        monkeypatch.setenv("LOADBEARING_MY_WORK", str(tmp_path / folder))
        made.append(making.text(("the_flood",), {"the_flood": short}, progress=False))
    assert made[0] == made[1]

    def never(*_):
        raise AssertionError("a point that is kept was run again")

    monkeypatch.setattr(making, "run_one", never)
    assert making.text(("the_flood",), {"the_flood": short}, progress=False) == made[0]


def test_a_point_is_kept_whole_and_under_what_decides_it(tmp_path):
    kept = pack_kept.Kept(tmp_path)
    shades = np.arange(12, dtype=np.uint8).reshape(3, 4)
    crowd = {"at_s": 30.0, "packed": b"\0\1", "stories": ["one"]}
    point = points.Point({"shows": "here"}, shades, "<p>", {"act": {"told": "so"}}, crowd)
    settings = Settings("slow_door")
    kept.keep("code", settings, True, point)
    back = kept.take("code", settings, True)
    assert (back.shades == shades).all() and back.crowd == crowd
    assert (back.told, back.pages, back.done) == (point.told, point.pages, point.done)
    others = [
        ("more code", settings, True),
        ("code", settings, False),
        ("code", Settings("retry_flood"), True),
    ]
    assert not any(kept.has(*one) for one in others)


def test_what_goes_into_a_page_comes_out_of_it():
    one, other = (np.full((4, 6), shade, np.uint8) for shade in (2, 3))
    both = '<div class="lb-front" lang="en"><style>a {{}}</style>\n<article>{}</article>\n</div>'
    crowd = {"at_s": 30.0, "packed": b"dots", "stories": ["</script> she said"]}
    held = [
        points.Point({"shows": "first"}, one, both.format("x"), {}, None),
        points.Point({"shows": "second"}, other, both.format("y"), {"act": {"turned": 5}}, crowd),
        points.Point({"shows": "third"}, one, both.format("x"), {}, None),
    ]
    made = Opened.of(page.page([page.Told("the_evening", {"title": "a < b"}, held)]))
    lab, rows = made.lab("the_evening"), made.rows("the_evening")
    assert (lab["title"], lab["width"], lab["height"]) == ("a < b", 6, 4)
    assert [row["told"]["shows"] for row in rows] == ["first", "second", "third"]
    assert [row["pages"] for row in rows] == [0, 1, 0] and rows[1]["done"] == {"act": {"turned": 5}}
    pages = json.loads(made.blobs[lab["blobs"]["pages"]])
    assert pages == {"style": "a {}", "pages": ["<article>x</article>", "<article>y</article>"]}
    assert rows[0]["picture"] == rows[2]["picture"], "equal pictures stand there once"
    for before, after in zip(held, made.points("the_evening"), strict=True):
        assert (before.shades == after.shades).all()
        assert (before.told, before.pages, before.done) == (after.told, after.pages, after.done)
        assert before.crowd == after.crowd


def test_what_is_no_page_of_the_pack_is_refused():
    for text in ("<p>a letter</p>", file_text().replace('"format":1', '"format":99', 1)):
        with pytest.raises(
            ValueError, match="This is no page of the pack, or one of another format"
        ):
            Opened.of(text)


def test_the_file_has_the_words_scripts_and_styles_of_now():
    anew = making.around(FILE)
    assert Opened.of(anew).blobs == blobs()
    assert BLOB.sub("", anew) == BLOB.sub("", file_text()), (
        "run python -m authoring.pack --around FILE"
    )


def test_a_file_with_other_places_or_none_at_all_is_refused_with_a_sentence(tmp_path):
    copy = tmp_path / "copy.html"
    copy.write_text(file_text().replace('"stops":[[50,', '"stops":[[51,', 1), encoding="utf-8")
    with pytest.raises(ScenarioError, match="has other places for the knobs of the_evening"):
        making.around(copy)
    with pytest.raises(ScenarioError, match="cannot be used"):
        making.around(tmp_path / "nowhere.html")


def test_a_point_holds_the_full_crowd():
    found = points.point(source("the_flood").lab, Settings("a_quiet_evening"), dots=True)
    scenario = cases.get("a_quiet_evening").changed({"weather": Weather.calm()})
    run = simulate(scenario, 1, sample=rooms.DOTS, progress=False)
    assert found.crowd["packed"] == crowd_of(run, 1.0, points.DOTS_AT_FIRST).packed()
    assert found.told["caption"][0] == "A quiet evening.", "nothing is said of a small room"
    assert found.shades.shape[1] == points.PIXELS and not found.pages and not found.done


def test_a_skeleton_without_a_mark_is_refused():
    with pytest.raises(
        ValueError, match="page.html has <!-- pack: data --> 0 times; write it once"
    ):
        page.filled("<!-- pack: styles -->", {"styles": "", "data": ""})


def test_a_script_that_would_end_early_is_refused():
    with pytest.raises(ValueError, match="may not hold </script"):
        page.page_script("module", "say('</script>')")


def test_the_command_writes_compares_and_says_what_went_wrong(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(making, "text", lambda: "<p>one page</p>")
    file = tmp_path / "new" / "pack.html"
    assert making.main([str(file)]) == 0 and file.read_text() == "<p>one page</p>"
    assert making.main(["--check", str(file)]) == 0
    file.write_text("another")
    assert making.main(["--check", str(file)]) == 1
    assert "is out of date: run python3 course.py pack" in capsys.readouterr().out
    assert making.main([str(tmp_path)]) == 1
    assert "could not be written" in capsys.readouterr().err


def test_the_scene_of_a_lab_is_what_stands_before_its_steps():
    assert source("the_queue").scene()[0].startswith("A million people at one door.")
    assert all(
        "**" not in one and "<!--" not in one for slug in SLUGS for one in source(slug).scene()
    )
    told = source("the_flood").happened()
    assert (
        "<strong>The flood stays.</strong>" in told and "<!--" not in told and "details" not in told
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_what_just_happened_neither_tells_the_next_task_nor_speaks_of_the_notebook(slug):
    told = source(slug).happened()
    assert told.count("<p>") + told.count("<li>") >= 3
    for one in ("Now press", "Your missions", "Pin this run", "Look closer", "small room"):
        assert one not in told, f"{slug}: {one!r}"
