"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.consumer import common
from pathproof.model.stateless_reset.state import (
    CLOSED,
    CLOSING,
    DISCARDED,
    HOLDS,
    LEAST,
    LONG,
    OPEN,
    RESTARTED,
    SHORT_TRIGGER,
    TO_CONSUMER,
    TO_ISSUER,
    TO_OTHER,
    VALID_FIRST,
    VALID_LATER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import is_empty


@machine.sometimes("RFC9000-10.3-05")
def a_reset_ended_a_lost_connection(s: StatelessReset, p: Parameters) -> bool:
    """A reset has ended a connection that its issuer lost in a restart."""
    return s.fate == "gone" and s.holder == RESTARTED


@machine.sometimes("RFC9000-9.3.2-05", "RFC9001-6.6-04")
def a_reset_ended_a_discarded_connection(s: StatelessReset, p: Parameters) -> bool:
    """A reset has ended a connection that its issuer discarded without a word."""
    return s.fate == "gone" and s.holder == DISCARDED


@machine.sometimes("RFC9000-10.3.1-11")
def a_reset_came_on_a_probed_path(s: StatelessReset, p: Parameters) -> bool:
    """A reset has ended a connection with the token of a connection ID that was in probes only."""
    return s.fate == "gone" and not is_empty(common(s.revealed, s.probed))


@machine.sometimes("RFC9000-21.11-03")
def a_reset_ended_an_unreachable_connection(s: StatelessReset, p: Parameters) -> bool:
    """A reset of another instance has ended a connection whose packets no longer reach their own."""
    return s.fate == "unreachable" and p.cluster == "rerouted"


@machine.sometimes("RFC9000-21.11-01", "RFC9000-21.11-02")
def an_oracle_ended_a_held_connection(s: StatelessReset, p: Parameters) -> bool:
    """An attacker has had another instance compute the token of a connection, and has ended that."""
    return s.fate == "held" and p.cluster == "answering_by_address" and p.token_lifetime == "sent"


@machine.sometimes("RFC9000-21.11-02")
def another_instance_keeps_silent(s: StatelessReset, p: Parameters) -> bool:
    """A packet of a held connection has reached an instance that must not answer it."""
    return s.heading == TO_OTHER and s.size > 0 and s.holder == HOLDS and p.cluster == "silent_by_address"


@machine.sometimes("RFC9000-10.3-10", "RFC9000-19.16-04")
def a_retired_token_was_shown(s: StatelessReset, p: Parameters) -> bool:
    """The issuer holds the connection and has shown the token of a retired connection ID."""
    return s.end == OPEN and s.holder == HOLDS and not is_empty(common(s.revealed, s.retired))


@machine.sometimes("RFC9000-10.3-10")
def a_retirement_is_unacknowledged(s: StatelessReset, p: Parameters) -> bool:
    """The token of a connection ID is void for one end, and the acknowledgment of that still under way."""
    return s.end == OPEN and not is_empty(s.invalidated) and is_empty(s.acknowledged)


@machine.sometimes("RFC9000-10.3.3-01")
def resets_answer_resets(s: StatelessReset, p: Parameters) -> bool:
    """Both ends have lost the connection and have answered each other."""
    return s.end == RESTARTED and s.holder == RESTARTED and s.answered > 0 and s.answered_back > 0


@machine.sometimes("RFC9000-10.3-14", "RFC9000-10.3.3-01")
def a_reset_has_the_least_size(s: StatelessReset, p: Parameters) -> bool:
    """The smallest reset is under way."""
    return s.heading == TO_CONSUMER and s.size == LEAST + p.expansion and s.answered > 0


@machine.sometimes("RFC9000-10.3-16")
def a_reset_is_free_in_size(s: StatelessReset, p: Parameters) -> bool:
    """A trigger is so long that its reset may be shorter by more than a byte."""
    return s.heading == TO_ISSUER and s.size > SHORT_TRIGGER + p.expansion and s.holder == RESTARTED


@machine.sometimes("RFC9000-10.3-18")
def a_reset_is_larger_than_three_packets(s: StatelessReset, p: Parameters) -> bool:
    """A reset is three times as large as the smallest packet, or larger."""
    return s.heading == TO_CONSUMER and s.size >= 3 * (LEAST + p.expansion) and s.answered > 0


@machine.sometimes("RFC9000-10.3.3-01")
def a_ration_is_used_up(s: StatelessReset, p: Parameters) -> bool:
    """An unknown packet arrives at an end that has sent its share of resets."""
    return s.heading == TO_ISSUER and s.size > 0 and s.holder == RESTARTED and s.answered >= p.limit


@machine.sometimes("RFC9000-10.3-21")
def a_reset_has_a_long_header(s: StatelessReset, p: Parameters) -> bool:
    """A token that is in use arrives at the end of a datagram with a long header."""
    return s.heading == TO_CONSUMER and s.form == LONG and s.names < p.cids and s.end == OPEN


@machine.sometimes("RFC9000-10.3.1-06", "RFC9000-10.3.1-07")
def a_token_comes_behind_a_valid_packet(s: StatelessReset, p: Parameters) -> bool:
    """A token arrives behind a packet that the consumer can process, which is the first or a later one."""
    return s.heading == TO_CONSUMER and s.names < p.cids and (s.form == VALID_FIRST or s.form == VALID_LATER)


@machine.sometimes("RFC9000-10.3.1-04")
def two_addresses_are_in_use(s: StatelessReset, p: Parameters) -> bool:
    """Packets went to two addresses of the issuer, under a connection ID for each."""
    return s.end == OPEN and not is_empty(s.second) and is_empty(s.retired)


@machine.sometimes("RFC9000-10.3-03")
def an_error_is_told(s: StatelessReset, p: Parameters) -> bool:
    """The issuer closes the connection, and a packet of it arrives that is answered by no reset."""
    return s.holder == CLOSING and s.heading == TO_ISSUER and s.size > 0 and s.names < p.cids


@machine.sometimes("RFC9000-10.3.2-05", "RFC9000-10.3.2-06")
def a_second_connection_follows_a_reset(s: StatelessReset, p: Parameters) -> bool:
    """The two ends have another connection, and tokens of the former one are known to others."""
    return s.connection > 0 and s.end == OPEN and s.holder == HOLDS and not is_empty(s.revealed)


@machine.sometimes("RFC9000-10.3.2-08")
def closed_for_a_token(s: StatelessReset, p: Parameters) -> bool:
    """The consumer has closed because a token came a second time."""
    return s.end == CLOSED


@machine.sometimes("RFC9000-10.3.2-08")
def a_token_serves_two_connection_ids(s: StatelessReset, p: Parameters) -> bool:
    """The consumer uses a connection ID that came with the token of another one."""
    return s.end == OPEN and not is_empty(common(s.copied, s.used))
