"""States that some run must reach: without them, a claim could hold because nothing ever happens."""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.state import (
    DISCARDED,
    NO_VIABLE_PATH,
    PROTOCOL_VIOLATION,
    Parameters,
    Path,
    PathValidation,
    is_open,
    usable,
)
from pathproof.model.vocabulary import count, get, has, is_empty, minus


@machine.sometimes("RFC9000-8.2.3-01")
def new_path_is_validated(s: PathValidation, p: Parameters) -> bool:
    """Besides the handshake's path another one is validated, with its MTU."""
    return is_open(s) and s.rogue == "no" and count(usable(s)) > 1


@machine.sometimes("RFC9000-8.2-08")
def two_paths_are_probed_at_once(s: PathValidation, p: Parameters) -> bool:
    """Attempts on two paths are running."""
    return count(s.validating) > 1


@machine.sometimes("RFC9000-8.2-03")
def path_in_use_is_checked(s: PathValidation, p: Parameters) -> bool:
    """A path that is validated is being validated again."""
    return not is_empty(minus(s.validating, minus(s.validating, s.fits)))


@machine.sometimes("RFC9000-8.2.3-03")
def reachable_in_small_datagrams_only(s: PathValidation, p: Parameters) -> bool:
    """A path is validated, and its MTU is not."""
    return is_open(s) and not is_empty(minus(s.reachable, s.fits))


@machine.sometimes("RFC9000-8.2.1-08", "RFC9000-8.2.3-05")
def second_validation_succeeded(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A path is validated with its MTU after a challenge in a small datagram."""
    return has(s.fits, path) and s.drawn == 2 and get(s.sent_on, 0) == path and not has(s.expanded, 0)


@machine.sometimes("RFC9000-8.2.1-09")
def both_sizes_are_outstanding(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The large challenge has followed before the small one was answered."""
    if not has(s.validating, path) or get(s.first, path) != 0 or s.drawn < 2:
        return False
    return not has(s.expanded, 0) and has(s.expanded, 1) and get(s.sent_on, 1) == path


@machine.sometimes("RFC9000-8.2.4-01")
def validation_failed(s: PathValidation, p: Parameters) -> bool:
    """A path was given up, and another goes on."""
    return is_open(s) and not is_empty(s.failed) and not is_empty(usable(s))


@machine.sometimes("RFC9000-8.2.3-01", "RFC9000-8.2.4-05")
def late_answer_came_to_nothing(s: PathValidation, p: Parameters) -> bool:
    """A response was processed after its attempt had ended, and validated nothing."""
    return is_open(s) and s.rogue == "no" and not is_empty(minus(s.heard, s.answered))


@machine.sometimes("RFC9000-8.2.4-09")
def validation_was_abandoned(s: PathValidation, p: Parameters) -> bool:
    """An attempt was given up for another reason than failure."""
    return not is_empty(s.abandoned)


@machine.sometimes("RFC9000-13.3-26")
def third_challenge_of_an_attempt(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A third challenge of an attempt has left: time for it is only where the PTO in use is the larger."""
    return has(s.validating, path) and get(s.last, path) >= 3 * p.initial_pto


@machine.sometimes("RFC9000-8.2.2-01")
def responses_wait(s: PathValidation, p: Parameters) -> bool:
    """More than one response is owed."""
    return is_open(s) and count(s.owed) > 1


@machine.sometimes("RFC9000-9.5-09")
def responder_has_no_connection_id_left(s: PathValidation, p: Parameters) -> bool:
    """A response is owed, and there is no connection ID to send it under."""
    return not is_empty(s.owed) and is_empty(s.equipped) and s.spare == 0


@machine.sometimes("RFC9000-8.2.2-06")
def small_response_left(s: PathValidation, p: Parameters) -> bool:
    """A response left in a small datagram, as the limit asks."""
    return not is_empty(minus(s.responses, s.full))


@machine.sometimes("RFC9000-8.2.3-02")
def validated_by_an_answer_from_elsewhere(s: PathValidation, p: Parameters) -> bool:
    """A path is validated although no response came back on it."""
    return not is_empty(minus(s.reachable, s.both_ways))


@machine.sometimes("RFC9000-9.3-07")
def peer_has_moved(s: PathValidation, p: Parameters) -> bool:
    """The connection uses another path than at first, and it is validated."""
    return s.current != 0 and has(s.fits, s.current)


@machine.sometimes("RFC9000-8.2.4-07")
def discarded_in_silence(s: PathValidation, p: Parameters) -> bool:
    """The validator has discarded the connection, for no path was left."""
    return s.error == DISCARDED


@machine.sometimes("RFC9000-8.2.4-08")
def closed_with_no_viable_path(s: PathValidation, p: Parameters) -> bool:
    """The validator has closed with NO_VIABLE_PATH."""
    return s.error == NO_VIABLE_PATH


@machine.sometimes("RFC9000-19.18-04")
def closed_with_protocol_violation(s: PathValidation, p: Parameters) -> bool:
    """The validator has closed with PROTOCOL_VIOLATION."""
    return s.error == PROTOCOL_VIOLATION
