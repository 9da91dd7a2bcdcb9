"""What the server owes: answers to challenges, a challenge of its own, and room for it (9.3-02, 8.2.2)."""

from __future__ import annotations

from pathproof.model.migration.actions import machine
from pathproof.model.migration.liveness import HONEST, SILENT
from pathproof.model.migration.sending import may_send_to
from pathproof.model.migration.state import Address, Migration, Parameters, is_open
from pathproof.model.vocabulary import get, has


@machine.always("RFC9000-8.2.2-01", "RFC9000-8.2.2-03", "RFC9000-9.3-04")
def every_challenge_taken_in_is_owed_an_answer(s: Migration, p: Parameters, address: Address) -> bool:
    """In whatever packet PATH_CHALLENGE came, PATH_RESPONSE is owed to where it came from until one leaves.

    What came and what left is known from the datagrams (`truth`). Also a packet that was overtaken counts,
    and a path is forgotten only where nothing can be sent to it.
    """
    return not is_open(s) or not has(s.owed, address) or has(s.asked, address)


@machine.step("RFC9000-9.3-02")
def data_leaves_room_for_a_challenge(s: Migration, after: Migration, p: Parameters, address: Address) -> bool:
    """Data may go first, but never takes the last of what may go while a challenge is due there.

    The text has validation begin, and names no order: without room it would not begin.
    """
    if has(s.flight, address) or not has(after.flight, address) or not has(after.due, address):
        return True
    return has(s.validated, address) or get(after.flooded, address) > 0


@machine.eventually("RFC9000-8.2.2-01", given=("the_server_acts",))
def every_answer_owed_goes_out(s: Migration, p: Parameters, address: Address) -> bool:
    """No PATH_RESPONSE that may be sent is put off for ever, to the address in use or to another."""
    return not is_open(s) or not has(s.owed, address) or not may_send_to(s, p, address)


PATIENT = tuple(name for name in HONEST if name != "the_client_goes_back")


@machine.eventually(
    "RFC9000-8.2.2-01",
    "RFC9000-9.2-03",
    given=(*PATIENT, "the_client_settles", "the_attacker_gives_up"),
    fails_under={**SILENT, "prior": "never", "exhausted_supply": "refuse"},
)
def a_client_that_keeps_trying_is_answered(s: Migration, p: Parameters) -> bool:
    """A client that stays on its new path, and goes on sending there, has validated it at last.

    It need not go back, however long the answer takes, and goes back no more at some time.
    """
    return not is_open(s) or has(s.works, s.outer)
