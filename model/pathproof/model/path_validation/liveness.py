"""What every fair run comes back to: attempts end, what is owed leaves, and a path that works is validated.

The number of challenges is bounded in an exploration. A run that has sent them all is at its end, and the
claims say nothing of what only a further challenge could bring.
"""

from __future__ import annotations

from pathproof.model.path_validation.actions import machine
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
    """A validation that is wanted begins, also the second one for the path MTU, while packets come in."""
    return not has(s.wanted, path) or not is_open(s) or s.drawn >= p.challenges


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
    """A path on which challenges and responses arrive in time is validated with its MTU once it is probed."""
    if has(s.fits, path) or not has(s.probed, path):
        return True
    if has(s.failed, path) or has(s.abandoned, path):
        return True
    return not is_open(s) or s.drawn >= p.challenges
