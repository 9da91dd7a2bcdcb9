"""Options that several commands share."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.coverage.in_tests import marks
from pathproof.model.domains import Choice
from pathproof.model.machine import Machine, UnknownName

MOST_JOBS = 256
"""More threads or processes than that take memory and time, and give nothing."""
WHOLE = re.compile(r"[+-]?[0-9]{1,40}", re.ASCII)
UNITS = {"": 1, "k": 10**3, "m": 10**6, "g": 10**9, "t": 10**12}


def as_json(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of tables.")(
        command
    )


def jobs(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--jobs`: how many processes share the work."""
    return click.option(
        "--jobs",
        type=click.IntRange(1, MOST_JOBS),
        default=min(os.cpu_count() or 1, MOST_JOBS),
        show_default="all cores",
        metavar="N",
        help="Processes that share the work.",
    )(command)


def tests_folder(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--tests`: where the project's tests are, if they are at hand; an installed package has none."""
    return click.option(
        "--tests",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        default=_tests_of_the_checkout,
        callback=_with_marks,
        help="The folder of Pathproof's tests, whose clause marks are read. [default: those of the checkout]",
    )(command)


def _tests_of_the_checkout() -> Path | None:
    """The tests beside the sources that run, if they run from a checkout."""
    beside = Path(__file__).parents[4] / "tests"
    return beside if (beside / "clause_marks.py").exists() else None


def _with_marks(context: click.Context, option: click.Parameter, folder: Path | None) -> Path | None:
    """Refuse a folder in which no test names a clause: it would look as if none were tested."""
    if folder is not None and not any(marks(folder)):
        raise click.BadParameter(f"no test below {folder} names a clause")
    return folder


def settings(machine: Machine, numbers: tuple[str, ...], readings: tuple[str, ...]) -> dict[str, Any]:
    """The parameters that `--set` and `--reading` name.

    Raises `UnknownName` for a parameter that does not exist, is given by the wrong option, or twice.

    >>> from pathproof.model.cid_supply import machine
    >>> settings(machine, ("limit=3",), ("conflict=ignore",))
    {'limit': 3, 'conflict': 'ignore'}
    """
    chosen: dict[str, Any] = {}
    for text, is_reading in [*((text, False) for text in numbers), *((text, True) for text in readings)]:
        name, found, value = text.partition("=")
        if not found:
            raise UnknownName(f"'{text}' is not of the form NAME=VALUE")
        if name in chosen:
            raise UnknownName(f"{name} is given twice: {name}={chosen[name]} and {text}")
        chosen[name] = _value(machine, name, value, is_reading)
    return chosen


def _value(machine: Machine, name: str, value: str, is_reading: bool) -> Any:
    declared = {field.name: field for field in machine.parameters.__dataclass_fields__.values()}
    if name not in declared:
        known = [one for one, field in declared.items() if field.metadata.get("reading", False) == is_reading]
        what = "reading" if is_reading else "parameter"
        raise UnknownName.among(f"{machine.name} has no {what}", name or "''", known)
    metadata = declared[name].metadata
    if is_reading != metadata.get("reading", False):
        kind, option = ("no reading", "--set") if is_reading else ("a reading", "--reading")
        raise UnknownName(f"{name} is {kind}: use {option} {name}={value}")
    if isinstance(metadata.get("domain"), Choice):
        return value
    if not WHOLE.fullmatch(value):
        raise UnknownName(f"{name} is a whole number, not '{value[:40]}'")
    return int(value)


def size(text: str | None) -> int | None:
    """Bytes from `512M` or `8G`.

    Raises `click.BadParameter` for anything else.

    >>> size("1.5G")
    1500000000
    """
    if text is None:
        return None
    digits = text.strip().lower().removesuffix("b")
    unit = digits[-1:] if digits[-1:].isalpha() else ""
    try:
        found = int(float(digits.removesuffix(unit)) * UNITS[unit])
    except (ValueError, KeyError, OverflowError):
        raise click.BadParameter(f"{text} is no size: write 512M or 8G") from None
    if found <= 0:
        raise click.BadParameter(f"{text} is no size: it leaves no room for a state")
    return found
