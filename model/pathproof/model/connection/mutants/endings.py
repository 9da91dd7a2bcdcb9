"""Bugs at the end of a connection: who ends it, and who goes on."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.state import CLOSING, DRAINING, OPEN
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import has

recreates = Recreated()
LIMITED = {"parts": "migration and limit", "cids": 1, "most": 1, "volume": 5, "ends": "closes"}
IDLE = {"ends": "idles", "silence": 3, "packets": 1, "zero_length": "client"}


@recreates(
    "QN-41",
    replaces="is_an_error",
    cites=("RFC9000-9-03",),
    at="server",
    disable_active_migration="yes",
    attacker="off path",
)
def an_unknown_address_is_an_error(s: Any, p: Any, address: int) -> bool:
    """A server that has barred the client from moving closes for a packet from another address."""
    return p.disable_active_migration == "yes" and not has(s.moving_paths, address)


@recreates(replaces="after_close", cites=("RFC9000-10.2.2-01",), at="server", ends="closes")
def a_close_is_ignored(p: Any, end: str) -> str:
    """An end goes on after CONNECTION_CLOSE has reached it."""
    return end


@recreates(
    replaces="after_close",
    cites=("RFC9000-10.2.2-01", "RFC9000-10.2.2-05"),
    at="server",
    ends="closes",
    close_in_closing="drains",
)
def who_hears_of_a_close_answers_on(p: Any, end: str) -> str:
    """An end that CONNECTION_CLOSE has reached answers every packet with one of its own."""
    return CLOSING


@recreates(replaces="has_lingered", cites=("RFC9000-10.2-08",), at="server", ends="closes")
def closing_lasts_no_time(p: Any, lingers: int) -> bool:
    """The closing state ends at once."""
    return True


@recreates(
    replaces="begin_closing", cites=("RFC9000-10.2-03", "RFC9000-10.2.1-02"), at="server", ends="closes"
)
def closing_is_forgotten(*_: Any) -> str:
    """An end that has sent CONNECTION_CLOSE goes on as before."""
    return OPEN


@recreates(
    replaces="server_can_close_to",
    cites=("RFC9000-8-01", "RFC9000-10.2.1-12"),
    at="server",
    attacker="off path",
    **LIMITED,
)
def closes_are_not_limited(s: Any, p: Any, address: int) -> bool:
    """A closing server answers with CONNECTION_CLOSE whatever the limit."""
    return True


@recreates(replaces="server_acts", cites=("RFC9000-10.2.1-02", "RFC9000-10.2-02"), at="server", ends="closes")
def a_closing_server_goes_on(s: Any, p: Any) -> bool:
    """What was closed is closed for streams only: challenges, data and connection IDs go on."""
    return p.parts != "first packets" and s.frames == "none" and (s.server_end in (OPEN, CLOSING))


@recreates(
    replaces="is_recognized",
    cites=("RFC9000-10.3.1-08",),
    at="client",
    parts="supply and reset",
    prior="rises",
)
def tokens_outlive_their_ids(s: Any, p: Any, token: int) -> bool:
    """A reset is recognised by the token of a connection ID that was retired."""
    return has(s.server_ids_used, token)


@recreates(
    replaces="is_recognized",
    cites=("RFC9000-10.3.1-03",),
    at="client",
    parts="supply and reset",
    attacker="off path",
)
def no_token_is_zeros(s: Any, p: Any, token: int) -> bool:
    """16 bytes that are no token of any connection ID pass for one."""
    return token == p.cids or has(s.server_ids_used, token)


@recreates(
    replaces="begin_closing", cites=("RFC9000-10.2-03", "RFC9000-10.2.1-01"), at="server", ends="closes"
)
def who_closes_drains_at_once(*_: Any) -> str:
    """An end that closes falls silent, and answers nothing with CONNECTION_CLOSE."""
    return DRAINING


@recreates(replaces="idle_after", cites=("RFC9000-10.1-06",), at="server", **IDLE)
def one_pto_is_silence_enough(p: Any) -> int:
    """The idle timeout is as short as its transport parameter says, though that is below three PTOs."""
    return 1


@recreates(replaces="restart_for_receipt", cites=("RFC9000-10.1-04",), at="server", **IDLE)
def what_comes_restarts_no_idle_timer(s: Any, end: int) -> None:
    """The idle timer runs on although a packet has come."""


@recreates(replaces="restart_for_sending", cites=("RFC9000-10.1-05",), at="server", **IDLE)
def what_is_sent_restarts_no_idle_timer(s: Any, end: int) -> None:
    """The idle timer runs on although the end has begun to send again."""


@recreates(
    replaces="a_timer_comes_first",
    cites=("RFC9000-10.1-06", "RFC9000-8.2.4-02"),
    at="server",
    **IDLE,
)
def the_idle_timer_overtakes_a_validation(s: Any, p: Any) -> bool:
    """The idle timer ends a connection whose validation has failed, and could have gone back."""
    return False
