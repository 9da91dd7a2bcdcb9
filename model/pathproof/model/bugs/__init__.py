"""Classes of public bugs: which mutants recreate them, and why some are beyond what a machine can express.

The entries are those of a catalogue of bugs in QUIC stacks, by id; mutants name the ids that they stand for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class BugClass:
    """One class: the ids of its bugs, and the reasons why machines express none of it, or leave some out."""

    name: str
    bugs: tuple[str, ...]
    not_expressed: str
    left: Mapping[str, str]

    def reason(self, bug: str) -> str:
        """Why no mutant recreates this bug; empty where one does.

        >>> classes()["limit-disputed"].reason("NX-29")
        'the stack was right: the report is of its peer, which other mutants recreate'
        """
        return self.not_expressed or self.left.get(bug, "")


@cache
def classes() -> dict[str, BugClass]:
    """Every class by name.

    >>> "QG-04" in classes()["duplicate-ncid"].bugs
    True
    """
    text = (files("pathproof.model.bugs") / "classes.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {
        name: BugClass(name, tuple(of["bugs"]), of["not_expressed"], of.get("left", {}))
        for name, of in found.items()
    }


@cache
def class_of() -> dict[str, str]:
    """The class of each bug.

    >>> class_of()["QG-04"]
    'duplicate-ncid'
    """
    return {bug: one.name for one in classes().values() for bug in one.bugs}
