# %% [markdown] tags=["exercise"]
# Three tasks and one number for your own launch. This page has just run once by itself, so every check says *not yet*. (No
# tables? Choose *Run All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# You may leave the other grey lines alone. Rooms here are small: one simulated listener stands for many.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.unit_05_line import (
    PATIENCE_S,
    PRICE,
    PROMISE,
    VISIT,
    Line,
    rehearse_line,
)
from loadbearing.checks.unit_05_read import queue_table, show_queues
from loadbearing.checks.unit_05_wait import honest_wait
from loadbearing.units import duration

# %% [markdown]
# ## First task: what does the queue say?
#
# Tuesday's event and Friday's, as in the lab. Each runs once, in average weather. The first four rows speak of the
# moment at which that evening's queue of people was longest.

# %% tags=["fold"]
table = queue_table()
print(show_queues())

# %% [markdown]
# By that moment, how many people had come to Tuesday's event? Write a number, as in `80_000`. You may add and divide.

# %%
### BEGIN SOLUTION
had_come = (
    table["Tuesday"]["people outside at that moment"]
    + table["Tuesday"]["got in by then"]
    + table["Tuesday"]["gave up by then"]
)
### END SOLUTION
check("the_queue.wanted_in", had_come)

# %% [markdown]
# A reporter stands in front of both doors and counts heads. Which event would the newspaper call the greater success?
#
# ## Second task: the same crowd, another door
#
# Next week Tuesday's event takes place again. The same people come, at the same moments. But this time they come to
# Friday's door.
#
# **Before you go on:** what becomes of the queue? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# How many people stand outside at most? The table is all you need. A rough number will do, as in `30_000`.

# %%
### BEGIN SOLUTION
longest_queue = 60 * max(
    0,
    table["Tuesday"]["came, a second (busiest minute)"]
    - table["Friday"]["the door can let in, a second"],
)
### END SOLUTION
check("the_queue.other_door", longest_queue)

# %% [markdown] tags=["solution"]
# By the moment of the longest queue Tuesday's queue showed <!--=queue_tuesday_shown-->66 %<!--/--> of those who had come. The
# requests showed about <!--=queue_tuesday_echo-->5<!--/--> for each person who came. Behind Friday's door the queue shrinks from
# about <!--=queue_tuesday_longest-->110,000<!--/--> people to <!--=queue_tuesday_at_fridays_door-->3,800<!--/-->: even in the busiest
# minute that door keeps up. The wish has not changed at all.

# %% [markdown]
# ## Third task: run a line, at a price
#
# Now the million from the lab, at a door of your own. People stand in a line, and you let so many a second through to
# the door. You decide before the evening. Nobody comes to help later. In the line people lose patience.

# %% tags=["fold"]
print("You promise:", str(PROMISE).replace(", on", ",\non") + ".")
print(f"Patience: {duration(PATIENCE_S)} on average. Then they leave.")
print(
    f"One handler lets in one person a second. It costs {PRICE.value:.2f} dollars, an {PRICE.kind}."
)
print("The will to come again halves with every five minutes of waiting, an assumption.")
print(f"A thousand lost visits cost {1000 * VISIT.value:.2f} dollars, an {VISIT.kind}.")

# %% [markdown]
# **Before you go on:** should the line be as fast as the door, faster, or slower? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Write both numbers and look at three practice evenings. Change them as often as you like. Then run the check: it uses
# other evenings, with other weather, and compares your bill with the smallest we know (*par*).

# %%
### BEGIN SOLUTION
admits_per_s = 2_400
handlers = 3_000
### END SOLUTION
line = Line(admits_per_s, handlers)
rehearse_line(line)

# %%
check("the_queue.line_plan", line)

# %% [markdown] tags=["solution"]
# The best line known lets <!--=queue_par_rate-->2,400<!--/--> people a second through to <!--=queue_par_handlers-->3,000<!--/--> handlers.
# That is <!--=queue_par_of_the_door-->80 %<!--/--> of what they can do. Its bill is <!--=queue_par_bill-->2,879<!--/--> dollars.
#
# - *At half of what the door can do*, nothing ever goes wrong. But people wait, and the bill rises to
#   about <!--=queue_bill_at_half-->3,484<!--/--> dollars.
# - *At nine tenths* most evenings are better. On the slowest evening the line is faster than the door, and
#   only <!--=queue_worst_at_nine_tenths-->18 %<!--/--> get in.
# - With par it is <!--=queue_worst_at_par-->63 %<!--/--> on the worst evening.
# - Was par luck? It was tried on <!--=queue_par_other_evenings-->60<!--/--> further evenings. On <!--=queue_par_kept_elsewhere-->57<!--/--> of
#   them half or more got in.

# %% [markdown]
# ## One number for your launch: the wait to announce
#
# If people must wait, tell them how long. Put the numbers of your own launch in place of the example.

# %%
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Your launch gets a line that lets through four fifths of your join rate. Everybody who is expected comes, and nobody
# leaves. Which wait would be true for all but the last hundredth? Estimate it in minutes, as in `12`. Each reply tells
# how many would still stand there. Come closer in a few steps.

# %%
### BEGIN SOLUTION
my_wait = honest_wait(sheet)
### END SOLUTION
check("the_queue.announced_wait", my_wait, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet. Would *you* wait that long?
#
# ## To take with you
#
# - A queue is what comes minus what gets in. Ask for the door before you believe the queue.
# - A door that refuses nobody may work for nobody.
# - A line needs a margin for the slow evening, and the margin costs waiting.

# %% [markdown] tags=["solution"]
# ## The three claims, one way to judge them
#
# **F3, without matching infrastructure failure is almost inevitable.** *Holds when* nobody steers who may ask: with the
# long queue <!--=queue_in_long-->10 %<!--/--> get in. *Fails when* somebody does: on the same handlers, a short queue with pauses, or a line, lets
# in more than the <!--=claim_f3_threshold-->90 %<!--/--> that were to decide. It *holds again* when the door is far too small. With a quarter of the
# handlers a short queue lets in <!--=queue_f3_quarter_door-->42 %<!--/-->. Whether that evening's infrastructure matched *cannot be decided here*.
#
# **S5, the queue measures how much people want it.** *Holds* as a lower bound: it never shows more people than came, once
# requests are left out. *Fails* as a measure. The same million shows <!--=queue_s5_narrow-->84 %<!--/--> of itself in front of a quarter of the
# handlers, <!--=queue_s5_own-->50 %<!--/--> at the door it had, <!--=queue_s5_wide-->1 %<!--/--> with four times as many. Half the handlers make the queue
# longer by <!--=queue_longer_by-->41 %<!--/-->, with not one person more. Invitations are no better. A million
# invited, of whom a fifth come, make a queue of <!--=queue_of_a_million_invited-->73,000<!--/-->. At the same door <!--=queue_of_fewer_invited-->130,000<!--/--> stand
# outside when far fewer are invited and nearly all come. For that evening it *cannot be decided*: nobody had a place in line, and nobody
# counted who stood outside.
#
# **S6, pressure is a compliment.** *Holds when* the wait is short: with twice the handlers <!--=queue_returns_wide-->95 %<!--/--> of the will to come
# again is left. *Fails when* it is long: at the door as it was, <!--=queue_returns_short-->79 %<!--/-->, below the <!--=claim_s6_threshold-->90 %<!--/--> that
# were to decide. But all of that rests on one assumption. If the will halves with every minute, <!--=queue_returns_if_one_minute-->47 %<!--/--> is left. If it
# halves with every quarter of an hour, <!--=queue_returns_if_fifteen_minutes-->92 %<!--/--> is. Until someone measures it, this *cannot be decided*.
#
# And the sentence you wrote on paper, what a queue in front of *your* door would tell you: which number would you now ask
# for first?
