# %% [markdown]
# Tonight the platform has a launch. The crowd of this evening is on its way, and the report on all tests is on your desk.
# You decide: go or no go?
#
# 1. **Watch.** Read the report under these lines. The lab shows its last test. Press *Play*, and after a while *Pause*.
# 2. **Predict.** Answer the question, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The lab then goes to the evening itself.
#
# In the picture, the dashed line is people who come, minute by minute. The black line is people who get in. The dotted
# line is what the door can do on paper: a thousand handlers, and each join takes one of them a second.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, rehearsing
from loadbearing.labs.rehearsing import EVENING, MADE_UP, OVER, PEOPLE, QUEUE, TEST
from loadbearing.pictures.rehearsed import came_and_got_in

rehearsing.report()
lab = Lab(
    cases=[TEST, EVENING],
    knobs=[PEOPLE, OVER, MADE_UP, QUEUE],
    prediction=Prediction(
        key="go_or_no_go",
        question="Eight tests have passed. Tonight 80,000 people come for eight o'clock, about 50,000 of them in the first minute. "
        "On paper the door lets in 60,000 a minute. How many will be in within five minutes of coming?",
        options={
            "most": "About eight in ten: go, with a warning. People are rougher than a test, so some are lost.",
            "fewer": "Fewer than six in ten: no go. No test has shown the door at this pace.",
            "nearly": "Nearly all: go. Far more people have passed in tests, and on paper the door is fast enough.",
        },
        settle=rehearsing.the_evening_itself,
        shows=EVENING,
    ),
    missions=[
        Mission("small", "A test that fails, with at most 40 thousand people.",
                rehearsing.small_and_failing, TEST, rehearsing.SMALL),
        Mission("blind", "80 thousand or more planned for a minute, and it passes.",
                rehearsing.fast_and_passing, TEST, rehearsing.BLIND),
        Mission("alike", "A test as fast as the evening, and it ends alike.",
                rehearsing.as_the_evening, TEST, rehearsing.ALIKE),
        Mission("mend", "The evening: nine in ten in within five minutes.",
                rehearsing.well, EVENING, rehearsing.MENDED),
    ],
    picture=came_and_got_in, first=(rehearsing.RATE, "first_click_success", rehearsing.IN_TIME), unit="the_rehearsal",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# - *The tests.* All <!--=rehearsal_tests-->eight<!--/--> passed. The largest
#   sent <!--=rehearsal_largest-->700,000<!--/--> people, <!--=rehearsal_largest_times-->8.8<!--/--> times the crowd of the
#   evening. It sent them over half an hour: <!--=rehearsal_highest_rate-->389<!--/--> a second.
# - *The evening.* In its busiest minute <!--=rehearsal_lived-->844<!--/--> people a second came. Of
#   all, <!--=rehearsal_in_time-->25 %<!--/--> were in within five minutes. Over <!--=rehearsal_nights-->24<!--/--> nights with
#   weather it was <!--=rehearsal_in_time_worst-->12 %<!--/--> to <!--=rehearsal_in_time_best-->56 %<!--/-->.
#
# Look at the dashed line. It stays below the dotted one. Fewer people came than the door could let in *on paper*. But
# the handlers of this door slow each other. At light load nobody notices. When all are at work, a join takes twice as
# long, and the full door lets in <!--=rehearsal_full_door-->500<!--/--> a second. Then the queue outlasts
# the <!--=rehearsal_client_waits-->10 seconds<!--/--> that a client waits. You know the rest from unit 04: the door works for
# people who have stopped waiting.
#
# **Every test asked about a total. The evening asked about a rate.** The highest rate that was tested is the **join rate
# tested**. Its part of the highest that was lived is the **coverage**: here <!--=rehearsal_coverage-->46 %<!--/-->. Up to
# there you have a report. Beyond it you have paper.
#
# The report held a trace. In the first test half of the people had an answer
# after <!--=rehearsal_first_half_s-->0.69<!--/--> seconds. In the last test it
# was <!--=rehearsal_last_half_s-->0.88<!--/-->. Both are quick, so both passed.
#
# Now you design the test. Press *The test* above the knobs. The evening stays behind it, pale. Make a test that would have
# told you.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run. A test passes
# if <!--=rehearsal_passes_at-->99 %<!--/--> of its people get in at their first attempt: *First-click success*.
#
# - The three knobs of the test change nothing on the evening. *The door's queue* changes the door, for both.
# - *Ask once*: a made-up person sends one request, and it counts as answered or not. *Try again*: it does what people do.
#   *Wait for the answer*: the machine sends its next request only when an earlier one has been answered.
# - A question for the second mission. Look at the dashed line. Did the test do what it was told to do?
#
# ## Four tests for one evening
#
# The same door, four ways to test it, and the evening itself. Read the columns from left to right. Which of these reports
# would have stopped you?

# %% tags=["fold"]
rehearsing.designs()

# %% [markdown]
# <details><summary><b>Open this when you have chosen.</b></summary>
#
# The second line is the trap. It was planned at <!--=rehearsal_planned_rate-->1,333<!--/--> people a second. But its
# machine waits for answers. So it slows down as soon as the door does. It never sent more
# than <!--=rehearsal_waiting_sent-->475<!--/--> a second, and its report
# says <!--=rehearsal_waiting_answered-->99.8 %<!--/--> answered. The requests that it did not send stand in no column. Leaving
# them out has a name: **coordinated omission**. One thing the same report does tell: how fast the full door answers.
#
# The third line says no go, and so does the fourth. Only the fourth tells how such an evening ends. If people ask once, a
# bad minute is over in a minute. If they try again, it stays. Near the edge that decides the verdict. Send
# just <!--=rehearsal_full_rate-->500<!--/--> a second for <!--=rehearsal_full_lasts-->5 minutes<!--/-->. If they ask
# once, <!--=rehearsal_full_once-->98 %<!--/--> are answered at the first attempt. If they try
# again, <!--=rehearsal_full_again-->72 %<!--/--> are.
#
# </details>
#
# ## The next evening
#
# After this evening the queue is made shorter: <!--=rehearsal_short_queue-->2 seconds<!--/--> of work. For the next one half
# as many people again are invited, <!--=rehearsal_next_crowd-->120,000<!--/-->. Somebody must say beforehand how many will be
# in within a minute. There are four sources. Each names a rate for the full door, and a size of the crowd.
#
# - *Many small ramps*: made-up people, slowly more of them, up to a tenth of the door.
# - *The evening, those let in*: its log holds everybody who got in. Whoever was refused, or left, left no log.
# - *The evening, every attempt*: its log holds each request, answered or not.
# - *One ramp, to a full door*: made-up people, until the door does no more.
#
# Which one do you trust? Choose one before you look. Each has twelve nights with weather, a dot each. The grey band is
# what then happened.

# %% tags=["fold"]
from loadbearing.labs import held_out

held_out.next_evening()

# %% [markdown]
# <details><summary><b>Open this when you have seen who was right.</b></summary>
#
# On the next evening <!--=rehearsal_next_happened-->59 %<!--/--> are in within a minute.
#
# - Small ramps say <!--=rehearsal_from_ramps-->92 %<!--/-->. Their measurements are clean. But they never filled the door, so
#   they promise <!--=rehearsal_ramps_rate-->980<!--/--> a second.
# - The log of those let in says <!--=rehearsal_from_let_in-->37 %<!--/-->. It saw the door at its worst, and counts dead
#   work as no work. And <!--=rehearsal_never_logged-->39 %<!--/--> of those who came are not in it. One error makes the
#   door too slow, the other the crowd too small. They do not cancel out.
# - The log of every attempt says <!--=rehearsal_from_all-->61 %<!--/-->. It is the same evening. Somebody had decided
#   beforehand to write down the refused as well.
# - One ramp to a full door says <!--=rehearsal_from_full_ramp-->60 %<!--/-->, and no real person was turned away for it. It
#   knows the crowd only because somebody counted the invitations.
#
# A crash measures the door and hides the crowd. A quiet success does the reverse. And what the log leaves out is left out of
# every number made from it.
#
# </details>
#
# ## The same on a real server
#
# So far the door was simulated. Does a real one do the same? Would you bet on the numbers above if real requests went
# through a real program?
#
# Below you can try it. It starts a small server on this computer and sends it real requests: first the scheduled tests,
# then a ramp that stops by itself, then the crowd.
#
# - It talks to this computer only, at the address `127.0.0.1`. Nobody else can reach it, and nothing leaves.
# - It takes less than four minutes. On the computer of the recorded evening it took <!--=real_lasted-->110 seconds<!--/-->.
# - A *Stop* button ends it at any time, server and all.
# - Before the crowd is sent, the simulation says what will happen. That is written down first. Then you compare.
# - If your computer is too slow to keep the schedule, it says so. If it may not open a port, there is a recorded evening
#   with its machine and date.

# %% tags=["fold"]
from loadbearing.labs.rehearsal import RealRehearsal

real = RealRehearsal()
real

# %% [markdown]
# <details><summary><b>Open this when the crowd has come.</b></summary>
#
# These are the numbers of the recorded evening. Yours are a little different, and that is the point of yours.
#
# - **The last test passed.** <!--=real_total_joined-->1,733<!--/--> people got in
#   within <!--=real_total_lasted-->15<!--/--> seconds, as many as the evening has. But each made-up user waited for the
#   answer and only then asked again. So the scheduled tests never asked for more than <!--=real_tests_asked-->121<!--/--> joins in a
#   second. The evening asked for <!--=real_evening_asked-->377<!--/-->.
# - **The evening failed.** <!--=real_share_in-->55 %<!--/--> were in at the end.
#   For <!--=real_seconds_of_nobody-->17<!--/--> seconds in between nobody got in at all. The queue had grown longer than a
#   client waits. It is the same server, with the same <!--=real_handlers-->12<!--/--> handlers.
# - **The simulation had said so**, from the tests alone: <!--=real_foretold-->52 to 59 %<!--/-->. The rehearsal was
#   recorded <!--=real_recorded-->ten<!--/--> times, each time with another crowd. The measured share lay within the forecast
#   on <!--=real_held-->nine<!--/--> of them. Six quantities were foretold each
#   time: <!--=real_quantities_held-->58<!--/--> of <!--=real_quantities-->60<!--/--> lay within.
# - **The dashboard looked away.** It asked <!--=real_asked_of_dashboard-->43<!--/--> times and
#   got <!--=real_answers_to_dashboard-->20<!--/--> answers. Its requests stood in the same queue as everybody.
# - **A test that waits hides a stall.** The door stalled on purpose in one test. As it was
#   recorded, <!--=real_stall_recorded-->5.1 %<!--/--> of the asks took longer than was promised. Counted as if the users had
#   gone on asking, it is <!--=real_stall_counted-->19 %<!--/-->.
#
# **And the price?** Take the guess that stands in the boxes. The calendar made
# it <!--=real_after_calendar-->130 to 1,200<!--/-->. The ramp made it <!--=real_after_ramp-->100 to 140<!--/-->, and
# let <!--=real_harmed_by_ramp-->256<!--/--> made-up people in late or not at all. The evening made
# it <!--=real_after_evening-->99 to 140<!--/-->, for <!--=real_harmed_by_evening-->1,278<!--/--> people.
#
# Did you run it yourself? Then press *Send the same crowd again* with one thing changed at the door. Say first what you
# expect.
#
# </details>

# %% [markdown]
# ## Your verdict
#
# Six claims, and one of them for the second time. In unit 02 you judged S1: is a focused crowd the ideal stress test? There
# you had only the crowd. Now you have tests to hold against it. Your first verdict stays where you gave it.
#
# 1. Go back to the lab and set up a test and a door as your evidence. The card reads where *all* knobs stand, whether the
#    lab shows the test or the evening.
# 2. Come back here and press *Take the run that the lab shows now*. For each claim the card makes runs of its own then.
# 3. Judge. Turn *The door's queue* to the shorter one and take the runs again: several claims change sides. *Cannot be
#    decided here* is an answer.

# %%
lab.verdict_card(
    S1=held_out.shown_of_the_door,
    S2=held_out.surge_against_calendar,
    S3=held_out.report_against_evening,
    S4=held_out.narrowing_for_the_lost,
    S8=held_out.log_against_next,
    F11=held_out.rehearsed_or_not,
)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number to your launch sheet: the highest join rate that you have ever tested. You find it at the end of
# the exercise. Look into your last test report. If it names only a total, ask over how many minutes it was sent, and whether
# the machine waited for answers.

# %%
lab.launch_sheet()
