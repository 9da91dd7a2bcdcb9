"""What a client that moves and the server that follows it know, and what the network does to their packets.

Only the client moves (RFC 9000 9-07), so packets with numbers are those from client to server. Addresses are
those of the client as the network shows them; some may become a NAT's, an attacker's or a victim's. The
server has one address here. `preferred_address` is the machine in which it has two.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import AMPLIFICATION_FACTOR, ErrorCode

AN_ADDRESS = Below("addresses", "address")
A_PACKET = Below("packets")
SERVER_SUPPLIED = Upto("server_cids", "connection ID of the server")  # 0 stands for none
CLIENT_SUPPLIED = Upto("cids", "connection ID of the client")  # 0 stands for none

Address = Annotated[int, AN_ADDRESS]
PacketNumber = Annotated[int, A_PACKET]
ConnectionID = Annotated[int, CLIENT_SUPPLIED]

FACTOR = AMPLIFICATION_FACTOR  # datagrams that may go to an address not validated, for each from there
TOO_MANY = FACTOR + 1  # datagrams went to an address not validated

SERVER, ELSEWHERE = 0, 1  # where a packet to the client comes from: the server's address, or another
OPEN, DISCARDED, CLOSED = "open", "discarded", "closed"
NO_VIABLE_PATH = ErrorCode.NO_VIABLE_PATH.name
UNDER_WAY, COMPLETE, CONFIRMED = "under way", "complete", "confirmed"


@dataclass
class Migration:
    """A client, a server that follows it, and the packets between them."""

    connection: str = choice(OPEN, DISCARDED, CLOSED, NO_VIABLE_PATH)
    handshake: str = choice(UNDER_WAY, COMPLETE, CONFIRMED)  # complete at the server, then confirmed to both
    # The client.
    outer: int = number(AN_ADDRESS)  # where its packets come from, as the network delivers them
    next_cid: int = number(SERVER_SUPPLIED)  # how many of the server's connection IDs it has used so far
    works: Numbers = numbers(AN_ADDRESS)  # it has validated the path from these
    waited: int = number(Upto("ptos"))  # PTOs since it challenged the path it is on
    owes: str = choice("nothing", "a packet")  # a non-probing packet, in answer to a challenge (9.3.3)
    answered: Numbers = numbers(AN_ADDRESS)  # it sent PATH_RESPONSE to the last challenge on these
    # Its packets, by number. What was sent may arrive at any later time, or never, and a copy at any time.
    sent: int = number(Upto("packets"))
    source: Table = table(A_PACKET, AN_ADDRESS)
    probing: Numbers = numbers(A_PACKET)  # hold nothing but probing frames
    # The connection ID in packets from each address: the client chose it, and the server reads it.
    peer_cid: Table = table(AN_ADDRESS, SERVER_SUPPLIED)
    # The server: packets and paths.
    received: Numbers = numbers(A_PACKET)
    highest: int = number(Upto("packets"))  # one more than the highest number that counts; 0 for none
    current: int = number(AN_ADDRESS)  # where it sends its packets
    # The peer address validated last (9.3.2-01): the one in use, once it is validated; else the last one to
    # become so, also if it was left by then, or to be returned to (9.3-06). One that was only probed is none,
    # since 9-09 lets no data go there. A second answer of a former path changes nothing (9.3.3).
    fallback: int = number(AN_ADDRESS)
    heard: Numbers = numbers(AN_ADDRESS)  # a non-probing packet came from there (9-09), at whatever time
    paths: Numbers = numbers(AN_ADDRESS)  # it keeps state about these
    validated: Numbers = numbers(AN_ADDRESS)
    due: Numbers = numbers(AN_ADDRESS)  # PATH_CHALLENGE is to be sent there
    validating: Numbers = numbers(AN_ADDRESS)  # PATH_CHALLENGE was sent there and not answered yet
    ticks: Table = table(AN_ADDRESS, Upto("ptos"))  # PTOs since the challenge
    asked: Numbers = numbers(AN_ADDRESS)  # PATH_RESPONSE is to be sent there
    allowance: Table = table(AN_ADDRESS, Upto(FACTOR))  # datagrams that may go to an address not validated
    # The server: connection IDs that the client supplied.
    issued: Numbers = numbers(CLIENT_SUPPLIED)  # supplied, and the client knows of no retirement
    spare: Numbers = numbers(CLIENT_SUPPLIED)  # supplied, and never used
    retired: Numbers = numbers(CLIENT_SUPPLIED)  # RETIRE_CONNECTION_ID is on its way to the client
    users: Table = table(CLIENT_SUPPLIED, Upto("addresses"))  # how many paths use it
    cid_at: Table = table(AN_ADDRESS, CLIENT_SUPPLIED)  # the one in packets toward an address
    pair: Table = table(SERVER_SUPPLIED, CLIENT_SUPPLIED)  # the one it uses toward a peer that uses this one
    seen: Numbers = numbers(SERVER_SUPPLIED)  # were in packets from the peer
    # The server: what it has learnt of each path, and the data it sends.
    grown: Numbers = numbers(AN_ADDRESS)  # window and round-trip estimate are no longer the initial ones
    ecn: str = choice("testing", "capable")  # of the path in use
    pending: str = choice("nothing", "data")  # the application has data that is not acknowledged
    flight: Numbers = numbers(AN_ADDRESS)  # data was sent there, neither acknowledged nor declared lost
    # The network: what no endpoint reads.
    own: Numbers = numbers(AN_ADDRESS)  # the client's, now or before
    reachable: Numbers = numbers(AN_ADDRESS)  # what is sent there reaches the client
    rebound: Numbers = numbers(AN_ADDRESS)  # a NAT gave it to the client, which does not know
    strangers: Numbers = numbers(AN_ADDRESS)  # an attacker's or a victim's
    # What was done against the rules, for claims only.
    spoken: Numbers = numbers(AN_ADDRESS)  # a non-probing packet came from there, by `truth`
    proven: int = number(AN_ADDRESS)  # the address to fall back to, by `truth`
    owed: Numbers = numbers(AN_ADDRESS)  # PATH_CHALLENGE came from there, and no answer has left, by `truth`
    earned: Numbers = numbers(AN_ADDRESS)  # what is learnt of it comes from what went there, by `truth`
    flooded: Table = table(AN_ADDRESS, Upto(TOO_MANY))  # what may still go there by `truth`, or too many
    misdirected: str = choice("no", "yes")  # the highest packet came from here, and the server sends there
    heeded: str = choice("no", "yes")  # the client acted on a packet from an unknown server address
    fed: str = choice("by its own path", "by another port", "by another host")  # the context in use


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, what client, server and network do, and the readings of the text."""

    addresses: int = parameter(3, 2, "addresses that packets of the client may come from")
    packets: int = parameter(3, 1, "packets of the client whose order may still matter", most=6)
    cids: int = parameter(2, 2, "connection IDs of the client in supply at a time (its peer's limit, 18.2)")
    server_cids: int = parameter(2, 1, "connection IDs of the server that the client may use in all", most=3)
    ptos: int = parameter(1, 1, "PTOs until a validation is given up (8.2.4 recommends 3)", most=3)
    paths: int = parameter(3, 2, "addresses about which the server keeps state")
    attacker: str = option("off path", "nobody", "client", says="who attacks: a copier, or the client")
    relay: str = option("no", "yes", says="whether the copier also hands on what comes to its address")
    copier: str = option("hops", "stays", says="whether the copier uses several addresses of its own")
    network: str = option("rebinds", "steady", says="whether a NAT gives the client new addresses")
    client: str = option(
        "moves",
        "probes",
        "stays",
        "changes",
        says="moves, probes before, or changes its ID alone",
    )
    data: str = option("none", "flows", says="whether the server sends data")
    numbering: str = option("ends", "goes on", says="whether packet numbers end with the bound")
    differ: str = option("host", "port", says="how the addresses differ")
    ecn_marks: str = option("pass", "vanish with their packet", says="what paths do to marked packets")
    handshake: str = option("confirmed", "under way", says="how far the handshake is at the beginning")
    zero_length: str = option("neither", "client", "server", "both", says="whose connection ID is empty")
    disable_active_migration: str = option("no", "yes", says="the server sent the parameter")
    preferred_address: str = option(
        "none", "in use", "left", says="whether the client acted on one, and whether it is there still"
    )
    prior: str = option("never", "raised", says="whether the client raises Retire Prior To for room (5.1.1)")
    remembers: str = option("yes", "no", says="whether the server knows the address validated last")
    former_failed: str = option(
        "kept", "dropped", says="the former path after its challenge (9.3.3) found no answer"
    )
    probed_path: str = option("answered", "validated", says="what the server does with a probed path")
    pathless: str = option("waits", "discards", "signals", says="an end without a path (8.2.4, 9)")
    early_change: str = option(
        "dropped", "followed", says="what comes from a new address during the handshake"
    )
    data_first: str = option("no", "yes", says="whether data may go before a challenge that is due (9.3)")
    apparent_migration: str = reading(
        "rebinding", "unvalidated", "all", says="when the former path is challenged"
    )
    exhausted_supply: str = reading(
        "silent", "refuse", says="a move of the peer with no spare ID left for it"
    )
    path_context: str = reading("excluded", "carried", says="packets sent to the old port")
    cid_change_response: str = reading(
        "moved", "each_address", "mirrored", says="when the server takes a fresh connection ID"
    )
    challenge_when_disabled: str = reading("validate", "drop", says="packets of a peer barred from moving")
    disabled_migration_scope: str = reading("lifted", "handshake_address", says="how far the bar reaches")
    rebinding_validation: str = reading("ever", "recent", "seen", says="how long a validation holds")
    validation_failure: str = reading("may", "abandon", says="validations of addresses left behind")
    failed_elsewhere: str = reading(
        "ignored", "reverts", says="a failed validation of an address left behind"
    )
    probes_counted: str = reading("all_packets", "non_probing", says="which numbers a move must exceed")
    probe_order: str = reading("any", "highest", says="an overtaken packet from a new address")
    old_path_answer: str = reading("beside", "same_packet", says="the answer on an active path")
    zero_length_move: str = reading("may", "barred", says="moving under a zero-length connection ID")


def is_open(s: Migration) -> bool:
    """Neither end has given the connection up."""
    return s.connection == OPEN


def client_is_empty(p: Parameters) -> bool:
    """The client chose a zero-length connection ID, so packets to it bear none."""
    return p.zero_length == "client" or p.zero_length == "both"


def server_is_empty(p: Parameters) -> bool:
    """The server chose a zero-length connection ID, so packets of the client bear none."""
    return p.zero_length == "server" or p.zero_length == "both"
