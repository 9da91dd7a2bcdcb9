"""Bugs of clients that leave a server blocked, and of servers in the closing state."""

from __future__ import annotations

from pathproof.model.anti_amplification.state import AntiAmplification, Parameters, Part
from pathproof.model.mutant import Recreated

recreates = Recreated()


@recreates(
    replaces="timer_runs",
    cites=("RFC9000-8.1-08", "RFC9002-6.2.2.1-06"),
    at="client",
    begins="idle",
    padded=2,
    close=1,
    parts=3,
    most=2,
    volume=8,
)
def the_client_waits_for_the_server(s: AntiAmplification) -> bool:
    """The client's PTO timer runs only while it has something in flight: both wait for ever."""
    return s.stage == "handshake" and s.unacknowledged == "yes"


@recreates(
    replaces="probe_kind",
    cites=("RFC9000-8.1-09", "RFC9002-6.2.2.1-07"),
    at="client",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def the_client_probes_with_initial_packets(s: AntiAmplification) -> str:
    """The client probes with an Initial packet although it has Handshake keys."""
    return "initial"


@recreates(
    replaces="initial_size",
    cites=("RFC9000-8.1-07",),
    at="client",
    begins="idle",
    padded=2,
    close=1,
    parts=2,
    most=3,
    volume=11,
)
def initial_datagrams_are_small(p: Parameters) -> int:
    """The client does not pad its datagrams with Initial packets."""
    return p.padded - 1


@recreates(
    replaces="probe_is_due",
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
def data_overtakes_the_probe(s: AntiAmplification) -> bool:
    """A server that is unblocked sends new data before its overdue probe."""
    return False


@recreates(replaces="total_allows", cites=("RFC9000-10.2.1-09",), at="server")
def closing_packets_are_not_counted(s: AntiAmplification, p: Parameters) -> bool:
    """Every datagram is answered with CONNECTION_CLOSE, however small."""
    return True


@recreates(
    replaces="answers", cites=("RFC9000-10.2.1-12",), at="server", closing_keys="kept", close=4, volume=20
)
def closing_forgets_the_address(s: AntiAmplification, p: Parameters, path: int, attributed: bool) -> bool:
    """A closing server has dropped what it knew of addresses, and answers them all."""
    return attributed


@recreates(replaces="answers", cites=("RFC9000-10.2.1-03",), at="server")
def closing_is_silent(s: AntiAmplification, p: Parameters, path: int, attributed: bool) -> bool:
    """Nothing is answered in the closing state."""
    return False


@recreates(replaces="answers_unattributed", cites=("RFC9000-10.2.1-08",), at="server", closing_keys="kept")
def kept_keys_answer_anything(p: Parameters) -> bool:
    """A closing server that can tell packets of the connection answers whatever else comes, too."""
    return True


@recreates(
    replaces="answers_unattributed",
    cites=("RFC9000-10.2.1-08", "RFC9000-10.2.1-03"),
    at="server",
    closing_unattributed="attributed",
)
def strangers_are_answered(p: Parameters) -> bool:
    """A closing server answers datagrams of no connection, although it means to tell them apart."""
    return True


@recreates(
    replaces="retransmit",
    cites=("RFC9002-6.2.2.1-04",),
    at="server",
    begins="idle",
    padded=2,
    close=1,
    parts=3,
    most=2,
    volume=8,
)
def a_timeout_brings_a_ping_only(s: AntiAmplification, p: Parameters, part: Part) -> bool:
    """When its PTO expires, the server sends nothing of its first flight again."""
    return False


@recreates(
    replaces="let_pass",
    cites=("RFC9000-10.2.1-03", "RFC9000-10.2.1-04"),
    at="server",
    closing_rate="fewer",
)
def a_pause_has_no_end(s: AntiAmplification) -> None:
    """A closing server that limits its rate answers once, and never again."""


@recreates(replaces="lengthen_pause", cites=("RFC9000-10.2.1-04",), at="server", closing_rate="fewer")
def no_pause_follows(s: AntiAmplification, p: Parameters) -> None:
    """A closing server that means to limit its rate answers every packet."""
