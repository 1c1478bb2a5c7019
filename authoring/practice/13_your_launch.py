# %% [markdown] tags=["exercise"]
# Three tasks, and then your own launch. This page has just run once by itself, so every check says *not yet*. (No tables?
# Choose *Run All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# Rooms are small here: one simulated person stands for several. Some cells take a few seconds.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks import unit_13_lines as lines
from loadbearing.checks import unit_13_plan as plans
from loadbearing.checks import unit_13_stop as stopping
from loadbearing.checks.unit_13_own import promised
from loadbearing.checks.unit_13_plan import Plan, rehearse
from loadbearing.checks.unit_13_stop import Rule, rehearse_rule

# %% [markdown]
# ## First task: read the lines of a launch
#
# A small shop sells something that many want, from noon on. Here is its sheet. Below it stand its load lines in three
# weathers: as it is, and with one limit doubled at a time. (A queue of requests is one of the limits.)

# %% tags=["fold"]
print(lines.sheet_table())
print()
print(lines.line_table())

# %% [markdown]
# ### What breaks first?
#
# Look at the ordinary evening only. Which one limit would you double, so that its line rises most? Write its name as it
# stands at the head of its column, in quotes, as in `"patience"`.

# %%
### BEGIN SOLUTION
doubled = "hold"
### END SOLUTION
check("your_launch.breaks_first", doubled)

# %% [markdown]
# ### To whom may they promise it?
#
# Nothing is doubled. The shop answers for two weathers: the ordinary evening **and** everyone at once. A fault, it says, is
# another matter. To how many people may it make its promise? Write a number.

# %%
### BEGIN SOLUTION
may_promise = lines.whom_to_promise()
### END SOLUTION
check("your_launch.whom_to_promise", may_promise)

# %% [markdown] tags=["solution"]
# On an ordinary evening the room is what is short: twice the hold turns a line of <!--=drop_calm-->1,990<!--/-->
# into <!--=drop_calm_more_room-->3,370<!--/-->. Twice the door does nothing there. When everyone comes at once it is the other way round: the door is short,
# and twice the door turns <!--=drop_at_once-->1,210<!--/--> into <!--=drop_at_once_more_door-->2,000<!--/-->. Whoever asks what breaks first has to say in
# which weather.
#
# And one number falls. With twice the queue, the line for everyone at once is <!--=drop_at_once_more_queue-->976<!--/-->. People wait longer,
# and a promise of two minutes is broken by waiting.

# %% [markdown]
# ## Second task: choose what to do
#
# Now the sale at ten from the lab: <!--=tuned_expected-->12,000<!--/--> people are expected, and the door lets in <!--=tuned_rate-->20<!--/--> a second. This is the promise:

# %% tags=["fold"]
print(str(plans.EXAMPLE.promise).replace(", on", ",\non"))
print(f"Money that may be spent: {plans.dollars(plans.MONEY)}\n")
print(plans.price_table())

# %% [markdown]
# All prices are assumptions. Of ten people, <!--=tuned_heed-->five<!--/--> do what an invitation asks of them. That is one too.
#
# The promise has to hold on ordinary evenings **and** when everyone comes at once.
#
# **Before you go on:** which of these would you buy first, and which not at all? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# Write a plan, as in `Plan(line=True, door=1.5)`: what you leave out is not done, and a `door` of `1.5` is half as wide
# again. Look at three practice evenings of each weather, and change your plan as often as you like. Then run the check. It
# uses <!--=tuned_unseen-->20<!--/--> other evenings of each, and compares your bill with the best plan we know (*par*).

# %%
### BEGIN SOLUTION
plan = plans.par()
### END SOLUTION
rehearse(plan)

# %%
check("your_launch.cheapest_plan", plan)

# %% [markdown] tags=["solution"]
# What became of some plans, of <!--=tuned_unseen-->20<!--/--> evenings in each weather:
#
# | plan | dollars | ordinary evenings | everyone at once |
# |---|---|---|---|
# | the sentence alone: come early | <!--=tuned_words_cost-->200<!--/--> | <!--=tuned_words_calm-->19<!--/--> | <!--=tuned_words_at_once-->0<!--/--> |
# | a line in front, and clients that pause | <!--=tuned_waiting_cost-->2,000<!--/--> | <!--=tuned_waiting_calm-->4<!--/--> | <!--=tuned_waiting_at_once-->0<!--/--> |
# | a door <!--=tuned_door_times-->4.55<!--/--> times as wide | <!--=tuned_door_cost-->2,275<!--/--> | <!--=tuned_door_calm-->20<!--/--> | <!--=tuned_door_at_once-->18<!--/--> |
# | **the sentence, and a door <!--=tuned_par_times-->2.25<!--/--> times as wide** | <!--=tuned_par_cost-->1,325<!--/--> | <!--=tuned_par_calm-->20<!--/--> | <!--=tuned_par_at_once-->18<!--/--> |
#
# - The plan in bold is par. The sentence takes half of the crowd out of the worst minutes. The door is for the other half.
# - Without the sentence the door has to carry everybody at once. That costs <!--=tuned_door_more-->950 dollars<!--/--> more, and it is more than there was to spend.
# - A line in front of the door keeps people in order. It does not let in anybody sooner, and this promise is about soon.
# - Was par luck? A little. On <!--=tuned_others-->60<!--/--> further evenings with everyone at once it kept its promise on <!--=tuned_par_elsewhere-->53<!--/-->. Leave some room.
# - What if nobody heeds the sentence? Then par keeps <!--=tuned_par_nobody-->0<!--/--> of <!--=tuned_unseen-->20<!--/-->. So count how many opened your last invitation, before you lean on one.

# %% [markdown]
# ## Third task: write the stop rule
#
# The sale has the best plan known. It is ready for <!--=tuned_expected-->12,000<!--/--> people. On half of the
# evenings twice as many come, because somebody talked about it. On some of those things go wrong, and nobody knows
# beforehand on which. Here are practice evenings, the bad ones first. An evening is *bad* if fewer than nine in ten get what was promised.

# %% tags=["fold"]
print(stopping.practice_table())

# %% [markdown]
# What it costs, all assumed:
#
# - to stop, on any evening: <!--=stop_cost-->3,000 dollars<!--/-->;
# - a bad evening that nobody stops: <!--=miss_cost-->12,000 dollars<!--/-->;
# - a bad evening that is stopped: the price of stopping, and of the harm the part that is done by then. After <!--=stop_last-->15<!--/--> minutes
#   all of it is done.
#
# Write a rule with a minute, a number in per cent, and the one who decides, as
# in `Rule(minute=10, below=50, decides="the host")`. It says: at minute `10`, if fewer than `50` per cent of those who came
# are in, the host stops it.

# %%
### BEGIN SOLUTION
rule = stopping.par()
### END SOLUTION
rehearse_rule(rule)

# %%
check("your_launch.stop_rule", rule)

# %% [markdown] tags=["solution"]
# - The best rule known looks at minute <!--=stop_par_minute-->3<!--/-->, and stops below <!--=stop_par_below-->96 %<!--/-->. It costs <!--=stop_par_cost-->1,350 dollars<!--/--> an evening. Never to
#   stop costs <!--=stop_never-->2,500<!--/-->, always to stop <!--=stop_always-->3,167<!--/-->.
# - It catches <!--=stop_par_caught-->25<!--/--> of <!--=stop_bad-->25<!--/--> bad evenings, and stops <!--=stop_par_alarms-->9<!--/--> of <!--=stop_good-->95<!--/--> good ones.
# - Two minutes earlier, a good evening with everyone at once looks like a bad one. Two minutes later much of the harm is done.
# - The same rule with *we* in place of a name acts <!--=stop_talk-->5<!--/--> minutes later, and costs <!--=stop_several-->2,240 dollars<!--/-->. That pause is an assumption. Time your own team
#   on a [game day](../workshop/game_day.md).
# - If a missed evening cost <!--=stop_dear_times-->ten<!--/--> times as much, the best rule would look at minute <!--=stop_dear_minute-->2<!--/--> and stop
#   below <!--=stop_dear_below-->99 %<!--/-->. Nobody but you can say what it costs you.

# %% [markdown]
# ## Your own launch
#
# Put your numbers in place of the example. These are the five that are needed. Every other line of the desk may be added,
# such as `"heed": 30`.

# %%
sheet = {
    "expected": 12_000,  # people you expect
    "within": 8,  # minutes in which nine in ten of them come
    "join_rate": 20,  # people your door lets in per second
    "hold": 30_000,  # people who can be inside at once
    "patience": 12,  # minutes for which they keep trying
}
invitation = "early"  # or "groups", or "as it is"

# %% [markdown]
# Two blanks. First the sentence that you will put into the invitation, in your own words. Then estimate: to how many people
# may you promise it, with that sentence, on ordinary evenings **and** when everyone comes at once? The check sends a crowd
# of that size.

# %%
### BEGIN SOLUTION
my_sentence = "We open at half past nine. Come early, and at ten you are inside."
my_crowd = promised(sheet, invitation)
### END SOLUTION
check("your_launch.own_promise", my_crowd, sheet=sheet, invitation=invitation, sentence=my_sentence)

# %% [markdown]
# Your promise and your sentence stay on this computer, on your launch sheet. The desk in the lab makes the report from it.
#
# ## To take with you
#
# - Say for which weather a number holds. A launch has no line of its own, only lines in weathers.
# - Before you buy more door, ask what a sentence to your guests would do.
# - Write minute, number and name on a card, while nobody is in a hurry.

# %% [markdown] tags=["solution"]
# ## The claims, one last time
#
# All of them stand in the desk of the lab with the verdicts that you gave. This unit judges none anew. It shows what the two
# texts ask of you together.
#
# - **The failure reading** was right that preparation is work: count, try, decide who stops. A plan
#   for <!--=tuned_par_cost-->1,325<!--/--> dollars kept a promise that the sale as it was broke on <!--=tuned_bare_broken-->every<!--/--> evening.
# - **The stress-test reading** was right that no list is complete. The plan that kept its promise in both weathers still met
#   bad evenings when twice as many came. What helped then was a house that could act at minute <!--=stop_par_minute-->3<!--/-->.
# - *Cannot be decided* from here: what your guests will do with your sentence. Only they know, and you can count them.
#
# And your two lines on paper? You wrote what you would buy, and who decides. Would the money have gone to the busiest minute,
# or out of it? And does the second line hold one name?
