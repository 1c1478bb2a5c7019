# %% [markdown]
# Tickets go on sale at one announced minute. Everybody comes for it. The shop has made a promise: ninety-nine in a hundred
# are in within two minutes of coming.
#
# 1. **Watch.** The crowd comes. Under *The picture* one line is who came in each minute, the other is who got in.
# 2. **Predict.** Answer the question, or choose *Just let me play*.
# 3. **Run.** Press *Lock it in and run*. Then turn the knobs.
#
# The clock begins at eight in the evening, as in every unit. Read it as the announced minute. After this lab comes the desk
# for a launch of your own.

# %% tags=["fold"]
from loadbearing.labs import Lab, Mission, Prediction, launching

lab = Lab(
    cases=[launching.CASE],
    knobs=launching.KNOBS,
    first=launching.FIRST,
    picture="who_came_and_who_got_in",
    prediction=Prediction(
        key="cheapest_fix",
        question="Too few are in within two minutes. Three things may help, each alone, at the prices of the launch sheet. "
        "Which is the cheapest that keeps the promise on nine evenings in ten?",
        options={
            "line": "A line in front of the door. In good order everybody is served sooner.",
            "words": "A sentence in the invitation: come early. Half of the people do it.",
            "door": "A wider door. The shop is too slow, and words make no shop faster.",
        },
        settle=launching.cheapest_fix,
    ),
    missions=[
        Mission("words", "Keep the promise for less than 300 dollars.", launching.by_words),
        Mission("door", "Keep it by the door alone.", launching.by_the_door),
        Mission("twice", "Twice the crowd: keep it for 1,500 dollars.",
                launching.twice_as_many),
    ],
    whole=True,
    unit="your_launch",
)  # fmt: skip
lab

# %% [markdown]
# ## What just happened
#
# <details><summary><b>Open this when you have made your prediction and seen the run.</b></summary>
#
# As it is, <!--=fix_in-->77 %<!--/--> are in as promised. At the worth of the launch sheet the evening
# loses <!--=fix_lost-->14,085 dollars<!--/-->.
#
# - *The sentence.* It says: come from half an hour before on. <!--=fix_heed-->50 %<!--/--> of the people do.
#   Then <!--=fix_words_in-->more than 99.9 %<!--/--> are in as promised. It costs <!--=fix_words_cost-->200 dollars<!--/-->.
# - *The wider door.* It needs <!--=fix_door_width-->190 %<!--/--> of its width to keep the promise on nine evenings in ten.
#   It costs <!--=fix_door_cost-->950 dollars<!--/-->.
# - *The line.* With it <!--=fix_line_in-->68 %<!--/--> are in as promised. A line is fair and tidy. It makes no door wider.
#
# **For most launches the cheapest fix is a sentence in the invitation.** You made the rush when you named one minute. So you
# can unmake it, with the same letter. A wider door is paid once for the change, and then for every person a second. A
# sentence is paid once.
#
# It is not so for all launches. Words make no seats. Where few people heed them, they do little. Prices are yours to
# change. And how many heed yours, nobody has counted: half is an assumption.
#
# Now turn *People who want in* to twice the crowd. With the sentence <!--=fix_twice_in-->87 %<!--/--> are in as promised. What would
# you add to it?
#
# </details>
#
# ## Your missions
#
# They stand beside the knobs and tick themselves.
#
# - *Pin this run* keeps a run in the picture while you try another.
# - A question for the third mission: what does the line do to those who wait, and to the promise? Look under *Look closer*.
#
# ## The desk: your own launch
#
# Now yours. What you left in earlier units already stands in the form. Everything else you may type.
#
# 1. **Fill in five numbers.** Or begin with an example, with a file of your own traffic, or with a launch that you saved. A
#    file is read and told before anything of it is used.
# 2. **Press *Work it out*.** It plays some thousand evenings. That takes about a minute. *Stop* stops it.
# 3. **Go through the tabs,** from left to right.
#
# Five lines are needed. The other <!--=desk_more-->26<!--/--> may stay empty. Then an assumption stands for each, and the desk
# says so. Open them and change what you know better. The prices are the first to change.

# %%
lab.your_launch()

# %% [markdown]
# ## How to read the answers
#
# - *Load line*: the largest crowd for which your promise holds, in each weather. Is the crowd you expect left of it or right?
#   The table says what gives way first.
# - *Premortem*: each trouble was run alone. The costliest stands on top.
# - *Cheapest plan*: tick the weathers in which the promise must hold. Then press *Find the cheapest plan*.
# - *Stop rule*: a number, a minute, and who decides. Say it to that person today.
# - *Front pages*: both readings of your evening as you expect it.
# - *Your balance*: your verdict on each claim of the course. What you did not judge is said.
# - *Report*: what your numbers rest on. *Make the report* writes a web page and a PDF, for a board or for a friend.
#
# The line of your very first sheet may lie elsewhere. That one was a single evening of average weather. These are many.
#
# Change one number, and the desk says that its answers are old. Press *Work it out* again.
#
# ## Before you go on
#
# Three things are worth a talk with your team.
#
# - Which of the assumptions decides most? Change it by half and see.
# - Who decides at the minute of the stop rule? And who if that one is not there?
# - What does the sentence in *your* invitation say?
#
# With three others and an hour you can play it: see [the game day](../workshop/game_day.md).
