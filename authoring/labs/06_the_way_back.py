# %% [markdown]
# The house is full. At five past eight the platform restarts. Ten seconds later all is mended. Only, everybody is outside.
# Each dot is one simulated listener.
#
# 1. **Watch.** Press *Play* and see what five past eight does to the crowd. Then press *Pause*.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The picture turns into the curve: how many are in the room, minute by minute.
#
# The black line is an evening of average weather. The grey band is where other evenings with the same settings went.

# %% tags=["fold"]
from loadbearing.labs import Choice, Knob, Lab, Mission, Prediction
from loadbearing.labs.way_back import BACK, LINE, OPEN, QUEUE, RATE
from loadbearing.labs.way_back import in_time, shared_or_cells, three_lines

lab = Lab(
    cases=["the_restart"],
    knobs=[
        Choice(LINE, {"closed": None, OPEN: 300.0}, named="A line in front of the door"),
        Knob(RATE, 10, 400, named="Let through"),
        Knob(QUEUE, 5, 200),
        Knob("door.handlers"),
    ],
    prediction=Prediction(
        key="how_fast",
        question="300,000 people are outside. The door can let in 1,000 a second. You may put a line in front of it. "
        "How many a second do you let through, to have 99 of 100 back within 15 minutes on every evening?",
        options={
            "all": "As many as come, far more than the door can. A line only adds waiting.",
            "less": "Fewer than the door can, though some handlers stand idle.",
            "door": "Exactly 1,000, as the door can. Anything less wastes handlers.",
        },
        settle=three_lines,
    ),
    missions=[
        Mission("line", "99 of 100 back within 8 minutes, with the line.", in_time(480, True)),
        Mission(
            "no_line", "The same with the line closed, and no handler more.", in_time(480, False)
        ),
        Mission("fast", "The same with a line twice as fast as the door.", in_time(480, True, 200)),
    ],
    first=(BACK, "dead_work", "attempts_per_person"),
    unit="the_way_back",
)
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# The door opens again at once, and everybody knocks. Its queue fills up to
# about <!--=queue_in_seconds-->20 seconds<!--/--> of work. A client waits <!--=restart_client_waits-->10 seconds<!--/-->, then
# drops the attempt and tries again. So the door works for people who have stopped waiting. It never gets out of that by
# itself.
#
# - *No line*: at a quarter to nine, <!--=back_open_door-->3.3 %<!--/--> are in again. The door was busy all the time.
# - *A line four times as fast as the door*: no better. It is hardly a line.
# - *A line as fast as the door*: on an average evening the fastest of all. On
#   other evenings, <!--=door_rate_lost-->10<!--/--> of <!--=way_back_evenings-->24<!--/-->, the door is a little slower than
#   that. Then a queue grows, and the evening ends before all are back.
# - *A line at seven tenths of the door*: all are back
#   within <!--=slow_line_worst-->9 minutes<!--/--> on each of those evenings.
#
# Letting people back more slowly got everybody in sooner. Standing in the line costs the door nothing. A request that
# waits in the queue too long costs it a whole join.
#
# Press *Put the knobs back*, open the line and pin a run. Then turn one knob at a time. Watch the grey band more than the
# black line.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run. (*Let through* does something only while the
# line is open.)
#
# - *Pin this run* keeps one evening in the picture while you try the next.
# - Why does a long queue, which refuses hardly anybody, keep people out? Under *Look closer*, open *All other numbers* and
#   find the work spent on people who had left.
#
# ## A door that comes back cold
#
# So far the door was as fast after the restart as before. A real one often comes back *cold*. What it used to remember it
# must look up again, and every connection is new. The time until it is as fast as before is its **warm-up**.
#
# Say a join takes <!--=cold_at_first-->2<!--/--> times as long at first, and three steps
# later, after <!--=warms_up_in-->3 minutes<!--/-->, as long as before. Both numbers are assumed. The line lets
# through <!--=careful_line-->700<!--/--> a second, and the weather is average. What will you see in those three minutes?

# %% tags=["fold"]
from loadbearing.labs.way_back import cold_door

cold_door()

# %% [markdown]
# Look at the flat part. A cold door can let in half as many. So the careful line is too fast for it, and a queue grows. From
# then on the door works for people who have stopped waiting. All are back after <!--=back_cold_door-->10 minutes<!--/--> and
# not after <!--=back_warm_door-->7 minutes<!--/-->. A line that begins at half and grows with the
# door needs <!--=back_growing_line-->8 minutes<!--/-->. So choose the line by what the door can do *now*, and not by what it did before.
#
# ## Help that is ordered
#
# Another evening, another cure. A quarter of a million people come for an announced hour. An **autoscaler** watches the
# door and orders more handlers when they are too busy. What it sees is a minute old. A handler that it orders starts two
# minutes later. Whoever has waited too long, two minutes on average, gives up.
#
# Answer the question, then try the other helpers. The upper curve is who comes. The lower one is how many handlers there
# are.

# %% tags=["fold"]
from loadbearing.labs.way_back import HELP, HELPERS, how_much_help
from loadbearing.pictures.helping import crowd_and_help

help_lab = Lab(
    cases=["the_late_help"],
    knobs=[Choice(HELP, HELPERS, named="Who adds handlers"), Knob("door.handlers", 50, 400)],
    prediction=Prediction(
        key="late_help",
        question="Without help about seven in ten get in. With the autoscaler, how many more?",
        options={
            "much": "Many more. This is what an autoscaler is for.",
            "none": "Hardly anybody. It comes too late.",
            "some": "Some. It misses the first minutes and then catches up.",
        },
        settle=how_much_help,
    ),
    picture=crowd_and_help,
    first=("share_in", "gave_up", "time_to_join"),
    crowd=False,
    unit="the_way_back",
)
help_lab

# %% [markdown]
# <details><summary><b>Open this when you have answered.</b></summary>
#
# It looks, it orders, it waits. Its first handlers serve at <!--=help_serves_at-->20:03:15<!--/-->. Nine in ten of the crowd
# have come by <!--=crowd_has_come_by-->20:01:58<!--/-->, and whoever has no patience left has gone. So with
# it <!--=share_in_late_help-->71 %<!--/--> get in, and without it <!--=share_in_no_help-->71 %<!--/-->. Take away one delay
# alone, and little changes: <!--=share_in_help_sees_at_once-->72 %<!--/--> if it sees at once,
# and <!--=share_in_help_starts_at_once-->75 %<!--/--> if its handlers start at once.
#
# So help that is ordered in the event must arrive within the event. Handlers that are there beforehand need not arrive. Try
# the second knob. And mind the quiet time before: an autoscaler that may also *take away* handlers, down to a tenth, leaves
# only <!--=share_in_scaled_down-->4.3 %<!--/--> in. That happened, in another form, to a large service
# in January <!--=slack_year-->2021<!--/-->. Waiting servers looked idle, so its autoscaler removed some. Then it asked
# for <!--=record:slack_asked_for-->1,200<!--/--> at once and could not have them.
#
# </details>
#
# ## One door, or ten
#
# A restart hits everybody behind the same door. Cut the house into ten **cells**, each with its own door and a tenth of the
# people, and a restart hits one. How many people does that spare, and how soon is the cell itself back? The first answer
# stands on the card below, beside the last claim. The second is the lab above: inside the cell nothing has changed.
#
# ## Your verdict
#
# One claim you have judged before, in unit 01. Look at it again. There *admitting* a crowd was the trouble. Was it here,
# when they first came? Was it when they came back? And was *holding* them the trouble at any time?
#
# 1. Go back to the first lab and set up the run that you want as your evidence. For the last claim, F12, two runs are
#    already on the card.
# 2. Come back here and press *Take the run that the lab shows now*.
# 3. Judge. *Cannot be decided here* is an answer.

# %%
lab.verdict_card("F1", F12=shared_or_cells)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number: the minutes that a full house of yours needs to be in again after a restart. You need two lines
# of the sheet for it: what your door lets in per second, and how many can be inside.

# %%
lab.launch_sheet()

# %% [markdown]
# ## For those who like code: a rule that opens the line
#
# You may stop here and go on with *Next*. Below, somebody looks at the door every ten seconds and sets the line anew: the
# figures they see are ten seconds old. Change the two numbers, run the cell, and see when everybody is back. The exercise
# comes back to such a rule.

# %% tags=["fold"]
from loadbearing import Policy, cases, simulate
from loadbearing.pictures.returning import back_after
from loadbearing.units import duration


# %%
def decide(now, seen):
    crowded = seen.queue > 4_000  # <- from how many waiting requests on it brakes
    return {"admits_per_s": 300 if crowded else 1_200}  # <- what it lets through then


door = {"opens_s": 300.0, "controllers": (Policy(decide=decide, every_s=10, lag_s=10),)}
for evening in (1, 2, 3):
    run = simulate(cases.build("the_restart", door).scaled(1 / 25), evening, progress=False)
    print(f"Evening {evening}: 99 of 100 are back after {back_after(run) / 60:.1f} minutes.")
