"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "one rotation, with a key": {},
    "one rotation, to all servers at once": {"rollout": "at_once"},
    "4 connection IDs, nonces for all of them": {"cids": 4, "nonces": 4},
    "a codepoint used anew": {"configurations": 3, "attacker": "client", "key_renewal": "kept"},
    "a codepoint used too soon": {"codepoints": 1, "precaution": "none", "rebinding": "never"},
    "nonces run out": {"other_connections": "some"},
    "fallback_codepoint=unconfigured": {"other_connections": "some", "fallback_codepoint": "unconfigured"},
    "servers without configuration, table of IDs": {
        "start": "unconfigured",
        "cid_table": "kept",
        "fallback_codepoint": "unconfigured",
    },
    "servers without configuration stay so": {
        "start": "unconfigured",
        "first_configuration": "stays",
        "resets": "any",
        "attacker": "nobody",
    },
    "servers without configuration, any first ID": {
        "start": "unconfigured",
        "initials": "any",
        "rebinding": "never",
        "cids": 2,
    },
    "plaintext_supply=one": {"key": "none", "plaintext_supply": "one"},
    "plaintext_supply=several": {"key": "none", "attacker": "stranger"},
    "a key comes in": {"key": "introduced"},
    "names decide, a neighbour, tracked": {
        "fallback": "advanced",
        "tuple_table": "none",
        "neighbour": "yes",
        "routable_reset": "tracked",
        "rebinding": "never",
    },
    "appended_octets=whole": {"shapes": "odd", "length_check": "made", "appended": 1},
    "appended_octets=decoded": {
        "shapes": "odd",
        "length_check": "made",
        "appended": 1,
        "appended_octets": "decoded",
        "rebinding": "never",
    },
    "unroutable_criteria=server_id": {
        "shapes": "odd",
        "unroutable_criteria": "server_id",
        "key": "none",
        "rebinding": "never",
    },
    "the pool changes": {"pool": "changes", "start": "unconfigured", "cids": 2},
    "the pool changes, timers are short": {
        "pool": "changes",
        "tuple_table": "none",
        "purges": "early",
        "cid_table": "kept",
        "recording": "fifth_step",
        "start": "unconfigured",
        "cids": 2,
        "rebinding": "never",
    },
    "the server restarts": {
        "restarts": "server",
        "nonce_memory": "lost",
        "keys": "kept",
        "reset_key": "per_server",
        "resets": "any",
    },
    "routable_reset=stateless, the client restarts": {"restarts": "client"},
    "routable_reset=tracked, the client restarts": {
        "restarts": "client",
        "routable_reset": "tracked",
        "attacker": "client",
    },
    "deliveries in any order": {
        "delivery": "any_order",
        "withdrawal": "early",
        "early_rebinding": "happens",
    },
    "nonces for 2 of 3 connection IDs": {"nonces": 2},
    "servers without configuration, a neighbour, table of IDs": {
        "start": "unconfigured",
        "first_configuration": "stays",
        "cid_table": "kept",
        "fallback": "advanced",
        "neighbour": "yes",
        "restarts": "server",
        "attacker": "nobody",
        "rebinding": "never",
        "cids": 2,
    },
}

# Name of the row -> settings; minutes each, and gigabytes.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "3 configurations, 4 connection IDs": {"configurations": 3, "cids": 4, "nonces": 4},
    "the pool changes, 3 connection IDs": {"pool": "changes", "start": "unconfigured"},
}

# Name of the row -> distinct states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "one rotation, with a key": (27_150, 190_851, 30),
    "one rotation, to all servers at once": (18_712, 127_201, 29),
    "4 connection IDs, nonces for all of them": (190_438, 1_671_181, 37),
    "a codepoint used anew": (158_584, 1_048_698, 37),
    "a codepoint used too soon": (2_728, 18_860, 22),
    "nonces run out": (543_336, 4_232_809, 36),
    "fallback_codepoint=unconfigured": (180_388, 1_341_697, 33),
    "servers without configuration, table of IDs": (704_244, 5_911_118, 49),
    "servers without configuration stay so": (50_298, 347_544, 31),
    "servers without configuration, any first ID": (9_892, 38_472, 20),
    "plaintext_supply=one": (1_406, 6_947, 23),
    "plaintext_supply=several": (54_300, 476_214, 31),
    "a key comes in": (29_658, 207_907, 30),
    "names decide, a neighbour, tracked": (37_699, 280_941, 27),
    "appended_octets=whole": (60_628, 419_627, 31),
    "appended_octets=decoded": (4_576, 25_799, 24),
    "unroutable_criteria=server_id": (15_721, 92_786, 25),
    "the pool changes": (878_130, 5_326_758, 32),
    "the pool changes, timers are short": (196_244, 1_173_898, 31),
    "the server restarts": (121_658, 654_651, 31),
    "routable_reset=stateless, the client restarts": (99_224, 338_255, 31),
    "routable_reset=tracked, the client restarts": (1_582_768, 11_509_950, 38),
    "deliveries in any order": (420_418, 3_373_971, 32),
    "nonces for 2 of 3 connection IDs": (28_014, 197_349, 31),
    "servers without configuration, a neighbour, table of IDs": (81_684, 436_151, 24),
    "3 configurations, 4 connection IDs": (537_770, 5_206_353, 42),
    "the pool changes, 3 connection IDs": (5_881_508, 38_506_486, 38),
}

# Small enough to be drawn, and to be explored by the plain engine.
PICTURE: Mapping[str, Any] = {"cids": 2, "rebinding": "never", "attacker": "nobody"}

# What every mutant of this machine is explored under; its own settings come on top.
MUTANTS: Mapping[str, Any] = {}

_UNCONFIGURED = {"start": "unconfigured"}
_KEPT = {"start": "unconfigured", "cid_table": "kept"}
_FORGETFUL = {"restarts": "client", "routable_reset": "tracked"}
_NAMES = {"fallback": "advanced"}
_SMALL: Mapping[str, Any] = {"cids": 2, "rebinding": "never"}
_NEIGHBOUR = {**_UNCONFIGURED, **_SMALL, **_NAMES, "neighbour": "yes"}

# Claims that are not made under a setting, each with settings in which a run shows that they fail there.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("no_connection_is_lost_to_a_withdrawal", {"withdrawal": "early"}),
    ("no_connection_is_lost_to_a_withdrawal", {"precaution": "none", "codepoints": 1}),
    ("the_balancer_knows_every_configuration_in_time", {"delivery": "any_order"}),
    ("a_server_is_configured_after_the_balancer", {"delivery": "any_order"}),
    ("a_codepoint_is_used_anew_only_when_it_is_free", {"precaution": "none", "codepoints": 1}),
    (
        "an_unroutable_id_keeps_its_server_on_its_4_tuple",
        {**_UNCONFIGURED, **_SMALL, "tuple_table": "none", "pool": "changes"},
    ),
    (
        "an_unroutable_id_keeps_its_server_on_its_4_tuple",
        {**_UNCONFIGURED, **_SMALL, "purges": "early", "pool": "changes"},
    ),
    (
        "an_unroutable_id_keeps_its_server_on_its_4_tuple",
        {**_UNCONFIGURED, "routable_reset": "tracked", "attacker": "client"},
    ),
    ("an_unroutable_id_keeps_its_server_on_its_4_tuple", {**_UNCONFIGURED, **_NAMES, "neighbour": "yes"}),
    ("an_unroutable_id_survives_a_change_of_address", {**_UNCONFIGURED, "cid_table": "none"}),
    ("an_unroutable_id_survives_a_change_of_address", {**_KEPT, "recording": "fifth_step"}),
    ("an_unroutable_id_survives_a_change_of_address", {**_KEPT, "purges": "early"}),
    ("the_table_of_ids_goes_before_that_of_4_tuples", {**_NEIGHBOUR, "cid_table": "none"}),
    (
        "the_table_of_ids_goes_before_that_of_4_tuples",
        {**_NEIGHBOUR, "cid_table": "kept", "recording": "fifth_step"},
    ),
    ("the_table_of_ids_goes_before_that_of_4_tuples", {**_NEIGHBOUR, "cid_table": "kept", "purges": "early"}),
    (
        "no_connection_is_lost_to_a_later_unroutable_id",
        {"fallback_codepoint": "codepoint_only", "nonces": 2, "cid_table": "kept"},
    ),
    ("a_handshake_stays_with_one_server", {"initials": "any"}),
    ("a_handshake_stays_with_one_server", {"shapes": "odd"}),
    ("a_handshake_stays_with_one_server", {"tuple_table": "none", "pool": "changes"}),
    ("a_handshake_stays_with_one_server", {**_NAMES, "neighbour": "yes"}),
    ("a_handshake_stays_with_one_server", {"early_rebinding": "happens"}),
    ("a_handshake_stays_with_one_server", {"purges": "early", "pool": "changes"}),
    ("a_handshake_stays_with_one_server", {"precaution": "none", "codepoints": 1}),
    ("a_handshake_stays_with_one_server", {"routable_reset": "tracked", "attacker": "client"}),
    ("the_name_decides", {**_NAMES, "neighbour": "yes"}),
    ("the_name_decides", {**_NAMES, "initials": "any"}),
    ("the_name_decides", {**_NAMES, "routable_reset": "tracked", "attacker": "client"}),
    (
        "no_nonce_is_used_twice",
        {"nonce_memory": "lost", "restarts": "server", "other_connections": "some"},
    ),
    ("nothing_under_the_key_links_two_addresses", {"key": "none"}),
    # What no key hides: the draft concedes the first (9.3), and has no word on the second.
    ("no_codepoint_tells_the_server", {}),
    ("no_unroutable_ids_tell_the_server", {"other_connections": "some"}),
    ("no_other_server_ends_a_live_connection", {**_UNCONFIGURED, "resets": "any"}),
    (
        "no_server_resets_what_it_cannot_read",
        {**_SMALL, **_UNCONFIGURED, "resets": "any", "restarts": "server"},
    ),
    ("routable_ids_make_no_oracle", {"withdrawal": "early", "resets": "any"}),
    ("routable_ids_make_no_oracle", {"delivery": "any_order", "resets": "any"}),
    ("no_former_client_holds_the_token", {"key_renewal": "kept", "configurations": 3, "attacker": "client"}),
    ("a_reset_of_the_client_finds_its_server", {"restarts": "client", "routable_reset": "stateless"}),
    ("a_reset_of_the_client_finds_its_server", {**_FORGETFUL, "initials": "any"}),
    ("a_reset_of_the_client_finds_its_server", {**_FORGETFUL, "attacker": "client"}),
    ("a_reset_of_the_client_finds_its_server", {**_FORGETFUL, "purges": "early"}),
    ("a_reset_of_the_client_finds_its_server", {**_FORGETFUL, **_NAMES, "neighbour": "yes"}),
    ("nobody_chooses_the_server_of_a_new_connection", {"attacker": "client"}),
    ("nobody_chooses_the_server_of_a_new_connection", {"key": "none", "attacker": "stranger"}),
    ("what_the_client_sends_arrives", {**_UNCONFIGURED, "cids": 2}),
    ("what_the_client_sends_arrives", {"withdrawal": "early", "cids": 2}),
    ("what_the_client_sends_arrives", {"delivery": "any_order", "cids": 2}),
    ("what_the_client_sends_arrives", {"precaution": "none", "codepoints": 1, "cids": 2}),
    ("a_handshake_ends", {**_SMALL, "initials": "any"}),
    ("a_handshake_ends", {**_SMALL, "shapes": "odd"}),
    ("a_handshake_ends", {**_SMALL, "tuple_table": "none", "pool": "changes"}),
    ("a_handshake_ends", {**_SMALL, **_NAMES, "neighbour": "yes"}),
    ("a_handshake_ends", {"early_rebinding": "happens", "cids": 2}),
    ("a_handshake_ends", {**_SMALL, "purges": "early", "pool": "changes"}),
    ("a_handshake_ends", {**_SMALL, "precaution": "none", "codepoints": 1}),
    ("a_handshake_ends", {**_SMALL, "routable_reset": "tracked", "attacker": "client"}),
    (
        "every_live_id_is_of_the_newest_configuration",
        {**_SMALL, **_UNCONFIGURED, "first_configuration": "stays"},
    ),
    (
        "the_client_can_move",
        {"other_connections": "some", "fallback_codepoint": "unconfigured"},
    ),
    ("the_client_can_move", {"key": "none", "plaintext_supply": "one", "rebinding": "never"}),
    ("the_client_can_move", {**_UNCONFIGURED, "first_configuration": "stays", "rebinding": "never"}),
)
