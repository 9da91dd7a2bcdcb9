"""The bounds and readings at which `pathproof verify` explores this machine, and the failures it expects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# A supply that does not end: the path in use bears number 0, and numbers 2 and 3 come again and again.
ENDLESS: Mapping[str, Any] = {
    "numbering": "goes on",
    "cids": 4,
    "generations": 2,
    "preferred_retry": "for_good",
    "spares": 1,
}

# Both supplies do not end, within the least limit and with one path of the server's beside the one in use.
BOTH_ENDLESS: Mapping[str, Any] = {
    "numbering": "goes on",
    "client_supply": "goes on",
    "cids": 3,
    "generations": 2,
    "limit": 2,
    "spares": 1,
}

# A client that is copied, and has but one address that the server's others can be reached from.
COPIED_ENDLESS: Mapping[str, Any] = {
    **BOTH_ENDLESS,
    "attacker": "copier",
    "network": "dual",
    "offered": "ipv4",
}

# Name of the row -> settings. Together they reach every witness and fire every action.
CONFIGURATIONS: Mapping[str, Mapping[str, Any]] = {
    "both ends keep the rules": {},
    "limit 2, 4 connection IDs": {"limit": 2, "cids": 4},
    "connection IDs without end, preferred_retry=for_good": ENDLESS,
    "connection IDs without end at both ends, limit 2": BOTH_ENDLESS,
    "off-path copier": {"attacker": "copier"},
    "off-path copier, connection IDs without end at both ends": {**COPIED_ENDLESS, "copies": 2},
    "off-path copier, old_address=follows, meanwhile=waits": {
        "attacker": "copier",
        "old_address": "follows",
        "meanwhile": "waits",
        "limit": 2,
    },
    "off-path copier, server_migration=discard, probes_counted=non_probing": {
        "attacker": "copier",
        "server_migration": "discard",
        "probes_counted": "non_probing",
        "limit": 2,
    },
    "attacker on one path": {"attacker": "cutter"},
    "a victim is named": {"attacker": "namer"},
    "challenges as if from a victim, preferred_retry=for_good": {
        "attacker": "forger",
        "preferred_retry": "for_good",
    },
    "a server breaks rules": {"attacker": "server"},
    "a server breaks rules, conflict=ignore, resumed": {
        "attacker": "server",
        "conflict": "ignore",
        "resumed": "yes",
        "limit": 2,
    },
    "zero-length connection ID": {"attacker": "server", "zero_length": "yes"},
    "a client breaks rules, nothing offered": {"attacker": "client", "offered": "none", "resumed": "yes"},
    "IPv4 offered": {"offered": "ipv4", "limit": 2},
    "IPv6 offered to an IPv4 client": {"offered": "ipv6"},
    "both families": {"network": "dual"},
    "NAT with a binding for each destination": {"nat": "per_destination"},
    "no connection ID for the server": {"spares": 0},
    "number 1 may be withdrawn": {"withdraws": "may"},
    "migration disabled, unprobed_move=may": {"disabled": "yes", "unprobed_move": "may"},
    "disabled_migration_scope=handshake_address, 4 generations": {
        "disabled": "yes",
        "disabled_migration_scope": "handshake_address",
        "generations": 4,
    },
    "challenge_when_disabled=drop": {
        "disabled": "yes",
        "challenge_when_disabled": "drop",
        "unprobed_move": "may",
    },
    "newer_packets=every, preferred_answer_path=preferred, preferred_retry=for_good": {
        "newer_packets": "every",
        "preferred_answer_path": "preferred",
        "preferred_retry": "for_good",
    },
    "preferred_timing=own_number, probes_counted=non_probing": {
        "preferred_timing": "own_number",
        "probes_counted": "non_probing",
    },
}

LARGER: Mapping[str, Mapping[str, Any]] = {
    "4 connection IDs, 4 generations": {"cids": 4, "generations": 4},
    "two copies": {"attacker": "copier", "copies": 2},
}

# States, transitions and depth.
SIZES: Mapping[str, tuple[int, int, int]] = {
    "connection IDs without end at both ends, limit 2": (59_666, 283_779, 44),
    "off-path copier, connection IDs without end at both ends": (18_462, 96_875, 27),
    "4 connection IDs, 4 generations": (16_959_954, 132_061_735, 44),
    "two copies": (12_552_661, 92_323_733, 34),
    "both ends keep the rules": (197_348, 1_202_171, 27),
    "connection IDs without end, preferred_retry=for_good": (28_518, 159_362, 30),
    "limit 2, 4 connection IDs": (541_078, 3_465_354, 40),
    "off-path copier": (2_721_512, 18_656_652, 31),
    "off-path copier, old_address=follows, meanwhile=waits": (273_824, 1_712_085, 29),
    "off-path copier, server_migration=discard, probes_counted=non_probing": (442_932, 2_803_439, 31),
    "attacker on one path": (592_044, 3_576_658, 28),
    "a victim is named": (18_393, 97_811, 37),
    "challenges as if from a victim, preferred_retry=for_good": (16_883, 96_773, 22),
    "a server breaks rules": (592_043, 3_193_717, 28),
    "a server breaks rules, conflict=ignore, resumed": (100_443, 757_826, 28),
    "zero-length connection ID": (5, 13, 3),
    "a client breaks rules, nothing offered": (857, 3_911, 18),
    "IPv4 offered": (33_481, 185_652, 27),
    "IPv6 offered to an IPv4 client": (854, 3_903, 17),
    "both families": (13_503, 76_186, 26),
    "NAT with a binding for each destination": (719, 3_351, 19),
    "no connection ID for the server": (176, 916, 13),
    "number 1 may be withdrawn": (197_376, 1_202_297, 27),
    "migration disabled, unprobed_move=may": (263_827, 1_637_663, 32),
    "disabled_migration_scope=handshake_address, 4 generations": (68_943, 472_138, 28),
    "challenge_when_disabled=drop": (42_180, 252_596, 27),
    "newer_packets=every, preferred_answer_path=preferred, preferred_retry=for_good": (113_543, 683_395, 26),
    "preferred_timing=own_number, probes_counted=non_probing": (53_238, 326_831, 28),
}

# Claims that are not made under some values, each with settings in which a run shows that they fail there.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    # One copied packet, as if from the client, moves its server for good, and away from a client that stays.
    # - preferred_known: the client answers the challenge from the preferred address (8.2.2-01), though 9.6-03
    #   advises it to discard what comes from there, and never goes there itself, as 9.6.1-03 only advises.
    #   The copy had the largest number (9.6.2-05), so that the server goes over, and 9.6.2-06 advises it to
    #   drop what the client sends: five steps.
    # - discard: the client keeps to 9.6-03, and answers once it has begun to validate the address (9.6.1-03).
    #   Its own validation fails, and 9.6.1-06 binds it to send to the original address, where 9.6.2-06
    #   advises the server to drop what comes: nine steps. With `for_good` nothing can bring it back; with
    #   `may_retry` another attempt can, if the client makes one.
    # What would bring the client back, 9.3.3-01 and 9.3.2-02, is what 9.6.2-06 drops: a server of
    # `old_address` = follows, against that advice, finds its client.
    ("a_client_that_sent_nothing_there_is_left_alone", {"attacker": "copier", "limit": 2}),
    ("the_server_follows_its_client", {"attacker": "copier", "server_migration": "discard", "limit": 2}),
    ("what_is_sent_by_right_is_heard", {"attacker": "copier", "server_migration": "discard", "limit": 2}),
    ("both_ends_use_one_path", {"attacker": "copier", "limit": 2}),
    ("a_copied_connection_comes_back", {"attacker": "copier", "limit": 2}),
    (
        "a_copied_connection_comes_back",
        {"attacker": "copier", "limit": 2, "server_migration": "discard", "preferred_retry": "for_good"},
    ),
    # A client that tries again and again comes back, unless its first failure binds it for good:
    # twelve steps, whether it answered before it tried or only when it had begun to.
    ("a_copied_client_that_tries_comes_back", {**COPIED_ENDLESS, "preferred_retry": "for_good"}),
    (
        "a_copied_client_that_tries_comes_back",
        {**COPIED_ENDLESS, "server_migration": "discard", "preferred_retry": "for_good"},
    ),
    ("the_move_is_for_good", {"attacker": "copier", "old_address": "follows", "limit": 2}),
    # A client's and a server's reading of disable_active_migration, each sanctioned, do not fit together.
    ("the_bar_holds_at_the_original_address", {"disabled": "yes"}),
    (
        "what_is_sent_by_right_is_heard",
        {"disabled": "yes", "challenge_when_disabled": "drop", "unprobed_move": "may"},
    ),
    (
        "both_ends_use_one_path",
        {"disabled": "yes", "challenge_when_disabled": "drop", "unprobed_move": "may"},
    ),
    # A victim's address named in the parameter is probed without end.
    ("a_victim_gets_few_probes", {"attacker": "namer", "limit": 2}),
    ("a_victim_gets_few_probes", {"attacker": "forger", "preferred_retry": "for_good"}),
    ("a_victim_gets_one_answer_for_a_challenge", {"attacker": "namer", "limit": 2}),
    # What the parameter is said to make sure of, it does not.
    ("number_one_is_at_hand", {"withdraws": "may"}),
    # A limit of 2, the least that may be stated, holds number 1 and the one in use: 18.2-57 counts number 1,
    # and 9.6.3-01 asks for two unused ones.
    ("both_addresses_can_be_probed", {**ENDLESS, "limit": 2}),
    # A client that supplied one connection ID and replaces it, but never a second one (5.1.1-20).
    ("supplies_without_end_reach_it", {**BOTH_ENDLESS, "spares": 0}),
    ("supplies_without_end_reach_it", {**BOTH_ENDLESS, "preferred_retry": "for_good"}),
    ("the_preferred_address_is_reached", {"preferred_retry": "for_good", "limit": 2}),
    # What the other values of readings and options give up.
    ("nothing_returns_to_the_original_address", {}),
    ("delayed_packets_are_processed", {"newer_packets": "every"}),
    ("number_one_serves_the_preferred_address", {}),
    ("a_failure_is_for_good", {}),
    ("a_second_number_one_meets_its_error", {"attacker": "server", "conflict": "ignore"}),
)

# With `cids` or `spares`, a supply itself ends, or has too few names for what is to come: no finding.
ARTEFACTS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("both_addresses_can_be_probed", {"generations": 2}),
    ("both_addresses_can_be_probed", {**ENDLESS, "cids": 2}),
    ("both_addresses_can_be_probed", {**ENDLESS, "cids": 3}),
    ("a_copied_client_that_tries_comes_back", {**COPIED_ENDLESS, "numbering": "ends"}),
    ("supplies_without_end_reach_it", {**BOTH_ENDLESS, "numbering": "ends"}),
    ("supplies_without_end_reach_it", {**BOTH_ENDLESS, "client_supply": "ends"}),
)

PICTURE: Mapping[str, Any] = {"cids": 2, "limit": 2, "generations": 2}
