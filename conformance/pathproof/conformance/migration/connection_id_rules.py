"""Rules for the connection IDs on several paths: RFC 9000 9.5, 8.2 and 5.1.2."""

from __future__ import annotations

from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.migration.moments import Bearing

LOCAL, REMOTE = "RFC9000-9.5-03", "RFC9000-9.5-04"
BOTH, PROBE = "RFC9000-5.1.2-05", "RFC9000-8.2-07"


@rule("bearing", "consumer", LOCAL, BOTH, PROBE, readings=("zero_length_move",))
def no_connection_id_leaves_from_two_addresses(bearing: Bearing, notes: Notes) -> None:
    """A consumer uses a connection ID from one local address only, and a new one for a probe from another."""
    place = bearing.place
    clauses = (LOCAL, BOTH, *([PROBE] if bearing.probes and bearing.is_first else []))
    home = bearing.scene.home
    if all(one[0] == place[0] for one in bearing.earlier):
        is_new = home is not None and place[0] != home[0]
        for clause in clauses if is_new and not bearing.earlier else ():
            notes.kept(clause, "local")
        return
    before = next(one[0] for one in bearing.earlier if one[0] != place[0])
    done = f"sent packets under one connection ID from {before} and from {place[0]}"
    for clause in clauses:
        if bearing.scene.whole:
            notes.broken(clause, "local", done, bearing.sight)
        else:
            notes.blind(clause, "local", GAP)


@rule("bearing", "consumer", REMOTE, BOTH, readings=("zero_length_move",))
def no_connection_id_goes_to_two_addresses(bearing: Bearing, notes: Notes) -> None:
    """A consumer uses a connection ID toward one address, unless its peer did not mean to move."""
    place, home = bearing.place, bearing.scene.home
    elsewhere = [one[1] for one in bearing.earlier if one[1] != place[1]]
    if not elsewhere:
        is_new = home is not None and place[1] != home[1]
        for clause in (REMOTE, BOTH) if is_new and not bearing.earlier else ():
            notes.kept(clause, "local")
    elif not bearing.is_same_peer:
        done = f"sent packets under one connection ID to {elsewhere[0]} and to {place[1]}"
        for clause in (REMOTE, BOTH):
            if bearing.scene.whole:
                notes.broken(clause, "local", done, bearing.sight)
            else:
                notes.blind(clause, "local", GAP)


@rule("over", "consumer", LOCAL, REMOTE, BOTH, PROBE)
def only_its_own_end_knows_its_addresses(scene: Scene, notes: Notes) -> None:
    """What is between the two ends may change the addresses: the trace of the other end does not decide."""
    scene.cannot_tell((LOCAL, REMOTE, BOTH, PROBE))
