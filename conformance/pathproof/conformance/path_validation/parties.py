"""The parties of path validation, and what each of them holds, in words."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.run_rows import members

VALIDATOR, RESPONDER, ATTACKER = "validator", "responder", "attacker"


def validator(s: Any) -> str:
    """What the validator knows of the paths, each in the most that is known of it."""
    mtu_open = sorted({*members(s.reachable)} - {*members(s.fits)})
    parts = (
        ("validated", members(s.fits)),
        ("validated but for the MTU", mtu_open),
        ("to challenge", members(s.wanted)),
        ("challenged", members(s.validating)),
        ("failed", members(s.failed)),
        ("abandoned", members(s.abandoned)),
    )
    told = [f"{what} {_listed(paths)}" for what, paths in parts if paths]
    return "  ".join([*told, f"in use {s.current}"])


def responder(s: Any) -> str:
    """What the responder owes, and whether it can pay."""
    owed = f"owes responses to {_listed(members(s.owed))}" if members(s.owed) else "owes nothing"
    held = f"connection IDs for {_listed(members(s.equipped))}" if members(s.equipped) else "no connection ID"
    spare = f"  {s.spare} to spare" if s.spare else ""
    return f"{owed}  {held}{spare}" + ("  congested" if s.congested == "yes" else "")


def _listed(numbers: list[int]) -> str:
    return "{" + ", ".join(map(str, numbers)) + "}"
