"""Third parties, on the path and off it, and an issuer that breaks the rules.

An observer reads every datagram on the path, sends from any address and races what others send. A guesser
is off the path: it knows addresses, and no token. Neither has keys, but both can put a copy of
a packet that the consumer is able to process before bytes of their own.
"""

from __future__ import annotations

from pathproof.model.stateless_reset.actions import machine
from pathproof.model.stateless_reset.cluster import destination, steered
from pathproof.model.stateless_reset.consumer import address_of, comparison_time, take_in_copy
from pathproof.model.stateless_reset.issuer import holds
from pathproof.model.stateless_reset.state import (
    LONGEST_LEAK,
    OPEN,
    TO_CONSUMER,
    Beyond,
    ConnectionId,
    Form,
    Parameters,
    RemoteAddress,
    StatelessReset,
    Token,
    bytes_of,
    fly,
    form_of,
    is_clear,
    largest,
)
from pathproof.model.vocabulary import has


def is_predictable(s: StatelessReset, token: int) -> bool:
    """The token follows from tokens that were seen: it must be hard to guess (10.3.2-01)."""
    return False


def is_known(s: StatelessReset, p: Parameters, token: int) -> bool:
    """A third party has these 16 bytes: anybody what is no token, and an observer what was shown."""
    if token == p.cids:
        return True
    if p.attacker != "observer":
        return False
    if s.leaked == LONGEST_LEAK and token == s.current:
        return True
    return has(s.revealed, token) or is_predictable(s, token)


@machine.action(
    "attacker",
    "attacker",
    "RFC9000-10.3-04",
    "RFC9000-10.3-21",
    "RFC9000-10.3.1-04",
    "RFC9000-10.3.1-06",
    "RFC9000-10.3.1-07",
    "RFC9000-10.3.2-01",
    "RFC9000-10.3.2-04",
)
def forge_reset(s: StatelessReset, p: Parameters, token: Token, address: RemoteAddress, form: Form) -> bool:
    """An attacker sends the consumer a datagram that ends in 16 bytes it knows or has guessed."""
    # GUARD
    if p.attacker == "nobody" or not is_clear(s) or s.end != OPEN or not is_known(s, p, token):
        return False
    # EFFECT
    fly(s, largest(p), TO_CONSUMER, token, address)
    s.form = form_of(form)
    return True


@machine.action("attacker", "attacker", "RFC9000-10.3-19", "RFC9000-10.3-14")
def forge_small_reset(s: StatelessReset, p: Parameters, token: Token) -> bool:
    """An attacker sends the consumer a datagram that is too small for a packet, with a token at its end."""
    # GUARD
    if p.attacker == "nobody" or not is_clear(s) or s.end != OPEN or not is_known(s, p, token):
        return False
    # EFFECT
    fly(s, bytes_of(0), TO_CONSUMER, token, 0)
    return True


@machine.action("attacker", "attacker", "RFC9000-10.3-19", "RFC9000-10.3-22", "RFC9000-10.3.3-01")
def send_unknown_packet(s: StatelessReset, p: Parameters, beyond: Beyond) -> bool:
    """An attacker sends the issuer a packet of no connection, from the address of the consumer."""
    # GUARD
    if p.attacker == "nobody" or not is_clear(s):
        return False
    # EFFECT
    fly(s, bytes_of(beyond), destination(s), p.cids, 0)
    return True


@machine.action("attacker", "attacker", "RFC9000-10.3-22")
def send_unknown_long_packet(s: StatelessReset, p: Parameters) -> bool:
    """An attacker sends the issuer a long header packet, from the address of the consumer."""
    # GUARD
    if p.attacker == "nobody" or not is_clear(s):
        return False
    # EFFECT
    fly(s, largest(p), destination(s), p.cids, 0)
    s.form = form_of(1)
    return True


@machine.action("attacker", "attacker", "RFC9000-21.11-01", "RFC9000-21.11-02", "QUICLB-9.5-01")
def send_seen_connection_id(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """An attacker sends a packet under a connection ID that it saw, from an address of its choice.

    What comes back it forwards to the consumer, as if from where the consumer's own packets went.
    """
    # GUARD
    if p.attacker != "observer" or not is_clear(s) or not has(s.used, number):
        return False
    # EFFECT
    fly(s, largest(p), steered(s, p), number, address_of(s, number))
    return True


@machine.action("attacker", "attacker", "RFC9000-10.3.1-09", "RFC9000-10.3.1-10")
def time_comparison(s: StatelessReset, p: Parameters) -> bool:
    """An attacker sends guesses of one more part of the current token, and times each comparison.

    The right guess is known by that its comparison takes another time than those of the others.
    """
    # GUARD
    if p.attacker != "observer" or s.end != OPEN or s.leaked == LONGEST_LEAK:
        return False
    # EFFECT
    if comparison_time(s.leaked + 1) != comparison_time(s.leaked):
        s.leaked = s.leaked + 1
    return True


@machine.action("attacker", "issuer", "RFC9000-10.3.2-07", "RFC9000-10.3.2-08")
def reuse_token(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The issuer sends a new connection ID with the token of the first one."""
    # GUARD
    if p.rogue_issuer == "no" or s.end != OPEN or number <= s.first or number != s.issued:
        return False
    if not has(s.tokened, s.first):
        return False
    # EFFECT
    s.rogue = "yes"
    s.breach = "token for two connection IDs"
    s.issued = s.issued + 1
    take_in_copy(s, p, number)
    return True


@machine.action("attacker", "issuer", "RFC9000-10.3-02", "RFC9000-11-05")
def reset_what_is_held(s: StatelessReset, p: Parameters, number: ConnectionId) -> bool:
    """The issuer has the connection, and all the same sends a reset for a connection ID that it issued."""
    # GUARD
    if p.rogue_issuer == "no" or not holds(s) or not is_clear(s) or number < s.first or number >= s.issued:
        return False
    # EFFECT
    s.rogue = "yes"
    s.breach = "reset of a held connection"
    fly(s, largest(p), TO_CONSUMER, number, address_of(s, number))
    return True
