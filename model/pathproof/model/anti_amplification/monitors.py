"""What a single datagram shows when it leaves: each breach that no later state would tell of.

These look at what really happened, not at the server's own counts, and no endpoint reads what they note.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.ledger import is_valid, smaller
from pathproof.model.anti_amplification.state import FACTOR, PATIENCE, SMALL, AntiAmplification, Parameters
from pathproof.model.anti_amplification.truth import counts, counts_on, has_room
from pathproof.model.vocabulary import get, has


def watch_challenge(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A challenge below 1200 bytes leaves only where the limit has no room for more (8.2.1-06)."""
    if size < p.padded and has_room(s, p, path, p.padded):
        s.flaw = "challenge below 1200 bytes although the limit had room"


def watch_response(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A response is expanded to 1200 bytes where the limit has room; what else it is, is noted (8.2.2-06)."""
    if size < p.padded and has_room(s, p, path, p.padded):
        s.flaw = "response below 1200 bytes although the limit had room"
    elif size < p.padded and size > SMALL:
        s.flaw = "response expanded in part"


def watch_data(s: AntiAmplification, p: Parameters, path: int) -> None:
    """Nothing else uses up the limit of a new path before the first challenge has gone there."""
    if is_valid(s, p, path) or has(s.challenged, path):
        return
    if s.stage == "established" and counts_on(s, p, path):
        s.flaw = "data before the challenge"


def watch_order(s: AntiAmplification) -> None:
    """A probe that fell due while the server was blocked goes out before other packets."""
    if s.timer == "expired":
        s.flaw = "data before an overdue probe"


def watch_initial(s: AntiAmplification, p: Parameters, size: int) -> None:
    """A client's datagram with an Initial packet has 1200 bytes."""
    if size < p.padded:
        s.flaw = "Initial packet below 1200 bytes"


def watch_probe(s: AntiAmplification, kind: str) -> None:
    """A client with Handshake keys probes with a Handshake packet, and one without them by an Initial one."""
    if kind == "initial" and has(s.parts_held, 0):
        s.flaw = "wrong kind of probe"
    if kind == "handshake" and not has(s.parts_held, 0):
        s.flaw = "wrong kind of probe"


def watch_stateless_answer(s: AntiAmplification, size: int, answer: int) -> None:
    """Each answer that leaves no state behind is within three times its trigger."""
    if answer > FACTOR * size:
        s.flaw = "stateless answer past the limit"


def watch_answer_to_nothing(s: AntiAmplification, p: Parameters) -> None:
    """A datagram of no connection is answered while closing: only without keys, by a reading (10.2.1-08)."""
    if p.closing_keys == "kept":
        s.flaw = "datagram of no connection answered although the keys were kept"
    elif p.closing_unattributed == "attributed":
        s.flaw = "datagram of no connection answered although none is to be"


def watch_silence(s: AntiAmplification, p: Parameters, path: int) -> None:
    """A packet of the connection is answered while closing, where both limits have room.

    A server that limits its rate lets some pass (10.2.1-04), and answers when it has.
    """
    if p.closing_rate == "fewer" and s.unanswered < PATIENCE:
        return
    total = s.closing_went + p.close <= FACTOR * s.closing_came
    if p.closing_keys == "dropped" and not total:
        return
    if counts(s, path) and (p.closing_unvalidated == "discard" or has(s.guarded, get(s.leads, path))):
        return
    if has_room(s, p, path, p.close):
        s.flaw = "no answer while closing"


def watch_rate(s: AntiAmplification, p: Parameters) -> None:
    """A server that limits its rate never answers two datagrams that come one right after the other."""
    if p.closing_rate == "fewer" and s.unanswered == 0:
        s.flaw = "every datagram answered although the rate is limited"


def note_closing(s: AntiAmplification, p: Parameters) -> None:
    """Nothing was answered yet: the first datagram may be."""
    if p.closing_rate == "fewer":
        s.unanswered = PATIENCE


def note_arrival(s: AntiAmplification, p: Parameters) -> None:
    """A datagram came while closing, and was not answered."""
    if p.closing_rate == "fewer":
        s.unanswered = smaller(s.unanswered + 1, PATIENCE)


def note_answer(s: AntiAmplification) -> None:
    """A datagram was answered while closing."""
    s.unanswered = 0
