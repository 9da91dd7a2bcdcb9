"""Classes of public bugs: which mutants recreate them, and why some are beyond what a machine can express.

The entries are those of a catalogue of bugs in QUIC stacks, by id; mutants name the ids that they stand for.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class BugClass:
    """One class: the ids of its bugs, and if no machine expresses it, the reason."""

    name: str
    bugs: tuple[str, ...]
    not_expressed: str


@cache
def classes() -> dict[str, BugClass]:
    """Every class by name.

    >>> "QG-04" in classes()["duplicate-ncid"].bugs
    True
    """
    text = (files("pathproof.model.bugs") / "classes.toml").read_text(encoding="utf-8")
    found = tomllib.loads(text)
    return {name: BugClass(name, tuple(of["bugs"]), of["not_expressed"]) for name, of in found.items()}


@cache
def class_of() -> dict[str, str]:
    """The class of each bug.

    >>> class_of()["QG-04"]
    'duplicate-ncid'
    """
    return {bug: one.name for one in classes().values() for bug in one.bugs}
