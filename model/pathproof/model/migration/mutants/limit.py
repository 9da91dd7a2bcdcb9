"""Bugs in how a server counts what may go to an address that is not validated."""

from __future__ import annotations

from pathproof.model.migration import validation
from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import put

recreates = Recreated()
RULE_BEGIN_VALIDATION = validation.begin_validation  # kept from before any mutant is in place


@recreates(
    replaces="begin_validation",
    cites=("RFC9000-9.3.1-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
)
def a_challenge_refills_what_may_go(s: Migration, p: Parameters, address: int) -> None:
    """With each new PATH_CHALLENGE the count of what went to its address begins again."""
    RULE_BEGIN_VALIDATION(s, p, address)
    s.allowance = put(s.allowance, address, 3)


@recreates(
    replaces="count_datagram",
    cites=("RFC9000-9.3.1-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
)
def what_goes_is_not_counted(s: Migration, address: int) -> None:
    """The server knows the limit, and takes nothing off it for what it sends."""


@recreates(
    replaces="allow",
    cites=("RFC9000-9.3.1-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
)
def what_came_counts_for_the_address_in_use(s: Migration, address: int) -> None:
    """A packet from whatever address lets three more datagrams go to the one in use."""
    s.allowance = put(put(s.allowance, address, 3), s.current, 3)
