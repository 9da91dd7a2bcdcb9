"""Peers that break the rules, each breach on its own, and a peer that sends whatever it likes.

A breach is delivered as it is sent: a peer that breaks rules can choose its moment, so a frame in flight
would add nothing. `breach` and `rogue_*` are for the claims; neither end reads them.
"""

from __future__ import annotations

from pathproof.model.cid_supply.actions import machine
from pathproof.model.cid_supply.consumer import receive_new_connection_id
from pathproof.model.cid_supply.issuer import receive_retire_connection_id
from pathproof.model.cid_supply.state import CidSupply, Parameters, SequenceNumber, is_open
from pathproof.model.cid_supply.truth import note_arrival
from pathproof.model.vocabulary import count, has


def issuer_may_break(s: CidSupply, p: Parameters) -> bool:
    """The connection is open and its issuer is one that breaks rules."""
    return is_open(s) and (p.rogue == "issuer" or p.rogue == "both")


def consumer_may_break(s: CidSupply, p: Parameters) -> bool:
    """The connection is open and its consumer is one that breaks rules."""
    return is_open(s) and (p.rogue == "consumer" or p.rogue == "both")


@machine.action("attacker", "issuer", "RFC9000-19.15-13", "RFC9000-5.1.1-06", "RFC9000-5.1.2-13")
def send_any_frame(s: CidSupply, p: Parameters, number: SequenceNumber, prior: SequenceNumber) -> bool:
    """The issuer sends a well-formed NEW_CONNECTION_ID, with numbers as it pleases."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or prior > number:
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    receive_new_connection_id(s, p, number, prior, length=8, cid=number, token=number)
    note_arrival(s, number, prior)
    return True


@machine.action("attacker", "issuer", "RFC9000-5.1.1-13", "RFC9000-5.1.1-15")
def exceed_limit(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer provides one connection ID more than the consumer, which is full, is ready to hold."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or count(s.active) != p.limit:
        return False
    if number < s.prior or has(s.active, number) or has(s.retired, number):
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "limit exceeded"
    receive_new_connection_id(s, p, number, prior=0, length=8, cid=number, token=number)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-09", "RFC9000-19.15-10")
def raise_prior_above_number(
    s: CidSupply, p: Parameters, number: SequenceNumber, prior: SequenceNumber
) -> bool:
    """The issuer asks for the retirement of the very connection ID that the frame brings."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or prior <= number:
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "prior above number"
    receive_new_connection_id(s, p, number, prior, length=8, cid=number, token=number)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-03")
def send_empty_connection_id(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer sends a frame whose connection ID has no bytes."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes":
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "length out of range"
    receive_new_connection_id(s, p, number, prior=0, length=0, cid=number, token=number)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-03")
def send_long_connection_id(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer sends a frame whose connection ID has 21 bytes."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes":
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "length out of range"
    receive_new_connection_id(s, p, number, prior=0, length=21, cid=number, token=number)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-07", "RFC9000-5.1-04")
def reuse_connection_id(s: CidSupply, p: Parameters, number: SequenceNumber, first: SequenceNumber) -> bool:
    """The issuer sends a connection ID again, under another sequence number."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or number == first:
        return False
    if not known(s, first):
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "number for two connection IDs" if known(s, number) else "connection ID with two numbers"
    receive_new_connection_id(s, p, number, prior=0, length=8, cid=first, token=first)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-07", "RFC9000-10.3.2-07", "RFC9000-10.3.2-08")
def reuse_token(s: CidSupply, p: Parameters, number: SequenceNumber, first: SequenceNumber) -> bool:
    """The issuer sends a connection ID with the token of another one."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or number == first:
        return False
    if not known(s, first):
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "connection ID with two tokens" if known(s, number) else "token for two connection IDs"
    receive_new_connection_id(s, p, number, prior=0, length=8, cid=number, token=first)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-07", "RFC9000-13.3-31")
def change_connection_id(s: CidSupply, p: Parameters, number: SequenceNumber, prior: SequenceNumber) -> bool:
    """The issuer sends a known number again, with a connection ID and a token that are new."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or not known(s, number) or prior > number:
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "number for two connection IDs"
    receive_new_connection_id(s, p, number, prior, length=8, cid=p.cids, token=p.cids)
    return True


@machine.action("attacker", "issuer", "RFC9000-19.15-07")
def change_token(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer sends a known number and connection ID again, with a token that is new."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "yes" or not known(s, number):
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "connection ID with two tokens"
    receive_new_connection_id(s, p, number, prior=0, length=8, cid=number, token=p.cids)
    return True


def known(s: CidSupply, number: int) -> bool:
    """The consumer has received this sequence number."""
    return has(s.active, number) or has(s.retired, number)


@machine.action("attacker", "issuer", "RFC9000-19.15-04", "RFC9000-19.15-05")
def issue_despite_zero_length(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The issuer chose a zero-length connection ID and sends another one all the same."""
    # GUARD
    if not issuer_may_break(s, p) or p.zero_length == "no":
        return False
    # EFFECT
    s.rogue_issuer = "yes"
    s.breach = "frame despite zero length"
    receive_new_connection_id(s, p, number, prior=0, length=8, cid=number, token=number)
    return True


@machine.action("attacker", "consumer", "RFC9000-5.1.2-04")
def retire_anything(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer retires an issued connection ID and goes on using what it likes."""
    # GUARD
    if not consumer_may_break(s, p) or p.zero_length == "yes" or number >= s.issued:
        return False
    # EFFECT
    s.rogue_consumer = "yes"
    receive_retire_connection_id(s, p, number, destination=p.cids)
    return True


@machine.action("attacker", "consumer", "RFC9000-19.16-06")
def retire_unissued(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer retires a sequence number that was never issued."""
    # GUARD
    if not consumer_may_break(s, p) or p.zero_length == "yes" or number < s.issued:
        return False
    # EFFECT
    s.rogue_consumer = "yes"
    s.breach = "retirement of a number never issued"
    receive_retire_connection_id(s, p, number, destination=0)
    return True


@machine.action("attacker", "consumer", "RFC9000-19.16-07", "RFC9000-19.16-08")
def retire_own_destination(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer retires a connection ID in a packet that bears it."""
    # GUARD
    if not consumer_may_break(s, p) or p.zero_length == "yes":
        return False
    if number >= s.issued or has(s.invalidated, number):
        return False
    # EFFECT
    s.rogue_consumer = "yes"
    s.breach = "retirement of its own destination"
    receive_retire_connection_id(s, p, number, destination=number)
    return True


@machine.action("attacker", "consumer", "RFC9000-19.16-09", "RFC9000-19.16-10")
def retire_despite_zero_length(s: CidSupply, p: Parameters, number: SequenceNumber) -> bool:
    """The consumer retires something although the issuer chose a zero-length connection ID."""
    # GUARD
    if not consumer_may_break(s, p) or p.zero_length == "no":
        return False
    # EFFECT
    s.rogue_consumer = "yes"
    s.breach = "retirement despite zero length"
    receive_retire_connection_id(s, p, number, destination=p.cids)
    return True
