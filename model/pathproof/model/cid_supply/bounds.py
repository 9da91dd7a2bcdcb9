"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "both ends may break rules": {},
    "6 connection IDs, both ends keep the rules": {"cids": 6, "rogue": "nobody"},
    "5 connection IDs, the consumer may break rules": {"cids": 5, "rogue": "consumer"},
    "limit 3": {"limit": 3},
    "preferred address": {"preferred_address": "yes"},
    "zero-length connection ID": {"zero_length": "yes"},
    "excess=never": {"excess": "never"},
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
}

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
    ("pending_retirements_are_bounded", {"retire_overflow": "keep", "cids": 6, "rogue": "nobody"}),
    ("everything_below_prior_is_retired", {"unseen_below": "on_arrival", "rogue": "nobody"}),
    ("contradiction_meets_its_error", {"conflict": "ignore", "rogue": "issuer"}),
    ("token_breach_meets_its_error", {"token_reuse": "ignore", "rogue": "issuer"}),
    ("own_destination_breach_meets_its_error", {"self_retire": "accept", "rogue": "consumer"}),
)
