# %% [markdown]
# One evening, a million people, one door. Watch the crowd for ten seconds: each dot is one simulated listener. Then
# press *The curve*. The hollow dots are the
# three published counts that the course uses; other reports differ a little (see the fact sheet). The grey band is where other evenings with the very same door went. The black line is
# the evening you are about to play.
#
# Then answer the question beside the picture. There is no wrong answer before the run. Or choose *Just let me play*.
# The curve follows a knob while you drag it: a small room, quickly. Let go, and the full crowd runs.
# (A picture but no buttons? Choose *Run All Cells* in the menu *Run*.)

# %% tags=["fold"]
from loadbearing.labs import Knob, Lab, Mission, Prediction, half_in_within, work_for_nobody


def half_as_many_again(bench):
    """The experiment: two evenings, each with half as many handlers again."""
    (slow, flood), said = bench.cured("door.handlers", 150, "slow_door", "retry_flood")
    return "more" if flood > 1.25 * slow else "same" if flood > 0.75 * slow else "less", said


soon = half_in_within(300)
lab = Lab(
    cases=["slow_door", "retry_flood", "capacity_lost", "late_crowd"],
    knobs=[Knob("door.handlers"), Knob("door.queue_limit")],
    prediction=Prediction(
        key="one_cure",
        question="Give the slow door half as many handlers again, and half the crowd is in much sooner. "
        "Another evening, the retry flood, has the same published counts. What will the same cure do there?",
        options={
            "same": "About as much. The counts are the same, so the trouble is the same.",
            "more": "Clearly more. A flood has the most to gain from more handlers.",
            "less": "Clearly less. It is a different trouble.",
        },
        settle=half_as_many_again,
    ),
    missions=[
        Mission(
            "slow_door", "The slow door: get half of them in within 5 minutes.", soon, "slow_door"
        ),
        Mission(
            "retry_flood", "The retry flood: the same. Is it the same knob?", soon, "retry_flood"
        ),
        Mission(
            "kind_queue",
            "The slow door, no handler less: let so many wait that a third of its work is in vain.",
            work_for_nobody(1 / 3, kept="door.handlers"),
            "slow_door",
        ),
    ],
    unit="the_evening",
)
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# Four buttons, four mechanisms. In *The slow door* everybody gets in, one after another. In *The retry flood* the door
# works hard for people who have stopped waiting and already try again. In *Capacity lost* most of the door is gone until
# someone brings it back. In *The late crowd* hardly anybody waits at all: most people simply come later. Press them one
# after another and watch the hollow dots: **every one of them passes every count that was published.**
#
# (Press *Put the knobs back* first.) Now turn the knobs. More handlers cure the slow door and help the flood far less. A queue *a quarter
# as long*, which turns more people away at once, does nothing for the slow door and ends the flood. The same curve, opposite cures: whoever knows
# only the curve does not know what to do.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run.
#
# - Get half of everybody in within five minutes of coming, and turn as little as you can. Is it the same
#   knob on every evening? *Pin this run* keeps one evening in the picture while you try the next.
# - Nobody likes to be turned away, so a long queue looks kind. Make the slow door's queue longer. What became of the
#   evening, and why? (Under *Look closer*, open *All other numbers* and look for work spent on people who had left.)
#
# ## Four evenings, one record

# %%
lab.mechanisms(at_s=1800)

# %% [markdown]
# One more count, half an hour after the announced start, would have told the flood and the lost capacity from the other
# two. No published count for that moment was found. The slow door and the late crowd it would *not* have told apart: for that one must know how
# many stood outside. Behind the slow door it is <!--=slow_door_outside_at_2030-->46 %<!--/--> of those who had come by
# then, with the late crowd <!--=late_crowd_outside_at_2030-->under 0.1 %<!--/-->.
#
# All four are mechanisms that could produce such an evening. Why it really happened was never published.
#
# ## The door, in Python (optional: skip to *Two front pages*)
#
# This is the real door of the reference engine, read from its file. You need not read it. But if you like, change one
# line in it, run this cell and the next one, and see what becomes of the flood. The marked line first: take out
# `and self.drops_dead`, so that requests whose client has gone are skipped. That sounds like the cure. Then put it back,
# and in the line just above it write `self.queue.pop()` instead of `self.queue.popleft()`, so that whoever came last is served first.
# That sounds unfair.

# %% tags=["fold"]
from loadbearing.engines.door import Line

# <<source loadbearing.engines.door:Door>>

# %%
from loadbearing import cases, readings, simulate

run = simulate(cases.get("retry_flood").scaled(1 / 500), engine="reference", door=Door)
print(f"Half the crowd is in after {readings.time_to_join_of_everybody(run) / 60:.0f} minutes.")

# %% [markdown]
# ## Two front pages, one run
#
# Below the picture stand two newspaper pages. Both are written from the run you just made, and every number on them is
# true of it. Make an evening that leaves the left page least to complain about. Then make one that leaves the right
# page least to praise. What did each still find to say? Was it fair?
#
# Run the next cell to keep the two pages as they are now.

# %%
lab.front_pages()

# %% [markdown]
# ## Your verdict
#
# Go back to the lab, set up the run that you want as your evidence, and judge. Its numbers are attached to your verdict.
# For S11 the picture of the four evenings is your evidence. *Cannot be decided here* is an answer, when neither the model nor the public record can tell.

# %%
lab.verdict_card("F1", "S10", "S11")

# %% [markdown]
# ## Your own launch
#
# Five numbers you can find out this week. They give you a first load line: the largest crowd for which your door keeps
# its promise. Every unit will add one more number.

# %%
lab.launch_sheet()
