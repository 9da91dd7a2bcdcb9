"""Rules for PATH_CHALLENGE: RFC 9000 8.2.1, 12.4 and 13.3."""

from __future__ import annotations

from pathproof.conformance.events import Missing
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.judge.scene import CARRIERS, FULL_SIZE, Carried
from pathproof.conformance.path_validation.moments import Challenge

DATA = "data of PATH_CHALLENGE and PATH_RESPONSE"
ROOM = "what the anti-amplification limit had room for"
FRESH = ("RFC9000-8.2.1-05", "RFC9000-13.3-27")


@rule("challenge", "endpoint", *FRESH, readings=("challenge_payload",))
def challenges_have_data_of_their_own(challenge: Challenge, notes: Notes) -> None:
    """No two challenges of an endpoint are alike, or by the other reading only copies on one path are."""
    subject, earlier = challenge.subject, challenge.earlier
    copied = challenge.scene.settings["challenge_payload"] == "copied"
    for clause in FRESH:
        if isinstance(challenge.frame.data, Missing):
            notes.blind(clause, subject, DATA)
        elif earlier is None:
            notes.kept(clause, subject)
        elif copied and (None in earlier.places or challenge.carried.place in (None, *earlier.places)):
            notes.warn(clause, subject, "sent a PATH_CHALLENGE again with the same data", challenge.sight)
        else:
            done = f"sent a PATH_CHALLENGE with data that an earlier one had, {challenge.frame.data.hex()}"
            notes.broken(clause, subject, done, challenge.sight)


@rule("challenge", "endpoint", "RFC9000-8.2.1-06")
def challenges_fill_their_datagrams(challenge: Challenge, notes: Notes) -> None:
    """A datagram with PATH_CHALLENGE has 1200 bytes, unless the limit has no room for them."""
    fills("RFC9000-8.2.1-06", challenge.carried, challenge.had_room, challenge.sight, notes)


def fills(clause: str, carried: Carried, had_room: bool, sight: Sight, notes: Notes) -> None:
    """Note whether a datagram has 1200 bytes, where the limit had room for that many."""
    size, subject = carried.size, carried.subject
    if size is None:
        notes.blind(clause, subject, CARRIERS)
    elif size >= FULL_SIZE:
        notes.kept(clause, subject)
    elif had_room:
        frame = type(sight.frame).__name__
        notes.broken(clause, subject, f"sent a {frame} in a datagram of {size} bytes", sight)
    else:
        notes.blind(clause, subject, ROOM)


@rule("challenge", "endpoint", "RFC9000-8.2.1-03")
def one_challenge_is_in_a_packet(challenge: Challenge, notes: Notes) -> None:
    """A packet holds no second PATH_CHALLENGE (advice)."""
    if challenge.first:
        notes.kept("RFC9000-8.2.1-03", challenge.subject)
    else:
        done = "put more than one PATH_CHALLENGE into a packet"
        notes.warn("RFC9000-8.2.1-03", challenge.subject, done, challenge.sight)


@rule("challenge", "endpoint", "RFC9000-12.4-23")
def challenges_travel_under_data_keys(challenge: Challenge, notes: Notes) -> None:
    """PATH_CHALLENGE is in no Initial or Handshake packet."""
    kind = challenge.carried.packet.type
    if kind in ("1RTT", "0RTT"):
        notes.kept("RFC9000-12.4-23", challenge.subject)
    else:
        notes.broken(
            "RFC9000-12.4-23", challenge.subject, f"sent PATH_CHALLENGE in an {kind} packet", challenge.sight
        )
