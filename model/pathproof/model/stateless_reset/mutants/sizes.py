"""Bugs in the size of resets and of what they answer."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset import resets
from pathproof.model.stateless_reset.resets import factor, least_reset, least_size
from pathproof.model.stateless_reset.state import LEAST, LONG, SHORT_TRIGGER, TOO_SMALL, Parameters

recreates = Recreated()
RULE_SIZE = resets.may_have_size  # kept from before any mutant is in place


@recreates("NX-02", replaces="may_have_size", cites=("RFC9000-10.3.3-01",), at="issuer", cids=1, beyond=45)
def resets_grow_up_to_threefold(p: Parameters, trigger: int, size: int) -> bool:
    """A reset has any size up to three times that of its trigger."""
    return trigger >= least_size(p) and size >= least_reset(p) and size < 3 * trigger


@recreates("NX-04", replaces="may_have_size", cites=("RFC9000-10.3.3-01",), at="issuer", cids=1)
def triggers_of_the_least_size_are_answered(p: Parameters, trigger: int, size: int) -> bool:
    """A packet of 21 bytes is answered too, by a reset of 21 bytes."""
    return RULE_SIZE(p, trigger, size) or (trigger == least_size(p) and size == least_size(p))


@recreates(
    "QN-30", "MV-12", "PQ-09", replaces="may_have_size", cites=("RFC9000-10.3.3-01",), at="issuer", cids=1
)
def resets_are_as_large_as_their_triggers(p: Parameters, trigger: int, size: int) -> bool:
    """A reset has the size of its trigger."""
    return trigger > least_size(p) and size == trigger


@recreates("QN-29", replaces="least_own_size", cites=("RFC9000-10.3-15",), at="consumer", cids=1)
def own_packets_are_not_padded(p: Parameters) -> int:
    """The consumer sends packets so short that a reset for them stands out."""
    return least_size(p)


@recreates(replaces="least_size", cites=("RFC9000-10.3-14",), at="issuer", cids=1, beyond=4)
def resets_lack_a_byte(p: Parameters) -> int:
    """Packets and resets of 20 bytes are taken for valid."""
    return LEAST - 1 + p.expansion


@recreates(replaces="least_size", cites=("RFC9000-10.3-17",), at="issuer", cids=1, expansion=20, beyond=9)
def larger_expansions_are_not_considered(p: Parameters) -> int:
    """Resets have 21 bytes, although packets under a larger AEAD tag have more."""
    return TOO_SMALL + 1


@recreates(
    replaces="may_have_size",
    cites=("RFC9000-10.3-19",),
    at="issuer",
    cids=1,
    loop_state="until_silence",
    short_triggers="any_size",
)
def what_is_too_small_is_answered(p: Parameters, trigger: int, size: int) -> bool:
    """What is too small for a packet is answered with a reset."""
    return size >= least_reset(p) and size < factor(p) * trigger


@recreates(
    replaces="factor",
    cites=("RFC9000-10.3-18",),
    at="issuer",
    cids=1,
    beyond=65,
    loop_state="until_silence",
    short_triggers="any_size",
)
def resets_amplify_fivefold(p: Parameters) -> int:
    """A reset may be four times as large as its trigger."""
    return 5


@recreates(
    replaces="factor",
    cites=("RFC9000-10.3-18",),
    at="issuer",
    cids=1,
    beyond=45,
    loop_state="until_silence",
    short_triggers="any_size",
    three_times_larger="threefold",
)
def resets_amplify_threefold(p: Parameters) -> int:
    """A reset may be three times as large as its trigger."""
    return 4


@recreates(
    replaces="is_one_byte_less", cites=("RFC9000-10.3-16",), at="issuer", cids=1, loop_state="until_silence"
)
def state_against_loops_lifts_the_advice(p: Parameters, trigger: int) -> bool:
    """An end takes its state against loops for leave to send resets of any size for short packets."""
    return p.loop_state == "none" and trigger <= SHORT_TRIGGER + p.expansion


@recreates(replaces="may_have_size", cites=("RFC9000-10.3-16",), at="issuer", cids=1)
def short_triggers_get_any_smaller_size(p: Parameters, trigger: int, size: int) -> bool:
    """A reset for a short packet is shorter by more than a byte."""
    return size >= least_reset(p) and size < trigger


@recreates(
    replaces="least_reset",
    cites=("RFC9000-10.3-14",),
    at="issuer",
    cids=1,
    beyond=25,
    length=1,
    reset_size="long_only",
)
def long_triggers_get_short_resets(p: Parameters) -> int:
    """An issuer that means to send no reset that stands out sends resets of 21 bytes."""
    return least_size(p)


@recreates(replaces="reset_form", cites=("RFC9000-10.3-20",), at="issuer", cids=1)
def resets_have_long_headers() -> str:
    """A reset begins like a long header packet."""
    return LONG
