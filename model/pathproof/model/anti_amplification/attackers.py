"""Spoofed source addresses: what reaches the server from an address at which its client does not receive.

Two powers make such datagrams. A client that breaks the rules has the keys and makes any packet. A third
party off path has none: it sends datagrams that nobody can decrypt, or copies a genuine packet that has not
arrived yet. Neither sees what the server sends to the victim, and so neither answers a challenge that went
there.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.actions import machine, open_with
from pathproof.model.anti_amplification.client import has_handshake_keys, is_complete
from pathproof.model.anti_amplification.handshake import (
    datagram_came,
    open_handshake,
    process_handshake_packet,
)
from pathproof.model.anti_amplification.moves import datagram_comes
from pathproof.model.anti_amplification.state import (
    SMALL,
    Address,
    AntiAmplification,
    Parameters,
    Path,
    Size,
)
from pathproof.model.anti_amplification.truth import came_in, is_held
from pathproof.model.anti_amplification.validation import receive_challenge, receive_non_probing
from pathproof.model.vocabulary import has


def may_spoof(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """There is an attacker, and the path leads to somebody else than the client."""
    return p.attackers == "any" and size >= 1 and not is_held(s, path)


@machine.action("attacker", "off-path attacker", "RFC9000-8.1-04", "RFC9000-8.1-05")
def spoof_open(s: AntiAmplification, p: Parameters, path: Path, processed: Size) -> bool:
    """An Initial packet arrives with the source address of a victim."""
    # GUARD
    if s.stage != "idle" or processed < 1 or not may_spoof(s, p, path, p.padded):
        return False
    # EFFECT
    came_in(s, p, path, p.padded)
    open_handshake(s, p, path, processed)
    return True


@machine.action("attacker", "malicious client", "RFC9000-8.1.4-06", "RFC9000-8.1-02")
def spoof_open_with_token(s: AntiAmplification, p: Parameters, path: Path, origin: Address) -> bool:
    """An Initial packet arrives from a victim's address with a token that was given to another one."""
    # GUARD
    if s.stage != "idle" or not has(s.tokens, origin) or not may_spoof(s, p, path, p.padded):
        return False
    # EFFECT
    came_in(s, p, path, p.padded)
    open_with(s, p, path, origin)
    return True


@machine.action("attacker", "malicious client", "RFC9000-8.1-01", "RFC9000-9-04")
def spoof_handshake_packet(s: AntiAmplification, p: Parameters, path: Path) -> bool:
    """A Handshake packet arrives from a victim's address, made by a client that got the keys elsewhere."""
    # GUARD
    if not may_spoof(s, p, path, SMALL) or (s.stage != "established" and not has_handshake_keys(s)):
        return False
    if s.stage != "handshake" and s.stage != "established":
        return False
    # EFFECT
    came_in(s, p, path, SMALL)
    datagram_came(s, p, path, SMALL, SMALL)
    process_handshake_packet(s, p, path, is_complete(s, p))
    return True


@machine.action("attacker", "malicious client", "RFC9000-9.3.1-01", "RFC9000-9.3-02")
def spoof_packet(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A non-probing packet arrives from a victim's address, the highest-numbered so far."""
    # GUARD
    if s.stage != "established" or not may_spoof(s, p, path, size):
        return False
    # EFFECT
    datagram_comes(s, p, path, size)
    receive_non_probing(s, p, path)
    return True


@machine.action("attacker", "off-path attacker", "RFC9000-9.3.1-01", "RFC9000-9.3.2-01")
def forward_copy(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """A copy of a genuine packet arrives before the packet itself, from another address."""
    # GUARD
    if s.stage != "established" or not may_spoof(s, p, path, size):
        return False
    # EFFECT
    datagram_comes(s, p, path, size)
    receive_non_probing(s, p, path)
    return True


@machine.action("attacker", "malicious client", "RFC9000-8.2.2-06", "RFC9000-21.1.1.1-03")
def spoof_challenge(s: AntiAmplification, p: Parameters, path: Path, size: Size) -> bool:
    """PATH_CHALLENGE arrives from a victim's address, expanded or not: the response will go to the victim."""
    # GUARD
    if s.stage != "established" or not may_spoof(s, p, path, size):
        return False
    # EFFECT
    datagram_comes(s, p, path, size)
    receive_challenge(s, p, path)
    return True
