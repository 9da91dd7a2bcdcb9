"""What a deployment behind a load balancer holds, and the parameters of the machine.

One connection is followed among the many of its deployment: which server holds it, with which configuration
each of its connection IDs was made, and where the load balancer sends its packets. Configurations are
numbered in the order in which the configuration agent makes them; a connection ID whose configuration is the
number `configurations` bears the codepoint 0b111. Where a server may be missing, 0 stands for none and
`n + 1` for the server `n`. The client is seen at one of two 4-tuples, and `here` is the present one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pathproof.model.domains import Below, Upto, choice, number, numbers, option, parameter, reading, table
from pathproof.model.vocabulary import Numbers, Table
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH

TUPLES = 2
LEAST_NONCE = 4  # octets (QUIC-LB 5.3-04)
# Servers are alike: no action or claim tells them apart. A search that keeps one of the states that differ in
# their names keeps half of them with two servers, and the same verdicts. The machine does not ask for it:
# comparing the orders takes longer to compile than it saves, with three servers 27 s in place of 6 s for
# 1,417 states in place of 5,434. 4-tuples would be alike but for two witnesses that name the second one.
A_SERVER = Below("servers", "server")
MAYBE_A_SERVER = Upto("servers", "server", none=True)
A_TUPLE = Below(TUPLES, "4-tuple")

Number = Annotated[int, Below("cids")]
Configuration = Annotated[int, Below("configurations")]
Server = Annotated[int, A_SERVER]
Late = Annotated[int, Below(2)]  # 0: on the present 4-tuple, 1: on the other one
Part = Annotated[int, Below(2)]  # of the first flight: the second shows the server's name
Name = Annotated[int, MAYBE_A_SERVER]

IDLE = "idle"
FIRST_FLIGHT = "first flight"
HANDSHAKE = "handshake"
OPEN = "open"
FORGOTTEN = "forgotten"
ENDED = "ended"


@dataclass
class LoadBalancing:
    """The configuration agent, the load balancer, the servers and one connection through them."""

    # The configuration agent.
    made: int = number(Below("configurations"))  # the newest configuration
    servers_with: Table = table(Below("configurations"), Upto("servers"))  # servers whose newest it is
    # The load balancer.
    owner: int = number(MAYBE_A_SERVER)  # to whom the server IDs of `home` lead, 0 while to nobody
    active: Numbers = numbers(Below("configurations"))  # the configurations it decodes with
    members: Numbers = numbers(A_SERVER)  # the servers it forwards to
    hashed: Table = table(A_TUPLE, MAYBE_A_SERVER)  # 4-tuple -> outcome of the baseline fallback
    by_source: Table = table(A_TUPLE, MAYBE_A_SERVER)  # 4-tuple and Source Connection ID -> decision
    by_cid: Table = table(Upto("cids"), MAYBE_A_SERVER)  # unroutable connection ID -> decision
    by_tuple: Table = table(A_TUPLE, MAYBE_A_SERVER)  # 4-tuple -> decision
    held_back: str = choice("no", "yes")  # the first Initial waits for the one that shows the server's name
    # The servers, and what the connection's own one knows of the connection.
    configured: Table = table(A_SERVER, Upto("configurations"))  # newest configuration + 1, or 0
    home: int = number(MAYBE_A_SERVER)  # the server that took the connection
    holds: str = choice("no", "yes")  # it has the state of the connection
    flight: Numbers = numbers(Below(2))  # the parts of the client's first flight that it has
    barred: str = choice("no", "yes")  # it sent disable_active_migration
    counter: Table = table(Below("configurations"), Upto("nonces"))  # key -> nonces that it knows it has used
    issued: int = number(Upto("cids"))  # the sequence number that the next connection ID gets
    made_with: Table = table(Below("cids"), Upto("configurations"))  # number -> configuration, or 0b111
    live_with: Table = table(Below("configurations"), Upto("cids"))  # issued and not invalidated
    sent_prior: Table = table(Below("cids"), Below("cids"))  # number -> Retire Prior To of its frame
    invalidated: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID has arrived for these
    # The client.
    stage: str = choice(IDLE, FIRST_FLIGHT, HANDSHAKE, OPEN, FORGOTTEN, ENDED)
    wanted: int = number(MAYBE_A_SERVER)  # the server that serves the name in its ClientHello
    codepoint: int = number(Upto("codepoints"))  # of the ID it chose; `codepoints` for one never in use
    decodes_to: int = number(MAYBE_A_SERVER)  # whose server ID is found in that ID, 0 where it is unroutable
    arrived: Numbers = numbers(Below("cids"))  # connection IDs that the server has supplied
    retired: Numbers = numbers(Below("cids"))  # RETIRE_CONNECTION_ID was sent for these
    current: int = number(Below("cids"))  # in its packets now
    here: int = number(A_TUPLE)  # its present 4-tuple
    seen_here: Numbers = numbers(Below("cids"))  # were in packets on the present 4-tuple
    seen_elsewhere: Numbers = numbers(Below("cids"))  # were in packets on the other 4-tuple
    waiting: str = choice("no", "yes")  # it has sent something that its server has not received
    # What happened, for claims only: no party reads it.
    settled: str = choice("no", "yes")  # a packet on the present 4-tuple has reached the server
    short: str = choice("no", "yes")  # the ID that the client chose ends before the nonce does
    astray: str = choice(
        "no",
        "in the handshake",
        "decodable",
        "withdrawn",
        "unknown",
        "on its 4-tuple",
        "after a change of address",
        "under a later ID",
    )  # how the last packet of the client came to a server that does not have its connection
    known: Numbers = numbers(Below("configurations"))  # the load balancer has had these configurations
    given: Table = table(Below("configurations"), Upto("nonces"))  # key -> nonces that it has used indeed
    repeated: str = choice("no", "yes")  # it has used a nonce twice with one key
    linked: str = choice("no", "by server ID", "by nonce", "by connection ID")
    ended_by: str = choice(
        "nobody", "server", "timer", "another server", "a server that cannot read the ID", "an old token"
    )
    missed: str = choice("no", "yes")  # a reset from the client came out at a server that it was not for
    aimed: str = choice("no", "yes")  # an attacker has chosen the server of a new connection


@dataclass(frozen=True)
class Parameters:
    """The bounds of an exploration, the deployment, and the readings of the text."""

    servers: int = parameter(2, 2, "servers of the pool", most=4)
    configurations: int = parameter(2, 1, "configurations that the agent makes in all", most=6)
    codepoints: int = parameter(2, 1, "codepoints in use, of the seven from 0b000 to 0b110", most=7)
    cids: int = parameter(3, 2, "connection IDs the server issues on the connection in all", most=8)
    limit: int = parameter(2, 2, "the client's active_connection_id_limit", most=8)
    nonces: int = parameter(3, 1, "nonces that a server has for each key", most=9)
    server_id_length: int = parameter(
        3, 1, "octets of a server ID", most=MAX_CONNECTION_ID_LENGTH - 1 - LEAST_NONCE
    )
    nonce_length: int = parameter(5, LEAST_NONCE, "octets of a nonce", most=MAX_CONNECTION_ID_LENGTH - 2)
    appended: int = parameter(
        0,
        0,
        "octets that every server appends to its connection IDs",
        most=MAX_CONNECTION_ID_LENGTH - 2 - LEAST_NONCE,
    )
    key: str = option("all", "none", "introduced", says="which configurations have a key for encryption")
    keys: str = option("renewed", "kept", says="whether each configuration has a new key")
    start: str = option("configured", "unconfigured", says="whether the first configuration is delivered")
    first_configuration: str = option(
        "updates", "stays", says="a server with connections under 0b111 that gets its first configuration"
    )
    delivery: str = option("balancer_first", "any_order", says="who gets a new configuration first (3.1-03)")
    rollout: str = option(
        "one_by_one", "at_once", says="how a new configuration comes to the servers of the pool (9.3-01)"
    )
    withdrawal: str = option("waits", "early", says="when the load balancer loses an old configuration")
    precaution: str = option("taken", "none", says="whether a codepoint is free when used anew (3.1-04)")
    tuple_table: str = option("kept", "none", says="the table of 4-tuples with unroutable IDs (4.3.1-03)")
    cid_table: str = option("none", "kept", says="the table of unroutable connection IDs (4.3.1-04)")
    recording: str = option("each_packet", "fifth_step", says="when an unroutable ID goes into its table")
    purges: str = option("idle", "early", says="which flows a timer clears from the tables")
    fallback: str = option("baseline", "advanced", says="whether the load balancer reads the ClientHello")
    neighbour: str = option("no", "yes", says="the client has another connection on its 4-tuple")
    length_check: str = option("none", "made", says="servers encode the length, it is checked (4.1-05)")
    initials: str = option("unroutable", "any", says="whether the client's own ID may look routable")
    shapes: str = option("regular", "odd", says="whether that ID may be short, and what its length bits say")
    rebinding: str = option("happens", "never", says="whether a NAT changes the client's 4-tuple")
    early_rebinding: str = option("never", "happens", says="whether so before its server's ID was seen")
    other_connections: str = option("none", "some", says="whether other connections use the server's nonces")
    pool: str = option("stays", "changes", says="whether servers leave and come back")
    restarts: str = option("never", "server", "client", says="who loses the state of the connection")
    nonce_memory: str = option("kept", "lost", says="whether it remembers its nonces then")
    reset_key: str = option("shared", "per_server", says="which servers share a key for reset tokens")
    key_renewal: str = option("renewed", "kept", says="the key for reset tokens when a configuration changes")
    resets: str = option("own", "any", says="which unknown connection IDs a server answers with a reset")
    attacker: str = option("observer", "nobody", "stranger", "client", says="who else is there")
    appended_octets: str = reading("whole", "decoded", says="what a self-encoded length counts")
    fallback_codepoint: str = reading("codepoint_only", "unconfigured", says="a server without nonces")
    plaintext_supply: str = reading("several", "one", says="connection IDs of a configuration without a key")
    routable_reset: str = reading("stateless", "tracked", says="what is kept for routable IDs")
    unroutable_criteria: str = reading("configured", "server_id", says="how much of an ID has to be there")
