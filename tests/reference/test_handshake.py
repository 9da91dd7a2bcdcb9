"""The handshake: two sides agree, and what goes wrong is an alert or a violation."""

from __future__ import annotations

from pathlib import Path

import pytest
from aioquic.tls import CipherSuite, Direction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.certificates import HOST, self_signed

from pathproof.reference.errors import ProtocolError, code_of_alert, name_of
from pathproof.reference.handshake import LONGEST_MESSAGE, Handshake, Settings
from pathproof.reference.protection import CONFIDENTIALITY_LIMIT
from pathproof.reference.spaces import Space

Secrets = dict[tuple[Space, Direction], bytes]
ALPN = ("hq-interop",)


def made(is_client: bool, settings: Settings, log: list[str] | None = None) -> tuple[Handshake, Secrets]:
    """One side, and the secrets that it has given out."""
    secrets: Secrets = {}

    def keep(space: Space, direction: Direction, suite: CipherSuite, secret: bytes) -> None:
        secrets[space, direction] = secret

    parameters = b"of the client" if is_client else b"of the server"
    return Handshake(is_client, settings, parameters, keep, log.append if log is not None else None), secrets


def client(log: list[str] | None = None, **more: object) -> tuple[Handshake, Secrets]:
    """A client that believes any server, unless it is told otherwise; its first message is made."""
    settings = Settings(**{"alpn": ALPN, "server_name": HOST, "verify": False, **more})  # type: ignore[arg-type]
    handshake, secrets = made(True, settings, log)
    handshake.start()
    return handshake, secrets


def server(log: list[str] | None = None, **more: object) -> tuple[Handshake, Secrets]:
    """A server with the certificate of the tests."""
    certificate, key = self_signed()
    settings = {"alpn": ALPN, "certificates": certificate, "private_key": key, **more}
    return made(False, Settings(**settings), log)  # type: ignore[arg-type]


def talk(here: Handshake, there: Handshake, size: int = 1 << 20) -> None:
    """Carry everything both ways, in pieces, until nothing is left to say."""
    for _ in range(4):
        for sender, receiver in ((here, there), (there, here)):
            for space in Space:
                data = sender.take(space)
                for place in range(0, len(data), size):
                    receiver.receive(space, data[place : place + size])


@pytest.mark.parametrize("suite", CONFIDENTIALITY_LIMIT, ids=lambda suite: suite.name)
def test_both_sides_agree(suite: CipherSuite) -> None:
    """On secrets in both directions, parameters and the application protocol, with each cipher suite."""
    (here, ours), (there, theirs) = client(suites=(suite,)), server()
    assert not here.complete and here.alpn is None and here.peer_parameters is None
    talk(here, there)
    assert here.complete and there.complete
    assert (here.peer_parameters, there.peer_parameters) == (b"of the server", b"of the client")
    assert here.alpn == there.alpn == "hq-interop"
    opposite = {Direction.ENCRYPT: Direction.DECRYPT, Direction.DECRYPT: Direction.ENCRYPT}
    assert {(space, opposite[way]): secret for (space, way), secret in ours.items()} == theirs
    assert len(ours) == 4


@pytest.mark.parametrize("size", [1, 7, 100])
def test_messages_come_in_any_pieces(size: int) -> None:
    """CRYPTO frames cut them where they like."""
    (here, _), (there, _) = client(), server()
    talk(here, there, size)
    assert here.complete and there.complete


def test_key_logs_of_both_sides_are_the_same() -> None:
    """Four lines in NSS format, of which readers of traces find the secrets by the client's random."""
    ours: list[str] = []
    theirs: list[str] = []
    talk(client(ours)[0], server(theirs)[0])
    assert sorted(ours) == sorted(theirs)
    labels = [line.split()[0] for line in sorted(ours)]
    assert labels == [
        "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
        "CLIENT_TRAFFIC_SECRET_0",
        "SERVER_HANDSHAKE_TRAFFIC_SECRET",
        "SERVER_TRAFFIC_SECRET_0",
    ]
    assert {len(line.split()[1]) for line in ours} == {64}


def test_a_certificate_is_checked_against_its_authority(tmp_path: Path) -> None:
    """And its name against the server's; by default nobody knows the authority of the tests."""
    authority = tmp_path / "authority.pem"
    authority.write_bytes(self_signed()[0])
    (here, _), (there, _) = client(verify=True, ca_file=str(authority)), server()
    talk(here, there)
    assert here.complete
    for wrong in ({"ca_file": str(authority), "server_name": "other.example"}, {}):
        (here, _), (there, _) = client(verify=True, **wrong), server()
        with pytest.raises(ProtocolError) as caught:
            talk(here, there)
        assert caught.value.code == code_of_alert(42)
        assert not here.complete


def test_sides_without_a_common_protocol_part() -> None:
    """With the alert no_application_protocol, 120 (RFC 9001 8.1)."""
    (here, _), (there, _) = client(alpn=("h3",)), server()
    with pytest.raises(ProtocolError) as caught:
        talk(here, there)
    assert name_of(caught.value.code) == "CRYPTO_ERROR, alert 120"


def test_a_peer_without_transport_parameters_is_refused() -> None:
    """With the alert missing_extension, 109 (RFC 9001 8.2)."""
    for bare in (0, 1):
        sides = [client()[0], server()[0]]
        if bare == 0:
            sides[0] = made(True, Settings(ALPN, server_name=HOST, verify=False))[0]
        sides[bare]._tls.handshake_extensions = []
        if bare == 0:
            sides[0].start()
        with pytest.raises(ProtocolError) as caught:
            talk(sides[0], sides[1])
        assert caught.value.code == code_of_alert(109)


def test_messages_in_the_wrong_space_are_violations() -> None:
    """Whole or begun, and behind those of an earlier space (RFC 9001 4.1.3)."""
    for data in (b"\x02\0\0\0", b"\x02"):
        for space in (Space.HANDSHAKE, Space.APPLICATION):
            with pytest.raises(ProtocolError, match="PROTOCOL_VIOLATION"):
                client()[0].receive(space, data)
    (here, _), (there, _) = client(), server()
    there.receive(Space.INITIAL, here.take(Space.INITIAL))
    with pytest.raises(ProtocolError, match="PROTOCOL_VIOLATION"):
        here.receive(Space.INITIAL, there.take(Space.INITIAL) + b"\x08")


def test_a_message_that_is_too_long_is_not_waited_for() -> None:
    """However little of it has come (RFC 9000 7.5)."""
    with pytest.raises(ProtocolError, match="CRYPTO_BUFFER_EXCEEDED"):
        server()[0].receive(Space.INITIAL, b"\x01" + LONGEST_MESSAGE.to_bytes(3, "big"))


def test_messages_after_the_handshake_are_unexpected() -> None:
    """A server takes none; KeyUpdate of TLS is refused by a client, too (RFC 9001 6)."""
    (here, _), (there, _) = client(), server()
    talk(here, there)
    for side in (here, there):
        with pytest.raises(ProtocolError) as caught:
            side.receive(Space.APPLICATION, bytes.fromhex("1800000101"))
        assert caught.value.code == code_of_alert(10)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.booleans())
def test_garbled_messages_are_read_or_refused(data: st.DataObject, to_server: bool) -> None:
    """Whatever TLS makes of them, nothing but a ProtocolError comes out."""
    (here, _), (there, _) = client(), server()
    hello = bytearray(here.take(Space.INITIAL))
    target, space = there, Space.INITIAL
    if not to_server:
        there.receive(Space.INITIAL, bytes(hello))
        here.receive(Space.INITIAL, there.take(Space.INITIAL))
        target, space, hello = here, Space.HANDSHAKE, bytearray(there.take(Space.HANDSHAKE))
    for _ in range(data.draw(st.integers(1, 4))):
        hello[data.draw(st.integers(0, 2**16)) % len(hello)] = data.draw(st.integers(0, 255))
    try:
        target.receive(space, bytes(hello))
    except ProtocolError as error:
        assert error.code in range(0x100, 0x200) or name_of(error.code) in (
            "CRYPTO_BUFFER_EXCEEDED",
            "PROTOCOL_VIOLATION",
        )


@given(st.binary(max_size=200), st.sampled_from(Space))
def test_any_bytes_are_read_or_refused(data: bytes, space: Space) -> None:
    """As the first message of a server."""
    try:
        server()[0].receive(space, data)
    except ProtocolError as error:
        assert str(error)


def test_what_fails_inside_of_tls_is_an_internal_error() -> None:
    """The alert internal_error, 80, with its cause: here a server whose certificate is lost."""
    (here, _), (there, _) = client(), server()
    there._tls.certificate = None
    with pytest.raises(ProtocolError) as caught:
        talk(here, there)
    assert caught.value.code == code_of_alert(80)
    assert isinstance(caught.value.__cause__, AttributeError)
