"""What the two ends of one direction of stateless reset hold, and the parameters of the machine.

One end issues connection IDs and their tokens; the other, the consumer, puts the connection IDs into its
packets and compares what comes in with the tokens. A connection has two such directions. Connection IDs are
known by numbers that run on over connections, and the token of a connection ID by the same number. The number
`cids` stands for anything else: a connection ID that no connection has, or 16 bytes that are no token (16
bytes of zero, for one). Sizes are bytes of a UDP datagram.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading
from pathproof.model.vocabulary import Numbers
from pathproof.spec.names import IDLE_PTOS, MAX_CONNECTION_ID_LENGTH, STATELESS_RESET_TOKEN_LENGTH

# No names are alike: connection IDs are known by the order in which they were issued, and of the two remote
# addresses the first is the one that a connection begins with. What no longer matters is in `leftovers`.
ConnectionId = Annotated[int, Below("cids")]
Token = Annotated[int, Upto("cids")]  # of the connection ID with this number; the last one is no token
Beyond = Annotated[int, Upto("beyond")]  # bytes of a datagram beyond 20: see `bytes_of`
RemoteAddress = Annotated[int, Below(2)]
Form = Annotated[int, Below(4)]  # see `form_of`
Attributed = Annotated[int, Below(2)]

SHORT, LONG, VALID_FIRST, VALID_LATER = "short", "long", "valid first", "valid later"
HOLDS, CLOSING, DISCARDED, RESTARTED = "holds", "closing", "discarded", "restarted"
OPEN, DRAINING, CLOSED, OVER = "open", "draining", "closed", "over"
TO_ISSUER, TO_OTHER, TO_CONSUMER = "to the issuer", "to another instance", "to the consumer"
THREE_PTOS = IDLE_PTOS  # without a packet, before a connection is idle (10.1-06)
LONGEST_LEAK = 3  # parts of a token that a comparison can give away one by one: any number would do
# Sizes in bytes that the text has for AEADs that expand by as much as a token is long, without that (10.3).
LEAST = 21 - STATELESS_RESET_TOKEN_LENGTH  # of the smallest packet, and the smallest reset
SHORT_TRIGGER = 43 - STATELESS_RESET_TOKEN_LENGTH  # of the largest packet answered by one byte less
INCONSPICUOUS = 41 - STATELESS_RESET_TOKEN_LENGTH  # of the smallest reset that passes for any packet (10.3.3)
TOO_SMALL = LEAST + STATELESS_RESET_TOKEN_LENGTH - 1  # bytes that make no packet with any AEAD of RFC 9001
LARGEST_OF_ALL = 127  # bytes of a datagram in seven bits


@dataclass
class StatelessReset:
    """One direction of tokens: issuer, consumer, the datagram under way, and what really happened."""

    # The issuer, or the instance of it that has the connection.
    issued: int = number(Upto("cids"))  # the number that the next connection ID gets
    first: int = number(Below("cids"))  # the connection ID that the handshake of this connection supplied
    holder: str = choice(HOLDS, CLOSING, DISCARDED, RESTARTED)  # what it has of the connection's state
    invalidated: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID has arrived for these
    answered: int = number(Upto("counted"))  # resets it counts for the present interval
    # The consumer.
    end: str = choice(OPEN, DRAINING, CLOSED, OVER, RESTARTED)  # what it has of the connection's state
    received: Numbers = numbers(Below("cids"))  # supplied to it on this connection
    tokened: Numbers = numbers(Below("cids"))  # supplied with a token
    copied: Numbers = numbers(Below("cids"))  # came with the token of `first` instead of one of their own
    used: Numbers = numbers(Below("cids"))  # were in a packet
    second: Numbers = numbers(Below("cids"))  # were in a packet to the second remote address
    probed: Numbers = numbers(Below("cids"))  # were in probing packets only
    retired: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID was sent for these
    acknowledged: Numbers = numbers(Below("cids"))  # and was acknowledged
    idle: int = number(Upto(THREE_PTOS))  # PTOs that its idle timer has run for
    current: int = number(Below("cids"))  # the connection ID in its packets now
    answered_back: int = number(Upto("counted"))  # resets it counts for the present interval
    # The one datagram under way. All others are lost, or come again as repetitions.
    size: int = number(Upto(LARGEST_OF_ALL))  # 0: there is none
    heading: str = choice(TO_ISSUER, TO_OTHER, TO_CONSUMER)
    names: int = number(
        Upto("cids")
    )  # the connection ID it bears, or toward the consumer the token it ends in
    address: int = number(Below(2))  # the consumer's remote address that it goes to or comes from
    form: str = choice(SHORT, LONG, VALID_FIRST, VALID_LATER)
    routed: str = choice(TO_ISSUER, TO_OTHER)  # where packets of the consumer go now
    # What really happened, for claims and attackers only: no end reads it.
    revealed: Numbers = numbers(Below("cids"))  # tokens that were in a reset, so that others may know them
    sent: int = number(Upto("counted"))  # resets toward the consumer that left in the present interval
    sent_back: int = number(Upto("counted"))  # resets toward the issuer that did
    quiet: int = number(Upto(THREE_PTOS))  # PTOs since the consumer has heard a packet
    fate: str = choice(
        "none", "gone", "unreachable", "held"
    )  # what the issuer had when a reset ended the connection
    ignored: str = choice("no", "yes")  # a reset that must end the connection has not
    spoke: str = choice("no", "yes")  # the consumer sent a packet on a connection that had ended
    rogue: str = choice("no", "yes")  # the issuer has broken a rule
    breach: str = choice("none", "token for two connection IDs", "reset of a held connection")
    leaked: int = number(Upto(LONGEST_LEAK))  # parts of the current token that timing has given away
    connection: int = number(Below("connections"))  # how many connections there were before this one


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the configuration of the ends and of the cluster, and the readings."""

    cids: int = parameter(2, 1, "connection IDs that the issuer may issue over all connections")
    connections: int = parameter(1, 1, "connections between the two ends, one after the other")
    beyond: int = parameter(
        4,
        2,
        "bytes of the largest datagram beyond 20, which are too few for a packet",
        most=LARGEST_OF_ALL - TOO_SMALL,
    )
    length: int = parameter(
        1, 0, "bytes of the connection IDs that the consumer chose for itself", most=MAX_CONNECTION_ID_LENGTH
    )
    expansion: int = parameter(
        STATELESS_RESET_TOKEN_LENGTH,
        STATELESS_RESET_TOKEN_LENGTH,
        "the largest minimum expansion among the AEADs that an end may have agreed on, in bytes",
    )
    limit: int = parameter(1, 1, "resets that an end sends in one interval (10.3.3)")
    counted: int = parameter(2, 1, "resets that are counted in one interval; more than the limit")
    issuer: str = option("server", "client", says="which end issues the tokens")
    handshake_token: str = option("sent", "absent", says="whether a server sends stateless_reset_token")
    preferred_address: str = option("no", "yes", says="a preferred address has supplied a second token")
    zero_length: str = option("no", "yes", says="the issuer chose a zero-length connection ID")
    static_key: str = option("kept", "lost", says="whether the static key survives a restart")
    cluster: str = option(
        "single",
        "by_connection_id",
        "rerouted",
        "silent_by_address",
        "answering_by_address",
        "own_keys",
        says="instances that share the static key, how packets find them, and what they answer",
    )
    late_packets: str = option(
        "answered",
        "dropped",
        says="packets to retired connection IDs, at an issuer that holds the connection",
    )
    long_headers: str = option("answered", "dropped", says="unknown long header packets (10.3-22)")
    loop_state: str = option(
        "none",
        "until_silence",
        "rate_limit",
        says="state against loops, in place of smaller resets (10.3.3-01)",
    )
    short_triggers: str = option(
        "one_less",
        "any_size",
        says="resets for packets of up to 43 bytes: one byte shorter, as 10.3-16 advises, or of any size",
    )
    compares: str = option("when_due", "always", says="which datagrams the consumer compares (10.3.1-05)")
    idle_timer: str = option(
        "any time", "ordered", says="when the consumer times out: a run of either is one of any time"
    )
    attacker: str = option(
        "observer", "guesser", "nobody", says="a third party: on the path, off it, or none"
    )
    rogue_issuer: str = option("no", "yes", says="whether the issuer may break the rules")
    reset_oracle_exception: str = reading(
        "exception", "never", says="resets while another instance may have it"
    )
    reset_size: str = reading("all_sizes", "long_only", says="the sizes of triggers and of resets")
    three_times_larger: str = reading("fourfold", "threefold", says="the factor a reset stays below")
    token_lifetime: str = reading("sent", "acknowledged", says="when a retired token is compared no more")
    token_reuse: str = reading("close", "ignore", says="a token seen with another connection ID")
    token_scope: str = reading("address", "any", says="whether the remote address has to match")
    undecryptable_first: str = reading(
        "check", "skip", says="a datagram with a valid packet that is not its first"
    )
    reset_on_probed_path: str = reading("connection", says="what a reset on a probed path ends")


def form_of(which: int) -> str:
    """The forms of a datagram by number.

    One packet with a short or a long header, or a packet that the consumer can process, put first or later
    before the bytes that end in a token.
    """
    if which == 0:
        return SHORT
    if which == 1:
        return LONG
    return VALID_FIRST if which == 2 else VALID_LATER


def bytes_of(beyond: int) -> int:
    """The size of a datagram: nothing below 20 bytes is of interest, for 20 are too few for a packet."""
    return TOO_SMALL + beyond


def largest(p: Parameters) -> int:
    """The size of the largest datagram."""
    return bytes_of(p.beyond)


def is_clear(s: StatelessReset) -> bool:
    """No datagram is under way."""
    return s.size == 0


def fly(s: StatelessReset, size: int, heading: str, names: int, address: int) -> None:
    """A datagram with a short header is under way."""
    s.size = size
    s.heading = heading
    s.names = names
    s.address = address
    s.form = SHORT


def land(s: StatelessReset) -> None:
    """Nothing is under way any more; what was under way leaves no mark."""
    fly(s, 0, TO_ISSUER, 0, 0)
