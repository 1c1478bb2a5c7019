# %% [markdown]
# One evening, a million people, one door. Each dot is one simulated listener.
#
# 1. **Watch** the crowd for ten seconds.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*. There is no wrong answer before the run.
# 3. **Run.** Press *Lock it in and run*. The picture turns into the curve: how many are in the room, minute by minute.
#
# On the curve, the black line is this evening. The hollow dots are the three published counts that the course uses. The
# grey band is where other evenings with the very same door went.
#
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
        question="A handler lets in one at a time. With half as many again, half the slow door's crowd is in much sooner. "
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
            "slow_door", "The slow door: half the crowd in within 5 minutes.", soon, "slow_door"
        ),
        Mission(
            "retry_flood", "The retry flood: the same, with little turning.", soon, "retry_flood"
        ),
        Mission(
            "kind_queue",
            "The slow door, no handler less: let a third of its work go to people who have left.",
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
# Press the four buttons one after another, and watch the hollow dots. **Every one of the four evenings passes every count
# that was published.** Each by another mechanism:
#
# - *The slow door*: everybody gets in, one after another.
# - *The retry flood*: the door works hard for people who have stopped waiting and already try again.
# - *Capacity lost*: most of the door is gone until someone brings it back.
# - *The late crowd*: hardly anybody waits. Most people simply come later.
#
# Now press *Put the knobs back* and turn one knob at a time. More handlers cure the slow door and help the flood far less.
# A queue *a quarter as long* turns more people away at once. It does nothing for the slow door and ends the flood. The
# same curve, opposite cures: whoever knows only the curve does not know what to do.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run.
#
# - While you drag, a small room follows at once. Let go, and the full crowd runs.
# - *Pin this run* keeps one evening in the picture while you try the next.
# - Nobody likes to be turned away, so a long queue looks kind. What does it do behind the slow door? Under *Look closer*,
#   open *All other numbers* and find the work spent on people who had left.
#
# ## Four evenings, one record
#
# All four are drawn below over the same three counts. At which time would one more count have helped most?

# %%
lab.mechanisms(at_s=1800)

# %% [markdown]
# Half an hour after the announced start, one more count would have told the flood and the lost capacity from the other
# two. No published count for that moment was found. It would *not* have told the slow door from the late crowd. For that
# one must know how many stood outside. Behind the slow door it is <!--=slow_door_outside_at_2030-->46 %<!--/--> of those who had come by
# then, with the late crowd <!--=late_crowd_outside_at_2030-->under 0.1 %<!--/-->.
#
# All four are mechanisms that could produce such an evening. Why it really happened was never published.

# %% [markdown]
# ## Two front pages, one run
#
# Below the picture stand two newspaper pages. Both are written from the run you just made, and every number on them is
# true of it. Make an evening that leaves the left page least to complain about. Then make one that leaves the right
# page least to praise. What did each still find to say? Was it fair?
#
# Below is a copy, made when this page opened. To copy the pages of your own run, click the grey line and press Shift and
# Enter.

# %%
lab.front_pages()

# %% [markdown]
# ## Your verdict
#
# Two claims of the stress-test reading, one of the failure reading. For each:
#
# 1. Go back to the lab and set up the run that you want as your evidence. For the last claim, S11, the picture of the
#    four evenings is the evidence.
# 2. Come back here and press *Take the run that the lab shows now*. Its numbers go with your verdict.
# 3. Judge. *Cannot be decided here* is an answer, when neither the model nor the public record can tell.

# %%
lab.verdict_card("F1", "S10", "S11")

# %% [markdown]
# ## Your own launch
#
# Five numbers you can find out this week. They give you a first load line: the largest crowd for which your door keeps
# its promise. Every unit will add one more number.

# %%
lab.launch_sheet()

# %% [markdown]
# ## For those who like code: the door, in Python
#
# You may stop here and go on with *Next*. Below is the real door of the reference engine, read from its file. Change one
# line in it, run its cell and the one after it, and see what becomes of the flood. Two changes to try, one after the other:
#
# - In the marked line, take out `and self.drops_dead`. Now requests whose client has gone are skipped. That sounds like
#   the cure. Put it back.
# - In the line just above it, write `self.queue.pop()` instead of `self.queue.next()`. Now whoever came last is served
#   first. That sounds unfair.

# %% tags=["fold"]
from loadbearing.engines.door import Line

# <<source loadbearing.engines.door:Door>>

# %%
from loadbearing import cases, readings, simulate

run = simulate(
    cases.get("retry_flood").scaled(1 / 500), engine="reference", door=Door, progress=False
)
print(f"Half the crowd is in after {readings.time_to_join_of_everybody(run) / 60:.0f} minutes.")
