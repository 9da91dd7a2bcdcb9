"""Files over QUIC in the plainest way: hq-interop, that is HTTP/0.9 on streams, sans-IO but for the files.

A client opens a bidirectional stream and sends `GET /path`, CR and LF. The answer is the file, and the end of
the stream. There is nothing else to the protocol: where there is no such file, the stream is reset.
"""

from pathproof.reference.hq.fetcher import Fetched, Fetcher
from pathproof.reference.hq.names import ALPN, MOST_AT_ONCE, REFUSED, Refused, file_of, target_of
from pathproof.reference.hq.responder import CHUNK, LONGEST_REQUEST, LOW, Responder

__all__ = [
    "ALPN",
    "CHUNK",
    "LONGEST_REQUEST",
    "LOW",
    "MOST_AT_ONCE",
    "REFUSED",
    "Fetched",
    "Fetcher",
    "Refused",
    "Responder",
    "file_of",
    "target_of",
]
