"""A run played on a wire between the two ends, one of which keeps a log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pathproof.conformance.events import (
    NOT_LOGGED,
    ConnectionClose,
    NewConnectionId,
    OtherFrame,
    RetireConnectionId,
)
from pathproof.conformance.judge.run_log import Endpoint, Log, Sent, cid_bytes, token_bytes
from pathproof.model.cid_supply.consumer import usable
from pathproof.model.vocabulary import discard_below, has, is_empty, lowest, minus
from pathproof.spec.names import ErrorCode

LENGTHS = {"send_empty_connection_id": 0, "send_long_connection_id": 21}
"""The bytes of the connection ID in the frames of which the length is wrong."""

CHANGES = ("change_connection_id", "change_token")
"""The actions that bring a known number with content that never came before."""
NEVER_SEEN = 200
"""A number beyond all that a run issues; it names content that is new."""

_OFFERS = frozenset(
    {
        "deliver_new_connection_id",
        "send_any_frame",
        "exceed_limit",
        "raise_prior_above_number",
        "send_empty_connection_id",
        "send_long_connection_id",
        "reuse_connection_id",
        "reuse_token",
        "change_connection_id",
        "change_token",
        "issue_despite_zero_length",
    }
)
_RETIREMENTS = frozenset(
    {"retire_anything", "retire_unissued", "retire_own_destination", "retire_despite_zero_length"}
)


PING = OtherFrame("ping")


class Writer:
    """Plays a run on a wire between the two ends, one of which keeps a log."""

    def __init__(self, parameters: Any, log: Log) -> None:
        """Begin with the handshake over."""
        self.p = parameters
        self.log = log
        self.closed = False
        self._offers: dict[int, tuple[NewConnectionId, Sent]] = {}  # first packets that have not arrived
        self._retirements: dict[int, Sent] = {}  # likewise
        self._acknowledgments: dict[int, Sent] = {}
        self._pending: list[int] = []  # to be retired as soon as there is a connection ID to send it to
        self._current: bytes | None = cid_bytes(
            0, 0 if parameters.zero_length == "yes" else parameters.length
        )
        # what the consumer's packets bear; None while it can send none

    def in_flight(self) -> list[NewConnectionId]:
        """Return the frames that have not arrived."""
        return [frame for frame, _ in self._offers.values()]

    def step(self, action: str, arguments: Mapping[str, int], before: Any, after: Any) -> None:
        """Play one step; once an end has closed, nothing happens any more."""
        if self.closed:
            return
        frame = self._frame(action, arguments, after)
        if action == "issue":
            assert frame is not None
            self._offers[frame.sequence_number] = (frame, self.log.send("issuer", (frame,)))
        elif frame is not None:
            self._arrive(frame, before, after)
        elif action == "deliver_retire_connection_id":
            self._retirement_arrives(arguments["number"], before, after)
        elif action in _RETIREMENTS:
            self._wrong_retirement(action, arguments["number"], before, after)
        elif action == "deliver_acknowledgment":
            self.log.receive("consumer", self._acknowledgments.get(arguments["number"]))
        elif action == "stop_serving":
            self._close("issuer", before, after)
        elif action == "retire" and arguments["number"] == before.current:
            self.log.send("consumer", (RetireConnectionId(before.current),), self._destination(before))
        else:
            self._react(before, after, ())

    def _frame(self, action: str, arguments: Mapping[str, int], after: Any) -> NewConnectionId | None:
        """Return the NEW_CONNECTION_ID frame that an action of the issuer, or of the channel, is about."""
        if action != "issue" and action not in _OFFERS:
            return None
        number = after.issued - 1 if action == "issue" else arguments["number"]
        first = NEVER_SEEN if action in CHANGES else arguments.get("first", number)
        bears = first if action in ("reuse_connection_id", "change_connection_id") else number
        cid = cid_bytes(bears, LENGTHS.get(action, self.p.length))
        return NewConnectionId(number, arguments.get("prior", 0), len(cid), cid, token_bytes(first))

    def _arrive(self, frame: NewConnectionId, before: Any, after: Any) -> None:
        """NEW_CONNECTION_ID reaches the consumer."""
        first, packet = self._offers.get(frame.sequence_number, (None, None))
        if first == frame:
            del self._offers[frame.sequence_number]
        else:
            packet = self.log.send("issuer", (frame,))
        self.log.receive("consumer", packet)
        if not self._close("consumer", before, after):
            self._react(before, after, self._again(frame.sequence_number, before, after))

    def _again(self, number: int, before: Any, after: Any) -> tuple[int, ...]:
        """Return the number if it is retired once more because its frame came late once more."""
        late = has(before.retired, number) and number < after.prior
        return (number,) if late and self.p.late_frame == "again" else ()

    def _react(self, before: Any, after: Any, again: tuple[int, ...]) -> None:
        """The consumer sends what it retires, and then a packet that only shows that it goes on.

        Without a connection ID that it may use it sends nothing, and keeps what it has to say.
        """
        leaving = minus(after.retired, before.retired)
        while not is_empty(leaving):
            self._pending.append(lowest(leaving))
            leaving = discard_below(leaving, lowest(leaving) + 1)
        self._pending.extend(again)
        self._current = self._destination(after)
        if is_empty(usable(after)) and self.p.zero_length == "no":
            self._current = None
            return
        for number in self._pending:
            frame = RetireConnectionId(number)
            self._retirements[number] = self.log.send("consumer", (frame,), self._current)
        self._pending.clear()
        ping = self.log.send("consumer", (PING,), self._current)
        if not has(after.invalidated, after.current):
            self.log.receive("issuer", ping)

    def _destination(self, s: Any) -> bytes:
        """Return the connection ID that the consumer's packets bear."""
        return b"" if self.p.zero_length == "yes" else cid_bytes(s.current, self.p.length)

    def _retirement_arrives(self, number: int, before: Any, after: Any) -> None:
        """RETIRE_CONNECTION_ID reaches the issuer, which acknowledges it."""
        packet = self._retirements.pop(number, None)
        if packet is None or self._refused(packet, before):
            packet = self.log.send("consumer", (RetireConnectionId(number),), self._destination(before))
        self.log.receive("issuer", packet)
        if not self._close("issuer", before, after):
            self._acknowledgments[number] = self.log.send("issuer", (PING,))

    def _refused(self, packet: Sent, before: Any) -> bool:
        """Whether the issuer accepts the packet's destination no longer."""
        return any(
            has(before.invalidated, number) and cid_bytes(number, self.p.length) == packet.destination
            for number in range(before.issued)
        )

    def _wrong_retirement(self, action: str, number: int, before: Any, after: Any) -> None:
        """A consumer that breaks rules retires a number."""
        destination = self._destination(before)
        if action == "retire_own_destination":
            destination = cid_bytes(number, self.p.length)
        elif action == "retire_anything":
            destination = cid_bytes(self.p.cids, self.p.length)  # as in the machine: none that has a number
        packet = self.log.send("consumer", (RetireConnectionId(number),), destination)
        self.log.receive("issuer", packet)
        if not self._close("issuer", before, after):
            self.log.send("issuer", (PING,))

    def _close(self, side: Endpoint, before: Any, after: Any) -> bool:
        """The side closes if the step says so; return whether it did."""
        self.closed = after.error != before.error
        if self.closed:
            code = ErrorCode.__members__.get(after.error, ErrorCode.INTERNAL_ERROR)  # not all have a name
            frame = ConnectionClose(code, "transport", NOT_LOGGED)
            destination = self._destination(after) if side == "consumer" else None
            packet = self.log.send(side, (frame,), destination)
            self.log.receive("issuer" if side == "consumer" else "consumer", packet)
        return self.closed

    def end(self) -> None:
        """The endpoint that keeps the log goes on with two packets, and closes without an error."""
        side = self.log.endpoint
        if self.closed or (side == "consumer" and self._current is None):
            return
        destination = self._current if side == "consumer" else None
        for frame in (PING, PING, ConnectionClose(0, "application", NOT_LOGGED)):
            self.log.send(side, (frame,), destination)
