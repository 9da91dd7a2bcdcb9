"""Machines made of machines: the state of the whole holds the state of every part, and steps are theirs.

A part is a machine in a role, under a prefix: the whole's field `supply_issued` is the field `issued` of its
part `supply`. A step of the whole is one step of each part that takes part in it, and the others stand still
(`together`). So the whole can do nothing that a part could not do by itself, and what was shown of a part
holds of it in the whole. No rule is written a second time: the functions of a part are called on a view of
the whole's state.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, make_dataclass, replace
from functools import cached_property
from typing import Any

from pathproof.model.domains import Choice, Domain, SetOf, TableOf, Upto, domain
from pathproof.model.machine import Machine


@dataclass(frozen=True)
class Part:
    """A machine in a role.

    `shared` names parameters of the part and the whole's parameters that they are; `settings` gives others a
    fixed value; `derived` has functions of the whole's parameters for others; the rest keep the part's
    defaults. With `only`, the whole holds just these fields: rule functions of the part that touch no other
    can be called on its view, and its `begin` cannot. Fields in `without` are not held either, and writing to
    them has no effect: they are for what a part notes for claims of its own alone. `same` names fields that
    are not held either, each with another one that holds the same in every reachable state of the part, as a
    proof of the part says: reading it reads that one.
    """

    name: str
    machine: Machine
    shared: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    derived: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    same: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def fixed(self) -> Any:
        """The part's parameters where the whole's make no difference."""
        return self.machine.setting(self.settings)

    def state(self, s: Any) -> Any:
        """The part's state within the state of the whole: reading and writing go through."""
        return _View(s, f"{self.name}_", (*self.without, *self.same), self.same)

    def parameters(self, p: Any) -> Any:
        """The part's parameters where those of the whole are `p`."""
        return _Parameters(self, p)

    def begin(self, s: Any, p: Any) -> None:
        """Bring the part into its initial state."""
        self.machine.begin(self.state(s), self.parameters(p))

    def holds(self, s: Any, p: Any, claim: str, **arguments: Any) -> bool:
        """Whether a claim of the part, about one state, holds of it in the whole."""
        function = self.machine.claims[claim].function
        return bool(function(self.state(s), self.parameters(p), **arguments))

    def keeps(self, s: Any, after: Any, p: Any, claim: str, **arguments: Any) -> bool:
        """Whether a claim of the part, about one step, holds of a step of the whole."""
        function = self.machine.claims[claim].function
        return bool(function(self.state(s), self.state(after), self.parameters(p), **arguments))

    def fields(self) -> list[tuple[str, type[Any], Any]]:
        """The part's fields as fields of the whole."""
        declared = fields(self.machine.state)
        held = [one for one in declared if not self.only or one.name in self.only]
        return [self._field(one) for one in held if one.name not in (*self.without, *self.same)]

    def _field(self, declared: Any) -> tuple[str, type[Any], Any]:
        metadata = {**declared.metadata, "domain": self._renamed(domain(declared))}
        made = field(default=declared.default, metadata=metadata)
        return f"{self.name}_{declared.name}", object, made

    def _renamed(self, ranged: Domain) -> Domain:
        """The domain with the whole's parameters, or fixed values, for its bounds."""
        if isinstance(ranged, Choice):
            return ranged
        if isinstance(ranged, SetOf):
            return SetOf(self._bounded(ranged.members))
        if isinstance(ranged, TableOf):
            return TableOf(self._bounded(ranged.keys), self._bounded(ranged.values))
        return self._bounded(ranged)

    def _bounded(self, ranged: Upto) -> Upto:
        known = (factor if isinstance(factor, int) else self._known(factor) for factor in ranged.factors)
        return replace(ranged, bound=tuple(known))

    def _known(self, name: str) -> int | str:
        """The whole's parameter of this one's, or the value that it is fixed at."""
        fixed: int = getattr(self.fixed, name)
        return self.shared.get(name, fixed)


class _View:
    """The attributes of another object that begin with a prefix, without it."""

    __slots__ = ("_prefix", "_same", "_whole", "_without")

    def __init__(self, whole: Any, prefix: str, without: tuple[str, ...], same: Mapping[str, str]) -> None:
        object.__setattr__(self, "_whole", whole)
        object.__setattr__(self, "_prefix", prefix)
        object.__setattr__(self, "_without", without)
        object.__setattr__(self, "_same", same)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._whole, self._prefix + self._same.get(name, name))

    def __setattr__(self, name: str, value: Any) -> None:
        if name in self._without:
            return
        if not hasattr(self._whole, self._prefix + name):
            raise AttributeError(f"the whole has no field {self._prefix}{name}")
        setattr(self._whole, self._prefix + name, value)


class _Parameters:
    """The parameters of a part: derived from the whole's, looked up in them, or fixed."""

    __slots__ = ("_part", "_whole")

    def __init__(self, part: Part, whole: Any) -> None:
        self._part, self._whole = part, whole

    def __getattr__(self, name: str) -> Any:
        shared, derived = self._part.shared.get(name), self._part.derived.get(name)
        if derived is not None:
            return derived(self._whole)
        return getattr(self._part.fixed, name) if shared is None else getattr(self._whole, shared)


def composed(name: str, says: str, parts: tuple[Part, ...], own: type[Any] | None = None) -> type[Any]:
    """The state class of a whole: the fields of every part, and those of `own`, a dataclass, if it is given.

    >>> from pathproof.model.cid_supply import machine
    >>> pair = (Part("near", machine), Part("far", machine, settings={"cids": 2}))
    >>> [one.name for one in fields(composed("Pair", "Two directions.", pair))][:2]
    ['near_issued', 'near_retire_prior_to']
    """
    declared = [one for part in parts for one in part.fields()]
    mine = (
        [(one.name, object, field(default=one.default, metadata=one.metadata)) for one in fields(own)]
        if own
        else []
    )
    made = make_dataclass(name, [*mine, *declared])
    made.__doc__ = says
    return made


Call = tuple[Part, str, Mapping[str, Any]]


def together(s: Any, p: Any, *calls: Call) -> bool:
    """One step of each of these parts, in order, or none: the whole changes only if every part may step."""
    after = copy.copy(s)
    for part, action, arguments in calls:
        function = part.machine.actions[action].function
        if not function(part.state(after), part.parameters(p), **arguments):
            return False
    vars(s).update(vars(after))
    return True
