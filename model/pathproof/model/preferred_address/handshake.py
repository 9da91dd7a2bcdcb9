"""The handshake: the transport parameter of the server, its confirmation, and the numbers that follow."""

from __future__ import annotations

from pathproof.model.machine import Machine
from pathproof.model.preferred_address.client import (
    bear,
    fits,
    fresh,
    may_retire,
    may_try,
    replace_below_two,
    retire,
    taken_address,
    try_preferred,
)
from pathproof.model.preferred_address.parameter import contradicts, parameter_error
from pathproof.model.preferred_address.paths import HOME, HOME_ORIGINAL
from pathproof.model.preferred_address.state import (
    OPEN,
    ConnectionId,
    Parameters,
    Path,
    PreferredAddress,
    is_confirmed,
    is_open,
)
from pathproof.model.vocabulary import add, count, discard, has, is_empty


def begin(s: PreferredAddress, p: Parameters) -> None:
    """The handshake runs between `HOME` and the original address, and has brought connection ID number 0."""
    s.active = add(s.active, 0)
    s.issued = 1
    s.checked = add(s.checked, 0)
    s.equipped = add(s.equipped, 0)
    bear(s, HOME_ORIGINAL, 0)
    s.validated = add(s.validated, HOME_ORIGINAL)


machine = Machine("preferred_address", PreferredAddress, Parameters, begin)


def take_in_parameter(s: PreferredAddress, p: Parameters, length: int, whole: bool) -> None:
    """The client reads preferred_address: its number 1 counts as issued and active (5.1.1-04, 5.1.1-10)."""
    s.stage = "parameters"
    s.error = parameter_error(p, length, whole)
    if s.error != OPEN:
        return
    s.address = taken_address(p)
    store_number_one(s)


def store_number_one(s: PreferredAddress) -> None:
    """The connection ID and the token of the parameter are number 1 (18.2-51)."""
    s.active = add(s.active, 1)
    s.issued = 2
    s.number_one = "parameter"


def is_honest_handshake(p: Parameters) -> bool:
    """The server states its parameters by the rules."""
    return p.attacker != "namer" and p.attacker != "forger"


@machine.action(
    "protocol",
    "client",
    "RFC9000-9.6.1-01",
    "RFC9000-9.6.1-02",
    "RFC9000-18.2-43",
    "RFC9000-18.2-51",
    "RFC9000-18.2-53",
    "RFC9000-5.1.1-04",
    "RFC9000-5.1.1-10",
    "RFC9000-7.4.1-08",
    "RFC9000-7.4.1-09",
    "RFC9000-9.6.2-09",
)
def receive_parameters(s: PreferredAddress, p: Parameters) -> bool:
    """The client receives the server's transport parameters, with preferred_address where it is offered."""
    # GUARD
    if not is_open(s) or s.stage != "handshake" or not is_honest_handshake(p):
        return False
    # EFFECT
    if p.offered == "none" or p.zero_length == "yes":
        s.stage = "parameters"
        s.address = taken_address(p)
    else:
        take_in_parameter(s, p, length=8, whole=True)
    return True


@machine.action("environment", "client", "RFC9000-9.6.1-03")
def confirm(s: PreferredAddress, p: Parameters) -> bool:
    """HANDSHAKE_DONE arrives; a client of `own_number` begins to validate at once."""
    # GUARD
    if not is_open(s) or s.stage != "parameters":
        return False
    # EFFECT
    s.stage = "confirmed"
    if p.preferred_timing == "own_number" and may_try(s, p) and fits(p, HOME) and has(fresh(s), 1):
        try_preferred(s, HOME, 1)
    return True


def is_within_limit(s: PreferredAddress, p: Parameters) -> bool:
    """The client is ready to hold one more: number 1 counts like every other (18.2-57)."""
    return count(s.active) < p.limit


@machine.action("protocol", "server", "RFC9000-5.1.1-05", "RFC9000-5.1.1-06", "RFC9000-5.1.1-13")
def supply(s: PreferredAddress, p: Parameters) -> bool:
    """NEW_CONNECTION_ID with the next number reaches the client, within its limit."""
    # GUARD
    if not is_open(s) or s.stage == "handshake" or p.zero_length == "yes":
        return False
    if s.issued >= p.cids or not is_within_limit(s, p):
        return False
    # EFFECT
    s.active = add(s.active, s.issued)
    if s.issued == 1:
        s.number_one = "frame"
    s.issued = s.issued + 1
    return True


@machine.action("protocol", "server", "RFC9000-5.1.1-05", "RFC9000-5.1.1-13")
def supply_on(s: PreferredAddress, p: Parameters, cid: ConnectionId) -> bool:
    """NEW_CONNECTION_ID reaches a client that has retired others, after `cids` were supplied.

    The name of one that was retired stands for a connection ID that nobody has seen; numbers 0 and 1 keep
    their meaning.
    """
    # GUARD
    if not is_open(s) or p.numbering == "ends" or s.issued < p.cids or p.zero_length == "yes":
        return False
    if cid < 2 or has(s.active, cid) or not is_within_limit(s, p):
        return False
    # EFFECT
    s.active = add(s.active, cid)
    s.spent = discard(s.spent, cid)
    return True


@machine.action("protocol", "server", "RFC9000-5.1.2-07", "RFC9000-5.1.2-10")
def withdraw(s: PreferredAddress, p: Parameters) -> bool:
    """NEW_CONNECTION_ID 2 with Retire Prior To 2 reaches a client that has not used the other paths."""
    # GUARD
    if not is_open(s) or s.stage == "handshake" or p.withdraws == "never" or p.cids < 3:
        return False
    if s.issued != 2 or s.attempt != "none" or s.generation > 0 or not is_empty(s.probing):
        return False
    # EFFECT
    s.issued = 3
    replace_below_two(s, 2)
    return True


@machine.action("protocol", "client", "RFC9000-5.1.2-05", "RFC9000-5.1.1-16")
def retire_path(s: PreferredAddress, p: Parameters, path: Path) -> bool:
    """The client retires the connection ID of a path that it does not use."""
    # GUARD
    if not is_confirmed(s) or not may_retire(s, path):
        return False
    # EFFECT
    retire(s, path)
    return True


@machine.action("attacker", "server", "RFC9000-5.1.1-04", "RFC9000-18.2-51", "RFC9000-18.2-52")
def send_number_one_again(s: PreferredAddress, p: Parameters) -> bool:
    """NEW_CONNECTION_ID 1 comes with another connection ID and token than the parameter's."""
    # GUARD
    if not is_open(s) or p.attacker != "server" or s.stage == "handshake" or s.address == "none":
        return False
    # EFFECT
    s.breach = "number 1 twice"
    s.error = contradicts(s, p)
    if s.number_one == "unknown":
        s.number_one = "frame"
    return True
