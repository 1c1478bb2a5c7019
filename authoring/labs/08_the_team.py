# %% [markdown]
# Three minutes past eight a part of the platform stands still. A minute later it is well again. The flood is not, and it
# stays until somebody opens the line. Eight people are on the call. Each dot is one simulated listener.
#
# 1. **Watch.** Press *Play* and see how long it takes on this evening. Then press *Pause*.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The picture turns into the call, step by step, above the people outside.
#
# The dashed line is the run before, or the one that you pinned. The weather is average; how quick everybody is tonight is luck.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, Settings
from loadbearing.labs import team

no_d, paged = {team.TEAM: team.NO_D}, {team.PAGES: team.PAGE}
lab = Lab(
    cases=[team.CASE, team.NEW],
    knobs=team.knobs(),
    prediction=Prediction(
        key="five_of_eight",
        question="Eight people can be on the call tonight. Next month it will be five. "
        "What will an evening like this one cost with five?",
        options={
            "share": "Some more. With fewer hands, all takes longer.",
            "whom": "Nothing, or half the crowd: it depends on who.",
            "little": "Hardly anything. Those who stay know where to look.",
        },
        settle=team.five_of_eight,
    ),
    missions=[
        Mission("fewer", "Three people fewer, and 70 % in.", team.three_fewer, team.CASE,
                Settings.of(team.CASE, {}, {team.TEAM: team.NO_FGH})),
        Mission("without_d", "Without D, and 80 % in.", team.without_d, team.CASE,
                Settings.of(team.CASE, {}, no_d | paged)),
        Mission("no_page", "Without D and without a page: half in.", team.no_page, team.CASE,
                Settings.of(team.CASE, {}, no_d | {team.OTHERS: 24})),
        Mission("harm", "A new fault: make the page do harm.", team.page_harms, team.NEW,
                Settings.of(team.NEW, {}, paged)),
    ],
    picture=team.the_call, first=(team.ACTED, "share_in", "gave_up"), unit="the_team",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# Turn the first knob, one choice after the other. Watch the clock time in the title.
#
# - *all eight*: the line opens at <!--=call_opens_all-->20:15:40<!--/-->, and <!--=call_in_all-->79 %<!--/--> get in.
# - *without F, G and H*: three fewer, and <!--=call_in_no_fgh-->79 %<!--/-->. Nothing has happened.
# - *only A, D and E*: three people, and <!--=call_in_three-->79 %<!--/-->.
# - *without D*: one fewer. The line opens at <!--=call_opens_no_d-->20:50:30<!--/-->. <!--=call_in_no_d-->19 %<!--/--> get in,
#   about as many as with nobody there at all.
# - *without D, two hired*: one more than before, and again <!--=call_in_hired-->19 %<!--/-->. The two know sign-in and the
#   count, not the store: an assumption.
#
# D is the only one who knows the part that failed tonight. Whoever knows a part finds it
# in <!--=call_finds-->8 minutes<!--/-->, as a large service did once. Others work it out
# in <!--=call_searches-->an hour<!--/-->. Six more heads hardly help: each of them searches alone, and the first of seven still
# needs about <!--=call_first_of_seven-->39 minutes<!--/-->. So fewer people cost nothing, and nothing, and then half the crowd.
# **Flat, flat, cliff.**
#
# Now leave D out and put *a page for the store* in the drawer. <!--=call_in_paged-->89 %<!--/--> get in, more than with D. One
# page beats two hires, as long as it fits the fault.
#
# Press *A new fault*. Seven in ten handlers hang, and opening the line is not enough. The page is done in vain. With all
# eight it costs <!--=call_page_costs-->19 points<!--/-->: they follow it first, and look for the cause later.
#
# Knowledge is one of four things here. With all eight, <!--=call_median_all-->77 %<!--/--> get in on the middling one of a
# dozen other evenings. An alarm that comes after a quarter of an hour leaves <!--=call_median_late_alarm-->46 %<!--/-->. Calling
# two first leaves <!--=call_median_two-->58 %<!--/-->. People called six times before in this shift
# leave <!--=call_median_tired-->50 %<!--/-->. Those three you can see beforehand, on any quiet day. Missing knowledge shows
# nothing until its part fails.
#
# Press *Put the knobs back*. Turn *Others need* and see where the cliff goes. The hour is an assumption, and it decides.
# How even luck is decides as well, and it is an assumption too. Here a step takes about a third more or less. Turn *Steps
# take more or less* to *often by half*. Over many evenings it would then be <!--=call_median_uneven-->46 %<!--/--> without D,
# on the middling one. So where luck is uneven, heads do help.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run.
#
# - For the third, how quick must the others be? Ask whether you believe it of *your* team.
# - Why does calling two first cost so much, although D is asked in the end? Look at the bars.
#
# ## Who knows what
#
# This is the knowledge map of the eight. Which part would you not want to fail? It is made up, like the letters.

# %% tags=["fold"]
from loadbearing.labs.team_choosing import draw_the_part, one_by_one, who_knows_what

who_knows_what()

# %% [markdown]
# ## Choose your own five, then draw
#
# Tonight it was the store. Whoever says *"we should have kept D"* knows that only now. So choose five, and only then let the
# lot decide. Change the letters, press Shift and Enter, and see what you drew. Another number draws another evening. The
# black bar is your evening. The grey ones could have been.

# %%
my_five = "ABCEF"  # <- five letters of your choice
number = 1  # <- any whole number: it draws the part and the evening
draw_the_part(my_five, number)

# %% [markdown]
# <details><summary><b>Who knows what in your own team?</b></summary>
#
# The map below is typed: click on the three dots to open the cell. One row is one person, one mark is one part: `x` for
# *knows it*, a dot for *does not*. Type your own people and marks, and give other letters to `draw_the_part`. Think of the
# six parts as six parts of your own service.
#
# </details>

# %% tags=["fold"]
my_map = """
A  x x x . . .
B  x x . x . .
C  . . x x . .
D  . . . . x x
E  . x . x x .
"""
who_knows_what(my_map)

# %% tags=["fold"]
draw_the_part("ABC", 1, my_map)

# %% [markdown]
# ## One by one
#
# Leave people out one by one. Does it matter in which order? Each dot is an average over all six parts
# and <!--=call_nights-->24<!--/--> nights. The band holds nine nights in ten.

# %% tags=["fold"]
one_by_one()

# %% [markdown]
# In the upper order others know what those who leave know. In the lower one D goes first. On average over all parts that costs
# about <!--=call_first_d-->10 points<!--/-->, a sixth of the cliff. The store is one part of six. Which part fails is
# known only afterwards.
#
# ## Before the evening: reading the plans
#
# People also read plans before there is an evening. Published reviews found <!--=call_reader_knows-->60 %<!--/--> of the faults
# in the middle of all reports. That one reader who knows the part finds as many is an assumption. So is
# that one who does not finds <!--=call_reader_other-->10 %<!--/-->. What was found and mended beforehand cannot fail on the
# evening. Here hands do help.

# %% tags=["fold"]
from loadbearing.labs.team_choosing import read_beforehand

read_beforehand("ABCDEFGH", "ABCDE", "ABCEFGH", "D", part="store")

# %% [markdown]
# ## Your verdict
#
# One claim of the failure reading. It is about money, so it needs your money. Put in your own numbers and run the cell: who is
# left out, what one of them earns in a year, what one listener is worth to you, and how many such evenings a year has. The
# four numbers here are assumptions. So is this: each part fails as often as any other. The card reckons with a formula.
# Where the line opens very late, the formula says a few points less than a run.
#
# 1. Go back to the lab and set up a run that you want beside it.
# 2. Come back here and press *Take the run that the lab shows now*.
# 3. Judge. *Cannot be decided here* is an answer.
#
# Try it also with the letters `"FGH"`. Then with one evening a year. Studies of real companies point both ways, as the lesson
# says. And what anybody does on all other days is not in this sum.

# %%
from loadbearing.labs.team_cost import false_economy

left_out = "D"  # <- letters
salary = 120_000  # <- dollars a year, each
value = 1.0  # <- dollars for a listener who gets in
evenings = 4  # <- such evenings a year
lab.verdict_card(F6=false_economy(left_out, salary, value, evenings))

# %% [markdown]
# ## Your own launch
#
# This unit adds one number: the minutes until your own team acts, from the first bad minute to the change that helps. The
# exercise shows how to find it, and what it costs your crowd.

# %%
lab.launch_sheet()
