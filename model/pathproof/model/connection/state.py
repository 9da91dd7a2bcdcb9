"""What two whole endpoints, the network between them and an observer of it know, and the parameters.

The fields of the parts are under their names (`parts`); what is here is what holds them together: under which
connection ID each packet goes, how the connection ends at either end, the first packets of all, and what an
observer of every path can tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pathproof.model.compose import composed
from pathproof.model.connection.parts import PARTS
from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import IDLE_PTOS

# No symmetry and no normal form is declared. Sequence numbers and packet numbers are ordered. Addresses would
# be alike but for the first, if what an observer has seen were not a set of pairs, whose names cannot be
# exchanged; two of three addresses gain a factor of 2 at most. Of normal forms tried, dropping what received
# packets bore keeps all states, dropping what a server holds that drains or is over keeps 92 %, and dropping
# all but the timers once both do keeps 78 % (58,350 states: one packet, ends close). Compiling costs more.
AN_ADDRESS = Below("addresses", "address")
A_PACKET = Below("packets")
A_SIGHTING = Below(("cids", "addresses"))  # a connection ID at an address: `observer.sighting`
SOME_NUMBER = Upto("cids")  # 0 for none, or one more than the sequence number of a connection ID

Address = Annotated[int, AN_ADDRESS]
PacketNumber = Annotated[int, A_PACKET]
SequenceNumber = Annotated[int, Below("cids")]
Sends = Annotated[int, Below(2)]  # whether CONNECTION_CLOSE leaves: it need not, and may be lost
Source = Annotated[int, Below(2)]  # a Source Connection ID: the genuine one, or another

OPEN, CLOSING, DRAINING, OVER, LOST = "open", "closing", "draining", "over", "lost"
NO_CODE, NO_ERROR, NAMED, GENERIC = "none", "NO_ERROR", "the one that the clause names", "a generic one"
IDLE, UNDER_WAY, PROVED, CONFIRMED = "nothing came", "under way", "client has Handshake keys", "confirmed"
INITIAL, HANDSHAKE, ONE_RTT = 0, 1, 2
CLIENT, SERVER = 0, 1
MOST_ADDRESSES, MOST_CIDS = 3, 3
THREE_PTOS = IDLE_PTOS  # without a packet, before a connection is idle (10.1-06)


@dataclass
class Own:
    """What no part holds."""

    # The connection IDs in packets.
    bears: Table = table(A_PACKET, Below("cids"))  # packet of the client -> number of its destination
    under: Table = table(AN_ADDRESS, SOME_NUMBER)  # client's address -> what its packets from there bear
    frames: str = choice("none", "an ID, then a challenge", "a challenge")  # left of a packet at the server
    frames_from: int = number(AN_ADDRESS)  # and where that came from
    supplied: Numbers = numbers(A_SIGHTING)  # the server's NEW_CONNECTION_ID of one, sent to the other
    # How it ends, at either end.
    client_end: str = choice(OPEN, CLOSING, DRAINING, OVER)
    server_end: str = choice(OPEN, CLOSING, DRAINING, OVER, LOST)
    client_lingers: int = number(Upto("linger"))  # PTOs since it began to close or to drain
    server_lingers: int = number(Upto("linger"))
    idle: Table = table(Below(2), Upto("silence"))  # end -> PTOs that its idle timer has run for
    asked: Numbers = numbers(Below("silence"))  # ends that have sent a packet since they heard one
    client_close: str = choice("not sent", "on its way")  # CONNECTION_CLOSE may arrive at the server
    server_close: str = choice("not sent", "on its way")
    close_under: int = number(SOME_NUMBER)  # what the server's closing packet bears
    code: str = choice(NO_CODE, NO_ERROR, NAMED, GENERIC)  # in CONNECTION_CLOSE of whoever closed first
    # Stateless reset: the server's tokens, known by the numbers of their connection IDs.
    under_way: Numbers = numbers(Below("cids"))  # in packets of the client that may still reach the server
    revealed: Numbers = numbers(Below("cids"))  # were in a reset, which may arrive, or be sent again
    # The first packets.
    hello: str = choice(IDLE, UNDER_WAY, PROVED, CONFIRMED)  # how far the server is
    to_client: int = number(Upto(2))  # the client's ID that the server took: 1 the genuine one, 0 none yet
    to_server: int = number(Upto(2))  # the server's ID that the client took, likewise
    stated: str = choice("not yet", "as they were", "otherwise", "missing")  # in transport parameters
    close_in: Numbers = numbers(Below(3))  # packet types that carried CONNECTION_CLOSE of the server
    # What an observer of every path has seen; no end reads it.
    seen_to_server: Numbers = numbers(A_SIGHTING)  # a connection ID of the server at an address: `observer`
    seen_to_client: Numbers = numbers(A_SIGHTING)  # a connection ID of the client at an address
    # What was done, for claims only.
    quiet: Table = table(Below(2), Upto("silence"))  # end -> PTOs since what restarts its idle timer
    heard_close: Numbers = numbers(Below(2))  # ends that CONNECTION_CLOSE has reached
    ended_by: str = choice(
        "nobody", "an end", "a breach", "a reset", "a forged reset", "silence", "an address"
    )
    spoke: str = choice("no", "yes")  # an end sent what it must not once it had ended
    bore_retired: Numbers = numbers(Below("cids"))  # packets of either end bore these after it retired them
    answered_unattributed: str = choice("no", "yes")  # a closing end answered what was not of its connection
    dropped: str = choice("nothing", "a packet it owns")  # by an end that did not find its connection
    took_other: str = choice("no", "yes")  # a later Source Connection ID replaced the first one
    heard_other: str = choice("no", "yes")  # a Handshake packet with another one was processed
    negotiated: str = choice(
        "no", "a datagram", "a packet", "too little"
    )  # what Version Negotiation answered
    early: str = choice("nothing", "an early frame out of place")  # was processed in a 0-RTT packet


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the parts that are live, what everybody does, and the readings."""

    addresses: int = parameter(
        2, 2, "addresses that packets of the client may come from", most=MOST_ADDRESSES
    )
    packets: int = parameter(2, 1, "packets of the client whose order may still matter", most=6)
    cids: int = parameter(
        2, 1, "connection IDs that each end issues in all (5.1.1 lets it set a cap)", most=3
    )
    ptos: int = parameter(1, 1, "PTOs until a validation is given up (8.2.4 recommends 3)", most=3)
    linger: int = parameter(1, 1, "PTOs that closing and draining last (10.2 asks for 3)", most=3)
    silence: int = parameter(
        0, 0, "PTOs in silence that are counted: 3 for ends=idles, else 0", most=THREE_PTOS
    )
    padded: int = parameter(2, 2, "units of size in 1200 bytes; CONNECTION_CLOSE has one")
    most: int = parameter(0, 0, "units that are counted from an address that is not validated")
    volume: int = parameter(0, 0, "units that are counted toward it: three times `most`, and 1200 bytes more")
    parts: str = option(
        "supply and migration",
        "migration and limit",
        "supply and reset",
        "first packets",
        "all",
        says="which parts are live",
    )
    client: str = option("moves", "probes", "stays", says="whether the client migrates, and probes before")
    network: str = option("steady", "rebinds", says="whether a NAT gives the client new addresses")
    attacker: str = option(
        "nobody",
        "off path",
        "persistent",
        says="whether somebody without keys copies, forges and guesses, and copies from one address twice",
    )
    prior: str = option(
        "stays", "rises", says="whether an issuer that keeps the rules raises Retire Prior To"
    )
    peer: str = option(
        "honest",
        "rogue client",
        "rogue server",
        "linking client",
        says="an end that breaks rules of supply, or a client that keeps its ID when it moves",
    )
    ends: str = option("never", "closes", "idles", says="whether an end closes, or falls silent")
    data: str = option("none", "flows", says="whether the server sends data")
    frames_together: str = option("no", "yes", says="whether a packet brings an ID and then a challenge")
    numbering: str = option("ends", "goes on", says="whether packet numbers end with the bound")
    zero_length: str = option("neither", "client", "server", "both", says="whose connection ID is empty")
    disable_active_migration: str = option("no", "yes", says="the server sent the parameter")
    server_id: str = option("hidden", "plaintext", says="whether its connection IDs show which server it is")
    made: str = option(
        "at random",
        "in sequence",
        "from the peer's",
        says="how an issuer comes to its connection IDs; an end that keeps the rules draws them at random",
    )
    rotation: str = option("never", "under way", says="whether its first ID has a former configuration")
    closing_answer: str = option(
        "apart", "identical", says="a closing server's answer to a packet from an address new to it"
    )
    closing_keys: str = option("kept", "dropped", says="keys of a closing endpoint")
    exhausted_supply: str = reading("silent", "refuse", says="a move of the peer with no spare ID for it")
    cid_change_response: str = reading(
        "moved", "each_address", "mirrored", says="when the server takes a fresh connection ID"
    )
    zero_length_move: str = reading("may", "barred", says="moving under a zero-length connection ID")
    close_in_closing: str = reading("may_stay", "drains", says="CONNECTION_CLOSE at a closing endpoint")
    closing_unattributed: str = reading("any", "attributed", says="what a closing endpoint answers")
    error_code: str = reading("generic", "exact", says="whether another code than the named one will do")
    later_source: str = reading("initials", "long_headers", says="what a server drops for its source ID")
    server_initial_close: str = reading(
        "keys_held", "until_confirmed", says="until when a server closes in an Initial packet, too"
    )
    size_threshold: str = reading("datagram", "packet", says="what has to be large for Version Negotiation")


Connection: Any = composed("Connection", "Two whole endpoints and all between them.", PARTS, own=Own)


def client_is_open(s: Any) -> bool:
    """The client has the connection and has not begun to end it."""
    return bool(s.client_end == OPEN)


def server_is_open(s: Any) -> bool:
    """The server has the connection and has not begun to end it."""
    return bool(s.server_end == OPEN)


def both_are_open(s: Any) -> bool:
    """Neither end has begun to end the connection."""
    return client_is_open(s) and server_is_open(s)
