"""Rules for the server's preferred address: RFC 9000 9.6.2 and 21.5.3.

A trace does not show which address that is: it is the only one beside that of the handshake from which a
server may send, or to which a client may.
"""

from __future__ import annotations

from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.migration.moments import Departure

VALIDATED = ("RFC9000-9.6.2-01", "RFC9000-21.5.3-01")
ORIGINAL, PROBED = "RFC9000-9.6.2-03", "RFC9000-9.6.2-04"
PARAMETER = "preferred_address"


@rule("departure", "client", *VALIDATED)
def clients_validate_the_preferred_address_first(departure: Departure, notes: Notes) -> None:
    """A client sends nothing but probes to another address of its server before it has validated it."""
    scene, remote = departure.scene, departure.place[1]
    if scene.role("local") != "client" or scene.home is None or remote == scene.home[1]:
        return
    for clause in VALIDATED:
        if departure.is_validated:
            notes.kept(clause, "local")
        elif not (scene.whole and scene.placed):
            notes.blind(clause, "local", GAP)
        else:
            done = f"sent a non-probing packet to {remote}, which it had not validated"
            notes.broken(clause, "local", done, departure.sight)


@rule("departure", "server", ORIGINAL, PROBED)
def servers_wait_at_their_original_address(departure: Departure, notes: Notes) -> None:
    """A server's non-probing packets leave from its first address until it has heard the client at the other.

    And until it has validated the path from there, for which it probes that path.
    """
    scene, own = departure.scene, departure.place[0]
    if scene.role("local") != "server" or scene.home is None or own == scene.home[0]:
        return
    if scene.preferred.get("local") is not True:
        for clause in (ORIGINAL, PROBED) if "local" not in scene.preferred else ():
            notes.blind(clause, "local", PARAMETER)
        return
    is_validated = any(place[0] == own for place in scene.validated)
    wrongs = {
        ORIGINAL: "" if is_validated and departure.was_heard_here else "had validated and was heard at",
        PROBED: "" if departure.was_probed else "had sent a PATH_CHALLENGE from",
    }
    for clause, lacking in wrongs.items():
        if not lacking:
            notes.kept(clause, "local")
        elif not (scene.whole and scene.placed):
            notes.blind(clause, "local", GAP)
        else:
            done = f"sent a non-probing packet from {own} before it {lacking} this address"
            notes.broken(clause, "local", done, departure.sight)


@rule("over", "endpoint", *VALIDATED, ORIGINAL, PROBED)
def addresses_show_where_packets_go(scene: Scene, notes: Notes) -> None:
    """Without addresses nothing of it is seen."""
    if scene.of_server(scene.preferred) is not False:
        scene.cannot_tell(VALIDATED, "client")
        scene.cannot_tell((ORIGINAL, PROBED), "server")
