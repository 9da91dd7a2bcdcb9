"""Mutants: small named changes that recreate public bugs, to show that a check can fail.

A mutant replaces one function of a machine's package wherever that function is used. All engines then see
the changed machine, for they all start from its functions.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import Any, TypeVar

from pathproof.model.machine import Machine, UnknownName, first_line

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Mutant:
    """One change: the function that is replaced, what replaces it, and the public bugs that it recreates.

    `endpoint` is the end that has the bug, for the judge; `settings` are the parameters of the exploration in
    which it shows; `cites` are the clauses that it breaks.
    """

    name: str
    replaces: str
    function: Callable[..., Any]
    bugs: tuple[str, ...]
    cites: tuple[str, ...]
    endpoint: str
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def says(self) -> str:
        """What the mutant does, in one line."""
        return first_line(self.function)


class Recreated(list[Mutant]):
    """The mutants of one file, filled by decorating the functions that replace others.

    >>> recreates = Recreated()
    >>> @recreates("QG-06", replaces="take_in", cites=("RFC9000-19.15-13",), at="consumer", limit=3)
    ... def never_takes_in(s, p, number):
    ...     "Nothing is taken in."
    >>> recreates[0].name, recreates[0].bugs, recreates[0].settings
    ('never_takes_in', ('QG-06',), {'limit': 3})
    """

    def __call__(
        self, *bugs: str, replaces: str, cites: tuple[str, ...], at: str, **settings: Any
    ) -> Callable[[F], F]:
        """Register a function as the mutant of its name."""

        def register(function: F) -> F:
            self.append(Mutant(function.__name__, replaces, function, bugs, cites, at, settings))
            return function

        return register


def mutants(machine: Machine) -> dict[str, Mutant]:
    """The mutants of a machine, by name."""
    found = importlib.import_module(f"pathproof.model.{machine.name}.mutants").MUTANTS
    return {mutant.name: mutant for mutant in found}


def find(machine: Machine, name: str) -> Mutant:
    """The mutant of this name.

    Raises `UnknownName` where there is none.
    """
    known = mutants(machine)
    if name not in known:
        raise UnknownName.among(f"{machine.name} has no mutant", name, known)
    return known[name]


@contextmanager
def applied(machine: Machine, mutant: Mutant | None) -> Iterator[None]:
    """The machine with the mutant in place, or as it is where there is none.

    Raises `LookupError` where the function to be replaced does not exist, or where there are two of its name.
    """
    if mutant is None:
        yield
        return
    places = [module for module in _modules(machine) if hasattr(module, mutant.replaces)]
    if not places:
        raise LookupError(
            f"mutant {mutant.name} replaces {mutant.replaces}, which {machine.name} does not have"
        )
    original = getattr(places[0], mutant.replaces)
    if any(getattr(module, mutant.replaces) is not original for module in places):
        raise LookupError(f"{machine.name} has two functions named {mutant.replaces}: which is meant?")
    action = machine.actions.get(mutant.replaces)
    for module in places:
        setattr(module, mutant.replaces, mutant.function)
    if action is not None:
        machine.actions[action.name] = replace(action, function=mutant.function)
    try:
        yield
    finally:
        for module in places:
            setattr(module, mutant.replaces, original)
        if action is not None:
            machine.actions[action.name] = action


def _modules(machine: Machine) -> list[ModuleType]:
    """Every module of the machine's package but the mutants themselves."""
    package = importlib.import_module(f"pathproof.model.{machine.name}")
    names = (found.name for found in pkgutil.iter_modules(package.__path__) if found.name != "mutants")
    return [importlib.import_module(f"{package.__name__}.{name}") for name in names]
