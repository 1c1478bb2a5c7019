# %% [markdown]
# One door, one handler. People come evenly, by chance, and nobody gives up.
#
# 1. **Look** at the picture: the ring is this door, the line is theory.
# 2. **Predict.** Answer the question beside it, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. Then turn the three knobs.
#
# Waits are counted in service times. Two means as long as two services take. Chance moves the ring a little to the side of
# what you set.
#
# (A picture but no buttons? Choose *Run All Cells* in the menu *Run*.)

# %% tags=["fold"]
from loadbearing.labs import Amount, Choice, Lab, Mission, Prediction
from loadbearing.labs.steady import BUSY, EXPECTED, WAIT, at, par


def a_thousand(bench):
    """The experiment: one handler and a thousand, both 95 % busy."""
    one, many = (bench.reading("the_steady_door", "wait", {"handlers": n}) for n in (1, 1000))
    right = "same" if many > one / 2 else "hardly" if many < one / 100 else "less"
    return right, f"One handler: {WAIT.say(one)} service times. A thousand: {WAIT.say(many)}."


lab = Lab(
    cases=["the_steady_door"],
    knobs=[
        Amount("handlers", 1, 1000, log=True),
        Amount("busy", 50, 99, worth=0.01, named="How busy handlers are", counted="%"),
        Choice("service_cv", {"all alike": 0.0, "as chance has it": 1.0, "very": 2.0}, named="How uneven services are"),
    ],
    prediction=Prediction(
        "same_share",
        "One handler is busy 95 % of its time, and people wait 19 service times. "
        "A door with a thousand handlers is 95 % busy too. How long do people wait there?",
        {"same": "As long. Equally busy doors have equally little time to spare.",
         "hardly": "Hardly at all. One of so many is nearly always about to be free.",
         "less": "Half as long or so. A large door runs a little more smoothly."},
        a_thousand,
    ),
    missions=[
        Mission("alike", "One handler, 95 % busy or more: halve the wait.",
                at(1, lambda busy, wait: busy > 0.94 and wait < 10), par=par(service_cv="all alike")),
        Mission("less_busy", "One handler, 90 % busy or less: more than 20 service times.",
                at(1, lambda busy, wait: busy < 0.915 and wait > 20), par=par(busy=90, service_cv="very")),
        Mission("ten", "Ten handlers: a wait of 0.9 to 1.1 service times.",
                at(10, lambda busy, wait: 0.9 <= wait <= 1.1), par=par(handlers=10, busy=92)),
    ],
    picture="wait_against_utilization", first=(WAIT, EXPECTED, BUSY), crowd=False, whole=True, unit="the_door",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# Leave the door <!--=door_busy-->95 %<!--/--> busy and turn only the handlers up:
#
# - One handler: people wait <!--=door_wait_one-->19<!--/--> service times.
# - Ten handlers: <!--=door_wait_ten-->1.66<!--/-->.
# - A hundred: <!--=door_wait_hundred-->0.099<!--/-->.
# - A thousand: <!--=door_wait_thousand-->0.0018<!--/-->. Hardly anybody waits at all.
#
# **There is no safe percentage.** What matters is how many handlers stand behind *one* queue. With many, one of them is
# always about to be free, and takes whoever is next. Ten doors with one handler each would not do it. There a handler can
# stand idle beside a full line.
#
# Press *Put the knobs back*. Now turn only how uneven the services are. One long service holds up everybody behind it. If
# all services are alike, the wait is half of what chance makes it.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves. *Pin this run* keeps one door in the picture while you try the next.
#
# One of the missions asks for a *longer* wait at a door that is *less* busy. Why is that possible? Look at the third knob.
#
# ## Five formulas, held against your run
#
# The three knobs are those of the lab, once more. Turn them here: the table follows. Try three doors. Where do formula
# and run part?

# %%
from loadbearing.labs.formulas import Formulas

Formulas(lab)

# %% [markdown]
# - *Utilization* needs no theory: work divided by handlers.
# - *Little's law* you know from the lesson. Here $L$ counts all who are there, in line or being served.
# - *Erlang* wrote down in a telephone office how many callers must wait (Elektroteknikeren, volume 13, 1917). The second
#   line is the mean wait. Uneven services lengthen it, as Pollaczek and Khinchine found a little later.
# - The *square root* says how headroom grows: with the root of the work, not with the work (Halfin and Whitt, Operations
#   Research, volume 29, 1981). It is made for large doors. Look how well it does at small ones.
#
# Say that at most one person in five may wait at all. Then the square root asks for this much headroom: ten handlers'
# worth of work <!--=door_root_ten-->40 %<!--/-->, a hundred <!--=door_root_hundred-->11 %<!--/-->, a thousand
# only <!--=door_root_thousand-->3.4 %<!--/-->.
#
# ## And now the weather
#
# So a large door needs hardly any headroom. Would you sign that? Until now every evening brought just the crowd that was
# expected. Below, each ring is one evening by chance alone. Each dot is one evening with weather: more people or fewer,
# a faster service or a slower one. All doors are <!--=door_busy-->95 %<!--/--> busy *on average*.

# %%
from loadbearing.labs.dice import dice_or_weather

dice_or_weather()

# %% [markdown]
# By chance alone, the small door makes people wait a whole service on <!--=door_chance_ten-->24<!--/--> evenings
# of <!--=door_evenings-->24<!--/-->, the large one on <!--=door_chance_thousand-->none<!--/-->. With weather the large one
# does so on <!--=door_weather_thousand-->six<!--/-->. **Small doors have dice, large ones have weather.** Size protects you
# from chance. It does not protect you from an evening that you did not expect.
#
# ## Your verdict
#
# One claim of the failure reading: prepare for the spike, not for today's load. No single run decides it. So the card
# runs an hour at your door on many evenings with weather, twice: with your handlers, and with a tenth more. For an
# evening a handler costs <!--=door_price-->50 cents<!--/-->. A person who gives up
# is worth <!--=door_person-->5 cents<!--/-->. Both are assumptions.
#
# 1. In the lab, set handlers and how busy they are on average. Let the run finish.
# 2. Come back here and press *Take the run that the lab shows now*. The many evenings are run for your door.
# 3. Judge. Look for a door where the claim holds and for one where it fails.

# %%
from loadbearing.labs.buying import worth_at_the_lab

lab.verdict_card(F9=worth_at_the_lab)

# %% [markdown]
# ## Your own launch
#
# This unit adds one number: how many handlers your busiest minute needs. You will work it out in the exercise. If you have
# not filled in the five numbers of the first unit yet, do it here.

# %%
lab.launch_sheet()
