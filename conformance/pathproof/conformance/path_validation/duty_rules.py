"""Rules for what path validation makes an endpoint do: RFC 9000 8.2.1, 8.2.2, 8.2.3 and 19.17.

A duty is broken only if the endpoint acknowledged what brought it, went on, and left it undone to the end.
"""

from __future__ import annotations

from pathproof.conformance.cid_supply.sets import EMPTY
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.debts import Debt
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import ADDRESSES, THEIR_SIGHT, Carried
from pathproof.conformance.path_validation.moments import Challenge, Response
from pathproof.model.vocabulary import add

ECHO = ("RFC9000-8.2.2-01", "RFC9000-19.17-03")
SECOND = ("RFC9000-8.2.1-08", "RFC9000-8.2.3-05")
OTHER_PATHS = "connection IDs that were free for another path"
BOUND = "how many answers may wait"


def carrier_of(carried: Carried) -> int | None:
    """The number of the packet that brought a duty, None where it is not logged."""
    number = carried.packet.number
    return None if isinstance(number, Missing) else number


@rule("challenge", "endpoint", *ECHO, readings=("challenge_answers",))
def challenges_are_answered(challenge: Challenge, notes: Notes) -> None:
    """Each PATH_CHALLENGE that was processed is answered, or by the other reading not all of many."""
    if challenge.subject == "local":
        for clause in ECHO:
            notes.blind(clause, "peer", THEIR_SIGHT)
        return
    duties, carried = challenge.answers, challenge.carried
    hidden = ADDRESSES if carried.place is None else "" if challenge.scene.is_lone else OTHER_PATHS
    waiting = [debt for debt in duties.debts if not debt.waited]
    if waiting and challenge.scene.settings["challenge_answers"] == "bounded":
        hidden = hidden or BOUND
        for debt in waiting:
            debt.hidden = debt.hidden or BOUND
    done = "left a PATH_CHALLENGE without PATH_RESPONSE"
    for clause in ECHO:
        number = add(EMPTY, challenge.index)
        duties.owe(Debt(clause, challenge.sight, done, carrier_of(carried), number, hidden=hidden))


@rule("answer_to_challenge", "endpoint", *SECOND)
def a_small_validation_is_followed_by_another(response: Response, notes: Notes) -> None:
    """Where a small datagram has validated a path, a challenge in 1200 bytes follows."""
    if response.subject == "local" or response.asked is None or not response.is_second_due:
        return
    done = "validated a path by a small datagram alone"
    for clause in SECOND:
        number = add(EMPTY, response.asked.index)
        response.seconds.owe(Debt(clause, response.sight, done, carrier_of(response.carried), number))
