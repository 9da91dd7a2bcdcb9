"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# 1200 bytes in two units, and counts that hold one or two such datagrams ahead: a handshake at such bounds.
_TWO_UNITS: Mapping[str, Any] = {"padded": 2, "close": 1, "most": 2, "volume": 8}
_IDLE: Mapping[str, Any] = {"begins": "idle", **_TWO_UNITS}

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "an established connection": {},
    "1800 bytes ahead from each address": {"most": 6, "volume": 22},
    "the handshake, and what follows": {**_IDLE, "parts": 3},
    "2400 bytes ahead in the handshake": {**_IDLE, "parts": 2, "most": 4, "volume": 14},
    "a server that follows and trusts long IDs": {
        **_IDLE,
        "parts": 2,
        "establishment": "follows",
        "long_ids": "validate",
    },
    "nobody spoofs": {"attackers": "none"},
    "a client that listens": {"after_move": "listens"},
    "two paths to one address": {
        **_TWO_UNITS,
        "paths": 3,
        "most": 1,
        "volume": 5,
        "padding_budget": "wait",
    },
    "amplification_scope=path": {**_TWO_UNITS, "paths": 3, "volume": 14, "amplification_scope": "path"},
    "closing_unattributed=attributed": {"closing_unattributed": "attributed"},
    "padding_budget=wait": {"padding_budget": "wait"},
    "partial_expansion=up_to_limit": {"partial_expansion": "up_to_limit"},
    "rebinding_validation=recent": {"rebinding_validation": "recent", "reassignment": "yes"},
    "rebinding_validation=seen": {"rebinding_validation": "seen"},
    "addresses that change hands": {"reassignment": "yes"},
    "keys kept while closing": {"closing_keys": "kept", "closing_unvalidated": "discard"},
    "guarded ports": {"ports": "guarded"},
    "data before the challenge": {"data_first": "yes"},
    "fewer answers while closing": {"closing_rate": "fewer"},
}

# Larger bounds, for those who have minutes.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "a flight longer than the limit": _IDLE,
    "the handshake with 1200 bytes in four units": {"begins": "idle"},
    "two paths to one address, small challenges first": {**_TWO_UNITS, "paths": 3, "most": 1, "volume": 5},
    "three addresses": {**_TWO_UNITS, "addresses": 3, "paths": 3},
}

# Row -> states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "an established connection": (12_876, 322_578, 18),
    "1800 bytes ahead from each address": (38_334, 876_601, 22),
    "the handshake, and what follows": (458_791, 6_073_785, 27),
    "2400 bytes ahead in the handshake": (736_733, 8_468_344, 34),
    "a server that follows and trusts long IDs": (350_196, 4_672_893, 26),
    "nobody spoofs": (9938, 166_466, 18),
    "a client that listens": (12_876, 305_042, 18),
    "two paths to one address": (422_454, 11_458_238, 21),
    "amplification_scope=path": (591_468, 16_310_825, 23),
    "closing_unattributed=attributed": (10_986, 292_338, 18),
    "partial_expansion=up_to_limit": (22_488, 563_799, 20),
    "padding_budget=wait": (8700, 190_160, 16),
    "rebinding_validation=recent": (75_960, 2_153_550, 27),
    "rebinding_validation=seen": (37_626, 947_782, 35),
    "addresses that change hands": (41_286, 901_799, 26),
    "keys kept while closing": (6891, 226_818, 18),
    "guarded ports": (343, 6206, 9),
    "data before the challenge": (25_122, 632_834, 18),
    "fewer answers while closing": (26_421, 539_298, 29),
    "a flight longer than the limit": (1_703_911, 24_590_409, 29),
    "the handshake with 1200 bytes in four units": (5_095_857, 102_810_521, 31),
    "two paths to one address, small challenges first": (1_743_654, 49_854_470, 25),
    "three addresses": (1_380_092, 40_103_563, 25),
}

# Small bounds, and a handshake at such.
SMALL: Mapping[str, Any] = {"padded": 2, "close": 1, "most": 1, "volume": 5}
HANDSHAKE: Mapping[str, Any] = {
    "begins": "idle",
    "padded": 2,
    "close": 1,
    "parts": 2,
    "most": 3,
    "volume": 11,
}

LIMIT = "no_unvalidated_address_gets_more_than_three_times"
PATH = "no_unvalidated_path_gets_more_than_three_times"

# Claims that are not made under a reading or an option, each with settings in which a run breaks it.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (LIMIT, {"rebinding_validation": "seen"}),
    (LIMIT, {**HANDSHAKE, "establishment": "follows"}),
    (LIMIT, {**HANDSHAKE, "long_ids": "validate"}),
    (PATH, {**_TWO_UNITS, "paths": 3, "most": 1, "volume": 5, "amplification_scope": "address"}),
    (PATH, {"amplification_scope": "path", "rebinding_validation": "seen"}),
    (PATH, {"amplification_scope": "path", **HANDSHAKE, "establishment": "follows"}),
    (PATH, {"amplification_scope": "path", **HANDSHAKE, "long_ids": "validate"}),
    (
        "an_address_in_other_hands_gets_no_more_than_three_times",
        {**SMALL, "reassignment": "yes", "rebinding_validation": "ever"},
    ),
    ("a_response_is_expanded_in_full_or_not_at_all", {"partial_expansion": "up_to_limit"}),
    ("only_1200_bytes_validate_the_mtu", {**HANDSHAKE, "establishment": "follows"}),
    ("what_carried_1200_bytes_is_known", {**HANDSHAKE, "establishment": "follows"}),
    ("the_first_challenge_precedes_data", {"data_first": "yes"}),
    ("a_client_that_moved_is_served", {"after_move": "listens"}),
)

# Small enough to draw.
PICTURE: Mapping[str, Any] = {"most": 2, "volume": 10, "padded": 3, "close": 1, "attackers": "none"}
