"""The move to the preferred address between ends that keep the rules."""

from __future__ import annotations

from tests.model.preferred_address.replay import (
    BEGUN,
    BOTH_MOVED,
    BOTH_PROBED,
    FAILED,
    MOVED,
    PROBED,
    after,
    may,
)

from pathproof.model.preferred_address import machine
from pathproof.model.preferred_address.client import current
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.vocabulary import get, has, is_empty

DEFAULT = machine.setting()


def test_the_parameter_brings_number_one() -> None:
    """The connection ID of the parameter is number 1, active, and not used on any path."""
    s = after("receive_parameters")
    assert has(s.active, 1)
    assert not has(s.spent, 1)
    assert (s.issued, s.number_one) == (2, "parameter")


def test_nothing_is_probed_before_confirmation() -> None:
    """The client waits for HANDSHAKE_DONE before it probes anything."""
    assert not may("receive_parameters", "probe_preferred:0,1")
    assert may(BEGUN, "probe_preferred:0,1")


def test_a_client_of_own_number_begins_at_once() -> None:
    """With `own_number`, the first packet there follows HANDSHAKE_DONE at once and bears number 1."""
    s = after(BEGUN, preferred_timing="own_number")
    assert s.attempt == "running"
    assert get(s.bearing, 2) == 2


def test_the_client_moves_on_the_answer() -> None:
    """The probe changes nothing; PATH_RESPONSE makes the client move in the same step."""
    assert current(after(PROBED)) == 0
    assert current(after(MOVED)) == 2


def test_the_server_stays_until_it_has_both() -> None:
    """The server sends from its original address until it has a packet and the client's answer."""
    packet = MOVED + "deliver_data:1"
    answer = MOVED + "deliver_challenge:2 deliver_client_answer:2"
    assert server_path(after(packet), DEFAULT) == 0
    assert server_path(after(answer), DEFAULT) == 0
    assert server_path(after(answer + " deliver_data:1"), DEFAULT) == 2
    assert server_path(after(packet + " deliver_challenge:2 deliver_client_answer:2"), DEFAULT) == 2


def test_only_the_highest_packet_moves_the_server() -> None:
    """A packet that a later probe has overtaken moves nothing, unless probes do not count."""
    answered = MOVED + "deliver_challenge:2 deliver_client_answer:2 "
    assert not has_moved(after(answered + "deliver_overtaken_data:1"))
    assert has_moved(after(answered + "deliver_data:1"))
    assert has_moved(after(answered + "deliver_overtaken_data:1", probes_counted="non_probing"))


def test_delayed_packets_are_processed_at_the_old_address() -> None:
    """What was sent before the move is taken in, unless the server drops everything there."""
    assert may(BOTH_MOVED, "deliver_overtaken_data:0")
    assert not may(BOTH_MOVED, "deliver_data:0")
    assert not may(BOTH_MOVED, "deliver_overtaken_data:0", newer_packets="every")
    assert may(BOTH_MOVED, "drop_overtaken_data:0", newer_packets="every")


def test_three_ptos_end_an_attempt_and_not_two() -> None:
    """The challenge goes out at 0, 1 and 2 PTOs; at 3 the client gives up and stays where it is."""
    begun = BEGUN + "probe_preferred:0,1 "
    assert after(begun + "client_timer:1 client_timer:1").attempt == "running"
    s = after(begun + "client_timer:1 client_timer:1 client_timer:1")
    assert (s.attempt, current(s)) == ("failed", 0)
    assert is_empty(s.probing)


def test_an_answer_after_the_failure_changes_nothing() -> None:
    """The answer to a challenge of an attempt that was given up does not move the client."""
    late = PROBED + "client_timer:1 client_timer:1 client_timer:1 "
    assert not may(late, "deliver_server_answer:2")


def test_a_second_attempt_has_new_data() -> None:
    """The client may try again, and what answered the first attempt is no answer to the second."""
    late = PROBED + "client_timer:1 client_timer:1 client_timer:1 "
    assert may(FAILED, "probe_preferred:0,1")
    assert not may(late + "probe_preferred:0,1", "deliver_server_answer:2")
    assert not may(FAILED, "probe_preferred:0,1", preferred_retry="for_good")


def test_both_addresses_are_validated_at_once() -> None:
    """From its other address the client validates both addresses, under two connection IDs."""
    s = after(BOTH_PROBED)
    assert has(s.probing, 1)
    assert has(s.probing, 3)
    assert get(s.bearing, 1) != get(s.bearing, 3)


def test_a_limit_of_two_forbids_it() -> None:
    """With the smallest limit, the client has one unused connection ID and can probe only one of the two."""
    assert not may(BEGUN, "supply", limit=2, cids=4)
    assert not may(BEGUN, "probe_both:1,2", limit=2, cids=4)


def test_the_preferred_address_wins() -> None:
    """When the preferred address proves valid, the original one is given up, whichever came first."""
    s = after(BOTH_PROBED + "deliver_probe:1 deliver_server_answer:1 deliver_probe:3 deliver_server_answer:3")
    assert current(s) == 3
    s = after(BOTH_PROBED + "deliver_probe:3 deliver_server_answer:3")
    assert (current(s), is_empty(s.probing)) == (3, True)


def test_the_original_one_is_used_if_it_alone_is_valid() -> None:
    """The client waits for the end of the attempt, and then goes on from its new address."""
    valid = BOTH_PROBED + "deliver_probe:1 deliver_server_answer:1 "
    assert not may(valid, "move_at_original:1")
    s = after(valid + "client_timer:1 client_timer:1 client_timer:1 move_at_original:1")
    assert current(s) == 1


def test_the_servers_packets_in_between() -> None:
    """While a new source at the preferred address is not validated, packets go there or to the last one."""
    run = BOTH_PROBED + "deliver_probe:3 deliver_server_answer:3 deliver_data:1"
    assert server_path(after(run), machine.setting()) == 1
    waits = {"meanwhile": "waits"}
    assert server_path(after(run, **waits), machine.setting(waits)) == 0


def test_a_challenge_from_the_address_that_was_left() -> None:
    """`challenged` answers where the challenge came from, `preferred` on the path in use."""
    run = BOTH_PROBED + "deliver_probe:1 deliver_probe:3 deliver_server_answer:3 deliver_challenge:1"
    assert after(run).returned == "yes"
    assert after(run, preferred_answer_path="preferred").returned == "no"


def test_a_nat_shows_another_source() -> None:
    """A NAT with a binding for each destination makes the server validate a source it has not seen before."""
    s = after(PROBED, nat="per_destination")
    assert has(s.checking, 3)
    assert may(PROBED, "deliver_challenge:3", nat="per_destination")


def test_families_must_fit() -> None:
    """A client takes the preferred address of the family of its local address, and no other."""
    assert not may(BEGUN, "probe_preferred:0,1", offered="ipv6")
    assert may(BEGUN, "probe_preferred:1,1", offered="ipv6", network="dual")
    assert not may(BEGUN, "probe_original:1,1", network="dual")


def test_without_a_connection_id_the_server_is_silent() -> None:
    """A client that supplied no further connection ID gets no answer at the preferred address."""
    assert is_empty(after(PROBED, spares=0).server_answers)
    assert not is_empty(after(PROBED, spares=1).server_answers)


def test_the_server_makes_room_for_another_path() -> None:
    """It lets go of a path only when it has no connection ID left, and of none that it uses."""
    probed = BEGUN + "supply probe_preferred:0,1 deliver_probe:2 server_timer:2 "
    settings = {"spares": 1, "client_supply": "goes on"}
    assert may(probed, "let_go_of_path:2", **settings)
    assert not may(probed, "let_go_of_path:0", **settings)
    assert not may(probed, "let_go_of_path:2", **{**settings, "spares": 2})
    assert not may(probed, "let_go_of_path:2", spares=1)
    asked = "probe_preferred:1,2 deliver_probe:3"
    assert not has(after(probed + asked, **settings).server_answers, 3)
    assert has(after(probed + "let_go_of_path:2 " + asked, **settings).server_answers, 3)


def test_a_zero_length_connection_id_rules_it_out() -> None:
    """A client whose server chose a zero-length connection ID never sees a preferred address."""
    s = after(BEGUN, zero_length="yes")
    assert (s.address, s.issued) == ("none", 1)


def test_a_resumed_connection_starts_afresh() -> None:
    """The address that an earlier connection was told of is not used."""
    assert after(BEGUN, resumed="yes", offered="none").address == "none"
