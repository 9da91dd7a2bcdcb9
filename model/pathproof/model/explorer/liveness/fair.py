"""What a claim is given: its fairness by name, as sets of action instances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pathproof.model.machine import Action, Claim, Fairness, Machine, UnknownName, instances

Instance = tuple[Action, dict[str, int]]


@dataclass(frozen=True)
class Assumed:
    """The instances, by their place in the list of all, for which each kind of fairness is assumed."""

    fairness: tuple[Fairness, ...]
    weak: frozenset[int]
    strong: frozenset[int]
    finite: frozenset[int]


def all_instances(machine: Machine, parameters: Any) -> list[Instance]:
    """Every action with every choice of its arguments, in the order of the source."""
    return [(a, chosen) for a in machine.actions.values() for chosen in instances(a, parameters)]


def assumed(machine: Machine, parameters: Any, claim: Claim) -> Assumed:
    """The fairness that a claim is given, and no other.

    Raises `UnknownName` for fairness, or an action of it, that the machine does not have.
    """
    named = [_named(machine, claim, name) for name in claim.given]
    place = {"weak": set[int](), "strong": set[int](), "finite": set[int]()}
    for number, (action, _) in enumerate(all_instances(machine, parameters)):
        for fairness in named:
            if action.name in fairness.actions:
                place[fairness.strength].add(number)
    weak = place["weak"] - place["strong"]  # strong fairness implies it
    return Assumed(tuple(named), frozenset(weak), frozenset(place["strong"]), frozenset(place["finite"]))


def _named(machine: Machine, claim: Claim, name: str) -> Fairness:
    if name not in machine.fairness:
        raise UnknownName.among(
            f"{claim.name} is given fairness that {machine.name} lacks:", name, machine.fairness
        )
    fairness = machine.fairness[name]
    for action in fairness.actions:
        if action not in machine.actions:
            raise UnknownName.among(f"{name} is about an action that is not there:", action, machine.actions)
    return fairness
