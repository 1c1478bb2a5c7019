# %% [markdown]
# One platform, two crowds. Both come to the same door. The lab opens with the large one.
#
# 1. **Watch** two million people come over an hour.
# 2. **Predict.** Next week a quarter of a million come at one moment. Answer the question beside the picture, or choose
#    *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. The lab then goes to that crowd. The buttons above the knobs take you back and
#    forth.
#
# In the picture, the dashed line is people who come, minute by minute. The black line is people who get in. Where the
# lines lie on each other, everybody gets in at once. The pale line is the run before.
#
# (A picture but no buttons? Choose *Run All Cells* in the menu *Run*.)

# %% tags=["fold"]
from loadbearing.labs import Knob, Lab, Mission, Prediction, rushes
from loadbearing.units import share


def an_eighth_at_once(bench):
    """The experiment: the announced hour on eight evenings, each with weather of its own."""
    evenings = [
        bench.run("the_announced_hour", seed=seed, weather=True, people=10_000)
        for seed in range(1, 9)
    ]
    low, *_, high = sorted(map(rushes.in_soon, evenings))
    right = "few" if high < 0.2 else "all" if low > 0.8 else "half"
    return right, f"On 8 evenings, {share(low)} to {share(high)} are in within a minute."


lab = Lab(
    cases=["all_day", "the_announced_hour"],
    knobs=[rushes.INVITED, Knob("crowd.listeners", 10, 200), Knob("door.handlers", 25, 300)],
    prediction=Prediction(
        key="an_eighth",
        question="Two million people came over an hour, and this door let in each of them at once. Next week an eighth "
        "of them, a quarter of a million, come when the clock strikes eight. How many are in within a minute of coming?",
        options={
            "all": "Nearly all. It is an eighth of the crowd that this door let in with ease.",
            "few": "Fewer than one in five. A wait makes people do things that cost the door work.",
            "half": "About half. The door needs four minutes for all of them, so some are lucky and some wait.",
        },
        settle=an_eighth_at_once, shows="the_announced_hour",
    ),
    missions=[
        Mission("invite", "The announced hour: 99 in 100 in at the first click, no handler more.",
                rushes.by_invitation, "the_announced_hour"),
        Mission("buy", "The same, invited for the hour, by handlers alone.",
                rushes.by_handlers, "the_announced_hour"),
        Mission("hot_spot", "All day, not one person more: let most of them wait.",
                rushes.most_wait, "all_day"),
    ],
    picture="who_came_and_who_got_in", first=(rushes.SOON, "gave_up", rushes.PEAK), unit="the_rush",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# - *All day*: two million come, about as many in each minute as in the next. Within a
#   minute of coming, <!--=rush_all_day_soon-->more than 99.9 %<!--/--> are in.
# - *The announced hour*: an eighth as many come, most of them in the first two minutes.
#   About <!--=rush_hour_soon-->8.6 %<!--/--> are in within a minute, and <!--=rush_hour_never-->50 %<!--/--> never get in.
#
# So size was not what did it. In the first minute of the hour <!--=rush_busiest_minute-->147,000<!--/--> people come, and the door can
# let in <!--=rush_door_a_minute-->60,000<!--/--> a minute. If everybody waited in line, <!--=rush_patient_soon-->40 %<!--/--> would be
# in within a minute, and the others within two. But whoever waits for ten seconds without an answer tries again, and the
# old request still stands in the queue. So the door works for people who have stopped waiting, and each person tries about <!--=rush_hour_attempts-->8<!--/--> times.
#
# Now press *Put the knobs back*, go to *The announced hour*, and change nothing but the invitation.
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves when a full crowd has run.
#
# - *For the hour* is one minute for everybody. *No hour named* lets people drift in, within a quarter of an hour on average.
#   *Six groups* have a minute each, five minutes apart. *Early doors* open half an hour before the hour.
# - *Pin this run* keeps one evening in the picture while you try the next.
# - Here is a question. Early doors cost hardly anything. Do they always help? Compare the two choices, *half use them* and
#   *most use them*.
#
# ## The same people, another invitation
#
# Below, the platform's door stays as it is in all rows but the last. Each dot is one evening with weather of its own; the
# black mark is the middle one. Through early doors *a few* means a quarter of the people, *most* three in four. Which of
# them would you trust with your own launch?

# %%
rushes.same_people_other_invitations()

# %% [markdown]
# Three groups look as good as six, until an evening on which more people come: then <!--=rush_three_groups_worst-->22 %<!--/--> are
# in within a minute. Early doors help as far as they are used. With half of the people early, a middling evening brings
# in <!--=rush_early_half_middle-->64 %<!--/-->. With *most* of them early, even the worst of <!--=rush_evenings-->24<!--/--> evenings brings
# in <!--=rush_early_most_worst-->more than 99.9 %<!--/-->. How many would come early to you, nobody can say but you.
#
# The last row is the other half of the story. It is the all-day crowd, spread evenly, in *one place*: a room that has only
# half of the door. <!--=rush_half_door_soon-->2.5 %<!--/--> are in within a minute. That is a hot spot. Give each room its share of
# people and of the door, a twentieth of both, and <!--=rush_own_room_soon-->100 %<!--/--> are. But twenty rooms do nothing against the
# clock. A twentieth of the announced hour's crowd at a twentieth of the
# door: <!--=rush_twenty_rooms_soon-->7.8 %<!--/-->.

# %% [markdown]
# ## Draw the queue
#
# No hour is named here, so a quarter of a million people drift in. That cured it before. But now somebody has saved on the
# door: a hundred handlers in place of a thousand. Over the whole hour they are still enough for everybody. And this
# crowd is patient: each waits in the queue until let in.
#
# The upper field shows two lines. The dashed one is people who come, a minute. The level one is what the door can take.
# How long is the queue, from the first minute to the last? Do not calculate. **Draw its curve below them**, then press *Show
# the queue*.

# %%
rushes.queue_to_draw()

# %% [markdown]
# <details><summary><b>Open this when you have seen the queue.</b></summary>
#
# Look at the thin line down through both fields. It stands where the queue is longest. Above, the two lines cross there.
#
# A queue does not show how many come now. It shows all who came and are not in yet. So it goes on growing while the crowd
# is already thinning out. It is still long when hardly anybody comes any more.
#
# </details>

# %% [markdown]
# ## Your verdict
#
# One claim of the failure reading, two of the stress-test reading. For each:
#
# 1. Go back to the lab and set up the run that you want as your evidence. For S1, look at the announced hour with the
#    door as it is, and then with more handlers.
# 2. Come back here and press *Take the run that the lab shows now*. Its numbers go with your verdict.
# 3. Judge. *Cannot be decided here* is an answer: for that evening in August nobody published who came when.

# %%
lab.verdict_card("F4", "S1", "S12")

# %% [markdown]
# ## Your own launch
#
# Below are the five numbers from unit 01. The exercise adds one: how many people a second your busiest minute brings.

# %%
lab.launch_sheet()
