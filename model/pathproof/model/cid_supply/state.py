"""What the two ends of one direction of connection ID supply hold, and the parameters of the machine.

Connection IDs are known by their sequence numbers. The issuer chooses them, the consumer puts them into the
packets it sends (RFC 9000 5.1). A connection has two such directions; they are independent.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import (
    DEFAULT_ACTIVE_CONNECTION_ID_LIMIT,
    MAX_CONNECTION_ID_LENGTH,
    MIN_ACTIVE_CONNECTION_ID_LIMIT,
    MIN_CONNECTION_ID_LENGTH,
)

SequenceNumber = Annotated[int, Below("cids")]

OPEN = "none"
FRAME_ENCODING_ERROR = "FRAME_ENCODING_ERROR"
CONNECTION_ID_LIMIT_ERROR = "CONNECTION_ID_LIMIT_ERROR"
PROTOCOL_VIOLATION = "PROTOCOL_VIOLATION"
UNNAMED = "unnamed"  # the text lets an end close and names no error for it


@dataclass
class CidSupply:
    """One direction of supply: issuer, consumer, and what peers that break the rules have done."""

    # The issuer.
    issued: int = number(Upto("cids"))  # the sequence number that the next connection ID gets
    retire_prior_to: int = number(Below("cids"))  # the largest Retire Prior To it sent
    sent_prior: Table = table(Below("cids"), Below("cids"))  # number -> Retire Prior To of its frame
    invalidated: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID has arrived for these
    # The consumer.
    received: Numbers = numbers(Below("cids"))  # arrived, in the handshake or in a frame
    active: Numbers = numbers(Below("cids"))  # received and not retired
    retired: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID was sent for these
    unacknowledged: Numbers = numbers(Below("cids"))  # retired, and no acknowledgment of that yet
    largest: int = number(Below("cids"))  # the largest sequence number received
    prior: int = number(Below("cids"))  # the largest Retire Prior To received
    current: int = number(Below("cids"))  # the connection ID in its packets now
    used: Numbers = numbers(Below("cids"))  # were in a packet from some local address
    elsewhere: Numbers = numbers(Below("cids"))  # were in a packet from a former local address
    address: int = number(Below(2))  # its local address: every move turns it round
    # Either end: the error it closed the connection with.
    error: str = choice(OPEN, FRAME_ENCODING_ERROR, CONNECTION_ID_LIMIT_ERROR, PROTOCOL_VIOLATION, UNNAMED)
    # What really arrived, for claims only: no end reads it.
    asked: int = number(Below("cids"))  # the largest Retire Prior To, by `truth`
    # What was done against the rules, for claims only: no end reads it.
    rogue_issuer: str = choice("no", "yes")
    rogue_consumer: str = choice("no", "yes")
    breach: str = choice(
        "none",
        "limit exceeded",
        "prior above number",
        "length out of range",
        "number for two connection IDs",
        "connection ID with two numbers",
        "connection ID with two tokens",
        "token for two connection IDs",
        "frame despite zero length",
        "retirement of a number never issued",
        "retirement of its own destination",
        "retirement despite zero length",
    )


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the configuration of the connection, and the readings of the text."""

    cids: int = parameter(4, 2, "connection IDs the issuer may issue in all (5.1.1 lets it set a cap)")
    limit: int = parameter(
        DEFAULT_ACTIVE_CONNECTION_ID_LIMIT,
        MIN_ACTIVE_CONNECTION_ID_LIMIT,
        "the consumer's active_connection_id_limit",
    )
    length: int = parameter(
        8,
        MIN_CONNECTION_ID_LENGTH,
        "bytes of every connection ID of an issuer that keeps the rules",
        most=MAX_CONNECTION_ID_LENGTH,
    )
    retirements: int = parameter(4, 1, "unacknowledged retirements the consumer is ready to track")
    preferred_address: str = option("no", "yes", says="a preferred address has supplied number 1")
    zero_length: str = option("no", "yes", says="the issuer chose a zero-length connection ID")
    lower_prior: str = option(
        "never", "sent", says="whether a later frame carries a smaller value (19.15-11)"
    )
    raises: str = option("freely", "waits", says="whether Retire Prior To waits for the last one (5.1.2-14)")
    unserved: str = option("waits", "closes", says="an issuer that can serve old IDs no longer (5.1.2-09)")
    rogue: str = option("both", "nobody", "issuer", "consumer", says="which end may break the rules")
    limit_counts: str = reading("all", says="which connection IDs count: the text leaves no other reading")
    excess: str = reading("covered", "never", says="what the issuer counts toward the limit")
    retransmission: str = reading("identical", "updated", says="Retire Prior To of a repeated frame")
    unseen_below: str = reading("on_arrival", "at_once", says="when numbers that never arrived are retired")
    late_frame: str = reading(
        "once", "again", says="answer to further copies of a frame below Retire Prior To"
    )
    retire_overflow: str = reading("keep", "close", says="more unacknowledged retirements than the bound")
    conflict: str = reading("close", "ignore", says="a frame that contradicts an earlier one")
    token_reuse: str = reading("close", "ignore", says="a token seen with another connection ID")
    self_retire: str = reading("close", "accept", says="RETIRE_CONNECTION_ID of its packet's destination")
    zero_length_move: str = reading("may", "barred", says="moving while the peer uses a zero-length ID")


def is_open(s: CidSupply) -> bool:
    """Neither end has closed the connection."""
    return s.error == OPEN
