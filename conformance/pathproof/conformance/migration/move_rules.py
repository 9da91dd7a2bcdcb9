"""Rules for who moves, when, and where to: RFC 9000 9, 9.3 and 9.5."""

from __future__ import annotations

from pathproof.conformance.events import Missing
from pathproof.conformance.judge.debts import GAP, PACKET_NUMBERS
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import Scene
from pathproof.conformance.migration.moments import Departure, NewPath, Stranger

DISABLED = ("RFC9000-9-02", "RFC9000-18.2-39")
PARAMETER = "disable_active_migration"


@rule("departure", "client", "RFC9000-9-01")
def nobody_moves_before_confirmation(departure: Departure, notes: Notes) -> None:
    """A client leaves its local address only after its handshake is confirmed."""
    scene = departure.scene
    if scene.role("local") != "client" or departure.former[0] == departure.place[0]:
        return
    if scene.confirmed:
        notes.kept("RFC9000-9-01", "local")
    elif not scene.whole:
        notes.blind("RFC9000-9-01", "local", GAP)
    else:
        done = f"moved to {departure.place[0]} before its handshake was confirmed"
        notes.broken("RFC9000-9-01", "local", done, departure.sight)


@rule("path", "client", *DISABLED, readings=("disabled_migration_scope",))
def who_is_asked_to_stay_stays(path: NewPath, notes: Notes) -> None:
    """A client whose server disabled active migration sends to its first address from one of its own."""
    scene, home = path.scene, path.scene.home
    if scene.role("local") != "client" or home is None or path.place[1] != home[1]:
        return
    disabled = scene.disabled.get("peer")
    lifted = scene.settings["disabled_migration_scope"] == "lifted"
    for clause in DISABLED:
        if disabled is None:
            if path.place[0] != home[0]:
                notes.blind(clause, "local", PARAMETER)
        elif not disabled:
            continue
        elif path.place[0] == home[0] or (lifted and path.acted):
            notes.kept(clause, "local")
        elif path.place in scene.came:
            notes.blind(clause, "local", "whether a challenge that came there is to be answered (8.2.2-03)")
        elif not scene.whole:
            notes.blind(clause, "local", GAP)
        else:
            done = f"sent from {path.place[0]} although its server had disabled active migration"
            notes.broken(clause, "local", done, path.sight)


@rule("departure", "server", "RFC9000-9-09", "RFC9000-9.3-04", readings=("probes_counted",))
def the_highest_packet_moves_the_peer(departure: Departure, notes: Notes) -> None:
    """A server's non-probing packets go where the highest-numbered non-probing packet came from."""
    scene, remote = departure.scene, departure.place[1]
    if scene.role("local") != "server" or remote == departure.former[1]:
        return
    if departure.was_heard:
        notes.kept("RFC9000-9-09", "local")
    elif not _excused("RFC9000-9-09", departure, notes):
        done = f"sent a non-probing packet to {remote}, from where none had come"
        notes.broken("RFC9000-9-09", "local", done, departure.sight)
    if departure.has_won:
        notes.kept("RFC9000-9.3-04", "local")
    elif not departure.numbered:
        notes.blind("RFC9000-9.3-04", "local", PACKET_NUMBERS)
    elif not _excused("RFC9000-9.3-04", departure, notes):
        done = f"turned to {remote}, from where no highest-numbered non-probing packet had come"
        notes.broken("RFC9000-9.3-04", "local", done, departure.sight)


def _excused(clause: str, departure: Departure, notes: Notes) -> bool:
    """A gap hides what came; who falls back to a validated address does not follow a packet (9.3.2-01)."""
    if departure.may_fall_back:
        notes.blind(clause, "local", "whether a validation has failed")
        return True
    if not (departure.scene.whole and departure.scene.placed):
        notes.blind(clause, "local", GAP)
        return True
    return False


@rule("departure", "server", "RFC9000-9-07")
def servers_stay_where_packets_come_to(departure: Departure, notes: Notes) -> None:
    """A server's non-probing packets leave from an address to which non-probing packets have come."""
    scene, own = departure.scene, departure.place[0]
    if scene.role("local") != "server":
        return
    if departure.was_heard_here:
        notes.kept("RFC9000-9-07", "local")
    elif not scene.whole:
        notes.blind("RFC9000-9-07", "local", GAP)
    else:
        done = f"moved to its own address {own}, to which no non-probing packet had come"
        notes.broken("RFC9000-9-07", "local", done, departure.sight)


@rule("departure", "client", "RFC9000-9.5-07")
def moves_do_not_show_one_connection_id(departure: Departure, notes: Notes) -> None:
    """A client does not move if its server asked for an empty connection ID (advice)."""
    if departure.scene.role("local") != "client" or departure.former[0] == departure.place[0]:
        return
    if departure.is_empty:
        done = f"moved to {departure.place[0]} with an empty connection ID in its packets"
        notes.warn("RFC9000-9.5-07", "local", done, departure.sight)
    elif not isinstance(departure.packet.destination, Missing):
        notes.kept("RFC9000-9.5-07", "local")


@rule("stranger", "client", "RFC9000-9-10")
def clients_know_their_server(stranger: Stranger, notes: Notes) -> None:
    """A client takes in nothing from an address of the server that it does not know."""
    scene = stranger.scene
    if not stranger.is_acknowledged:
        notes.kept("RFC9000-9-10", "local")
    elif scene.preferred.get("peer") is not False:
        notes.blind("RFC9000-9-10", "local", "addresses of preferred_address")
    elif not scene.whole:
        notes.blind("RFC9000-9-10", "local", GAP)
    else:
        done = f"acknowledged a packet from {stranger.remote}, an address of the server that it does not know"
        notes.broken("RFC9000-9-10", "local", done, Sight(stranger.packet))


CLIENTS = ("RFC9000-9-01", "RFC9000-9.5-07", "RFC9000-9-10")
SERVERS = ("RFC9000-9-09", "RFC9000-9.3-04", "RFC9000-9-07")


@rule("over", "endpoint", *CLIENTS, *DISABLED, *SERVERS)
def addresses_show_who_moves(scene: Scene, notes: Notes) -> None:
    """Without addresses nobody is seen to move, and what the peer meant by its own is not seen either."""
    scene.cannot_tell(CLIENTS, "client")
    scene.cannot_tell(SERVERS, "server")
    if scene.of_server(scene.disabled) is not False:
        scene.cannot_tell(DISABLED, "client")
