"""What all followers share: the machine's own actions, comparisons, and failures that say what differs."""

from __future__ import annotations

import pytest

from pathproof.conformance.refinement import NotRefined, Tally
from pathproof.conformance.refinement.base import Follower
from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.consumer import retire_one


def follower() -> Follower:
    """A follower of a supply with a limit of two."""
    return Follower(machine, machine.setting({"limit": 2, "rogue": "nobody"}), Tally())


def test_an_action_is_taken_and_counted() -> None:
    """The state after it is the machine's."""
    one = follower()
    one.take("issue", prior=0)
    assert one.s.issued == 2
    assert one.tally.taken["cid_supply", "issue"] == 1 and one.tally.steps("cid_supply") == 1


def test_what_the_machine_does_not_allow_is_a_failure() -> None:
    """It names the action, its arguments, the clause and the state, which stays as it was."""
    one = follower()
    one.take("issue", prior=0)
    with pytest.raises(NotRefined, match=r"issue\(prior=0\) is not allowed.*issued=2") as failure:
        one.take("issue", prior=0)
    assert failure.value.clause in machine.actions["issue"].cites
    assert one.s.issued == 2 and one.tally.steps("cid_supply") == 1


def test_the_first_action_that_is_allowed_is_taken() -> None:
    """Of several; where none is, the failure names the last."""
    one = follower()
    one.take("issue", prior=0)
    one.take("deliver_new_connection_id", number=1, prior=0)
    one.first_of("retire", "switch", number=1)
    assert one.tally.names("cid_supply") == {"issue", "deliver_new_connection_id", "retire"}
    with pytest.raises(NotRefined, match="retire"):
        one.first_of("deliver_acknowledgment", "retire", number=0)


def test_a_part_of_the_machine_changes_its_state() -> None:
    """Where no action has what was done, a function of the machine is called, and counted apart."""
    one = follower()
    one.part(retire_one, 0)
    assert 0 in one.s.retired.members
    assert one.tally.parts["cid_supply", "retire_one"] == 1


def test_a_comparison_says_what_both_have() -> None:
    """Equal values are counted, and others are a failure under the clause that was given."""
    one = follower()
    one.same("issued", one.s.issued, 1, "RFC9000-5.1.1-06")
    with pytest.raises(NotRefined, match="issued: the machine has 1, the reference 2") as failure:
        one.same("issued", one.s.issued, 2, "RFC9000-5.1.1-06")
    assert failure.value.clause == "RFC9000-5.1.1-06"
    assert one.tally.compared["cid_supply"] == 2
