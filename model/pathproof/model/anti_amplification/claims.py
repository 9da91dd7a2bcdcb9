"""What must be true of every state: never more than three times the bytes that came, and all of that.

The measure is what really came and went (`truth`), not what the server believes.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.ledger import is_valid, limit_allows
from pathproof.model.anti_amplification.state import (
    FACTOR,
    Address,
    AntiAmplification,
    Parameters,
    Path,
    Size,
)
from pathproof.model.anti_amplification.truth import counts, counts_on, has_room
from pathproof.model.vocabulary import get, has


@machine.always(
    "RFC9000-8-01",
    "RFC9000-8.1-04",
    "RFC9000-8.1.4-06",
    "RFC9000-9.3.1-01",
    "RFC9000-10.2.1-12",
    "RFC9000-14.1-07",
    "RFC9000-21.1.1.1-01",
    "RFC9000-21.1.1.1-02",
    "RFC9002-6.2.2.1-01",
    "MULTIPATH-7.2-02",
    fails_under={"rebinding_validation": "seen", "establishment": "follows", "long_ids": "validate"},
)
def no_unvalidated_address_gets_more_than_three_times(
    s: AntiAmplification, p: Parameters, address: Address
) -> bool:
    """To an address that has not answered goes at most three times what came from it, of all kinds together.

    Whoever is a victim of spoofing never answers. An address that answered and then changed hands has its
    own claim.
    """
    if has(s.proven, address) or has(s.reassigned, address):
        return True
    return get(s.went, address) <= FACTOR * get(s.came, address)


@machine.always(
    "RFC9000-8.2.1-06",
    "MULTIPATH-3.1-05",
    "MULTIPATH-7.2-03",
    fails_under={
        "amplification_scope": "address",
        "rebinding_validation": "seen",
        "establishment": "follows",
        "long_ids": "validate",
    },
)
def no_unvalidated_path_gets_more_than_three_times(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """Over a path on which nothing was answered goes at most three times what came over it."""
    if has(s.proven_on, path) or has(s.reassigned, get(s.leads, path)):
        return True
    return get(s.went_on, path) <= FACTOR * get(s.came_on, path)


@machine.always("RFC9000-8-01", "RFC9000-9-04", fails_under={"rebinding_validation": "ever"})
def an_address_in_other_hands_gets_no_more_than_three_times(
    s: AntiAmplification, p: Parameters, address: Address
) -> bool:
    """The new owner of an address that the client once had gets at most three times what came from there."""
    return not has(s.reassigned, address) or get(s.went, address) <= FACTOR * get(s.came, address)


@machine.always("RFC9000-8.1-05", "RFC9000-8.1-06", "RFC9000-8-01")
def all_of_the_limit_may_be_used(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """Whatever is within three times what came may go: every byte of every datagram counted, and once."""
    if size < 1 or not has_room(s, p, path, size):
        return True
    return limit_allows(s, p, path, size, "data")


@machine.always("RFC9000-8.2.3-04", "RFC9000-9.3.1-02", "RFC9000-21.1.1.1-03", "RFC9000-8.1-10")
def a_validated_address_has_no_limit(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """The limit binds no packet to an address that has answered, in no state of the connection."""
    if counts(s, path) or counts_on(s, p, path):
        return True
    if s.stage == "closing":
        return limit_allows(s, p, path, size, "close")
    return limit_allows(s, p, path, size, "data")


@machine.always("RFC9000-10.2.1-09")
def closing_packets_are_within_three_times(s: AntiAmplification, p: Parameters) -> bool:
    """A closing server without keys answers with at most three times what was attributed to it."""
    return s.closing_went <= FACTOR * s.closing_came


@machine.always("RFC9000-9-04", "RFC9000-9.3-02", "RFC9000-9.3-05")
def an_unvalidated_current_path_is_being_validated(s: AntiAmplification, p: Parameters) -> bool:
    """Where packets go to an address that is not valid, its validation is going on."""
    return s.stage != "established" or is_valid(s, p, s.current) or has(s.validating, s.current)


@machine.always("RFC9000-8.2.1-07", "RFC9000-8.2.3-03", fails_under={"establishment": "follows"})
def only_1200_bytes_validate_the_mtu(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """No path counts as one for 1200 bytes unless a datagram of that size was answered on it."""
    return not has(s.mtu, path) or has(s.carried, path)


@machine.always("RFC9000-8.2.3-03", "RFC9000-14.1-03", fails_under={"establishment": "follows"})
def what_carried_1200_bytes_is_known(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """A path in use on which a datagram of 1200 bytes was answered counts as one that carries them.

    The handshake has shown so of its path: its datagrams had that size. A server that follows its client may
    complete it elsewhere, and forgets what it has shown before.
    """
    if s.stage != "established" or path != s.current:
        return True
    return not has(s.carried, path) or has(s.mtu, path)


@machine.always("RFC9000-9.3.2-01")
def a_valid_path_in_use_is_remembered(s: AntiAmplification, p: Parameters) -> bool:
    """As soon as the path in use leads to an address that is valid, it is the one validated last."""
    return s.stage != "established" or not is_valid(s, p, s.current) or s.home == s.current


@machine.always("RFC9000-8.2.1-08", "RFC9000-8.2.3-05")
def a_small_exchange_leaves_a_second_validation(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """A path that was validated by a smaller datagram is still being validated, for its MTU."""
    if s.stage != "established" or not has(s.challenged, path) or not is_valid(s, p, path):
        return True
    return has(s.mtu, path) or has(s.validating, path)


@machine.always("RFC9002-6.2.2.1-02")
def a_blocked_server_has_no_timer(s: AntiAmplification, p: Parameters) -> bool:
    """The PTO timer of a server that may send nothing at all is not armed."""
    if s.stage != "handshake" or is_valid(s, p, s.current) or has_room(s, p, s.current, 1):
        return True
    return s.timer == "unarmed"


@machine.always("RFC9000-21.5.6-05")
def nothing_goes_to_a_guarded_port(s: AntiAmplification, p: Parameters, address: Address) -> bool:
    """A server that keeps off ports that attacks often aim at sends nothing to one before it is valid."""
    return not has(s.guarded, address) or get(s.went, address) == 0
