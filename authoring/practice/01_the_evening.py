# %% [markdown] tags=["exercise"]
# Four short tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run All Cells*
# in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# You may leave the other grey lines alone. Rooms here are small, so that each run takes a second: one simulated listener
# stands for many.

# %% tags=["fold"]
from loadbearing import Weather, cases, readings, simulate
from loadbearing.checks import PRICE, PROMISE, Plan, check, rehearse, that_evening
from loadbearing.engines.door import Line
from loadbearing.launch import first_line
from loadbearing.units import parse_clock, people, share

# %% [markdown]
# ## First task: what would have told them apart?
#
# Two evenings, the slow door and the retry flood. Both match the published counts. Here each runs once, with a twentieth
# of the crowd and in average weather.

# %% tags=["fold"]
small, calm = 1 / 20, {"weather": Weather.calm()}
slow = simulate(cases.slow_door().changed(calm).scaled(small))
flood = simulate(cases.retry_flood().changed(calm).scaled(small))

# %% tags=["fold"]
room = {"slow door": {}, "retry flood": {}}
print("in the room   slow door   retry flood")
for time in ("20:00", "20:30", "20:42", "21:40"):
    for name, run in zip(room, (slow, flood), strict=True):
        room[name][time] = readings.in_the_room(run, parse_clock(time)) / small
    print(f"{time:<11}", *[f"{people(room[name][time]):>12}" for name in room])

# %% [markdown]
# Which of these four counts would have told the two evenings apart? Write its time in quotes, as in `"19:50"`.

# %%
### BEGIN SOLUTION
telling_time = "20:30"
### END SOLUTION
check("the_evening.telling_time", telling_time)

# %% [markdown]
# At that time, how many times as many people are in behind the slow door as in the flood? You may write a division, as in
# `300_000 / 200_000`.

# %%
### BEGIN SOLUTION
ratio = room["slow door"]["20:30"] / room["retry flood"]["20:30"]
### END SOLUTION
check("the_evening.telling_ratio", ratio)

# %% [markdown]
# What were the handlers doing all that time? The table covers the first half hour.

# %% tags=["fold"]
window = dict(from_s=0, until_s=int(parse_clock("20:30")))
rows = {
    "handlers busy": lambda run: share(readings.utilization(run, **window)),
    "joins finished a second": lambda run: people(readings.throughput(run, **window) / small),
    "people let in a second": lambda run: people(readings.goodput(run, **window) / small),
    "work for people who had left": lambda run: share(readings.dead_work_share(run, **window)),
}
print("until half past eight          slow door   retry flood")
for row, said in rows.items():
    print(f"{row:<28}", *[f"{said(run):>12}" for run in (slow, flood)])

# %% [markdown]
# What share of the flood's work was for people who had left? Give it in per cent, without the sign, as in `12`.

# %%
### BEGIN SOLUTION
wasted = 100 * readings.dead_work_share(flood, **window)
### END SOLUTION
check("the_evening.wasted_work", wasted)

# %% [markdown]
# ## Second task: keep a promise, at a price
#
# Now you run the door. You decide before the evening how many handlers there are and how many requests may wait.
# Nobody comes to help later. This is what you promise:

# %% tags=["fold"]
print(str(PROMISE).replace(", on", ",\non"))
print("The flood's own door:", that_evening("retry_flood"))
print("The slow door's own: ", that_evening("slow_door"))
print(f"One handler for one evening: {PRICE.value:.2f} dollars, an {PRICE.kind}")

# %% [markdown]
# **Before you go on:** the flood's door did not keep that promise. Would you buy more handlers, or fewer? A longer
# queue, or a shorter one? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Your plan for the flood. Write both numbers and look at three practice evenings. Change them as often as you like. Then
# run the check: it uses other evenings, with other weather, and compares your bill with the cheapest plan we know (*par*).

# %%
### BEGIN SOLUTION
handlers = 1_700
queue_limit = 2_000
### END SOLUTION
flood_plan = Plan(handlers, queue_limit)
rehearse("retry_flood", flood_plan)

# %%
check("the_evening.flood_plan", flood_plan)

# %% [markdown]
# Now the slow door, with the same promise and the queue it had. How many handlers does it need?

# %%
### BEGIN SOLUTION
slow_handlers = 1_700
### END SOLUTION
slow_plan = Plan(slow_handlers, that_evening("slow_door").queue_limit)
check("the_evening.slow_door_plan", slow_plan)

# %% [markdown] tags=["solution"]
# Put your two plans beside the two doors as the model had them. One evening needed more handlers. The other had too many,
# and too long a queue. The plans meet in the middle. The published curve does not say which of the two it was.

# %% [markdown] tags=["solution"]
# The flood had handlers enough. Its queue was so long that whoever reached the front had stopped waiting.
#
# - With a short queue, <!--=par_flood_handlers-->1,650<!--/--> handlers keep the promise in the flood.
#   The flood's own <!--=case:retry_flood.door.handlers-->2,200<!--/--> did not.
# - With the long queue it would take about <!--=par_flood_long_queue-->5,400<!--/-->.
# - The slow door had <!--=case:slow_door.door.handlers-->700<!--/--> handlers.
#   It needs <!--=par_slow_handlers-->1,650<!--/-->.
# - Was par luck? It was tried on <!--=par_other_evenings-->60<!--/--> further evenings.
#   It kept the flood's promise on <!--=par_flood_kept_elsewhere-->54<!--/--> of them.

# %% [markdown]
# ## Third task: change one line of the door
#
# This is the door itself, the same code that the engine runs. You need not understand it: one line is enough. As it
# stands, a request whose client has left is served all the same, unless a setting says otherwise.
#
# **Before you change it:** if the door always skipped such requests, would the flood end? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Near the bottom, find the line that ends in `# <- the line to change`. It skips a request if two things are true: the
# client has gone (`request.left is not None`), and a setting (`drops_dead`) allows it. Make the first one enough. Then press
# Shift and Enter in this cell and in the two below it.

# %% tags=["exercise"]
# <<source loadbearing.engines.door:Door>>

# %% tags=["solution"]
# <<source loadbearing.engines.door:Door without " and self.drops_dead">>

# %% tags=["fold"]
tiny = cases.retry_flood().changed({**calm, "ends_s": 600}).scaled(1 / 500)
quiet = {"progress": False}
runs = {"before": simulate(tiny, **quiet), "your door": simulate(tiny, door=Door, **quiet)}
for whose, run in runs.items():
    got_in, in_vain = readings.share_in(run), readings.dead_work_share(run, 0)
    print(
        f"{whose}: {share(got_in)} got in, {share(in_vain)} of the work was for people who had left"
    )

# %%
check("the_evening.skipping_door", Door)

# %% [markdown]
# ## Fourth task: your own load line
#
# A load line is the largest crowd for which a promise holds. Yours, for a start: nearly everybody is in within two
# minutes. Put the numbers of your own launch in place of the example.

# %%
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate first: how large a crowd can you promise that? The check sends a crowd of your size to your door and tells you
# what became of it. Come closer in a few steps.

# %%
### BEGIN SOLUTION
my_line = first_line.load_line(sheet)
### END SOLUTION
check("the_evening.first_load_line", my_line, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet. Every unit adds one.
#
# ## To take with you
#
# - A curve that matches does not name its cause. Ask which number was not published.
# - Busy is not useful: look for whom the work was done.
# - A plan is worth what it keeps on evenings you have not seen.

# %% [markdown] tags=["solution"]
# ## The three claims, one way to judge them
#
# **F1, about a million came at once and the platform could not carry them.** *Holds when* the door lets in fewer than
# come. *Fails when* it has half as many handlers again, and a short queue: then <!--=claim_f1_threshold-->90 %<!--/--> are in within five
# minutes. (Par is not enough for that: its promise was slower.) A short queue alone is not always enough: in the flood it lifts that share from
# about <!--=flood_in_within_five_minutes-->25 %<!--/--> to <!--=flood_in_within_five_minutes_short_queue-->73 %<!--/-->. For
# *holding* them it fails: by the later counts the room held more than a million.
#
# **S10, the platform was built for exactly this.** A promise without a number. Give it one, nine in ten in at the first
# attempt, and you can measure it on your own runs: the late crowd's door keeps it, the slow door does not. Whether the real
# one was built for this *cannot be decided* from outside.
#
# **S11, such an evening is a reference for the whole trade.** *Holds when* a post-mortem is published: one count and
# the number outside would leave one mechanism of four. *Fails* here: four remain.
#
# And the sentence you wrote on paper, what you would have done at eight o'clock: on which of the four evenings would it
# have helped? On which would it have done nothing?
