"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "an established connection": {},
    "1800 bytes from each address": {"most": 6, "volume": 22},
    "the handshake, and what follows": {"begins": "idle"},
    "three Initial packets in 1200 bytes": {
        "begins": "idle",
        "padded": 2,
        "close": 1,
        "parts": 2,
        "most": 6,
        "volume": 20,
    },
    "a server that follows and trusts long IDs": {
        "begins": "idle",
        "establishment": "follows",
        "long_ids": "validate",
        "parts": 2,
    },
    "nobody spoofs": {"attackers": "none"},
    "a client that listens": {"after_move": "listens"},
    "two paths to one address": {"paths": 3, "most": 3, "volume": 13},
    "amplification_scope=path": {"paths": 3, "most": 3, "volume": 13, "amplification_scope": "path"},
    "closing_unattributed=attributed": {"closing_unattributed": "attributed"},
    "padding_budget=wait": {"padding_budget": "wait"},
    "rebinding_validation=recent": {"rebinding_validation": "recent", "reassignment": "yes"},
    "rebinding_validation=seen": {"rebinding_validation": "seen"},
    "addresses that change hands": {"reassignment": "yes"},
    "keys kept while closing": {"closing_keys": "kept", "closing_unvalidated": "discard"},
    "guarded ports": {"ports": "guarded"},
}

# Larger bounds, for those who have minutes.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "a flight of four datagrams, three Initial packets": {
        "begins": "idle",
        "padded": 2,
        "close": 1,
        "most": 6,
        "volume": 20,
    },
    "three addresses": {"addresses": 3, "paths": 3, "most": 3, "volume": 13},
}

# Row -> states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "an established connection": (10_221, 162_355, 15),
    "1800 bytes from each address": (31_794, 501_447, 21),
    "the handshake, and what follows": (449_211, 7_076_675, 28),
    "three Initial packets in 1200 bytes": (2_201_368, 18_482_081, 44),
    "a server that follows and trusts long IDs": (453_458, 4_385_616, 24),
    "nobody spoofs": (8190, 94_951, 15),
    "a client that listens": (10_221, 150_691, 15),
    "two paths to one address": (460_365, 16_203_840, 21),
    "amplification_scope=path": (307_881, 9_156_965, 20),
    "closing_unattributed=attributed": (8985, 154_390, 15),
    "padding_budget=wait": (6453, 79_445, 15),
    "rebinding_validation=recent": (65_339, 1_186_598, 23),
    "rebinding_validation=seen": (29_433, 454_556, 17),
    "addresses that change hands": (32_951, 417_980, 21),
    "keys kept while closing": (5895, 133_393, 15),
    "guarded ports": (259, 2617, 8),
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
    (PATH, {"paths": 3, "most": 3, "volume": 13, "amplification_scope": "address"}),
    (PATH, {"amplification_scope": "path", "rebinding_validation": "seen"}),
    (PATH, {"amplification_scope": "path", **HANDSHAKE, "establishment": "follows"}),
    (PATH, {"amplification_scope": "path", **HANDSHAKE, "long_ids": "validate"}),
    (
        "an_address_in_other_hands_gets_no_more_than_three_times",
        {**SMALL, "reassignment": "yes", "rebinding_validation": "ever"},
    ),
    ("only_1200_bytes_validate_the_mtu", {**HANDSHAKE, "establishment": "follows"}),
    ("a_client_that_moved_is_served", {"after_move": "listens"}),
)

# Small enough to draw.
PICTURE: Mapping[str, Any] = {"most": 2, "volume": 10, "padded": 3, "close": 1, "attackers": "none"}
