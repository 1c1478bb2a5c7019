# %% [markdown] tags=["exercise"]
# Three short tasks and one number. This page has just run once by itself, so every check says *not yet*. (No tables?
# Choose *Run All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.
#
# You may leave the other grey lines alone. People are letters here. They differ in what they know, and in nothing else.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.unit_08_plan import LESSON, PAGE, PERSON, REHEARSAL, Plan
from loadbearing.checks.unit_08_plan import promise, rehearse, the_map
from loadbearing.checks.unit_08_reading import night_table, step_minutes
from loadbearing.checks.unit_08_saving import last_year, lost_by_part, lost_table

# %% [markdown]
# ## First task: one night, step by step
#
# D has moved to another team of the company. Seven are left, and none of them knows the store. This is an ordinary night:
# two are called first, the others are asked later. On such a night one in five cannot be reached. The store stands still for
# a minute, and the flood stays until somebody opens the line.

# %% tags=["fold"]
print(night_table())

# %% [markdown]
# Five steps lie between the fault and the open line: *alarm*, *answer*, *first look*, *finding*, *acting*. Which one took
# longest? Write its name in quotes, as in `"acting"`.

# %%
### BEGIN SOLUTION
longest = max(step_minutes(), key=step_minutes().get)
### END SOLUTION
check("the_team.longest_step", longest)

# %% [markdown]
# A one-page runbook for the store is read and done in about <!--=team_page_minutes-->3 minutes<!--/-->. Suppose it had been
# in the drawer that night. How many minutes sooner would the line have been open? Write a number, or a difference such as
# `20 - 4.5`.

# %%
### BEGIN SOLUTION
saved = 41.0 - (7.3 + 3)
### END SOLUTION
check("the_team.page_saved", saved)

# %% [markdown] tags=["solution"]
# Finding took <!--=team_night_finding-->33<!--/--> of <!--=team_night_minutes-->41<!--/--> minutes. With the
# page <!--=team_night_in_paged-->86 %<!--/--> are in, without it <!--=team_night_in-->21 %<!--/-->. A quicker alarm would have
# saved a minute. That is no rule for all nights. At a company whose alarm comes after three quarters of an hour, the alarm
# is the longest step.

# %% [markdown]
# ## Second task: choose before you see the night
#
# Now you plan the call of ordinary nights. Seven people may be on call. Each can be reached
# on <!--=team_reached-->80 %<!--/--> of the nights. One fault in four is new, and no page helps with a new one. Which part fails
# is drawn afterwards, each as likely as any other. This is who knows what:

# %% tags=["fold"]
print(the_map())
print()
print("Promise:", promise())
print(f"One person on call for a night: {PERSON.value} dollars. One page: {PAGE.value} dollars.")
print(
    f"Teaching one person one part: {LESSON.value:,} dollars. A rehearsal: {REHEARSAL.value} dollars."
)
print("All of these are assumptions.")

# %% [markdown]
# **Before you go on:** what would you spend the most on: people, pages, a lesson or a rehearsal? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# A plan has four lines. Only the first two are blank:
#
# - `on_call = "BG"`: the letters of those who are on call.
# - `pages = ["door", "count"]`: parts for which a page is written, or `[]` for none.
# - `teach = ("G", "sound")`: one person is taught one part. `None` means nobody.
# - `rehearsed = True`: answering, looking and acting take half as long. Finding does not.
#
# Write your plan. Look at twelve practice nights, and change it as often as you like. Then run the check. It
# uses <!--=team_nights_judged-->2,000<!--/--> other nights and compares your bill with the cheapest plan we know (*par*).

# %%
### BEGIN SOLUTION
on_call = "ACEF"
pages = ["store"]
### END SOLUTION
teach = None
rehearsed = False
plan = Plan(on_call, pages, teach, rehearsed)
rehearse(plan)

# %%
check("the_team.night_plan", plan)

# %% [markdown] tags=["solution"]
# | the plan | costs | kept on |
# |---|---|---|
# | all seven, an empty drawer | <!--=team_all_cost-->2,100 dollars<!--/--> | <!--=team_all_kept-->82 %<!--/--> |
# | all seven, rehearsed | <!--=team_rehearsed_cost-->2,900 dollars<!--/--> | <!--=team_rehearsed_kept-->82 %<!--/--> |
# | two people, a page for every part | <!--=team_paged_cost-->3,000 dollars<!--/--> | <!--=team_paged_kept-->87 %<!--/--> |
# | <!--=team_taught_who-->A, C, E and F<!--/-->, one taught the store | <!--=team_taught_cost-->2,700 dollars<!--/--> | <!--=team_taught_kept-->94 %<!--/--> |
# | <!--=team_par_who-->A, C, E and F<!--/-->, a page for the store | <!--=team_par_cost-->1,600 dollars<!--/--> | <!--=team_par_kept-->94 %<!--/--> |
#
# The last is par. Another <!--=team_as_cheap-->14<!--/--> groups of four do it for the same money, and no cheaper plan does.
# So nobody among the seven is the one who cannot be spared. It is the *part* that nobody knows which cannot.
#
# - More hands do not help where nobody knows. A rehearsal makes the short steps shorter, and the long one stays.
# - Pages for everything fail on new faults. Two people know too little between them.
# - Was par luck? On <!--=team_other_nights-->4,000<!--/--> other nights it kept the promise on <!--=team_par_elsewhere-->92 %<!--/-->.

# %% [markdown]
# ## Third task: two decisions
#
# ### A page, or a lesson?
#
# Go back to the day before D moved. D had two days left. They would do for *one* of two things: a page for the store, or
# a lesson for one colleague. The page helps with known faults only. The lesson helps with all, if that colleague can
# be reached tonight: on <!--=team_reached-->80 %<!--/--> of the nights. These were last year's faults:

# %% tags=["fold"]
print(last_year())

# %% [markdown]
# From how many per cent of new faults on does the lesson help more often than the page? Write a number, as in `35`. Then ask
# yourself which you would choose after such a year.

# %%
### BEGIN SOLUTION
from_per_cent = 100 - 80
### END SOLUTION
check("the_team.page_or_lesson", from_per_cent)

# %% [markdown]
# ### Leaving people out, with your own numbers
#
# Back to the announced evening of the lab, where all are on the call. Somebody proposes that D moves on to another product,
# or F, G and H. Their pay is then saved here. This is how many of a hundred listeners fewer get in, part by part:

# %% tags=["fold"]
print(lost_table("D", "FGH"))

# %% [markdown]
# A difference of one or two is what hands are worth here. Of four who know the part, the first finds it a little sooner than
# of two. Put in your own numbers. The pay and the value of a listener are assumptions.

# %%
own = {
    "salary": 120_000,  # dollars a year for one person, with all that belongs to it
    "value": 1.00,  # dollars that one listener who gets in is worth to you
    "crowd": 400_000,  # people on such an evening
}
lost = lost_by_part("D")  # {part: share of the crowd}, as in the table

# %% [markdown]
# From how many such evenings a year on does leaving D out lose more than it saves? You may write a division, such
# as `own["salary"] / (own["crowd"] * own["value"])`. That one is not right yet.

# %%
### BEGIN SOLUTION
my_evenings = own["salary"] / (own["crowd"] * own["value"] * sum(lost.values()) / len(lost))
### END SOLUTION
check("the_team.saving", my_evenings, own=own)

# %% [markdown] tags=["solution"]
# - The page helps on a hundred less the share of new faults. The lesson helps on <!--=team_reached-->80 %<!--/-->. They are
#   equal at <!--=team_break_even-->20 %<!--/-->. After last year the lesson is the surer one and the page the cheaper one.
#   Both can be right, and the number tells what you pay for.
# - With the example's numbers it takes <!--=team_evenings-->3.0<!--/--> such evenings a year. Whoever reckons with the store
#   alone gets <!--=team_evenings_hindsight-->0.5<!--/-->. That is hindsight: beforehand it could have been any of six parts.
# - Leaving out F, G and H loses little *in this table*, because others here know the same. The table knows nothing of
#   their other days. And on the announced evening nobody is asleep.

# %% [markdown]
# ## One number for your launch
#
# Think of the part of your platform that you would least like to fail. Put in your own team and your own launch.

# %%
team = {
    "alarm": 2,  # minutes until the alarm calls somebody
    "answer": 3,  # minutes until that person is at work
    "who_knows": 6,  # minutes until somebody who knows the part has found it
    "others": 60,  # the same for somebody who does not know it: an assumption
    "acting": 1,  # minutes to do what is then to be done
    "know_it": 1,  # how many know that part
    "reached": 80,  # per cent of nights on which one of them can be reached
}
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# There are two kinds of night: one on which somebody who knows the part is reached, and the other. Within how many minutes does
# your team act on nine nights in ten? Estimate first, then write a number or a sum. The check lets your door stand still for so
# long, from the start, and counts who is lost.

# %%
### BEGIN SOLUTION
my_minutes = team["alarm"] + team["answer"] + team["others"] + team["acting"]
### END SOLUTION
check("the_team.minutes_to_act", my_minutes, team=team, sheet=sheet)

# %% [markdown]
# Your number stays on this computer, on your launch sheet. Then try `"know_it": 2` in your team: what does a second person change?
#
# ## To take with you
#
# - Ask of each part: who knows it, and what if they cannot be reached?
# - Judge a choice of people over all parts that could have failed, not over the one that did.
# - A page is cheap and never asleep. It helps with faults that somebody has seen.

# %% [markdown] tags=["solution"]
# In the example one person knows the part and is reached on <!--=team_reached-->80 %<!--/--> of the nights. That is less than
# nine in ten, so the slow night counts. With a second one it is <!--=team_two_reached-->96 %<!--/-->, and the quick night counts.
#
# ## What the studies say
#
# The lesson named one study each way. A third looked at two projects. The loss of knowledge could be
# over <!--=record:departures_rare_and_large-->3<!--/--> times the expected one. But counting who must leave before a project
# stops exaggerated it. Successors lowered the expected loss by up to <!--=record:departures_successors-->15 %<!--/-->. Of many popular
# open projects, <!--=record:hangs_on_two-->65 %<!--/--> were estimated to hang on at most two people. About half of the
# developers asked agreed. A book on running large services praises what is written down beforehand. It is said to mend things
# about <!--=record:playbook_three_times-->3<!--/--> times as fast as winging it.
#
# So rare and large is not our invention. How large is an assumption: in the lab, *Others need*.
#
# ## The claim, one way to judge it
#
# **F6, specialists matter more than head-count; saving on them is a false economy.** The deciding number:
# what those who are left out would have brought in a year, for each dollar of pay saved. It is an average over all parts.
#
# *Holds when* a part hangs on one person, evenings are not rare, and listeners are worth something. Without D,
# with <!--=team_claim_evenings-->4<!--/--> such evenings a year and the example's numbers, each dollar saved
# loses <!--=team_claim_without_d-->1.32<!--/--> dollars. The threshold is one.
#
# *Fails when* others know the same. Without F, G and H it is <!--=team_claim_without_fgh-->0.06<!--/-->. It fails for D too with
# one such evening a year: <!--=team_claim_once-->0.33<!--/-->. And it fails when a page for the store lies in the drawer and
# the fault is a known one: <!--=team_claim_paged-->0.02<!--/-->.
#
# *Cannot be decided* for the evening of this course. Nobody published who was on the call, which part failed, or who would
# have known it. A team that is smaller than before is no evidence in either direction. That knowledge decides is *put into*
# this model, not found by it. What the model adds is how suddenly.
#
# And the sentence you wrote on paper: whom would you call first, and why? Did you name that person for what they know? Who is
# the second who knows it? If there is none, which page would that person write first?
