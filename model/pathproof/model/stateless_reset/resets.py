"""How large a reset is and how many are sent, by whatever end: RFC 9000 10.3 and 10.3.3."""

from __future__ import annotations

from pathproof.model.stateless_reset.state import LEAST, SHORT, SHORT_TRIGGER, Parameters
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH


def least_size(p: Parameters) -> int:
    """The smallest packet, and so the smallest reset: 21 bytes with the AEADs of RFC 9001 (10.3-14, -17).

    It has a first byte, and four of unpredictable bits or packet number.
    """
    return LEAST + p.expansion


def least_reset(p: Parameters) -> int:
    """The smallest reset that is sent: by `reset_size`, one that stands out nowhere has 41 bytes."""
    return least_size(p) + (0 if p.reset_size == "all_sizes" else MAX_CONNECTION_ID_LENGTH)


def factor(p: Parameters) -> int:
    """A reset stays below this many times its trigger (10.3-18)."""
    return 4 if p.three_times_larger == "fourfold" else 3


def may_have_size(p: Parameters, trigger: int, size: int) -> bool:
    """A reset of this size may answer a packet of that size.

    It is smaller (10.3.3-01), but for an end with state against loops; for a short trigger it is so by one
    byte (10.3-16), whatever state there is.
    """
    if trigger < least_size(p) or size < least_reset(p):
        return False
    if is_one_byte_less(p, trigger):
        return size == trigger - 1
    return size < (trigger if p.loop_state == "none" else factor(p) * trigger)


def is_one_byte_less(p: Parameters, trigger: int) -> bool:
    """A reset for this packet is exactly one byte shorter: no exception is made of the advice of 10.3-16.

    State against loops lifts what 10.3.3-01 asks for, and not this; an end may all the same have its reasons
    to depart from advice (`short_triggers`).
    """
    return p.short_triggers == "one_less" and trigger <= SHORT_TRIGGER + p.expansion


def is_large_enough(p: Parameters, trigger: int) -> bool:
    """A reset of some size may answer a packet of this size."""
    if p.loop_state == "none" or is_one_byte_less(p, trigger):
        return trigger > least_reset(p)
    return trigger >= least_size(p) and least_reset(p) < factor(p) * trigger


def is_rationed(p: Parameters, answered: int) -> bool:
    """An end that has sent its share of resets sends no other before the interval is over (10.3.3)."""
    return answered >= p.limit


def may_begin_interval(p: Parameters, size: int) -> bool:
    """State that prevents loops lasts while a datagram of the loop is under way; a rate limit does not."""
    return p.loop_state != "until_silence" or size == 0


def reset_form() -> str:
    """The form of a reset: that of a packet with a short header (10.3-20)."""
    return SHORT


def more(p: Parameters, answered: int) -> int:
    """One more reset in this interval, as far as they are counted."""
    return answered + 1 if answered < p.counted else answered
