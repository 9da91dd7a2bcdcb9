"""Attacks on a connection with a preferred address, and what stops them or does not."""

from __future__ import annotations

import pytest
from tests.model.preferred_address.replay import BEGUN, COPIED, FAILED, after, may

from pathproof.model.preferred_address import machine
from pathproof.model.preferred_address.server import has_moved, server_path
from pathproof.model.preferred_address.state import PROTOCOL_VIOLATION, TRANSPORT_PARAMETER_ERROR
from pathproof.model.vocabulary import is_empty

PARAMETERS = ("state_empty_connection_id", "state_long_connection_id", "state_short_parameter")
VICTIM = "name_a_victim confirm probe_preferred:0,1 "


@pytest.mark.parametrize("attack", PARAMETERS)
def test_a_malformed_parameter(attack: str) -> None:
    """A connection ID of 0 or 21 bytes, and a value that ends too soon, meet TRANSPORT_PARAMETER_ERROR."""
    assert after(attack, attacker="server").error == TRANSPORT_PARAMETER_ERROR


def test_a_parameter_despite_zero_length() -> None:
    """A server that chose a zero-length connection ID may not offer an address."""
    s = after("state_despite_empty_connection_id", attacker="server", zero_length="yes")
    assert s.error == TRANSPORT_PARAMETER_ERROR


def test_a_parameter_from_a_client() -> None:
    """A server closes when its client states the parameter."""
    assert after("state_as_client", attacker="client").error == TRANSPORT_PARAMETER_ERROR


def test_a_second_number_one() -> None:
    """A frame with number 1 and another content meets PROTOCOL_VIOLATION, or is ignored."""
    run = "receive_parameters send_number_one_again"
    assert after(run, attacker="server").error == PROTOCOL_VIOLATION
    s = after(run, attacker="server", conflict="ignore")
    assert (s.error, s.number_one) == ("none", "parameter")


def test_a_server_that_sends_from_elsewhere() -> None:
    """Packets from an address that the client never heard of are discarded."""
    assert after(BEGUN + "send_from_elsewhere", attacker="server").taken_in == "from known"


def test_one_copy_makes_the_connection_deaf() -> None:
    """One copy, as if from the client, and the answer the client owes: its server drops all that follows."""
    s = after(COPIED, attacker="copier")
    assert has_moved(s)
    assert s.attempt == "none"
    assert not may(COPIED, "deliver_data:0", attacker="copier")
    assert after(COPIED + "drop_newer_data:0", attacker="copier").dropped == "a packet sent by right"


def test_the_connection_comes_back_if_newer_packets_are_followed() -> None:
    """A server that does not drop newer packets goes back with the next one."""
    settings = {"attacker": "copier", "old_address": "follows"}
    s = after(COPIED + "deliver_data:0", **settings)
    assert server_path(s, machine.setting(settings)) == 0


def test_a_client_that_discards_is_safe_until_it_probes() -> None:
    """With `discard` the challenge is not answered; once the client probes the address it is."""
    settings = {"attacker": "copier", "server_migration": "discard"}
    copied = BEGUN + "copy_as_client:1"
    assert not may(copied, "deliver_challenge:2", **settings)
    assert may(BEGUN + "probe_preferred:0,1 copy_as_client:1", "deliver_challenge:2", **settings)
    assert server_path(after(copied + " server_timer:2", **settings), machine.setting(settings)) == 0


def test_a_stranger_gets_three_datagrams_and_no_fourth() -> None:
    """One datagram from a stranger makes room for three: a challenge and two more."""
    run = BEGUN + "copy_as_third "
    assert after(run, attacker="copier").to_third == 1
    assert may(run + "send_to_third", "send_to_third", attacker="copier")
    assert not may(run + "send_to_third send_to_third", "send_to_third", attacker="copier")


def test_a_stranger_is_left_when_it_does_not_answer() -> None:
    """The validation of a stranger's source fails, and the server goes back."""
    s = after(BEGUN + "copy_as_third server_timer:4", attacker="copier")
    assert (s.peer, is_empty(s.checking)) == (0, True)


def test_a_cut_path_leaves_the_original_address() -> None:
    """An attacker who drops all at the preferred address keeps the connection where it is, and working."""
    run = "receive_parameters cut:1 confirm probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1"
    assert not may(
        "receive_parameters cut:1 confirm probe_preferred:0,1", "deliver_probe:2", attacker="cutter"
    )
    assert may(run, "deliver_data:0", attacker="cutter")
    assert may(run + " mend:1 probe_preferred:0,1", "deliver_probe:2", attacker="cutter")


def test_a_victim_gets_three_datagrams_of_an_attempt() -> None:
    """A victim gets one challenge for each of three PTOs, and with `for_good` nothing more."""
    run = VICTIM + "client_timer:1 client_timer:1 client_timer:1 "
    s = after(run, attacker="namer")
    assert (s.to_victim, s.attempt) == (3, "failed")
    assert not may(VICTIM, "deliver_probe:2", attacker="namer")
    assert not may(run, "probe_preferred:0,1", attacker="namer", preferred_retry="for_good")


def test_each_challenge_from_the_victim_costs_one_answer() -> None:
    """A challenge as if from the victim is answered each time, and not after the failure."""
    settings = {"attacker": "forger", "preferred_retry": "for_good"}
    run = VICTIM + "challenge_as_the_victim:0 challenge_as_the_victim:0"
    assert after(run, **settings).to_victim == 3
    failed = VICTIM + "client_timer:1 client_timer:1 client_timer:1"
    assert not may(failed, "challenge_as_the_victim:0", **settings)


def test_number_one_may_be_taken_back_before_its_use() -> None:
    """A frame with Retire Prior To 2 leaves the client with no connection ID for the move."""
    run = BEGUN + "withdraw"
    s = after(run, withdraws="may")
    assert (s.issued, s.number_one) == (3, "parameter")
    assert not may(run, "probe_preferred:0,2", withdraws="may")
    assert may(FAILED, "retire_path:2")
