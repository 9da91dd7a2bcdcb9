"""What a client and a server with a preferred address hold, and the parameters of the machine.

The client has two local addresses: `HOME`, which it had in the handshake, and `AWAY`. The server has the
`ORIGINAL` address, where the handshake took place, and the `PREFERRED` one that the client takes from the
transport parameter. Packet numbers are grouped: a generation is all the non-probing packets that the client
sends between two changes of their path. Every generation has packets without end and is above the one before.

No names may be exchanged: each of the four addresses has a role of its own, connection ID number 1 is that of
the parameter, and the client answers with the lowest unused one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import MIN_ACTIVE_CONNECTION_ID_LIMIT, ErrorCode

Local = Annotated[int, Below(2, "local address")]
Server = Annotated[int, Below(2, "server address")]
Path = Annotated[int, Below(4, "client path")]
Observed = Annotated[int, Below(5, "observed path")]
ServerPath = Annotated[int, Below(6, "observed path")]  # and the way back to a stranger
ConnectionId = Annotated[int, Below("cids", "connection ID")]
Generation = Annotated[int, Below("generations")]

OPEN = "none"
TRANSPORT_PARAMETER_ERROR = ErrorCode.TRANSPORT_PARAMETER_ERROR.name
PROTOCOL_VIOLATION = ErrorCode.PROTOCOL_VIOLATION.name

ROOM = 3  # datagrams for each that came from an unvalidated address, all of one size (RFC 9000 8)
PROBES = 3  # challenges of one attempt: one at its start, and one when each of two PTOs has passed
FLOOD = 15  # the ghosts that count datagrams stop here


@dataclass
class PreferredAddress:
    """A client, a server with two addresses, what is under way between them, and what attackers did."""

    # Both ends.
    stage: str = choice("handshake", "parameters", "confirmed")
    error: str = choice(OPEN, TRANSPORT_PARAMETER_ERROR, PROTOCOL_VIOLATION)
    # The client.
    address: str = choice("none", "offered", "former")  # where it takes the preferred address from
    number_one: str = choice("unknown", "parameter", "frame")  # what brought connection ID number 1
    attempt: str = choice("none", "running", "failed", "done")  # to validate the preferred address
    generation: int = number(Below("generations"))  # its packets belong to this generation now
    sent_on: Table = table(Below("generations"), Below(4, "client path"))  # generation -> its path
    validated: Numbers = numbers(Below(4, "client path"))
    probing: Numbers = numbers(Below(4, "client path"))  # validations that run
    ticks: Table = table(Below(2, "server address"), Upto(3))  # PTOs since a validation began there
    bearing: Table = table(Below(4, "client path"), Upto("cids", "connection ID"))  # path -> number + 1
    active: Numbers = numbers(Below("cids", "connection ID"))  # received and not retired
    spent: Numbers = numbers(Below("cids", "connection ID"))  # were in a packet on some path
    # The server.
    issued: int = number(Upto("cids"))  # the sequence number that the next connection ID gets
    peer: int = number(Below(5, "observed path"))  # the path of the highest non-probing packet
    settled: int = number(Below(5, "observed path"))  # the last such path that was validated
    checked: Numbers = numbers(Below(5, "observed path"))  # validated by the server
    checking: Numbers = numbers(Below(5, "observed path"))  # its validations that run
    equipped: Numbers = numbers(Below(6, "observed path"))  # paths with a connection ID of the client
    moved_at: int = number(Below("generations"))  # the number of the packet that completed the move
    largest: int = number(Below("generations"))  # the largest number received
    largest_wish: int = number(Below("generations"))  # the largest number of a non-probing packet
    from_third: int = number(Upto("copies"))  # datagrams that came from a source that did not validate
    to_third: int = number(Upto(FLOOD))  # datagrams that it sent there, by its own count
    # On their way, at any time and any number of times.
    server_answers: Numbers = numbers(Below(4, "client path"))  # PATH_RESPONSE to the client's challenge
    client_answers: Numbers = numbers(Below(5, "observed path"))  # PATH_RESPONSE to the server's challenge
    # The attackers.
    blocked: Numbers = numbers(Below(2, "server address"))  # where an attacker on the path drops all
    copies: int = number(Upto("copies"))  # packets copied so far
    # What really happened, for claims only: no end reads it.
    victim: str = choice("no", "yes")  # the preferred address is somebody else's
    reached_third: int = number(Upto(FLOOD))  # datagrams that left for the stranger's source, by `truth`
    to_victim: int = number(Upto(FLOOD))  # datagrams the client sent to the victim
    from_victim: int = number(Upto(3))  # challenges that seemed to come from there
    returned: str = choice("no", "yes")  # the client sent to the original address after it had left it
    dropped: str = choice("nothing", "a delayed packet", "a packet sent by right")
    taken_in: str = choice("from known", "from elsewhere")  # what the client has processed
    breach: str = choice(
        "none",
        "empty connection ID",
        "long connection ID",
        "parameter despite empty connection ID",
        "short parameter",
        "parameter of a client",
        "number 1 twice",
        "another address",
    )


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the configuration of the connection, and the readings of the text."""

    cids: int = parameter(3, 2, "connection IDs the server may issue in all", most=6)
    limit: int = parameter(3, MIN_ACTIVE_CONNECTION_ID_LIMIT, "the client's active_connection_id_limit")
    generations: int = parameter(3, 2, "paths that the client's packets take one after the other")
    spares: int = parameter(5, 0, "connection IDs of the client that the server has beside the first")
    copies: int = parameter(1, 1, "packets that the attacker copies in all", most=7)
    numbering: str = option("ends", "goes on", says="whether the server's supply ends with `cids`")
    client_supply: str = option("ends", "goes on", says="whether the client's supply ends with `spares`")
    offered: str = option("both", "ipv4", "ipv6", "none", says="the families of the preferred address")
    network: str = option("ipv4", "dual", says="the client's: AWAY is an IPv6 address in `dual`")
    nat: str = option("none", "per_destination", says="HOME is seen as AWAY at the preferred address")
    resumed: str = option("no", "yes", says="an earlier connection had another preferred address")
    withdraws: str = option("never", "may", says="Retire Prior To 2 may take number 1 away unused")
    zero_length: str = option("no", "yes", says="the server chose a zero-length connection ID")
    disabled: str = option("no", "yes", says="the server sent disable_active_migration")
    unprobed_move: str = option("never", "may", says="to another local address at the original one (9.2-02)")
    meanwhile: str = option(
        "follows", "waits", says="where packets go while a new path to the preferred address is not validated"
    )
    old_address: str = option("drops", "follows", says="newer packets at the old address (9.6.2-06)")
    attacker: str = option("nobody", "copier", "cutter", "namer", "forger", "server", "client")
    newer_packets: str = reading("by_number", "every", says="what is dropped at the old address")
    preferred_answer_path: str = reading("challenged", "preferred", says="answers after the move")
    preferred_retry: str = reading("may_retry", "for_good", says="after a failed validation")
    preferred_timing: str = reading("any_unused", "own_number", says="when, and with which number")
    probes_counted: str = reading("all_packets", "non_probing", says="what a new maximum exceeds")
    server_migration: str = reading("preferred_known", "discard", says="packets before the client sent")
    disabled_migration_scope: str = reading("lifted", "handshake_address", says="how far the bar reaches")
    challenge_when_disabled: str = reading("validate", "drop", says="packets that break the bar")
    conflict: str = reading("close", "ignore", says="a frame that contradicts an earlier one")


def is_open(s: PreferredAddress) -> bool:
    """Neither end has closed the connection."""
    return s.error == OPEN


def is_confirmed(s: PreferredAddress) -> bool:
    """The connection is open, and its handshake is confirmed at the client."""
    return s.error == OPEN and s.stage == "confirmed"
