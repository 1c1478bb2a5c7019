# %% [markdown]
# A million people at one door. It could let all of them in within seven minutes.
#
# 1. **Watch** the crowd for ten seconds.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*. There is no wrong answer before the run.
# 3. **Run.** Press *Lock it in and run*. The picture turns into two lines: who is in the room, and who is outside and
#    still wants in. Then see the short queue yourself: set *Queue limit* to ten per cent.
#
# The dashed line is the queue of people. It is not the queue at the door: that one holds requests.
#
# (A picture but no buttons? Choose *Run All Cells* in the menu *Run*.)

# %% tags=["fold"]
from loadbearing.labs import Knob, Lab, Mission, Prediction
from loadbearing.labs.queueing import QUEUE, RETURNS, WHOEVER_IS_REFUSED, got_in, visits_kept
from loadbearing.units import share


def a_tenth_of_the_queue(bench):
    """The experiment: the same evening, its queue as long as it was and a tenth as long."""
    long, short = (
        bench.reading("same_hardware", "share_in", {"door.queue_limit": at}) for at in (100, 10)
    )
    right = "more" if short > 1.25 * long else "same" if short > 0.75 * long else "fewer"
    return right, f"With the long queue {share(long)} get in, with the short one {share(short)}."


lab = Lab(
    cases=["same_hardware"],
    knobs=[Knob("door.handlers", 25, 400), Knob("door.queue_limit", 5, 200), WHOEVER_IS_REFUSED],
    prediction=Prediction(
        key="turned_away",
        question="The queue at the door holds twenty seconds of work. You cut it to two seconds. Now nine in ten "
        "are turned away at their first try. How many get in during the evening?",
        options={
            "fewer": "Fewer. Whoever is turned away is one listener less.",
            "more": "Many more. A short queue keeps the door working for people who are there.",
            "same": "About as many. The door has as many handlers as before, and they are what counts.",
        },
        settle=a_tenth_of_the_queue,
    ),
    missions=[
        Mission("let_in", "Nine in ten get in, and no handler more.", got_in(0.9, handlers=100)),
        Mission("one_try", "Nine in ten get in, with one try each.", got_in(0.9, tries=1.05)),
        Mission("come_again", "Keep nine in ten of the return visits.", visits_kept(0.9)),
    ],
    picture="inside_and_outside",
    first=("share_in", QUEUE, RETURNS),
    pages=True,
    unit="the_queue",
)
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# - *The long queue*: everybody finds a place in it. But it lasts twenty seconds, and a client waits ten. Whoever reaches
#   the front has gone by then, and stands further back with a new request. Of a million, <!--=queue_in_long-->10 %<!--/--> get in.
#   The dashed line falls all the same: after <!--=case:same_hardware.crowd.retries.most-->20<!--/--> tries an app stops trying.
# - *The short queue*: most are turned away at once. They pause and come again. Whoever is let into the queue is still
#   there when it is their turn. Now <!--=queue_in_short-->99.9 %<!--/--> get in.
#
# Turning people away lets more people in. And the door that never means to refuse ends up refusing more. It refuses each
# person <!--=queue_refused_long-->17<!--/--> times with the long queue, <!--=queue_refused_short-->7.6<!--/--> times with the short one.
#
# Now press *Put the knobs back* and choose *stands in a line*. Nobody is refused, and nobody's place is lost. Then turn
# the handlers down to half. The line is now faster than the door. What is it worth?
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run.
#
# - *Pin this run* keeps one evening in the picture while you try the next.
# - *Would come again* counts waiting as a cost. The will to come again halves with every five minutes outside. That
#   is an assumption: nobody measured it here.
# - Why do more handlers shorten the queue of people so much faster than they are added? Under *Look closer*, open *Who
#   came and who got in*.

# %% [markdown]
# ## Two queues
#
# Two other events, in one week, both at eight. On Tuesday the queue of people grew more than twice as long as on Friday.
# Answer first, then run. After that, press both buttons.

# %% tags=["fold"]
from loadbearing import readings
from loadbearing.units import people

EVERYBODY = 1_000_000


def which_was_wanted_more(bench):
    """The experiment: both events, with everybody who comes."""
    runs = [bench.run(case, people=EVERYBODY) for case in ("the_longer_queue", "the_wanted_event")]
    came = [readings.came(run) for run in runs]
    outside = [people(readings.peak(run, "outside")[0]) for run in runs]
    right = (
        "tuesday" if came[0] > 1.1 * came[1] else "same" if came[0] > 0.9 * came[1] else "friday"
    )
    return right, (
        f"On Tuesday {people(came[0])} came and at most {outside[0]} stood outside; on Friday {people(came[1])} came "
        f"and at most {outside[1]} stood outside."
    )


two = Lab(
    cases=["the_longer_queue", "the_wanted_event"],
    knobs=[Knob("door.handlers", 20, 500), Knob("crowd.listeners", 50, 200)],
    prediction=Prediction(
        key="longer_queue",
        question="Tuesday's queue of people was more than twice as long as Friday's. The weather was average both "
        "times. To which event will the runs say that more people came?",
        options={
            "tuesday": "Tuesday's. More people stand in line where more people want in.",
            "friday": "Friday's. People queue where the door is narrow, not where the wish is great.",
            "same": "About as many to both. A queue twice as long is within the luck of an evening.",
        },
        settle=which_was_wanted_more,
    ),
    picture="inside_and_outside",
    first=("share_in", QUEUE, "time_to_join"),
    crowd=False,
    unit="the_queue",
)
two

# %% [markdown]
# <details><summary><b>Open this when you have seen both runs.</b></summary>
#
# To Friday's event <!--=queue_friday_came-->300,000<!--/--> people came, to Tuesday's <!--=queue_tuesday_came-->200,000<!--/-->. Friday's
# door is five times as wide. *The longer queue stood in front of the less wanted event.*
#
# Now give Tuesday's event more handlers and watch its queue go. Or give it half of them: the queue grows, with not one
# person more. A newspaper would report more enthusiasm. A queue is what comes minus what gets in. It measures the crowd
# only if you know the door.
#
# </details>
#
# ## Three guest lists
#
# Friday's event again, now at a door of a thousand handlers. Three people may send the invitations. The first writes to a
# million strangers, the second to half a million customers, the third to fans only. Whose queue is the longest?

# %% tags=["fold"]
from loadbearing.labs.queueing import guest_lists

print(guest_lists())

# %% [markdown]
# The shortest list makes the longest queue, because nearly all who are on it come. The two others differ by half a million
# names and make the same queue. Who is invited and who turns up are two numbers. A long list is no proof of a great wish.
#
# ## Five ways to treat the same crowd
#
# A million people again, and the handlers of the first lab. Each row is one small run in average weather. Only one thing
# differs: what becomes of whoever cannot get in at once. The *long queue* of this table has no limit at all.

# %% tags=["fold"]
from loadbearing.labs.queueing import five_ways

print(five_ways())

# %% [markdown]
# Pauses alone do not help: <!--=queue_way_backoff-->5.7 %<!--/--> got in, as with reloading (<!--=queue_way_reload-->5.7 %<!--/-->). Refusing
# early alone lets in <!--=queue_way_early-->52 %<!--/-->. Both together, or a line, let in nearly all.
#
# In the line everybody needs one try. But look at the last column. People wait in a line too. This line lets through only
# some <!--=queue_line_of_the_door-->70 %<!--/--> of what the door can do, so that it still holds on a slow evening. That margin costs
# waiting. A line at <!--=queue_fast_line_of_the_door-->96 %<!--/--> lets in nearly all on a middling evening, and <!--=queue_fast_line_worst-->9 %<!--/--> on the
# slowest of two dozen.
#
# What waiting costs, nobody measured. Here is the same will to come again, if it fades sooner or later than we assume.
# Which row would be true of *your* guests?

# %% tags=["fold"]
from loadbearing.labs.queueing import half_lives

print(half_lives())

# %% [markdown]
# ## Two front pages, one run
#
# Both pages are written from the run that the first lab shows. Make an evening that leaves the left page least to
# complain about. Then make one that leaves the right page least to praise. Which of the two speaks of the queue?
#
# Below is a copy, made when this page opened. To copy the pages of your own run, click the grey line and press Shift and
# Enter.

# %%
lab.front_pages()

# %% [markdown]
# ## Your verdict
#
# One claim of the failure reading, two of the stress-test reading. For each:
#
# 1. Go back to the first lab and set up the run that you want as your evidence.
# 2. Come back here and press *Take the run that the lab shows now*. Its numbers go with your verdict.
# 3. Judge. *Cannot be decided here* is an answer, when neither the model nor the public record can tell.
#
# The second claim needs two runs: change nothing but the door between them. The last claim hangs on how soon the will to
# come again fades. Nobody measured that. Say from where on you would believe it.

# %%
lab.verdict_card("F3", "S5", "S6")

# %% [markdown]
# ## Your own launch
#
# This unit adds one number: **the wait you would have to announce**. If your launch had a line in front of the door, how
# long would nearly everybody be in by? The exercise asks you for it.

# %%
lab.launch_sheet()
