"""What the validator does of itself: it begins, repeats and ends attempts, and moves to other paths."""

from __future__ import annotations

from pathproof.model.domains import Symmetry
from pathproof.model.machine import Machine
from pathproof.model.path_validation.attempts import (
    drop,
    fail,
    may_probe,
    repetition_is_due,
    timer_is_due,
    want,
)
from pathproof.model.path_validation.challenges import (
    challenge_size,
    fresh_data,
    keep_wanted,
    send,
    send_again,
    send_first,
)
from pathproof.model.path_validation.moves import end_other_validations, follow
from pathproof.model.path_validation.state import (
    DISCARDED,
    NO_VIABLE_PATH,
    Parameters,
    Path,
    PathValidation,
    is_open,
    usable,
)
from pathproof.model.path_validation.truth import challenge_left
from pathproof.model.vocabulary import add, get, has, is_empty, minus, missing


def begin(s: PathValidation, p: Parameters) -> None:
    """The handshake has validated path 0 and shown its MTU; the responder has connection IDs for more."""
    s.probed = add(s.probed, 0)
    s.reachable = add(s.reachable, 0)
    s.fits = add(s.fits, 0)
    s.proved = add(s.proved, 0)
    s.proved_full = add(s.proved_full, 0)
    s.both_ways = add(s.both_ways, 0)
    s.equipped = missing(s.equipped, 0, p.paths) if p.supply == "ample" else add(s.equipped, 0)
    if p.supply == "scarce":
        s.spare = p.spares


machine = Machine(
    "path_validation", PathValidation, Parameters, begin, symmetric=(Symmetry("path", first=1),)
)


def validator_acts(s: PathValidation, p: Parameters) -> bool:
    """The connection is open and its validator is one that keeps the rules."""
    return is_open(s) and p.rogue != "validator"


@machine.action(
    "protocol",
    "validator",
    "RFC9000-8.2-03",
    "RFC9000-8.2-07",
    "RFC9000-8.2-08",
    "RFC9000-8.2-09",
    "RFC9000-9.1-01",
    "RFC9000-19.17-01",
    "MULTIPATH-3.1-03",
)
def want_validation(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The validator means to validate a path: a new one, or one that has been quiet."""
    # GUARD
    if not validator_acts(s, p) or s.drawn >= p.challenges or not may_probe(s, p, path):
        return False
    if has(s.wanted, path) or has(s.validating, path):
        return False
    # EFFECT
    want(s, path)
    return True


@machine.action(
    "protocol",
    "validator",
    "RFC9000-8.2.1-01",
    "RFC9000-8.2.1-05",
    "RFC9000-8.2.1-06",
    "RFC9000-8.2.1-08",
    "RFC9000-8.2.3-05",
    "RFC9000-8.2-05",
    "MULTIPATH-3.1-08",
    "MULTIPATH-7.2-01",
)
def send_challenge(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The first PATH_CHALLENGE of an attempt leaves, as large as the limit permits."""
    # GUARD
    if not validator_acts(s, p) or s.drawn >= p.challenges or not has(s.wanted, path):
        return False
    if challenge_size(s, p, path) == 0:
        return False
    # EFFECT
    send_first(s, p, path, challenge_size(s, p, path))
    challenge_left(s, p, path)
    return True


@machine.action(
    "protocol",
    "validator",
    "RFC9000-8.2.1-02",
    "RFC9000-8.2.1-04",
    "RFC9000-8.2.2-08",
    "RFC9000-13.3-26",
    "RFC9000-13.3-27",
    "RFC9000-13.3-29",
    "RFC9000-9.4-07",
)
def repeat_challenge(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A PTO has passed without a response: another PATH_CHALLENGE leaves, with data of its own."""
    # GUARD
    if not validator_acts(s, p) or s.drawn >= p.challenges or not repetition_is_due(s, p, path):
        return False
    if challenge_size(s, p, path) == 0:
        return False
    # EFFECT
    send_again(s, p, path, challenge_size(s, p, path), fresh_data(s, path))
    challenge_left(s, p, path)
    return True


@machine.action("protocol", "validator", "RFC9000-8.2.1-02", "RFC9000-13.3-37")
def copy_challenge(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A PTO has passed without a response: the first PATH_CHALLENGE of the attempt leaves once more."""
    # GUARD
    if not validator_acts(s, p) or p.challenge_payload == "fresh" or s.drawn >= p.challenges:
        return False
    if not repetition_is_due(s, p, path) or challenge_size(s, p, path) == 0:
        return False
    if challenge_size(s, p, path) == p.padded and has(s.small_only, path):
        return False  # what fills 1200 bytes now is no copy
    if challenge_size(s, p, path) == p.small and not has(s.small_only, path):
        return False
    # EFFECT
    send_again(s, p, path, challenge_size(s, p, path), get(s.first, path))
    challenge_left(s, p, path)
    return True


@machine.action("protocol", "validator", "RFC9000-8.2.1-09", "MULTIPATH-3.1-09")
def send_larger_challenge(s: PathValidation, p: Parameters, path: Path) -> bool:
    """So many bytes have come in on the path that a PATH_CHALLENGE in 1200 bytes can follow a small one."""
    # GUARD
    if not validator_acts(s, p) or s.drawn >= p.challenges:
        return False
    if not has(s.validating, path) or not has(s.small_only, path) or challenge_size(s, p, path) < p.padded:
        return False
    # EFFECT
    send(s, p, path, p.padded, fresh_data(s, path))
    challenge_left(s, p, path)
    return True


@machine.action("protocol", "validator", "RFC9000-8.2.1-09")
def hold_challenge(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The anti-amplification limit lets no PATH_CHALLENGE out: it waits."""
    # GUARD
    if not validator_acts(s, p) or not has(s.wanted, path) or challenge_size(s, p, path) > 0:
        return False
    # EFFECT
    keep_wanted(s, path)
    return True


@machine.action(
    "protocol",
    "validator",
    "RFC9000-8.2.4-01",
    "RFC9000-8.2.4-02",
    "RFC9000-8.2.4-03",
    "RFC9000-8.2.4-05",
    "RFC9000-9.1-02",
    "MULTIPATH-3.1-14",
)
def give_up(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The timer of the attempt fires: the path is taken for unusable."""
    # GUARD
    if not validator_acts(s, p) or not timer_is_due(s, p, path):
        return False
    # EFFECT
    fail(s, path)
    return True


@machine.action("protocol", "validator", "RFC9000-8.2.4-09", "RFC9000-9.3-07")
def abandon(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The validator abandons an attempt for a reason other than failure."""
    # GUARD
    if not validator_acts(s, p) or not has(s.validating, path):
        return False
    # EFFECT
    drop(s, path)
    return True


@machine.action(
    "environment",
    "responder",
    "RFC9000-9.3-02",
    "RFC9000-9.3-07",
    "RFC9000-9.3.2-03",
    "MULTIPATH-3.1-04",
    "MULTIPATH-5.1-03",
)
def move(s: PathValidation, p: Parameters, path: Path) -> bool:
    """Non-probing packets come from another address of the peer, and the validator follows."""
    # GUARD
    if not validator_acts(s, p) or p.moves == "no" or path == s.current or not may_probe(s, p, path):
        return False
    # EFFECT
    end_other_validations(s, p, path)
    follow(s, path)
    return True


@machine.action("protocol", "validator", "RFC9000-9-05", "RFC9000-8.2.4-07")
def discard_connection(s: PathValidation, p: Parameters) -> bool:
    """No path is left, and the validator discards the connection in silence."""
    # GUARD
    if not validator_acts(s, p) or not is_empty(usable(s)):
        return False
    if not is_empty(s.validating) or not is_empty(s.wanted):
        return False
    # EFFECT
    s.error = DISCARDED
    return True


@machine.action("protocol", "validator", "RFC9000-8.2.4-08")
def signal_no_viable_path(s: PathValidation, p: Parameters) -> bool:
    """No path is left, one of them only for its MTU, and the validator says so."""
    # GUARD
    if not validator_acts(s, p) or not is_empty(usable(s)) or is_empty(minus(s.reachable, s.fits)):
        return False
    if not is_empty(s.validating) or not is_empty(s.wanted):
        return False
    # EFFECT
    s.error = NO_VIABLE_PATH
    return True
