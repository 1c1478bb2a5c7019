"""The moving crowd: sampled listeners of a run as dots, each living the evening that was recorded for them.

`crowd_of` packs what a browser needs, `story` tells one listener's evening, `MovingCrowd` shows it in a notebook and
`page` in a file that needs nothing else. Nothing is simulated here and nothing is invented.
"""

from loadbearing.replay.crowd import Crowd, Place, crowd_of
from loadbearing.replay.static import page
from loadbearing.replay.stories import ReplayError, story
from loadbearing.replay.widget import MovingCrowd

__all__ = ["Crowd", "MovingCrowd", "Place", "ReplayError", "crowd_of", "page", "story"]
