"""What must be true of every state: who can end a connection, and what each end has and shows."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.ghosts import was_given_with_token
from pathproof.model.stateless_reset.state import (
    CLOSED,
    DRAINING,
    OVER,
    RESTARTED,
    ConnectionId,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import has, is_empty


@machine.always(
    "RFC9000-10.3-04",
    "RFC9000-10.3.1-09",
    "RFC9000-10.3.2-01",
    "RFC9000-10.3.2-04",
    "RFC9000-21.11-01",
    "RFC9000-5.2.3-03",
    "QUICLB-9.5-01",
    fails_under={"cluster": "answering_by_address", "token_lifetime": "acknowledged"},
)
def nobody_without_the_token_ends_a_connection(s: StatelessReset, p: Parameters) -> bool:
    """Only its issuer's own reset ends a connection that the issuer holds and whose packets reach it."""
    return s.rogue == "yes" or s.fate != "held"


@machine.always("RFC9000-21.11-01", "RFC9000-5.2.3-03", fails_under={"cluster": "answering_by_address"})
def a_change_of_address_ends_no_connection(s: StatelessReset, p: Parameters) -> bool:
    """That packets reach another instance ends a connection only where no attacker can cause it."""
    return s.rogue == "yes" or s.fate != "unreachable" or p.cluster == "rerouted"


@machine.always(
    "RFC9000-10.3-05",
    "RFC9000-10.3-21",
    "RFC9000-10.3.1-01",
    "RFC9000-10.3.1-02",
    "RFC9000-10.3.1-03",
    "RFC9000-10.3.1-07",
    "RFC9000-10.3.1-11",
)
def every_due_reset_is_recognized(s: StatelessReset, p: Parameters) -> bool:
    """A reset with a token in use, from where its connection ID was used, is never ignored.

    Whatever the form of its header, and whether its first bytes happen to match the connection or not. Where
    the first packet cannot be decrypted, one behind it that can does not help by `undecryptable_first=check`.
    """
    return s.ignored == "no"


@machine.always("RFC9000-10.3.1-11", "RFC9000-10.3-05")
def a_reset_leads_to_draining(s: StatelessReset, p: Parameters) -> bool:
    """A connection that a reset has ended drains, until its state is discarded or lost."""
    return s.fate == "none" or s.end == DRAINING or s.end == OVER or s.end == RESTARTED


@machine.always("RFC9000-10.3.1-11")
def nothing_is_sent_after_the_end(s: StatelessReset, p: Parameters) -> bool:
    """The consumer sends no packet on a connection that a reset has ended."""
    return s.spoke == "no"


@machine.always("RFC9000-10.3-07", "RFC9000-10.3-08", "RFC9000-10.3.1-03", "RFC9000-18.2-09")
def every_token_given_is_kept(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The consumer has the token of a connection ID where it came with one, and has none where it did not."""
    return has(s.tokened, number) == was_given_with_token(s, p, number)


@machine.always("RFC9000-10.3-09", "RFC9000-18.2-08")
def clients_give_no_token_in_the_handshake(s: StatelessReset, p: Parameters) -> bool:
    """The first connection ID of a client has no token."""
    return p.issuer == "server" or not has(s.tokened, s.first)


@machine.always("RFC9000-10.3.2-03")
def an_empty_connection_id_has_no_token(s: StatelessReset, p: Parameters) -> bool:
    """Who derives tokens from connection IDs gives none out with an empty one."""
    return p.zero_length == "no" or is_empty(s.tokened)


@machine.always("RFC9000-10.3.2-07", "RFC9000-10.3-06")
def tokens_of_an_honest_issuer_differ(s: StatelessReset, p: Parameters) -> bool:
    """An issuer that keeps the rules sends no token twice, and is never closed on for that."""
    return s.rogue == "yes" or (is_empty(s.copied) and s.end != CLOSED)


@machine.always("RFC9000-10.3.3-01")
def resets_are_rationed(s: StatelessReset, p: Parameters) -> bool:
    """However many packets come in, an end sends no more resets in an interval than it has set itself."""
    return s.sent <= p.limit and s.sent_back <= p.limit
