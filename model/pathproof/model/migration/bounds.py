"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.model.migration.failures import ARTEFACTS, ENDLESS, FAILURES, FOLLOWED

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
    "3 packets, 3 PTOs": (8571164, 62102332, 39),
    "endless, the client moves and a NAT rebinds": (2021211, 13368381, 40),
    "3 packets, a NAT and a copier": (1704332, 10870792, 30),
    "a probed path is validated": (17614, 94254, 18),
    "probes_counted=non_probing, probe_order=highest": (28848, 137666, 19),
    "the attacker relays both ways": (96642, 585893, 21),
    "the client spoofs": (103090, 569451, 22),
    "data, and marked packets vanish": (849044, 4417508, 31),
    "data, other ports": (1043286, 5914642, 29),
    "path_context=carried": (167392, 857754, 26),
    "numbers without end": (23588, 172074, 27),
    "numbers without end, and the client's is empty": (805351, 6386015, 42),
    "connection IDs without end, data, a copier": (84420, 623014, 28),
    "connection IDs without end, the client moves": (98430, 554162, 36),
    "connection IDs without end, the attacker relays both ways, and other readings": (39136, 234402, 32),
    "connection IDs without end, rebinding_validation=recent": (19718, 108782, 33),
    "numbers without end, exhausted_supply=refuse": (25566, 166226, 26),
    "the handshake is under way": (137678, 684799, 24),
    "2 paths are kept": (55718, 270818, 22),
    "3 PTOs": (248150, 1174787, 30),
    "Retire Prior To is raised": (374559, 1878834, 24),
    "nothing is known of a validated address": (17234, 79523, 19),
    "the former path is dropped": (26112, 115092, 20),
    "the client's is empty": (75822, 408061, 18),
    "the server's is empty": (429300, 3309984, 23),
    "zero_length_move=barred": (9714, 44037, 18),
    "migration is disabled": (102954, 568481, 23),
    "challenge_when_disabled=drop": (166, 437, 7),
    "disabled, at the preferred address": (57898, 244787, 22),
    "disabled_migration_scope=handshake_address": (8342, 30845, 19),
    "apparent_migration=unvalidated, validation_failure=abandon, old_path_answer=same_packet": (
        198240,
        1039216,
        24,
    ),
    "apparent_migration=all, exhausted_supply=refuse, cid_change_response=each_address": (
        261585,
        1566764,
        26,
    ),
    "the client changes its connection ID": (43355, 202544, 20),
    "cid_change_response=mirrored": (45828, 213594, 21),
    "rebinding_validation=recent": (125640, 573033, 23),
    "rebinding_validation=seen": (57898, 244787, 22),
}

# Small enough for a drawing, and for the engines that have nothing to hide.
PICTURE: Mapping[str, Any] = {
    "addresses": 2,
    "packets": 1,
    "cids": 1,
    "server_cids": 1,
    "client": "stays",
}
