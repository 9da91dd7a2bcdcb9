"""Rules for PATH_RESPONSE: RFC 9000 8.2.2, 12.4, 13.3, 19.17 and 19.18."""

from __future__ import annotations

from pathproof.conformance.anti_amplification.limit_rules import READINGS
from pathproof.conformance.events import Missing
from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.notes import Notes
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import ADDRESSES, THEIR_SIGHT
from pathproof.conformance.path_validation.challenge_rules import DATA, fills
from pathproof.conformance.path_validation.moments import Response

ANSWERS = "RFC9000-19.18-01"
ONCE = ("RFC9000-8.2.2-07", "RFC9000-13.3-28")


@rule("answer_to_challenge", "endpoint", ANSWERS)
def responses_answer_challenges(response: Response, notes: Notes) -> None:
    """PATH_RESPONSE echoes the data of a PATH_CHALLENGE that came before it."""
    subject = response.subject
    if isinstance(response.frame.data, Missing):
        notes.blind(ANSWERS, subject, DATA)
    elif response.asked is not None:
        notes.kept(ANSWERS, subject)
    elif response.forgotten:
        notes.blind(ANSWERS, subject, DATA)
    elif not response.scene.whole:
        notes.blind(ANSWERS, subject, GAP)
    else:
        done = f"sent a PATH_RESPONSE that no PATH_CHALLENGE had asked for, {response.frame.data.hex()}"
        notes.broken(ANSWERS, subject, done, response.sight)


@rule("answer_to_challenge", "endpoint", *ONCE)
def a_challenge_is_answered_once(response: Response, notes: Notes) -> None:
    """There are no more responses with a value than challenges that brought it."""
    asked = response.asked
    for clause in ONCE if asked is not None else ():
        if asked is not None and asked.answers <= asked.times:
            notes.kept(clause, response.subject)
        elif not response.scene.whole:
            notes.blind(clause, response.subject, GAP)
        else:
            done = "answered a PATH_CHALLENGE with one more PATH_RESPONSE"
            notes.broken(clause, response.subject, done, response.sight)


@rule("answer_to_challenge", "endpoint", "RFC9000-8.2.2-03", readings=("preferred_answer_path",))
def responses_take_the_path_of_their_challenge(response: Response, notes: Notes) -> None:
    """PATH_RESPONSE leaves by the path on which its PATH_CHALLENGE came."""
    clause, subject, asked = "RFC9000-8.2.2-03", response.subject, response.asked
    place = response.carried.place
    if asked is None:
        return
    if subject == "peer":
        notes.blind(clause, subject, THEIR_SIGHT)
    elif place is None or None in asked.places:
        notes.blind(clause, subject, ADDRESSES)
    elif place in asked.places:
        notes.kept(clause, subject)
    elif response.moved_on and response.scene.settings["preferred_answer_path"] == "preferred":
        notes.warn(clause, subject, "answered at the preferred address", response.sight)
    elif not response.scene.whole:
        notes.blind(clause, subject, GAP)
    else:
        done = f"sent a PATH_RESPONSE from {place[0]} to {place[1]}, where its PATH_CHALLENGE had not come"
        notes.broken(clause, subject, done, response.sight)


@rule("answer_to_challenge", "endpoint", "RFC9000-8.2.2-05")
def responses_fill_their_datagrams(response: Response, notes: Notes) -> None:
    """A datagram with PATH_RESPONSE has 1200 bytes, unless the limit has no room for them."""
    fills("RFC9000-8.2.2-05", response.carried, response.had_room, response.sight, notes)


@rule(
    "answer_to_challenge",
    "endpoint",
    "RFC9000-8.2.2-06",
    readings=READINGS,
)
def responses_stay_within_the_limit(response: Response, notes: Notes) -> None:
    """No datagram with PATH_RESPONSE is larger than the limit allows."""
    clause, scene = "RFC9000-8.2.2-06", response.scene
    if response.subject == "peer":
        if scene.role("peer") == "server":
            notes.blind(clause, "peer", THEIR_SIGHT)
    elif response.excess is False:
        notes.kept(clause, "local")
    elif response.excess and scene.whole:
        done = f"sent a PATH_RESPONSE in {response.carried.size} bytes, more than the limit allows"
        notes.broken(clause, "local", done, response.sight)


@rule("answer_to_challenge", "endpoint", "RFC9000-12.4-24")
def responses_travel_in_1rtt_packets(response: Response, notes: Notes) -> None:
    """PATH_RESPONSE is in 1-RTT packets alone."""
    kind = response.carried.packet.type
    if kind == "1RTT":
        notes.kept("RFC9000-12.4-24", response.subject)
    else:
        done = f"sent PATH_RESPONSE in a packet of the type {kind}"
        notes.broken("RFC9000-12.4-24", response.subject, done, response.sight)
