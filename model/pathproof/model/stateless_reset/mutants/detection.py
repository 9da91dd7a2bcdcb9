"""Bugs in telling a reset from other datagrams, and in what follows."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.stateless_reset import consumer
from pathproof.model.stateless_reset.state import (
    CLOSED,
    LONG,
    OPEN,
    OVER,
    SHORT,
    TOO_SMALL,
    VALID_FIRST,
    VALID_LATER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import has

recreates = Recreated()
RULE_COMPARED = consumer.is_compared  # kept from before any mutant is in place
RULE_END = consumer.end_by_reset


@recreates(
    "QG-25",
    "QG-28",
    replaces="is_compared",
    cites=("RFC9000-10.3.1-07",),
    at="consumer",
    length=0,
    attacker="nobody",
)
def only_the_unattributed_is_compared(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A datagram whose first packet matches the connection is never taken for a reset."""
    return attributed == 0 and RULE_COMPARED(p, size, form, attributed)


@recreates("NX-23", replaces="is_compared", cites=("RFC9000-10.3.1-07",), at="consumer", cids=1, beyond=3)
def what_was_processed_is_compared_first(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """Tokens are looked for before decryption: a valid packet that ends in one is taken for a reset."""
    return size > TOO_SMALL


@recreates("NX-23", replaces="is_compared", cites=("RFC9000-10.3.1-07",), at="consumer", attacker="nobody")
def only_what_was_processed_is_compared(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """Tokens are looked for only where a packet could be decrypted."""
    if form == VALID_FIRST:
        return True
    return form == VALID_LATER


@recreates(
    "QN-28", "QL-16", replaces="is_compared", cites=("RFC9000-10.3-21",), at="consumer", cids=1, beyond=3
)
def long_headers_are_not_compared(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A datagram that begins like a long header packet is never taken for a reset."""
    return form != LONG and RULE_COMPARED(p, size, form, attributed)


@recreates("XQ-05", replaces="is_compared", cites=("RFC9000-10.3-14",), at="consumer", attacker="nobody")
def the_smallest_reset_is_too_small(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A reset of 21 bytes is dropped as too small."""
    return size > TOO_SMALL + 1 and RULE_COMPARED(p, size, form, attributed)


@recreates(replaces="is_compared", cites=("RFC9000-10.3-19",), at="consumer", cids=1, beyond=3)
def nothing_is_too_small(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A datagram that is too small for a packet is compared all the same."""
    return RULE_COMPARED(p, size + TOO_SMALL, form, attributed)


@recreates(replaces="is_compared", cites=("RFC9000-10.3.1-07",), at="consumer", cids=1, beyond=3)
def a_later_packet_is_enough(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A datagram is not compared if any packet in it was processed, by a consumer that means to check."""
    return form != VALID_LATER and RULE_COMPARED(p, size, form, attributed)


@recreates(
    replaces="is_compared",
    cites=("RFC9000-10.3.1-06",),
    at="consumer",
    cids=1,
    beyond=3,
    undecryptable_first="skip",
)
def a_later_packet_does_not_count(p: Parameters, size: int, form: str, attributed: int) -> bool:
    """A consumer that means to skip the comparison if any packet was processed looks at the first alone."""
    return RULE_COMPARED(p, size, SHORT if form == VALID_LATER else form, attributed)


@recreates(replaces="end_by_reset", cites=("RFC9000-10.3.1-11",), at="consumer", attacker="nobody", cids=1)
def a_reset_leaves_nothing(s: StatelessReset, p: Parameters) -> None:
    """The consumer discards the connection at once, and so takes late packets of it for unknown ones."""
    s.end = OVER


@recreates("GO-02", replaces="end_by_reset", cites=("RFC9000-10.3.1-11",), at="consumer", attacker="nobody")
def a_reset_is_met_by_a_close(s: StatelessReset, p: Parameters) -> None:
    """The consumer meets a reset with CONNECTION_CLOSE, and goes into the closing state."""
    s.end = CLOSED


@recreates(replaces="may_send", cites=("RFC9000-10.3.1-11",), at="consumer", attacker="nobody")
def packets_leave_while_draining(s: StatelessReset) -> bool:
    """The consumer goes on sending after a reset, until the draining period is over."""
    return s.end == OPEN or (s.end != OVER and s.end != CLOSED)


@recreates(replaces="end_by_reset", cites=("RFC9000-10.3.1-11",), at="consumer", attacker="nobody")
def a_reset_on_a_probed_path_ends_the_path_only(s: StatelessReset, p: Parameters) -> None:
    """A reset with the token of a probing packet counts as a failed validation."""
    if not has(s.probed, s.names):
        RULE_END(s, p)
