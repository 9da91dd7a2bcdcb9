"""`pathproof explore MACHINE --list`: what can be set, which bounds have names, what is claimed."""

from __future__ import annotations

from pathproof.conformance.cli import output
from pathproof.model.bounds import bounds
from pathproof.model.machine import Machine


def listing(machine: Machine) -> int:
    """Print the tables; the exit status is 0."""
    _parameters(machine)
    _bounds(machine)
    shown = output.console()
    claims = output.table("\nclaims", "name", "sort", "given", "says")
    for claim in machine.claims.values():
        claims.add_row(claim.name, claim.sort, ", ".join(claim.given), claim.says)
    shown.print(claims)
    if machine.fairness:
        fairness = output.table("\nfairness that claims are given", "name", "strength", "says")
        for fair in machine.fairness.values():
            fairness.add_row(fair.name, fair.strength, fair.says)
        shown.print(fairness)
    return 0


def _parameters(machine: Machine) -> None:
    parameters = output.table("parameters and readings", "name", "default", "values", "meaning")
    for field in machine.parameters.__dataclass_fields__.values():
        domain = field.metadata.get("domain")
        values = ", ".join(domain.names) if domain else f"from {field.metadata['least']}"
        parameters.add_row(field.name, str(field.default), values, field.metadata["says"])
    output.console().print(parameters)


def _bounds(machine: Machine) -> None:
    known = bounds(machine.name)
    table = output.table("\nbounds", "name", "states", "settings", right=("states",))
    for name, settings in {**known.configurations, **known.larger}.items():
        states = f"{known.sizes[name][0]:,}" if name in known.sizes else "not counted"
        table.add_row(name, states, ", ".join(f"{one}={value}" for one, value in settings.items()))
    output.console().print(table)
