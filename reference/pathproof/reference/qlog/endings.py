"""The end of a connection in the words of qlog."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathproof.reference.frames import ConnectionClose
from pathproof.reference.qlog.errors import application_error, transport_error

if TYPE_CHECKING:
    from pathproof.reference.connection import Ended

TRIGGERS = {
    "closed": "application",
    "error": "error",
    "reset": "stateless_reset",
    "idle": "idle_timeout",
    "no path": "aborted",
    "version": "version_mismatch",
}
"""What qlog calls the causes that do not depend on what the peer says."""


def closed(ended: Ended, close: ConnectionClose | None) -> dict[str, Any]:
    """The end; `close` is the CONNECTION_CLOSE that has come from the peer, if one has."""
    by_peer = ended.cause == "peer"
    is_application = ended.cause == "closed" or (by_peer and close is not None and close.frame_type is None)
    words: dict[str, Any] = {"initiator": "remote" if by_peer or ended.cause == "reset" else "local"}
    if is_application:
        words |= application_error("application_error", ended.error_code)
    else:
        words |= transport_error("connection_error", ended.error_code)
    by_what = "application" if is_application else "error" if ended.error_code else "unspecified"
    return words | {"reason": ended.says, "trigger": TRIGGERS.get(ended.cause, by_what)}
