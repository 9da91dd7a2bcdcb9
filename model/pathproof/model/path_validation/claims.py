"""What must be true of every state, by name, with the clauses that ask for it."""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.state import (
    DISCARDED,
    NO_VIABLE_PATH,
    PROTOCOL_VIOLATION,
    Frame,
    Parameters,
    Path,
    PathValidation,
    patience,
    usable,
)
from pathproof.model.vocabulary import count, get, has, is_empty, minus

# What the validator may believe.


@machine.always(
    "RFC9000-8.2-01", "RFC9000-8.2-02", "RFC9000-8.2.3-01", "RFC9000-8.2.3-06", "RFC9000-8.2.4-04"
)
def a_validated_path_reached_the_peer(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A path counts as validated only if the peer got a challenge that was sent on it, whoever attacks."""
    return not has(s.reachable, path) or has(s.proved, path)


@machine.always("RFC9000-8.2.1-07", "RFC9000-8.2.1-08", "RFC9000-8.2.3-03", "MULTIPATH-3.1-08")
def a_validated_mtu_was_carried(s: PathValidation, p: Parameters, path: Path) -> bool:
    """The path MTU counts as validated only if 1200 bytes with a challenge got to the peer."""
    return not has(s.fits, path) or has(s.proved_full, path)


@machine.always("RFC9000-8.2.3-03")
def an_mtu_is_that_of_a_validated_path(s: PathValidation, p: Parameters, path: Path) -> bool:
    """No path has a validated MTU and an address that is not validated."""
    return not has(s.fits, path) or has(s.reachable, path)


@machine.always("RFC9000-8.2.2-03", "RFC9000-8.2.2-04", fails_under={"relay": "yes", "rogue": "responder"})
def a_validated_path_works_both_ways(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A path is validated only if a response to one of its challenges came back on it (the aim in 8.2.2)."""
    return not has(s.reachable, path) or has(s.both_ways, path)


@machine.always("RFC9000-8.2.3-01", "RFC9000-8.2.3-02", fails_under={"late_response": "void"})
def every_answer_counts(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """Once a response to a challenge has come, on whatever path and however late, its path is validated."""
    return not has(s.heard, frame) or has(s.reachable, get(s.sent_on, frame))


@machine.always("RFC9000-8.2.1-08", "RFC9000-8.2.3-05", "MULTIPATH-3.1-09")
def a_small_validation_is_followed_up(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A path that was validated in small datagrams is being validated for its MTU, or was given up."""
    if not has(s.reachable, path) or has(s.fits, path) or has(s.wanted, path):
        return True
    return has(s.validating, path) or has(s.failed, path) or has(s.abandoned, path)


# What the validator sends, and for how long.


@machine.always("RFC9000-8.2.1-05", "RFC9000-13.3-27", fails_under={"challenge_payload": "copied"})
def every_challenge_has_data_of_its_own(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """No PATH_CHALLENGE has the data of an earlier one."""
    return frame >= s.drawn or get(s.data, frame) == frame


@machine.always("RFC9000-8.2.1-05", "RFC9000-8.2.3-02")
def one_datum_names_one_path(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """Challenges with the same data went out on the same path, so that a response names it."""
    return frame >= s.drawn or get(s.sent_on, get(s.data, frame)) == get(s.sent_on, frame)


@machine.always("RFC9000-8.2.4-02", "RFC9000-8.2.4-03")
def no_attempt_outlives_its_timer(s: PathValidation, p: Parameters, path: Path) -> bool:
    """No attempt lasts for more than three times the larger PTO."""
    return not has(s.validating, path) or get(s.elapsed, path) <= patience(p)


@machine.always("RFC9000-8.2-07", "RFC9000-8.2-09")
def probed_paths_are_bounded(s: PathValidation, p: Parameters) -> bool:
    """No more paths are probed, besides the one of the handshake, than there are connection IDs for."""
    return count(s.probed) <= 1 + p.spares


# How it ends.


@machine.always("RFC9000-8.2.4-05", "RFC9000-8.2.4-06", "RFC9000-9.1-02", "RFC9000-9.1-03")
def a_failure_ends_no_connection_with_another_path(s: PathValidation, p: Parameters) -> bool:
    """The validator ends the connection for want of a path only when it has none."""
    return (s.error != DISCARDED and s.error != NO_VIABLE_PATH) or is_empty(usable(s))


@machine.always("RFC9000-8.2.4-08")
def no_viable_path_tells_of_an_mtu(s: PathValidation, p: Parameters) -> bool:
    """NO_VIABLE_PATH is signalled only where a path got to the peer and was not seen to carry 1200 bytes."""
    return s.error != NO_VIABLE_PATH or not is_empty(minus(s.proved, s.fits))


@machine.always("RFC9000-19.18-04", "RFC9000-12.4-37", fails_under={"challenge_payload": "copied"})
def honest_peers_are_never_closed_on(s: PathValidation, p: Parameters) -> bool:
    """PROTOCOL_VIOLATION meets no peer that keeps the rules."""
    return s.error != PROTOCOL_VIOLATION or s.rogue == "yes"


# What the responder owes and sends.


@machine.always(
    "RFC9000-8.2.2-01", "RFC9000-13.3-29", "RFC9000-19.17-03", fails_under={"challenge_answers": "bounded"}
)
def every_challenge_is_answered(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """A challenge that arrived was answered, or its response is still to leave."""
    return not has(s.reached, frame) or has(s.owed, frame) or has(s.responses, frame)


@machine.always("RFC9000-8.2.2-01", "RFC9000-13.3-29", fails_under={"challenge_answers": "all"})
def waiting_responses_are_bounded(s: PathValidation, p: Parameters) -> bool:
    """No more than a fixed number of responses wait, however many challenges come."""
    return count(s.owed) <= p.backlog


@machine.always("RFC9000-8.2.2-03", "RFC9000-8.2.3-02", "MULTIPATH-3.1-06")
def responses_leave_on_the_path_of_the_challenge(s: PathValidation, p: Parameters) -> bool:
    """No response went out on another path than the one that brought its challenge."""
    return s.misdeed != "response on another path"


@machine.always("RFC9000-8.2.2-01", "RFC9000-19.17-03")
def responses_echo_the_challenge(s: PathValidation, p: Parameters) -> bool:
    """No response had other data than its challenge."""
    return s.misdeed != "response with other data"


@machine.always("RFC9000-8.2.2-07", "RFC9000-13.3-28")
def a_challenge_is_answered_once(s: PathValidation, p: Parameters) -> bool:
    """No challenge drew a second response."""
    return s.misdeed != "second response"


@machine.always("RFC9000-8.2.2-05")
def responses_fill_1200_bytes(s: PathValidation, p: Parameters) -> bool:
    """No response left in a smaller datagram, unless the limit asked for that."""
    return s.misdeed != "response too small"


@machine.always("RFC9000-8.2.2-06", "RFC9000-8-01")
def responses_stay_within_the_limit(s: PathValidation, p: Parameters) -> bool:
    """With all responses, no more went to an unvalidated address than three times what came from it."""
    return s.misdeed != "response beyond the limit"


@machine.always("RFC9000-8.2.2-02", fails_under={"supply": "scarce"})
def responses_are_not_delayed(s: PathValidation, p: Parameters) -> bool:
    """Only congestion control makes a response wait."""
    return s.misdeed != "response late"


@machine.always("RFC9000-5.1.2-10", "RFC9000-5.1.2-04", "RFC9000-9.5-09")
def no_response_bears_a_retired_connection_id(s: PathValidation, p: Parameters) -> bool:
    """No response went out on a path whose connection ID was retired, not even within one packet."""
    return s.misdeed != "retired connection ID"
