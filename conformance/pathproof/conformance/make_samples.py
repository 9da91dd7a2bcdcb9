"""Makes the sample traces: aioquic as client and server over real UDP sockets on loopback.

Run as `python -m pathproof.conformance.make_samples OUT_DIR`; needs the extra `traces`. Each scenario writes
the logs of both ends as `aioquic-<scenario>-<client|server>.qlog`:

* `steady`: one transfer on one connection ID;
* `rotate`: the client changes its peer's connection ID several times, so both ends retire and issue;
* `lossy`: datagrams are dropped by a seed, so that NEW_CONNECTION_ID frames are sent again.

Every connection has its own keys and connection IDs, so each run makes other bytes of the same shape. The
certificate is made for the run and trusted by its client alone.
"""

from __future__ import annotations

import asyncio
import datetime
import random
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aioquic.asyncio.client import connect
from aioquic.asyncio.protocol import QuicConnectionProtocol
from aioquic.asyncio.server import QuicServer, serve
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.logger import QuicFileLogger
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
NAME = "localhost"
PROTOCOL = "hq-interop"
IDLE = 1.5
"""Seconds of silence after which an end gives up: the last datagram may be the one that is dropped."""
TIME_LIMIT = 10.0
"""Seconds that one scenario may take."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a run does. `lost` are the shares of datagrams that are dropped, `seed` says which ones."""

    name: str
    rotations: int = 0
    transfer: int = 20_000
    lost: float = 0.0
    seed: int = 0


SCENARIOS = (
    Scenario("steady"),
    Scenario("rotate", rotations=5, transfer=4_000),
    Scenario("lossy", rotations=4, transfer=2_000, lost=0.25, seed=9004),
)
"""The scenarios that are shipped."""
SPARED = 3
"""Datagrams of each end that are never dropped, so that the handshake need not wait for a timeout."""


class LossyTransport:
    """A datagram transport that drops some of what is sent through it, chosen by a seed."""

    def __init__(self, transport: asyncio.DatagramTransport, scenario: Scenario, role: str) -> None:
        """Wrap a transport; `role` gives each end its own sequence of choices."""
        self._transport = transport
        self._lost = scenario.lost
        self._random = random.Random(f"{scenario.seed}-{role}")
        self._sent = 0

    def sendto(self, data: bytes, address: tuple[Any, ...] | None = None) -> None:
        """Send or drop one datagram."""
        self._sent += 1
        if self._random.random() >= self._lost or self._sent <= SPARED:
            self._transport.sendto(data, address)

    def __getattr__(self, name: str) -> object:
        """Return anything else from the transport itself."""
        return getattr(self._transport, name)


class SampleProtocol(QuicConnectionProtocol):
    """A QUIC endpoint that sends through a lossy transport."""

    def __init__(self, *arguments: object, scenario: Scenario, role: str, **options: object) -> None:
        """Make an endpoint for one end of a scenario."""
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self._scenario = scenario
        self._role = role

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start, through a transport that drops datagrams."""
        lossy = LossyTransport(transport, self._scenario, self._role)  # type: ignore[arg-type]
        super().connection_made(lossy)  # type: ignore[arg-type]


def certificate() -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return a self-signed certificate for `localhost`, valid for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer each request on a stream with as many bytes as it asks for."""

    async def respond() -> None:
        """Read the request and write the answer."""
        wanted = int(await reader.read() or b"0")
        writer.write(b"p" * wanted)
        writer.write_eof()

    task = asyncio.get_running_loop().create_task(respond())
    _running.add(task)
    task.add_done_callback(_running.discard)


_running: set[asyncio.Task[None]] = set()


async def _transfer(client: QuicConnectionProtocol, size: int) -> None:
    """Ask for `size` bytes and wait until they are here."""
    reader, writer = await client.create_stream()
    writer.write(str(size).encode())
    writer.write_eof()
    received = await reader.read()
    if len(received) != size:
        raise RuntimeError(f"asked for {size} bytes and got {len(received)}")


async def _client(scenario: Scenario, port: int, configuration: QuicConfiguration) -> None:
    """Run the client's side of a scenario."""
    protocol = partial(SampleProtocol, scenario=scenario, role="client")
    async with connect(HOST, port, configuration=configuration, create_protocol=protocol) as client:
        await _transfer(client, scenario.transfer)
        for _ in range(scenario.rotations):
            client.change_connection_id()
            await client.ping()
            await _transfer(client, scenario.transfer)


async def _run(scenario: Scenario, logs: dict[str, Path]) -> None:
    """Run one scenario with a log directory for each end, until both logs are written."""
    chain, key = certificate()
    server_side = QuicConfiguration(
        is_client=False,
        idle_timeout=IDLE,
        alpn_protocols=[PROTOCOL],
        certificate=chain,
        private_key=key,
        quic_logger=QuicFileLogger(str(logs["server"])),
    )
    client_side = QuicConfiguration(
        idle_timeout=IDLE,
        alpn_protocols=[PROTOCOL],
        server_name=NAME,
        quic_logger=QuicFileLogger(str(logs["client"])),
    )
    client_side.load_verify_locations(cadata=chain.public_bytes(Encoding.PEM))
    protocol = partial(SampleProtocol, scenario=scenario, role="server")
    server = await serve(HOST, 0, configuration=server_side, create_protocol=protocol, stream_handler=_answer)
    try:
        await _client(scenario, _port(server), client_side)
        while not any(logs["server"].iterdir()):  # written when the server's draining period is over
            await asyncio.sleep(0.01)
    finally:
        server.close()


def _port(server: QuicServer) -> int:
    """Return the port that the system gave the server."""
    transport = server._transport  # aioquic has no public way
    if transport is None:
        raise RuntimeError("the server has no socket")
    port: int = transport.get_extra_info("sockname")[1]
    return port


def make(scenario: Scenario, out: Path) -> list[Path]:
    """Run one scenario and return the paths of the two logs in the directory `out`.

    Raises `TimeoutError` if it takes longer than `TIME_LIMIT`, and `OSError` if a file cannot be written.
    """
    with TemporaryDirectory() as scratch:
        logs = {role: Path(scratch) / role for role in ("client", "server")}
        for directory in logs.values():
            directory.mkdir()
        asyncio.run(asyncio.wait_for(_run(scenario, logs), TIME_LIMIT))
        paths = []
        for role, directory in logs.items():
            [log] = directory.iterdir()
            path = out / f"aioquic-{scenario.name}-{role}.qlog"
            path.write_bytes(log.read_bytes())
            paths.append(path)
    return paths


def main(arguments: list[str]) -> int:
    """Make all samples in the directory that the one argument names; return the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: python -m pathproof.conformance.make_samples OUT_DIR (a directory)", file=sys.stderr)
        return 2
    for scenario in SCENARIOS:
        for path in make(scenario, Path(arguments[0])):
            print(f"{path}: {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
