# %% [markdown]
# Eight quarters. Ten parts of money in each. An event at the end of each. You choose one split of the ten parts, and keep it.
#
# 1. **Look.** Your split is the black dot. The pale dots are all other splits. The green diamond is **par**, the best plan
#    known. It may spend otherwise in every quarter.
# 2. **Predict.** Answer the question, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. Then turn the knobs.
#
# Further up, more people are carried. Further left, bad evenings are rarer. Every dot is a plan on
# the same <!--=plan_histories-->200<!--/--> histories. Every evening in them is a run of the engine.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, roadmaps
from loadbearing.labs.roadmaps import as_it_is, way

lab = Lab(
    cases=[roadmaps.CASE],
    knobs=roadmaps.KNOBS,
    world=roadmaps.WORLD,
    prediction=Prediction(
        key="careful",
        question="A plan can be so careful that no luck at all brings it a bad evening. "
        "How much does the best such plan carry, of what the best plan known carries?",
        options={
            "more": "More. It loses nobody, so its audience grows undisturbed.",
            "half": "About half. It keeps ready for rare evenings what others spend on being wanted.",
            "nearly": "Nine tenths or so. Caution costs a little and saves a little.",
        },
        settle=roadmaps.how_much_the_careful_plan_carries,
    ),
    missions=[
        Mission("calm", "The company as it is: no bad evening seen.",
                as_it_is(roadmaps.none_seen), par=way(features=0)),
        Mission("few", "As it is: one in 10 roadmaps at most, 60 % of par.",
                as_it_is(roadmaps.few_and_much), par=way(features=2)),
        Mission("much", "As it is: 80 % of par.",
                as_it_is(roadmaps.much), par=way(care=roadmaps.TEAM)),
        Mission("wanted", "Turn the world: par spends half on features.",
                roadmaps.half_on_features, par=way(failure="forgiven")),
    ],
    unit="the_roadmap",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# Turn *Compare with* to *the best plans known*. A dashed green line appears: the **frontier**. Its right end is par. Its left
# end is the careful plan.
#
# - *Par* has <!--=plan_par_bad-->8 bad evenings in 10 roadmaps<!--/-->.
# - *The careful plan* has none, whatever luck brings. It carries <!--=plan_careful-->47 %<!--/--> of par. On
#   single histories it was <!--=plan_careful_least-->27 %<!--/--> to <!--=plan_careful_most-->83 %<!--/-->.
#
# Why so little? The plan must survive three things at once: a hidden fault, a crowd three times as large, a slow day. Nobody
# knows when they come. So it keeps ready for all of them, in every quarter. In the second year that
# takes <!--=plan_careful_capacity-->9.7<!--/--> of ten parts. Nothing is left for being wanted. It stays safe by staying small.
#
# **Now the other half, and it matters as much.** Follow the line from right to left.
#
# - Only <!--=plan_half_as_many-->a bad evening in 4 roadmaps<!--/-->: that
#   costs <!--=plan_half_as_many_costs-->5.4 %<!--/-->.
# - Hardly any, <!--=plan_rare-->a bad evening in 67 roadmaps<!--/-->: the plan still
#   carries <!--=plan_rare_carries-->78 %<!--/--> of par.
# - None in <!--=plan_histories-->200<!--/--> histories, though one is possible: <!--=plan_none_seen_carries-->58 %<!--/-->.
# - None possible: <!--=plan_careful-->47 %<!--/-->.
#
# Nearly safe is cheap. The last step is dear: <!--=plan_last_step-->30 %<!--/--> of everything. So ask which of the two
# somebody means: *none was seen*, or *none can be*.
#
# What if luck were known beforehand? Then safety costs next to nothing. That was tried
# on <!--=plan_histories_of_the_moment-->24<!--/--> histories. The best plan without a bad evening
# carries <!--=plan_known_least-->95 %<!--/--> to <!--=plan_known_most-->100 %<!--/--> of the best plan. Not the bad evening
# is dear. Not knowing is.
#
# Press *Put the knobs back*. Turn *Luck and growth*, and try *only weather*. Then the careful plan
# carries <!--=plan_only_weather-->99 %<!--/--> of par. The other choices change one thing each. There it
# carries <!--=plan_otherwise_least-->47 %<!--/--> to <!--=plan_otherwise_most-->76 %<!--/-->. Each of these numbers is an
# assumption, and they decide. Which of them would you have to know about your own company?
#
# Put the knobs back once more. Then turn *One part of capacity rents*, and watch par and the line.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves. *The company as it is* means: price and failure are as they were.
#
# - *Features, of ten parts* is your vision. *One part each for* buys details, people or a rehearsal. People are a team on
#   call. Capacity gets what is left, one part at least.
# - *A failure is*: how many of those who did not get in stay away, and what one of them costs you. Nobody has measured it.
#   All three choices are assumptions.
# - A question for the third mission: which line of the budget did you not expect to need? *Look closer* has a typical
#   history and the worst one, quarter by quarter.
#
# ## Where the best split lies
#
# Is there a right share for features? Guess it before you open this.
#
# <details><summary><b>Open this when you have guessed.</b></summary>
#
# The best split that stays the same spends <!--=plan_best_split_features-->three<!--/--> parts of ten on features. It
# carries <!--=plan_best_split_carries-->80 %<!--/--> of par. Par itself does not keep one split. It begins
# with <!--=plan_par_first_features-->seven<!--/--> parts of features. In the second year it spends more on
# capacity: <!--=plan_par_capacity-->5.8<!--/--> parts.
#
# But that is this company. On average over a roadmap, par spends <!--=plan_par_features-->4.1<!--/--> parts of ten on features.
#
# - If a failure is forgiven: <!--=plan_forgiven_par_features-->5.1<!--/-->.
# - If it never is: <!--=plan_dear_par_features-->2.5<!--/-->, and then par
#   has <!--=plan_dear_par_bad-->a bad evening in 25 roadmaps<!--/-->.
# - If capacity is nearly free: <!--=plan_free_par_features-->8.0<!--/-->. There even the careful plan
#   carries <!--=plan_free_careful-->91 %<!--/--> of par.
#
# So the split is found, not preached. It moves with what a failure costs, and even more with what readiness costs.
#
# </details>
#
# ## The game: one history, quarter by quarter
#
# The lab keeps one split. A company need not. Here you spend ten parts, see the evening, and spend again. Can you come near
# par? Par does not know what comes either.
#
# - *Play this quarter* runs the release, the crowd and the evening.
# - *Back one quarter* takes it back. The luck stays the same.
# - *Another luck* begins anew.
# - *Show this evening* shows the very run behind the number.
#
# Go back once, after a quarter that surprised you. Then ask: could you have known it?

# %% tags=["fold"]
from loadbearing.labs.roadmap_game import RoadmapGame

RoadmapGame(progress=lab.progress)

# %% [markdown]
# ## Your verdict
#
# Three claims. You judged F9 in unit 03, with a price for a handler and a price for a person. Here the same part could also
# go to features. Your first verdict stays where you gave it.
#
# 1. Go back to the lab and set up a split and a company as your evidence.
# 2. Come back here and press *Take the run that the lab shows now*. The card plays the
#    same <!--=plan_histories-->200<!--/--> histories for each claim.
# 3. Judge. Turn *One part of capacity rents* and take the run again: claims change sides. *Cannot be decided here* is an
#    answer. What one person turned away costs *you* stands in no run.

# %%
lab.verdict_card(
    F5=roadmaps.ahead_if_growth_waits,
    F8=roadmaps.best_share_of_features,
    F9=roadmaps.worth_of_more_capacity,
)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number to your launch sheet: the crowd that you prepare for, as a multiple of the one you expect. You
# find it at the end of the exercise. Until then, write down two numbers: the smallest and the largest crowd that would not
# surprise you.

# %%
lab.launch_sheet()
