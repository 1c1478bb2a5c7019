# %% [markdown] tags=["exercise"]
# Four short tasks. This page has just run once by itself, so every check says *not yet*. (No tables? Choose *Run
# All Cells* in the menu *Run*.)
#
# 1. Find the three dots `...` and write your answer in their place.
# 2. Press Shift and Enter.
# 3. The check answers *yes*, *not yet* or *no*, and says why. Nothing breaks if you are wrong.

# %% tags=["fold"]
from loadbearing.checks import check
from loadbearing.checks.unit_11_reading import row, table
from loadbearing.checks.unit_11_rule import shown
from loadbearing.checks.unit_11_splits import Plan, Spend, rehearse
from loadbearing.roadmap import prepared_for

# %% [markdown]
# ## First task: read a history
#
# A company spent the same in every quarter: three parts for features, six for capacity, one for details. One part of capacity
# is <!--=roadmap_handlers_a_part-->100<!--/--> handlers. This is its report. Luck is left out, as in most reports.

# %% tags=["fold"]
print(table())

# %% [markdown]
# - The *audience* are the people who would come to the next event.
# - *After the release* it has grown by what the features brought.
# - *Came* is how many came that evening: now and then an event is the talk of the town, and many more come.
# - Half of those who were not in within five minutes never come again.
#
# Look at quarter <!--=roadmap_bad_number-->6<!--/-->. By how many people is the audience afterwards smaller than if everybody had been in? You may write a
# subtraction, as in `90_000 - 80_000`.

# %%
### BEGIN SOLUTION
fewer = row(6).grown - row(6).after
### END SOLUTION
check("the_roadmap.lost_audience", fewer)

# %% [markdown]
# Two evenings were bad. What made the one of quarter <!--=roadmap_bad_number-->6<!--/--> so? Write `"fault"` (a hidden fault), `"spike"` (many more than expected)
# or `"growth"` (the audience had grown too large), in quotes.

# %%
### BEGIN SOLUTION
cause = "fault"
### END SOLUTION
check("the_roadmap.bad_quarter", cause)

# %% [markdown] tags=["solution"]
# - The evening of quarter <!--=roadmap_bad_number-->6<!--/--> cost <!--=roadmap_lost-->26,900<!--/--> people of the audience. Yet the audience
#   was <!--=roadmap_grew_all_the_same-->2,329<!--/--> larger afterwards than before. Growth hides what a bad evening takes. Whoever
#   looks at the curve alone sees nothing.
# - In quarter <!--=roadmap_fine_quarter-->8<!--/--> there were <!--=roadmap_fine_per_handler-->239<!--/--> people for a handler, and all were in. In quarter <!--=roadmap_bad_number-->6<!--/--> there
#   were <!--=roadmap_bad_per_handler-->202<!--/-->. So the size was not it. The bad evening one quarter later was another kind: a spike.

# %% [markdown]
# ## Second task: two splits
#
# Now you spend. Ten parts a quarter, eight quarters. You may change the split once.
#
# - **features** let the audience grow, each part a little less than the one before. Each may bring a hidden fault.
# - **capacity**: each part rents <!--=roadmap_handlers_a_part-->100<!--/--> handlers for this quarter's evening.
# - **rehearsal**, one part: finds a hidden fault, <!--=roadmap_found-->four times in five<!--/-->.
# - **people**, one part: a team on call that acts within four minutes.
# - **details**, one part: this quarter's settings gone through.
#
# **The promise:** at most one bad evening in two roadmaps. A bad evening: fewer than nine in ten are in within five minutes.
# Among the plans that keep it, the one that *carries* most is best. Carried are the people
# who were in within five minutes, less those who were not.
# All prices and chances are assumptions of this course.
#
# **Before you go on:** of the <!--=roadmap_parts_in_all-->80<!--/--> parts of two years, how many would you give to features? Write one line.

# %%
guess = ...  # in your own words, in quotes

# %% [markdown]
# A plan has three lines, as in
# `Plan(first=Spend(features=1, capacity=9), then=Spend(features=0, capacity=10), from_quarter=7)`. What you do not name gets
# nothing. Look at three practice histories, and change your plan as often as you like. Then run the check. It
# uses <!--=roadmap_histories_judged-->200<!--/--> other histories and compares with the best plan we know (*par*).

# %%
### BEGIN SOLUTION
plan = Plan(
    first=Spend(features=5, capacity=4, people=1),
    then=Spend(features=2, capacity=6, rehearsal=1, details=1),
    from_quarter=4,
)
### END SOLUTION
rehearse(plan)

# %%
check("the_roadmap.two_splits", plan)

# %% [markdown] tags=["solution"]
# All <!--=roadmap_plans_tried-->31,960<!--/--> plans of this kind were tried on the same histories. The best of them:
#
# | the best plan with | carries | bad evenings a roadmap | features, of all parts |
# |---|---|---|---|
# | no promise at all | <!--=roadmap_free_score-->779,000<!--/--> | <!--=roadmap_free_bad-->0.54<!--/--> | <!--=roadmap_free_features-->28<!--/--> of <!--=roadmap_parts_in_all-->80<!--/--> |
# | the promise kept: par | <!--=roadmap_par_score-->766,000<!--/--> | <!--=roadmap_par_bad-->0.48<!--/--> | <!--=roadmap_par_features-->28<!--/--> |
# | the promise kept, the same all along | <!--=roadmap_same_score-->676,000<!--/--> | <!--=roadmap_same_bad-->0.38<!--/--> | <!--=roadmap_same_features-->24<!--/--> |
# | at most one bad evening in ten roadmaps | <!--=roadmap_tenth_score-->664,000<!--/--> | <!--=roadmap_tenth_bad-->0.06<!--/--> | <!--=roadmap_tenth_features-->18<!--/--> |
# | none on these histories | <!--=roadmap_none_score-->498,000<!--/--> | none | <!--=roadmap_none_features-->12<!--/--> |
#
# - Most of the way to safety is cheap. The last step is not.
# - The best plan of the *three practice histories* carries <!--=roadmap_fitted_practice-->706,000<!--/--> there,
#   and <!--=roadmap_fitted_unseen-->303,000<!--/--> on the others. It fits their luck. Nobody has that luck again.
# - Was par luck? On <!--=roadmap_histories_judged-->200<!--/--> more histories it carries <!--=roadmap_par_elsewhere-->746,000<!--/-->
#   with <!--=roadmap_par_bad_elsewhere-->0.43<!--/--> bad evenings.

# %% [markdown]
# ## Third task: look before you spend
#
# A table of splits does not look at what happens. A rule does. This one has five lines:
#
# 1. How large is the audience now?
# 2. How many handlers does the next event need? *Your line.*
# 3. Rent so many, in whole parts.
# 4. One part for a rehearsal, one for details.
# 5. Whatever is left goes to features.
#
# A full door lets in about <!--=roadmap_full_door-->300<!--/--> people for each handler within five minutes. The same promise holds. You need not understand
# functions: put a `return` in place of the dots, such as `return audience / 500`, a handler for every five hundred people.


# %%
def handlers_for(audience):
    ### BEGIN SOLUTION
    return audience / 180
    ### END SOLUTION


print(shown(handlers_for))

# %%
check("the_roadmap.first_the_door", handlers_for)

# %% [markdown] tags=["solution"]
# | a handler for every | carries | bad evenings a roadmap |
# |---|---|---|
# | <!--=roadmap_rule_fewest_each-->50<!--/--> people | <!--=roadmap_rule_careful-->348,000<!--/--> | <!--=roadmap_rule_careful_bad-->0.00<!--/--> |
# | <!--=roadmap_rule_best_each-->185<!--/--> people, the best that keeps the promise | <!--=roadmap_rule_best-->778,000<!--/--> | <!--=roadmap_rule_best_bad-->0.48<!--/--> |
# | <!--=roadmap_full_door-->300<!--/--> people, a full door's five minutes | <!--=roadmap_rule_full-->740,000<!--/--> | <!--=roadmap_rule_full_bad-->1.30<!--/--> |
# | <!--=roadmap_rule_paper_each-->1,000<!--/--> people | <!--=roadmap_rule_paper-->99,200<!--/--> | <!--=roadmap_rule_paper_bad-->4.90<!--/--> |
#
# One number that looks at the audience carries more than the best two splits that do not. Headroom of a good half over what a full
# door does is enough here. That is so because a threefold crowd is rare, and half of those turned away forgive. At other prices it is another number.

# %% [markdown]
# ## Fourth task: one number for your launch
#
# For which crowd do *you* prepare? Put in your own numbers: a range in which the crowd lies nine times in ten, and what two
# mistakes cost you. Then your sheet.

# %%
costs = {
    "low": 5_000,  # people: only one crowd in twenty is smaller
    "high": 60_000,  # people: only one crowd in twenty is larger
    "turned_away": 9,  # dollars that one person turned away costs you
    "idle": 1,  # dollars that one place costs for which nobody comes
}
sheet = {
    "expected": 20_000,  # people you expect
    "within": 10,  # minutes in which nine in ten of them come
    "join_rate": 30,  # people your door lets in per second
    "hold": 100_000,  # people who can be inside at once
    "patience": 10,  # minutes for which they keep trying
}

# %% [markdown]
# Estimate first: for how many people should the door be ready? The check then sends two hundred crowds of your range, and says what your number
# costs. (`prepared_for` computes it by a rule that the solution explains.)

# %%
### BEGIN SOLUTION
my_crowd = prepared_for(costs["low"], costs["high"], costs["turned_away"], costs["idle"])
### END SOLUTION
check("the_roadmap.prepared_for", my_crowd, costs=costs, sheet=sheet)

# %% [markdown] tags=["solution"]
# The rule is called the *newsvendor*, after somebody who buys papers in the morning and does not know who will ask. Be ready with
# the chance
#
# $$\frac{\text{cost of one turned away}}{\text{cost of one turned away} + \text{cost of one idle place}}$$
#
# At nine dollars to one that is nine times in ten: the crowd that is exceeded once in ten launches. Not the expected one, and not the
# largest you can think of. The rule is old. Edgeworth had it for banks; Arrow, Harris and Marschak for what a shop keeps in store.

# %% [markdown]
# Your number stays on this computer, on your launch sheet.
#
# ## To take with you
#
# - Ask what a bad evening costs you, and what never having one costs you. Both are numbers.
# - Let the door grow with the crowd. Look at the audience before you spend.
# - A plan that is best on what happened is not the best for what may happen.

# %% [markdown] tags=["solution"]
# ## The claims, one way to judge them
#
# All three were counted on <!--=roadmap_histories_played-->200<!--/--> histories, as in the lab.
#
# **F5, readiness before growth.** The claim needs <!--=roadmap_f5_threshold-->50 %<!--/--> of the histories.
#
# - *Holds when* most goes to growth. Take seven parts for features, two for capacity. If growth waits for the door, the plan
#   finishes ahead in <!--=roadmap_f5_bold-->85 %<!--/-->. With five and four it is <!--=roadmap_f5_half-->55 %<!--/-->.
# - *Fails when* the door is kept wide anyway. With three and six it is ahead in <!--=roadmap_f5_careful-->13 %<!--/-->, and
#   behind in <!--=roadmap_f5_careful_behind-->24 %<!--/-->. In the rest growth never had to wait.
# - *Falls short* where capacity is cheap. With seven and two, and <!--=roadmap_cheap_handlers-->400<!--/--> handlers for a part,
#   it is ahead in <!--=roadmap_f5_cheap-->47 %<!--/-->, and behind in <!--=roadmap_f5_cheap_behind-->26 %<!--/-->. So it fails as
#   a rule for most histories. Where it matters at all, it helps more often than not.
# - *Cannot be decided here* for any company that exists. Nobody has published its quarters.
#
# **F8, vision without execution.** What decides is the share of features in the best split that stays the same all along.
# Below <!--=roadmap_f8_threshold-->50 %<!--/--> the larger half belongs to execution.
#
# - *Holds* at our prices: <!--=roadmap_f8_plain-->30 %<!--/-->. Where no failure is ever forgiven it
#   is <!--=roadmap_f8_dear-->20 %<!--/-->. Where failures are soon forgiven it is <!--=roadmap_f8_forgiven-->40 %<!--/-->.
# - *Fails when* capacity is <!--=roadmap_f8_times_cheaper-->20<!--/--> times cheaper: <!--=roadmap_f8_cheap-->70 %<!--/-->. Then the
#   door is no longer what is scarce. So it is the price that moves it, more than forgiveness does.
# - *Cannot be decided here* which of these worlds is yours.
#
# **F9, prepare for the spike.** You judged it in unit 03. Now you may revise it.
#
# - *Holds* by its own measure. Spend three and six, and add one more part of capacity in every quarter, on top of the budget.
#   At unit 03's prices it brings <!--=roadmap_f9_plain-->4.08<!--/--> dollars for each that it costs.
# - *Fails* as advice on where to put the next part. As capacity that part adds <!--=roadmap_f9_capacity-->32,700<!--/--> people. As
#   features it adds <!--=roadmap_f9_features-->40,000<!--/-->, and as a team on call <!--=roadmap_f9_care-->79,800<!--/-->. The price of a
#   handler is not its bill. It is what it keeps you from.
# - *Cannot be decided here* how often a spike comes. Told cases are no sample: whoever is surprised tells more.
#
# Now take your sentence on paper. Does it name a share of the budget, or what a failure costs? Only the second can be taken to
# another company.
