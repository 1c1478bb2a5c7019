# %% [markdown] tags=["exercise"]
# Three tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run All Cells* in
# the menu *Run*.)
#
# Find the three dots `...`, write your answer in their place, and press Shift and Enter. You may leave the other grey lines
# alone. Rooms here are small: one simulated listener stands for many.

# %% tags=["fold"]
from loadbearing import pictures
from loadbearing.checks import check
from loadbearing.checks.unit_02_plan import PRICE, PROMISE, ROUND, Invitation, own_plan, rehearse
from loadbearing.checks.unit_02_reading import line_table, minute_table, minutes, run_of
from loadbearing.units import people

# %% [markdown]
# ## First task: read a rush
#
# The announced hour, minute by minute, in average weather. These are people who come, whether they get in or not.

# %% tags=["fold"]
print(minute_table())

# %% [markdown]
# If all sixty minutes of the hour were alike, each would bring the mean. How many times the mean is the busiest minute? You
# may write a division, as in `9_000 / 3_000`.

# %%
### BEGIN SOLUTION
times_the_mean = minutes(run_of()).max() / (minutes(run_of()).sum() / 60)
### END SOLUTION
check("the_rush.peak_to_mean", times_the_mean)

# %% [markdown]
# ### When is the line longest?
#
# In the lab you drew a queue that lasted most of an hour. Here is a shorter one. The same people as above come, but
# everybody stands in line until let in. Nobody gives up, nobody tries twice. The table shows who came and who got in during
# each twenty seconds.

# %% tags=["fold"]
print(line_table())

# %% [markdown]
# **On paper, draw two curves over time:** how many come, and under it, how long the line is. Do not calculate. Draw what you
# feel. Then look at your drawing: when is the line longest? Write that time with its seconds, as in `"20:04:20"`.

# %%
### BEGIN SOLUTION
longest = "20:01:40"
### END SOLUTION
check("the_rush.longest_line", longest)

# %% [markdown] tags=["solution"]
# Most people draw the line longest where most people come, at about <!--=rush_inflow_peak-->20:00:40<!--/-->. But a line grows as long as
# more come than get in. It is longest at about <!--=rush_line_longest-->20:01:40<!--/-->, with <!--=rush_line_people-->115,000<!--/--> people, when
# the rush is nearly over. Whoever looks for the trouble at the peak of the line looks a minute too late. Here it is:

# %% tags=["solution"]
pictures.inside_and_outside(run_of(all_wait=True), 25)

# %% [markdown]
# ### Which test would have told you?
#
# You expect a million people in one minute. Your door lets in three thousand a second. Three load tests are on offer:
#
# | test | people | within |
# |---|---|---|
# | A | eight million | an hour |
# | B | one million and two hundred thousand | ten minutes |
# | C | two hundred thousand | ten seconds |
#
# Which one asks at least as much of the door as the launch will? Write its letter in quotes.

# %%
### BEGIN SOLUTION
test = "C"
### END SOLUTION
check("the_rush.covering_test", test)

# %% [markdown] tags=["solution"]
# The largest test brings <!--=rush_test_rate-->2,222<!--/--> people a second, the launch <!--=rush_launch_rate-->16,700<!--/-->. The same door brings
# in <!--=rush_test_soon-->100 %<!--/--> of the one within a minute and <!--=rush_launch_soon-->3.6 %<!--/--> of the other. Before the evening in
# August a test with <!--=record:tested_listeners-->8 million<!--/--> at once was claimed. In how many minutes they came was never published.
# So that number cannot be held against the evening, either way.

# %% [markdown]
# ## Second task: write the invitation
#
# Now you decide two things before the announced hour: in how many groups the crowd is invited, five minutes apart, and how
# many handlers the door has. This is what you promise, and what it costs:

# %% tags=["fold"]
print(str(PROMISE).replace(", on", ",\non"))
print(f"The evening as it was: {own_plan()}")
print(f"One handler for one evening: {PRICE.value:.2f} dollars, an {PRICE.kind}")
print(f"Each further group: {ROUND.value:.0f} dollars, an {ROUND.kind}")
print(f"People: {people(minutes(run_of()).sum())} or so; on some evenings more, on some fewer")

# %% [markdown]
# **Before you go on:** buy a large door for one group, or write a dozen invitations, or something between? Which will be the
# cheapest? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Write both numbers and look at three practice evenings. Change them as often as you like. Then run the check. It uses other
# evenings, with other weather, and compares your bill with the cheapest plan we know (*par*).

# %%
### BEGIN SOLUTION
groups = 6
handlers = 550
### END SOLUTION
plan = Invitation(groups, handlers)
rehearse(plan)

# %%
check("the_rush.invitation", plan)

# %% [markdown] tags=["solution"]
# What the search found:
#
# - For everybody at once it takes <!--=rush_one_group_handlers-->2,750<!--/--> handlers, for <!--=rush_one_group_cost-->1,375 dollars<!--/-->.
#   They are busy for two minutes.
# - Par is <!--=rush_par_groups-->6<!--/--> groups and <!--=rush_par_handlers-->550<!--/--> handlers,
#   for <!--=rush_par_cost-->525 dollars<!--/-->. That is little more than half of the door as it was.
# - In twelve groups the cheapest plan costs <!--=rush_twelve_groups_cost-->725 dollars<!--/-->. By then invitations cost more than they save.
# - Was par luck? A little. On <!--=rush_other_evenings-->60<!--/--> further evenings it kept its promise
#   on <!--=rush_par_kept_elsewhere-->51<!--/-->, a few less than promised. The cheapest of many plans that
#   did well is always a little too cheap. Leave some room.

# %% [markdown]
# ## Third task: your own busiest minute
#
# Back to your own launch. Put your numbers in place of the example. They are the five from unit 01.

# %%
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate: how many people *a second* will come in your busiest minute? If you are wrong, the check builds a door for just so
# many and sends your crowd to it.

# %%
### BEGIN SOLUTION
from loadbearing.checks.unit_02_launch import expected_rate

my_rate = expected_rate(sheet)
### END SOLUTION
check("the_rush.busiest_rate", my_rate, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet.
#
# ## To take with you
#
# - Ask of a crowd how many come *a second*, not how many come.
# - A line is longest when the rush is nearly over. Look for the trouble earlier.
# - The cheapest capacity may be a sentence in the invitation.

# %% [markdown] tags=["solution"]
# ## The three claims, one way to judge them
#
# **F4, everyday traffic and one event are different worlds.** *Holds when* the clock brings them: the announced hour
# is <!--=rush_peak_to_mean-->38<!--/--> times as busy in its busiest minute as on the mean, and <!--=rush_hour_soon-->8.6 %<!--/--> are in within a
# minute. *Holds* too when one place brings them: at half the door, spread over all the
# hour, <!--=rush_half_door_soon-->2.5 %<!--/-->. *Fails when* the same people, at the same door, are told no hour: the busiest minute
# is <!--=rush_peak_to_mean_no_hour-->3.0<!--/--> times the mean, and <!--=rush_no_hour_soon-->100 %<!--/--> are in. The line was drawn
# at <!--=rush_well-->90 %<!--/-->. *Cannot be decided* for the evening in August: who came when was not published.
#
# **S1, a crowd that comes at once is the ideal stress test.** *Holds when* the door turns people away early: with a queue
# of two seconds, the busiest minute shows <!--=rush_shown_short_queue-->100 %<!--/--> of what the door can do, beyond
# the <!--=rush_shown_enough-->90 %<!--/--> asked for. Even then <!--=rush_lost_short_queue-->9.8 %<!--/--> give up. *Fails when* the overload hides
# the door: with the queue as it was, the best minute shows <!--=rush_shown_long_queue-->74 %<!--/-->,
# and <!--=rush_hour_never-->50 %<!--/--> give up. *Cannot be decided here* whether anybody could have stopped that test halfway.
#
# **S12, the crowd gathered by itself.** *Holds when* no clock is set: of the all-day
# crowd, <!--=rush_in_busiest_minute_all_day-->1.7 %<!--/--> come in the busiest minute. *Fails* at the announced
# hour: <!--=rush_in_busiest_minute-->63 %<!--/--> do, against <!--=rush_told_when-->5 %<!--/--> asked for. Somebody told them when. Whoever
# can tell them can also tell them otherwise.
#
# And the sentence that you wrote on paper, the one change to your invitation: try it in the lab. Did it lower the busiest
# minute, or only the crowd?
