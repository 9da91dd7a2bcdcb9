"""What the network delivers, and what the other end makes of it."""

from __future__ import annotations

from pathproof.model.preferred_address.client import answer, answers_on, current, knows, may_answer, succeed
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    NOBODY,
    is_preferred,
    leads_to,
    seen_as,
    server_of,
)
from pathproof.model.preferred_address.server import (
    is_barred_here,
    is_dropped,
    take_in_answer,
    take_in_data,
    take_in_probe,
)
from pathproof.model.preferred_address.state import (
    Generation,
    Observed,
    Parameters,
    Path,
    PreferredAddress,
    is_confirmed,
    is_open,
)
from pathproof.model.vocabulary import add, get, has, larger


def is_carried(s: PreferredAddress, path: int) -> bool:
    """Datagrams on this path reach the other end: nobody drops them, and the address is the server's."""
    return not has(s.blocked, server_of(path)) and (s.victim == "no" or not is_preferred(path))


@machine.action(
    "environment",
    "server",
    "RFC9000-9.6.2-02",
    "RFC9000-9.6.2-04",
    "RFC9000-9.6.3-05",
    "RFC9000-9.6.2-06",
    "RFC9000-9-03",
)
def deliver_probe(s: PreferredAddress, p: Parameters, path: Path) -> bool:
    """The client's challenge arrives: the server answers it, and checks a path that is new to it."""
    # GUARD
    if not is_confirmed(s) or not has(s.probing, path) or not is_carried(s, path):
        return False
    if is_barred_here(p, seen_as(p, path)) or is_dropped(
        s, p, seen_as(p, path), s.generation, overtaken=False
    ):
        return False
    # EFFECT
    if take_in_probe(s, p, seen_as(p, path), s.generation):
        s.server_answers = add(s.server_answers, path)
    return True


@machine.action(
    "environment",
    "client",
    "RFC9000-8.2.3-01",
    "RFC9000-9.6.1-05",
    "RFC9000-9.6.2-01",
    "RFC9000-9.6.3-02",
    "MULTIPATH-2.2-05",
)
def deliver_server_answer(s: PreferredAddress, p: Parameters, path: Path) -> bool:
    """The server's answer arrives: the path is valid, and a client moves at once to a preferred address."""
    # GUARD
    if not is_confirmed(s) or not has(s.probing, path) or not has(s.server_answers, path):
        return False
    if not is_carried(s, path) or s.generation + 1 >= p.generations:
        return False
    # EFFECT
    succeed(s, path)
    return True


@machine.action(
    "environment",
    "server",
    "RFC9000-9.3-02",
    "RFC9000-9.3-04",
    "RFC9000-9.6.2-03",
    "RFC9000-9.6.2-05",
    "RFC9000-9.6.2-06",
    "RFC9000-9.6.2-07",
    "RFC9000-9.6.3-04",
)
def deliver_data(s: PreferredAddress, p: Parameters, number: Generation) -> bool:
    """A non-probing packet of the client arrives, with a higher number than every packet before it."""
    # GUARD
    if not is_open(s) or number > s.generation or number < s.largest:
        return False
    observed = seen_as(p, get(s.sent_on, number))
    if not is_carried(s, get(s.sent_on, number)) or is_barred_here(p, observed):
        return False
    if is_dropped(s, p, observed, number, overtaken=False):
        return False
    # EFFECT
    take_in_data(s, p, observed, number, overtaken=False)
    return True


@machine.action(
    "environment", "server", "RFC9000-9.3-04", "RFC9000-9.6.2-05", "RFC9000-9.6.2-07", "RFC9000-9-04"
)
def deliver_overtaken_data(s: PreferredAddress, p: Parameters, number: Generation) -> bool:
    """A non-probing packet of the client arrives after a packet, a probe or not, with a higher number."""
    # GUARD
    if not is_open(s) or number > s.generation or number > s.largest:
        return False
    observed = seen_as(p, get(s.sent_on, number))
    if not is_carried(s, get(s.sent_on, number)) or is_barred_here(p, observed):
        return False
    if is_dropped(s, p, observed, number, overtaken=True):
        return False
    # EFFECT
    take_in_data(s, p, observed, number, overtaken=True)
    return True


@machine.action("environment", "server", "RFC9000-9-03", "RFC9000-18.2-40")
def drop_barred_data(s: PreferredAddress, p: Parameters, number: Generation) -> bool:
    """A non-probing packet arrives at the original address from another source, and the server drops it."""
    # GUARD
    if not is_open(s) or number > s.generation or not is_barred_here(p, seen_as(p, get(s.sent_on, number))):
        return False
    # EFFECT
    s.dropped = "a packet sent by right"
    return True


@machine.action("environment", "server", "RFC9000-9.6.2-06")
def drop_newer_data(s: PreferredAddress, p: Parameters, number: Generation) -> bool:
    """A non-probing packet comes to the old address as the highest so far, and the server drops it."""
    # GUARD
    path = get(s.sent_on, number)
    if not is_open(s) or number > s.generation or number < s.largest or not is_carried(s, path):
        return False
    if not is_dropped(s, p, path, number, overtaken=False):
        return False
    # EFFECT
    note_dropped(s, number, overtaken=False)
    return True


@machine.action("environment", "server", "RFC9000-9.6.2-06", "RFC9000-9.6.2-07")
def drop_overtaken_data(s: PreferredAddress, p: Parameters, number: Generation) -> bool:
    """A non-probing packet comes late to the old address, and the server drops it."""
    # GUARD
    path = get(s.sent_on, number)
    if not is_open(s) or number > s.generation or number > s.largest or not is_carried(s, path):
        return False
    if not is_dropped(s, p, path, number, overtaken=True):
        return False
    # EFFECT
    note_dropped(s, number, overtaken=True)
    return True


def note_dropped(s: PreferredAddress, number: int, overtaken: bool) -> None:
    """The ghosts learn what was dropped: a packet sent before the move, or one of a client that is there."""
    if number <= s.moved_at if overtaken else number < s.moved_at:
        s.dropped = "a delayed packet"
    elif not is_preferred(current(s)):
        s.dropped = "a packet sent by right"


@machine.action(
    "environment",
    "client",
    "RFC9000-8.2.2-01",
    "RFC9000-8.2.2-03",
    "RFC9000-9.5-09",
    "RFC9000-9.6-03",
    "RFC9000-9-10",
)
def deliver_challenge(s: PreferredAddress, p: Parameters, observed: Observed) -> bool:
    """The server's challenge arrives at the client, which answers it."""
    # GUARD
    path = leads_to(p, observed)
    if not is_open(s) or path == NOBODY or not has(s.checking, observed) or has(s.client_answers, observed):
        return False
    if not is_carried(s, path) or not knows(s, p, server_of(path)):
        return False
    if not may_answer(s, p, answers_on(s, p, path)):
        return False
    # EFFECT
    answer(s, answers_on(s, p, path))
    s.client_answers = add(s.client_answers, observed)
    return True


@machine.action("environment", "server", "RFC9000-8.2.3-02", "RFC9000-9.6.2-05")
def deliver_client_answer(s: PreferredAddress, p: Parameters, observed: Observed) -> bool:
    """The client's answer arrives: the path of the challenge is valid."""
    # GUARD
    if not is_open(s) or not has(s.checking, observed) or not has(s.client_answers, observed):
        return False
    via = answers_on(s, p, leads_to(p, observed))
    if not is_carried(s, via) or is_barred_here(p, seen_as(p, via)):
        return False
    if is_dropped(s, p, seen_as(p, via), s.generation, overtaken=False):
        return False
    # EFFECT
    s.largest = larger(s.largest, s.generation)
    take_in_answer(s, observed)
    return True
