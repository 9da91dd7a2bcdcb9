"""What each stack is known to log, and what it leaves out: the knowledge that turns silence into facts.

Found by reading the stacks' writers and by comparing traces of both ends (in 2026):

Datagrams and sizes, of the same traces beside their packet captures:

* **aioquic** logs a datagram that comes before the packets in it; those that go come after a whole flight of
  packets, so which packet is in which is not told. `length` counts the UDP header, `payload_length` does not.
* **quic-go** and **ngtcp2** log none, and **picoquic** logs those that go behind their packets.
* **picoquic** tells addresses when one is not the latest told; sizes of packets that go lack the AEAD tag.

Connection IDs and parameters:

* **aioquic** logs both connection IDs of every packet (an empty `scid` in short headers), every transport
  parameter that was sent or received as a number, flag or byte string, and tokens. `preferred_address` is a
  structure and is never logged. Times are wall-clock milliseconds.
* **quic-go** leaves out a connection ID of zero length and writes its length 0 beside it (in other places
  `(empty)`). It fills in the default of `active_connection_id_limit` before it logs. Whether the server's
  reset token and original destination connection ID are logged depends on the version: without them in the
  log, nothing follows. Tokens and data are whole byte strings, two digits a byte, zeros included.
* **ngtcp2** logs no connection ID in any packet header. It logs every connection ID parameter that is there;
  the limit is logged with its default filled in.
* **picoquic** leaves out a connection ID of zero length and logs every transport parameter as it was on the
  wire, a flag as an empty string. It writes a second `parameters_set` event for TLS matters, with no
  parameter in it; readers skip that one. `preferred_address` is written as broken JSON (an opening brace is
  missing): the event is lost and becomes a gap.
* **pathproof** is the reference of this project: it logs everything that the event model has.
* **other** stands for every other stack: a parameter that is not logged is `NOT_LOGGED`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pathproof.conformance.events import Capability


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one stack writes its traces.

    `logged_when_present` names the fields of `Parameters` whose silence means `ABSENT`.
    `empty_id_left_out`: a header without a connection ID has one of zero length. `group_is_original`: the
    trace's group is the original destination connection ID. `shows` is what traces can show unless the first
    events prove otherwise. `datagram_first`: a packet that comes is in the latest datagram that came.
    `tag_left_out`: the size of a packet that goes lacks the AEAD tag. `changes_only`: an address is told when
    it is not the latest that was told.
    """

    name: str
    logged_when_present: frozenset[str]
    empty_id_left_out: bool
    group_is_original: bool
    shows: frozenset[Capability]
    datagram_first: bool = False
    tag_left_out: bool = False
    changes_only: bool = False


_IDENTIFIERS: Final = frozenset(
    {
        "active_connection_id_limit",
        "initial_source_connection_id",
        "original_destination_connection_id",
        "retry_source_connection_id",
        "stateless_reset_token",
        "disable_active_migration",
    }
)
_PREFERRED: Final = frozenset({"preferred_address_connection_id", "preferred_address_token"})
_NO_IDS: Final[frozenset[Capability]] = frozenset({"ncid_token", "packet_number", "frames", "limit"})
_ALL: Final[frozenset[Capability]] = _NO_IDS | {"dcid", "scid"}

AIOQUIC: Final = Dialect("aioquic", _IDENTIFIERS, False, False, _ALL, datagram_first=True)
QUIC_GO: Final = Dialect("quic-go", frozenset({"active_connection_id_limit"}), False, True, _ALL)
NGTCP2: Final = Dialect("ngtcp2", _IDENTIFIERS | _PREFERRED, False, True, _NO_IDS)
PICOQUIC: Final = Dialect(
    "picoquic", _IDENTIFIERS | _PREFERRED, True, False, _ALL, tag_left_out=True, changes_only=True
)
PATHPROOF: Final = Dialect(
    "pathproof", _IDENTIFIERS | _PREFERRED, False, True, _ALL | {"datagrams", "addresses"}
)
OTHER: Final = Dialect("other", frozenset(), False, False, frozenset())

KNOWN: Final = (AIOQUIC, QUIC_GO, NGTCP2, PICOQUIC, PATHPROOF)
"""The dialects that can be told by a name in the trace."""


def recognise(*names: str | None) -> tuple[Dialect, str]:
    """Return the dialect, and the stack as logged, from the names in a trace, most telling first.

    >>> dialect, stack = recognise(None, "quic-go qlog")
    >>> dialect.name, stack
    ('quic-go', 'quic-go qlog')
    >>> recognise("quiche", None)[0].name
    'other'
    """
    for name in names:
        for dialect in KNOWN:
            if name and dialect.name in name.lower():
                return dialect, name
    return OTHER, next((name for name in names if name), "")
