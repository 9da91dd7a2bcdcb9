"""Bugs in counting: which bytes of a datagram count, how often, and what a datagram costs."""

from __future__ import annotations

from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, get, put

recreates = Recreated()


@recreates(
    "QN-38",
    "AQ-07",
    "GM-03",
    "KW-12",
    replaces="credit",
    cites=("RFC9000-8.1-05", "RFC9000-8.1-06"),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def only_processed_bytes_count(size: int, processed: int) -> int:
    """Padding outside packets, and packets that cannot be processed, count for nothing."""
    return FACTOR * processed


@recreates("KW-12", replaces="credit", cites=("RFC9000-8.1-05",), at="server", most=2, volume=16)
def bytes_count_twice(size: int, processed: int) -> int:
    """The packets of a datagram are counted beside the datagram."""
    return FACTOR * (size + processed)


@recreates("CQ-19", replaces="credit", cites=("RFC9000-8.1-04",), at="server", most=3, volume=16)
def factor_is_four(size: int, processed: int) -> int:
    """The factor can be set to 4."""
    return 4 * size


@recreates("GQ-08", replaces="credit", cites=("RFC9000-8.1-04",), at="server", most=3, volume=16)
def factor_is_five(size: int, processed: int) -> int:
    """The factor is 5."""
    return 5 * size


@recreates("QG-36", replaces="credit", cites=("RFC9000-8.1-05",), at="server")
def factor_is_two(size: int, processed: int) -> int:
    """The factor is applied more strictly than the text has it."""
    return 2 * size


@recreates("LX-04", replaces="cost", cites=("RFC9000-8.1-04",), at="server")
def tag_and_padding_are_not_counted(size: int) -> int:
    """What goes out is counted without its last bytes: padding, and the tag of the AEAD."""
    return size - 1


@recreates(
    replaces="account",
    cites=("RFC9000-8-01",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def the_connection_is_counted_as_a_whole(s: AntiAmplification, p: Parameters, path: int) -> int:
    """Bytes from every address count toward every other, as 8.1 has it where there is one address only."""
    return 0


@recreates(
    "QG-36",
    replaces="timer_after_sending",
    cites=("RFC9002-6.2.2.1-02",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def timer_is_armed_while_blocked(s: AntiAmplification, p: Parameters) -> str:
    """The PTO timer runs although nothing may be sent."""
    return "armed"


@recreates(
    "QG-36",
    replaces="timer_after_datagram",
    cites=("RFC9002-6.2.2.1-03",),
    at="server",
    begins="idle",
    attackers="none",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def timer_stays_off(s: AntiAmplification) -> str:
    """The PTO timer is not set again when a datagram unblocks the server."""
    return "unarmed"


@recreates(
    replaces="timer_after_datagram",
    cites=("RFC9002-6.2.2.1-04",),
    at="server",
    begins="idle",
    attackers="none",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def timer_starts_anew(s: AntiAmplification) -> str:
    """A PTO that passed while the server was blocked is forgotten."""
    return "armed"


@recreates(replaces="begin_validation", cites=("RFC9000-8-01",), at="server")
def a_return_earns_a_new_allowance(s: AntiAmplification, path: int) -> None:
    """What was sent to an address is forgotten whenever the client comes back to it: a migration storm."""
    s.validating = add(s.validating, path)
    s.allowance = put(s.allowance, path, FACTOR * get(s.came, path))
