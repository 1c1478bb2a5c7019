# %% [markdown] tags=["exercise"]
# Four short tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run
# All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.

# %% tags=["fold"]
import math

from loadbearing.checks import check
from loadbearing.checks.unit_10_clauses import EXAMPLE
from loadbearing.checks.unit_10_reading import late_table, nights, nights_table
from loadbearing.checks.unit_10_season import Plan, rehearse

# %% [markdown]
# ## First task: read a promise
#
# A supplier promises to be there for <!--=contract_promised-->99.9 %<!--/--> of the time. How many minutes of a month of
# thirty days may it be gone? You may write a product, as in `0.5 * 24 * 60`.

# %%
### BEGIN SOLUTION
minutes_gone = 0.001 * 30 * 24 * 60
### END SOLUTION
check("the_contract.promise_minutes", minutes_gone)

# %% [markdown]
# Hold that against an evening you know. It began so late, as reports have it:

# %% tags=["fold"]
print(late_table())

# %% [markdown]
# Nobody published what was hired for that evening, and the cause was never established. The table is only a length of time to
# compare with.
#
# ### Two suppliers, counted
#
# Now nights in place of minutes. These were drawn. Each supplier is gone on about one night in a thousand:

# %% tags=["fold"]
print(nights_table())

# %% [markdown]
# Of the nights on which a supplier was gone, how many per cent are nights on which both were? Write a number, or a
# division such as `100 * 4 / 80`.

# %%
### BEGIN SOLUTION
shared = 100 * nights().together(2) / nights().alone[0]
### END SOLUTION
check("the_contract.shared_part", shared)

# %% [markdown]
# A third supplier of the same kind is hired as well. On how many of these nights would all three be gone? Write a number of
# nights, as in `50`.

# %%
### BEGIN SOLUTION
three_gone = nights().together(3)
### END SOLUTION
check("the_contract.a_third", three_gone)

# %% [markdown] tags=["solution"]
# - A thousandth of a month is <!--=contract_minutes-->43.2 minutes<!--/-->. The promise is about the month. It does not say
#   when.
# - The first supplier was gone on <!--=contract_first-->201<!--/--> nights, the second on <!--=contract_second-->194<!--/-->,
#   both on <!--=contract_both-->23<!--/-->. So <!--=contract_share-->12 %<!--/--> of a supplier's bad nights are shared.
# - Multiplied on paper it would have been <!--=contract_paper-->0.2<!--/--> nights with both gone. With a third supplier all
#   were gone on <!--=contract_three-->23<!--/-->. A third one is no third answer to the same question.

# %% [markdown]
# ## Second task: plan a season
#
# A company holds <!--=case:a_season.events-->12<!--/--> events. It expects <!--=contract_expected-->100,000<!--/--> people at
# each. Nobody knows its true crowd: at some companies half as many come, at others twice as many. You decide who lets them
# in.
#
# - **An own door** costs <!--=contract_team-->8,000 dollars<!--/--> once, <!--=contract_build-->8 cents<!--/--> for each person of its
#   size, and at each event <!--=contract_on_call-->500 dollars<!--/--> and half a cent a person of size. It is built for the
#   crowd that you then believe in, and a fifth more. If more come, it is made larger. On its first night it is gone
#   with a chance of <!--=contract_own_first-->20 %<!--/-->, then less and less.
# - **A supplier** asks <!--=contract_retainer-->1 cent<!--/--> for each person of its limit, and <!--=contract_price-->3 cents<!--/-->
#   for each person let in. Whoever comes beyond the limit is refused.
# - **The logs** cost <!--=contract_logs-->300 dollars<!--/--> a supplier and event. They show how many wanted in. And they show
#   the cause of a fault of your own that loses <!--=contract_fault-->10 %<!--/--> of the people until somebody knows it. An own
#   door that serves alone has logs too.
# - **A reserved limit** costs half as much again. Other limits shrink on nights on which everybody has an event:
#   about one in seven. All suppliers together then carry <!--=contract_crowded_share-->60 %<!--/--> of one limit.
#
# A person who wanted in and was lost counts <!--=contract_worth-->25 cents<!--/-->. All of these are assumptions, and the
# lab has knobs for three of them.
#
# **The budget** for bills is <!--=contract_budget-->45,000 dollars<!--/-->. **The promise:** at nine companies in ten, at
# least <!--=contract_kept-->90 %<!--/--> of all who want in are served. **The aim:** bills and lost people together, as low as you
# can.
#
# **Before you go on:** who should serve the first event, and who the last? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# A plan has up to six fields, as in `Plan(own_from=0, suppliers=1, limit=100_000)`. What you leave out is none or `False`.
#
# - `own_from`: the event from which an own door stands, `1` for the first, `0` for never.
# - `suppliers`: how many are hired, up to three. Each has its own limit, and its own price.
# - `limit`: how many people each is hired for at the first event. Later limits follow the crowd as you know it.
# - `reserved` and `logs`: whether they are in the contract, `True` or `False`.
# - `stays`: for how many events the suppliers stay beside the own door, in reserve.
#
# Write your plan. Look at three practice companies, and change your plan as often as you like. Then run the check. It
# uses <!--=contract_companies-->60<!--/--> other companies and compares with the best plan we know (*par*).

# %%
### BEGIN SOLUTION
plan = Plan(own_from=1, suppliers=1, limit=130_000, logs=True, stays=3)
### END SOLUTION
rehearse(plan)

# %%
check("the_contract.season", plan)

# %% [markdown] tags=["solution"]
# What the search found, on average over those companies, in dollars of a season:
#
# | the best plan with | all costs | bills |
# |---|---|---|
# | an own door from the first event, one supplier in reserve for <!--=season_par_stays-->three<!--/--> events | <!--=season_par_cost-->55,900<!--/--> | <!--=season_par_bills-->42,100<!--/--> |
# | one supplier first, own from the second, the same reserve | <!--=season_first_cost-->56,300<!--/--> | <!--=season_first_bills-->42,900<!--/--> |
# | one supplier for two events, then own | <!--=season_late_cost-->60,000<!--/--> | <!--=season_late_bills-->47,500<!--/--> |
# | both for ever | <!--=season_both_cost-->60,500<!--/--> | <!--=season_both_bills-->56,200<!--/--> |
# | hired first, then own, but no logs | <!--=season_no_logs_cost-->60,800<!--/--> | <!--=season_no_logs_bills-->38,800<!--/--> |
# | an own door alone | <!--=season_own_cost-->61,000<!--/--> | <!--=season_own_bills-->36,200<!--/--> |
# | one supplier for ever | <!--=season_hired_cost-->69,100<!--/--> | <!--=season_hired_bills-->57,900<!--/--> |
# | two suppliers for ever | <!--=season_two_cost-->82,900<!--/--> | <!--=season_two_bills-->66,700<!--/--> |
#
# - The first line is par. The second is as good, within what luck does. Both own early, and both keep somebody beside the
#   young door until it has stood a few nights.
# - That is the answer to *own it or hire it*, with these prices: both, and not for ever.
# - The cheapest bills are those of an own door alone. It loses <!--=season_own_lost-->8.7 %<!--/--> of the people, and
#   only <!--=season_own_sure-->88 %<!--/--> of the companies keep the promise.
# - Was par luck? With <!--=season_others-->240<!--/--> other companies it costs <!--=season_par_elsewhere-->58,900<!--/-->, and an own
#   door alone <!--=season_own_elsewhere-->64,100<!--/-->.

# %% [markdown]
# ## Third task: one clause
#
# You hire one supplier, for <!--=clause_events-->six<!--/--> events, with nothing else in the contract. In the last meeting
# you may ask for one thing:
#
# - `"99.99"`: to be there on <!--=contract_one_nine_more-->99.99 %<!--/--> of the nights.
# - `"money back"`: the whole bill of a night on which it was gone.
# - `"stand-by"`: a second supplier that serves when the first is gone, for the same retainer.
# - `"logs"`: the logs, at the price above.
#
# Which is worth most, its price taken off? Write one of the four, in quotes.

# %%
### BEGIN SOLUTION
clause = "logs"
### END SOLUTION
check("the_contract.clause", clause)

# %% [markdown]
# Now the stand-by, with your own numbers. What is a second supplier worth at one event, in dollars? It helps on nights on
# which the first one is gone by itself.

# %% tags=["fold"]
for name, value in EXAMPLE.items():
    print(f"{name:<10}{value:>10,}")

# %% [markdown]
# - `people`: how many it would let in. `worth`: dollars that each is worth.
# - `fails`: how often a supplier is gone. `shared`: the part of that which takes both.
# - `retainer`: dollars that it asks at every event.
#
# You need not understand functions: one line is enough. Put a `return` in place of the dots, such
# as `return people * worth - retainer`, which would be right if the first supplier were always gone.


# %%
def worth_of_a_second(people, worth, fails, shared, retainer):
    ### BEGIN SOLUTION
    return people * worth * fails * (1 - shared) - retainer
    ### END SOLUTION


worth_of_a_second(**EXAMPLE)

# %%
check("the_contract.second_supplier", worth_of_a_second)

# %% [markdown] tags=["solution"]
# Over <!--=clause_events-->six<!--/--> events the logs save <!--=clause_logs-->8,696 dollars<!--/-->. One more nine
# saves <!--=clause_nine-->91 dollars<!--/-->. All money back saves <!--=clause_back-->22 dollars<!--/-->. A supplier that
# stands by costs <!--=clause_stand_by-->6,633 dollars<!--/--> more than it saves.
#
# The reason is the same for the last three. They change what happens on a bad night, and a season has next to none. The
# logs change something at every event. It is different if a night is worth much more to you, or if suppliers are worse.
# With the numbers above a second one pays from about one bad night in <!--=second_pays_from-->17<!--/--> on. And it pays
# never if it stands on the first.

# %% [markdown]
# ## Fourth task: one number for your launch
#
# When would owning pay for *you*? Put an offer that you were made in place of the example. And put in your sheet.

# %%
offer = {
    "once": 5_000,  # dollars to build an own door
    "own_event": 250,  # dollars an event to keep it
    "retainer": 200,  # dollars an event to have a hired door at all
    "price": 0.03,  # dollars for each person that it lets in
}
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate first: after how many events has an own door cost no more than a hired one? Write the number of that event, or `0` for
# never. The check adds up both bills.

# %%
### BEGIN SOLUTION
my_event = math.ceil(
    offer["once"] / (offer["retainer"] + offer["price"] * sheet["expected"] - offer["own_event"])
)
### END SOLUTION
check("the_contract.break_even", my_event, offer=offer, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet.
#
# ## To take with you
#
# - Ask a supplier whom it stands on. Then ask the second one the same.
# - Before you argue about another nine, ask for the logs.
# - Own early or late, but keep somebody beside a young door.

# %% [markdown] tags=["solution"]
# ## The claim, one way to judge it
#
# **S7, running it in-house keeps logs, ownership and accountability.** What decides is what the cheapest hiring costs for each
# dollar that owning costs.
#
# - *Holds* from a number of events on. Over <!--=s7_long-->24<!--/--> events hiring costs <!--=s7_at_24-->1.57<!--/--> times as
#   much as owning. On paper it is cheaper to own from event <!--=s7_paper-->6<!--/-->, in the season from
#   event <!--=s7_season-->10<!--/-->.
# - *Fails* for a single event: <!--=s7_at_1-->0.35<!--/-->. And the logs can be bought. Against a contract without them owning pays
#   from event <!--=s7_no_logs-->7<!--/--> on. So of the three things that one keeps, one is for sale,
#   for <!--=contract_logs-->300 dollars<!--/--> an event. Accountability is for sale only so far as somebody answers within the night.
# - *Cannot be decided here*: what the platform of that evening owned or hired. How much real suppliers share. What a
#   person is worth to you: at a dollar each, owning pays from event <!--=s7_dollar-->22<!--/--> on, because the first nights of
#   a young door cost more.
#
# And the sentence that you wrote on paper: whom does your supplier stand on? Have you asked, or do you know?
