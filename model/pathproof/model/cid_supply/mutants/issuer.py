"""Bugs of issuers: what counts toward the limit, numbering, and what comes back."""

from __future__ import annotations

from pathproof.model.cid_supply import issuer
from pathproof.model.cid_supply.issuer import counted
from pathproof.model.cid_supply.state import OPEN, PROTOCOL_VIOLATION, CidSupply, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import count, discard, larger, put

recreates = Recreated()
RULE_ISSUE_NEXT = issuer.issue_next  # these are kept from before any mutant is in place
RULE_RETIREMENT_ERROR = issuer.retirement_error


@recreates("QG-12", "XQ-03", replaces="limit_is_respected", cites=("RFC9000-5.1.1-13",), at="issuer")
def issuer_forgets_handshake_id(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer does not count the connection ID of the handshake toward the limit."""
    return count(discard(counted(s, p, prior), 0)) < p.limit


@recreates(
    "QN-15", replaces="limit_is_respected", cites=("RFC9000-5.1.1-13",), at="issuer", preferred_address="yes"
)
def issuer_forgets_preferred_address(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer does not count the connection ID of its preferred address toward the limit."""
    return count(discard(counted(s, p, prior), 1)) < p.limit


@recreates("QN-14", replaces="limit_is_respected", cites=("RFC9000-5.1.1-13",), at="issuer")
def larger_of_two_limits_counts(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The issuer goes up to its own cap where that is larger than its peer's limit."""
    return count(counted(s, p, prior)) < larger(p.limit, p.cids)


@recreates("PQ-05", replaces="limit_is_respected", cites=("RFC9000-5.1.1-13",), at="issuer", cids=4)
def retirement_counts_twice(s: CidSupply, p: Parameters, prior: int) -> bool:
    """Each retirement makes room for two."""
    return count(counted(s, p, prior)) < p.limit + count(s.invalidated)


@recreates(
    "QN-16",
    replaces="limit_is_respected",
    cites=("RFC9000-5.1.1-16",),
    at="issuer",
    preferred_address="yes",
    excess="never",
)
def preferred_address_counts_twice(s: CidSupply, p: Parameters, prior: int) -> bool:
    """The connection ID of the preferred address counts twice: what is retired is not replaced."""
    return count(counted(s, p, prior)) + 1 < p.limit


@recreates("QG-13", replaces="issue_next", cites=("RFC9000-5.1.1-13",), at="issuer")
def supply_is_issued_twice(s: CidSupply, prior: int) -> None:
    """What fills the limit is issued for the remembered parameters, and once more for the new ones."""
    RULE_ISSUE_NEXT(s, prior)
    if s.issued == 2:
        RULE_ISSUE_NEXT(s, prior)


@recreates("NQ-08", replaces="issue_next", cites=("RFC9000-5.1.1-06",), at="issuer")
def issuer_skips_a_number(s: CidSupply, prior: int) -> None:
    """The first frame carries number 2, although there is no preferred address."""
    number = s.issued + 1 if s.issued == 1 else s.issued
    s.sent_prior = put(s.sent_prior, number, prior)
    s.retire_prior_to = prior
    s.issued = number + 1


@recreates("QN-49", replaces="may_issue", cites=("RFC9000-19.15-04",), at="issuer", zero_length="yes")
def issuer_issues_despite_zero_length(p: Parameters) -> bool:
    """An issuer that chose a zero-length connection ID issues others."""
    return True


@recreates(
    "NQ-02",
    "MS-18",
    "NX-20",
    replaces="retirement_error",
    cites=("RFC9000-19.16-06",),
    at="issuer",
    rogue="consumer",
)
def unissued_retirement_is_ignored(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """The retirement of a number that was never issued is no error."""
    return OPEN if number >= s.issued else RULE_RETIREMENT_ERROR(s, p, number, destination)


@recreates(
    "QG-05",
    "NG-29",
    "PQ-14",
    replaces="retirement_error",
    cites=("RFC9000-19.16-08",),
    at="issuer",
    rogue="consumer",
)
def own_destination_is_not_checked(s: CidSupply, p: Parameters, number: int, destination: int) -> str:
    """A packet may retire its own destination although the issuer means to close on that."""
    return PROTOCOL_VIOLATION if p.zero_length == "yes" or number >= s.issued else OPEN


@recreates(
    "LX-07",
    replaces="retirement_error",
    cites=("RFC9000-19.16-10",),
    at="issuer",
    rogue="consumer",
    zero_length="yes",
)
def retirement_is_accepted_under_zero_length(
    s: CidSupply, p: Parameters, number: int, destination: int
) -> str:
    """An issuer that chose a zero-length connection ID accepts RETIRE_CONNECTION_ID."""
    return OPEN if p.zero_length == "yes" else RULE_RETIREMENT_ERROR(s, p, number, destination)
