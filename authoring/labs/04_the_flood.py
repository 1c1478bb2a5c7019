# %% [markdown]
# A million people come evenly, over half an hour. The door could let in nearly twice as many. This is how it goes when
# nothing happens.
#
# 1. **Watch** the quiet evening for ten seconds.
# 2. **Predict.** On another evening the door stops for a moment. Answer the question, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The evening becomes *Ten bad seconds*. The picture counts requests, minute by
#    minute. Each line has its name beside it.
#
# Two of the knobs say *from* a time *on*. That is when somebody acts. At one hundred per cent nobody does.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, flooding
from loadbearing.labs.flooding import CASE, SOON

lab = Lab(
    cases=["a_quiet_evening", CASE],
    knobs=[flooding.HANDLERS, flooding.QUEUE, flooding.WAITS, flooding.RETRY_BUDGET],
    prediction=Prediction(
        key="all_well",
        question="Another evening, the same crowd and door. At 20:10 nobody gets in for ten seconds. The door can let in nearly twice as many as come. "
        "When do those who come get in at once again?",
        options={
            "soon": "Within a minute or two. There is room to spare for ten seconds of people.",
            "never": "Not while people keep coming. The door does not get back by itself.",
            "slow": "After five or ten minutes. First those who were kept out come again, then it is over.",
        },
        settle=flooding.when_all_is_well,
        shows=CASE,
    ),
    missions=[
        Mission("act", "Act at 20:14 only: nine in ten in soon.", flooding.by_acting, CASE),
        Mission("let_be", "Nobody acts: nine in ten in soon.", flooding.without_acting, CASE),
        Mission(
            "fewer", "A fifth fewer handlers, and the same.", flooding.with_fewer_handlers, CASE
        ),
    ],
    picture="attempts_by_kind",
    first=(SOON, "dead_work", "attempts_per_person"),
    unit="the_flood",
)
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# The fault lasted ten seconds. **The flood stays.** A quarter of an hour later
# about <!--=flood_soon_nobody_acts-->0 %<!--/--> get in within a minute.
#
# - In the ten seconds <!--=flood_waiting_after-->5,556<!--/--> requests came to wait. That is
#   only <!--=flood_work_waiting-->5.6<!--/--> seconds of work for the door.
# - But a client waits <!--=case:ten_bad_seconds.crowd.timeout_s-->5<!--/--> seconds. So when a request's turn comes, its
#   client has just gone. The work is dead.
# - The client tries again, behind everybody else. Soon the queue is full of requests that nobody waits for.
#
# If all clients had simply waited, the door would have worked it off in about <!--=flood_worked_off-->12.5<!--/--> seconds.
#
# Now press *Put the knobs back*. It is fourteen past and you may do one thing.
#
# - Turn the handlers up by a fifth. Then to twice as many. In the middle
#   of <!--=flood_evenings-->24<!--/--> evenings <!--=flood_soon_twice-->0 %<!--/--> get in soon.
# - Put them back. Turn the queue limit down to a twentieth. Most requests are refused at first. A quarter of an hour
#   later <!--=flood_soon_short_queue-->100 %<!--/--> get in soon.
#
# More capacity works for nobody, only faster. Refusing makes the queue shorter than a client's wait. Then each service
# finds somebody who still wants it.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when the full crowd has run. *In soon* is the first number under the
# picture: in within a minute, of those who come more than a quarter of an hour after the fault.
#
# - *Pin this run* keeps one evening in the picture while you try the next.
# - Why does the number of attempts fall when more are refused? Under *Look closer*, open *All other numbers*. Look for
#   the work that was dead.
#
# ## Taken apart
#
# The same evening with the same luck, three times. Once as it was. Once without later attempts. Once without dead work.
# Which of the two makes the flood?

# %% tags=["fold"]
from loadbearing import readings
from loadbearing.units import share

print(f"{'':<34}{'in at all':>12}{'in soon, later':>17}{'dead work':>12}")
for what, run in flooding.taken_apart().items():
    told = [readings.share_in(run), flooding.soon(run), readings.dead_work_share(run)]
    print("{:<34}{:>12}{:>17}{:>12}".format(what, *map(share, told)))

# %% [markdown]
# It takes both. If clients try only once, dead requests are not followed by new ones. If clients wait, nobody leaves a dead
# request behind. Either alone ends with the fault.
#
# Skipping dead requests sounds like a cure. From fourteen past on it helps <!--=flood_soon_skipping-->1.5 %<!--/--> to get in soon:
# whoever is still there has waited so long that they leave during the service.
#
# ## Up, and down again
#
# No fault this time. Every five minutes more people come, then fewer again. At half its load the door was well on the way
# up. Is it well at half its load on the way down?

# %%
flooding.load_up_and_down()

# %% [markdown]
# The same load, two worlds. On the way up <!--=flood_up_at_half-->100 %<!--/--> are in soon at half load. On the way down it
# is <!--=flood_down_at_half-->0 %<!--/-->. So a graph of the load does not say how the door is. It matters where it came
# from. With a queue of one second it is <!--=flood_down_at_half_short-->100 %<!--/--> on the way down too. To see
# that, write `load_up_and_down(1)` in the line above and press Shift and Enter.
#
# ## A budget for trying again
#
# A retry budget of ten per cent lets in one later attempt for every ten first ones, from the beginning. All others are
# refused. Here it meets the same ten seconds at two loads. Will it save both?

# %% tags=["fold"]
print(f"{'in soon, later':<18}{'no fault':>12}{'the fault':>12}{'and a budget':>15}")
for load in (0.8, 0.92):
    quiet, fault, saved = map(share, flooding.budget_saves(load))
    print(f"{f'load {load:.0%}':<18}{quiet:>12}{fault:>12}{saved:>15}")

# %% [markdown]
# It saves the first load and not the second. First attempts and a tenth more must fit through the door. That holds up to
# a load of about <!--=flood_budget_line-->91 %<!--/-->. A budget is no free lunch either: it needs room to spare.
#
# ## Your verdict
#
# One claim of the failure reading: *nobody attacked it, the platform flooded itself.*
#
# 1. Go back to the lab and set up the run that you want as your evidence.
# 2. Come back here and press *Take the run that the lab shows now*. Two numbers decide. They stand under *Look closer*,
#    *All other numbers*: *Overload*, and *Overload by first attempts alone*.
# 3. Judge. One run can say what *could* happen. Whether it happened that evening is another question. *Cannot be decided
#    here* is an answer.

# %%
lab.verdict_card("F2")

# %% [markdown]
# ## Your own launch
#
# This unit adds one number to your launch sheet: the longest queue worth having. You find it at the end of the exercise.
# You need one fact for it: after how many seconds does your client try again? Ask whoever built it.

# %%
lab.launch_sheet()

# %% [markdown]
# ## For those who like code: a door that knows when to refuse
#
# You may stop here and go on with *Next*. Below is the real door of the reference engine. Run its cell and the one after
# it. Then change its method `ask` in two ways, one after the other:
#
# - Write `len(self.queue) >= 10` instead of `len(self.queue) >= self.queue_limit`. In this small room ten requests are one
#   second's worth.
# - Write `(self.queue and self.clock.now - self.queue[0].sent > 2)` in the same place. Now it refuses while the first in
#   line has waited more than two seconds. Nobody had to know the right number.

# %% tags=["fold"]
from loadbearing.engines.door import Line

# <<source loadbearing.engines.door:Door>>

# %%
from loadbearing import cases, simulate

room = cases.build(CASE, {**flooding.CALM, "ends_s": 1080}).scaled(1 / 100)
run = simulate(room, engine="reference", door=Door, progress=False)
soon = readings.service_level(run, 60, 800, 1000)
print(f"From 20:13 on {share(soon)} are in within a minute.")
print(f"Somebody was refused {readings.refused(run):,} times.")
