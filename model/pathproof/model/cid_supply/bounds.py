"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "both ends may break rules": {},
    "6 connection IDs, both ends keep the rules": {"cids": 6, "rogue": "nobody"},
    "4 connection IDs, both ends keep the rules": {"cids": 4, "rogue": "nobody"},
    "4 connection IDs, limit 3, both ends keep the rules": {"cids": 4, "limit": 3, "rogue": "nobody"},
    "5 connection IDs, the consumer may break rules": {"cids": 5, "rogue": "consumer"},
    "limit 3": {"limit": 3},
    "preferred address": {"preferred_address": "yes"},
    "zero-length connection ID": {"zero_length": "yes"},
    "excess=never": {"excess": "never"},
    "6 connection IDs, both ends keep the rules, excess=never": {
        "cids": 6,
        "rogue": "nobody",
        "excess": "never",
    },
    "lower_prior=sent": {"lower_prior": "sent"},
    "raises=waits": {"raises": "waits"},
    "unserved=closes": {"unserved": "closes"},
    "retransmission=updated": {"retransmission": "updated"},
    "unseen_below=at_once": {"unseen_below": "at_once"},
    "late_frame=again": {"late_frame": "again"},
    "retire_overflow=close, 1 retirement": {"retire_overflow": "close", "retirements": 1},
    "retire_overflow=keep, 1 retirement": {"retirements": 1},
    "conflict=ignore, token_reuse=ignore": {"conflict": "ignore", "token_reuse": "ignore"},
    "self_retire=accept": {"self_retire": "accept"},
    "zero_length_move=barred": {"zero_length": "yes", "zero_length_move": "barred"},
    # Readings that others have with too many states for endless runs to be judged, by `verification.endless`.
    "4 connection IDs, lower_prior=sent, retransmission=updated": {
        "cids": 4,
        "rogue": "nobody",
        "lower_prior": "sent",
        "retransmission": "updated",
    },
    "4 connection IDs, raises=waits, unseen_below=at_once, late_frame=again": {
        "cids": 4,
        "rogue": "nobody",
        "raises": "waits",
        "unseen_below": "at_once",
        "late_frame": "again",
    },
    "3 connection IDs, what a peer that breaks rules meets": {
        "cids": 3,
        "unserved": "closes",
        "conflict": "ignore",
        "token_reuse": "ignore",
        "self_retire": "accept",
        "retire_overflow": "close",
        "retirements": 1,
    },
    "3 connection IDs, preferred address, the consumer may break rules": {
        "cids": 3,
        "preferred_address": "yes",
        "rogue": "consumer",
    },
}

# Name of the row -> settings; minutes each, and gigabytes.
LARGER: Mapping[str, Mapping[str, Any]] = {
    "7 connection IDs, both ends keep the rules": {"cids": 7, "rogue": "nobody"},
}

# Name of the row -> distinct states, transitions, depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "both ends may break rules": (4_983_114, 57_158_764, 25),
    "6 connection IDs, both ends keep the rules": (4_227_421, 48_852_316, 35),
    "4 connection IDs, both ends keep the rules": (9_394, 65_502, 21),
    "4 connection IDs, limit 3, both ends keep the rules": (17_310, 120_886, 19),
    "5 connection IDs, the consumer may break rules": (2_981_384, 25_015_617, 29),
    "limit 3": (6_409_726, 76_209_898, 23),
    "preferred address": (1_962_372, 23_885_031, 23),
    "zero-length connection ID": (6, 18, 2),
    "excess=never": (3_616_918, 41_463_971, 25),
    "6 connection IDs, both ends keep the rules, excess=never": (931_500, 11_355_603, 35),
    "lower_prior=sent": (7_396_797, 86_121_997, 25),
    "raises=waits": (3_935_106, 45_375_840, 25),
    "unserved=closes": (5_432_517, 57_608_167, 25),
    "retransmission=updated": (4_996_958, 58_497_601, 25),
    "unseen_below=at_once": (5_110_386, 60_692_823, 25),
    "late_frame=again": (4_983_114, 57_158_764, 25),
    "retire_overflow=close, 1 retirement": (2_111_844, 20_071_136, 25),
    "retire_overflow=keep, 1 retirement": (3_363_089, 36_392_721, 25),
    "conflict=ignore, token_reuse=ignore": (6_383_710, 270_531_976, 25),
    "self_retire=accept": (5_139_042, 100_600_007, 25),
    "zero_length_move=barred": (3, 8, 1),
    "4 connection IDs, lower_prior=sent, retransmission=updated": (13_188, 110_180, 21),
    "4 connection IDs, raises=waits, unseen_below=at_once, late_frame=again": (7_923, 56_337, 21),
    "3 connection IDs, what a peer that breaks rules meets": (108_953, 2_180_008, 18),
    "3 connection IDs, preferred address, the consumer may break rules": (2_032, 9_648, 13),
}

# Small enough to be drawn, and to be explored by the plain engine.
PICTURE: Mapping[str, Any] = {"cids": 3, "rogue": "nobody"}

# What every mutant of this machine is explored under; its own settings come on top.
MUTANTS = PICTURE

# Claims that are not made under a reading, each with settings in which a run shows that they fail there.
# The bound on retirements is the smallest that 5.1.2-12 recommends: twice the limit.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("some_connection_id_is_left", {"retransmission": "updated", "rogue": "nobody"}),
    ("honest_peers_are_never_closed_on", {"retire_overflow": "close", "cids": 6, "rogue": "nobody"}),
    (
        "honest_peers_are_never_closed_on",
        {"retire_overflow": "close", "raises": "waits", "cids": 6, "rogue": "nobody"},
    ),
    ("honest_peers_are_never_closed_on", {"unserved": "closes", "rogue": "nobody"}),
    ("exchange_comes_to_rest", {"late_frame": "again", "rogue": "nobody"}),
    ("pending_retirements_are_bounded", {"retire_overflow": "keep", "cids": 6, "rogue": "nobody"}),
    ("everything_below_prior_is_retired", {"unseen_below": "on_arrival", "rogue": "nobody"}),
    ("contradiction_meets_its_error", {"conflict": "ignore", "rogue": "issuer"}),
    ("token_breach_meets_its_error", {"token_reuse": "ignore", "rogue": "issuer"}),
    ("own_destination_breach_meets_its_error", {"self_retire": "accept", "rogue": "consumer"}),
)
