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
# - *Nothing shared.* Each supplier is gone on about a hundred nights. Both are gone on none, or on one. Paper
#   says <!--=nights_paper-->0.1<!--/-->, and paper is right.
# - *Something shared.* Each is gone as often as before: on about <!--=nights_alone-->98<!--/--> nights. Both are gone
#   on <!--=nights_both-->10<!--/-->. I drew other nights too, <!--=nights_seeds-->24<!--/--> times. It was
#   never fewer than <!--=nights_least-->6<!--/--> and never more than <!--=nights_most-->17<!--/-->.
# - *A third one* changes next to nothing. All three are gone on <!--=nights_three-->10<!--/--> nights.
#
# **Two suppliers that keep their promise are gone on the same night,** about <!--=nights_times-->101<!--/--> times as often
# as on paper. One chance times the other is right only for two that share nothing. Is the shared part larger than the
# chance of one failure? Then it weighs more than all coincidence. What all stand on takes all, however many you hire.
#
# So what helps is no number. It is a question for Monday: *what do both of you stand on?* How much real suppliers share,
# nobody publishes. One failure in ten is an assumption, so it is a knob.
#
# Turn *What the suppliers share* and watch the two lowest rows. Then turn *How often one is gone*. After that press
# *A season of events*.
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
# <details><summary><b>Open this when you have turned the knobs of the season.</b></summary>
#
# - On paper owning is cheaper from event <!--=s7_paper-->6<!--/--> on.
# - Against a contract with nothing else in it, it is event <!--=s7_no_logs-->7<!--/-->.
# - Against the cheapest contract it is event <!--=s7_season-->10<!--/-->. That contract has the logs
#   and a reserved limit. With the logs alone it is event <!--=s7_logs-->9<!--/-->.
# - If a person is worth a dollar, it is event <!--=s7_dollar-->22<!--/-->. The first nights of a new door then weigh more.
# - *Hired first, then own* learns the size of the crowd on somebody else's door. With the logs it comes
#   to <!--=bill_first_then_own-->60,396 dollars<!--/-->, and owning at once to <!--=bill_own-->62,178 dollars<!--/-->.
#
# All of these are means over <!--=bill_companies-->400<!--/--> companies. They differ: the grey band holds half of them.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves.
#
# - *Pin this run* keeps a season in the picture while you try another one.
# - *Look closer*, *What the bill is made of*, takes the bill of the chosen way apart.
# - Three of the knobs are called assumptions, and each moves the diamond. Choose what is nearest to you.
# - A question to think about. Take two suppliers that are gone on one night in ten thousand each. Then two of one night in
#   twenty. Where is paper more wrong? Look under *Look closer*, *How wrong is paper?*, of the nights.
#
# ## What is in the bill?
#
# Five ways to serve the same <!--=bill_events-->12<!--/--> events. Each bill has five parts:
#
# - what is paid for doors, own or hired,
# - the logs,
# - people lost because there was no room,
# - people lost on nights on which something was gone,
# - people lost to the fault.
#
# Guess before you look. Somebody hires, and asks for the logs. Which part is the thinnest?

# %% tags=["fold"]
contract.bills_of_ways()

# %% [markdown]
# <details><summary><b>Open this when you have guessed.</b></summary>
#
# For whoever hires, the nights gone are the thinnest part: <!--=bill_nights_hired-->261 dollars<!--/--> of the whole season.
# So the promise that everybody haggles about decides next to nothing. The logs
# cost <!--=bill_logs-->3,600 dollars<!--/--> and, paid for, save <!--=bill_logs_save-->12,878 dollars<!--/-->. With them the
# cause is found early, and the next limit fits the crowd.
#
# For whoever owns from the first event on, the nights gone are a thick
# part: <!--=bill_nights_own-->18,805 dollars<!--/-->. Most of that is the first nights of a new door.
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
# 2. Come back here and press *Take the run that the lab shows now*. The card plays all companies and says what hiring
#    costs for each dollar of owning.
# 3. Judge. Take it again for one event, and for many. What that evening's platform owned or hired was never published.
#    *Cannot be decided here* is an answer.

# %%
lab.verdict_card(S7=contract.hiring_against_owning)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number to your launch sheet: the event from which owning is cheaper for you, on paper. You find it at
# the end of the exercise. You need two prices for it: what a hired event costs, and what it costs to build.

# %%
lab.launch_sheet()
