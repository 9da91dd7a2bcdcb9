"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.model.migration.failures import (
    ARTEFACTS,
    ENDLESS,
    FAILURES,
    FOLLOWED,
    REFUSING,
    SEEN_AGAIN,
    SUPPLANTED,
)

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
    "connection IDs without end, a copier, 2 packets": {**FOLLOWED, "packets": 2, "copier": "stays"},
    "connection IDs without end, a copier, 3 PTOs": {**FOLLOWED, "ptos": 3, "copier": "stays"},
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
        "rebinding_validation": "recent",
        "copier": "stays",
    },
    "connection IDs without end, rebinding_validation=seen": SEEN_AGAIN,
    "connection IDs without end, data_first=yes": {
        **FOLLOWED,
        "data": "flows",
        "data_first": "yes",
        "copier": "stays",
    },
    "a copier, and Retire Prior To is raised": {**SUPPLANTED, "prior": "raised"},
    "connection IDs without end, exhausted_supply=refuse": {**REFUSING, "addresses": 3},
    "connection IDs without end, failed_elsewhere=reverts": {
        **FOLLOWED,
        "addresses": 3,
        "failed_elsewhere": "reverts",
    },
    "failed_elsewhere=reverts": {"failed_elsewhere": "reverts", "packets": 2},
    "early_change=followed": {
        "handshake": "under way",
        "early_change": "followed",
        "packets": 2,
        "client": "stays",
    },
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
    "rebinding_validation=seen, a copier, data": {
        "rebinding_validation": "seen",
        "client": "stays",
        "network": "steady",
        "copier": "stays",
        "addresses": 2,
        "data": "flows",
    },
}

# Rows of minutes, the last for the claims about endless runs.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "3 packets, 3 PTOs": {"ptos": 3},
    "endless, the client moves and a NAT rebinds": {**ENDLESS, "attacker": "nobody"},
}

# Name of the row -> states, transitions and depth, as explored.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "3 packets, 3 PTOs": (4_570_842, 32_650_269, 40),
    "endless, the client moves and a NAT rebinds": (2_026_251, 13_334_652, 40),
    "3 packets, a NAT and a copier": (936_972, 5_806_602, 32),
    "a probed path is validated": (8_901, 46_874, 19),
    "probes_counted=non_probing, probe_order=highest": (14_540, 70_709, 19),
    "the attacker relays both ways": (51_544, 303_399, 23),
    "the client spoofs": (56_641, 304_394, 24),
    "data, and marked packets vanish": (494_403, 2_460_861, 32),
    "data, other ports": (602_405, 3_265_701, 30),
    "path_context=carried": (95_698, 483_759, 26),
    "numbers without end": (12_168, 88_800, 27),
    "numbers without end, and the client's is empty": (846_909, 6_577_951, 42),
    "connection IDs without end, data, a copier": (93_882, 681_644, 28),
    "connection IDs without end, a copier, 2 packets": (17_498, 118_776, 23),
    "connection IDs without end, a copier, 3 PTOs": (21_468, 140_326, 23),
    "connection IDs without end, the client moves": (102_914, 569_708, 37),
    "connection IDs without end, the attacker relays both ways, and other readings": (39_244, 235_338, 32),
    "connection IDs without end, rebinding_validation=recent": (31_942, 179_498, 28),
    "a copier, and Retire Prior To is raised": (99_270, 537_278, 25),
    "connection IDs without end, exhausted_supply=refuse": (105_844, 794_548, 29),
    "connection IDs without end, failed_elsewhere=reverts": (107_550, 807_198, 29),
    "failed_elsewhere=reverts": (58_731, 305_298, 24),
    "the handshake is under way": (73_897, 362_641, 27),
    "2 paths are kept": (30_687, 145_199, 24),
    "3 PTOs": (129_408, 606_472, 31),
    "Retire Prior To is raised": (192_768, 966_492, 24),
    "nothing is known of a validated address": (8_656, 40_869, 19),
    "the former path is dropped": (13_152, 59_945, 20),
    "the client's is empty": (38_843, 202_967, 19),
    "the server's is empty": (220_022, 1_667_851, 23),
    "zero_length_move=barred": (4_949, 22_033, 18),
    "migration is disabled": (56_573, 303_892, 24),
    "challenge_when_disabled=drop": (90, 251, 7),
    "disabled, at the preferred address": (31_075, 128_082, 24),
    "disabled_migration_scope=handshake_address": (4_318, 16_525, 19),
    "apparent_migration=unvalidated, validation_failure=abandon, old_path_answer=same_packet": (
        109_840,
        567_964,
        25,
    ),
    "apparent_migration=all, exhausted_supply=refuse, cid_change_response=each_address": (
        135_541,
        791_928,
        26,
    ),
    "the client changes its connection ID": (21_950, 105_103, 20),
    "cid_change_response=mirrored": (23_196, 110_579, 21),
    "rebinding_validation=recent": (65_563, 291_931, 24),
    "connection IDs without end, rebinding_validation=seen": (6_644, 40_094, 22),
    "connection IDs without end, data_first=yes": (106_978, 780_860, 29),
    "rebinding_validation=seen, a copier, data": (29_028, 193_404, 27),
    "early_change=followed": (29_694, 166_841, 21),
}

# Small enough for a drawing, and for the engines that have nothing to hide.
PICTURE: Mapping[str, Any] = {
    "addresses": 2,
    "packets": 1,
    "server_cids": 2,
    "client": "moves",
}
