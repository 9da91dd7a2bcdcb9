"""Small named changes to this machine, each of which recreates public bugs of QUIC stacks.

Every mutant must be killed by a property, a proof or a trace rule that names the clause. A mutant that lives
is a hole in the specification.
"""

from __future__ import annotations

from pathproof.model.cid_supply import consumer, issuer
from pathproof.model.cid_supply.consumer import retire_one, usable, use
from pathproof.model.cid_supply.issuer import counted
from pathproof.model.cid_supply.state import (
    CONNECTION_ID_LIMIT_ERROR,
    FRAME_ENCODING_ERROR,
    OPEN,
    PROTOCOL_VIOLATION,
    CidSupply,
    Parameters,
    is_open,
)
from pathproof.model.mutant import Mutant
from pathproof.model.vocabulary import Numbers, add, count, discard, discard_below, has, minus, put

# Kept from before any mutant is in place, for those that only wrap the rule.
RULE_TAKE_IN = consumer.take_in
RULE_SUPPLY_ERROR = consumer.supply_error
RULE_FRAME_ERROR = consumer.frame_error
RULE_RETIREMENT_ERROR = issuer.retirement_error


def duplicate_retires_it(s: CidSupply, p: Parameters, number: int) -> None:
    """A second copy of the frame of an active connection ID retires it, and it stays in use."""
    if has(s.active, number):
        retire_one(s, number)
    else:
        RULE_TAKE_IN(s, p, number)


def duplicate_counts_twice(s: CidSupply, p: Parameters) -> str:
    """The consumer closes when its set is full, even though the frame was a second copy."""
    return CONNECTION_ID_LIMIT_ERROR if count(s.active) >= p.limit and s.largest > 1 else OPEN


def retired_comes_back(s: CidSupply, p: Parameters, number: int) -> None:
    """The consumer forgets what it retired, and a late copy brings it back."""
    if number >= s.prior:
        s.active = add(s.active, number)


def late_number_is_stored(s: CidSupply, p: Parameters, number: int) -> None:
    """A number below Retire Prior To that comes late is stored as usable."""
    if not has(s.active, number) and not has(s.retired, number):
        s.active = add(s.active, number)


def late_number_is_dropped(s: CidSupply, p: Parameters, number: int) -> None:
    """A number below Retire Prior To that comes late is dropped, and no RETIRE_CONNECTION_ID is sent."""
    if number >= s.prior:
        RULE_TAKE_IN(s, p, number)


def issuer_forgets_handshake_id(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer does not count the connection ID of the handshake toward the limit."""
    return count(discard(counted(s, p, prior), 0)) < p.limit


def issuer_forgets_preferred_address(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer does not count the connection ID of its preferred address toward the limit."""
    return count(discard(counted(s, p, prior), 1)) < p.limit


def issuer_skips_a_number(s: CidSupply, prior: int) -> None:
    """The first frame carries number 2, although there is no preferred address."""
    number = s.issued + 1 if s.issued == 1 else s.issued
    s.sent_prior = put(s.sent_prior, number, prior)
    s.retire_prior_to = prior
    s.issued = number + 1


def issuer_issues_despite_zero_length(p: Parameters) -> bool:
    """An issuer that chose a zero-length connection ID issues others."""
    return True


def prior_is_not_checked(p: Parameters, number: int, prior: int, length: int) -> str:
    """Retire Prior To above the sequence number is accepted."""
    return RULE_FRAME_ERROR(p, number, 0, length)


def prior_meets_the_wrong_error(p: Parameters, number: int, prior: int, length: int) -> str:
    """Retire Prior To above the sequence number is met by PROTOCOL_VIOLATION."""
    return PROTOCOL_VIOLATION if prior > number else RULE_FRAME_ERROR(p, number, prior, length)


def length_is_not_checked(p: Parameters, number: int, prior: int, length: int) -> str:
    """A connection ID of 0 or 21 bytes is accepted."""
    return RULE_FRAME_ERROR(p, number, prior, 8)


def length_is_checked_as_in_a_draft(p: Parameters, number: int, prior: int, length: int) -> str:
    """Only lengths of 4 to 18 bytes are accepted."""
    return FRAME_ENCODING_ERROR if length < 4 or length > 18 else RULE_FRAME_ERROR(p, number, prior, length)


def frame_is_accepted_under_zero_length(p: Parameters, number: int, prior: int, length: int) -> str:
    """A consumer that sends to a zero-length connection ID accepts another one."""
    return FRAME_ENCODING_ERROR if prior > number or length < 1 or length > 20 else OPEN


def contradictions_are_taken_for_copies(number: int, cid: int, token: int) -> bool:
    """A known number with another connection ID or token passes as a second copy."""
    return False


def limit_is_not_enforced(s: CidSupply, p: Parameters) -> str:
    """The consumer stores whatever it is sent."""
    return OPEN


def limit_excludes_one(s: CidSupply, p: Parameters) -> str:
    """The consumer is off by one: it does not count the connection ID in use."""
    return CONNECTION_ID_LIMIT_ERROR if count(discard(s.active, s.current)) > p.limit else OPEN


def retirements_are_unbounded(s: CidSupply, p: Parameters) -> str:
    """The consumer tracks any number of unacknowledged retirements, although it means to close."""
    return CONNECTION_ID_LIMIT_ERROR if count(s.active) > p.limit else OPEN


def wrong_ones_are_retired(s: CidSupply, p: Parameters) -> Numbers:
    """Retire Prior To retires what is not below it."""
    return discard_below(s.active, s.prior)


def retirement_is_not_sent(s: CidSupply, leaving: Numbers) -> None:
    """What Retire Prior To takes away is dropped without RETIRE_CONNECTION_ID."""
    s.active = minus(s.active, leaving)


def retired_one_stays_in_use(s: CidSupply) -> None:
    """The consumer goes on sending under a connection ID that it has retired."""


def gap_is_an_error(s: CidSupply, p: Parameters) -> str:
    """The consumer takes numbers that arrive out of order for an error."""
    if not has(s.received, s.largest - 1 if s.largest > 0 else 0):
        return PROTOCOL_VIOLATION
    return RULE_SUPPLY_ERROR(s, p)


def unissued_retirement_is_ignored(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """The retirement of a number that was never issued is no error."""
    return OPEN if number >= s.issued else RULE_RETIREMENT_ERROR(s, p, number, destination)


def own_destination_is_not_checked(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """A packet may retire its own destination although the issuer means to close on that."""
    return PROTOCOL_VIOLATION if p.zero_length == "yes" or number >= s.issued else OPEN


def retirement_is_accepted_under_zero_length(
    s: CidSupply, p: Parameters, number: int, destination: int
) -> str:
    """An issuer that chose a zero-length connection ID accepts RETIRE_CONNECTION_ID."""
    return OPEN if p.zero_length == "yes" else RULE_RETIREMENT_ERROR(s, p, number, destination)


def consumer_retires_its_destination(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer retires the connection ID that is in its packets."""
    if not is_open(s) or p.zero_length == "yes" or not has(s.active, number):
        return False
    s.active = discard(s.active, number)
    retire_one(s, number)
    return True


def moves_under_the_same_connection_id(s: CidSupply, p: Parameters, number: int) -> bool:
    """The consumer goes on from a new local address without changing the connection ID."""
    if not is_open(s) or p.zero_length == "yes" or not has(usable(s), number):
        return False
    s.elsewhere = s.used
    s.moved = "yes"
    use(s, number)
    return True


NCID, RETIRE, SUPPLY, CONSUME = "RFC9000-19.15-", "RFC9000-19.16-", "RFC9000-5.1.1-", "RFC9000-5.1.2-"

MUTANTS = (
    Mutant(
        "duplicate_retires_it",
        "take_in",
        duplicate_retires_it,
        ("QG-04", "QN-13"),
        (CONSUME + "04", NCID + "06"),
        "consumer",
    ),
    Mutant(
        "duplicate_counts_twice",
        "supply_error",
        duplicate_counts_twice,
        ("QN-17", "NG-34"),
        (NCID + "06",),
        "consumer",
    ),
    Mutant(
        "retired_comes_back", "take_in", retired_comes_back, ("GO-01", "NG-31"), (CONSUME + "04",), "consumer"
    ),
    Mutant(
        "late_number_is_stored",
        "take_in",
        late_number_is_stored,
        ("QG-06", "CQ-02"),
        (NCID + "13",),
        "consumer",
    ),
    Mutant(
        "late_number_is_dropped", "take_in", late_number_is_dropped, ("QG-06",), (NCID + "13",), "consumer"
    ),
    Mutant(
        "issuer_forgets_handshake_id",
        "limit_is_respected",
        issuer_forgets_handshake_id,
        ("QG-12", "XQ-03"),
        (SUPPLY + "13",),
        "issuer",
    ),
    Mutant(
        "issuer_forgets_preferred_address",
        "limit_is_respected",
        issuer_forgets_preferred_address,
        ("QN-15",),
        (SUPPLY + "13",),
        "issuer",
        {"preferred_address": "yes"},
    ),
    Mutant(
        "issuer_skips_a_number", "issue_next", issuer_skips_a_number, ("NQ-08",), (SUPPLY + "06",), "issuer"
    ),
    Mutant(
        "issuer_issues_despite_zero_length",
        "may_issue",
        issuer_issues_despite_zero_length,
        ("QN-49",),
        (NCID + "04",),
        "issuer",
        {"zero_length": "yes"},
    ),
    Mutant(
        "prior_is_not_checked",
        "frame_error",
        prior_is_not_checked,
        ("QG-07", "LX-16"),
        (NCID + "10",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "prior_meets_the_wrong_error",
        "frame_error",
        prior_meets_the_wrong_error,
        ("AQ-12",),
        (NCID + "10",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "length_is_not_checked",
        "frame_error",
        length_is_not_checked,
        ("QG-09", "CQ-07", "AQ-09", "KW-06"),
        (NCID + "03",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "length_is_checked_as_in_a_draft",
        "frame_error",
        length_is_checked_as_in_a_draft,
        ("QG-08",),
        (NCID + "03",),
        "consumer",
        {"length": 20},
    ),
    Mutant(
        "frame_is_accepted_under_zero_length",
        "frame_error",
        frame_is_accepted_under_zero_length,
        ("QG-10", "MS-17"),
        (NCID + "05",),
        "consumer",
        {"rogue": "issuer", "zero_length": "yes"},
    ),
    Mutant(
        "contradictions_are_taken_for_copies",
        "contradicts",
        contradictions_are_taken_for_copies,
        ("LX-01", "NG-40", "QL-10"),
        (NCID + "07",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "limit_is_not_enforced",
        "supply_error",
        limit_is_not_enforced,
        ("QG-11", "QN-23", "ZQ-01", "PP-01"),
        (SUPPLY + "15",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "limit_excludes_one",
        "supply_error",
        limit_excludes_one,
        ("XQ-02",),
        (SUPPLY + "15",),
        "consumer",
        {"rogue": "issuer"},
    ),
    Mutant(
        "retirements_are_unbounded",
        "supply_error",
        retirements_are_unbounded,
        ("CQ-01", "NG-16", "NQ-01", "PQ-01", "MS-01"),
        (CONSUME + "11",),
        "consumer",
        {"retire_overflow": "close", "retirements": 1},
    ),
    Mutant(
        "wrong_ones_are_retired",
        "must_retire",
        wrong_ones_are_retired,
        ("QL-12",),
        (CONSUME + "10",),
        "consumer",
    ),
    Mutant(
        "retirement_is_not_sent",
        "retire_all",
        retirement_is_not_sent,
        ("KW-03",),
        (CONSUME + "13",),
        "consumer",
    ),
    Mutant(
        "retired_one_stays_in_use",
        "leave_retired",
        retired_one_stays_in_use,
        ("KW-10", "EQ-01", "XQ-01"),
        (CONSUME + "10",),
        "consumer",
    ),
    Mutant(
        "gap_is_an_error",
        "supply_error",
        gap_is_an_error,
        ("OS-02", "QL-09", "QL-11"),
        (SUPPLY + "06",),
        "consumer",
    ),
    Mutant(
        "unissued_retirement_is_ignored",
        "retirement_error",
        unissued_retirement_is_ignored,
        ("NQ-02", "MS-18", "NX-20"),
        (RETIRE + "06",),
        "issuer",
        {"rogue": "consumer"},
    ),
    Mutant(
        "own_destination_is_not_checked",
        "retirement_error",
        own_destination_is_not_checked,
        ("QG-05", "NG-29", "PQ-14"),
        (RETIRE + "08",),
        "issuer",
        {"rogue": "consumer"},
    ),
    Mutant(
        "retirement_is_accepted_under_zero_length",
        "retirement_error",
        retirement_is_accepted_under_zero_length,
        ("LX-07",),
        (RETIRE + "10",),
        "issuer",
        {"rogue": "consumer", "zero_length": "yes"},
    ),
    Mutant(
        "consumer_retires_its_destination",
        "retire",
        consumer_retires_its_destination,
        ("QG-05", "NX-17", "MS-19"),
        (RETIRE + "07",),
        "consumer",
    ),
    Mutant(
        "moves_under_the_same_connection_id",
        "move",
        moves_under_the_same_connection_id,
        ("QG-39", "GQ-11"),
        ("RFC9000-9.5-03",),
        "consumer",
    ),
)
