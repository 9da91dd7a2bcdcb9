"""Transport parameters: from the decoded JSON of any dialect to the event model."""

from __future__ import annotations

from typing import Literal

from pathproof.conformance.events import ABSENT, NOT_LOGGED, Missing, Owner, Parameters, Position
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.errors import Malformed
from pathproof.conformance.qlog.records import NULL, ParametersRecord, hex_text
from pathproof.conformance.qlog.values import TOKEN_LENGTH, connection_id, sized


def parameters(
    record: ParametersRecord, time: float, position: Position, dialect: Dialect
) -> Parameters | None:
    """Return the parameters of one side, or None where the event holds none at all.

    Raises `Malformed` for a value that makes no sense, and where it is not said whose parameters these are.
    """
    if not _has_any(record):
        return None
    side = owner(record.owner or record.initiator)
    if isinstance(side, Missing):
        raise Malformed("owner: neither local nor remote")
    preferred = record.preferred_address or record.server_preferred_address
    limit = record.active_connection_id_limit
    return Parameters(
        side,
        time,
        _silence(dialect, "active_connection_id_limit") if limit is None else limit,
        _id(dialect, "initial_source_connection_id", record, "handshake_connection_id"),
        _id(dialect, "original_destination_connection_id", record, "original_connection_id"),
        _id(dialect, "retry_source_connection_id", record, "retry_connection_id"),
        connection_id(
            preferred.connection_id if preferred else None,
            "preferred_address",
            NOT_LOGGED if preferred else _silence(dialect, "preferred_address_connection_id"),
        ),
        sized(
            hex_text(preferred.stateless_reset_token) if preferred else None,
            TOKEN_LENGTH,
            "preferred_address",
            NOT_LOGGED if preferred else _silence(dialect, "preferred_address_token"),
        ),
        sized(
            hex_text(record.stateless_reset_token),
            TOKEN_LENGTH,
            "stateless_reset_token",
            _silence(dialect, "stateless_reset_token"),
        ),
        _flag(record, dialect),
        position,
    )


def owner(text: str | None) -> Owner | Literal[Missing.NOT_LOGGED]:
    """Return whose something is.

    >>> owner("local"), owner("network")
    ('local', NOT_LOGGED)
    """
    if text == "local":
        return "local"
    return "remote" if text == "remote" else NOT_LOGGED


def _has_any(record: ParametersRecord) -> bool:
    """Whether the event holds a transport parameter that is known here."""
    empty = ParametersRecord(owner=record.owner, initiator=record.initiator)
    if record.max_idle_timeout is not NULL or record.idle_timeout is not NULL:
        return True
    return record.initial_max_data is not NULL or record != empty


def _silence(dialect: Dialect, field: str) -> Missing:
    """Return what it means that a parameter is not in the log."""
    return ABSENT if field in dialect.logged_when_present else NOT_LOGGED


def _id(dialect: Dialect, field: str, record: ParametersRecord, old_name: str) -> bytes | Missing:
    """Return a connection ID under the name of RFC 9000 or the one that the drafts had."""
    text: str | None = getattr(record, field)
    if text is None:
        text = getattr(record, old_name)
    return connection_id(text, field, _silence(dialect, field))


def _flag(record: ParametersRecord, dialect: Dialect) -> bool | Missing:
    """Return `disable_active_migration`; as text it is a flag that was there, unless it says `false`."""
    value = record.disable_active_migration
    if value is None:
        value = record.disable_migration
    if value is None:
        return _silence(dialect, "disable_active_migration")
    return value if isinstance(value, bool) else value.lower() != "false"
