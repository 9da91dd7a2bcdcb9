"""The two ways in which what a peer sends can be wrong: the connection ends, or the packet is dropped.

Nothing else is raised on account of a peer. `ProtocolError` has the transport error code for CONNECTION_CLOSE
(RFC 9000 11.1, 20.1). `Undecryptable` and `Unreadable` leave no trace but a count: anyone can send such a
packet, and those coalesced with it are still processed (RFC 9000 5.2, 12.2).
"""

from __future__ import annotations

from pathproof.spec.names import CRYPTO_ERROR
from pathproof.spec.wire_image import Malformed, errors


def code_of(name: str) -> int:
    """Return the transport error code with this name.

    Raises
    ------
    KeyError
        If RFC 9000 20.1 has no such name.

    Examples
    --------
    >>> code_of("PROTOCOL_VIOLATION")
    10
    """
    return errors()[name].code


def code_of_alert(alert: int) -> int:
    """Return the transport error code that carries this TLS alert (RFC 9001 4.8).

    >>> hex(code_of_alert(40))
    '0x128'
    """
    return CRYPTO_ERROR[alert]


class ProtocolError(Exception):
    """The connection must close with this transport error; `frame_type` is of the frame that broke a rule.

    Examples
    --------
    >>> raise ProtocolError(code_of("FRAME_ENCODING_ERROR"), "PING has a length", 0x01)
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: PING has a length (FRAME_ENCODING_ERROR)
    """

    def __init__(self, code: int, says: str, frame_type: int | None = None) -> None:
        """Keep what CONNECTION_CLOSE is to say."""
        super().__init__(f"{says} ({name_of(code)})")
        self.code, self.says, self.frame_type = code, says, frame_type


def of_malformed(wrong: Malformed, frame_type: int | None = None) -> ProtocolError:
    """Return the error that a check of the wire image names.

    >>> from pathproof.spec.wire_image import decode, item
    >>> try:
    ...     decode(item("PATH_CHALLENGE"), bytes.fromhex("1a0102"))
    ... except Malformed as wrong:
    ...     print(of_malformed(wrong))
    PATH_CHALLENGE: ends within data (FRAME_ENCODING_ERROR)
    """
    return ProtocolError(code_of(wrong.error), str(wrong).removesuffix(f" ({wrong.error})"), frame_type)


class Undecryptable(Exception):
    """The packet does not open with the keys there are: it is dropped, and the connection goes on."""


class Unreadable(Exception):
    """No header of a packet is here: what is left of the datagram is dropped."""


def name_of(code: int) -> str:
    """Return the name of a transport error code, or the code itself where it has none.

    >>> name_of(9), name_of(0x128), name_of(0x4711)
    ('CONNECTION_ID_LIMIT_ERROR', 'CRYPTO_ERROR, alert 40', '0x4711')
    """
    if code in CRYPTO_ERROR:
        return f"CRYPTO_ERROR, alert {code - CRYPTO_ERROR.start}"
    return next((error.name for error in errors().values() if error.code == code), f"{code:#x}")
