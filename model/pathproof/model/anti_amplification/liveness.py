"""What every fair run comes back to: handshakes end, clients that moved are served, and what is owed is sent.

Counts of bytes never end a run (see `truth`), so none of these claims needs to except states at a bound.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.ledger import is_valid, is_withheld
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters, Path
from pathproof.model.anti_amplification.truth import is_held
from pathproof.model.vocabulary import has, is_empty


@machine.fair("strong", "deliver_flight", "deliver_initial_probe", "deliver_handshake_packet")
def what_is_repeated_arrives() -> None:
    """What is sent again and again in the handshake arrives again and again."""


@machine.fair("strong", "send_flight", "retransmit", "send_client_probe", "finish")
def both_ends_send() -> None:
    """What an end may send again and again in the handshake, each datagram by itself, is sent."""


@machine.fair("weak", "time_passes")
def time_goes_by() -> None:
    """A PTO does not stay in the future."""


@machine.fair("finite", "send_early_data")
def the_first_flight_comes_first() -> None:
    """A server does not spend what the limit leaves on 1-RTT packets for ever."""


@machine.fair("strong", "deliver_answer_to_small", "deliver_answer_to_full")
def repeated_challenges_are_answered() -> None:
    """A challenge that is sent again and again to an address of the client is answered at last."""


@machine.fair("strong", "send_challenge", "send_response")
def the_server_validates() -> None:
    """What the server may send again and again to validate a path, or to answer, is sent."""


@machine.fair("strong", "client_sends")
def the_client_goes_on_sending() -> None:
    """The client's packets get through again and again, from each address that it holds."""


@machine.fair("finite", "spoof_packet", "forward_copy", "spoof_challenge", "gain_address", "lose_address")
def addresses_settle() -> None:
    """Attackers give up, and the client's addresses change no more."""


@machine.fair("finite", "client_challenges")
def the_client_stops_probing() -> None:
    """The client has made up its mind where to go."""


@machine.eventually(
    "RFC9000-8.1-08",
    "RFC9000-8.1-09",
    "RFC9002-6.2.2.1-04",
    "RFC9002-6.2.2.1-05",
    "RFC9002-6.2.2.1-06",
    given=("what_is_repeated_arrives", "both_ends_send", "time_goes_by", "the_first_flight_comes_first"),
)
def the_handshake_ends(s: AntiAmplification, p: Parameters) -> bool:
    """Client and server never wait for each other for ever, whatever is lost while the server is blocked.

    The claim needs a server that does not spend on early data whatever the client's Initial probes add: one
    that does, and has room for no more than a PING each time its PTO expires, never repeats what was lost of
    its flight. What RFC 9002 6.2.2.1 has against that helps only where the PTO passed while it was blocked.
    """
    return s.stage != "handshake" or not is_held(s, s.current)


@machine.eventually(
    "RFC9000-9.3-02",
    "RFC9000-8.2.1-09",
    given=(
        "repeated_challenges_are_answered",
        "the_server_validates",
        "the_client_goes_on_sending",
        "addresses_settle",
        "the_client_stops_probing",
    ),
    fails_under={"after_move": "listens"},
)
def a_client_that_moved_is_served(s: AntiAmplification, p: Parameters) -> bool:
    """Packets go to an address at which the client receives, without a limit.

    Nothing in the text unblocks a server after a migration as a client's probes do in the handshake: the
    claim needs a client that goes on sending. It needs one that does not challenge for ever, too: responses
    come first, and may leave less than the server's own challenge takes.
    """
    return s.stage != "established" or (is_held(s, s.current) and is_valid(s, p, s.current))


@machine.eventually("RFC9000-8.2.2-01", "RFC9000-8.2.2-06", given=("the_server_validates",))
def every_challenge_is_answered(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """PATH_RESPONSE leaves at last for every challenge, though the limit may keep it small."""
    return s.stage != "established" or not has(s.owed, path) or is_withheld(s, p, path)


@machine.eventually(
    "RFC9000-8.2.1-08",
    "RFC9000-8.2.3-05",
    given=(
        "repeated_challenges_are_answered",
        "the_server_validates",
        "addresses_settle",
        "the_client_stops_probing",
    ),
)
def the_second_validation_ends(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """After a small exchange the path is validated for 1200 bytes, where the client is still there.

    A client that challenges without end keeps the server busy with responses, which come first.
    """
    if s.stage != "established" or not is_valid(s, p, path) or not has(s.validating, path):
        return True
    return not is_empty(s.owed) or not is_held(s, path)
