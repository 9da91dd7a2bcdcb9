"""The bounds and readings at which this machine is explored, and the failures that are expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "3 paths, both ends keep the rules": {},
    "the validator's limit, attackers copy": {"limited": "validator", "relay": "yes", "paths": 2},
    "attackers copy, congestion": {"relay": "yes", "congestion": "yes", "paths": 2},
    "the validator floods": {"rogue": "validator", "congestion": "yes"},
    "the validator floods a limited responder": {"rogue": "validator", "limited": "responder"},
    "the slower path is in use": {"current_pto": 2, "horizon": 7, "paths": 2},
    "the slower path is new": {"initial_pto": 2, "horizon": 7, "paths": 2},
    "the validator's limit, the responder breaks rules": {
        "limited": "validator",
        "rogue": "responder",
        "unmatched": "close",
        "paths": 2,
    },
    "the responder runs out of connection IDs": {"supply": "scarce"},
    "challenge_answers=bounded": {"challenge_answers": "bounded", "paths": 2},
    "challenge_answers=bounded, the validator floods": {
        "challenge_answers": "bounded",
        "rogue": "validator",
        "congestion": "yes",
    },
    "challenge_payload=copied, attackers copy": {
        "challenge_payload": "copied",
        "limited": "validator",
        "relay": "yes",
        "paths": 2,
    },
    "late_response=void": {"late_response": "void", "rogue": "responder", "paths": 2},
    "padding_budget=wait": {"padding_budget": "wait", "limited": "validator", "paths": 2},
    "second_response=close": {"second_response": "close", "rogue": "responder", "paths": 2},
    "the peer moves, the responder runs out of connection IDs": {
        "moves": "yes",
        "supply": "scarce",
        "paths": 2,
    },
    "validation_failure=abandon": {"validation_failure": "abandon", "moves": "yes"},
    "validation_failure=abandon, 2 paths": {"validation_failure": "abandon", "moves": "yes", "paths": 2},
}

# Rows of minutes.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "3 paths, 4 challenges": {"challenges": 4},
    "4 paths": {"paths": 4, "spares": 3},
    "the validator's limit on 3 paths": {"limited": "validator"},
    "attackers copy on 3 paths": {"relay": "yes"},
    "everything at once on 2 paths": {
        "paths": 2,
        "limited": "validator",
        "relay": "yes",
        "rogue": "responder",
        "supply": "scarce",
        "congestion": "yes",
        "moves": "yes",
    },
}

# Name of the row -> states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "3 paths, both ends keep the rules": (81_329, 552_938, 25),
    "the validator's limit, attackers copy": (636_963, 5_463_154, 25),
    "attackers copy, congestion": (210_610, 1_924_298, 23),
    "the validator floods": (6_434, 21_838, 10),
    "the validator floods a limited responder": (4_315, 9_264, 9),
    "the slower path is in use": (36_413, 245_545, 28),
    "the slower path is new": (36_083, 241_385, 28),
    "the validator's limit, the responder breaks rules": (442_222, 3_876_443, 26),
    "the responder runs out of connection IDs": (340_351, 2_680_215, 28),
    "challenge_answers=bounded": (30_291, 184_223, 22),
    "challenge_answers=bounded, the validator floods": (11_034, 29_174, 10),
    "challenge_payload=copied, attackers copy": (919_055, 7_779_127, 25),
    "late_response=void": (92_806, 1_175_985, 24),
    "padding_budget=wait": (49_764, 349_622, 27),
    "second_response=close": (58_703, 593_780, 22),
    "the peer moves, the responder runs out of connection IDs": (170_646, 1_452_375, 26),
    "validation_failure=abandon": (1_082_962, 8_577_550, 29),
    "validation_failure=abandon, 2 paths": (40_851, 296_630, 23),
    "3 paths, 4 challenges": (1_666_243, 14_258_808, 30),
    "4 paths": (163_969, 1_138_507, 25),
    "the validator's limit on 3 paths": (1_582_471, 12_612_962, 31),
    "attackers copy on 3 paths": (1_355_636, 13_122_223, 25),
    "everything at once on 2 paths": (18_160_544, 345_316_626, 31),
}

# Claims that are not made under a reading or an option, each with settings in which a run shows why.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("a_validated_path_works_both_ways", {"relay": "yes", "paths": 2}),
    ("a_validated_path_works_both_ways", {"rogue": "responder", "paths": 2}),
    ("every_answer_counts", {"late_response": "void", "paths": 2}),
    ("every_challenge_has_data_of_its_own", {"challenge_payload": "copied", "paths": 2}),
    (
        "honest_peers_are_never_closed_on",
        {"challenge_payload": "copied", "second_response": "close", "paths": 2},
    ),
    ("every_challenge_is_answered", {"challenge_answers": "bounded", "rogue": "validator", "paths": 2}),
    ("waiting_responses_are_bounded", {"challenge_answers": "all", "rogue": "validator", "paths": 2}),
    ("responses_are_not_delayed", {"supply": "scarce", "spares": 1, "paths": 2}),
    ("a_failure_takes_two_challenges", {"limited": "validator", "padding_budget": "wait", "paths": 2}),
    ("a_failure_takes_two_challenges", {"limited": "validator", "paths": 2, "challenges": 4}),
    ("a_working_path_is_validated", {"challenge_answers": "bounded", "paths": 2}),
)

# Settings for pictures, and for engines without a compiler.
PICTURE: Mapping[str, Any] = {"paths": 2, "challenges": 2}

# What every mutant of this machine is explored under; its own settings come on top.
MUTANTS: Mapping[str, Any] = {"paths": 2}
