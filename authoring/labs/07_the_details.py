# %% [markdown]
# The night before a launch. The evening is planned, and it goes well enough. Eight small settings are left, and there is
# time to check one of them.
#
# 1. **Watch** the crowd for ten seconds.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*. There is no wrong answer before the run.
# 3. **Run.** Press *Lock it in and run*. Each of the eight is made wrong, alone, and the evening is run. Then do it
#    yourself: turn one knob to `400`, look at the picture, put it back, and try the next.
#
# The picture shows how many are in the room, and how many stand outside and want in.
#
# (A picture but no buttons? Choose *Run All Cells* in the menu *Run*.)

# %% tags=["fold"]
from loadbearing.checks import details
from loadbearing.labs import Choice, Knob, Lab, Mission, Number, Prediction, Settings
from loadbearing.units import share

QUEUE, WAIT, DOOR, OTHER = "door.queue_limit", "crowd.timeout_s", "door.handlers", "detail"
soon = Number("soon", "In within five minutes", details.soon_of, share)
ruin_par, newest = Settings.of("the_eve", {WAIT: 52}), {OTHER: "newest first"}
long, brisk = details.still(0.9, QUEUE, 400), details.still(0.8, WAIT, 25)
long_par = Settings.of("the_eve", {QUEUE: 400}, newest)
brisk_par = Settings.of("the_eve", {WAIT: 25, QUEUE: 27})
lab = Lab(
    cases=["the_eve"],
    knobs=[
        *[Knob(path, 25, 400) for path in (QUEUE, WAIT, DOOR)],
        Choice(OTHER, details.one_more(), named="One of the other six"),
    ],
    prediction=Prediction(
        key="premortem",
        question="One of these eight is wrong tonight: four times what it was, or set the other way round. "
        "With which one do fewest get in within five minutes?",
        options=details.PREMORTEM,
        settle=details.premortem,
    ),
    missions=[
        Mission("ruin", "No handler less: fewer than half in soon.", details.ruined, par=ruin_par),
        Mission("long", "One knob at 400 ruins it. Leave it so: 90 % in soon.", long, par=long_par),
        Mission(
            "brisk", "One at 25 ruins it too. Leave it so: 80 % in soon.", brisk, par=brisk_par
        ),
    ],
    picture="inside_and_outside",
    first=(soon, "dead_work", "attempts_per_person"),
    unit="the_details",
)
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# As everything is set, <!--=eve_as_set-->91 %<!--/--> are in within five minutes. Now turn one knob at a time. `100` is always
# that evening's own setting.
#
# - *Queue limit* at `400`: the kind choice, for fewer are refused. <!--=eve_long_queue-->7.9 %<!--/--> are in soon.
# - *Time-out* at `400`: clients wait longer for an answer. Nothing happens.
# - *Time-out* at `25`: the brisk choice, for nobody waits in vain. <!--=eve_short_timeout-->2.3 %<!--/--> are in soon.
# - *One of the other six*: try them all. Each alone hardly moves the evening.
#
# Now put the queue limit at `400`, **and** the time-out at `400`. The evening is well again:
# about <!--=eve_both_generous-->92 %<!--/--> are in soon. So the two are one setting. The queue must be worked off before the
# clients stop waiting. A full queue as it was lasts <!--=eve_queue_lasts-->5 seconds<!--/-->, and a client
# waits <!--=eve_client_waits-->10 seconds<!--/-->. At four times the length it lasts <!--=eve_long_queue_lasts-->20 seconds<!--/-->.
# By then each client has gone, and the door works for nobody.
#
# Now put the time-out back, leave the queue limit at `400`, and put the handlers at `400`. The detail does not matter
# any more. Money has bought the distance.
#
# (The numbers on this page are those of a smaller room. With the full crowd, the lab may show a point more or less.)
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run. *Soon* means within five minutes.
#
# - In the last two, find the knob that ruins the evening and leave it there. Turn another one, but order no handler more.
#   Then that part of the crowd must be in soon.
# - *Pin this run* keeps one evening in the picture while you try the next.
# - In the second mission, more than one of the eight helps. Which of them did nothing before?
# - Skipping the requests of those who left sounds like the cure there. Try it. Then open *Look closer* and find the dead
#   work in *All other numbers*. Why does it not help much?
#
# ## How wrong may a setting be?
#
# A tornado is a picture with one bar for each setting. The bar shows what becomes of the evening with less of it and with
# more of it. Here the eight details are black, and five sizes are grey. Each of the thirteen is wrong by a quarter. Which
# bars would you worry about?

# %% tags=["fold"]
details.the_whole_eve(details=1.25, sizes=1.25)

# %% [markdown]
# Only the sizes. A tornado like this one stands in many plans. It says: look after the handlers and the crowd, and forget
# the rest. Now the same picture with one change. The sizes are still wrong by a quarter, as a careful estimate leaves them. A
# detail may be wrong by a factor of four, because nobody has looked at it for a year.

# %% tags=["fold"]
details.the_whole_eve(details=4, sizes=1.25)

# %% [markdown]
# The evenings are the same. Only the ranges are other ones, and **the ranges decide which bar is longest**. If a size were
# wrong by a factor of four too, it would ruin the evening as well. With a quarter of the
# handlers <!--=eve_quarter_of_the_handlers-->1.4 %<!--/--> are in soon. But a crowd four times as large makes news. A queue
# four times as long is one line that nobody reads.
#
# Before you believe a tornado, ask: who chose the ranges, and from what?

# %% [markdown]
# ## Your verdict
#
# One claim of the failure reading. It takes more than one run, so the lab has made them for you: they stand under the claim.
#
# 1. Go back to the lab and set up a run that you want beside them.
# 2. Come back here and press *Take the run that the lab shows now*.
# 3. Judge. *Cannot be decided here* is an answer.

# %%
lab.verdict_card(F7=details.largest_fall)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number: how long your queue lasts, beside how long your clients wait. The exercise shows how to find it.

# %%
lab.launch_sheet()

# %% [markdown]
# ## For those who like code: other ranges, in Python
#
# You may stop here and go on with *Next*. Below, change `details=2` to another number and run the cell with Shift and
# Enter. At which number does the longest black bar become shorter than the longest grey one?

# %%
details.the_whole_eve(details=2, sizes=1.25)
