"""Which streams there are: how both sides open them, and how their number is limited (RFC 9000 4.6)."""

from __future__ import annotations

from typing import Final

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.flow_control import Allowance, Window
from pathproof.reference.receiving_part import ReceivingPart
from pathproof.reference.sending_part import SendingPart
from pathproof.reference.stream import StreamState, is_opened_by, is_unidirectional
from pathproof.reference.transport_parameters import TransportParameters

BIDIRECTIONAL, UNIDIRECTIONAL = range(2)
"""The two kinds of streams, each with limits of its own, by which the lists below are indexed."""

MOST_STREAMS: Final = 1 << 60
"""More streams of a kind than these have no number (RFC 9000 4.6)."""


class StreamTable:
    """The streams of one connection that are not at their end.

    Examples
    --------
    >>> table = StreamTable(True, TransportParameters(initial_max_streams_bidi=2))
    >>> table.open(BIDIRECTIONAL) is None  # the peer has stated no limit yet
    True
    >>> table.state_limits(TransportParameters(initial_max_streams_bidi=1))
    >>> table.open(BIDIRECTIONAL), table.open(BIDIRECTIONAL)
    (0, None)
    >>> table.for_data(5, 0x08).id, sorted(table.streams)  # the lower one is opened with it
    (5, [0, 1, 5])
    """

    __slots__ = (
        "_local",
        "_remote",
        "allowances",
        "is_client",
        "opened_here",
        "opened_there",
        "streams",
        "windows",
    )

    def __init__(self, is_client: bool, local: TransportParameters) -> None:
        self.is_client = is_client
        self.streams: dict[int, StreamState] = {}
        self.allowances = [Allowance(0), Allowance(0)]  # by kind, how many may be opened from here
        self.windows = [Window(local.initial_max_streams_bidi), Window(local.initial_max_streams_uni)]
        self.opened_there = [0, 0]
        self._local = local
        self._remote = TransportParameters()

    def state_limits(self, remote: TransportParameters) -> None:
        """The peer has stated its limits."""
        self._remote = remote
        self.allowances[BIDIRECTIONAL].raise_to(remote.initial_max_streams_bidi)
        self.allowances[UNIDIRECTIONAL].raise_to(remote.initial_max_streams_uni)

    def open(self, kind: int) -> int | None:
        """Open a stream, and return its number, or None if the peer allows no more (RFC 9000 4.6)."""
        allowance = self.allowances[kind]
        if not allowance.room:
            return None
        number = allowance.used << 2 | kind << 1 | (not self.is_client)
        allowance.used += 1
        self._create(number)
        return number

    def for_data(self, stream: int, frame_type: int) -> StreamState | None:
        """Return the stream that a frame of its sender is about, or None if it has come to its end.

        Raises
        ------
        ProtocolError
            STREAM_STATE_ERROR if the peer cannot send on it, or it is not open (RFC 9000 19.4, 19.8, 19.13);
            STREAM_LIMIT_ERROR if the peer may not open it (RFC 9000 4.6).
        """
        if is_unidirectional(stream) and is_opened_by(stream, self.is_client):
            raise ProtocolError(code_of("STREAM_STATE_ERROR"), "data on a send-only stream", frame_type)
        return self._find(stream, frame_type)

    def for_control(self, stream: int, frame_type: int) -> StreamState | None:
        """Return the stream that a frame of its receiver is about, or None if it has come to its end.

        Raises
        ------
        ProtocolError
            STREAM_STATE_ERROR if the peer does not receive on it, or it is not open (RFC 9000 19.5, 19.10);
            STREAM_LIMIT_ERROR if the peer may not open it (RFC 9000 4.6).
        """
        if is_unidirectional(stream) and not is_opened_by(stream, self.is_client):
            raise ProtocolError(code_of("STREAM_STATE_ERROR"), "control of a receive-only stream", frame_type)
        return self._find(stream, frame_type)

    def was_opened(self, stream: int) -> bool:
        """Whether a stream is open, or has been."""
        kind = is_unidirectional(stream)
        here = is_opened_by(stream, self.is_client)
        return stream >> 2 < (self.allowances[kind].used if here else self.opened_there[kind])

    def _find(self, stream: int, frame_type: int) -> StreamState | None:
        """Return a stream; the peer opens it by naming it, and all lower ones with it (RFC 9000 3.2)."""
        state = self.streams.get(stream)
        if state is not None:
            return state
        kind, place = is_unidirectional(stream), stream >> 2
        if is_opened_by(stream, self.is_client):
            if not self.was_opened(stream):
                raise ProtocolError(code_of("STREAM_STATE_ERROR"), "a stream that is not open", frame_type)
            return None
        if not self.windows[kind].allows(place + 1):
            raise ProtocolError(code_of("STREAM_LIMIT_ERROR"), "more streams than allowed", frame_type)
        for lower in range(self.opened_there[kind], place + 1):
            self._create(lower << 2 | stream & 3)
        self.opened_there[kind] = max(self.opened_there[kind], place + 1)
        return self.streams.get(stream)

    def _create(self, stream: int) -> None:
        """Create the parts of a stream, with the limits that both sides have stated for its kind."""
        here, local, remote = is_opened_by(stream, self.is_client), self._local, self._remote
        if is_unidirectional(stream):
            allowed, window = remote.initial_max_stream_data_uni, local.initial_max_stream_data_uni
        elif here:
            allowed = remote.initial_max_stream_data_bidi_remote
            window = local.initial_max_stream_data_bidi_local
        else:
            allowed = remote.initial_max_stream_data_bidi_local
            window = local.initial_max_stream_data_bidi_remote
        one_way = is_unidirectional(stream)
        sending = SendingPart(stream, allowed) if here or not one_way else None
        receiving = ReceivingPart(stream, window) if not here or not one_way else None
        self.streams[stream] = StreamState(stream, sending, receiving)

    def tidy(self, state: StreamState) -> int | None:
        """Forget a stream that is at its end; return its kind if the peer should hear of more room."""
        if not state.is_done or self.streams.pop(state.id, None) is None:
            return None
        if is_opened_by(state.id, self.is_client):
            return None
        kind = int(is_unidirectional(state.id))
        self.windows[kind].consume(1)
        return kind if self.windows[kind].is_low() else None
