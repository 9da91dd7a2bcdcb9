"""What comes back for ever in the supply of connection IDs, and what takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pathproof.model.cid_supply import CidSupply, Parameters, liveness, machine, witnesses
from pathproof.model.explorer.liveness import Lasso, check
from pathproof.model.machine import Claim
from pathproof.model.mutant import Mutant, applied, find
from pathproof.model.vocabulary import Numbers, below, missing

HONEST = {"cids": 4, "rogue": "nobody"}
CLAIMS = machine.of("eventually")

READINGS: list[dict[str, Any]] = [
    {},
    {"cids": 5},
    {"limit": 3},
    {"preferred_address": "yes"},
    {"zero_length": "yes"},
    {"excess": "never"},
    {"lower_prior": "sent"},
    {"raises": "waits"},
    {"unserved": "closes"},
    {"retransmission": "updated"},
    {"unseen_below": "at_once"},
    {"late_frame": "again"},
    {"retire_overflow": "close", "retirements": 1},
    {"retirements": 1},
    {"cids": 3, "rogue": "both"},
]


@pytest.mark.parametrize("chosen", READINGS, ids=str)
def test_supply_is_live_under_every_reading(chosen: dict[str, Any]) -> None:
    """Every claim that is made holds whatever is chosen, and was looked at in every state."""
    parameters = machine.setting({**HONEST, **chosen})
    made = [claim for claim in machine.made(parameters) if claim.sort == "eventually"]
    found = check(machine, parameters, made)
    assert list(map(str, found)) == []
    assert found.instances >= len(made) >= len(CLAIMS) - 1


def lassos(claim: Claim, monkeypatch: pytest.MonkeyPatch, **chosen: Any) -> list[Lasso]:
    """How a claim fails, or one of its name that is given other fairness."""
    monkeypatch.setitem(machine.claims, claim.name, claim)
    return check(machine, machine.setting({**HONEST, **chosen}), claims=[claim])


NEEDS: list[tuple[str, str, dict[str, Any]]] = [
    ("supply_returns", "issuer_supplies", {}),
    ("supply_returns", "new_connection_ids_arrive", {}),
    ("supply_returns", "retirements_arrive", {"excess": "never"}),
    ("every_connection_id_arrives", "new_connection_ids_arrive", {}),
    ("every_retirement_arrives", "new_connection_ids_arrive", {"retransmission": "updated"}),
    ("every_retirement_arrives", "retirements_arrive", {}),
    ("every_retirement_is_acknowledged", "new_connection_ids_arrive", {"retransmission": "updated"}),
    ("every_retirement_is_acknowledged", "retirements_arrive", {}),
    ("every_retirement_is_acknowledged", "acknowledgments_arrive", {}),
    ("what_is_to_be_retired_is_retired", "new_connection_ids_arrive", {}),
    ("what_is_to_be_retired_is_retired", "retirements_arrive", {}),
    ("exchange_comes_to_rest", "new_connection_ids_arrive", {}),
    ("exchange_comes_to_rest", "retirements_arrive", {}),
    ("exchange_comes_to_rest", "acknowledgments_arrive", {}),
]


def test_every_assumption_is_shown_to_be_needed() -> None:
    """No claim is given fairness that the next test does not take away."""
    given = {(claim.name, name) for claim in CLAIMS for name in claim.given}
    assert {(claim, name) for claim, name, _ in NEEDS} == given


@pytest.mark.parametrize(("name", "dropped", "chosen"), NEEDS)
def test_claim_needs_what_it_is_given(
    name: str, dropped: str, chosen: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without any one of its assumptions a claim fails."""
    claim = machine.claims[name]
    less = replace(claim, given=tuple(one for one in claim.given if one != dropped))
    assert lassos(less, monkeypatch, **chosen)


def never_frees(s: CidSupply, p: Parameters, prior: int) -> Numbers:
    """The issuer goes on counting what was retired."""
    return missing(below(s.invalidated, 0), 0, s.issued)


def is_forgotten(s: CidSupply, p: Parameters, number: int, destination: int) -> None:
    """RETIRE_CONNECTION_ID arrives and nothing comes of it."""


def is_ignored(s: CidSupply, p: Parameters) -> Numbers:
    """Retire Prior To retires nothing."""
    return below(s.active, 0)


def takes_nothing_in(s: CidSupply, p: Parameters, *fields: int, **more: int) -> None:
    """NEW_CONNECTION_ID arrives and nothing comes of it."""


def changed(replaces: str, function: Callable[..., Any], **chosen: Any) -> Mutant:
    """A change of the machine for these tests only."""
    return Mutant(function.__name__, replaces, function, (), (), "issuer", chosen)


BROKEN: list[tuple[str, Mutant]] = [
    ("supply_returns", changed("counted", never_frees, excess="never")),
    ("every_connection_id_arrives", changed("receive_new_connection_id", takes_nothing_in)),
    ("every_retirement_arrives", changed("receive_retire_connection_id", is_forgotten)),
    ("every_retirement_is_acknowledged", changed("receive_retire_connection_id", is_forgotten)),
    ("what_is_to_be_retired_is_retired", changed("must_retire", is_ignored)),
    ("what_is_to_be_retired_is_retired", find(machine, "retirement_is_not_sent")),
    ("what_is_to_be_retired_is_retired", find(machine, "late_number_is_dropped")),
    ("exchange_comes_to_rest", find(machine, "late_number_is_dropped")),
]


@pytest.mark.parametrize(("name", "mutant"), BROKEN, ids=lambda one: getattr(one, "name", one))
def test_mutant_breaks_the_claim(name: str, mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each claim fails for a machine with a bug that keeps something from coming back."""
    with applied(machine, mutant):
        assert lassos(machine.claims[name], monkeypatch, **mutant.settings)


def test_every_claim_is_broken_by_some_mutant() -> None:
    """No claim is left out of the test before."""
    assert {name for name, _ in BROKEN} == {claim.name for claim in CLAIMS}


def rests_whatever_is_repeated(s: CidSupply, p: Parameters) -> bool:
    """The exchange comes to rest, with `late_frame=again`, too."""
    return not witnesses.is_honest(s) or liveness.is_at_rest(s, p)


def test_answering_every_late_copy_keeps_an_exchange_going(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under `late_frame=again` two late frames, repeated by the channel, are retired for ever.

    This is why `exchange_comes_to_rest` says nothing there, and what the last words of 19.15-13 prevent.
    """
    everywhere = replace(machine.claims["exchange_comes_to_rest"], function=rests_whatever_is_repeated)
    (lasso,) = lassos(everywhere, monkeypatch, late_frame="again")
    assert {step.action for step in lasso.cycle} == {
        "deliver_new_connection_id",
        "deliver_retire_connection_id",
        "deliver_acknowledgment",
    }
    assert not lassos(everywhere, monkeypatch, late_frame="once")
