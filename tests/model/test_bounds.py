"""What `verify` explores and what it expects to fail fit the machine."""

from __future__ import annotations

from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.bounds import CONFIGURATIONS, FAILURES


def test_every_exclusion_has_a_run_that_needs_it() -> None:
    """For each reading under which a claim is not made, a run is known in which it fails there."""
    excluded = {
        (claim.name, name, value)
        for claim in machine.claims.values()
        for name, value in claim.fails_under.items()
    }
    shown = {(claim, name, value) for claim, chosen in FAILURES for name, value in chosen.items()}
    assert excluded <= shown


def test_every_value_of_every_reading_is_explored() -> None:
    """No reading, and no option, is left at one value in all explorations."""
    for field in machine.parameters.__dataclass_fields__.values():
        domain = field.metadata.get("domain")
        if domain is not None:
            explored = {chosen.get(field.name, field.default) for chosen in CONFIGURATIONS.values()}
            assert explored >= set(domain.names) - {"issuer"}, field.name


def test_settings_are_settings() -> None:
    """Every configuration and every failure names parameters and values that exist."""
    for chosen in (*CONFIGURATIONS.values(), *(chosen for _, chosen in FAILURES)):
        machine.setting(chosen)
