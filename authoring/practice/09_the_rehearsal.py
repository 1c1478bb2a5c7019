# %% [markdown] tags=["exercise"]
# Four short tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run
# All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# Rooms here are small, so that each run takes a second: one simulated listener stands for many.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.unit_09_calendar import (
    BUDGET,
    EARLY,
    LATE,
    PRICE,
    RENTED,
    TOTAL,
    Plan,
    rehearse,
)
from loadbearing.checks.unit_09_crowd import by_log, forecast_table, log, log_table, measured
from loadbearing.checks.unit_09_doors import busiest_rate
from loadbearing.checks.unit_09_reading import (
    evening_table,
    highest_rate,
    lived_rate,
    report,
    waiting_report,
)
from loadbearing.units import people

# %% [markdown]
# ## First task: read the reports
#
# Before the evening of the lab the team ran <!--=calendar_tests-->eight<!--/--> tests. Each sent its people evenly. This is
# the report that everybody saw:

# %% tags=["fold"]
print(report())

# %% [markdown]
# And this is how the evening began:

# %% tags=["fold"]
print(evening_table())

# %% [markdown]
# What is the highest join rate that was tested? Hold it against the busiest minute of the evening. How many per cent of that
# minute's rate did the tests ever try? You may write a division, as in `100 * (9_000 / 60) / 700`.

# %%
### BEGIN SOLUTION
covered = 100 * highest_rate() / lived_rate()
### END SOLUTION
check("the_rehearsal.coverage", covered)

# %% [markdown]
# A test tells you something only if it could have come out otherwise. Think of a door with half the handlers: full, it lets in
# about <!--=half_door_rate-->250<!--/--> people a second. Which test would have failed there? Write its number from the
# report, as in `3`.

# %%
### BEGIN SOLUTION
test = 8
### END SOLUTION
check("the_rehearsal.telling_test", test)

# %% [markdown]
# ### A load generator that waits
#
# Another test, of five minutes. Its load generator is a closed one. It asks once a second, but it waits for each answer before
# it asks again. Usually an answer takes a tenth of a second. In the middle of the test the door stands still
# for <!--=stop_lasts-->20 seconds<!--/-->. The report:

# %% tags=["fold"]
print(waiting_report())

# %% [markdown]
# Now think of <!--=watched_people-->300<!--/--> people in its place. They come one a second and do not wait for each
# other. How many of them wait longer than a second for their answer? Write a number, as in `5`.

# %%
### BEGIN SOLUTION
waited_long = 19
### END SOLUTION
check("the_rehearsal.left_out", waited_long)

# %% [markdown] tags=["solution"]
# - The fastest test brought <!--=calendar_highest-->389<!--/--> people a second. The evening
#   brought <!--=calendar_lived-->854<!--/-->, or <!--=rehearsal_lived-->844<!--/--> with the full crowd of the lab. So the tests covered <!--=calendar_coverage-->46 %<!--/-->. They
#   also brought many times the evening's people. Both are true, and only one of them is about the door.
# - Of the eight passes, <!--=calendar_telling-->two<!--/--> could have been anything else at a door of half the size.
# - In the stop, <!--=waiting_right-->19<!--/--> people waited longer than a second, and the report
#   shows <!--=waiting_recorded-->one<!--/-->. It says that nineteen in twenty had their answer in <!--=waiting_95_recorded-->0.1 seconds<!--/-->.
#   For people it was <!--=waiting_95_met-->4.6 seconds<!--/-->. That is the coordinated omission of the lesson,
#   in numbers.

# %% [markdown]
# ## Second task: plan a calendar
#
# Now you plan the rehearsals of a company that you do not know. Its door has a thousand handlers. On paper each of them does
# one join a second. When all are at work they slow each other down, and nobody knows how much. Three kinds of rehearsal are
# on offer:
#
# - **Totals.** The evening's people, sent evenly over an hour. Such a test always passes.
# - **An early opening.** Real people are invited to one moment, some days before. Nobody can stop it.
# - **A ramp.** Made-up people, every twenty seconds <!--=ramp_step-->50<!--/--> more a second. It stops by itself when the
#   door turns one in twenty of them away.
#
# After that, handlers are bought for the evening's busiest minute. Whoever buys believes your rehearsals:
#
# - Did one meet what the door can do? Then its count is believed.
# - If not, the time that a join took in your fastest test is believed. It looks better than it is.
# - **Headroom** is what you buy beyond that, in per cent.

# %% tags=["fold"]
print(f"The evening's busiest minute: about {people(busiest_rate())} people a second")
print(f"One handler for one evening: {PRICE.value:.2f} dollars")
print(f"One total: {TOTAL.value:.0f} dollars. An early opening: {EARLY.value:.0f} dollars.")
print(f"A ramp: {RENTED.value:.2f} dollars for each person a second that it is booked for")
print(f"Everybody who is not in within a minute, early or on the evening: {LATE.value:.2f} dollars")
print(f"Budget for tests: {BUDGET.value:.0f} dollars. All of these are assumptions.")

# %% [markdown]
# **Before you go on:** of a hundred dollars, how many would you spend on finding out, and how many on handlers? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Four numbers make a plan, as in `Plan(totals=3, opened=5_000, ramp_to=200, headroom=10)`. A zero is allowed.
#
# - `totals`: how many scheduled totals.
# - `opened`: how many people are invited to an early opening.
# - `ramp_to`: up to how many people a second a ramp climbs.
# - `headroom`: per cent of handlers beyond what the rehearsals say.
#
# Write your plan. Look at three practice companies, and change your plan as often as you like. Then run the check. It
# uses <!--=companies_judged-->60<!--/--> other companies and compares your costs with the best plan we know (*par*).

# %%
### BEGIN SOLUTION
plan = Plan(totals=0, opened=0, ramp_to=700, headroom=20)
### END SOLUTION
rehearse(plan)

# %%
check("the_rehearsal.calendar", plan)

# %% [markdown] tags=["solution"]
# What the search found, on average over those companies:
#
# | the best plan with | costs | people late |
# |---|---|---|
# | no rehearsal, headroom <!--=none_headroom-->200 %<!--/--> | <!--=none_cost-->2,544 dollars<!--/--> | <!--=none_late-->6,475<!--/--> |
# | one total, headroom <!--=total_headroom-->200 %<!--/--> | <!--=total_cost-->2,579 dollars<!--/--> | <!--=total_late-->6,405<!--/--> |
# | an early opening for <!--=early_people-->20,000<!--/-->, headroom <!--=early_headroom-->150 %<!--/--> | <!--=early_cost-->2,505 dollars<!--/--> | <!--=early_late-->5,440<!--/--> |
# | a ramp to <!--=ramp_rate-->700<!--/-->, headroom <!--=ramp_headroom-->20 %<!--/--> | <!--=ramp_cost-->2,065 dollars<!--/--> | <!--=ramp_late-->2,238<!--/--> |
#
# The last is par. Its rehearsal costs <!--=ramp_tests-->140 dollars<!--/-->, a fifteenth of the whole. It meets the limit
# of <!--=ramp_met-->44 of 60<!--/--> doors. A ramp that meets them all costs a little more than it saves.
#
# - A total teaches nothing, for it passes at every door. Whoever has only totals buys three times what the paper says, for
#   safety.
# - A small early opening harms few: <!--=early_harmed-->240<!--/--> people. It hardly ever meets the limit. A large one meets it, in front
#   of everybody.
# - Was par luck? With <!--=companies_elsewhere-->120<!--/--> other companies it costs <!--=ramp_cost_elsewhere-->2,182 dollars<!--/-->, and no
#   rehearsal <!--=none_cost_elsewhere-->2,671 dollars<!--/-->.

# %% [markdown]
# ## Third task: who left no log
#
# Two companies with equal doors predict their next evening. The same list is invited again: <!--=people_on_the_list-->120,000<!--/--> people. The door will have
# half as many handlers again.
#
# - The first has held **four small invitations**: a few in a hundred of the list, then more. Nobody was lost.
# - The second had **one full evening**. Its log has a row for everybody who got in. Who never got in has no row.
#
# Each put what it had into the simulation of this course. Then came the next evening.

# %% tags=["fold"]
print(forecast_table())

# %% [markdown]
# By how many per cent does the last row have too few people? Write a number, or a division.

# %%
### BEGIN SOLUTION
missing = 100 * (1 - by_log().people / measured().people)
### END SOLUTION
check("the_rehearsal.too_low", missing)

# %% [markdown]
# The second company looks again. Two more numbers are left of the full evening. A counter stood in front of the door. And one app
# in ten counted its own requests.

# %% tags=["fold"]
print(log_table())

# %% [markdown]
# Count the people who came. You need not understand functions: one line is enough. Put a `return` in place of the dots, such
# as `return log.let_in`, which counts those in the log.


# %%
def people_who_came(log):
    ### BEGIN SOLUTION
    return log.requests / log.requests_each
    ### END SOLUTION


people_who_came(log())

# %%
check("the_rehearsal.crowd_counted", people_who_came)

# %% [markdown] tags=["solution"]
# The log foretold <!--=foretold_by_log-->85,900<!--/--> people, <!--=foretold_too_low-->28 %<!--/--> too few. So it
# promised <!--=foretold_soon-->93 %<!--/--> in within a minute, and it was <!--=measured_soon-->77 %<!--/-->. The full evening measured
# the door well. It hid the crowd. A quiet evening does the reverse.
#
# One division mends it: requests over requests a client give <!--=counted_people-->120,000<!--/--> people. But it needs two counters that still count
# when the door is full. Decide *before* the evening what will be written down about those who do not get in.
#
# The four small invitations foretold <!--=foretold_by_ramps-->126,000<!--/--> people and <!--=foretold_ramps_soon-->77 %<!--/-->. In the
# lab, small ramps missed the same kind of evening by far. The difference: these went on until <!--=ramps_at_work-->45 %<!--/--> of the door
# was at work, and joins had begun to take longer. A ramp to a tenth of a door says nothing of the rest.

# %% [markdown]
# ## Fourth task: one number for your launch
#
# What have *you* ever tested? Put your own tests in place of the example, with their people and minutes. Write `{}` if there are
# none. Then put in your sheet.

# %%
tests = {
    "smoke test": (600, 10),  # people, minutes
    "the total": (20_000, 60),
    "a short one": (1_800, 2),
}
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate first: what is the highest join rate that you have ever tested, in people a second? The check then says how much of
# your launch that covers.

# %%
### BEGIN SOLUTION
my_rate = max(number / (60 * minutes) for number, minutes in tests.values())
### END SOLUTION
check("the_rehearsal.tested_rate", my_rate, tests=tests, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet.
#
# ## To take with you
#
# - Ask of a test how many it sent *a second*, and whether it could have failed.
# - Climb until the door says no, with a rule that stops you. Then add headroom.
# - Count those who do not get in. Otherwise your best evening teaches you the wrong crowd.

# %% [markdown] tags=["solution"]
# ## The claims, one way to judge them
#
# **S1, a crowd that comes at once is the ideal stress test.** You judged it in unit 02. *Holds when* the door turns
# people away early. With a queue of <!--=rehearsal_short_queue-->2 seconds<!--/--> the evening
# shows <!--=rehearsal_shown_short-->98 %<!--/--> of what the door can do, and the claim
# needs <!--=rehearsal_s1_threshold-->90 %<!--/-->. *Fails when* the overload hides the door: <!--=rehearsal_shown_long-->52 %<!--/-->.
# *Cannot be decided here* whether anybody could have stopped that test. A ramp has a rule that does.
#
# **S2, one surge replaces weeks of scheduled simulation.** The guess was <!--=rehearsal_guess-->250 to 4,000<!--/--> joins a
# second, and the full door does <!--=rehearsal_full_door-->500<!--/-->.
#
# - *Holds* against the calendar. All its passes left <!--=rehearsal_after_tests-->460 to 4,200<!--/-->. A pass says
#   only *at least this*, so the high end stays. The evening with the shorter queue left <!--=rehearsal_after_short-->410 to 580<!--/-->.
# - *Fails when* the door works in vain, and the log knows only who got in. It
#   says <!--=rehearsal_after_evening-->45 to 200<!--/-->, and the truth is not in that.
# - *Fails* against one ramp to a full door: <!--=rehearsal_after_ramp-->420 to 580<!--/-->, and nobody was late.
# - *Cannot be decided* for the evening in August: its logs are not public.
#
# **S3, live behaviour is worth more than synthetic traffic.** *Holds when* the made-up crowd leaves something out. A load
# generator that waits reports <!--=rehearsal_waiting_answered-->99.8 %<!--/-->. Of the evening's
# crowd <!--=rehearsal_in_time-->25 %<!--/--> were in within five minutes. *Fails when* made-up people come as fast and try
# again: <!--=rehearsal_again_in_time-->16 %<!--/-->, a little worse than the truth, and in time to act. *Cannot be decided here* what a
# real crowd's devices would have added.
#
# **S4, there is no better way to learn than in front of everyone.** *Holds*, at most, where a door turns people away early.
# Then the evening teaches what the door can do, and <!--=rehearsal_late_short-->3,400<!--/--> people are not in within five
# minutes. *Fails when* a staged opening tells the same. Of <!--=rehearsal_staged_people-->40,000<!--/--> invited
# it is <!--=rehearsal_staged_late-->620<!--/-->. Your second task says more: the best plan harms nobody beforehand. *Cannot be
# decided* by a ramp how many will come. Only a real crowd shows that.
#
# **S8, one evening yields more telemetry than three months of load tests.** *Holds* for rows, and for knowledge when every attempt
# is logged. Then the lab foretold <!--=rehearsal_from_all-->61 %<!--/--> in within a minute on the next evening, and it
# was <!--=rehearsal_next_happened-->59 %<!--/-->. *Fails when* the log knows only who got
# in: <!--=rehearsal_from_let_in-->37 %<!--/-->. Of those who came, <!--=rehearsal_never_logged-->39 %<!--/--> are not in it. *Cannot be
# decided* for August: nobody published what was logged.
#
# **F11, preparation is the launchpad.** *Holds when* the rehearsal takes the path that fails. Then it fails before the
# evening, and somebody mends the queue. In within five minutes are <!--=rehearsal_in_time_short-->96 %<!--/--> instead
# of <!--=rehearsal_in_time-->25 %<!--/-->. *Fails when* it rehearses a total: all tests passed, and nothing was mended. *Cannot be
# decided* for August. A test with <!--=record:tested_listeners-->8 million<!--/--> at once was claimed. How fast they came was never
# published.
#
# And the sentence that you wrote on paper, the one test that you would hold: how many people a second does it send? And is the
# result that would stop you one that it can have?
