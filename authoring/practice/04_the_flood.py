# %% [markdown] tags=["exercise"]
# Three short tasks and one number. This page has just run once by itself, so every check says *not yet*. (No tables?
# Choose *Run All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# You may leave the other grey lines alone. Rooms here are small, so that each run takes a second.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.plans import PRICE
from loadbearing.checks.unit_04_logs import from_inside, from_outside
from loadbearing.checks.unit_04_logs import logs as counted
from loadbearing.checks.unit_04_plans import PROMISE, Plan, own_door, rehearse

A, B, C, D = "ABCD"  # a letter without its quotes is understood as well

# %% [markdown]
# ## First task: three logs
#
# Three platforms wrote down five minutes each. A log is the list of all requests that came. One platform is having a
# flood of its own making. One is receiving a large crowd. One is under foreign load: most requests belong to no person at
# all. Somebody mixed up the labels. This is what a line in front of each door could count:

# %% tags=["fold"]
logs = counted()
print(from_outside())

# %% [markdown]
# All three receive about as many requests a second. Which log is the flood? Write its letter in quotes, as in `"D"`.

# %%
### BEGIN SOLUTION
flood = "B"
### END SOLUTION
check("the_flood.whose_load", flood)

# %% [markdown]
# How many requests did each client send in that log, on average? You may write a division, as in `300_000 / 200_000`.

# %%
### BEGIN SOLUTION
each = logs["B"].requests / logs["B"].clients
### END SOLUTION
check("the_flood.requests_a_client", each)

# %% [markdown]
# Two logs are left: the crowd and the foreign load. From outside they look alike. Now the platforms open their own books.
# Here every foreign request has an address of its own, which is an assumption.

# %% tags=["fold"]
print(from_inside())

# %% [markdown]
# Which row tells the crowd from the foreign load? Write its number.

# %%
### BEGIN SOLUTION
row = 4
### END SOLUTION
check("the_flood.evidence_inside", row)

# %% [markdown] tags=["solution"]
# All three logs show about <!--=flood_log_rate-->4,600<!--/--> requests a second. So a figure of that kind cannot tell
# an attack from an audience, nor from a flood.
#
# - In the flood each client sent <!--=flood_log_a_client-->6.8<!--/--> requests. In the other two hardly anybody asked
#   twice.
# - After <!--=flood_log_crowd_let_in-->99.3 %<!--/--> of the crowd's answers somebody was in. Of the answers to the foreign
#   load it was <!--=flood_log_foreign_let_in-->12 %<!--/-->, those of the real people among it.
#
# An attack from few addresses would show from outside. One that also takes a seat would not even show inside.

# %% [markdown]
# ## Second task: ten bad seconds, and a promise
#
# Now you run the door of the lab. You decide everything before the evening. The ten bad seconds will come, and nobody will
# act at fourteen past. This is what you promise:

# %% tags=["fold"]
print(str(PROMISE).replace(", on", ",\non"))
print("The door as it was:", own_door())
print(f"One handler for one evening: {PRICE.value:.2f} dollars, an {PRICE.kind}")

# %% [markdown]
# **Before you go on:** the door as it was did not keep that promise. What would you spend money on? What could you do
# that costs nothing? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Write your plan and look at three practice evenings. Change it as often as you like. Then run the check. It uses other
# evenings, with other weather, and compares your bill with the cheapest plan we know (*par*). If you want a retry budget,
# write it as a third number, as in `Plan(handlers, queue_limit, 0.2)`.

# %%
### BEGIN SOLUTION
handlers = 800
queue_limit = 500
### END SOLUTION
plan = Plan(handlers, queue_limit)
rehearse(plan)

# %%
check("the_flood.fault_plan", plan)

# %% [markdown] tags=["solution"]
# The door had handlers enough and a queue that outlasts every client.
#
# - The best plan known has <!--=par_of_the_flood_handlers-->750<!--/--> handlers, at
#   most <!--=par_of_the_flood_queue-->250<!--/--> requests waiting, and costs <!--=par_of_the_flood_cost-->375<!--/--> dollars.
#   The door as it was kept the promise on <!--=par_of_the_flood_own-->3 of 20<!--/--> evenings, for more money.
# - With the queue as it was it takes <!--=par_of_the_flood_long_queue-->1,400<!--/--> handlers.
# - With that queue and a budget of <!--=flood_budget-->10 %<!--/--> it
#   takes <!--=par_of_the_flood_budget-->900<!--/-->. The budget protects. A short queue protects for less.
# - Was par luck? On other evenings it kept the promise on <!--=par_of_the_flood_elsewhere-->55 of 60<!--/-->.
#
# Refusing costs nothing here. On real machines even a refusal is a little work. So leave some room.

# %% [markdown]
# ## Third task: one number for your launch
#
# How long may the queue at your own door be? Put your numbers in place of the example. The last but one is new. Ask
# whoever built your app: after how many seconds without an answer does it try again?

# %%
sheet = {
    "join_rate": 30,  # people your door lets in per second
    "client_waits": 10,  # seconds after which your client tries again
    "patience": 10,  # minutes for which people keep trying
}

# %% [markdown]
# Estimate first: how many requests may wait at most? The check stops your door for a while and looks at what became of
# it. It also runs a busy day without any stop. Too long a queue fails the first. Too short a queue fails the second.

# %%
### BEGIN SOLUTION
my_queue = sheet["join_rate"] * sheet["client_waits"] / 2
### END SOLUTION
check("the_flood.longest_queue", my_queue, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, with your launch sheet.
#
# ## To take with you
#
# - Equal requests a second can be a crowd, a flood or an attack. Ask how many clients sent them, and who got in.
# - What made the trouble may be long over. Ask what keeps it going.
# - A queue longer than a client waits is a promise that nobody is there to receive.

# %% [markdown] tags=["solution"]
# ## A real case
#
# On <!--=day_of_the_blank_field-->12 June 2025<!--/--> a large cloud provider had a fault. The remedy was out
# after <!--=record:google_2025_fixed-->40 minutes<!--/-->. In its largest region recovery took up
# to <!--=record:google_2025_slowest_region-->2 h 40 min<!--/-->. Its own report says why: all servers came back at
# once, and they had no random pauses between their tries. The trouble outlived its trigger. That is not the mechanism of
# this unit in every detail. It is the same question: what keeps it going?
#
# ## The claim, one way to judge it
#
# **F2, nobody attacked it: the platform flooded itself.** The deciding number: of the time in which people asked for more
# than the door could do, the share that first attempts alone did not make.
#
# *Holds when* clients stop waiting before their turn comes, and come back. On the evening as it was people asked for too
# much for <!--=flood_overload-->25 minutes<!--/-->. First attempts alone would have done so
# for <!--=flood_overload_first-->0 seconds<!--/-->. So the share is <!--=flood_self_made-->100 %<!--/-->, far above
# the threshold of <!--=flood_threshold-->50 %<!--/-->.
#
# *Fails when* the door is simply too small. With a quarter of the handlers and a short queue the share
# is <!--=flood_self_made_small_door-->14 %<!--/-->: the crowd alone was too many. It also fails when clients try only once,
# for then there is no overload that could be anybody's. And with the right number of handlers and a short queue there is
# hardly anything to judge: <!--=flood_self_made_short_queue-->37 seconds<!--/-->.
#
# *Cannot be decided* for that evening. Attempts for each person were not published. Nor was the share of answers that
# let somebody in. The owner spoke of hundreds of gigabits. The audience's own sound would have been of that
# order too. So that figure cannot tell an attack from an audience.
#
# And the sentence you wrote on paper, what you would have done at fourteen past eight: in the lab, would it have ended the
# flood? Would it have done so if you had done it the day before?
