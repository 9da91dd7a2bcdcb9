"""What every fair run comes back to, and what is assumed of it.

Packet numbers are bounded in an exploration. Where they end (`numbering`), a client that has used them all
falls silent, and no claim that needs its packets is made; where they go on, runs are endless.
"""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.connection_ids import can_equip
from pathproof.model.migration.sending import may_send_to
from pathproof.model.migration.state import (
    Address,
    ConnectionID,
    Migration,
    Parameters,
    client_is_empty,
    is_open,
)
from pathproof.model.vocabulary import has, is_empty

NETWORK = (
    "deliver",
    "deliver_from_elsewhere",
    "deliver_path_response",
    "deliver_acknowledgment",
    "deliver_challenge",
    "deliver_retirement",
    "answer",
)


@machine.fair("strong", *NETWORK)
def what_is_sent_again_and_again_arrives() -> None:
    """A packet that is sent again and again, with new numbers or as it was, arrives at last."""


@machine.fair("strong", "server_waits", "server_gives_up", "client_waits", "declare_lost")
def time_passes() -> None:
    """Timers that run fire."""


@machine.fair("strong", "challenge", "send_data", "give_up_path", "mirror", "answer_in_vain")
def the_server_acts() -> None:
    """The server does what its rules let it do."""


@machine.fair("strong", "send", "go_on_numbering")
def the_client_goes_on_sending() -> None:
    """The client sends packets for ever."""


@machine.fair("strong", "go_back")
def the_client_goes_back() -> None:
    """The client leaves a path whose validation has failed, where another one works."""


@machine.fair("strong", "issue", "replace_all")
def the_client_supplies() -> None:
    """The client issues connection IDs whenever the limit has room."""


@machine.fair(
    "finite",
    "migrate",
    "probe",
    "probe_again",
    "go_over",
    "go_back",
    "rebind",
    "change_connection_id",
    "lose_path",
)
def the_client_settles() -> None:
    """At last the client's address changes no more, by its own will or by a NAT."""


@machine.fair("finite", "copy_packet", "copy_another", "relay_challenge", "spoof", "move_despite_the_ban")
def the_attacker_gives_up() -> None:
    """Whoever breaks the rules does so only finitely often."""


# A client that never raises Retire Prior To, or a server that takes in nothing from where the client is, may
# leave a server without a connection ID, or without word of the client, for ever.
SILENT = {"numbering": "ends"}
UNSUPPLIED = {**SILENT, "prior": "never", "exhausted_supply": "refuse", "challenge_when_disabled": "drop"}

HONEST = (
    "what_is_sent_again_and_again_arrives",
    "time_passes",
    "the_server_acts",
    "the_client_goes_on_sending",
    "the_client_goes_back",
    "the_client_supplies",
)


@machine.eventually("RFC9000-8.2.4-02", given=("time_passes", "the_server_acts"))
def every_validation_ends(s: Migration, p: Parameters, address: Address) -> bool:
    """No validation goes on for ever, whoever answers or does not.

    A server that owes a path an answer sends it first, as it has to at once.
    """
    return not is_open(s) or not has(s.validating, address)


@machine.eventually(
    "RFC9000-9.3-02",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=UNSUPPLIED,
)
def a_migration_completes(s: Migration, p: Parameters) -> bool:
    """At last the server sends to where the client is, and has validated that address."""
    return not is_open(s) or (s.current == s.outer and has(s.validated, s.outer))


@machine.eventually("RFC9000-9.3.3-02", "RFC9000-9.3-02", given=("the_server_acts",))
def every_challenge_that_is_due_goes_out(s: Migration, p: Parameters, address: Address) -> bool:
    """No PATH_CHALLENGE that may be sent is put off for ever, to the new address or to the former."""
    return not is_open(s) or not has(s.due, address) or not may_send_to(s, p, address)


@machine.eventually(
    "RFC9000-9.3.3-01",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under={**SILENT, "exhausted_supply": "refuse"},
)
def a_connection_dragged_away_comes_back(s: Migration, p: Parameters) -> bool:
    """Once the attacker gives up, the server sends to no stranger."""
    return not is_open(s) or not has(s.strangers, s.current)


@machine.eventually(
    "RFC9000-9.3.2-01",
    given=("time_passes", "the_server_acts", "the_client_supplies"),
    fails_under={"relay": "yes", "copier": "hops", "rebinding_validation": "seen"},
)
def no_copier_holds_a_connection_for_ever(s: Migration, p: Parameters) -> bool:
    """Even if every copy wins its race, for ever, the server goes back to the client's address each time.

    It must have a connection ID to challenge the copier's address with: another claim is about that. One
    address of the copier is meant here; with several, `failed_elsewhere` decides, as the next claim says.
    """
    return not is_open(s) or not has(s.strangers, s.current) or not can_equip(s, p, s.current)


@machine.eventually(
    "RFC9000-9.3.2-01",
    given=("time_passes", "the_server_acts", "the_client_supplies"),
    fails_under={"relay": "yes", "failed_elsewhere": "ignored", "rebinding_validation": "seen"},
)
def no_hopping_copier_holds_a_connection_for_ever(s: Migration, p: Parameters) -> bool:
    """A copier with several addresses is left as well, where a failed validation reverts wherever it is.

    This rests on `time_passes`: a timer that is set again and again runs out once. Who may give up each
    validation before that (9.3-07, 9.3.2-03), with a copier that is always faster, is not meant.
    """
    return not is_open(s) or not has(s.strangers, s.current) or not can_equip(s, p, s.current)


@machine.eventually(
    "RFC9000-9.3-03",
    "RFC9000-9.5-09",
    "RFC9000-9.3.2-01",
    given=("time_passes", "the_server_acts", "the_client_supplies"),
    fails_under={"prior": "never", "exhausted_supply": "refuse"},
)
def no_copy_silences_the_server(s: Migration, p: Parameters) -> bool:
    """No copy has the server wait for its client at an address that it has no connection ID for.

    It can send no challenge there, so that no timer runs: of itself it never goes back to the client, which
    has to supply one. So it does where it raises Retire Prior To. Without that, the limit may be reached by
    connection IDs whose retirement the server cannot send either; and a server that refuses a move for want
    of one takes in no supply from there.
    """
    return not is_open(s) or not has(s.strangers, s.current) or can_equip(s, p, s.current)


@machine.eventually("RFC9000-9.3.3-03", given=("the_client_goes_on_sending",), fails_under=SILENT)
def a_challenge_on_the_active_path_is_followed_by_a_packet(s: Migration, p: Parameters) -> bool:
    """The client that answers a challenge on its active path sends a non-probing packet, too."""
    return not is_open(s) or s.owes == "nothing"


@machine.eventually(
    "RFC9000-9.3.2-01",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=UNSUPPLIED,
)
def data_reaches_the_client(s: Migration, p: Parameters) -> bool:
    """What was in flight to an address that was left is sent again, and acknowledged."""
    return not is_open(s) or s.pending == "nothing"


@machine.eventually("RFC9000-5.1.2-06", given=(*HONEST, "the_client_settles", "the_attacker_gives_up"))
def an_address_left_is_forgotten(s: Migration, p: Parameters, address: Address) -> bool:
    """State about an address that is not in use goes, and its connection ID with it."""
    return not is_open(s) or not has(s.paths, address) or address == s.current or address == s.fallback


@machine.eventually(
    "RFC9000-5.1.1-08",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=UNSUPPLIED,
)
def a_retirement_reaches_the_client(s: Migration, p: Parameters, cid: ConnectionID) -> bool:
    """RETIRE_CONNECTION_ID for what was given up arrives, so that the client can issue another."""
    return not is_open(s) or not has(s.retired, cid)


@machine.eventually(
    "RFC9000-9.5-10",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=UNSUPPLIED,
)
def the_server_has_a_spare_connection_id(s: Migration, p: Parameters) -> bool:
    """The supply is refilled, so that the client can move once more."""
    return not is_open(s) or client_is_empty(p) or not is_empty(s.spare)
