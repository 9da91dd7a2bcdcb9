"""What a configuration says: codepoint, key, lengths, and who has which server ID (3.1, 5.1, 5.3)."""

from __future__ import annotations

from pathproof.model.load_balancing.state import LoadBalancing, Parameters
from pathproof.model.vocabulary import get
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH

RESERVED = 7  # 0b111
LEAST_CHOSEN_BY_CLIENTS = 8  # octets of the first Destination Connection ID (RFC 9000 7.2)


def codepoint_of(p: Parameters, configuration: int) -> int:
    """The three leading bits of a connection ID made with this configuration (3.1-01), 0b111 without one."""
    if configuration >= p.configurations:
        return RESERVED
    return configuration if configuration < p.codepoints else configuration - p.codepoints


def is_encrypted(p: Parameters, configuration: int) -> bool:
    """The configuration has a key (5.3-03)."""
    if p.key == "introduced":
        return configuration > 0
    return p.key == "all"


def key_of(p: Parameters, configuration: int) -> int:
    """The key of a configuration, by the number of the first that has it."""
    return configuration if p.keys == "renewed" else 0


def first_server_id(p: Parameters, configuration: int) -> int:
    """The server ID of the first server; the others follow it.

    Where configurations with a key follow one without, theirs are allocated anew (9.7-01).
    """
    return p.servers if p.key == "introduced" and configuration > 0 else 0


def is_lawful(p: Parameters) -> bool:
    """Server ID, nonce and appended octets fit into an ID of QUIC version 1 (5.3-06, 5.4-04)."""
    return 1 + p.server_id_length + p.nonce_length + p.appended <= MAX_CONNECTION_ID_LENGTH


def needed(p: Parameters) -> int:
    """The octets from which a decoder takes the server ID: the first one, server ID and nonce (5.2-01)."""
    return 1 + p.server_id_length + p.nonce_length


def length_bits_of(p: Parameters) -> int:
    """What a server that encodes the length writes into the first octet (3.3-02)."""
    return needed(p) - 1 + (p.appended if p.appended_octets == "whole" else 0)


def newest_at(s: LoadBalancing, server: int) -> int:
    """The newest configuration of a server + 1, or 0 where it has none."""
    return get(s.configured, server)
