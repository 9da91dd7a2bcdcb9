"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.model.migration.failures import ARTEFACTS, ENDLESS, FAILURES, FOLLOWED, REFUSING

__all__ = ["ARTEFACTS", "CONFIGURATIONS", "FAILURES", "LARGER", "PICTURE", "SIZES"]

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "3 packets, a NAT and a copier": {},
    "a probed path is validated": {
        "client": "probes",
        "packets": 2,
        "network": "steady",
        "probed_path": "validated",
    },
    "probes_counted=non_probing, probe_order=highest": {
        "probes_counted": "non_probing",
        "probe_order": "highest",
        "client": "probes",
        "packets": 2,
    },
    "the attacker relays both ways": {"relay": "yes", "packets": 2, "network": "steady"},
    "the client spoofs": {"attacker": "client", "packets": 2},
    "data, and marked packets vanish": {
        "data": "flows",
        "packets": 2,
        "attacker": "nobody",
        "ecn_marks": "vanish with their packet",
    },
    "data, other ports": {"data": "flows", "packets": 2, "attacker": "nobody", "differ": "port"},
    "path_context=carried": {
        "data": "flows",
        "packets": 2,
        "attacker": "nobody",
        "differ": "port",
        "path_context": "carried",
        "client": "stays",
    },
    "numbers without end": {"packets": 1, "numbering": "goes on", "client": "stays", "network": "steady"},
    "numbers without end, and the client's is empty": {**ENDLESS, "zero_length": "client", "data": "flows"},
    "connection IDs without end, data, a copier": {**FOLLOWED, "data": "flows", "copier": "stays"},
    "connection IDs without end, the client moves": {
        **ENDLESS,
        "cids": 2,
        "network": "steady",
        "attacker": "nobody",
    },
    "connection IDs without end, the attacker relays both ways, and other readings": {
        **FOLLOWED,
        "relay": "yes",
        "apparent_migration": "unvalidated",
        "validation_failure": "abandon",
        "old_path_answer": "same_packet",
    },
    "connection IDs without end, rebinding_validation=recent": {
        **FOLLOWED,
        "network": "rebinds",
        "rebinding_validation": "recent",
        "attacker": "nobody",
    },
    "numbers without end, exhausted_supply=refuse": {
        "packets": 1,
        "numbering": "goes on",
        "cids": 1,
        "network": "steady",
        "exhausted_supply": "refuse",
    },
    "connection IDs without end, exhausted_supply=refuse": {**REFUSING, "addresses": 3},
    "connection IDs without end, failed_elsewhere=reverts": {
        **FOLLOWED,
        "addresses": 3,
        "failed_elsewhere": "reverts",
    },
    "failed_elsewhere=reverts": {"failed_elsewhere": "reverts", "packets": 2},
    "the handshake is under way": {"handshake": "under way", "packets": 2, "pathless": "signals"},
    "2 paths are kept": {"paths": 2, "packets": 2},
    "3 PTOs": {"ptos": 3, "packets": 2, "attacker": "nobody", "pathless": "discards"},
    "Retire Prior To is raised": {
        "prior": "raised",
        "packets": 2,
        "attacker": "nobody",
        "network": "steady",
        "cids": 3,
    },
    "nothing is known of a validated address": {"remembers": "no", "packets": 2, "client": "stays"},
    "the former path is dropped": {"former_failed": "dropped", "packets": 2, "client": "stays"},
    "the client's is empty": {"zero_length": "client", "packets": 2},
    "the server's is empty": {"zero_length": "server", "packets": 2, "network": "steady"},
    "zero_length_move=barred": {"zero_length": "both", "zero_length_move": "barred", "packets": 2},
    "migration is disabled": {"disable_active_migration": "yes", "attacker": "client", "packets": 2},
    "challenge_when_disabled=drop": {
        "disable_active_migration": "yes",
        "challenge_when_disabled": "drop",
        "packets": 2,
    },
    "disabled, at the preferred address": {
        "disable_active_migration": "yes",
        "preferred_address": "in use",
        "packets": 2,
        "attacker": "nobody",
    },
    "disabled_migration_scope=handshake_address": {
        "disable_active_migration": "yes",
        "preferred_address": "left",
        "disabled_migration_scope": "handshake_address",
        "packets": 2,
        "attacker": "nobody",
    },
    "apparent_migration=unvalidated, validation_failure=abandon, old_path_answer=same_packet": {
        "apparent_migration": "unvalidated",
        "validation_failure": "abandon",
        "old_path_answer": "same_packet",
        "packets": 2,
    },
    "apparent_migration=all, exhausted_supply=refuse, cid_change_response=each_address": {
        "apparent_migration": "all",
        "exhausted_supply": "refuse",
        "cid_change_response": "each_address",
        "packets": 2,
    },
    "the client changes its connection ID": {"packets": 2, "client": "changes"},
    "cid_change_response=mirrored": {"cid_change_response": "mirrored", "packets": 2, "client": "changes"},
    "rebinding_validation=recent": {"rebinding_validation": "recent", "packets": 2, "attacker": "nobody"},
    "rebinding_validation=seen": {"rebinding_validation": "seen", "packets": 2, "attacker": "nobody"},
}

# Rows of minutes, the last for the claims about endless runs.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "3 packets, 3 PTOs": {"ptos": 3},
    "endless, the client moves and a NAT rebinds": {**ENDLESS, "attacker": "nobody"},
}

# Name of the row -> states, transitions and depth, as explored.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "3 packets, 3 PTOs": (4_285_842, 31_052_648, 39),
    "endless, the client moves and a NAT rebinds": (2021211, 13368381, 40),
    "3 packets, a NAT and a copier": (852_308, 5_436_162, 30),
    "a probed path is validated": (8_829, 47_203, 18),
    "probes_counted=non_probing, probe_order=highest": (14_446, 68_921, 19),
    "the attacker relays both ways": (48_344, 293_025, 21),
    "the client spoofs": (51_552, 284_770, 22),
    "data, and marked packets vanish": (490_903, 2_457_373, 31),
    "data, other ports": (597_959, 3_266_353, 29),
    "path_context=carried": (94_282, 462_791, 26),
    "numbers without end": (12_168, 88_800, 27),
    "numbers without end, and the client's is empty": (851_394, 6_649_707, 42),
    "connection IDs without end, data, a copier": (93_882, 681_644, 28),
    "connection IDs without end, the client moves": (98430, 554162, 36),
    "connection IDs without end, the attacker relays both ways, and other readings": (39136, 234402, 32),
    "connection IDs without end, rebinding_validation=recent": (19718, 108782, 33),
    "numbers without end, exhausted_supply=refuse": (12_970, 84_402, 26),
    "connection IDs without end, exhausted_supply=refuse": (105_844, 794_548, 29),
    "connection IDs without end, failed_elsewhere=reverts": (107_550, 807_198, 29),
    "failed_elsewhere=reverts": (54_416, 288_132, 22),
    "the handshake is under way": (68_890, 342_635, 24),
    "2 paths are kept": (27_881, 135_499, 22),
    "3 PTOs": (124_082, 587_425, 30),
    "Retire Prior To is raised": (187_374, 939_816, 24),
    "nothing is known of a validated address": (8_624, 39_804, 19),
    "the former path is dropped": (13_078, 57_630, 20),
    "the client's is empty": (37_922, 204_070, 18),
    "the server's is empty": (214_672, 1_655_068, 23),
    "zero_length_move=barred": (4_868, 22_055, 18),
    "migration is disabled": (51_484, 284_285, 23),
    "challenge_when_disabled=drop": (90, 251, 7),
    "disabled, at the preferred address": (28_956, 122_425, 22),
    "disabled_migration_scope=handshake_address": (4_178, 15_448, 19),
    "apparent_migration=unvalidated, validation_failure=abandon, old_path_answer=same_packet": (
        99_146,
        519_703,
        24,
    ),
    "apparent_migration=all, exhausted_supply=refuse, cid_change_response=each_address": (
        130_837,
        783_538,
        26,
    ),
    "the client changes its connection ID": (21_732, 101_493, 20),
    "cid_change_response=mirrored": (22_985, 107_087, 21),
    "rebinding_validation=recent": (62_827, 286_548, 23),
    "rebinding_validation=seen": (28_956, 122_425, 22),
}

# Small enough for a drawing, and for the engines that have nothing to hide.
PICTURE: Mapping[str, Any] = {
    "addresses": 2,
    "packets": 1,
    "cids": 1,
    "server_cids": 2,
    "client": "moves",
}
