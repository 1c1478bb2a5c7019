# %% [markdown]
# A supplier promises that it works on nearly every night. You hire a second one, to be safe. How safe are you?
#
# 1. **Watch.** The lab shows a hundred thousand nights of three suppliers. A stroke is a night on which one is gone. The
#    two lowest rows are nights on which several are gone at once.
# 2. **Predict.** So far they share nothing. Answer the question, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The lab then goes to suppliers that share something.
#
# The bold numbers at the right count the strokes of their row.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, contract
from loadbearing.labs.contract import KNOBS, NIGHTS, ON_PAPER, SEASON, WORLDS

lab = Lab(
    cases=[ON_PAPER, NIGHTS, SEASON],
    knobs=KNOBS,
    world=WORLDS,
    prediction=Prediction(
        key="both_gone",
        question="A hundred thousand nights. Each of two suppliers is gone on about a hundred of them. One failure in ten "
        "is of something that both stand on. On how many nights are both gone?",
        options={
            "none": "None, or one. A thousandth of a thousandth is a millionth, and a tenth of that is less.",
            "ten": "About ten. What both stand on takes both.",
            "two_hundred": "About two hundred. Two suppliers are twice as much that can go wrong.",
        },
        settle=contract.both_gone,
        shows=NIGHTS,
    ),
    missions=[
        Mission("seldom", "First and second together gone on fewer than three nights.",
                contract.seldom_together, NIGHTS),
        Mission("one", "A season of one event for less than 10,000 dollars.",
                contract.one_event_cheap, SEASON),
        Mission("known", "Hired throughout, and the cause is known within two events.",
                contract.hired_and_known, SEASON),
        Mission("year", "Twelve events for less than 61,000 dollars.", contract.a_year_cheap, SEASON),
    ],
    unit="the_contract",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# - *Nothing shared.* Each supplier is gone on about a hundred nights. Both are gone on none, or on one. Paper is right.
# - *Something shared.* Each is gone as often as before. Both are gone on about ten nights. A third one changes next to
#   nothing: what all stand on takes all.
#
# **Two suppliers of the same promise fail on the same night.** The product of two chances holds only for two that share
# nothing. As soon as what they share is larger than the chance of one failure, it decides alone. And the better the
# suppliers are, the falser the product becomes.
#
# So the question for Monday is no number. It is a name: *what do both of you stand on?* How much real suppliers share,
# nobody publishes. One in ten is an assumption, so it is a knob.
#
# Turn *What the suppliers share* and watch the two lowest rows. Turn *How often one is gone* as well. Then press *A season
# of events*.
#
# </details>
#
# ## A season of events
#
# Here the picture is a bill. It counts dollars, and a person who wanted in and did not get in costs dollars too. One line
# is a door of your own from the first event on. The other is one supplier, hired for all events. The round mark is the
# season that you have chosen. The filled diamond is where owning becomes cheaper. The hollow one is where paper puts it.
#
# The company forecasts its crowd, and is wrong, as most are. Its own door is new, and new doors fail more often. It has a
# fault of its own, and loses people to it until somebody finds the cause. Whoever has the logs finds it sooner.
#
# ## Your missions
#
# They stand beside the knobs and tick themselves.
#
# - *Pin this run* keeps a season in the picture while you try another one.
# - *Look closer*, *What the bill is made of*, takes the bill of the chosen way apart.
# - Two of the knobs are called assumptions. They move the diamond most. Put your own number there.
# - A question to think about. Take two suppliers that are gone on one night in ten thousand each. Then two of one night in
#   ten. Where is paper more wrong? Look under *Look closer*, *How wrong is paper?*, of the nights.
#
# ## What is in the bill?
#
# Five ways to serve the same twelve events. Before you run the cell: which part is the thinnest? The machines, the logs, the
# people for whom there was no room, the nights on which something was gone, or the fault?

# %% tags=["fold"]
contract.bills_of_ways()

# %% [markdown]
# <details><summary><b>Open this when you have guessed.</b></summary>
#
# For whoever hires, the nights gone are the thinnest part. The promise that everybody haggles about costs next to nothing
# either way. The logs cost a little and save the most: with them the cause is found early, and the next limit fits the
# crowd. For whoever owns from the first event, the nights gone are a thick part. Those are the first nights of a new door.
#
# Two suppliers at work are first of all twice the room. That is another thing than safety, and it has its price.
#
# </details>

# %% [markdown]
# ## Your verdict
#
# One claim of the stress-test reading, S7: running it in-house keeps logs, ownership and accountability.
#
# 1. Go back to the lab, press *A season of events* and choose how many events you plan.
# 2. Come back here and press *Take the run that the lab shows now*. The card plays four hundred companies and says what
#    hiring costs for each dollar of owning.
# 3. Judge. Take it again for one event, and for many. What that evening's platform owned or hired was never published.
#    *Cannot be decided here* is an answer.

# %%
lab.verdict_card(S7=contract.hiring_against_owning)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number to your launch sheet: the event from which owning would be cheaper for you, on paper. You find it
# at the end of the exercise. You need two prices for it: what a hired event costs, and what it costs to build.

# %%
lab.launch_sheet()
