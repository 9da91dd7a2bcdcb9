"""The cryptographic handshake (RFC 9001 4, 8): TLS 1.3 of aioquic, fed message by message.

What is here belongs between TLS and QUIC: which message comes in which space, what leaves, keys, transport
parameters and alerts. There are no session tickets and no 0-RTT. TLS makes its own random values and asks the
clock whether a certificate is valid; nothing else in the reference does.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass

from aioquic.buffer import Buffer  # type: ignore[attr-defined]
from aioquic.tls import Alert, CipherSuite, Context, Direction, Epoch, ExtensionType, State
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pathproof.reference.errors import ProtocolError, code_of, code_of_alert
from pathproof.reference.spaces import Space

OnKeys = Callable[[Space, Direction, CipherSuite, bytes], None]
"""Takes the secret of one space and direction, as soon as TLS has it."""

LONGEST_MESSAGE = 1 << 16
"""A longer handshake message is not waited for (RFC 9000 7.5)."""
_ROOM = 1 << 17
"""Bytes that a flight of our own may take: a chain of certificates is the most of it."""
_INTERNAL_ERROR, _MISSING_EXTENSION = 80, 109
_EPOCHS = {Epoch.INITIAL: Space.INITIAL, Epoch.HANDSHAKE: Space.HANDSHAKE, Epoch.ONE_RTT: Space.APPLICATION}
_COMPLETE = (State.CLIENT_POST_HANDSHAKE, State.SERVER_POST_HANDSHAKE)
_IN_INITIAL = (State.CLIENT_EXPECT_SERVER_HELLO, State.SERVER_EXPECT_CLIENT_HELLO)
_LABELS = {
    (Space.HANDSHAKE, True): "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    (Space.HANDSHAKE, False): "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    (Space.APPLICATION, True): "CLIENT_TRAFFIC_SECRET_0",
    (Space.APPLICATION, False): "SERVER_TRAFFIC_SECRET_0",
}


@dataclass(slots=True)
class Settings:
    """What TLS is to do: a server needs `certificates` and `private_key` in PEM, its own certificate first.

    A client checks the server's certificate for `server_name` against `ca_file`, or against certifi's if that
    is None, unless `verify` is False. `suites` None leaves the choice to aioquic.
    """

    alpn: tuple[str, ...]
    certificates: bytes = b""
    private_key: bytes = b""
    server_name: str | None = None
    verify: bool = True
    ca_file: str | None = None
    suites: tuple[CipherSuite, ...] | None = None


class Handshake:
    """One side of a handshake.

    Attributes
    ----------
    complete : bool
        Whether it is complete on this side (RFC 9001 4.1.1).
    peer_parameters : bytes or None
        What the peer declares, once it is there; authentic when the handshake is complete.
    alpn : str or None
        The application protocol, once it is agreed.

    Examples
    --------
    >>> client = Handshake(True, Settings(("hq-interop",), server_name="localhost"), b"", lambda *keys: None)
    >>> client.start()
    >>> client.take(Space.INITIAL)[0], client.complete
    (1, False)
    """

    def __init__(
        self,
        is_client: bool,
        settings: Settings,
        parameters: bytes,
        on_keys: OnKeys,
        on_secret: Callable[[str], None] | None = None,
    ) -> None:
        """Prepare TLS; `on_secret` takes lines of a key log in NSS format, for those who may look in."""
        self._is_client, self._on_keys, self._on_secret = is_client, on_keys, on_secret
        self._tls = _context(is_client, settings)
        self._tls.handshake_extensions = [(ExtensionType.QUIC_TRANSPORT_PARAMETERS, parameters)]
        self._tls.update_traffic_key_cb = self._keys
        self._received = {space: bytearray() for space in Space}
        self._sent = dict.fromkeys(Space, b"")
        self._secrets: list[tuple[Space, Direction, CipherSuite, bytes]] = []
        self.peer_parameters: bytes | None = None

    @property
    def complete(self) -> bool:
        """Whether TLS has sent and verified Finished."""
        return self._tls.state in _COMPLETE

    @property
    def alpn(self) -> str | None:
        """The application protocol that both sides agreed on (RFC 9001 8.1)."""
        return self._tls.alpn_negotiated

    def start(self) -> None:
        """Make a client's first message."""
        self._step(b"")

    def take(self, space: Space) -> bytes:
        """Return what is to be sent in CRYPTO frames of a space, behind what was taken before."""
        taken, self._sent[space] = self._sent[space], b""
        return taken

    def receive(self, space: Space, data: bytes) -> None:
        """Take the next bytes of the CRYPTO stream of a space.

        Raises
        ------
        ProtocolError
            CRYPTO_ERROR with an alert of TLS, PROTOCOL_VIOLATION for a message in the wrong space,
            CRYPTO_BUFFER_EXCEEDED for one that is too long.
        """
        buffer = self._received[space]
        buffer += data
        while len(buffer) >= 4:
            length = 4 + int.from_bytes(buffer[1:4], "big")
            if length > LONGEST_MESSAGE:
                says = f"a handshake message has {length} bytes"
                raise ProtocolError(code_of("CRYPTO_BUFFER_EXCEEDED"), says)
            if len(buffer) < length:
                break
            self._refuse_elsewhere(space)
            message = bytes(buffer[:length])
            del buffer[:length]
            self._step(message)
        if buffer:
            self._refuse_elsewhere(space)

    def _refuse_elsewhere(self, space: Space) -> None:
        """Refuse what does not stand in the space of the message that TLS waits for (RFC 9001 4.1.3)."""
        state = self._tls.state
        expected = Space.INITIAL if state in _IN_INITIAL else Space.HANDSHAKE
        if self.complete:
            expected = Space.APPLICATION
        if space != expected:
            says = f"a handshake message in space {space.name} instead of {expected.name}"
            raise ProtocolError(code_of("PROTOCOL_VIOLATION"), says)

    def _step(self, message: bytes) -> None:
        """Give one message to TLS, and keep what it answers."""
        output = {epoch: Buffer(capacity=_ROOM) for epoch in _EPOCHS}
        try:
            self._tls.handle_message(message, output)
        except Alert as alert:
            says = f"TLS: {str(alert) or alert.description.name}"
            raise ProtocolError(code_of_alert(alert.description), says) from None
        except Exception as error:  # whatever a hostile message brings about inside of TLS
            raise ProtocolError(code_of_alert(_INTERNAL_ERROR), f"TLS: {error!r}") from error
        for epoch, buffer in output.items():
            self._sent[_EPOCHS[epoch]] += buffer.data
        self._take_parameters()
        secrets, self._secrets = self._secrets, []
        for space, direction, suite, secret in secrets:
            self._tell(space, direction, secret)
            self._on_keys(space, direction, suite, secret)

    def _take_parameters(self) -> None:
        """Transport parameters have to be there as soon as extensions are (RFC 9001 8.2)."""
        if self.peer_parameters is None and self._tls.received_extensions is not None:
            found = dict(self._tls.received_extensions)
            if ExtensionType.QUIC_TRANSPORT_PARAMETERS not in found:
                raise ProtocolError(
                    code_of_alert(_MISSING_EXTENSION), "TLS: there are no transport parameters"
                )
            self.peer_parameters = found[ExtensionType.QUIC_TRANSPORT_PARAMETERS]

    def _keys(self, direction: Direction, epoch: Epoch, suite: CipherSuite, secret: bytes) -> None:
        """Keep a secret until TLS is done with the message: what is called then may raise what it likes."""
        self._secrets.append((_EPOCHS[epoch], direction, suite, secret))

    def _tell(self, space: Space, direction: Direction, secret: bytes) -> None:
        """One line for a key log."""
        random = self._tls.client_random
        if self._on_secret and random is not None:
            of_client = (direction is Direction.ENCRYPT) == self._is_client
            self._on_secret(f"{_LABELS[space, of_client]} {random.hex()} {secret.hex()}")


def _context(is_client: bool, settings: Settings) -> Context:
    """TLS with these settings."""
    context = Context(
        is_client,
        alpn_protocols=list(settings.alpn),
        cafile=settings.ca_file,
        cipher_suites=list(settings.suites) if settings.suites else None,
        server_name=settings.server_name,
        verify_mode=ssl.CERT_REQUIRED if is_client and settings.verify else ssl.CERT_NONE,
    )
    if settings.certificates:
        context.certificate, *context.certificate_chain = x509.load_pem_x509_certificates(
            settings.certificates
        )
        key = load_pem_private_key(settings.private_key, None)
        context.certificate_private_key = key  # type: ignore[assignment]
    return context
