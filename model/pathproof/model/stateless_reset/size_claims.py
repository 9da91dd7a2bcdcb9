"""What a step must be like in which a reset answers a packet: its size, its token, and whether it is due."""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.state import (
    CLOSING,
    HOLDS,
    INCONSPICUOUS,
    LEAST,
    SHORT,
    SHORT_TRIGGER,
    TO_CONSUMER,
    TO_ISSUER,
    TO_OTHER,
    Parameters,
    StatelessReset,
)
from pathproof.model.vocabulary import has


def answers(s: StatelessReset, after: StatelessReset) -> bool:
    """In the step a reset takes the place of the datagram that it answers."""
    if s.size == 0 or after.size == 0:
        return False
    return (s.heading == TO_CONSUMER) != (after.heading == TO_CONSUMER)


def is_held(s: StatelessReset) -> bool:
    """The instance that has the connection can send frames on it."""
    return s.holder == HOLDS or s.holder == CLOSING


def is_of_this_connection(s: StatelessReset) -> bool:
    """The packet under way bears a connection ID of the present connection."""
    return s.names >= s.first and s.names < s.issued


@machine.step("RFC9000-10.3.3-01")
def resets_without_state_are_smaller(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Every reset of an end without state against loops is smaller than what it answers.

    Who has such state may send larger ones, by the exception that the clause itself makes. Whether the state
    is enough for that is what `no_exchange_of_resets_goes_on_for_ever` asks.
    """
    return p.loop_state != "none" or not answers(s, after) or after.size < s.size


@machine.step("RFC9000-10.3-14", "RFC9000-10.3-17")
def resets_look_like_packets(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Every reset has the size of a packet: 21 bytes, or more by what an AEAD expands beyond a token."""
    return not answers(s, after) or after.size >= LEAST + p.expansion


@machine.step("RFC9000-10.3-19")
def what_is_too_small_is_never_answered(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """What is too small for a packet is no trigger."""
    return not answers(s, after) or s.size >= LEAST + p.expansion


@machine.step("RFC9000-10.3-18")
def resets_stay_below_fourfold(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """No reset exceeds its trigger by three times its size or more."""
    return not answers(s, after) or after.size < 4 * s.size


@machine.step("RFC9000-10.3-18", fails_under={"three_times_larger": "fourfold"})
def resets_stay_below_threefold(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """No reset amplifies by the factor that bounds what goes to an unvalidated address, or by more."""
    return not answers(s, after) or after.size < 3 * s.size


@machine.step("RFC9000-10.3-16", fails_under={"short_triggers": "any_size"})
def short_triggers_get_one_byte_less(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Up to 43 bytes, a packet is answered by a reset one byte shorter, with state against loops or not."""
    return not answers(s, after) or s.size > SHORT_TRIGGER + p.expansion or after.size == s.size - 1


@machine.step("RFC9000-10.3-20")
def resets_have_short_headers(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Whatever the header of the packet that it answers, a reset has a short one."""
    return not answers(s, after) or after.form == SHORT


@machine.step("RFC9000-10.3-15", "RFC9000-10.3-16", fails_under={"short_triggers": "any_size"})
def a_reset_for_a_short_packet_passes_for_a_packet(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """A reset for a packet of the consumer of up to 43 bytes is as long as packets to the consumer may be.

    It has room for the shortest connection ID that the consumer asks for.
    """
    return s.size > SHORT_TRIGGER + p.expansion or passes_for_a_packet(s, after, p)


@machine.step("RFC9000-10.3-15", fails_under={"reset_size": "all_sizes"})
def every_reset_passes_for_a_packet(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """A reset for any packet of the consumer is as long as packets to the consumer may be."""
    return passes_for_a_packet(s, after, p)


def passes_for_a_packet(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """The step answers no packet of the consumer, or leaves room for a connection ID of the consumer."""
    if not answers(s, after) or s.heading == TO_CONSUMER or s.names >= p.cids:
        return True
    return after.size >= LEAST + p.expansion + p.length


@machine.step("RFC9000-10.3-01", "RFC9000-10.3-14")
def long_only_is_long_only(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """With `reset_size=long_only`, no reset is below 41 bytes."""
    return p.reset_size == "all_sizes" or not answers(s, after) or after.size >= INCONSPICUOUS + p.expansion


@machine.step("RFC9000-10.3-06", "RFC9000-10.3.2-02")
def a_reset_ends_in_the_token_of_the_packets_connection_id(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """Whoever has the static key and no state finds the connection ID in the packet, and its token."""
    if not answers(s, after) or s.heading == TO_CONSUMER:
        return True
    return after.names == s.names or (s.heading == TO_OTHER and p.cluster == "own_keys")


@machine.step(
    "RFC9000-5.2-05",
    "RFC9000-10.3-01",
    "RFC9000-10.3-02",
    "RFC9000-10.3-03",
    "RFC9000-11-04",
    "RFC9000-11-05",
)
def no_reset_answers_a_packet_of_a_held_connection(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """An instance that has the connection answers no packet under one of its connection IDs with a reset."""
    if not answers(s, after) or s.heading != TO_ISSUER or not is_held(s) or not is_of_this_connection(s):
        return True
    return s.names < p.cids and has(s.invalidated, s.names)


@machine.step("RFC9000-11-05", fails_under={"late_packets": "answered"})
def no_reset_is_sent_for_a_held_connection(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Nor does it answer a packet under a connection ID of the connection that was retired."""
    if not answers(s, after) or s.heading != TO_ISSUER:
        return True
    return not is_held(s) or not is_of_this_connection(s)


@machine.step(
    "RFC9000-21.11-02",
    fails_under={"reset_oracle_exception": "exception", "cluster": "answering_by_address"},
)
def no_reset_while_an_instance_holds_the_connection(
    s: StatelessReset, after: StatelessReset, p: Parameters
) -> bool:
    """No other instance shows the token of a connection ID under which an instance has a connection."""
    return not shows_token_of_held_connection(s, after, p)


@machine.step("RFC9000-21.11-04", fails_under={"cluster": "answering_by_address"})
def no_attacker_steers_a_packet_to_an_oracle(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """The token of a held connection is shown at most where its packets have gone elsewhere for good."""
    if not shows_token_of_held_connection(s, after, p):
        return True
    return p.cluster == "rerouted" and s.routed == TO_OTHER


def shows_token_of_held_connection(s: StatelessReset, after: StatelessReset, p: Parameters) -> bool:
    """Another instance answers, with the token of a connection ID that is accepted elsewhere."""
    if not answers(s, after) or s.heading != TO_OTHER or not is_held(s) or not is_of_this_connection(s):
        return False
    return after.names == s.names and not has(s.invalidated, s.names)
