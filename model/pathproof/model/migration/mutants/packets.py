"""Bugs in taking packets in: which of them move the connection, and what is dropped."""

from __future__ import annotations

from pathproof.model.migration import moving, new_address, reception
from pathproof.model.migration.highest_packet import note_number
from pathproof.model.migration.state import CLOSED, Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import has, is_empty

recreates = Recreated()
# Kept from before any mutant is in place.
RULE_ACCEPTS = new_address.accepts
RULE_TAKE_PROBE = reception.take_probe
RULE_MOVE = moving.move


@recreates("QN-03", replaces="is_newest", cites=("RFC9000-9.3-04",), at="server")
def any_packet_moves_it(s: Migration, number: int) -> bool:
    """A packet that was overtaken moves the connection back."""
    return True


@recreates(replaces="is_newest", cites=("RFC9000-9.3-01", "RFC9000-9.3-02"), at="server", packets=2)
def no_move_during_a_validation(s: Migration, number: int) -> bool:
    """While the address in use is being validated, no packet moves the connection, not even the client's."""
    return number >= s.highest and not has(s.validating, s.current)


@recreates(
    "PQ-12",
    "NX-25",
    replaces="is_probing",
    cites=("RFC9000-9.3-04", "RFC9000-12.4-34"),
    at="server",
    client="probes",
    packets=2,
)
def probes_move_it(s: Migration, number: int) -> bool:
    """A packet with probing frames alone moves the connection."""
    return False


@recreates("GQ-24", "S2-09", replaces="is_probing", cites=("RFC9000-9.3-01",), at="server", packets=2)
def a_ping_is_taken_for_a_probe(s: Migration, number: int) -> bool:
    """A padded packet from a new address is taken for a probe, whatever else it holds."""
    return True


@recreates(
    "QG-29",
    replaces="take_probe",
    cites=("RFC9000-8.2.2-01",),
    at="server",
    client="probes",
    attacker="nobody",
)
def overtaken_probes_get_no_answer(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """A probe that was overtaken is taken in, and its challenge is not answered."""
    if number >= s.highest:
        RULE_TAKE_PROBE(s, p, number, address, peer)


@recreates("GQ-23", replaces="take_packet", cites=("RFC9000-9.3-02",), at="server", packets=2)
def frames_come_before_the_move(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """The address is changed only after the frames of the packet were processed."""
    reception.process_frames(s, number, address)
    reception.turn(s, p, number, address, peer)
    note_number(s, p, number, False)


@recreates(
    "HA-09",
    replaces="accepts",
    cites=("RFC9000-9-01",),
    at="server",
    handshake="under way",
    packets=2,
    attacker="nobody",
)
def followed_during_the_handshake(s: Migration, p: Parameters, number: int, address: int, peer: int) -> bool:
    """A change of address during the handshake is followed."""
    return True


@recreates("HA-14", replaces="move", cites=("RFC9000-9.3-02",), at="server", packets=2)
def answers_go_to_the_dead_port(s: Migration, p: Parameters, address: int, newly: bool) -> None:
    """Packets from a new address are taken in, and everything goes on to the former one."""


@recreates(
    replaces="move",
    cites=("RFC9000-9.3.3-01", "RFC9000-9.3.2-02"),
    at="server",
    relay="yes",
    packets=1,
    addresses=2,
    numbering="goes on",
    prior="raised",
    client="stays",
    network="steady",
)
def only_the_first_move_is_followed(s: Migration, p: Parameters, address: int, newly: bool) -> None:
    """The server follows its peer away from the address of the handshake, and no further, nor back."""
    if s.current == 0:
        RULE_MOVE(s, p, address, newly)


@recreates(
    "QN-41",
    replaces="accepts",
    cites=("RFC9000-9-03",),
    at="server",
    disable_active_migration="yes",
    packets=2,
)
def a_forbidden_move_closes(s: Migration, p: Parameters, number: int, address: int, peer: int) -> bool:
    """A packet from a new address closes the connection, since the server had forbidden migration."""
    if p.disable_active_migration == "yes" and not has(s.paths, address):
        s.connection = CLOSED
    return RULE_ACCEPTS(s, p, number, address, peer) or s.connection == CLOSED


@recreates("NX-18", replaces="accepts", cites=("RFC9000-9.5-05", "RFC9000-9-03"), at="server", packets=2)
def an_unchanged_connection_id_closes(
    s: Migration, p: Parameters, number: int, address: int, peer: int
) -> bool:
    """A packet from a new address that bears the former connection ID is met by an error."""
    if has(s.seen, peer) and not has(s.paths, address):
        s.connection = CLOSED
        return True
    return RULE_ACCEPTS(s, p, number, address, peer)


@recreates(
    "PQ-27",
    replaces="take_probe",
    cites=("RFC9000-9-03",),
    at="server",
    disable_active_migration="yes",
    preferred_address="in use",
    client="probes",
    packets=2,
)
def any_challenge_closes(s: Migration, p: Parameters, number: int, address: int, peer: int) -> None:
    """A server that forbids migration closes on any PATH_CHALLENGE."""
    RULE_TAKE_PROBE(s, p, number, address, peer)
    if p.disable_active_migration == "yes":
        s.connection = CLOSED


@recreates(
    "NG-12",
    replaces="drops_for_the_ban",
    cites=("RFC9000-9-03", "RFC9000-9.3-02"),
    at="server",
    disable_active_migration="yes",
    attacker="nobody",
    numbering="goes on",
    packets=1,
    prior="raised",
    zero_length="client",
    addresses=2,
)
def a_ban_stops_rebindings(p: Parameters) -> bool:
    """A server that means to validate drops all packets from new addresses, since it barred its peer."""
    return p.disable_active_migration == "yes"


@recreates(
    "PQ-03",
    replaces="drops_for_the_ban",
    cites=("RFC9000-5.2.3-02", "RFC9000-9.3-02"),
    at="server",
    disable_active_migration="yes",
    preferred_address="in use",
    attacker="nobody",
    network="steady",
    numbering="goes on",
    packets=1,
    prior="raised",
    zero_length="client",
    addresses=2,
)
def a_ban_outlives_the_preferred_address(p: Parameters) -> bool:
    """A server goes on to refuse moves after its peer has gone to the preferred address."""
    return p.disable_active_migration == "yes"


@recreates(
    "AT-01",
    "S2-02",
    replaces="refuses_for_want",
    cites=("RFC9000-9.5-05", "RFC9000-9.3-02"),
    at="server",
    attacker="nobody",
    client="stays",
    numbering="goes on",
    packets=1,
    prior="raised",
    cids=3,
    addresses=2,
)
def rebinding_needs_a_spare(s: Migration, p: Parameters, peer: int) -> bool:
    """A rebinding is refused for want of a spare connection ID, although none is needed."""
    return is_empty(s.spare)


@recreates(
    replaces="refuses_for_want",
    cites=("RFC9000-9.3-03", "RFC9000-9.5-09"),
    at="server",
    exhausted_supply="refuse",
    packets=1,
    network="steady",
)
def it_follows_where_it_cannot_answer(s: Migration, p: Parameters, peer: int) -> bool:
    """A server that means to refuse a move for want of a connection ID follows it all the same."""
    return False


@recreates("S2-10", replaces="has_no_room", cites=("RFC9000-5.1.1-19",), at="server", paths=2, packets=2)
def paths_are_not_bounded(s: Migration, p: Parameters) -> bool:
    """The server keeps state about every address that packets come from."""
    return False


@recreates("MS-02", replaces="open_path", cites=("RFC9000-9.3-02",), at="server", packets=2)
def a_path_is_used_that_is_gone(s: Migration, address: int, peer: int) -> None:
    """The connection moves to a path whose state was removed while its packet was processed."""


@recreates(
    replaces="hears_client",
    cites=("RFC9000-9.3-03", "RFC9000-9.5-09"),
    at="server",
    packets=2,
    network="steady",
    copier="stays",
    prior="raised",
)
def supply_counts_on_known_paths_alone(s: Migration, p: Parameters) -> bool:
    """NEW_CONNECTION_ID is not taken in from an address that the server keeps no state about."""
    return has(s.paths, s.outer)
