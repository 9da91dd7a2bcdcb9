"""The proofs of the CID supply are about something, and both solvers are asked."""

from __future__ import annotations

import pytest

from pathproof.model.cid_supply import machine
from pathproof.proofs import bounded, discharge
from pathproof.proofs.obligations import obligations
from pathproof.proofs.prove import examine, lemmas_of, provable, prove
from pathproof.proofs.question import Hypotheses

ALL = [claim for claim, _ in provable(machine).values()]


@pytest.mark.parametrize("action", machine.actions)
def test_every_action_is_possible_under_the_hypotheses(action: str) -> None:
    """The hypotheses can be met before every action, so no obligation holds for want of a state."""
    over = machine.actions[action]
    obligation = next(iter(obligations(machine, ALL, [over])))
    assert bounded.is_possible(obligation, Hypotheses(machine, ALL), size=3)


def test_contradictory_hypotheses_are_noticed() -> None:
    """Were a hypothesis false, no action would be possible."""
    false = machine.claims["limit_is_kept"].__class__("false", lambda s, p: False, "always", (), {})
    obligation = next(iter(obligations(machine, ALL, [machine.actions["issue"]])))
    assert not bounded.is_possible(obligation, Hypotheses(machine, [*ALL, false]), size=3)


def test_a_claim_without_its_lemmas_is_not_inductive() -> None:
    """Without the window lemmas, the limit claim has a counterexample, and the executed engine replays it."""
    claim = machine.claims["honest_peers_are_never_closed_on"]
    deliver = machine.actions["deliver_new_connection_id"]
    (obligation,) = obligations(machine, [claim], [deliver])
    found = bounded.find(obligation, Hypotheses(machine, [claim]), size=3)
    assert found is not None
    assert found.before.error == "none"
    assert found.after.error != "none"


def test_the_limit_is_proved_without_a_bound() -> None:
    """Honest peers are never closed on, across every action, by both solvers."""
    (proof,) = prove("cid_supply", ["honest_peers_are_never_closed_on"], jobs=1)
    assert (proof.status, proof.scope) == ("proved", "unbounded")
    assert len(proof.findings) == len(machine.actions) + 1


def test_an_unsat_that_cvc5_does_not_confirm_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the second solver disagrees, the obligation does not hold, and the claim is not proved."""
    monkeypatch.setattr(discharge, "ask_cvc5", lambda text, timeout: "sat")
    claim = machine.claims["limit_is_kept"]
    (obligation,) = obligations(machine, [claim], [machine.actions["deliver_new_connection_id"]])
    finding = examine(obligation, Hypotheses(machine, ALL))
    assert not finding.discharge.holds
    assert finding.bound is not None


def test_lemmas_have_names_of_their_own() -> None:
    """No lemma hides a claim of the same name."""
    names = [lemma.name for lemma in lemmas_of(machine)]
    assert len(names) == len(set(names))
    assert not set(names) & set(machine.claims)
