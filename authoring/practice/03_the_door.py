# %% [markdown] tags=["exercise"]
# Four short tasks about money and waiting. This page has just run once by itself, so every check says *not yet*. (No
# tables? Choose *Run All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# You may leave the other grey lines alone.

# %% tags=["fold"]
from loadbearing.checks import check, unit_03_doors, unit_03_launch
from loadbearing.checks.unit_03_doors import Doors, rehearse
from loadbearing.checks.unit_03_reading import counted, steady_door
from loadbearing.labs import buying

# %% [markdown]
# ## First task: count a line, know the wait
#
# Two steady doors, both nearly always busy: one with one handler, one with ten. One join takes a second on average.
# Somebody stood beside each door and counted. Nobody was timed.

# %% tags=["fold"]
one, ten = counted(steady_door(1)), counted(steady_door(10))
print("on average         one handler   ten handlers")
for row in ("people a second", "in line", "being served"):
    print(f"{row:<17}", *[f"{door[row]:>13.2f}" for door in (one, ten)])

# %% [markdown]
# How many seconds does one person wait in line at the door with **ten** handlers? You may write a division, as in
# `3.2 / 0.8`.

# %%
### BEGIN SOLUTION
wait_at_ten = ten["in line"] / ten["people a second"]
### END SOLUTION
check("the_door.little", wait_at_ten)

# %% [markdown]
# Now put ten doors with one handler each side by side, every one with its own line. The same ten handlers, and the same
# people, who choose a line by chance. How many times as long do they wait as at the one door with ten handlers?

# %%
### BEGIN SOLUTION
times_as_long = (one["in line"] / one["people a second"]) / wait_at_ten
### END SOLUTION
check("the_door.shared_queue", times_as_long)

# %% [markdown]
# ## Second task: keep a promise at three doors
#
# A company has three doors, for a small, a middle and a large service. On an average evening ten handlers' worth of work
# comes to the first, a hundred to the second, a thousand to the third. Then there is weather. This is what you promise at
# each door:

# %% tags=["fold"]
print(unit_03_doors.PROMISE.replace(", people", ",\npeople"))
print(f"One handler for one evening: {buying.HANDLER.value:.2f} dollars, an {buying.HANDLER.kind}")
print("A door that is 95 % busy on average:")
print(rehearse(Doors(11, 105, 1053)))

# %% [markdown]
# **Before you go on:** which door needs the largest share of spare handlers? And how large a share does the large one
# need: a hundredth, a tenth, a third? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Your plan. Write three numbers of handlers and look at twenty practice evenings. Change them as often as you like. Then run
# the check: it uses other evenings, and compares your bill with the cheapest doors we know (*par*).

# %%
### BEGIN SOLUTION
small = 17
middle = 138
large = 1_340
### END SOLUTION
doors = Doors(small, middle, large)
rehearse(doors)

# %%
check("the_door.headroom", doors)

# %% [markdown] tags=["solution"]
# What par shows, and what the same promise takes when no evening differs from the average:
#
# - The small door: <!--=door_par_small-->17<!--/--> handlers, <!--=door_par_small_spare-->70 %<!--/--> above its work.
#   By chance alone, <!--=door_calm_small-->14<!--/--> would do.
# - The middle door: <!--=door_par_middle-->138<!--/-->, or <!--=door_par_middle_spare-->38 %<!--/--> above.
#   By chance alone, <!--=door_calm_middle-->106<!--/-->.
# - The large door: <!--=door_par_large-->1,340<!--/-->, or <!--=door_par_large_spare-->34 %<!--/--> above.
#   By chance alone, <!--=door_calm_large-->1,009<!--/-->.
#
# What chance asks for nearly vanishes with size. What nobody knew beforehand does not: it stays at about a third.
#
# Was par luck? The three doors were tried on <!--=door_other_evenings-->40<!--/--> further evenings. They kept the promise
# on <!--=door_elsewhere_small-->36<!--/--> (small), <!--=door_elsewhere_middle-->35<!--/--> (middle)
# and <!--=door_elsewhere_large-->35<!--/--> (large).

# %% [markdown]
# ## Third task: when to stop buying
#
# A promise says *enough*. Money says *enough for what*? Take one hour at a door for a thousand handlers' worth of work. One
# join takes a minute here, and people who must wait give up after two minutes on average. A person who gives up is lost.
# The table shows an average over <!--=door_evenings-->24<!--/--> evenings with weather.

# %% tags=["fold"]
print(
    f"one handler: {buying.HANDLER.value:.2f} dollars, one person: {buying.PERSON.value:.2f} dollars"
)
print("handlers   people who give up, on average")
for handlers in range(900, 1_501, 50):
    print(f"{handlers:>8,}   {buying.gave_up_on_average(handlers, 1_000):>10,.0f}")

# %% [markdown]
# How many handlers do you buy? Give a whole number, as in `800`. The check uses other evenings. Most of the people who
# give up do so on a few bad ones, so expect other numbers there.

# %%
### BEGIN SOLUTION
handlers_bought = min(range(900, 1_501, 50), key=lambda number: buying.bill(number, 1_000))
### END SOLUTION
check("the_door.last_handlers", handlers_bought)

# %% [markdown]
# ## Fourth task: your own door
#
# How many handlers does your busiest minute need? A handler is whatever works on one join at a time: a person at a desk, a
# process on a server. Put your own numbers in place of the example. Unit 02 gave you the first.

# %%
sheet = {
    "people_a_second": 40,  # people who come in a second, in your busiest minute
    "service_s": 1.5,  # seconds for which one join keeps a handler busy
}

# %% tags=["fold"]
print(unit_03_launch.promised().replace(", people", ",\npeople"))

# %% [markdown]
# Estimate first. Begin with the work, then add what chance and weather ask for. The check holds your busiest minute
# on twenty evenings and says how often the promise was kept.

# %%
### BEGIN SOLUTION
work = sheet["people_a_second"] * sheet["service_s"]
my_handlers = round((work + 2 * work**0.5) * 1.2)
### END SOLUTION
check("the_door.handlers", my_handlers, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet. Every unit adds one.
#
# ## To take with you
#
# - A share of time that is safe at one door is not safe at another.
# - One queue in front of all handlers is worth more than many handlers.
# - Size protects from chance. Only headroom protects from an evening that you did not expect.

# %% [markdown] tags=["solution"]
# ## The claim, one way to judge it
#
# **F9, prepare for the spike that success brings, not for today's load.** For an evening a handler
# costs <!--=door_price-->50 cents<!--/-->. It could let in sixty people in the hour, and they are
# worth <!--=door_handler_could-->3 dollars<!--/-->. So the next handler pays if it is needed on more than one evening in six.
#
# *Holds when* you buy for today's load. Take <!--=door_work-->1,000<!--/--> handlers for as much work. A tenth more
# save <!--=door_worth_today-->1.55 dollars<!--/--> for each dollar that they cost.
#
# *Fails when* you go on. From <!--=door_well_above-->1,200<!--/--> handlers on, a tenth more
# save <!--=door_worth_above-->0.65 dollars<!--/--> for a dollar, and from <!--=door_twice-->2,000<!--/--> on they
# save <!--=door_worth_twice-->nothing<!--/-->. The cheapest door had <!--=door_cheapest-->1,150<!--/--> handlers. There,
# on an average evening, <!--=door_cheapest_lost-->1,650<!--/--> people still give up. The best plan is not the one without a
# bad evening.
#
# *Cannot be decided here:* what one lost person is worth to you. Were it ten times as much, you would buy far more. No model
# knows that number, and no public record gives it for any of the cases in this course.
#
# And the sentence you wrote on paper, how busy your door may be? Busy at which size? And on an average evening, or on a bad
# one? A share without these two says nothing about waiting.
