"""A small made-up course in a temporary folder, on which the builder and its tests are tried."""

from pathlib import Path

from authoring import numbers
from authoring.build import Course
from authoring.contents import read_contents

FILES = {
    "course.toml": """
title = "Two counters"

[[unit]]
number = 1
slug = "the_counter"
title = "The counter"
question = "How many wait?"
claims = []
needs = []
minutes = { lesson = 2, lab = 3, exercise = 4, solution = 1 }
outcomes = [{ text = "Say how many wait.", check = "counter" }]

[[unit]]
number = 2
slug = "the_line"
title = "The line"
question = "Who comes first?"
claims = []
needs = ["the_counter"]
minutes = { lesson = 2, lab = 3, exercise = 4, solution = 1 }
outcomes = []

[[page]]
slug = "words"
title = "Words"
about = "what they mean"

[[planned]]
number = 3
slug = "the_end"
question = "When does it close?"

[[route]]
name = "Both"
units = ["the_counter", "the_line"]
""",
    "START.md": "# Welcome\n\n<!-- built: first -->\n<!-- built: end -->\n\n"
    "<!-- built: units -->\n<!-- built: end -->\n",
    "README.md": "# Two counters\n\nWe serve <!--=people-->0<!--/-->.\n\n"
    "<!-- built: map -->\n<!-- built: end -->\n",
    "lessons/words.md": "A counter is where people wait.\n",
    "lessons/01_the_counter.md": "At the counter <!--=people-->40<!--/--> people wait.\n",
    "lessons/02_the_line.md": "First come, first served.\n",
    "src/shop/counter.py": '''
import math


class Counter:
    """Serves one at a time."""

    def served(self, minutes):
        return minutes // 2  # <- change this line
''',
    "authoring/labs/01_the_counter.py": """# %% [markdown]
# There are <!--=people-->4<!--/--> people.

# %%
# <<source shop.counter:Counter>>

# %% tags=["fold"]
print(Counter().served(42))
""",
    "authoring/labs/02_the_line.py": "# %%\nprint('first')\n",
    "authoring/practice/01_the_counter.py": """# %% [markdown]
# How many are served in ten minutes?

# %%
minutes = 10
### BEGIN SOLUTION
served = minutes // 2
### END SOLUTION
"yes" if served == 5 else "not yet"

# %% [markdown] tags=["solution"]
# Two minutes each.

# %%
def longer(minutes):
    ### BEGIN SOLUTION
    return minutes + 1
    ### END SOLUTION

"not yet" if longer(1) is None else longer(1)
""",
    "authoring/practice/02_the_line.py": """# %%
### BEGIN SOLUTION
first = "you"
### END SOLUTION
""",
}


def lay_out(root: Path) -> Path:
    """Write the made-up course into a folder and return it."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def course(root: Path) -> Course:
    """The made-up course as the builder takes it, with one fact: 41 people."""
    contents = read_contents(root)
    return Course(root, contents, numbers.speaker(contents, {"people": lambda: "41"}))
