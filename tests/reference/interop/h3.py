"""HTTP/3 as far as files need it: what hq says on streams, said in HEADERS and DATA frames.

Frames and QPACK are aioquic's. To a `Fetcher` or a `Responder` of hq this looks like the streams of a
connection, so that whoever speaks only HTTP/3 is served, and asked for files, by the code that serves hq.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from aioquic.h3.connection import ErrorCode, H3Connection
from aioquic.h3.events import DataReceived, H3Event, HeadersReceived
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.events import StreamDataReceived

from pathproof.reference.connection import Connection
from pathproof.reference.hq import Fetcher
from pathproof.reference.stream import StreamData, StreamEvent, StreamReset
from pathproof.reference.streams import Streams
from pathproof.reference.udp import Server

ALPN = "h3"
AUTHORITY = b"localhost"
FOUND = b"200"


class H3Broken(Exception):
    """The peer broke a rule of HTTP/3."""


class _Below:
    """What aioquic asks of a QUIC connection, done by the streams of the reference."""

    _quic_logger = None
    _remote_max_datagram_frame_size = (
        65535  # so that a peer may say that it could take datagrams; none are sent
    )

    def __init__(self, streams: Streams, is_client: bool) -> None:
        self.streams, self.configuration = streams, QuicConfiguration(is_client=is_client)

    def get_next_available_stream_id(self, is_unidirectional: bool = False) -> int:
        stream = self.streams.open(not is_unidirectional)
        if stream is None:
            raise H3Broken("three unidirectional streams are needed (RFC 9114 6.2)")
        return stream

    def send_stream_data(self, stream_id: int, data: bytes, end_stream: bool = False) -> None:
        self.streams.write(stream_id, data, end_stream)

    def reset_stream(self, stream_id: int, error_code: int) -> None:
        self.streams.reset(stream_id, error_code)

    def close(self, error_code: int, reason_phrase: str) -> None:
        raise H3Broken(f"{ErrorCode(error_code).name}: {reason_phrase}")


class H3Streams:
    """Streams on which requests and answers of hq go as HTTP/3."""

    def __init__(self, streams: Streams, is_client: bool) -> None:
        """Nothing is said before the first call of `read`: the peer's limits must be known by then."""
        self.streams, self.is_client = streams, is_client
        self._h3: H3Connection | None = None
        self._begun: set[int] = set()  # streams on which an answer has its headers

    @property
    def h3(self) -> H3Connection:
        """The HTTP/3 connection; its SETTINGS are on their way."""
        if self._h3 is None:
            self._h3 = H3Connection(cast(Any, _Below(self.streams, self.is_client)))
        return self._h3

    def open(self) -> int | None:
        """Open a stream for a request, if the peer allows it."""
        return self.streams.open()

    def unacknowledged(self, stream: int) -> int:
        """Bytes that are held of a stream."""
        return self.streams.unacknowledged(stream)

    def write(self, stream: int, data: bytes, fin: bool = False) -> None:
        """Send a request, or bytes of an answer."""
        if self.is_client:
            path = data.split()[1]
            scheme = [
                (b":method", b"GET"),
                (b":scheme", b"https"),
                (b":authority", AUTHORITY),
                (b":path", path),
            ]
            self.h3.send_headers(stream, scheme, fin)
            return
        if stream not in self._begun:
            self._begun.add(stream)
            self.h3.send_headers(stream, [(b":status", FOUND)])
        self.h3.send_data(stream, data, fin)

    def reset(self, stream: int, error_code: int) -> None:
        """Refuse a request."""
        self.streams.reset(stream, ErrorCode.H3_REQUEST_REJECTED)

    def read(self) -> Iterator[StreamEvent]:
        """What has come: of requests and answers, in the words of hq."""
        h3 = self.h3
        for event in self.streams.read():
            if isinstance(event, StreamData):
                for heard in h3.handle_event(StreamDataReceived(event.data, event.fin, event.stream)):
                    yield from self._of(heard)
            else:
                yield event

    def _of(self, heard: H3Event) -> Iterator[StreamEvent]:
        if isinstance(heard, HeadersReceived):
            fields = dict(heard.headers)
            if not self.is_client:
                yield StreamData(heard.stream_id, b"GET " + fields[b":path"] + b"\r\n", heard.stream_ended)
            elif fields.get(b":status") != FOUND:
                yield StreamReset(heard.stream_id, int(fields.get(b":status", b"0")))
            elif heard.stream_ended:
                yield StreamData(heard.stream_id, b"", True)
        elif isinstance(heard, DataReceived) and self.is_client:
            yield StreamData(heard.stream_id, heard.data, heard.stream_ended)


def fetcher(streams: Streams, paths: Sequence[str], out: Path | None = None) -> Fetcher:
    """Asks for files by HTTP/3."""
    return Fetcher(cast(Streams, H3Streams(streams, True)), paths, out)


class H3Server(Server):
    """Serves files by HTTP/3."""

    def _begin(self, connection: Connection) -> None:
        super()._begin(connection)
        self._responders[connection].streams = cast(Streams, H3Streams(connection.streams, False))


__all__ = ["ALPN", "H3Broken", "H3Server", "H3Streams", "fetcher"]
