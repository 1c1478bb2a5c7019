"""The moment of each unit, and how its claims balance: one module a unit, named by its slug.

A module says `happens(seed)` and `without(seed)`: whether the moment happens on one evening of varied weather, with its
mechanism and without it; and `balance()`: for each claim the lowest and highest value of its deciding quantity within
the ranges that the lab offers.
"""
