"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "2 connection IDs": {},
    "3 connection IDs, 2 connections": {"cids": 3, "connections": 2, "beyond": 3},
    "sizes up to 45 bytes": {"cids": 1, "beyond": 25, "length": 20},
    "reset_size=long_only, sizes up to 45 bytes": {
        "cids": 1,
        "beyond": 25,
        "length": 20,
        "reset_size": "long_only",
    },
    "state against loops, sizes up to 63 bytes": {
        "cids": 1,
        "beyond": 43,
        "loop_state": "until_silence",
        "attacker": "guesser",
    },
    "three_times_larger=threefold, a rate limit against loops": {
        "cids": 1,
        "beyond": 9,
        "loop_state": "rate_limit",
        "three_times_larger": "threefold",
        "short_triggers": "any_size",
    },
    "an AEAD that expands by 4 bytes more": {"cids": 1, "beyond": 9, "expansion": 20, "attacker": "guesser"},
    "zero-length connection IDs of the consumer": {"length": 0, "limit": 2, "counted": 3},
    "a client issues": {"issuer": "client", "attacker": "nobody"},
    "no token in the handshake": {"handshake_token": "absent", "attacker": "guesser"},
    "zero-length connection IDs of the issuer": {"zero_length": "yes", "long_headers": "dropped"},
    "preferred address, and a restart costs the static key": {
        "preferred_address": "yes",
        "late_packets": "dropped",
        "static_key": "lost",
    },
    "issuer may break rules": {"rogue_issuer": "yes"},
    "token_reuse=ignore": {"rogue_issuer": "yes", "token_reuse": "ignore"},
    "token_lifetime=acknowledged": {"token_lifetime": "acknowledged"},
    "token_scope=any, undecryptable_first=skip": {"token_scope": "any", "undecryptable_first": "skip"},
    "every datagram is compared, routing by connection ID": {
        "compares": "always",
        "cluster": "by_connection_id",
        "reset_oracle_exception": "never",
    },
    "the idle timer comes last": {"idle_timer": "ordered", "beyond": 3},
    "routing has changed": {"cluster": "rerouted"},
    "reset_oracle_exception=never, routing has changed": {
        "cluster": "rerouted",
        "reset_oracle_exception": "never",
    },
    "routing by address, silent instances": {
        "cluster": "silent_by_address",
        "reset_oracle_exception": "never",
    },
    "routing by address, answering instances": {"cluster": "answering_by_address"},
    "routing by address, a static key each": {"cluster": "own_keys", "reset_oracle_exception": "never"},
}

LARGER: Mapping[str, Mapping[str, Any]] = {
    "3 connection IDs, sizes up to 45 bytes": {"cids": 3, "beyond": 25, "length": 20},
    "3 connection IDs, answering instances": {"cids": 3, "cluster": "answering_by_address"},
}

# Name of the row -> states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "2 connection IDs": (48_803, 345_249, 22),
    "3 connection IDs, 2 connections": (2_540_124, 14_791_389, 30),
    "sizes up to 45 bytes": (8_491, 59_891, 14),
    "reset_size=long_only, sizes up to 45 bytes": (4_933, 29_732, 14),
    "state against loops, sizes up to 63 bytes": (13_578, 176_807, 13),
    "three_times_larger=threefold, a rate limit against loops": (4_161, 38_561, 13),
    "an AEAD that expands by 4 bytes more": (2_750, 14_865, 14),
    "zero-length connection IDs of the consumer": (45_644, 287_019, 20),
    "a client issues": (9_540, 53_541, 20),
    "no token in the handshake": (39_897, 260_002, 20),
    "zero-length connection IDs of the issuer": (462, 2_805, 7),
    "preferred address, and a restart costs the static key": (40_379, 287_792, 21),
    "issuer may break rules": (119_947, 827_277, 24),
    "token_reuse=ignore": (236_236, 1_638_790, 24),
    "token_lifetime=acknowledged": (51_473, 360_514, 23),
    "token_scope=any, undecryptable_first=skip": (48_803, 344_929, 22),
    "every datagram is compared, routing by connection ID": (48_803, 345_249, 22),
    "the idle timer comes last": (164_688, 1_197_372, 25),
    "routing has changed": (170_160, 1_264_985, 23),
    "reset_oracle_exception=never, routing has changed": (117_567, 865_219, 23),
    "routing by address, silent instances": (121_323, 890_824, 23),
    "routing by address, answering instances": (251_561, 1_889_536, 24),
    "routing by address, a static key each": (123_123, 903_636, 24),
    "3 connection IDs, sizes up to 45 bytes": (4_967_988, 43_614_108, 30),
    "3 connection IDs, answering instances": (7_031_172, 58_311_058, 32),
}

# Settings under which a drawing has few states.
PICTURE: Mapping[str, Any] = {"cids": 1, "beyond": 3, "attacker": "nobody"}

_ROGUE = {"token_reuse": "ignore", "rogue_issuer": "yes", "attacker": "nobody", "beyond": 3}
_ALONE = {"cids": 1, "attacker": "nobody"}
_REROUTED = {"cluster": "rerouted", **_ALONE}
_LOST = "the_peer_of_a_lost_instance_learns_of_it"
_UNREACHABLE = "the_peer_of_an_unreachable_instance_learns_of_it"

# Claims that are not made under a reading or an option, each with settings in which a run shows why.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("nobody_without_the_token_ends_a_connection", {"cluster": "answering_by_address"}),
    (
        "nobody_without_the_token_ends_a_connection",
        {"token_lifetime": "acknowledged", "attacker": "nobody", "beyond": 3},
    ),
    ("a_change_of_address_ends_no_connection", {"cluster": "answering_by_address", "attacker": "nobody"}),
    (
        "no_token_outlives_its_connection_id",
        {"token_lifetime": "acknowledged", "attacker": "nobody", "beyond": 3},
    ),
    ("no_token_outlives_its_connection_id", _ROGUE),
    ("no_token_outlives_its_acknowledged_retirement", _ROGUE),
    ("other_addresses_end_nothing", {"token_scope": "any", "cids": 1, "beyond": 3}),
    ("token_breach_meets_its_error", _ROGUE),
    (
        "resets_stay_below_threefold",
        {
            "three_times_larger": "fourfold",
            "loop_state": "until_silence",
            "short_triggers": "any_size",
            "cids": 1,
            "beyond": 43,
        },
    ),
    ("short_triggers_get_one_byte_less", {"short_triggers": "any_size", "cids": 1}),
    ("a_reset_for_a_short_packet_passes_for_a_packet", {"short_triggers": "any_size", "cids": 1}),
    ("every_reset_passes_for_a_packet", {"reset_size": "all_sizes", "cids": 1, "beyond": 25}),
    (
        "no_reset_is_sent_for_a_held_connection",
        {"late_packets": "answered", "attacker": "nobody", "beyond": 3},
    ),
    (
        "no_reset_while_an_instance_holds_the_connection",
        {"reset_oracle_exception": "exception", "cluster": "rerouted", "attacker": "nobody"},
    ),
    (
        "no_reset_while_an_instance_holds_the_connection",
        {"reset_oracle_exception": "never", "cluster": "answering_by_address"},
    ),
    ("no_attacker_steers_a_packet_to_an_oracle", {"cluster": "answering_by_address"}),
    ("no_consumer_times_out_before_three_ptos", {"idle_timer": "any time", **_ALONE}),
    (_LOST, {"static_key": "lost", **_ALONE}),
    (_LOST, {"handshake_token": "absent", **_ALONE}),
    (_LOST, {"issuer": "client", **_ALONE}),
    (_LOST, {"zero_length": "yes", **_ALONE}),
    (_LOST, {"reset_size": "long_only", **_ALONE}),
    (_UNREACHABLE, {"reset_oracle_exception": "never", **_REROUTED}),
    (_UNREACHABLE, {"handshake_token": "absent", **_REROUTED}),
    (_UNREACHABLE, {"issuer": "client", **_REROUTED}),
    (_UNREACHABLE, {"zero_length": "yes", **_REROUTED}),
    (_UNREACHABLE, {"reset_size": "long_only", **_REROUTED}),
    (
        "no_exchange_of_resets_goes_on_for_ever",
        {"loop_state": "rate_limit", "cids": 1, "beyond": 25, "attacker": "guesser"},
    ),
)
