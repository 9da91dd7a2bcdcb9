"""What a step must be like that ends a connection by a reset, begins another one, or meets a breach."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.ghosts import (
    comes_from_where_it_was_used,
    must_be_compared,
    was_its_own_token_given,
)
from pathproof.model.stateless_reset.state import (
    CLOSED,
    DRAINING,
    LEAST,
    OPEN,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import has, is_empty


def ends(s: StatelessReset, after: StatelessReset) -> bool:
    """What was under way to the consumer is a reset, and the step ends the connection by it."""
    return s.end == OPEN and s.fate == "none" and after.fate != "none"


@machine.step("RFC9000-10.3-05", "RFC9000-10.3.2-01")
def only_a_token_ends(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """No bytes but a token end a connection: not a guess, and not 16 bytes of zero."""
    return not ends(s, after) or s.names < p.cids


@machine.step("RFC9000-10.3-05", "RFC9000-10.3.1-03", "RFC9000-10.3.1-04")
def only_tokens_that_were_given_end(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A token ends a connection only if it came with a connection ID of it.

    The token that an issuer computes for a connection ID is none where another one came with that ID.
    """
    if not ends(s, after) or s.names >= p.cids:
        return True
    if s.names == s.first and not is_empty(s.copied):
        return True
    return was_its_own_token_given(s, p, s.names)


@machine.step("RFC9000-10.3.1-11", "RFC9000-10.3-05")
def a_reset_begins_the_draining_period(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """The step in which a reset ends a connection leaves it draining, and neither closing nor gone."""
    return not ends(s, after) or after.end == DRAINING


@machine.step("RFC9000-10.3.1-06", "RFC9000-10.3.1-07")
def a_processed_packet_spares_the_comparison(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """With `compares=when_due`, a datagram ends nothing if a packet in it was processed that counts.

    Which packets count is the reading `undecryptable_first`: any of them, or the first alone.
    """
    return not ends(s, after) or must_be_compared(s, p)


@machine.step(
    "RFC9000-10.3-10",
    "RFC9000-10.3.1-03",
    "RFC9000-10.3.1-08",
    "RFC9000-19.16-04",
    fails_under={"token_lifetime": "acknowledged", "token_reuse": "ignore"},
)
def no_token_outlives_its_connection_id(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """The token of a connection ID ends nothing once RETIRE_CONNECTION_ID has left for it."""
    return not ends(s, after) or s.names >= p.cids or not has(s.retired, s.names)


@machine.step(
    "RFC9000-10.3-10", "RFC9000-10.3.1-08", "RFC9000-19.16-04", fails_under={"token_reuse": "ignore"}
)
def no_token_outlives_its_acknowledged_retirement(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """Under either reading, the token of a connection ID ends nothing once its retirement is acknowledged."""
    return not ends(s, after) or s.names >= p.cids or not has(s.acknowledged, s.names)


@machine.step("RFC9000-10.3.1-03", "RFC9000-10.3.1-08")
def unused_tokens_end_nothing(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """The token of a connection ID that no packet has borne ends nothing."""
    return not ends(s, after) or s.names >= p.cids or has(s.used, s.names)


@machine.step("RFC9000-10.3.1-02", "RFC9000-10.3.1-04", fails_under={"token_scope": "any"})
def other_addresses_end_nothing(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A token ends nothing if it comes from another address than its connection ID was used toward."""
    if not ends(s, after) or s.names >= p.cids or s.rogue == "yes":
        return True
    return comes_from_where_it_was_used(s, s.names, s.address)


@machine.step("RFC9000-10.3-19", "RFC9000-10.3-14")
def what_is_too_small_ends_nothing(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A datagram below the smallest packet, of 21 bytes with the AEADs of RFC 9001, ends nothing."""
    return not ends(s, after) or s.size >= LEAST + p.expansion


@machine.step("RFC9000-18.2-09", "RFC9000-10.3-09")
def a_connection_id_without_token_is_never_reset(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """A first connection ID for which the handshake gave no token out cannot be reset."""
    if not ends(s, after) or s.names != s.first:
        return True
    return p.issuer == "server" and p.handshake_token == "sent" and p.zero_length == "no"


@machine.step("RFC9000-10.3.2-05", "RFC9000-10.3.2-06")
def no_connection_id_serves_two_connections(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A new connection begins under a connection ID that was never issued, and whose token none has seen."""
    if after.connection == s.connection:
        return True
    return after.first >= s.issued and not has(s.revealed, after.first)


@machine.step("RFC9000-10.3.2-08", fails_under={"token_reuse": "ignore"})
def token_breach_meets_its_error(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A token that came before with another connection ID is met by a close."""
    breach = "token for two connection IDs"
    return s.breach == breach or after.breach != breach or after.end == CLOSED
