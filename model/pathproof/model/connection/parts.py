"""The parts of a connection: which machines it is made of, at which settings, and which of them are live.

A part that is not live is left out of every guard, and may be thought of as one that does anything but end
the connection. So a composition of fewer parts has all the runs of the whole up to where a part left out ends
it, as far as its own parts go, and maybe more: a safety claim that holds of it holds of the whole until then.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.anti_amplification import machine as anti_amplification
from pathproof.model.cid_supply import machine as cid_supply
from pathproof.model.compose import Part
from pathproof.model.migration import machine as migration


def supply_lives(p: Any) -> bool:
    """Connection IDs are counted, in both directions or in that of the server's alone."""
    return bool(p.parts == "supply and migration" or p.parts == "supply and reset" or p.parts == "all")


def moving_lives(p: Any) -> bool:
    """Client and server go by the rules of migration."""
    return bool(p.parts == "supply and migration" or p.parts == "migration and limit" or p.parts == "all")


def limit_lives(p: Any) -> bool:
    """The server counts bytes toward addresses that are not validated."""
    return bool(p.parts == "migration and limit" or p.parts == "all")


def reset_lives(p: Any) -> bool:
    """The server may lose its state, and tokens are compared."""
    return bool(p.parts == "supply and reset" or p.parts == "all")


def opening_lives(p: Any) -> bool:
    """The first packets of the connection are still to come."""
    return bool(p.parts == "first packets")


def server_ids_are_empty(p: Any) -> bool:
    """The server chose a zero-length connection ID; so it is taken to have where none are counted."""
    return p.zero_length == "server" or p.zero_length == "both" or not supply_lives(p)


def client_ids_are_empty(p: Any) -> bool:
    """The client chose a zero-length connection ID; so it is taken to have where none are counted."""
    return p.zero_length == "client" or p.zero_length == "both" or not supply_lives(p)


def _empty(whose: Any) -> Any:
    return lambda p: "yes" if whose(p) else "no"


def _migration_zero_length(p: Any) -> str:
    if server_ids_are_empty(p):
        return "both" if client_ids_are_empty(p) else "server"
    return "client" if client_ids_are_empty(p) else "neither"


SERVER_IDS = Part(
    "server_ids",
    cid_supply,
    shared={"cids": "cids", "zero_length_move": "zero_length_move"},
    settings={"rogue": "both"},
    derived={"zero_length": _empty(server_ids_are_empty)},
    without=("breach", "rogue_issuer", "rogue_consumer"),
    same={"asked": "prior"},
)
"""The server's connection IDs: it issues them, and the client's packets bear them."""

CLIENT_IDS = Part(
    "client_ids",
    cid_supply,
    shared={"cids": "cids", "zero_length_move": "zero_length_move"},
    settings={"rogue": "both"},
    derived={"zero_length": _empty(client_ids_are_empty)},
    without=("address", "breach", "rogue_issuer", "rogue_consumer"),
    same={"asked": "prior"},
)
"""The client's connection IDs: it issues them, and the server's packets bear them."""

MOVING = Part(
    "moving",
    migration,
    shared={
        "addresses": "addresses",
        "paths": "addresses",
        "packets": "packets",
        "cids": "cids",
        "server_cids": "cids",
        "ptos": "ptos",
        "data": "data",
        "network": "network",
        "client": "client",
        "exhausted_supply": "exhausted_supply",
        "cid_change_response": "cid_change_response",
        "zero_length_move": "zero_length_move",
        "disable_active_migration": "disable_active_migration",
    },
    derived={"zero_length": _migration_zero_length},
    without=(
        "next_cid",
        "ecn",
        "spoken",
        "proven",
        "owed",
        "earned",
        "flooded",
        "misdirected",
        "heeded",
        "fed",
    ),
)
"""The client's addresses, and the server that follows it. Number n of a supply is its name n + 1."""

LIMIT = Part(
    "limit",
    anti_amplification,
    shared={"paths": "addresses", "most": "most", "volume": "volume", "padded": "padded"},
    settings={"amplification_scope": "path"},
    only=("allowance", "valid", "came_on", "went_on"),
)
"""The bytes that may go to an address that is not validated: the ledger of the limit, for every packet."""

PARTS = (SERVER_IDS, CLIENT_IDS, MOVING, LIMIT)
