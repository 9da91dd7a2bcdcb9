"""`pathproof explore MACHINE --list`: all there is of a machine, with whole names, as text and as JSON."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

import pytest

from pathproof.conformance.cli.explore import explore
from pathproof.conformance.cli.explore.bounds import chosen
from pathproof.conformance.cli.explore.inventory import inventory
from pathproof.conformance.cli.main import main
from pathproof.model.bounds import bounds
from pathproof.model.machine import Machine
from pathproof.model.machines import NAMES, find


@pytest.fixture(params=NAMES)
def machine(request: pytest.FixtureRequest) -> Machine:
    """Each machine."""
    return find(request.param)


def listed(machine: Machine, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command prints."""
    with pytest.raises(SystemExit) as ended:
        main(["explore", machine.name, "--list", *arguments])
    assert not ended.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("width", ["60", "120"])
def test_no_name_is_cut(
    width: str, machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each name is whole on a line, whatever the width, and prose is wrapped."""
    monkeypatch.setenv("COLUMNS", width)
    lines = [line.strip() for line in listed(machine, capsys).splitlines()]
    known = bounds(machine.name)
    for name in (*known.configurations, *known.larger):
        assert f'"{name}"' in lines
    for name in (*machine.claims, *machine.actions, *machine.fairness):
        assert name in lines
    names = ("pathproof explore ", '"', "(small", "fairness", "known", "parameters", "claims", "witnesses")
    prose = [
        line for line in lines if " " in line and not line.startswith(names) and "  (reading)" not in line
    ]
    assert max(map(len, prose)) <= int(width)


def test_each_claim_says_where_it_is_not_made(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """The readings and options under which a claim is known to fail stand below its name."""
    text = " ".join(listed(machine, capsys).split())
    for claim in machine.claims.values():
        for name, value in claim.exclusions:
            own = text[text.index(f" {claim.name} {claim.says}") :]
            assert f"{name}={value}" in own[own.index("not claimed under") :][:400]


def test_the_same_is_json(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    """Claims with sort, clauses and where they fail, readings, bounds with sizes, and known failures."""
    told, known = json.loads(listed(machine, capsys, "--json")), bounds(machine.name)
    claims = {one["name"]: one for one in told["claims"]}
    assert list(claims) == list(machine.claims)
    for name, claim in machine.claims.items():
        found = claims[name]
        assert (found["sort"], found["says"]) == (claim.sort, claim.says)
        assert found["clauses"] == list(claim.cites)
        assert found["fails_under"] == [list(pair) for pair in claim.exclusions]
    sizes = {one["name"]: (one["states"], one["transitions"], one["depth"]) for one in told["bounds"]}
    assert all(size == known.sizes.get(name, (None, None, None)) for name, size in sizes.items())
    assert list(sizes) == [*known.configurations, *known.larger]
    assert as_settings(told["failures"]) == [(claim, dict(settings)) for claim, settings in known.failures]
    read = {one["name"] for one in told["parameters"] if one["reading"]}
    fields = machine.parameters.__dataclass_fields__
    assert read == {name for name in fields if fields[name].metadata.get("reading")}


def as_settings(failures: list[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    """Claim and settings of each."""
    return [(one["claim"], one["settings"]) for one in failures]


def test_known_failures_are_shown_by_commands(machine: Machine) -> None:
    """The command given for a known failure parses, to the settings and the claim of that failure."""
    told = inventory(machine)
    for one in told["failures"] + told["artefacts"]:
        _, _, *arguments = shlex.split(one["command"])
        made = explore.make_context("explore", arguments).params
        assert chosen(machine, made["numbers"], made["readings"], None) == one["settings"]
        assert made["names"] == (one["claim"],)
