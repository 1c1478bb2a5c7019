"""The luck of a team on one evening: one draw for each purpose and person, so that nobody's shifts anybody else's."""

from __future__ import annotations

from loadbearing import draws


def number_of(name):
    """Return the number by which a name draws: the same name, the same luck, whoever else is there."""
    return sum(ord(letter) * 31**place for place, letter in enumerate(name))


class Luck:
    """All that chance decides for a team on the evening of a seed. Purposes: the keys of `draws.TEAM`."""

    def __init__(self, seed):
        self.seed = draws.checked_seed(seed)

    def chance(self, purpose, name):
        """Return a number strictly between 0 and 1."""
        return draws.uniform(draws.key(self.seed, draws.TEAM[purpose]), number_of(name), 0)

    def lasts(self, purpose, name, mean_s, cv):
        """Return how long a step takes, in seconds: lognormal with this mean and coefficient of variation."""
        if cv == 0 or mean_s == 0:
            return mean_s
        key, number = draws.key(self.seed, draws.TEAM[purpose]), number_of(name)
        normal = draws.normal(draws.uniform(key, number, 0), draws.uniform(key, number, 1))
        return draws.lognormal(normal, mean_s, cv)
