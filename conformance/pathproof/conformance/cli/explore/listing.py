"""`pathproof explore MACHINE --list`: what can be set, which bounds have names, what is claimed, what fails.

Names are whole, on lines of their own, however narrow the terminal: a cut name cannot be given to an option.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.inventory import inventory
from pathproof.model.machine import Machine

SORTS = {
    "always": "claims about every state",
    "step": "claims about every step",
    "eventually": "claims about endless runs: what a fair run comes back to, for ever",
    "sometimes": "witnesses: some reachable state must have it",
}
Entry = Mapping[str, Any]


def listing(machine: Machine, as_json: bool) -> int:
    """Print all of it; the exit status is 0."""
    told = inventory(machine)
    if as_json:
        output.emit(told)
    else:
        _print(told)
    return 0


def _print(told: Entry) -> None:
    _title(told["machine"])
    _title("parameters, by --set; readings of the text, by --reading")
    for one in told["parameters"]:
        _entry(
            f"{one['name']}={one['default']}{'  (reading)' if one['reading'] else ''}",
            f"{one['says']} ({_range(one)})",
        )
    _title("bounds, by --bounds")
    for one in told["bounds"]:
        _entry(f'"{one["name"]}"', _settings(one["settings"]) or "the defaults", _size(one))
    _entry("(small bounds for pictures, taken by --graph)", _settings(told["picture"]) or "the defaults")
    _title("actions")
    for one in told["actions"]:
        _entry(one["name"], f"{one['kind']}, {one['actor']}: {one['says']}", _clauses(one))
    for sort, title in SORTS.items():
        _claims(title, [one for one in told["claims"] if one["sort"] == sort])
    if told["fairness"]:
        _title("fairness that claims about endless runs are given")
    for one in told["fairness"]:
        _entry(one["name"], f"{one['strength']}, of {', '.join(one['actions'])}: {one['says']}")
    _failures("known failures: findings about the text", told["failures"])
    _failures("known failures that come from the bounds alone", told["artefacts"])


def _claims(title: str, claims: list[Entry]) -> None:
    if claims:
        _title(title)
    for one in claims:
        given = f"given {', '.join(one['given'])}" if one["given"] else ""
        fails = " or ".join(f"{name}={value}" for name, value in one["fails_under"])
        _entry(one["name"], one["says"], _clauses(one), given, f"not claimed under {fails}" if fails else "")


def _failures(title: str, failures: list[Entry]) -> None:
    if failures:
        _title(title)
    for one in failures:
        _entry(one["claim"])
        output.console().print(f"      {one['command']}", markup=False, soft_wrap=True)


def _clauses(one: Entry) -> str:
    return ", ".join(one["clauses"])


def _range(one: Entry) -> str:
    if "values" in one:
        return f"one of: {', '.join(one['values'])}"
    return f"{one['least']} and more" if one["most"] >= 2**62 - 1 else f"{one['least']} to {one['most']}"


def _size(one: Entry) -> str:
    if one["states"] is None:
        return "larger: not counted"
    size = f"{one['states']:,} states, {one['transitions']:,} transitions, depth {one['depth']}"
    return f"{'larger: ' if one['larger'] else ''}{size}"


def _settings(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name}={value}" for name, value in settings.items())


def _title(text: str) -> None:
    output.console().print(f"\n[bold]{text}[/]")


def _entry(name: str, *lines: str) -> None:
    """A name, whole, and below it what there is to say, wrapped."""
    shown = output.console()
    shown.print(f"  {name}", markup=False, soft_wrap=True)
    for line in _said(lines):
        for row in textwrap.wrap(line, shown.width - 6, break_long_words=False, break_on_hyphens=False):
            shown.print(f"      {row}", markup=False, soft_wrap=True)


def _said(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if line]
