"""Claims that are not made under a reading, an option or a bound, with settings in which runs break them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# Runs that do not end, with a client that raises Retire Prior To where it has no other way to supply.
ENDLESS: Mapping[str, Any] = {
    "numbering": "goes on",
    "packets": 1,
    "addresses": 2,
    "prior": "raised",
    "cids": 3,
}
FOLLOWED: Mapping[str, Any] = {**ENDLESS, "cids": 2, "client": "stays", "network": "steady"}

# A copier comes back to an address of its own that the server has left without an answer from there.
SEEN_AGAIN: Mapping[str, Any] = {**FOLLOWED, "copier": "stays", "rebinding_validation": "seen"}

# A copier, and a server that follows to no new address without a connection ID for it.
REFUSING: Mapping[str, Any] = {**FOLLOWED, "exhausted_supply": "refuse"}

# A move that finds no spare connection ID for answers, and a NAT that moves a client barred from moving.
REFUSED: Mapping[str, Any] = {
    **ENDLESS,
    "exhausted_supply": "refuse",
    "prior": "never",
    "cids": 2,
    "attacker": "nobody",
}
DROPPED: Mapping[str, Any] = {
    **ENDLESS,
    "disable_active_migration": "yes",
    "challenge_when_disabled": "drop",
    "attacker": "nobody",
    "client": "stays",
}

# A client that moves, and a copier with one address.
SUPPLANTED: Mapping[str, Any] = {"packets": 2, "network": "steady", "copier": "stays"}

# Claims that are not made under a reading or an option, each with settings in which a run shows that they
# fail there.
FAILURES: tuple[tuple[str, Mapping[str, Any]], ...] = (
    (
        "an_address_in_use_is_validated_or_under_validation",
        {"rebinding_validation": "seen", "client": "stays"},
    ),
    (
        "an_address_not_validated_gets_three_times_what_came",
        {
            "rebinding_validation": "seen",
            "data": "flows",
            "client": "stays",
            "network": "steady",
            "addresses": 2,
        },
    ),
    ("no_strangers_address_is_validated", {"relay": "yes", "packets": 1}),
    ("only_an_end_without_a_path_discards_it", {"former_failed": "dropped", "packets": 1}),
    (
        "only_an_end_without_a_path_discards_it",
        {"rebinding_validation": "recent", "packets": 2, "attacker": "nobody"},
    ),
    ("copies_use_up_no_connection_ids", {"cid_change_response": "each_address", "packets": 1}),
    (
        "what_went_to_another_address_feeds_no_context",
        {"path_context": "carried", "differ": "port", "data": "flows", "packets": 1},
    ),
    (
        "only_the_highest_of_all_packets_moves_it",
        {"probes_counted": "non_probing", "client": "probes", "packets": 2},
    ),
    ("a_failed_validation_falls_back", {"remembers": "no", "packets": 1}),
    ("a_failed_validation_falls_back", {"former_failed": "dropped", "packets": 1}),
    ("every_move_to_a_new_address_challenges_the_former_path", {"packets": 1}),
    ("a_migration_completes", {**ENDLESS, "prior": "never", "cids": 2, "attacker": "nobody"}),
    (
        "data_reaches_the_client",
        {**ENDLESS, "prior": "never", "cids": 2, "attacker": "nobody", "data": "flows"},
    ),
    ("a_retirement_reaches_the_client", {**ENDLESS, "prior": "never", "cids": 2, "attacker": "nobody"}),
    ("the_server_has_a_spare_connection_id", {**ENDLESS, "prior": "never", "cids": 2, "attacker": "nobody"}),
    ("a_migration_completes", REFUSED),
    ("data_reaches_the_client", {**REFUSED, "data": "flows"}),
    ("a_retirement_reaches_the_client", REFUSED),
    ("the_server_has_a_spare_connection_id", REFUSED),
    ("a_migration_completes", DROPPED),
    ("data_reaches_the_client", {**DROPPED, "data": "flows"}),
    ("a_retirement_reaches_the_client", DROPPED),
    ("the_server_has_a_spare_connection_id", DROPPED),
    (
        "a_client_that_keeps_trying_is_answered",
        {**ENDLESS, "prior": "never", "cids": 2, "attacker": "nobody"},
    ),
    ("a_client_that_keeps_trying_is_answered", REFUSED),
    # Nothing in 9-01 binds a server that a NAT moves its client away from during the handshake.
    (
        "no_address_is_followed_during_the_handshake",
        {"handshake": "under way", "early_change": "followed", "packets": 1, "attacker": "nobody"},
    ),
    # Who relays gets its own address validated. Who copies from two addresses in turn, and wins every race,
    # is at the other one before the validation of either fails (9.3.2-01 knows no bound on moves).
    ("no_copier_holds_a_connection_for_ever", {**FOLLOWED, "relay": "yes", "copier": "stays"}),
    ("no_copier_holds_a_connection_for_ever", {**FOLLOWED, "addresses": 3}),
    # By `seen` no timer runs at the copier's address once the server has come back to it: nothing fails, so
    # that nothing takes the server back (9.3-06 against 9.3.2-01), and nothing limits what goes there.
    ("no_copier_holds_a_connection_for_ever", SEEN_AGAIN),
    ("no_hopping_copier_holds_a_connection_for_ever", {**SEEN_AGAIN, "failed_elsewhere": "reverts"}),
    # By `reverts` the timer of the address that the copier has left takes the server back all the same,
    # unless the copier relays.
    ("no_hopping_copier_holds_a_connection_for_ever", {**FOLLOWED, "addresses": 3}),
    (
        "no_hopping_copier_holds_a_connection_for_ever",
        {**FOLLOWED, "relay": "yes", "failed_elsewhere": "reverts"},
    ),
    # Dragged away from the client's new address, the server gives that path up and retires its connection ID.
    # Then it has none for the copier's: by 9.3-03 it sends nothing there, no RETIRE_CONNECTION_ID, and no
    # challenge whose timer would take it back (8.2.4-02, 9.3.2-01). The client has reached the limit.
    ("no_copy_silences_the_server", SUPPLANTED),
    # A server that refuses does not even take in the supply that comes from the address it gave up.
    ("no_copy_silences_the_server", {**SUPPLANTED, "exhausted_supply": "refuse", "prior": "raised"}),
    (
        "a_connection_dragged_away_comes_back",
        {
            **SUPPLANTED,
            "exhausted_supply": "refuse",
            "packets": 1,
            "numbering": "goes on",
        },
    ),
    # A known address whose connection ID was retired: the challenge of the former path takes the fresh one.
    ("no_copy_silences_the_server", {**REFUSING, "client": "changes"}),
    ("no_copy_silences_the_server", {**REFUSING, "relay": "yes"}),
    # The same where each copy takes a connection ID: with the path of the first, the server retires the last.
    (
        "no_copy_silences_the_server",
        {
            "exhausted_supply": "refuse",
            "cid_change_response": "each_address",
            "packets": 2,
            "client": "stays",
        },
    ),
)

# With its packet numbers a client that has used them up falls silent: no findings.
TIRED: Mapping[str, Any] = {"addresses": 2, "packets": 1, "attacker": "nobody"}
ARTEFACTS: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("a_migration_completes", {**TIRED, "prior": "raised"}),
    ("a_connection_dragged_away_comes_back", {"relay": "yes", "packets": 2, "client": "stays"}),
    ("a_client_that_keeps_trying_is_answered", {**TIRED, "prior": "raised"}),
    ("a_challenge_on_the_active_path_is_followed_by_a_packet", TIRED),
    ("data_reaches_the_client", {**TIRED, "prior": "raised", "data": "flows"}),
    ("a_retirement_reaches_the_client", {**TIRED, "prior": "raised"}),
    ("the_server_has_a_spare_connection_id", {**TIRED, "prior": "raised"}),
)
