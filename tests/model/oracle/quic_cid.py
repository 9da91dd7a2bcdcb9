"""A caricature of connection ID supply and migration whose numbers of states independent tools agree on.

It is no reading of the RFC. Its sizes were counted by TLC, SPIN and hand-written C, so an explorer that
counts otherwise is wrong. A message that carries two numbers is one number here: a frame for `q` under
Retire Prior To `r` is `q * (R + 1) + r`, and a packet on path `p` under `q` is `p * N + q`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

from pathproof.model.domains import Below, Upto, number, numbers, parameter, table
from pathproof.model.machine import Machine
from pathproof.model.vocabulary import (
    Numbers,
    Table,
    add,
    below,
    count,
    discard,
    discard_below,
    get,
    has,
    is_empty,
    larger,
    lowest,
    missing,
    put,
    union,
)

ABANDONED = 3
"""A challenge that is answered or given up; 1 and 2 say on which path it is outstanding."""


@dataclass(frozen=True)
class Parameters:
    """`N` connection IDs, active limit `L`, highest prior `R`, `T` challenges, `P` paths, budget `B`."""

    N: int = parameter(3, least=1)
    L: int = parameter(2, least=1)
    R: int = parameter(0)
    T: int = parameter(1)
    P: int = parameter(2, least=1)
    B: int = parameter(1)
    frames: int = field(init=False, metadata={"least": 0})
    packets: int = field(init=False, metadata={"least": 0})

    def __post_init__(self) -> None:
        """The numbers of different messages follow from the rest."""
        object.__setattr__(self, "frames", self.N * (self.R + 1))
        object.__setattr__(self, "packets", self.P * self.N)


SMALL = {"R": 0}
"""2,186,502 states, 29,466,257 transitions, depth 34."""
MID = {"R": 1}
"""21,946,686 states, 329,413,125 transitions, depth 41."""


@dataclass
class State:
    """Issuer, user, server and what is on its way between them."""

    issued: int = number(Upto("N"))
    prior: int = number(Upto("R"))
    retired: Numbers = numbers(Below("N"))
    have: Numbers = numbers(Below("N"))
    seen: Numbers = numbers(Below("N"))
    user_prior: int = number(Upto("R"))
    active: int = number(Below("N"))
    path: int = number(Below("P"))
    server_path: int = number(Below("P"))
    valid: Numbers = numbers(Below("P"))
    budget: Table = table(Below("P"), Upto("B"))
    challenges: Table = table(Below("T"), Upto(ABANDONED))
    closed: int = number(Upto(1))
    frames: Numbers = numbers(Below("frames"))
    retirements: Numbers = numbers(Below("N"))
    packets: Numbers = numbers(Below("packets"))
    sent_challenges: Numbers = numbers(Below("T"))
    responses: Numbers = numbers(Below("T"))
    resets: Numbers = numbers(Below("N"))


Cid = Annotated[int, Below("N")]
Path = Annotated[int, Below("P")]
Token = Annotated[int, Below("T")]
Prior = Annotated[int, Upto("R")]


def begin(s: State, c: Parameters) -> None:
    """One connection ID is in use, on the one validated path."""
    s.issued = 1
    s.have = add(s.have, 0)
    s.seen = add(s.seen, 0)
    s.valid = add(s.valid, 0)
    s.budget = put(s.budget, 0, c.B)


ORACLE = Machine("quic_cid", State, Parameters, begin)


@ORACLE.action("protocol", "issuer")
def issue(s: State, c: Parameters) -> bool:
    """The next connection ID is issued."""
    if s.closed == 1 or s.issued >= c.N or count(missing(s.retired, s.prior, s.issued)) >= c.L:
        return False
    s.frames = add(s.frames, s.issued * (c.R + 1) + s.prior)
    s.issued = s.issued + 1
    return True


@ORACLE.action("protocol", "issuer")
def renew(s: State, c: Parameters, q: Cid) -> bool:
    """A frame is sent again, under the prior of today."""
    if s.closed == 1 or q == 0 or q >= s.issued or has(s.retired, q):
        return False
    if has(s.frames, q * (c.R + 1) + s.prior) or s.prior > q:
        return False
    s.frames = add(s.frames, q * (c.R + 1) + s.prior)
    return True


@ORACLE.action("protocol", "issuer")
def raise_prior(s: State, c: Parameters) -> bool:
    """One more connection ID is to be retired."""
    if s.closed == 1 or s.prior >= c.R or s.prior + 1 >= s.issued:
        return False
    s.prior = s.prior + 1
    return True


@ORACLE.action("environment", "issuer")
def receive_retirement(s: State, c: Parameters, q: Cid) -> bool:
    """A retirement arrives."""
    if s.closed == 1 or not has(s.retirements, q) or has(s.retired, q):
        return False
    s.retired = add(s.retired, q)
    return True


@ORACLE.action("environment", "user")
def receive_frame(s: State, c: Parameters, q: Cid, r: Prior) -> bool:
    """A connection ID arrives, and perhaps asks for retirements."""
    if s.closed == 1 or not has(s.frames, q * (c.R + 1) + r):
        return False
    s.user_prior = larger(s.user_prior, r)
    held = s.have if has(s.seen, q) else add(s.have, q)
    s.seen = add(s.seen, q)
    s.retirements = union(s.retirements, below(held, s.user_prior))
    s.have = discard_below(held, s.user_prior)
    if not has(s.have, s.active) and not is_empty(s.have):
        s.active = lowest(s.have)
    return True


def is_spare(s: State, q: int) -> bool:
    """The user has this connection ID and is not using it."""
    return has(s.have, q) and q != s.active


@ORACLE.action("protocol", "user")
def retire(s: State, c: Parameters, q: Cid) -> bool:
    """A spare connection ID is given up."""
    if s.closed == 1 or not is_spare(s, q):
        return False
    s.have = discard(s.have, q)
    s.retirements = add(s.retirements, q)
    return True


@ORACLE.action("protocol", "user")
def retire_again(s: State, c: Parameters, q: Cid) -> bool:
    """A retirement is sent again."""
    if s.closed == 1 or not has(s.seen, q) or has(s.have, q) or has(s.retirements, q):
        return False
    s.retirements = add(s.retirements, q)
    return True


@ORACLE.action("protocol", "user")
def switch(s: State, c: Parameters, q: Cid) -> bool:
    """A spare connection ID is put into use on the same path."""
    if s.closed == 1 or not is_spare(s, q):
        return False
    s.active = q
    return True


@ORACLE.action("protocol", "user")
def migrate(s: State, c: Parameters, q: Cid, p: Path) -> bool:
    """The user goes to another path under a spare connection ID."""
    if s.closed == 1 or not is_spare(s, q) or s.path == p:
        return False
    s.active = q
    s.path = p
    s.packets = add(s.packets, p * c.N + q)
    return True


@ORACLE.action("protocol", "user")
def send(s: State, c: Parameters) -> bool:
    """The user sends a packet."""
    if s.closed == 1 or not has(s.have, s.active) or has(s.packets, s.path * c.N + s.active):
        return False
    s.packets = add(s.packets, s.path * c.N + s.active)
    return True


@ORACLE.action("environment", "server")
def receive_packet(s: State, c: Parameters, p: Path, q: Cid) -> bool:
    """A packet arrives: it moves the server, or is answered by a reset."""
    if s.closed == 1 or not has(s.packets, p * c.N + q):
        return False
    s.packets = discard(s.packets, p * c.N + q)
    if has(s.retired, q):
        s.resets = add(s.resets, q)
    else:
        s.server_path = p
        s.budget = put(s.budget, p, c.B)
    return True


def may_send_unvalidated(s: State, p: int) -> bool:
    """The path is not validated and has budget left."""
    return not has(s.valid, p) and get(s.budget, p) > 0


@ORACLE.action("protocol", "server")
def challenge(s: State, c: Parameters, p: Path, t: Token) -> bool:
    """The server challenges a path, with the lowest token that is free."""
    if s.closed == 1 or not may_send_unvalidated(s, p) or get(s.challenges, t) != 0:
        return False
    if t > 0 and get(s.challenges, t - 1) == 0:
        return False
    s.challenges = put(s.challenges, t, p + 1)
    s.sent_challenges = add(s.sent_challenges, t)
    s.budget = put(s.budget, p, get(s.budget, p) - 1)
    return True


@ORACLE.action("protocol", "server")
def send_data(s: State, c: Parameters, p: Path) -> bool:
    """The server spends budget on data."""
    if s.closed == 1 or not may_send_unvalidated(s, p) or s.server_path != p:
        return False
    s.budget = put(s.budget, p, get(s.budget, p) - 1)
    return True


def is_outstanding(s: State, t: int) -> bool:
    """The challenge was sent and is neither answered nor given up."""
    return get(s.challenges, t) == 1 or get(s.challenges, t) == 2


@ORACLE.action("environment", "user")
def receive_challenge(s: State, c: Parameters, t: Token) -> bool:
    """A challenge arrives and is answered."""
    if s.closed == 1 or not has(s.sent_challenges, t) or has(s.responses, t):
        return False
    s.responses = add(s.responses, t)
    return True


@ORACLE.action("environment", "server")
def receive_response(s: State, c: Parameters, t: Token) -> bool:
    """A response validates the path of its challenge."""
    if s.closed == 1 or not has(s.responses, t) or not is_outstanding(s, t):
        return False
    s.valid = add(s.valid, get(s.challenges, t) - 1)
    s.challenges = put(s.challenges, t, ABANDONED)
    return True


@ORACLE.action("protocol", "server")
def abandon(s: State, c: Parameters, t: Token) -> bool:
    """A challenge is given up."""
    if s.closed == 1 or not is_outstanding(s, t):
        return False
    s.challenges = put(s.challenges, t, ABANDONED)
    return True


@ORACLE.action("environment", "user")
def receive_reset(s: State, c: Parameters, q: Cid) -> bool:
    """A reset for a connection ID that the user has ends the connection."""
    if s.closed == 1 or not has(s.resets, q) or not has(s.have, q):
        return False
    s.closed = 1
    return True


def _lost(s: State, channel: str, m: int) -> bool:
    if s.closed == 1 or not has(getattr(s, channel), m):
        return False
    setattr(s, channel, discard(getattr(s, channel), m))
    return True


@ORACLE.action("environment", "network")
def lose_frame(s: State, c: Parameters, m: Annotated[int, Below("frames")]) -> bool:
    """A frame is lost."""
    return _lost(s, "frames", m)


@ORACLE.action("environment", "network")
def lose_retirement(s: State, c: Parameters, q: Cid) -> bool:
    """A retirement is lost."""
    return _lost(s, "retirements", q)


@ORACLE.action("environment", "network")
def lose_packet(s: State, c: Parameters, m: Annotated[int, Below("packets")]) -> bool:
    """A packet is lost."""
    return _lost(s, "packets", m)


@ORACLE.action("environment", "network")
def lose_challenge(s: State, c: Parameters, t: Token) -> bool:
    """A challenge is lost."""
    return _lost(s, "sent_challenges", t)


@ORACLE.action("environment", "network")
def lose_response(s: State, c: Parameters, t: Token) -> bool:
    """A response is lost."""
    return _lost(s, "responses", t)


@ORACLE.action("environment", "network")
def lose_reset(s: State, c: Parameters, q: Cid) -> bool:
    """A reset is lost."""
    return _lost(s, "resets", q)
