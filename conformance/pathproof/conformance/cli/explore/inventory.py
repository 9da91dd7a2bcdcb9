"""What there is of a machine, as plain values: for `--list` as text and as JSON."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from pathproof.model.bounds import Bounds, bounds
from pathproof.model.machine import Action, Claim, Machine


def inventory(machine: Machine) -> dict[str, Any]:
    """Parameters, bounds, actions, claims, fairness, and known failures with the command that shows each.

    >>> from pathproof.model.cid_supply import machine
    >>> told = inventory(machine)
    >>> [one["sort"] for one in told["claims"] if one["name"] == "exchange_comes_to_rest"]
    ['eventually']
    """
    known = bounds(machine.name)
    return {
        "machine": machine.name,
        "parameters": [_parameter(field) for field in machine.parameters.__dataclass_fields__.values()],
        "bounds": [_bounds(known, name) for name in (*known.configurations, *known.larger)],
        "picture": dict(known.picture),
        "actions": [_action(action) for action in machine.actions.values()],
        "claims": [_claim(claim) for claim in machine.claims.values()],
        "fairness": [
            {"name": fair.name, "strength": fair.strength, "actions": list(fair.actions), "says": fair.says}
            for fair in machine.fairness.values()
        ],
        "failures": [_failure(machine, *one) for one in known.failures],
        "artefacts": [_failure(machine, *one) for one in known.artefacts],
    }


def command(machine: Machine, claim: str, settings: Mapping[str, Any]) -> str:
    """What to run to see a claim fail under these settings.

    >>> from pathproof.model.cid_supply import machine
    >>> command(machine, "limit_is_kept", {"limit": 3, "conflict": "ignore"})
    'pathproof explore cid_supply --set limit=3 --reading conflict=ignore --claim limit_is_kept'
    """
    fields = machine.parameters.__dataclass_fields__
    chosen = [
        f"--{'reading' if fields[name].metadata.get('reading') else 'set'} {shlex.quote(f'{name}={value}')}"
        for name, value in settings.items()
    ]
    return " ".join(["pathproof explore", machine.name, *chosen, "--claim", claim])


def _parameter(field: Any) -> dict[str, Any]:
    domain = field.metadata.get("domain")
    some = {name: field.metadata[name] for name in ("least", "most") if name in field.metadata}
    return {
        "name": field.name,
        "default": field.default,
        **({"values": list(domain.names)} if domain else some),
        "reading": field.metadata.get("reading", False),
        "says": field.metadata["says"],
    }


def _bounds(known: Bounds, name: str) -> dict[str, Any]:
    states, transitions, depth = known.sizes.get(name, (None, None, None))
    larger = name in known.larger
    settings = known.larger[name] if larger else known.configurations[name]
    return {
        "name": name,
        "settings": dict(settings),
        "larger": larger,
        "states": states,
        "transitions": transitions,
        "depth": depth,
    }


def _action(action: Action) -> dict[str, Any]:
    return {
        "name": action.name,
        "kind": action.kind,
        "actor": action.actor,
        "says": action.says,
        "arguments": list(action.arguments),
        "clauses": list(action.cites),
    }


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "name": claim.name,
        "sort": claim.sort,
        "says": claim.says,
        "arguments": list(claim.arguments),
        "clauses": list(claim.cites),
        "given": list(claim.given),
        "fails_under": [list(pair) for pair in claim.exclusions],
    }


def _failure(machine: Machine, claim: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    return {"claim": claim, "settings": dict(settings), "command": command(machine, claim, settings)}
