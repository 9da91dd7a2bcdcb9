"""Actions of the machines that no follower takes, each with the reason, and the differences that are allowed.

A reason stands for all actions that it lists. What is rare is taken in some runs only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def each(*groups: tuple[str, str]) -> dict[str, str]:
    """Actions with their reasons, from groups of names and the reason of each group.

    >>> each(("one two", "why"))
    {'one': 'why', 'two': 'why'}
    """
    return {name: why for names, why in groups for name in names.split()}


CODEC = "the reference's own codec writes no such frame"
ONE_FRAME = "its two ends share a frame of one size here: the parts that actions share follow the bytes"
PEER = "the follower's peer and network are what packets show, and need no step of their own"
OTHER = "another machine follows it"
DATA = "congestion and round-trip estimates are not compared"

UNTAKEN: Mapping[str, Mapping[str, str]] = {
    "cid_supply": each(
        ("stop_serving", "the reference serves what it asked to have retired for as long as the peer takes"),
        ("exceed_limit", "`send_any_frame` is the same frame"),
        ("raise_prior_above_number send_empty_connection_id send_long_connection_id", CODEC),
    ),
    "anti_amplification": each(
        ("send_data send_challenge send_response deliver_answer_to_small deliver_answer_to_full", ONE_FRAME),
        (
            "lose_challenge give_up_validation let_time_pass lose_address",
            OTHER + ": path_validation, migration",
        ),
        ("receive_while_closing spoof_while_closing", "the reference answers ever more rarely (10.2.1-04)"),
        ("receive_unattributed_while_closing", "the reference keeps its keys, and answers no such datagram"),
        ("forward_copy", "`spoof_packet` is the same datagram"),
        ("spoof_open spoof_open_with_token spoof_handshake_packet", "nobody spoofs in these handshakes"),
        ("send_acknowledgment retransmit send_ping time_passes", "loss recovery is not compared"),
        ("deliver_acknowledgment lose_flight lose_acknowledgment lose_client_packet", PEER),
    ),
    "path_validation": each(
        ("copy_challenge", "every challenge of the reference has data of its own"),
        ("send_larger_challenge", "the reference waits for the next repetition"),
        ("hold_challenge hold_response", "nothing happens in them"),
        ("move discard_connection", OTHER + ": migration"),
        ("signal_no_viable_path", "the reference discards in silence, as 8.2.4-07 lets it"),
        ("hear supply deliver_challenge_after_retirement", OTHER + ": anti_amplification, cid_supply"),
        ("congest relieve", "responses of the reference do not wait for the congestion window"),
        ("deliver_acknowledgment forge_acknowledgment", "nothing happens in them"),
        ("relay_challenge", "where a challenge comes from is its path here"),
        ("guess_response answer_anywhere", "no peer of these runs breaks the rules of responses"),
        ("flood flood_with_small_datagrams deliver_two_challenges", "each challenge is one of its own here"),
    ),
    "migration": each(
        ("send probe probe_again migrate go_over go_back end_without_path client_waits", PEER),
        ("change_connection_id rebind lose_path deliver_challenge spoof move_despite_the_ban", PEER),
        ("copy_packet copy_another relay_challenge speak_as_server go_on_numbering", PEER),
        ("issue replace_all deliver_retirement", OTHER + ": cid_supply"),
        ("answer answer_in_vain", OTHER + ": path_validation"),
        ("send_data declare_lost produce deliver_acknowledgment", DATA),
        ("mirror time_runs_out", "by readings that the reference does not take"),
        ("complete_handshake confirm_handshake", "the follower begins with the handshake confirmed"),
    ),
    "stateless_reset": each(
        (
            "go_to_second_address probe",
            "each address is the second in its turn: `switch` is the same use",
        ),
        ("send_packet lose repeat_packet repeat_reset drop pass_interval route_anew", PEER),
        ("answer_elsewhere", "there is one server"),
        ("answer_back", "`Resets` of the client's endpoint takes `answer` for it"),
        ("forge_reset forge_small_reset send_unknown_packet send_unknown_long_packet", PEER),
        ("send_seen_connection_id", PEER),
        ("time_comparison", "how long a comparison takes is beyond a simulation"),
        ("reuse_token reset_what_is_held", "no server of these runs breaks the rules of tokens"),
        ("reach_integrity_limit", "no run is as long"),
        (
            "close_silently close deliver_connection_close end_closing end_draining hear_nothing time_out",
            OTHER + ": connection",
        ),
        ("restart_consumer connect_again", "a client that starts anew is followed anew"),
    ),
    "connection": each(
        (
            "client_sends client_moves_to client_turns_to client_probes client_goes_over_to "
            "client_goes_back_to client_sends_again server_challenges server_answers "
            "server_answers_in_vain server_gives_up_path server_mirrors server_has_data "
            "server_sends_data server_declares_lost server_waits server_repeats_challenge "
            "server_gives_up packet_arrives packet_arrives_from_elsewhere response_arrives "
            "acknowledgment_arrives challenge_arrives nat_rebinds path_dies client_waits "
            "numbering_goes_on copy_arrives linking_client_moves_to packet_brings_frames "
            "its_id_is_processed its_challenge_is_processed",
            OTHER + ": migration, and path_validation",
        ),
        (
            "client_changes_its_id client_issues client_retires server_issues server_supplies "
            "server_id_arrives client_id_arrives client_retirement_arrives server_retirement_arrives "
            "rogue_server_sends_any_id rogue_server_reuses_an_id rogue_server_retires_anything "
            "rogue_client_sends_any_id rogue_client_reuses_an_id rogue_client_retires_anything",
            OTHER + ": cid_supply",
        ),
        (
            "server_loses_its_state server_resets packet_comes_to_nothing reset_arrives forged_reset_arrives",
            OTHER + ": stateless_reset",
        ),
        (
            "client_without_id_is_over server_without_id_is_over",
            "the reference keeps a connection ID in all of these runs",
        ),
        (
            "packet_meets_closing_server packet_meets_closing_client stray_datagram_meets_closing_server",
            "what answers them is watched as it leaves (`note_silence`, `note_speech`)",
        ),
        (
            "initial_arrives_at_server handshake_packet_arrives_at_server long_header_arrives_at_client "
            "unsupported_version_fills_a_datagram unsupported_version_comes_behind_another "
            "unsupported_version_comes_alone parameters_arrive other_parameters_arrive parameters_lack_one "
            "handshake_is_confirmed server_closes_in_handshake early_frame_arrives",
            "the follower begins when both ends know each other's parameters",
        ),
    ),
    "preferred_address": {"": "not followed yet: `migration` stops where a server has two addresses"},
    "load_balancing": {"": "the endpoints of the simulation use no routable connection IDs"},
}

RARE: Mapping[str, Iterable[str]] = {
    "anti_amplification": ("client_challenges", "send_early_data", "deliver_initial_probe"),
    "stateless_reset": (),
}
"""Actions that are taken in some runs and in others not, as the reference happens to time its packets."""

READINGS: Mapping[str, str] = {
    "a third challenge leaves one PTO after the second, as two Initial packets may": "RFC9000-8.2.1-04",
    "an attempt goes with its path before its first challenge": "RFC9000-8.2.4-09",
    "an attempt is given up before its first challenge could leave": "RFC9000-8.2.4-01",
    "the timer of an attempt runs from its beginning, and its first challenge left later": "RFC9000-8.2.4-03",
    "a response is owed no longer where its path is forgotten": "RFC9000-8.2.2-01",
    "of too many challenges the latest are answered": "RFC9000-8.2.2-01",
    "state is kept about where an overtaken packet came from": "RFC9000-9.3-04",
    "a path that a small challenge has validated is validated again, with 1200 bytes": "RFC9000-8.2.3-05",
    "the address whose answer came last is the last validated, though it was left": "RFC9000-9.3.2-01",
    "a path in use that does not carry 1200 bytes is given up": "RFC9000-8.2.1-08",
    "state about a path is dropped while a challenge is due there": "RFC9000-8.2.4-09",
    "a token is compared from when a path has its connection ID, before a packet": "RFC9000-10.3.1-03",
    "what the latest packet on a path bore is paired with the connection ID there": "RFC9000-9.5-05",
}
"""Where machine and reference differ, each with the nearest clause: findings, or what the text leaves."""
