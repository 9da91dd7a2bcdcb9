"""What of the streams waits to be sent, how a packet is filled with it, and what becomes of it then."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Final

from pathproof.reference.flow_control import Allowance, Window
from pathproof.reference.frames import (
    DataBlocked,
    MaxData,
    MaxStreamData,
    MaxStreams,
    ResetStream,
    StopSending,
    Stream,
    StreamDataBlocked,
    StreamsBlocked,
    write_frame,
)
from pathproof.reference.sending_part import SendingPart, size_of_stream
from pathproof.reference.stream import StreamState
from pathproof.reference.stream_table import BIDIRECTIONAL, MOST_STREAMS, UNIDIRECTIONAL, StreamTable

StreamFrame = (
    Stream
    | ResetStream
    | StopSending
    | MaxData
    | MaxStreamData
    | MaxStreams
    | DataBlocked
    | StreamDataBlocked
    | StreamsBlocked
)
"""The frames about streams, their data and their number."""

LEAST_FRAME: Final = 2
"""No frame about streams is shorter, in bytes."""


class StreamOutbox:
    """Frames about streams that are due, and the streams that have data to send, in turn.

    A frame that is due is made when it is sent, so that it says what is true then, and it is left out if
    nothing needs it any more (13.3-03).
    """

    __slots__ = ("_due", "_ready", "_touched", "allowance", "table", "window")

    def __init__(self, table: StreamTable, window: int, touched: Callable[[], None] = lambda: None) -> None:
        self.table, self._touched = table, touched
        self.allowance = Allowance(0)  # for the data of all streams
        self.window = Window(window)
        self._due: dict[tuple[type[StreamFrame], int], None] = {}  # class, and stream or kind, as they came
        self._ready: deque[SendingPart] = deque()

    @property
    def is_idle(self) -> bool:
        """Whether nothing could be sent now."""
        return not self._due and not any(part.can_send(self.allowance) for part in self._ready)

    def owe(self, kind: type[StreamFrame], about: int = 0) -> None:
        """A frame is to be sent."""
        self._due[kind, about] = None
        self._touched()

    def queue(self, part: SendingPart, first: bool = False) -> None:
        """A stream has something to send; what was lost goes before what is new (RFC 9000 13.3)."""
        self._touched()
        if not part.is_queued:
            part.is_queued = True
            (self._ready.appendleft if first else self._ready.append)(part)

    def queue_all(self) -> None:
        """The limit of the connection is higher: all streams with data may go on."""
        for state in self.table.streams.values():
            if state.sending is not None and state.sending.can_send(self.allowance):
                self.queue(state.sending)

    def remind(self) -> None:
        """Say again which limits block (RFC 9000 4.1)."""
        for state in self.table.streams.values():
            if state.sending is not None and state.sending.buffer.unsent:
                self.owe(StreamDataBlocked, state.id)
                self.owe(DataBlocked)

    # What is sent.

    def frames(self, room: int) -> Iterator[StreamFrame]:
        """Yield frames that take at most `room` bytes together, and take each as sent."""
        while room >= LEAST_FRAME:
            frame = (self._next_due(room) if self._due else None) or self._next_data(room)
            if frame is None and self._due:  # that a limit blocks, perhaps
                frame = self._next_due(room)
            if frame is None:
                return
            room -= size_of_stream(frame) if isinstance(frame, Stream) else len(write_frame(frame))
            yield frame

    def _next_due(self, room: int) -> StreamFrame | None:
        """The first frame that is due and fits; those that nothing needs any more are dropped."""
        for due in list(self._due):
            frame = self._make(*due)
            if frame is None:
                del self._due[due]
            elif len(write_frame(frame)) <= room:
                del self._due[due]
                self._sent(frame)
                return frame
        return None

    def _next_data(self, room: int) -> Stream | None:
        """A STREAM frame of the stream whose turn it is, as long as fits."""
        ready = self._ready
        while ready:
            part = ready[0]
            if part.can_send(self.allowance):
                frame = part.frame(room, self.allowance)
                if frame is not None:
                    ready.rotate(-1)
                return frame
            ready.popleft()
            part.is_queued = False
            self._tell_blocked(part)
        return None

    def _tell_blocked(self, part: SendingPart) -> None:
        """Say which limit keeps a stream from sending, once for each (RFC 9000 4.1)."""
        if part.reset is not None or not part.buffer.unsent:
            return
        if not part.allowance.room and part.allowance.tell() is not None:
            self.owe(StreamDataBlocked, part.id)
        if not self.allowance.room and self.allowance.tell() is not None:
            self.owe(DataBlocked)

    def _make(self, kind: type[StreamFrame], about: int) -> StreamFrame | None:
        """Make a frame that is due, with what it says now; None if nothing needs it any more."""
        if kind is MaxData:
            return MaxData(self.window.next_limit)
        if kind is DataBlocked:
            return None if self.allowance.room else DataBlocked(self.allowance.limit)
        if kind is MaxStreams:
            limit = min(self.table.windows[about].next_limit, MOST_STREAMS)
            return MaxStreams(limit, about == BIDIRECTIONAL)
        if kind is StreamsBlocked:
            allowance = self.table.allowances[about]
            return None if allowance.room else StreamsBlocked(allowance.limit, about == BIDIRECTIONAL)
        return self._make_for_stream(kind, about)

    def _make_for_stream(self, kind: type[StreamFrame], about: int) -> StreamFrame | None:
        state = self.table.streams.get(about)
        if state is None:
            return None
        sending, receiving = state.sending, state.receiving
        if receiving is not None and receiving.final is None:  # no more once the size is known (RFC 9000 3.3)
            if kind is MaxStreamData:
                return MaxStreamData(about, receiving.window.next_limit)
            if kind is StopSending and receiving.stop_code is not None:
                return StopSending(about, receiving.stop_code)
        if sending is not None and kind is ResetStream:
            return None if sending.is_done else sending.reset
        if sending is not None and kind is StreamDataBlocked and sending.reset is None:
            blocked = sending.buffer.unsent and not sending.allowance.room
            return StreamDataBlocked(about, sending.allowance.limit) if blocked else None
        return None

    def _sent(self, frame: StreamFrame) -> None:
        """A limit binds from when it is sent."""
        match frame:
            case MaxData(limit):
                self.window.limit = limit
            case MaxStreams(limit, bidirectional):
                self.table.windows[not bidirectional].limit = limit
            case MaxStreamData(stream, limit):
                receiving = self.table.streams[stream].receiving
                assert receiving is not None
                receiving.window.limit = limit

    # What becomes of it.

    def acked(self, frame: StreamFrame) -> None:
        """A packet with this frame was acknowledged."""
        match frame:
            case Stream(stream):
                state = self.table.streams.get(stream)
                if state is not None and state.sending is not None:
                    state.sending.acked(frame)
                    self.tidy(state)
            case ResetStream(stream):
                state = self.table.streams.get(stream)
                if state is not None and state.sending is not None:
                    state.sending.reset_acked()
                    self.tidy(state)

    def lost(self, frame: StreamFrame) -> None:
        """A packet with this frame was lost: what is still needed of it is sent again (13.3-03)."""
        match frame:
            case Stream(stream):
                state = self.table.streams.get(stream)
                if state is not None and state.sending is not None:
                    state.sending.lost(frame)
                    self.queue(state.sending, first=True)
            case ResetStream(stream) | StopSending(stream) | StreamDataBlocked(stream):
                self.owe(type(frame), stream)
            case MaxStreamData(stream, limit):
                state = self.table.streams.get(stream)
                part = None if state is None else state.receiving
                if part is not None and part.window.limit == limit:
                    self.owe(MaxStreamData, stream)
            case MaxData(limit):
                if limit == self.window.limit:
                    self.owe(MaxData)
            case MaxStreams(limit, bidirectional):
                kind = BIDIRECTIONAL if bidirectional else UNIDIRECTIONAL
                if limit == self.table.windows[kind].limit:
                    self.owe(MaxStreams, kind)
            case StreamsBlocked(_, bidirectional):
                self.owe(StreamsBlocked, BIDIRECTIONAL if bidirectional else UNIDIRECTIONAL)
            case DataBlocked():
                self.owe(DataBlocked)

    def tidy(self, state: StreamState) -> None:
        """Forget a stream that is at its end; the peer may open more (RFC 9000 4.6)."""
        kind = self.table.tidy(state)
        if kind is not None:
            self.owe(MaxStreams, kind)
