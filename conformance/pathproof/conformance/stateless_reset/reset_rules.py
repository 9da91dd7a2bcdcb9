"""Rules for stateless resets and what goes with them: RFC 9000 10.3, 10.3.1, 10.3.3 and 18.2."""

from __future__ import annotations

from pathproof.conformance.events import ABSENT, NOT_LOGGED
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.registry import rule
from pathproof.conformance.stateless_reset.moments import Declared, Reset, Silence
from pathproof.model.stateless_reset import machine
from pathproof.model.stateless_reset.resets import factor, is_one_byte_less, least_size

SIZE = "size of the stateless reset"
TRIGGER = "packet that the stateless reset answers"


@rule("reset", "endpoint", "RFC9000-10.3-14")
def resets_have_room_for_what_is_in_them(reset: Reset, notes: Notes) -> None:
    """A stateless reset has at least 5 bytes before its token of 16."""
    clause = "RFC9000-10.3-14"
    if reset.size is None:
        notes.blind(clause, reset.subject, SIZE)
    elif reset.size >= least_size(machine.setting()):
        notes.kept(clause, reset.subject)
    else:
        notes.broken(clause, reset.subject, f"sent a stateless reset of {reset.size} bytes", reset.sight)


@rule("reset", "endpoint", "RFC9000-10.3-18", readings=("three_times_larger",))
def resets_do_not_amplify(reset: Reset, notes: Notes) -> None:
    """A stateless reset stays below three times, or by the letter four times, the size of what it answers."""
    clause, size, trigger = "RFC9000-10.3-18", reset.size, reset.trigger
    reading = {"three_times_larger": reset.scene.settings["three_times_larger"]}
    if size is None or trigger is None or reset.subject == "peer":
        notes.blind(clause, reset.subject, TRIGGER)
    elif size < factor(machine.setting(reading)) * trigger:
        notes.kept(clause, "local")
    else:
        notes.broken(clause, "local", f"answered {trigger} bytes with a reset of {size}", reset.sight)


@rule("reset", "endpoint", "RFC9000-10.3.3-01")
def resets_are_smaller_than_what_they_answer(reset: Reset, notes: Notes) -> None:
    """A stateless reset is smaller than what it answers, unless state that no trace shows rules out loops."""
    clause, size, trigger = "RFC9000-10.3.3-01", reset.size, reset.trigger
    if size is None or trigger is None:
        notes.blind(clause, reset.subject, TRIGGER)
    elif size >= trigger:
        notes.warn(clause, reset.subject, f"answered {trigger} bytes with a reset of {size}", reset.sight)
    elif reset.subject == "local":
        notes.kept(clause, "local")
    else:
        notes.blind(clause, "peer", TRIGGER)


@rule("reset", "endpoint", "RFC9000-10.3-16")
def short_packets_get_resets_one_byte_shorter(reset: Reset, notes: Notes) -> None:
    """What has 43 bytes or fewer is answered by a reset that is one byte shorter (advice)."""
    clause, trigger = "RFC9000-10.3-16", reset.trigger
    if reset.subject == "peer" or trigger is None or reset.size is None:
        return
    if not is_one_byte_less(machine.setting(), trigger):
        return
    if reset.size == trigger - 1:
        notes.kept(clause, "local")
    else:
        notes.warn(clause, "local", f"answered {trigger} bytes with a reset of {reset.size}", reset.sight)


@rule("silence", "endpoint", "RFC9000-10.3.1-11", "RFC9000-10.3-05")
def nothing_follows_a_reset(silence: Silence, notes: Notes) -> None:
    """An endpoint that a stateless reset reached sends nothing more on the connection."""
    for clause in ("RFC9000-10.3.1-11", "RFC9000-10.3-05"):
        if silence.packet is None:
            notes.kept(clause, "local")
        else:
            done = "sent a packet after a stateless reset had come"
            notes.broken(clause, "local", done, Sight(silence.packet))


@rule("declared", "client", "RFC9000-10.3-09", "RFC9000-18.2-42")
def clients_declare_what_is_theirs(declared: Declared, notes: Notes) -> None:
    """A client states neither a stateless reset token nor a preferred address."""
    if declared.role != "client":
        return
    fields = {
        "RFC9000-10.3-09": ("stateless_reset_token", declared.stated.stateless_reset_token),
        "RFC9000-18.2-42": ("preferred_address", declared.stated.preferred_address_connection_id),
    }
    for clause, (name, value) in fields.items():
        if value is NOT_LOGGED:
            notes.blind(clause, declared.owner, name)
        elif value is ABSENT:
            notes.kept(clause, declared.owner)
        else:
            notes.broken(clause, declared.owner, f"stated the transport parameter {name}", declared.sight)
