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
TOKENLESS: Mapping[str, Any] = {"parts": "supply and reset", "zero_length": "server"}
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
    "a client that breaks rules and stays, packets without end": {
        "peer": "rogue client",
        "client": "stays",
        "numbering": "goes on",
        "packets": 1,
    },
    "a client that keeps its connection ID when it moves": {"peer": "linking client"},
    "ends close": {"ends": "closes"},
    "ends close with identical packets, close_in_closing=drains": {
        "ends": "closes",
        "closing_answer": "identical",
        "close_in_closing": "drains",
    },
    "ends fall silent, 2 PTOs": {"ends": "idles", "silence": 3, "packets": 1, "data": "flows", "ptos": 2},
    "zero-length connection ID of the client": {"zero_length": "client"},
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
    "a download without end, and a NAT": {
        **ENDLESS,
        "network": "rebinds",
        "client": "stays",
        "packets": 1,
    },
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
    "a download without end, and a NAT, 2 packets": {**ENDLESS, "network": "rebinds", "client": "stays"},
    "all parts, and ends close": {**ALL, "ends": "closes", "closing_keys": "dropped"},
    "a persistent attacker, 3 addresses, 3 packets": PERSISTENT,
    "3 packets, 3 PTOs, ends close": {"packets": 3, "ptos": 3, "ends": "closes"},
}

# Name of the row -> distinct states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "supply and migration": (9_864, 58_462, 23),
    "supply and migration, 3 connection IDs": (77_666, 572_401, 33),
    "supply and migration, 3 addresses, 3 packets": (121_050, 777_536, 25),
    "a persistent attacker, 2 addresses": (13_056, 75_232, 23),
    "the client probes, connection IDs show the server": (16_803, 106_919, 27),
    "the client changes its connection ID, cid_change_response=mirrored": (147, 488, 12),
    "an off-path attacker, cid_change_response=each_address": (14_044, 79_185, 23),
    "an off-path attacker and a NAT, exhausted_supply=refuse": (11_784, 59_391, 21),
    "Retire Prior To rises, frame after frame in one packet": (42_669, 231_807, 25),
    "a server that breaks rules": (37_440, 81_798, 18),
    "a client that breaks rules": (2_134_573, 5_767_972, 27),
    "a client that breaks rules and stays, packets without end": (11_226, 28_565, 19),
    "a client that keeps its connection ID when it moves": (211_728, 1_484_614, 25),
    "ends close": (1_081_548, 3_177_245, 29),
    "ends close with identical packets, close_in_closing=drains": (925_632, 2_376_498, 29),
    "ends fall silent, 2 PTOs": (604_898, 4_139_091, 35),
    "zero-length connection ID of the client": (18_382, 110_977, 23),
    "zero-length connection ID of the server": (25_434, 152_865, 21),
    "zero-length connection ID of the client, zero_length_move=barred": (196, 589, 11),
    "zero-length connection ID of the server, a NAT, zero_length_move=barred": (1_137, 4_641, 16),
    "zero-length connection IDs, a NAT and an attacker, zero_length_move=barred": (622, 1_942, 16),
    "migration and limit": (1_863_708, 5_998_550, 29),
    "migration and limit, closing_unattributed=attributed": (889_770, 2_509_819, 28),
    "supply and reset, 3 connection IDs": (14_193, 70_907, 20),
    "connection IDs of a new configuration": (14_193, 65_510, 20),
    "connection IDs in sequence": (948, 5_087, 18),
    "connection IDs made from the peer's": (948, 5_087, 18),
    "first packets": (3_429, 7_677, 11),
    "first packets, by the other readings": (1_454, 3_245, 11),
    "a download without end": (607_314, 5_551_768, 47),
    "a download without end, and a NAT": (582_632, 4_708_686, 38),
    "packets without end, and an off-path attacker": (168_435, 1_340_645, 36),
    "a download without end, and an off-path attacker": (657_342, 5_904_094, 47),
    "all parts": (316_448, 1_227_201, 29),
    "a download without end, 2 packets": (2_432_670, 23_161_404, 47),
    "a download without end, and a NAT, 2 packets": (1_581_016, 13_321_675, 38),
    "all parts, and ends close": (3_700_112, 12_746_217, 31),
    "a persistent attacker, 3 addresses, 3 packets": (4_180_986, 34_191_626, 34),
    "3 packets, 3 PTOs, ends close": (21_299_673, 70_361_490, 38),
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
    ("the_client_links_no_paths", {"peer": "linking client"}),
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
    ("the_peer_of_a_server_without_state_learns_of_it", TOKENLESS),
    ("the_peer_of_a_server_without_state_learns_of_it", {**TOKENLESS, "zero_length": "both"}),
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
