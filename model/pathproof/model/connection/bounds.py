"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

LIMIT: Mapping[str, Any] = {
    "parts": "migration and limit",
    "cids": 1,
    "most": 1,
    "volume": 5,
    "ends": "closes",
    "closing_keys": "dropped",
    "attacker": "off path",
}
ALL: Mapping[str, Any] = {"parts": "all", "most": 1, "volume": 5, "attacker": "off path"}
FIRST: Mapping[str, Any] = {"parts": "first packets"}
ENDLESS: Mapping[str, Any] = {"numbering": "goes on", "data": "flows"}
TIRED: Mapping[str, Any] = {"packets": 1, "attacker": "off path", "data": "flows"}
REFUSED: Mapping[str, Any] = {**ENDLESS, "packets": 1, "exhausted_supply": "refuse"}
ROTATING: Mapping[str, Any] = {
    "parts": "supply and reset",
    "cids": 3,
    "prior": "rises",
    "rotation": "under way",
}
COUNTED: Mapping[str, Any] = {"made": "in sequence", "packets": 1}
TAKEN_OVER: Mapping[str, Any] = {"made": "from the peer's", "packets": 1}
PERSISTENT: Mapping[str, Any] = {"attacker": "persistent", "addresses": 3, "packets": 3}

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "supply and migration": {},
    "supply and migration, 3 connection IDs": {"cids": 3},
    "supply and migration, 3 addresses, 3 packets": {"addresses": 3, "packets": 3},
    "a persistent attacker, 2 addresses": {"attacker": "persistent"},
    "the client probes, connection IDs show the server": {
        "client": "probes",
        "packets": 3,
        "server_id": "plaintext",
    },
    "the client changes its connection ID, cid_change_response=mirrored": {
        "client": "stays",
        "cid_change_response": "mirrored",
    },
    "an off-path attacker, cid_change_response=each_address": {
        "attacker": "off path",
        "cid_change_response": "each_address",
    },
    "an off-path attacker and a NAT, exhausted_supply=refuse": {
        "attacker": "off path",
        "network": "rebinds",
        "exhausted_supply": "refuse",
        "disable_active_migration": "yes",
    },
    "Retire Prior To rises, frame after frame in one packet": {"prior": "rises", "frames_together": "yes"},
    "a server that breaks rules": {"peer": "rogue server", "error_code": "exact"},
    "a client that breaks rules": {"peer": "rogue client"},
    "ends close": {"ends": "closes"},
    "ends close with identical packets, close_in_closing=drains": {
        "ends": "closes",
        "closing_answer": "identical",
        "close_in_closing": "drains",
    },
    "zero-length connection ID of the client, ends fall silent": {"zero_length": "client", "ends": "idles"},
    "zero-length connection ID of the server": {"zero_length": "server"},
    "zero-length connection ID of the client, zero_length_move=barred": {
        "zero_length": "client",
        "zero_length_move": "barred",
    },
    "zero-length connection ID of the server, a NAT, zero_length_move=barred": {
        "zero_length": "server",
        "zero_length_move": "barred",
        "network": "rebinds",
    },
    "zero-length connection IDs, a NAT and an attacker, zero_length_move=barred": {
        "zero_length": "both",
        "zero_length_move": "barred",
        "network": "rebinds",
        "attacker": "off path",
    },
    "migration and limit": LIMIT,
    "migration and limit, closing_unattributed=attributed": {**LIMIT, "closing_unattributed": "attributed"},
    "supply and reset, 3 connection IDs": {
        "parts": "supply and reset",
        "cids": 3,
        "prior": "rises",
        "attacker": "off path",
    },
    "connection IDs of a new configuration": ROTATING,
    "connection IDs in sequence": COUNTED,
    "connection IDs made from the peer's": TAKEN_OVER,
    "first packets": FIRST,
    "first packets, by the other readings": {
        **FIRST,
        "error_code": "exact",
        "later_source": "long_headers",
        "server_initial_close": "until_confirmed",
        "size_threshold": "packet",
    },
    "a download without end": {**ENDLESS, "packets": 1},
    "a download without end, and a NAT": {**ENDLESS, "network": "rebinds", "client": "stays"},
    "packets without end, and an off-path attacker": {"numbering": "goes on", "attacker": "off path"},
    "a download without end, and an off-path attacker": {
        "numbering": "goes on",
        "data": "flows",
        "packets": 1,
        "attacker": "off path",
    },
    "all parts": ALL,
}

# Name of the row -> settings; a minute or two each.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "a download without end, 2 packets": ENDLESS,
    "all parts, and ends close": {**ALL, "ends": "closes", "closing_keys": "dropped"},
    "a persistent attacker, 3 addresses, 3 packets": PERSISTENT,
    "3 packets, 3 PTOs, ends close": {"packets": 3, "ptos": 3, "ends": "closes"},
}

# Name of the row -> distinct states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "supply and migration": (5_265, 30_014, 21),
    "supply and migration, 3 connection IDs": (21_855, 153_234, 29),
    "supply and migration, 3 addresses, 3 packets": (62_139, 384_712, 23),
    "a persistent attacker, 2 addresses": (7_659, 43_010, 21),
    "the client probes, connection IDs show the server": (9_720, 58_253, 25),
    "the client changes its connection ID, cid_change_response=mirrored": (126, 422, 11),
    "an off-path attacker, cid_change_response=each_address": (8_400, 46_049, 21),
    "an off-path attacker and a NAT, exhausted_supply=refuse": (5_631, 28_785, 20),
    "Retire Prior To rises, frame after frame in one packet": (24_093, 127_029, 23),
    "a server that breaks rules": (39_600, 86_118, 18),
    "a client that breaks rules": (1_591_420, 4_049_364, 28),
    "ends close": (589_368, 1_737_728, 27),
    "ends close with identical packets, close_in_closing=drains": (511_356, 1_314_862, 27),
    "zero-length connection ID of the client, ends fall silent": (34_644, 132_680, 23),
    "zero-length connection ID of the server": (25_434, 152_865, 21),
    "zero-length connection ID of the client, zero_length_move=barred": (189, 646, 10),
    "zero-length connection ID of the server, a NAT, zero_length_move=barred": (1_137, 4_641, 16),
    "zero-length connection IDs, a NAT and an attacker, zero_length_move=barred": (622, 1_942, 16),
    "migration and limit": (1_722_812, 5_578_541, 29),
    "migration and limit, closing_unattributed=attributed": (836_234, 2_360_907, 28),
    "supply and reset, 3 connection IDs": (14_193, 70_907, 20),
    "connection IDs of a new configuration": (14_193, 65_510, 20),
    "connection IDs in sequence": (543, 2_795, 16),
    "connection IDs made from the peer's": (543, 2_795, 16),
    "first packets": (3_429, 7_677, 11),
    "first packets, by the other readings": (1_454, 3_245, 11),
    "a download without end": (297_210, 2_628_616, 45),
    "a download without end, and a NAT": (585_398, 4_954_025, 37),
    "packets without end, and an off-path attacker": (81_417, 621_209, 34),
    "a download without end, and an off-path attacker": (334_731, 2_897_284, 45),
    "all parts": (198_014, 771_844, 27),
    "a download without end, 2 packets": (1_196_484, 11_156_018, 45),
    "all parts, and ends close": (2_426_015, 8_349_743, 29),
    "a persistent attacker, 3 addresses, 3 packets": (2_362_662, 19_112_032, 32),
    "3 packets, 3 PTOs, ends close": (11_522_346, 38_335_437, 36),
}

# Small enough to be drawn, and to be explored by the plain engine.
PICTURE: Mapping[str, Any] = {"packets": 1}

# Claims that are not made under a reading or an option, each with settings in which a run shows that they
# fail there. The last four are no finding about the text: with the numbers of packets the run itself ends.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("the_server_links_no_paths", PERSISTENT),
    ("the_server_links_no_paths", {"ends": "closes", "closing_answer": "identical"}),
    ("the_server_links_no_paths", {"zero_length": "server"}),
    ("the_client_links_no_paths", {"ends": "closes", "closing_answer": "identical"}),
    ("an_empty_id_is_on_one_path", {"zero_length": "server"}),
    ("nothing_shown_tells_the_server", {"server_id": "plaintext"}),
    ("nothing_shown_tells_the_server", ROTATING),
    ("nothing_shown_is_of_this_connection_alone", COUNTED),
    ("nothing_shown_tells_the_server", COUNTED),
    ("no_id_is_made_from_one_of_the_peers", TAKEN_OVER),
    ("some_id_is_left", {"prior": "rises"}),
    ("it_ends_only_for_a_cause", {"prior": "rises"}),
    ("who_hears_of_a_close_falls_silent", {"ends": "closes"}),
    ("a_breach_is_called_by_its_name", {"peer": "rogue server"}),
    ("only_what_is_attributed_is_answered", LIMIT),
    ("a_server_hears_one_source_only", FIRST),
    ("only_a_large_packet_is_negotiated_about", FIRST),
    ("an_initial_close_ends_with_its_keys", {**FIRST, "server_initial_close": "until_confirmed"}),
    ("no_attacker_holds_it_for_ever", REFUSED),
    ("a_download_survives_every_move", REFUSED),
    ("a_retirement_reaches_the_client", REFUSED),
)

# Packet numbers, or connection IDs that may be used in all, end with these bounds: no findings.
ARTEFACTS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        "a_connection_dragged_away_comes_back",
        {"attacker": "off path", "cid_change_response": "each_address"},
    ),
    ("no_attacker_holds_it_for_ever", TIRED),
    ("a_download_survives_every_move", TIRED),
    ("a_retirement_reaches_the_client", TIRED),
)
