"""At which parameters a search or a picture is made: named bounds, and on top what is set one by one."""

from __future__ import annotations

import difflib
import shlex
from typing import Any

from pathproof.conformance.cli.explore.drawing import SMALL
from pathproof.conformance.cli.options import settings
from pathproof.model.bounds import Settings, bounds
from pathproof.model.machine import Machine, UnknownName


def chosen(
    machine: Machine, numbers: tuple[str, ...], readings: tuple[str, ...], name: str | None
) -> dict[str, Any]:
    """The settings of the bounds of that name, if there is one, and on top of them those given one by one.

    Raises `UnknownName` for bounds, a parameter or a value that does not exist.
    """
    base = {} if name is None else dict(named(machine, name))
    return base | settings(machine, numbers, readings)


def named(machine: Machine, name: str) -> Settings:
    """The settings of bounds by name.

    Raises `UnknownName` where there are none, with the nearest names in quotes: they have commas in them.

    >>> from pathproof.model.cid_supply import machine
    >>> named(machine, "limit 33")
    Traceback (most recent call last):
        ...
    pathproof.model.machine.UnknownName: cid_supply has no bounds named 'limit 33': did you mean "limit 3"?
    """
    known = {**bounds(machine.name).configurations, **bounds(machine.name).larger}
    if name in known:
        return known[name]
    near = [one for one in known if name.lower() in one.lower()][:3] or difflib.get_close_matches(name, known)
    quoted = " or ".join(f'"{one}"' for one in near)
    hint = f"did you mean {quoted}?" if near else f"--list has the names of all {len(known)}"
    raise UnknownName(f"{machine.name} has no bounds named '{name}': {hint}")


def for_picture(
    machine: Machine, numbers: tuple[str, ...], readings: tuple[str, ...], name: str | None
) -> tuple[Any, str]:
    """Parameters for a picture, the machine's small bounds where nothing else is said; and which those are.

    Raises `UnknownName` as `chosen` does.
    """
    base = {} if name else bounds(machine.name).picture
    whose = f"bounds {shlex.quote(name)}" if name else SMALL
    if numbers or readings:
        whose += f" with {', '.join((*numbers, *readings))}"
    return machine.setting({**base, **chosen(machine, numbers, readings, name)}), whose
