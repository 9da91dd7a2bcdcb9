"""Mutants of the handshake: connection IDs, and what transport parameters may say (7, 18.2)."""

from __future__ import annotations

from collections.abc import Callable

from tests.reference.mutants.registry import Patch, mutant
from tests.reference.simulation import declarations, stories

from pathproof.reference.connection import frames_in
from pathproof.reference.connection.packets import Draft
from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.transport_parameters import TransportParameters
from pathproof.reference.transport_parameters import read as read_parameters


def _reads(patch: Patch, identifier: int, take: Callable[[TransportParameters, bytes], None]) -> None:
    """A parameter is taken as it comes, whatever its value."""

    def read(data: bytes, sender_is_server: bool) -> TransportParameters:
        values = declarations.split(data)
        value = values.pop(identifier, None)
        found = read_parameters(declarations.joined(values), sender_is_server)
        if value is not None:
            take(found, value)
        return found

    patch.setattr(frames_in, "read", read)


@mutant(
    "RFC9000-18.2-59",
    "XQ-04",
    "LS-09",
    "QG-15",
    "CQ-13",
    "NQ-09",
    "AQ-14",
    story=declarations.limit_of_one,
    early=True,
)
def a_limit_of_one(patch: Patch) -> None:
    """active_connection_id_limit may be 1."""

    def take(found: TransportParameters, value: bytes) -> None:
        found.active_connection_id_limit = value[0]

    _reads(patch, 0x0E, take)


@mutant("RFC9000-18.2-59", "PQ-19", story=declarations.large_limit, early=True, seen_as=("RFC9000-11-03",))
def a_large_limit_is_an_error(patch: Patch) -> None:
    """active_connection_id_limit fits into 32 bits."""

    def take(found: TransportParameters, value: bytes) -> None:
        raise ProtocolError(code_of("TRANSPORT_PARAMETER_ERROR"), "too large")

    _reads(patch, 0x0E, take)


@mutant(
    "RFC9000-18.2-68",
    story=declarations.token_of_a_client,
    early=True,
    seen_as=("RFC9000-10.3-09", "RFC9000-18.2-42"),
)
def a_client_has_a_token(patch: Patch) -> None:
    """A client may declare stateless_reset_token."""

    def take(found: TransportParameters, value: bytes) -> None:
        found.stateless_reset_token = value

    _reads(patch, 0x02, take)


@mutant("RFC9000-7.3-07", "HA-08", "S2-15", story=declarations.another_source, early=True)
def nothing_is_authenticated(patch: Patch) -> None:
    """What a client declares as its first connection ID is not compared with its packets."""
    patch.setattr(frames_in, "authenticate_client", lambda parameters, source: None)


@mutant("RFC9000-14.1-01", story=stories.again, early=True)
def small_initials(patch: Patch) -> None:
    """Datagrams with Initial packets are not padded."""
    patch.setattr(Draft, "pad", lambda self, more: None)
