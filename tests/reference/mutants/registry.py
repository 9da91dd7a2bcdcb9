"""Where mutants of the reference are registered: small named changes to its code.

Each is a function that patches the reference, with the clause that it breaks, the bugs of the catalogue that
it stands for, a story in which it shows, and the machine whose follower notices it there. Those that no
machine is about name none, and are for the rules of the simulation and for the judge.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.reference.simulation.world import World

Patch = pytest.MonkeyPatch
Change = Callable[[Patch], None]
Story = Callable[[World], None]


@dataclass(frozen=True)
class CodeMutant:
    """One change: what it breaks, and where that shows; `options` are those of the story's world.

    `concept` is the module that it is in. One that is `early` is there before the connection begins. Where a
    checker has only a clause of another section for it, that clause is among `seen_as`.
    """

    name: str
    says: str
    clause: str
    bugs: tuple[str, ...]
    patch: Change
    story: Story
    machine: str  # whose follower notices it; "" for none
    concept: str
    early: bool = False
    seen_as: tuple[str, ...] = ()
    options: dict[str, Any] = field(default_factory=dict)


MUTANTS: dict[str, CodeMutant] = {}


def mutant(
    clause: str,
    *bugs: str,
    story: Story,
    machine: str = "",
    early: bool = False,
    seen_as: tuple[str, ...] = (),
    **options: Any,
) -> Callable[[Change], Change]:
    """Register a function as the mutant of its name."""

    def register(patch: Change) -> Change:
        name, says = patch.__name__, (patch.__doc__ or "").splitlines()[0]
        assert name not in MUTANTS, f"two mutants are named {name}"
        concept = patch.__module__.rpartition(".")[2]
        MUTANTS[name] = CodeMutant(
            name, says, clause, bugs, patch, story, machine, concept, early, seen_as, options
        )
        return patch

    return register
