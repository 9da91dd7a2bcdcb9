"""The machines by name."""

from __future__ import annotations

import importlib

from pathproof.model.machine import Machine, UnknownName

NAMES = (
    "cid_supply",
    "path_validation",
    "anti_amplification",
    "migration",
    "preferred_address",
    "stateless_reset",
    "load_balancing",
    "connection",
)


def find(name: str) -> Machine:
    """The machine of this name.

    Raises `UnknownName` where there is none.

    >>> find("cid_supply").name
    'cid_supply'
    """
    if name not in NAMES:
        raise UnknownName.among("there is no machine", name, NAMES)
    found = importlib.import_module(f"pathproof.model.{name}").machine
    assert isinstance(found, Machine)
    return found
