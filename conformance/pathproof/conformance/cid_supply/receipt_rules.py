"""Rules for NEW_CONNECTION_ID on the side that receives it: RFC 9000 5.1.1, 5.1.2, 10.3.2 and 19.15."""

from __future__ import annotations

from pathproof.conformance.cid_supply.moments_of_supply import Answer, Receipt
from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.conformance.cid_supply.unseen import LIMIT, PRIOR, SOME_LENGTH
from pathproof.conformance.events import ConnectionClose, Missing
from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply.consumer import contradicts, frame_error
from pathproof.model.cid_supply.issuer import may_issue
from pathproof.model.cid_supply.state import CONNECTION_ID_LIMIT_ERROR, OPEN
from pathproof.model.vocabulary import add, discard, has, is_empty
from pathproof.spec.names import ErrorCode

SUSPECTS = (ErrorCode.PROTOCOL_VIOLATION, ErrorCode.CONNECTION_ID_LIMIT_ERROR, ErrorCode.FRAME_ENCODING_ERROR)
"""The errors with which a repeated frame has been met by mistake."""


@rule("receipt", "consumer", "RFC9000-19.15-03", "RFC9000-19.15-05", "RFC9000-19.15-10")
def malformed_frame_is_met_by_close(receipt: Receipt, notes: Notes) -> None:
    """A frame that is wrong by itself ends the connection."""
    clause, what = malformed(receipt)
    if clause:
        receipt.owe(clause, f"NEW_CONNECTION_ID {receipt.number} {what}", ErrorCode[receipt.error])


def malformed(receipt: Receipt) -> tuple[str, str]:
    """Return the clause that a frame breaks by its fields alone, and how; two empty texts for none.

    The machine's rule is asked once for each field, with a harmless value in the place of the others.
    """
    p, number = receipt.direction.p, receipt.number
    length = SOME_LENGTH if isinstance(receipt.frame.length, Missing) else receipt.frame.length
    prior = 0 if isinstance(receipt.frame.retire_prior_to, Missing) else receipt.frame.retire_prior_to
    if not may_issue(p):
        return "RFC9000-19.15-05", "came from a peer whose connection ID is empty"
    if frame_error(p, number, 0, length) != OPEN:
        return "RFC9000-19.15-03", f"came with a connection ID of {length} bytes"
    if frame_error(p, number, prior, SOME_LENGTH) != OPEN:
        return "RFC9000-19.15-10", f"came with the larger Retire Prior To {prior}"
    return "", ""


@rule("receipt", "consumer", "RFC9000-19.15-07", "RFC9000-10.3.2-08", readings=("conflict", "token_reuse"))
def contradiction_is_met_by_close(receipt: Receipt, notes: Notes) -> None:
    """A frame that contradicts an earlier one ends the connection, or by the other reading is dropped."""
    number, cid, token = receipt.number, receipt.cid, receipt.token
    if malformed(receipt)[0] or not contradicts(number, cid, token):
        return
    of_token = cid == number
    clause = "RFC9000-10.3.2-08" if of_token and not receipt.known else "RFC9000-19.15-07"
    if receipt.error == OPEN:
        notes.kept(clause, receipt.direction.consumer)
        return
    what = "a stateless reset token" if of_token else "a connection ID"
    done = f"NEW_CONNECTION_ID {number} came with {what} that contradicts an earlier frame"
    receipt.owe(clause, done, ErrorCode[receipt.error], reading="token_reuse" if of_token else "conflict")


@rule("receipt", "consumer", "RFC9000-5.1.1-15")
def excess_is_met_by_close(receipt: Receipt, notes: Notes) -> None:
    """More connection IDs than the consumer's own limit end the connection."""
    d, clause = receipt.direction, "RFC9000-5.1.1-15"
    if receipt.error != CONNECTION_ID_LIMIT_ERROR:
        return
    if d.whole:
        done = f"NEW_CONNECTION_ID {receipt.number} went beyond its active_connection_id_limit of {d.p.limit}"
        receipt.owe(clause, done, ErrorCode[receipt.error])
    else:
        notes.blind(clause, d.consumer, GAP)


@rule("receipt", "issuer", "RFC9000-5.1.1-13")
def peer_keeps_the_limit(receipt: Receipt, notes: Notes) -> None:
    """What a peer provides stays within the limit that was stated to it.

    The machine closes on no issuer that keeps the rules, whatever is lost or reordered: that is proved.
    """
    d, clause = receipt.direction, "RFC9000-5.1.1-13"
    if d.local_issues or receipt.known or receipt.error not in (OPEN, CONNECTION_ID_LIMIT_ERROR):
        return
    if not d.limit_known:
        notes.blind(clause, d.issuer, LIMIT)
    elif receipt.error == OPEN:
        notes.kept(clause, d.issuer)
    elif d.whole:
        done = f"provided number {receipt.number} beyond the active_connection_id_limit of {d.p.limit}"
        notes.broken(clause, d.issuer, done, receipt.sight)
    else:
        notes.blind(clause, d.issuer, GAP)


@rule("receipt", "consumer", "RFC9000-5.1.2-10", readings=("unseen_below", "late_frame"))
def what_is_below_prior_is_retired(receipt: Receipt, notes: Notes) -> None:
    """RETIRE_CONNECTION_ID goes out for what lies below a risen Retire Prior To."""
    d, clause = receipt.direction, "RFC9000-5.1.2-10"
    if isinstance(receipt.frame.retire_prior_to, Missing):
        notes.blind(clause, d.consumer, PRIOR)
    leaving = discard(receipt.owed, receipt.number)
    if not is_empty(leaving):
        done = f"sent no RETIRE_CONNECTION_ID for {leaving}, although Retire Prior To rose to {d.s.prior}"
        receipt.owe(clause, done, numbers=leaving)


@rule("receipt", "consumer", "RFC9000-19.15-13", readings=("late_frame", "unseen_below"))
def late_frame_is_retired(receipt: Receipt, notes: Notes) -> None:
    """A number that comes when Retire Prior To has passed it is retired at once."""
    if has(receipt.owed, receipt.number):
        done = (
            f"sent no RETIRE_CONNECTION_ID for number {receipt.number}, which came when Retire Prior To "
            f"was {receipt.direction.s.prior} already"
        )
        receipt.owe("RFC9000-19.15-13", done, numbers=add(EMPTY, receipt.number))


@rule("receipt", "consumer", "RFC9000-19.15-06")
def repeat_is_noted(receipt: Receipt, notes: Notes) -> None:
    """A frame that came before is no error: what the endpoint sends next will show."""
    d = receipt.direction
    agrees = not contradicts(receipt.number, receipt.cid, receipt.token)
    if not d.local_issues and receipt.known and agrees and receipt.error == OPEN:
        d.repeat = True


@rule("answer", "consumer", "RFC9000-19.15-06")
def repeat_is_no_error(answer: Answer, notes: Notes) -> None:
    """A close straight after a repeated frame, with nothing else to close on, is worth a look (a warning)."""
    clause, d = "RFC9000-19.15-06", answer.direction
    d.repeat = False
    for frame in answer.packet.frames:
        if isinstance(frame, ConnectionClose):
            if frame.space != "application" and frame.error_code in SUSPECTS and not answer.duties.debts:
                done = "closed with an error when a NEW_CONNECTION_ID frame came once more"
                notes.warn(clause, d.consumer, done, Sight(answer.packet, frame))
            return
    notes.kept(clause, d.consumer)
