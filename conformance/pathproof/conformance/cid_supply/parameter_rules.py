"""Rules for the transport parameters about connection IDs: RFC 9000 18.2."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.cid_supply.direction import Direction
from pathproof.conformance.cid_supply.unseen import FIRST_ID, LIMIT
from pathproof.conformance.events import Missing, Parameters
from pathproof.conformance.judge.debts import Debt
from pathproof.conformance.judge.notes import Notes, Sight
from pathproof.conformance.judge.obligations import Obligations
from pathproof.conformance.judge.registry import rule
from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.issuer import may_issue
from pathproof.model.machine import UnknownName
from pathproof.spec.names import ErrorCode


@dataclass(slots=True)
class Statement:
    """The transport parameters of one side: the consumer of `direction`, and the issuer of `back`.

    `duties` are those of the side that receives them, whose latest packet has this `order`.
    `zero_is_silence` says that a limit of 0 may be the log's way to write that there was none.
    """

    direction: Direction
    back: Direction
    parameters: Parameters
    duties: Obligations
    order: int
    zero_is_silence: bool

    @property
    def sight(self) -> Sight:
        """The evidence."""
        return Sight(self.parameters)


def limit_is_allowed(limit: int) -> bool:
    """Whether the machine takes this active_connection_id_limit.

    >>> limit_is_allowed(1), limit_is_allowed(2)
    (False, True)
    """
    try:
        machine.setting({"limit": limit})
    except UnknownName:
        return False
    return True


def stated_limit(statement: Statement) -> int | None:
    """Return the limit as stated; None for one that is absent, not logged or perhaps only the log's."""
    limit = statement.parameters.active_connection_id_limit
    if isinstance(limit, Missing) or (limit == 0 and statement.zero_is_silence):
        return None
    return limit


@rule("parameters", "consumer", "RFC9000-18.2-58")
def limit_is_at_least_two(statement: Statement, notes: Notes) -> None:
    """The stated active_connection_id_limit is 2 or more."""
    clause, owner = "RFC9000-18.2-58", statement.direction.consumer
    limit = stated_limit(statement)
    if limit is None:
        if statement.parameters.active_connection_id_limit is not Missing.ABSENT:
            notes.blind(clause, owner, LIMIT)
    elif limit_is_allowed(limit):
        notes.kept(clause, owner)
    else:
        notes.broken(clause, owner, f"stated an active_connection_id_limit of {limit}", statement.sight)


@rule("parameters", "issuer", "RFC9000-18.2-59")
def small_limit_is_met_by_close(statement: Statement, notes: Notes) -> None:
    """A limit under 2 ends the connection."""
    limit = stated_limit(statement)
    if limit is not None and not limit_is_allowed(limit):
        owe(statement, "RFC9000-18.2-59", f"the peer stated an active_connection_id_limit of {limit}")


@rule("parameters", "issuer", "RFC9000-18.2-53", "RFC9000-18.2-54")
def preferred_address_has_a_connection_id(statement: Statement, notes: Notes) -> None:
    """A preferred address comes with a connection ID, and from no server whose own one is empty."""
    back, preferred = statement.back, statement.parameters.preferred_address_connection_id
    if isinstance(preferred, Missing):
        return
    if preferred:
        notes.kept("RFC9000-18.2-54", back.issuer)
    else:
        notes.broken("RFC9000-18.2-54", back.issuer, "offered one without a connection ID", statement.sight)
    if not may_issue(back.p):
        done = "offered a preferred address although its own connection ID is empty"
        notes.broken("RFC9000-18.2-53", back.issuer, done, statement.sight)
    elif back.length_known:
        notes.kept("RFC9000-18.2-53", back.issuer)
    else:
        notes.blind("RFC9000-18.2-53", back.issuer, FIRST_ID)


@rule("parameters", "consumer", "RFC9000-18.2-55")
def wrong_preferred_address_is_met_by_close(statement: Statement, notes: Notes) -> None:
    """A preferred address with an empty connection ID, or beside one, ends the connection."""
    preferred = statement.parameters.preferred_address_connection_id
    if isinstance(preferred, Missing) or (preferred and may_issue(statement.back.p)):
        return
    owe(statement, "RFC9000-18.2-55", "the server's preferred address had an empty connection ID beside it")


def owe(statement: Statement, clause: str, done: str) -> None:
    """The side that receives the parameters owes a close."""
    code = ErrorCode.TRANSPORT_PARAMETER_ERROR
    statement.duties.owe(Debt(clause, statement.sight, done, None, None, code, since=statement.order))
