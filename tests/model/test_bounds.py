"""What `verify` explores and what it expects to fail fit each machine."""

from __future__ import annotations

import pytest

from pathproof.model.bounds import bounds
from pathproof.model.explorer.layout import Layout
from pathproof.model.machine import UnknownName
from pathproof.model.machines import NAMES, find

MACHINES = pytest.mark.parametrize("name", NAMES)


@MACHINES
def test_every_exclusion_has_a_run_that_needs_it(name: str) -> None:
    """For each setting under which a claim is not made, a run is known in which it fails there."""
    machine = find(name)
    excluded = {
        (claim.name, parameter, value)
        for claim in machine.claims.values()
        for parameter, value in claim.exclusions
    }
    shown = {
        (claim, parameter, value)
        for claim, chosen in bounds(name).broken
        for parameter, value in vars(machine.setting(chosen)).items()
    }
    assert excluded <= shown


@MACHINES
def test_every_failure_is_of_a_claim_that_is_not_made_there(name: str) -> None:
    """What is expected to fail is a claim that the machine does not make under those settings."""
    machine = find(name)
    for claim, chosen in bounds(name).broken:
        assert not machine.claims[claim].is_made(machine.setting(chosen)), claim


@MACHINES
def test_every_value_of_every_reading_is_explored(name: str) -> None:
    """No reading, and no option, is left at one value in all explorations."""
    for field in find(name).parameters.__dataclass_fields__.values():
        domain = field.metadata.get("domain")
        if domain is not None:
            explored = {
                chosen.get(field.name, field.default) for chosen in bounds(name).configurations.values()
            }
            assert explored >= set(domain.names) - {"issuer"}, field.name


@MACHINES
def test_settings_are_settings(name: str) -> None:
    """Every configuration and every failure names parameters and values that exist."""
    known = bounds(name)
    rows = (*known.configurations.values(), *known.larger.values(), known.picture, known.mutants)
    for chosen in (*rows, *(chosen for _, chosen in known.broken)):
        find(name).setting(chosen)


@MACHINES
def test_every_configuration_has_its_size(name: str) -> None:
    """The sizes at all default bounds are pinned, and no size is of bounds that do not exist."""
    known = bounds(name)
    assert set(known.configurations) <= set(known.sizes)
    assert set(known.sizes) <= set(known.configurations) | set(known.larger)
    assert not set(known.configurations) & set(known.larger)


def test_bounds_that_do_not_exist_are_refused() -> None:
    """A name of no configuration is an error that tells the nearest."""
    with pytest.raises(UnknownName, match="did you mean limit 3"):
        bounds("cid_supply").named("limit 4")


@MACHINES
def test_every_row_fits_into_its_words(name: str) -> None:
    """A row whose states are too wide cannot be explored, and would end `pathproof verify`."""
    machine = find(name)
    rows = bounds(name).configurations
    words = {row: Layout(machine, machine.setting(chosen)).words for row, chosen in rows.items()}
    assert words.keys() == rows.keys() and set(words.values()) <= {1, 2, 4}
