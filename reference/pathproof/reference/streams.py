"""The streams of a connection (RFC 9000 2 to 4): what an application does with them, and what frames do."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.frames import (
    MaxData,
    MaxStreamData,
    MaxStreams,
    ResetStream,
    StopSending,
    Stream,
    StreamDataBlocked,
    StreamsBlocked,
)
from pathproof.reference.receiving_part import ReceivingPart
from pathproof.reference.sending_part import SendingPart
from pathproof.reference.stream import SendingStopped, StreamData, StreamEvent, StreamReset, StreamState
from pathproof.reference.stream_outbox import StreamFrame, StreamOutbox
from pathproof.reference.stream_table import BIDIRECTIONAL, UNIDIRECTIONAL, StreamTable
from pathproof.reference.transport_parameters import TransportParameters


class Streams:
    """All streams of one connection, at one end.

    `local` are this endpoint's transport parameters; nothing is sent before `state_limits` hears the peer's.
    `touched` hears that there may be something to send.

    Examples
    --------
    >>> limits = TransportParameters(
    ...     initial_max_data=1000, initial_max_stream_data_bidi_remote=500, initial_max_streams_bidi=1
    ... )
    >>> client, server = Streams(True, limits), Streams(False, limits)
    >>> client.state_limits(limits)
    >>> stream = client.open()
    >>> client.write(stream, b"GET /", fin=True)
    >>> for frame in client.frames(room=1200):
    ...     server.receive(frame)
    >>> list(server.read())
    [StreamData(stream=0, data=b'GET /', fin=True)]
    """

    __slots__ = ("_outbox", "_received", "_stopped", "_table", "_unread")

    def __init__(
        self, is_client: bool, local: TransportParameters, touched: Callable[[], None] = lambda: None
    ) -> None:
        self._table = StreamTable(is_client, local)
        self._outbox = StreamOutbox(self._table, local.initial_max_data, touched)
        self._received = 0  # how far the peer has come on all streams together
        self._unread: dict[int, ReceivingPart] = {}  # by stream, with something to hear of
        self._stopped: list[SendingStopped] = []

    def state_limits(self, remote: TransportParameters) -> None:
        """The peer has stated its limits, in its transport parameters."""
        self._table.state_limits(remote)
        self._outbox.allowance.raise_to(remote.initial_max_data)

    # What an application does.

    def open(self, bidirectional: bool = True) -> int | None:
        """Open a stream and return its number, or None while the peer allows no more (RFC 9000 4.6)."""
        kind = BIDIRECTIONAL if bidirectional else UNIDIRECTIONAL
        stream = self._table.open(kind)
        if stream is None and self._table.allowances[kind].tell() is not None:
            self._outbox.owe(StreamsBlocked, kind)
        return stream

    def write(self, stream: int, data: bytes, fin: bool = False) -> None:
        """Send bytes on a stream; after a reset, also one that the peer asked for, they are dropped.

        Raises
        ------
        ValueError
            If nothing was ever to be sent from here on this stream, or its end was written before.
        """
        part = self._sending(stream)
        if part is not None:
            part.write(data, fin)
            self._outbox.queue(part)

    def unacknowledged(self, stream: int) -> int:
        """Return how many bytes of a stream are held: not sent, or not known to have arrived."""
        state = self._table.streams.get(stream)
        return 0 if state is None or state.sending is None else state.sending.buffer.unacknowledged

    def reset(self, stream: int, error_code: int) -> None:
        """Give up sending on a stream.

        Raises
        ------
        ValueError
            If nothing was ever to be sent from here on this stream.
        """
        part = self._sending(stream)
        if part is not None and part.abort(error_code):
            self._outbox.owe(ResetStream, stream)

    def stop(self, stream: int, error_code: int) -> None:
        """Ask the peer to send nothing more on a stream (RFC 9000 3.5).

        Raises
        ------
        ValueError
            If nothing was ever to be received here on this stream.
        """
        state = self._table.streams.get(stream)
        if not self._table.was_opened(stream) or (state is not None and state.receiving is None):
            raise ValueError(f"stream {stream} is not one to receive on")
        if state is not None and state.receiving is not None and not state.receiving.is_done:
            state.receiving.stop(error_code)
            self._outbox.owe(StopSending, stream)
            self._drop(state, state.receiving)

    def read(self) -> Iterator[StreamEvent]:
        """Yield what has happened since the last call; what was read makes room for the peer to send more."""
        stopped, self._stopped = self._stopped, []
        yield from stopped
        while self._unread:
            stream = next(iter(self._unread))
            yield self._read(stream, self._unread.pop(stream))

    # What frames do.

    def receive(self, frame: StreamFrame) -> None:
        """Process a frame about streams.

        Raises
        ------
        ProtocolError
            FLOW_CONTROL_ERROR, FINAL_SIZE_ERROR, STREAM_LIMIT_ERROR or STREAM_STATE_ERROR.
        """
        match frame:
            case Stream(stream):
                state = self._table.for_data(stream, 0x08)
                if state is not None and state.receiving is not None and not state.receiving.is_done:
                    self._count(state, state.receiving, state.receiving.receive(frame), 0x08)
            case ResetStream(stream):
                state = self._table.for_data(stream, 0x04)
                if state is not None and state.receiving is not None and not state.receiving.is_done:
                    self._count(state, state.receiving, state.receiving.reset(frame), 0x04)
            case MaxData(limit):
                if self._outbox.allowance.raise_to(limit):
                    self._outbox.queue_all()
            case MaxStreamData(stream, limit):
                state = self._table.for_control(stream, 0x11)
                part = None if state is None else state.sending
                if part is not None and part.allowance.raise_to(limit):
                    self._outbox.queue(part)
            case MaxStreams(limit, bidirectional):
                self._table.allowances[BIDIRECTIONAL if bidirectional else UNIDIRECTIONAL].raise_to(limit)
            case StopSending(stream, error_code):
                self._stop_sending(self._table.for_control(stream, 0x05), error_code)
            case StreamDataBlocked(stream):
                self._table.for_data(stream, 0x15)
            case _:
                pass  # DATA_BLOCKED and STREAMS_BLOCKED ask for nothing (RFC 9000 4.1, 4.6)

    def _count(self, state: StreamState, part: ReceivingPart, further: int, frame_type: int) -> None:
        """Count bytes toward the limit of the connection, also those that nobody will read (RFC 9000 4.1)."""
        self._received += further
        if not self._outbox.window.allows(self._received):
            raise ProtocolError(code_of("FLOW_CONTROL_ERROR"), "more data than allowed", frame_type)
        if part.stop_code is not None or part.reset_code is not None:
            self._drop(state, part)
        elif part.is_readable:
            self._unread[part.id] = part

    def _drop(self, state: StreamState, part: ReceivingPart) -> None:
        """Give back the room of bytes that nobody will read; a stream that was stopped needs no last word."""
        self._consume(part.release())
        if part.stop_code is not None and part.final is not None:
            part.end()
            self._unread.pop(part.id, None)
            self._outbox.tidy(state)
        elif part.reset_code is not None:
            self._unread[part.id] = part
        else:
            self._unread.pop(part.id, None)

    def _stop_sending(self, state: StreamState | None, error_code: int) -> None:
        """The peer wants nothing more: RESET_STREAM with its code answers (RFC 9000 3.5)."""
        if state is not None and state.sending is not None and state.sending.abort(error_code):
            self._outbox.owe(ResetStream, state.id)
            self._stopped.append(SendingStopped(state.id, error_code))

    # What is sent.

    @property
    def is_idle(self) -> bool:
        """Whether there is nothing that could be sent now."""
        return self._outbox.is_idle

    def frames(self, room: int) -> Iterator[StreamFrame]:
        """Yield frames that take at most `room` bytes together; each counts as sent."""
        return self._outbox.frames(room)

    def remind(self) -> None:
        """Say again which limits block, from time to time while nothing is in flight (RFC 9000 4.1)."""
        self._outbox.remind()

    def acked(self, frame: StreamFrame) -> None:
        """A packet with this frame was acknowledged."""
        self._outbox.acked(frame)

    def lost(self, frame: StreamFrame) -> None:
        """A packet with this frame was lost: what is still needed of it is sent again (13.3-03)."""
        self._outbox.lost(frame)

    # Details.

    def _sending(self, stream: int) -> SendingPart | None:
        """The sending part of a stream, or None if it has come to its end."""
        state = self._table.streams.get(stream)
        if not self._table.was_opened(stream) or (state is not None and state.sending is None):
            raise ValueError(f"stream {stream} is not one to send on")
        return None if state is None else state.sending

    def _read(self, stream: int, part: ReceivingPart) -> StreamEvent:
        """What has happened on a stream; a reset takes the place of what has arrived (RFC 9000 3.2)."""
        if part.reset_code is not None:
            part.end()
            event: StreamEvent = StreamReset(stream, part.reset_code)
        else:
            event = StreamData(stream, *part.take())
            part.window.consume(len(event.data))
            if part.final is None and part.window.is_low():
                self._outbox.owe(MaxStreamData, stream)
            self._consume(len(event.data))
        self._outbox.tidy(self._table.streams[stream])
        return event

    def _consume(self, amount: int) -> None:
        window = self._outbox.window
        window.consume(amount)
        if window.is_low():
            self._outbox.owe(MaxData)
