"""What a step may make of what the server has learnt of a path: window, round-trip estimate and ECN (9.4)."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.state import Address, Migration, Parameters, is_open
from pathproof.model.vocabulary import count, has


@machine.step("RFC9000-9.4-02", "RFC9000-9.2-05", "RFC9002-A.4-01", "RFC9002-B.3-01")
def a_confirmed_new_path_begins_with_initial_values(
    s: Migration, after: Migration, p: Parameters, address: Address
) -> bool:
    """With the peer's ownership confirmed, window and estimate are initial, unless only the port changed.

    That is also so of an address that the server has left by then.
    """
    if p.differ == "port" or has(s.validated, address) or not has(after.validated, address):
        return True
    return not has(after.grown, address)


@machine.always("RFC9000-9.4-01", "RFC9000-9.4-02")
def what_is_learnt_of_a_path_is_its_own(s: Migration, p: Parameters, address: Address) -> bool:
    """Window and estimate are no longer initial only where what went to the address was acknowledged since.

    Since the peer was shown to own it, that is, or since state about it began (`truth`). A move, also one
    back to a validated address, brings nothing along from another host's path; what was learnt at another
    port may go on (9.4-03).
    """
    return p.differ == "port" or not is_open(s) or not has(s.grown, address) or has(s.earned, address)


@machine.step("RFC9000-9.4-01", "RFC9000-9.3-06")
def a_failed_move_costs_the_old_path_nothing(s: Migration, after: Migration, p: Parameters) -> bool:
    """After a fall-back the server knows of the old path what it knew before."""
    if after.current == s.current or count(after.received) > count(s.received):
        return True
    return has(after.grown, after.current) == has(s.grown, after.current)


@machine.step("RFC9000-9.2-06")
def ecn_is_validated_anew_on_each_path(s: Migration, after: Migration, p: Parameters) -> bool:
    """Where the address in use changes, it is open again whether ECN works."""
    return after.current == s.current or after.ecn == "testing"


@machine.step("RFC9000-9.2-06")
def only_its_own_path_shows_that_ecn_works(s: Migration, after: Migration, p: Parameters) -> bool:
    """ECN counts as validated by an acknowledgment of what went to the address in use, and by no other."""
    if s.ecn == "capable" or after.ecn != "capable":
        return True
    return after.current == s.current and has(s.flight, s.current) and not has(after.flight, s.current)
