"""Bugs in reading preferred_address, and in what is made of it."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.preferred_address import parameter
from pathproof.model.preferred_address.state import (
    OPEN,
    PROTOCOL_VIOLATION,
    TRANSPORT_PARAMETER_ERROR,
    Parameters,
    PreferredAddress,
)
from pathproof.model.vocabulary import add
from pathproof.spec.names import MAX_CONNECTION_ID_LENGTH

recreates = Recreated()
RULE_PARAMETER_ERROR = parameter.parameter_error  # kept from before any mutant is in place
EMPTY = ("RFC9000-18.2-54", "RFC9000-18.2-55")


@recreates(
    "QG-17",
    "KW-05",
    "S2-18",
    "LX-03",
    "CQ-12",
    replaces="parameter_error",
    cites=EMPTY,
    at="client",
    attacker="server",
)
def length_is_not_checked(p: Parameters, length: int, whole: bool) -> str:
    """A connection ID of 0 or 21 bytes is accepted in the parameter."""
    return RULE_PARAMETER_ERROR(p, 8, whole)


@recreates("QG-17", replaces="parameter_error", cites=("RFC9000-18.2-52",), at="client", attacker="server")
def only_empty_ones_are_refused(p: Parameters, length: int, whole: bool) -> str:
    """A connection ID of 21 bytes is accepted in the parameter."""
    return RULE_PARAMETER_ERROR(p, 8 if length > MAX_CONNECTION_ID_LENGTH else length, whole)


@recreates(
    replaces="parameter_error",
    cites=("RFC9000-18.2-53", "RFC9000-18.2-55"),
    at="client",
    attacker="server",
    zero_length="yes",
)
def the_servers_own_choice_is_not_looked_at(p: Parameters, length: int, whole: bool) -> str:
    """The parameter is accepted from a server that chose a zero-length connection ID."""
    return OPEN if whole else TRANSPORT_PARAMETER_ERROR


@recreates(replaces="parameter_error", cites=EMPTY, at="client", attacker="server")
def the_error_is_another(p: Parameters, length: int, whole: bool) -> str:
    """What is wrong with the parameter meets PROTOCOL_VIOLATION."""
    return OPEN if RULE_PARAMETER_ERROR(p, length, whole) == OPEN else PROTOCOL_VIOLATION


@recreates("HA-10", replaces="parameter_error", cites=("RFC9000-18.2-50",), at="client", attacker="server")
def the_end_is_not_looked_for(p: Parameters, length: int, whole: bool) -> str:
    """A parameter that ends too soon is read all the same."""
    return RULE_PARAMETER_ERROR(p, length, True)


@recreates(
    "LS-10",
    replaces="parameter_error",
    cites=("RFC9000-18.2-43", "RFC9000-9.6.1-02"),
    at="client",
    offered="ipv6",
    network="dual",
)
def one_family_is_refused(p: Parameters, length: int, whole: bool) -> str:
    """A parameter whose address of one family is all zeros is refused."""
    return OPEN if p.offered == "both" else TRANSPORT_PARAMETER_ERROR


@recreates(
    "CQ-12",
    "QL-25",
    replaces="store_number_one",
    cites=("RFC9000-18.2-51", "RFC9000-5.1.1-10"),
    at="client",
)
def the_parameter_is_ignored(s: PreferredAddress) -> None:
    """The connection ID of the parameter and its token are not stored, so that number 1 is unknown."""
    s.issued = 2


@recreates("NG-38", replaces="store_number_one", cites=("RFC9000-5.1.1-04", "RFC9000-18.2-51"), at="client")
def it_is_number_zero(s: PreferredAddress) -> None:
    """The connection ID of the parameter is stored under number 0, and number 1 is still to come."""
    s.active = add(s.active, 0)
    s.number_one = "parameter"


@recreates("CQ-12", replaces="contradicts", cites=("RFC9000-19.15-07",), at="client", attacker="server")
def a_second_number_one_is_accepted(s: PreferredAddress, p: Parameters) -> str:
    """NEW_CONNECTION_ID 1 with another content takes the place of what the parameter supplied."""
    s.number_one = "frame"
    return OPEN


@recreates(
    replaces="contradicts",
    cites=("RFC9000-19.15-07",),
    at="client",
    attacker="server",
    conflict="ignore",
)
def the_first_number_one_is_overwritten(s: PreferredAddress, p: Parameters) -> str:
    """A client that ignores contradictions keeps the second content of number 1."""
    s.number_one = "frame"
    return OPEN


@recreates(replaces="error_of_clients_parameter", cites=("RFC9000-18.2-68",), at="server", attacker="client")
def a_clients_parameter_is_ignored() -> str:
    """The server does not mind preferred_address from a client."""
    return OPEN


@recreates(
    replaces="taken_address",
    cites=("RFC9000-9.6.2-09", "RFC9000-7.4.1-08"),
    at="client",
    resumed="yes",
    offered="none",
)
def the_former_address_is_remembered(p: Parameters) -> str:
    """A client that resumes takes the preferred address of the connection before."""
    return "former" if p.resumed == "yes" else "none" if p.offered == "none" else "offered"


@recreates(
    replaces="taken_address",
    cites=("RFC9000-18.2-53",),
    at="server",
    zero_length="yes",
)
def it_is_offered_despite_zero_length(p: Parameters) -> str:
    """A server that chose a zero-length connection ID offers a preferred address."""
    return "none" if p.offered == "none" else "offered"
