# %% [markdown] tags=["exercise"]
# Four short tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run All Cells*
# in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# Rooms here are small, so that each run takes a second: one simulated listener stands for many.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.unit_06 import rehearse
from loadbearing.checks.unit_06_reading import rates, stretches
from loadbearing.units import clock, people

# %% [markdown]
# ## First task: how long is the way back?
#
# The house of the lab: <!--=people_in_the_house-->300,000<!--/--> people lose the connection at five past eight. The door can
# let in <!--=door_a_second-->1,000<!--/--> a second. Nobody has opened a line.
#
# On paper, if no work is in vain: how many minutes does the way back take at least? You may write a division, as in
# `90_000 / 500 / 60`.

# %%
### BEGIN SOLUTION
on_paper = 300_000 / 1_000 / 60
### END SOLUTION
check("the_way_back.on_paper", on_paper)

# %% [markdown]
# Now a run, in average weather. All numbers are a second.

# %% tags=["fold"]
print(f"{'':<18}{'requests':>10}{'joins finished':>18}{'people let in':>17}")
for from_s, until_s in stretches():
    when = f"{clock(from_s)} to {clock(until_s)}"
    requests, finished, let_in = rates(from_s, until_s)
    print(f"{when:<18}{people(requests):>10}{people(finished):>18}{people(let_in):>17}")

# %% [markdown]
# Take the first row. If it went on at that pace, how many minutes would the way back take? Write a number of minutes, as in
# `25`.

# %%
### BEGIN SOLUTION
at_this_pace = 300_000 / rates(*stretches()[0])[-1] / 60
### END SOLUTION
check("the_way_back.at_this_pace", at_this_pace)

# %% [markdown]
# And the second row? The door is as busy as before. It lets in nobody at all.
#
# Now the other evening of the lab, with the autoscaler. The crowd comes from eight on. Three numbers:
#
# - It looks every <!--=help_looks_every-->15 seconds<!--/-->, at the stretch since it looked before.
# - What it sees is <!--=help_lag-->1 minute<!--/--> old.
# - A handler that it orders serves <!--=help_starts_in-->2 minutes<!--/--> later.
#
# How many seconds after eight do the first new handlers serve? Write a number, as in `30`.

# %%
### BEGIN SOLUTION
help_arrives = 15 + 60 + 120
### END SOLUTION
check("the_way_back.help_arrives", help_arrives)

# %% [markdown]
# ## Second task: how fast may the line be?
#
# Now you decide, before the evening, how many people a second the line lets through. It opens with the restart. Nobody
# changes it later.
#
# - **You promise**: on nine evenings of ten, all but one in a hundred are back within a quarter of an hour.
# - **You pay**: every hour that one person spends outside. Added up, these are person-hours.
#
# **Before you go on:** what costs more, a line that is a little too slow or one that is a little too fast? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Write a number of people a second and look at three practice evenings. Change it as often as you like. Then run the check.
# It uses other evenings, with other weather, and compares you with the best line we know (*par*). (Dead work is work for
# people who had left.)

# %%
### BEGIN SOLUTION
line_rate = 750
### END SOLUTION
rehearse(line_rate)

# %%
check("the_way_back.line_rate", line_rate)

# %% [markdown] tags=["solution"]
# The best fixed number we know is <!--=par_line_rate-->750<!--/--> a second: <!--=par_line_hours-->18,200<!--/--> person-hours.
# Fifty a second slower costs <!--=slower_by_50_costs-->1,230<!--/--> more. Fifty a second faster
# costs <!--=faster_by_50_costs-->5,350<!--/--> more. Too slow is a nuisance, too fast is a
# flood. That is why one stays below the door, and does not aim at it.
#
# - Exactly what the average door can do: <!--=door_rate_hours-->65,300<!--/--> person-hours.
# - Twice the handlers and no line: <!--=twice_handlers_hours-->47,900<!--/-->. The promise is kept
#   on <!--=twice_handlers_kept-->16 of 20<!--/--> evenings.
# - No line, and a queue of two seconds: <!--=short_queue_hours-->14,500<!--/-->. Whoever can refuse early needs no line.
# - Was par luck? On other evenings it kept the promise on <!--=par_line_elsewhere-->39 of 40<!--/-->.

# %% [markdown]
# ## Third task: one line of a rule
#
# A fixed number must be safe on the slowest evening. So it is too slow on all others. A rule can do better. It looks at the
# door every ten seconds, ten seconds late, and sets the line anew. You need not understand all of it: one line is enough.
#
# - `seen.queue`: how many requests wait at the door.
# - `seen.services`: how many joins the door finished in those ten seconds, for whomever.
#
# Is the queue short, then the line is generous. Is it not, then the last line of the rule decides. What should the line let
# through, beside what the door has just done: more, as much, or less? Put your `return` in place of the dots. It looks like
# the one above it, and may use `done_a_second`, as in `2 * done_a_second`.


# %%
def decide(now, seen):
    done_a_second = seen.services / 10
    if seen.queue < 200:
        return {"admits_per_s": 1_200}
    ### BEGIN SOLUTION
    return {"admits_per_s": 0.9 * done_a_second}
    ### END SOLUTION


rehearse(decide)

# %%
check("the_way_back.following_line", decide)

# %% [markdown] tags=["solution"]
# The best rule of this kind that we know lets through <!--=par_rule_part-->95 %<!--/--> of what the door did, and comes
# to <!--=par_rule_hours-->14,500<!--/--> person-hours. It knows no weather. It looks at what has just been done. With a tenth *more*
# than the door did, the promise is kept on only <!--=rule_all_of_it_kept-->3 of 20<!--/--> evenings.
#
# Now let the door come back cold, as in the lab. Nobody tells the line.
#
# - The fixed number of before: <!--=cold_same_line_hours-->36,400<!--/--> person-hours. The promise is kept
#   on <!--=cold_same_line_kept-->18 of 20<!--/--> evenings.
# - The best fixed number for a cold door is <!--=cold_line_rate-->550<!--/--> a second: <!--=cold_line_hours-->28,100<!--/-->.
# - The same rule, not one letter changed: <!--=cold_rule_hours-->25,800<!--/-->. It knows no warm-up either.
# - A line that grows with the door up to the fixed number: <!--=cold_growing_hours-->23,400<!--/-->. But somebody must know
#   beforehand how the door warms up.

# %% [markdown]
# ## Fourth task: your own way back
#
# Your house is full, and everything restarts. You open a line. In how many minutes are all but one in a hundred back? Put the numbers of
# your own launch in place of the example.

# %%
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate first. Leave yourself a margin: a line of three quarters of your join rate. The check fills your house, restarts it
# and opens such a line, on eight evenings.

# %%
### BEGIN SOLUTION
my_minutes = sheet["hold"] / (0.75 * sheet["join_rate"]) / 60
### END SOLUTION
check("the_way_back.minutes_back", my_minutes, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet. Is it longer than the break your people would wait through? Then
# write down who opens the line, and how.
#
# ## To take with you
#
# - How long the fault lasts and how long the way back takes are two numbers. Know the second before the first happens.
# - Let fewer through than the door can do. A little too slow costs a little.
# - Help that is ordered must arrive within the event. Otherwise have it there beforehand.

# %% [markdown] tags=["solution"]
# ## The claims, one way to judge them
#
# **F1, about a million came at once and the platform could not carry them.** You judged it in unit 01. *Fails* here for those
# who first came: <!--=first_coming_within_five-->100 %<!--/--> were in within five minutes of coming. With a quarter of
# the handlers it *holds*: <!--=first_coming_quarter_of_the_door-->1.6 %<!--/-->. *Fails* for holding: nobody lost a seat for want of seats.
# And for coming back it *holds when* the door is open to all: <!--=back_open_door-->3.3 %<!--/--> are in again forty minutes later.
# With a line of seven tenths, all but one in a hundred are back after about <!--=slow_line_middle-->7 minutes<!--/-->. So the claim needs a
# verb: carry, let in, or let in again? Which of them that evening's platform could not do *cannot be decided here*: nobody
# published whether anybody was cut off.
#
# **F12, it was a complete meltdown.** Ask what else broke. *Holds when* all share one door: the restart hits
# everybody, and the claim needs <!--=claim_f12_threshold-->50 %<!--/-->. *Fails when* the house is cut into
# cells: with <!--=cells_in_the_lab-->10<!--/--> it is a tenth. But inside that cell the way back is as long as before. Cells
# bound the harm, they do not mend it. Of that evening, reports say that the rest of the platform ran normally, so by
# the public record it *fails*.
#
# **Why it works.** Take the mechanism away: let clients wait as long as it takes, so that no work is for people who have
# left. Then everybody is back after <!--=patient_open_middle-->7 minutes<!--/--> with no
# line, after <!--=patient_slow_middle-->7 minutes<!--/--> with the slow line, and after <!--=patient_fast_middle-->5 minutes<!--/--> with
# one three times as fast as the door. Slower is sooner only where waiting makes work worthless.
#
# And the sentence on paper, what you would do in the first minute: would it have sent more people to the door, or fewer? And
# were your minutes nearer to the fault, to <!--=way_back_on_paper-->5 minutes<!--/-->, or to *never*?
