"""What the server, its client and the network hold while an address is not validated, and the parameters.

Sizes are counted in a unit: `padded` of it make 1200 bytes, and one of it is the smallest datagram. A path is
a pair of addresses, or a path ID; `leads` says to which address of the client it leads. A datagram counts
against the limit of an account: that of the address, or by `amplification_scope` that of the path.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import AMPLIFICATION_FACTOR

Address = Annotated[int, Below("addresses", "address")]
Path = Annotated[int, Below("paths", "path")]
Size = Annotated[int, Upto("padded")]
Part = Annotated[int, Below("parts")]

# No symmetry is declared: an account is an address or, by `amplification_scope`, a path, so that its number
# is a name of either sort; and rows of three paths alone have names that are alike, which would save half.
# Nor is a normal form: what came and what went could be kept as their difference alone, but claims ask, too,
# whether anything went at all, and by `amplification_scope` two such differences share datagrams.

FACTOR = AMPLIFICATION_FACTOR  # bytes that may go out for each byte that came in (8-01)
SMALL = 1  # the smallest datagram that carries what it has to, in the unit of all sizes
PATIENCE = 2  # datagrams that a closing server lets pass at most, one after the other; any number would do


@dataclass
class AntiAmplification:
    """A server, its client, the network between them, and what really happened."""

    leads: Table = table(Below("paths", "path"), Below("addresses", "address"))  # path -> client's address
    # The server.
    stage: str = choice("idle", "handshake", "established", "closing")
    current: int = number(Below("paths", "path"))  # the path that its packets take
    home: int = number(Below("paths", "path"))  # the path validated last
    allowance: Table = table(Below("paths"), Upto("volume"))  # account -> what may still go there
    valid: Numbers = numbers(Below("paths"))  # accounts without a limit
    seen: Numbers = numbers(Below("paths", "path"))  # paths on which packets came lately
    validating: Numbers = numbers(Below("paths", "path"))  # path validation is not over
    challenged: Numbers = numbers(Below("paths", "path"))  # PATH_CHALLENGE has gone there
    owed: Numbers = numbers(Below("paths", "path"))  # PATH_RESPONSE is still to go there
    mtu: Numbers = numbers(Below("paths", "path"))  # known to carry 1200 bytes
    sent_parts: int = number(Upto("parts"))  # datagrams of its first flight that have left once
    ack_due: str = choice("no", "yes")  # an Initial packet waits for its acknowledgment
    timer: str = choice("unarmed", "armed", "expired")  # its PTO timer in the handshake
    overdue: str = choice("no", "yes")  # the PTO has passed while the timer was unarmed
    closing_allowance: int = number(Upto("volume"))  # what a closing server without keys may still send
    pause: int = number(Upto(PATIENCE))  # datagrams that a closing server has still to let pass
    last_pause: int = number(Upto(PATIENCE))  # and how many those were when it answered last
    # The network: what is on its way, and may be lost.
    flight_out: Numbers = numbers(Below("parts"))
    ack_out: str = choice("no", "yes")
    probe_out: str = choice("nothing", "initial", "handshake")  # from the client
    small_out: Numbers = numbers(Below("paths", "path"))  # PATH_CHALLENGE below 1200 bytes, or its answer
    full_out: Numbers = numbers(Below("paths", "path"))  # PATH_CHALLENGE in 1200 bytes, or its answer
    # The client.
    parts_held: Numbers = numbers(Below("parts"))  # part 0 brings the keys for Handshake packets
    unacknowledged: str = choice("no", "yes")  # its Initial packet is in flight
    tokens: Numbers = numbers(Below("addresses", "address"))  # addresses at which it was given a token
    retried: str = choice("no", "yes")  # it knows the connection ID of a Retry packet
    # What really happened, for claims and for the network; no endpoint reads it.
    held: Numbers = numbers(Below("addresses", "address"))  # the client receives at these addresses
    proven: Numbers = numbers(Below("addresses", "address"))  # and has shown so: nothing is counted there
    proven_on: Numbers = numbers(Below("paths", "path"))
    carried: Numbers = numbers(Below("paths", "path"))  # a datagram of 1200 bytes was answered
    reassigned: Numbers = numbers(Below("addresses", "address"))  # have come into other hands
    guarded: Numbers = numbers(Below("addresses", "address"))  # have a port that attacks often aim at
    came: Table = table(Below("addresses", "address"), Upto("volume"))
    went: Table = table(Below("addresses", "address"), Upto("volume"))
    came_on: Table = table(Below("paths", "path"), Upto("most"))
    went_on: Table = table(Below("paths", "path"), Upto("volume"))
    closing_came: int = number(Upto("most"))
    closing_went: int = number(Upto("volume"))
    unanswered: int = number(Upto(PATIENCE))  # datagrams at a closing server since its last answer
    flaw: str = choice(
        "none",
        "challenge below 1200 bytes although the limit had room",
        "response below 1200 bytes although the limit had room",
        "response expanded in part",
        "data before the challenge",
        "data before an overdue probe",
        "Initial packet below 1200 bytes",
        "wrong kind of probe",
        "stateless answer past the limit",
        "no answer while closing",
        "every datagram answered although the rate is limited",
        "datagram of no connection answered although the keys were kept",
        "datagram of no connection answered although none is to be",
    )


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the configuration of the endpoints, and the readings of the text."""

    addresses: int = parameter(2, 2, "addresses from which packets come", most=4)
    paths: int = parameter(2, 2, "paths: one to each address, and any further ones to address 1", most=4)
    padded: int = parameter(4, 2, "units of size in 1200 bytes")
    close: int = parameter(2, 1, "units of size in a datagram with CONNECTION_CLOSE")
    parts: int = parameter(4, 1, "datagrams of 1200 bytes in the server's first flight")
    most: int = parameter(4, 1, "units that are counted ahead from one account: see `truth`")
    volume: int = parameter(16, 4, "units that are counted at most: three times `most`, and a datagram more")
    begins: str = option("established", "idle", says="whether the handshake is over when the run begins")
    attackers: str = option("any", "none", says="whether source addresses are spoofed")
    after_move: str = option(
        "goes on", "listens", says="whether a client that the server knows of sends of its own accord"
    )
    reassignment: str = option(
        "no", "yes", says="whether an address that the client gave up gets another owner"
    )
    establishment: str = option(
        "stable", "follows", says="a server whose client's address changes in the handshake"
    )
    long_ids: str = option("ignored", "validate", says="a connection ID of 64 bits or more as proof (8.1-02)")
    ports: str = option("any", "guarded", says="whether a server keeps off ports that attacks often aim at")
    data_first: str = option("no", "yes", says="whether data may go before a challenge that is due (9.3)")
    closing_rate: str = option("each", "fewer", says="what a closing endpoint answers (10.2.1-04)")
    closing_keys: str = option("dropped", "kept", says="keys of a closing endpoint (10.2.1-07 and 10.2.1-08)")
    closing_unvalidated: str = option(
        "limit", "discard", says="packets from an unvalidated address while closing"
    )
    amplification_scope: str = reading("address", "path", says="what has a limit of its own")
    closing_unattributed: str = reading("any", "attributed", says="what a closing endpoint answers")
    padding_budget: str = reading(
        "small_first", "wait", says="a challenge where the limit forbids 1200 bytes"
    )
    partial_expansion: str = reading(
        "none", "up_to_limit", says="a response where the limit forbids 1200 bytes"
    )
    rebinding_validation: str = reading(
        "ever", "recent", "seen", says="addresses that are not validated again"
    )
