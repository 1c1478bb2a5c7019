"""A launch as a file: a link that saves it, and a file that was saved before opened again."""

from __future__ import annotations

import ipywidgets as widgets

from loadbearing.labs import look
from loadbearing.labs.keeping import download
from loadbearing.labs.your_launch_form import upload
from loadbearing.launch import as_text, from_text

NAME = "my_launch.json"
NOT_YET = "Once the five numbers stand, a link to save your launch as a file stands here."


class LaunchFile:
    """Saves a launch to a file and opens one; `opened(launch, name)` is called with what a file held."""

    def __init__(self, opened, say):
        self.opened, self.say = opened, say
        self.link = widgets.HTML(look.small(NOT_YET))
        asks = f"A file that was saved from this desk, such as {NAME}"
        self.file, self.style = upload("A launch I saved", ".json", asks, "launch")
        self.file.observe(lambda change: self._chosen(change["new"]), "value")

    def offer(self, launch):
        """Put a launch behind the link; None: there is none to save yet."""
        self.link.value = look.small(NOT_YET) if launch is None else download(as_text(launch), NAME)

    def _chosen(self, files):
        for one in files:
            self.open(bytes(one["content"]), one["name"])
        if files:
            self.file.value = ()

    def open(self, content, name):
        """Open a file's bytes; what is no launch is answered by a sentence."""
        try:
            self.opened(from_text(content), name)
        except Exception as slip:  # a file can hold anything; nothing of it may end in a traceback
            self.say(f"{name}: {slip}")
