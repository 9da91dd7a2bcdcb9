"""At which bounds and readings a machine is explored, which sizes are known, and what must fail.

Each machine's package has a module `bounds` with five names. `CONFIGURATIONS` are explored by `pathproof
verify` and together reach all there is to reach; `LARGER` take minutes and more, and are one flag away.
`SIZES` pins states, transitions and depth by name of configuration. `FAILURES` are claims with settings in
which a run breaks them: the findings about the text. `PICTURE` are settings small enough to be drawn.
Two more are there where they are needed: `MUTANTS`, what all mutants of a machine are explored under, and
`ARTEFACTS`, failures that come from the bounds alone and tell nothing about the text.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathproof.model.machine import UnknownName

Settings = Mapping[str, Any]
Size = tuple[int, int, int]


@dataclass(frozen=True)
class Bounds:
    """The bounds of one machine; see the module."""

    machine: str
    configurations: Mapping[str, Settings]
    larger: Mapping[str, Settings]
    sizes: Mapping[str, Size]
    failures: tuple[tuple[str, Settings], ...]
    picture: Settings
    mutants: Settings
    artefacts: tuple[tuple[str, Settings], ...]

    @property
    def broken(self) -> tuple[tuple[str, Settings], ...]:
        """Every claim with settings in which a run breaks it: findings about the text, and artefacts."""
        return self.failures + self.artefacts

    def named(self, name: str) -> Settings:
        """The settings of a configuration, default or larger.

        Raises `UnknownName` where there is none.

        >>> bounds("cid_supply").named("limit 3")
        {'limit': 3}
        """
        known = {**self.configurations, **self.larger}
        if name not in known:
            raise UnknownName.among(f"{self.machine} has no bounds named", name, known)
        return known[name]


def bounds(machine: str) -> Bounds:
    """The bounds of the machine of this name."""
    found = importlib.import_module(f"pathproof.model.{machine}.bounds")
    return Bounds(
        machine,
        found.CONFIGURATIONS,
        found.LARGER,
        found.SIZES,
        tuple(found.FAILURES),
        found.PICTURE,
        getattr(found, "MUTANTS", {}),
        tuple(getattr(found, "ARTEFACTS", ())),
    )
