"""Attackers, each with its power, and peers that break the rules.

The copier is off the path and has no keys: it sees the client's packets, and sends copies that arrive before
the originals, from an address of its own or as if from the client's. The cutter is
on the path to one server address and drops all there. The namer is a server that states a victim's address;
the forger can besides send as if from there. The others are ends that break a rule of the parameter.
"""

from __future__ import annotations

from pathproof.model.preferred_address.client import (
    answer,
    current,
    fits,
    has_local,
    knows,
    may_answer,
)
from pathproof.model.preferred_address.handshake import machine, take_in_parameter
from pathproof.model.preferred_address.parameter import error_of_clients_parameter
from pathproof.model.preferred_address.paths import (
    ELSEWHERE,
    HOME,
    PREFERRED,
    THIRD_PREFERRED,
    path_of,
    server_of,
)
from pathproof.model.preferred_address.server import (
    is_dropped,
    take_in_data,
    take_in_probe,
)
from pathproof.model.preferred_address.state import (
    Local,
    Parameters,
    PreferredAddress,
    Server,
    is_confirmed,
    is_open,
)
from pathproof.model.preferred_address.truth import note_challenge, note_to_third
from pathproof.model.vocabulary import add, discard, has, is_empty
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH


def may_copy(s: PreferredAddress, p: Parameters) -> bool:
    """The copier has not done all that it will do."""
    return is_open(s) and p.attacker == "copier" and s.copies < p.copies and s.stage != "handshake"


@machine.action("attacker", "attacker", "RFC9000-9.6.2-04", "RFC9000-9.3-01", "RFC9000-9.3.3-01")
def copy_as_client(s: PreferredAddress, p: Parameters, server: Server) -> bool:
    """A copy of the client's newest non-probing packet comes first, to the other address of the server."""
    # GUARD
    observed = path_of(HOME, server)
    if not may_copy(s, p) or s.generation < s.largest or server == server_of(current(s)):
        return False
    if is_dropped(s, p, observed, s.generation, overtaken=False):
        return False
    # EFFECT
    s.copies = s.copies + 1
    take_in_data(s, p, observed, s.generation, overtaken=False)
    return True


@machine.action("attacker", "attacker", "RFC9000-9.6.3-04", "RFC9000-9.3-01", "RFC9000-9.3.1-01")
def copy_as_third(s: PreferredAddress, p: Parameters) -> bool:
    """A copy of the newest non-probing packet comes first, to the preferred address and from elsewhere."""
    # GUARD
    if not may_copy(s, p) or s.generation < s.largest:
        return False
    # EFFECT
    s.copies = s.copies + 1
    s.from_third = s.from_third + 1
    checking = s.checking
    take_in_data(s, p, THIRD_PREFERRED, s.generation, overtaken=False)
    note_challenge(s, checking)
    return True


@machine.action("attacker", "attacker", "RFC9000-9.6.3-05", "RFC9000-9.6.2-02", "RFC9000-9.3.1-01")
def copy_probe(s: PreferredAddress, p: Parameters) -> bool:
    """A copy of a probe of the client comes to the preferred address from elsewhere."""
    # GUARD
    if not may_copy(s, p) or is_empty(s.probing):
        return False
    # EFFECT
    s.copies = s.copies + 1
    s.from_third = s.from_third + 1
    checking = s.checking
    if take_in_probe(s, p, THIRD_PREFERRED, s.generation):
        note_to_third(s)
    note_challenge(s, checking)
    return True


@machine.action("attacker", "attacker", "RFC9000-9.6.1-06", "RFC9000-9.6.3-03")
def cut(s: PreferredAddress, p: Parameters, server: Server) -> bool:
    """The cutter begins to drop everything to and from one address of the server."""
    # GUARD
    if not is_open(s) or p.attacker != "cutter" or not is_empty(s.blocked):
        return False
    # EFFECT
    s.blocked = add(s.blocked, server)
    return True


@machine.action("environment", "attacker", "RFC9000-9.6.1-03")
def mend(s: PreferredAddress, p: Parameters, server: Server) -> bool:
    """The cutter lets everything pass again."""
    # GUARD
    if not is_open(s) or not has(s.blocked, server):
        return False
    # EFFECT
    s.blocked = discard(s.blocked, server)
    return True


@machine.action("attacker", "server", "RFC9000-21.5.3-01")
def name_a_victim(s: PreferredAddress, p: Parameters) -> bool:
    """The server states a preferred address that is somebody else's."""
    # GUARD
    if not is_open(s) or s.stage != "handshake" or p.offered == "none" or p.zero_length == "yes":
        return False
    if p.attacker != "namer" and p.attacker != "forger":
        return False
    # EFFECT
    s.victim = "yes"
    take_in_parameter(s, p, length=8, whole=True)
    return True


@machine.action("attacker", "server", "RFC9000-21.5.3-01", "RFC9000-8.2.2-01", "RFC9000-9-10")
def challenge_as_the_victim(s: PreferredAddress, p: Parameters, local: Local) -> bool:
    """The server sends a challenge as if from the victim's address, and the client answers there."""
    # GUARD
    if not is_confirmed(s) or p.attacker != "forger" or s.victim == "no" or s.from_victim == 3:
        return False
    if not has_local(p, local) or not fits(p, local) or not knows(s, p, PREFERRED):
        return False
    if not may_answer(s, p, path_of(local, PREFERRED)):
        return False
    # EFFECT
    s.from_victim = s.from_victim + 1
    answer(s, path_of(local, PREFERRED))
    return True


@machine.action("attacker", "server", "RFC9000-9-10", "RFC9000-9.6-02", "RFC9000-9.6-03", "RFC9000-9-07")
def send_from_elsewhere(s: PreferredAddress, p: Parameters) -> bool:
    """The server, or somebody who sends its packets on, sends from an address the client never heard of."""
    # GUARD
    if not is_confirmed(s) or p.attacker != "server":
        return False
    # EFFECT
    s.breach = "another address"
    if knows(s, p, ELSEWHERE):
        s.taken_in = "from elsewhere"
    return True


def may_break(s: PreferredAddress, p: Parameters) -> bool:
    """The server is about to state its parameters, and breaks rules."""
    return is_open(s) and s.stage == "handshake" and p.attacker == "server"


@machine.action("attacker", "server", "RFC9000-18.2-54", "RFC9000-18.2-55")
def state_empty_connection_id(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address comes with a connection ID of no bytes."""
    # GUARD
    if not may_break(s, p) or p.zero_length == "yes":
        return False
    # EFFECT
    s.breach = "empty connection ID"
    take_in_parameter(s, p, length=0, whole=True)
    return True


@machine.action("attacker", "server", "RFC9000-18.2-52")
def state_long_connection_id(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address comes with a connection ID of more than 20 bytes."""
    # GUARD
    if not may_break(s, p) or p.zero_length == "yes":
        return False
    # EFFECT
    s.breach = "long connection ID"
    take_in_parameter(s, p, length=MAX_CONNECTION_ID_LENGTH + 1, whole=True)
    return True


@machine.action("attacker", "server", "RFC9000-18.2-53", "RFC9000-18.2-55")
def state_despite_empty_connection_id(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address comes from a server that chose a zero-length connection ID."""
    # GUARD
    if not may_break(s, p) or p.zero_length == "no":
        return False
    # EFFECT
    s.breach = "parameter despite empty connection ID"
    take_in_parameter(s, p, length=8, whole=True)
    return True


@machine.action("attacker", "server", "RFC9000-18.2-50")
def state_short_parameter(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address ends before its token does."""
    # GUARD
    if not may_break(s, p) or p.zero_length == "yes":
        return False
    # EFFECT
    s.breach = "short parameter"
    take_in_parameter(s, p, length=8, whole=False)
    return True


@machine.action("attacker", "client", "RFC9000-18.2-42", "RFC9000-18.2-67", "RFC9000-18.2-68")
def state_as_client(s: PreferredAddress, p: Parameters) -> bool:
    """A client states preferred_address."""
    # GUARD
    if not is_open(s) or s.stage != "handshake" or p.attacker != "client":
        return False
    # EFFECT
    s.breach = "parameter of a client"
    s.error = error_of_clients_parameter()
    return True
