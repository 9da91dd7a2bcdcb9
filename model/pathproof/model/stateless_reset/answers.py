"""What becomes of the datagram under way: it is a reset and ends a connection, or a reset answers it."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.cluster import other_may_reset, token_elsewhere
from pathproof.model.stateless_reset.consumer import (
    attributions,
    end_by_reset,
    is_reset,
    may_reset_back,
)
from pathproof.model.stateless_reset.ghosts import must_be_recognized, note_arrival, note_reset, note_revealed
from pathproof.model.stateless_reset.idling import hears
from pathproof.model.stateless_reset.issuer import may_reset, recovered, token_of
from pathproof.model.stateless_reset.resets import (
    is_large_enough,
    is_rationed,
    may_have_size,
    more,
    reset_form,
)
from pathproof.model.stateless_reset.state import (
    OPEN,
    TO_CONSUMER,
    TO_ISSUER,
    TO_OTHER,
    VALID_FIRST,
    VALID_LATER,
    Attributed,
    Beyond,
    Parameters,
    StatelessReset,
    bytes_of,
    fly,
    is_clear,
    land,
)


def answer_with(s: StatelessReset, p: Parameters, size: int, heading: str, token: int) -> None:
    """A reset of this size, which ends in this token, takes the place of the datagram that it answers."""
    fly(s, size, heading, token, s.address)
    s.form = reset_form()
    note_reset(s, p)


@machine.action(
    "protocol",
    "issuer",
    "RFC9000-5.2-05",
    "RFC9000-9.3.2-05",
    "RFC9000-10.2-12",
    "RFC9000-10.3-01",
    "RFC9000-10.3-14",
    "RFC9000-10.3-16",
    "RFC9000-10.3-17",
    "RFC9000-10.3-18",
    "RFC9000-10.3-20",
    "RFC9000-10.3-22",
    "RFC9000-10.3.2-02",
    "RFC9000-10.3.3-01",
    "RFC9000-11-05",
    "RFC9001-6.6-04",
)
def answer(s: StatelessReset, p: Parameters, beyond: Beyond) -> bool:
    """The instance that had the connection answers a packet that it can attribute to none with a reset."""
    # GUARD
    if is_clear(s) or s.heading != TO_ISSUER or not may_reset(s, p, s.names, s.form):
        return False
    if is_rationed(p, s.answered) or not may_have_size(p, s.size, bytes_of(beyond)):
        return False
    # EFFECT
    token = token_of(p, recovered(p, s.names))
    s.answered = more(p, s.answered)
    note_revealed(s, p, token)
    answer_with(s, p, bytes_of(beyond), TO_CONSUMER, token)
    return True


@machine.action(
    "protocol",
    "another instance",
    "RFC9000-21.11-02",
    "RFC9000-21.11-03",
    "RFC9000-21.11-04",
    "RFC9000-5.2.3-03",
    "RFC9000-10.3-18",
    "RFC9000-10.3.3-01",
)
def answer_elsewhere(s: StatelessReset, p: Parameters, beyond: Beyond) -> bool:
    """An instance that never had the connection answers a packet of it with a reset."""
    # GUARD
    if is_clear(s) or s.heading != TO_OTHER or not other_may_reset(s, p, s.form):
        return False
    if is_rationed(p, s.answered) or not may_have_size(p, s.size, bytes_of(beyond)):
        return False
    # EFFECT
    token = token_elsewhere(p, s.names)
    s.answered = more(p, s.answered)
    note_revealed(s, p, token)
    answer_with(s, p, bytes_of(beyond), TO_CONSUMER, token)
    return True


@machine.action(
    "environment",
    "consumer",
    "RFC9000-10.3-05",
    "RFC9000-10.3-19",
    "RFC9000-10.3-21",
    "RFC9000-10.3.1-01",
    "RFC9000-10.3.1-04",
    "RFC9000-10.3.1-05",
    "RFC9000-10.3.1-06",
    "RFC9000-10.3.1-07",
    "RFC9000-10.3.1-08",
    "RFC9000-10.3.1-11",
)
def arrive(s: StatelessReset, p: Parameters, attributed: Attributed) -> bool:
    """The datagram reaches the consumer, which ends the connection if it is a reset, and else drops it."""
    # GUARD
    if is_clear(s) or s.heading != TO_CONSUMER or s.end != OPEN or not attributions(p, attributed):
        return False
    # EFFECT
    due = must_be_recognized(s, p)
    if is_reset(s, p, attributed):
        end_by_reset(s, p)
    note_arrival(s, OPEN, due)
    if s.form in (VALID_FIRST, VALID_LATER):
        hears(s, p)
    land(s)
    return True


@machine.action("protocol", "consumer", "RFC9000-5.2-05", "RFC9000-10.3-18", "RFC9000-10.3.3-01")
def answer_back(s: StatelessReset, p: Parameters, beyond: Beyond) -> bool:
    """The consumer takes the datagram for a packet of no connection, and answers it with a reset."""
    # GUARD
    if is_clear(s) or s.heading != TO_CONSUMER or not may_reset_back(s, p):
        return False
    if is_rationed(p, s.answered_back) or not may_have_size(p, s.size, bytes_of(beyond)):
        return False
    # EFFECT
    s.answered_back = more(p, s.answered_back)
    answer_with(s, p, bytes_of(beyond), TO_ISSUER, p.cids)
    return True


def would_answer(s: StatelessReset, p: Parameters) -> bool:
    """The receiver of the datagram may answer it with a reset of some size, now."""
    if s.heading == TO_CONSUMER:
        return may_reset_back(s, p) and not is_rationed(p, s.answered_back) and is_large_enough(p, s.size)
    if is_rationed(p, s.answered) or not is_large_enough(p, s.size):
        return False
    if s.heading == TO_OTHER:
        return other_may_reset(s, p, s.form)
    return may_reset(s, p, s.names, s.form)


@machine.action("protocol", "endpoint", "RFC9000-10.3-19", "RFC9000-10.3.3-01")
def drop(s: StatelessReset, p: Parameters) -> bool:
    """The receiver of the datagram may answer it with no reset, and processes or drops it."""
    # GUARD
    if is_clear(s) or (s.heading == TO_CONSUMER and s.end == OPEN) or would_answer(s, p):
        return False
    # EFFECT
    land(s)
    return True
