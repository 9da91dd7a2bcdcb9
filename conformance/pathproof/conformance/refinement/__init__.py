"""Refinement by test: after every step of two reference endpoints their state is one that the machines allow.

A follower holds the state of one machine beside one or two connections. It is stepped by what the endpoints
tell of their boundary (`pathproof.reference.observer`), with the machine's own actions, and then its state is
compared with what it is read off the connections (the abstraction). `pair` holds all followers of two ends.

Where an action is free to choose, the follower looks for an instance that leads to the abstraction. If there
is none, `NotRefined` names the action, the states before and after, and the clause.
"""

from pathproof.conformance.refinement.base import NotRefined, Tally
from pathproof.conformance.refinement.pair import Pair

__all__ = ["NotRefined", "Pair", "Tally"]
