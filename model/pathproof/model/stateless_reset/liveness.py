"""What must come about at last: a peer learns that its connection is gone, and resets come to an end."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.cluster import home_is_reached
from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import OPEN, Parameters, StatelessReset
from pathproof.model.vocabulary import has


@machine.fair("strong", "send_packet")
def the_peer_keeps_sending() -> None:
    """The consumer sends packets of every size that it may send again and again."""


@machine.fair("strong", "answer", "answer_elsewhere")
def unknown_packets_are_answered() -> None:
    """Whoever may answer a packet with a reset again and again does so at last."""


@machine.fair("strong", "arrive")
def resets_arrive() -> None:
    """Of the resets sent again and again, one arrives."""


@machine.fair("strong", "pass_interval")
def intervals_end() -> None:
    """No interval in which resets are counted lasts for ever."""


@machine.fair("finite", "repeat_packet", "repeat_reset")
def old_datagrams_die_out() -> None:
    """The network does not bring up old datagrams for ever."""


@machine.fair(
    "finite",
    "forge_reset",
    "forge_small_reset",
    "send_unknown_packet",
    "send_unknown_long_packet",
    "send_seen_connection_id",
    "time_comparison",
    "reuse_token",
    "reset_what_is_held",
)
def the_attackers_give_up() -> None:
    """No attacker sends for ever."""


@machine.fair("finite", "send_packet", "probe")
def the_peer_falls_silent() -> None:
    """The consumer sends finitely many packets of its own."""


@machine.fair("weak", "answer", "answer_elsewhere", "answer_back", "arrive", "drop")
def what_is_under_way_is_dealt_with() -> None:
    """A datagram under way is answered, processed or dropped by its receiver, or lost."""


@machine.fair("weak", "time_out", "hear_nothing")
def time_passes() -> None:
    """The idle timeout of a connection on which nothing comes in ends at last."""


@machine.eventually(
    "RFC9000-10.3-01",
    "RFC9000-10.3-05",
    "RFC9000-10.3-15",
    "RFC9000-10.3.2-02",
    "RFC9000-10.3.2-03",
    "RFC9000-18.2-09",
    "RFC9001-6.6-04",
    given=(
        "the_peer_keeps_sending",
        "unknown_packets_are_answered",
        "resets_arrive",
        "intervals_end",
        "what_is_under_way_is_dealt_with",
        "old_datagrams_die_out",
        "the_attackers_give_up",
    ),
    fails_under={
        "static_key": "lost",
        "handshake_token": "absent",
        "issuer": "client",
        "zero_length": "yes",
        "reset_size": "long_only",
    },
)
def the_peer_of_a_lost_instance_learns_of_it(s: StatelessReset, p: Parameters) -> bool:
    """A consumer whose packets reach an instance without the connection does not keep it open for ever.

    Where they bear a connection ID that came with the token of another one (10.3.2-08), none can be owed.
    """
    if has(s.copied, s.current):
        return True
    return s.end != OPEN or holds(s) or not home_is_reached(s)


@machine.eventually(
    "RFC9000-21.11-03",
    given=(
        "the_peer_keeps_sending",
        "unknown_packets_are_answered",
        "resets_arrive",
        "intervals_end",
        "what_is_under_way_is_dealt_with",
        "old_datagrams_die_out",
        "the_attackers_give_up",
    ),
    fails_under={
        "reset_oracle_exception": "never",
        "handshake_token": "absent",
        "issuer": "client",
        "zero_length": "yes",
        "reset_size": "long_only",
    },
)
def the_peer_of_an_unreachable_instance_learns_of_it(s: StatelessReset, p: Parameters) -> bool:
    """A consumer whose packets reach another instance for good does not keep the connection open for ever.

    That is so where routing has changed for good (21.11-04). Where addresses decide, other instances keep
    silent or have another key, and `what_is_out_of_reach_times_out` is all that there is.
    """
    if p.cluster != "rerouted" or has(s.copied, s.current):
        return True
    return s.end != OPEN or home_is_reached(s)


@machine.eventually("RFC9000-21.11-03", given=("time_passes", "the_attackers_give_up"))
def what_is_out_of_reach_times_out(s: StatelessReset, p: Parameters) -> bool:
    """A connection whose instance is lost or out of reach ends, if by the idle timeout.

    Packets that an attacker has kept, and puts before what it makes up, start the idle timer anew.
    """
    return s.end != OPEN or (holds(s) and home_is_reached(s))


@machine.eventually(
    "RFC9000-10.3.3-01",
    given=(
        "the_peer_falls_silent",
        "old_datagrams_die_out",
        "the_attackers_give_up",
        "what_is_under_way_is_dealt_with",
    ),
    fails_under={"loop_state": "rate_limit"},
)
def no_exchange_of_resets_goes_on_for_ever(s: StatelessReset, p: Parameters) -> bool:
    """Once nobody sends anything but resets, nothing is under way at last."""
    return s.size == 0
