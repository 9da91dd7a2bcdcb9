"""The work of `pathproof server`."""

from __future__ import annotations

import asyncio
import json
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from pathproof.conformance.cli.transfer.addresses import Address, is_ipv6
from pathproof.conformance.events import shown
from pathproof.reference.connection import Configuration, Connection, Ended, Event, PathEvent
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN
from pathproof.reference.observer import Observer
from pathproof.reference.udp import Server, fingerprint, self_signed


@dataclass(frozen=True, slots=True)
class Offer:
    """What a user offers: a folder, where, with which certificate, and how."""

    root: Path
    listen: list[Address]
    cert: Path | None
    key: Path | None
    retry: bool
    preferred: list[Address]
    on_secret: Callable[[str], None] | None
    observer: Observer | None = None
    reset_key: bytes | None = None


def serve(offer: Offer, as_json: bool) -> int:
    """Serve until told to stop; the exit status."""
    asyncio.run(_serve(offer, _as_json if as_json else _as_text))
    return 0


async def _serve(offer: Offer, tell: Callable[[dict[str, Any]], None]) -> None:
    certificate, key = _certificate(offer)
    configuration = Configuration(
        Settings((ALPN,), certificate, key),
        retries=offer.retry,
        preferred_ipv4=next((one for one in offer.preferred if not is_ipv6(one)), None),
        preferred_ipv6=next((one for one in offer.preferred if is_ipv6(one)), None),
    )
    told = _Told(tell)
    try:
        server = Server(
            configuration, offer.root, offer.listen, told, offer.on_secret, offer.observer, offer.reset_key
        )
    except OSError as error:
        where = ", ".join(map(shown, offer.listen + offer.preferred))
        raise click.ClickException(f"cannot listen at {where}: {error.strerror}") from None
    where = ", ".join(map(shown, server.addresses))
    made = "given" if offer.cert else "made for this run"
    tell({"event": "listening", "at": where, "certificate": made, "sha256": fingerprint(certificate)})
    try:
        await _until_stopped(server)
    finally:
        server.close()
        tell({"event": "stopped", "connections": told.connections, "bytes": server.served})


async def _until_stopped(server: Server) -> None:
    loop, stopped = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    waiting = asyncio.create_task(stopped.wait())
    await asyncio.wait((waiting, server.runner.failure), return_when=asyncio.FIRST_COMPLETED)
    if server.runner.failure.done():
        waiting.cancel()
        await server.runner.failure


def _certificate(offer: Offer) -> tuple[bytes, bytes]:
    """The certificate and its key, in PEM; certificates are made for the addresses that are listened at."""
    if offer.cert is None or offer.key is None:
        return self_signed(["localhost", *dict.fromkeys(host for host, _ in offer.listen + offer.preferred)])
    certificate, key = _read(offer.cert), _read(offer.key)
    try:
        first = x509.load_pem_x509_certificates(certificate)[0]
    except ValueError:
        raise click.BadParameter(f"{offer.cert}: holds no certificate in PEM") from None
    try:
        private = load_pem_private_key(key, None)
    except (ValueError, TypeError):
        raise click.BadParameter(f"{offer.key}: holds no private key in PEM, or an encrypted one") from None
    if private.public_key() != first.public_key():
        raise click.BadParameter(f"{offer.key}: is not the key of {offer.cert}")
    return certificate, key


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.BadParameter(f"{file}: {error.strerror}") from None


class _Told:
    """Turns what happens to connections into things to tell; a connection is named by its very first ID."""

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self.tell, self.connections = tell, 0

    def __call__(self, connection: Connection, event: Event | str) -> None:
        if not connection.was_complete:
            return
        said: dict[str, Any] = {"event": "connected"}
        match event:
            case str():
                said = {"event": "served", "file": event}
            case PathEvent("forgotten", _):
                return
            case PathEvent(what, path):
                said = {"event": what, "path": str(path)}
            case Ended(cause, code, says):
                said = {"event": "ended", "cause": cause, "code": code, "says": says}
            case _:
                self.connections += 1
                said["path"] = str(connection.paths.current)
        self.tell({"connection": connection.original.hex(), **said})


def _as_json(said: dict[str, Any]) -> None:
    click.echo(json.dumps(said))


def _as_text(said: dict[str, Any]) -> None:
    """A line for people: who, what, and the rest."""
    who = f"{said['connection']} " if "connection" in said else ""
    rest = [
        f"{name} {value}" for name, value in said.items() if value and name not in ("connection", "event")
    ]
    click.echo(f"{who}{said['event']}: {', '.join(rest)}")
