"""What every fair run comes back to: attempts end, what is owed leaves, and a path that works is validated.

The number of challenges is bounded in an exploration. A challenge that is wanted when all of them have left
stays; of it the claims ask that nothing but this bound keeps it. What has left is still to be answered.
"""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
from pathproof.model.path_validation.challenges import challenge_size
from pathproof.model.path_validation.state import Frame, Parameters, Path, PathValidation, is_open
from pathproof.model.vocabulary import has


@machine.fair("strong", "deliver_challenge", "deliver_response")
def what_is_sent_arrives() -> None:
    """Neither path loses a challenge or a response for ever."""


@machine.fair("strong", "send_challenge", "repeat_challenge", "send_response")
def the_ends_send() -> None:
    """An end sends what it has to send and may send."""


@machine.fair("strong", "tick")
def time_passes() -> None:
    """The clock of an attempt goes on."""


@machine.fair("weak", "give_up")
def timers_fire() -> None:
    """A timer that is due fires."""


@machine.fair("strong", "relieve")
def congestion_ends() -> None:
    """The congestion window has room again, time and again."""


@machine.fair("strong", "supply")
def connection_ids_come() -> None:
    """The responder gets new connection IDs when it has used up those it had."""


@machine.fair("strong", "hear")
def the_peer_goes_on_sending() -> None:
    """Datagrams come from an address that is not validated yet."""


@machine.fair("finite", "tick", "abandon", "move")
def answers_outrun_the_timers() -> None:
    """The round trip is shorter than the timers, and nobody abandons the attempt."""


def only_the_bound_keeps(s: PathValidation, p: Parameters, path: int) -> bool:
    """A challenge is to be sent on the path, the limit permits it, and the run may send no more of them."""
    return s.drawn >= p.challenges and has(s.wanted, path) and challenge_size(s, p, path) > 0


@machine.eventually(
    "RFC9000-8.2.4-01",
    "RFC9000-8.2.4-02",
    given=("time_passes", "timers_fire", "the_ends_send", "congestion_ends", "connection_ids_come"),
)
def validation_ends(s: PathValidation, p: Parameters, path: Path) -> bool:
    """Every attempt to validate a path ends, whatever the peer and the network do."""
    return not has(s.validating, path) or not is_open(s)


@machine.eventually(
    "RFC9000-8.2.1-01",
    "RFC9000-8.2.1-09",
    "RFC9000-13.3-26",
    given=("the_ends_send", "the_peer_goes_on_sending"),
)
def what_is_wanted_begins(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A validation that is wanted begins, also the second one for the path MTU, while packets come in.

    Where no challenge is left of those that a run may send, its datagram would fit the limit all the same.
    """
    return not has(s.wanted, path) or not is_open(s) or only_the_bound_keeps(s, p, path)


@machine.eventually(
    "RFC9000-8.2.2-01",
    "RFC9000-8.2.2-02",
    "MULTIPATH-3.1-11",
    given=("the_ends_send", "congestion_ends", "connection_ids_come"),
)
def what_is_owed_is_sent(s: PathValidation, p: Parameters, frame: Frame) -> bool:
    """Every response that is owed leaves."""
    return not has(s.owed, frame) or not is_open(s)


@machine.eventually(
    "RFC9000-8.2.3-01",
    "RFC9000-8.2.1-08",
    "MULTIPATH-3.1-13",
    given=(
        "what_is_sent_arrives",
        "the_ends_send",
        "answers_outrun_the_timers",
        "the_peer_goes_on_sending",
        "congestion_ends",
        "connection_ids_come",
    ),
    fails_under={"challenge_answers": "bounded"},
)
def a_working_path_is_validated(s: PathValidation, p: Parameters, path: Path) -> bool:
    """A path on which challenges and responses arrive in time is validated with its MTU once it is probed.

    One that wants a challenge when none is left of those that a run may send has come as far as it can.
    """
    if has(s.fits, path) or not has(s.probed, path):
        return True
    if has(s.failed, path) or has(s.abandoned, path):
        return True
    return not is_open(s) or only_the_bound_keeps(s, p, path)
