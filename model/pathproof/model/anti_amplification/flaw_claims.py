"""What every single datagram must be like, as the monitors have noted it."""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine
from pathproof.model.anti_amplification.state import AntiAmplification, Parameters


@machine.always("RFC9000-8.2.1-06")
def a_challenge_is_expanded_where_the_limit_allows(s: AntiAmplification, p: Parameters) -> bool:
    """PATH_CHALLENGE leaves in 1200 bytes wherever three times what came has room for them."""
    return s.flaw != "challenge below 1200 bytes although the limit had room"


@machine.always("RFC9000-8.2.2-05")
def a_response_is_expanded_where_the_limit_allows(s: AntiAmplification, p: Parameters) -> bool:
    """PATH_RESPONSE leaves in 1200 bytes wherever three times what came has room, and to a valid address."""
    return s.flaw != "response below 1200 bytes although the limit had room"


@machine.always("RFC9000-8.2.2-06", fails_under={"partial_expansion": "up_to_limit"})
def a_response_is_expanded_in_full_or_not_at_all(s: AntiAmplification, p: Parameters) -> bool:
    """Where the limit forbids 1200 bytes, PATH_RESPONSE leaves in a datagram that is not expanded."""
    return s.flaw != "response expanded in part"


@machine.always("RFC9000-9.3-02", "MULTIPATH-3.1-04", fails_under={"data_first": "yes"})
def the_first_challenge_precedes_data(s: AntiAmplification, p: Parameters) -> bool:
    """Data does not use up the limit of a new address before its validation has begun.

    RFC 9000 asks for a validation there and gives it no place before data, which may go to an address not yet
    validated (9.3-05). So the claim is of a server that sends the challenge first, as multipath has it.
    """
    return s.flaw != "data before the challenge"


@machine.always("RFC9002-6.2.2.1-04")
def an_overdue_probe_precedes_data(s: AntiAmplification, p: Parameters) -> bool:
    """A server that is unblocked late sends its probe before anything new."""
    return s.flaw != "data before an overdue probe"


@machine.always("RFC9000-8.1-07", "RFC9000-14.1-01")
def initial_datagrams_of_a_client_have_1200_bytes(s: AntiAmplification, p: Parameters) -> bool:
    """Every datagram in which a client sends an Initial packet has 1200 bytes."""
    return s.flaw != "Initial packet below 1200 bytes"


@machine.always("RFC9000-8.1-09", "RFC9002-6.2.2.1-07")
def a_client_probes_with_the_keys_it_has(s: AntiAmplification, p: Parameters) -> bool:
    """A probe is a Handshake packet where the client has these keys, and an Initial packet else."""
    return s.flaw != "wrong kind of probe"


@machine.always("RFC9000-8-01", "RFC9000-5.2.2-03")
def a_stateless_answer_is_within_three_times(s: AntiAmplification, p: Parameters) -> bool:
    """Retry and Version Negotiation are at most three times as large as what they answer."""
    return s.flaw != "stateless answer past the limit"


@machine.always("RFC9000-10.2.1-03", "RFC9000-10.2.1-04", "RFC9000-10.2.1-12")
def a_packet_is_answered_while_closing(s: AntiAmplification, p: Parameters) -> bool:
    """A packet of the connection is answered with CONNECTION_CLOSE wherever the limits have room for it.

    A server that limits its rate (`closing_rate=fewer`) answers one once enough have passed.
    """
    return s.flaw != "no answer while closing"


@machine.always("RFC9000-10.2.1-04")
def a_limited_rate_lets_packets_pass(s: AntiAmplification, p: Parameters) -> bool:
    """A closing server that limits its rate does not answer every packet, even where the limits have room."""
    return s.flaw != "every datagram answered although the rate is limited"


@machine.always("RFC9000-10.2.1-08")
def an_end_with_keys_answers_only_its_own(s: AntiAmplification, p: Parameters) -> bool:
    """A closing server that kept its keys answers no datagram that it cannot attribute to the connection."""
    return s.flaw != "datagram of no connection answered although the keys were kept"


@machine.always("RFC9000-10.2.1-08", "RFC9000-10.2.1-03")
def only_what_is_attributed_is_answered(s: AntiAmplification, p: Parameters) -> bool:
    """Under `closing_unattributed=attributed` no datagram is answered that belongs to no connection."""
    return s.flaw != "datagram of no connection answered although none is to be"
