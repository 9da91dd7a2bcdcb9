"""Which sequence number each connection ID and each stateless reset token first came with.

The machine knows connection IDs by sequence numbers, packets bear bytes: the ledger translates. It holds one
entry for every connection ID that the issuer has provided, retired ones too, since none may be provided again
(RFC 9000, Section 5.1). So its size is bounded by what the issuer issued: at most 36 bytes of content each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.events import Missing

STRANGER = -1
"""The name of something new under a sequence number that already has something else: no sequence number."""


@dataclass(slots=True)
class Ledger:
    """The connection IDs and tokens of one issuer.

    >>> ledger = Ledger()
    >>> ledger.record(1, b"one", b"token")
    >>> ledger.cid_name(1, b"one"), ledger.cid_name(2, b"one"), ledger.cid_name(1, b"other") == STRANGER
    (1, 1, True)
    """

    _cids: dict[bytes, int] = field(default_factory=dict)
    _tokens: dict[bytes, int] = field(default_factory=dict)
    _known: dict[int, tuple[bytes | Missing, bytes | Missing]] = field(default_factory=dict)

    def record(self, number: int, cid: bytes | Missing, token: bytes | Missing) -> None:
        """Enter what came with a number; what is there already stays."""
        old_cid, old_token = self._known.get(number, (Missing.NOT_LOGGED, Missing.NOT_LOGGED))
        cid = cid if isinstance(old_cid, Missing) else old_cid
        token = token if isinstance(old_token, Missing) else old_token
        self._known[number] = (cid, token)
        if not isinstance(cid, Missing):
            self._cids.setdefault(cid, number)
        if not isinstance(token, Missing):
            self._tokens.setdefault(token, number)

    def rename_first(self, cid: bytes) -> None:
        """Number 0 turns out to have this connection ID, whatever was taken for it before."""
        old, token = self._known.get(0, (Missing.NOT_LOGGED, Missing.NOT_LOGGED))
        if not isinstance(old, Missing) and self._cids.get(old) == 0:
            del self._cids[old]
        self._known[0] = (Missing.NOT_LOGGED, token)
        self.record(0, cid, token)

    def known(self, number: int) -> bool:
        """Whether a connection ID has come with this number."""
        return number in self._known

    def number(self, cid: bytes) -> int | None:
        """Return the number of a connection ID, None for one that the issuer did not provide."""
        return self._cids.get(cid)

    def cid_name(self, number: int, cid: bytes | Missing) -> int:
        """Return the number that a connection ID first came with, as the machine's rules ask for it."""
        return _name(self._cids, number, cid, self._known.get(number, (Missing.NOT_LOGGED,))[0])

    def token_name(self, number: int, token: bytes | Missing) -> int:
        """Return the number that a token first came with; a token that is not logged agrees with all."""
        return _name(self._tokens, number, token, self._known.get(number, (Missing.NOT_LOGGED,))[-1])


def _name(names: dict[bytes, int], number: int, value: bytes | Missing, held: bytes | Missing) -> int:
    """Return the number that `value` is known by, where `number` holds `held`."""
    if isinstance(value, Missing):
        return number
    if value in names:
        return names[value]
    return number if isinstance(held, Missing) else STRANGER
