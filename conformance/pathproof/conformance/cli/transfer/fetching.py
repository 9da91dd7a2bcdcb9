"""The work of `pathproof client`."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from cryptography import x509

from pathproof.conformance.cli import output
from pathproof.conformance.cli.transfer.addresses import Address
from pathproof.conformance.events import shown
from pathproof.reference.connection import Configuration
from pathproof.reference.handshake import Settings
from pathproof.reference.hq import ALPN, Refused
from pathproof.reference.observer import Observer
from pathproof.reference.udp import Client, Download, Move, download, follow

TERMINATED = 128 + signal.SIGTERM
"""The exit status that shells give a process that was terminated."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks for: the server by number and by name, files, whom to trust, and moves."""

    remote: Address
    name: str
    paths: list[str]
    out: Path | None
    ca: Path | None
    insecure: bool
    moves: list[tuple[int, Address | None, bool]]
    on_secret: Callable[[str], None] | None
    observer: Observer | None = None
    follows: bool = False


def fetch(request: Request, as_json: bool) -> int:
    """Fetch the files, say how it went, and return the exit status."""
    _refuse_unreadable(request.ca)
    try:
        with output.progress(f"connecting to {shown(request.remote)}") as update:
            result = asyncio.run(_fetch(request, lambda sofar: update(sofar.received, _so_far(sofar))))
    except Refused as error:
        raise click.BadParameter(str(error)) from None
    except asyncio.CancelledError:
        raise SystemExit(TERMINATED) from None
    if as_json:
        output.emit(_as_dict(result))
    else:
        click.echo(summary(result))
    for line in _failures(result):
        click.echo(f"pathproof: {line}", err=True)
    return 0 if result.is_complete and not result.not_made else 1


def _refuse_unreadable(ca: Path | None) -> None:
    """Whether anything can be trusted is seen before anything is sent."""
    if ca is None:
        return
    try:
        x509.load_pem_x509_certificates(ca.read_bytes())
    except OSError as error:
        raise click.BadParameter(f"{ca}: {error.strerror}") from None
    except ValueError:
        raise click.BadParameter(f"{ca}: holds no certificates in PEM") from None


def _until_terminated() -> None:
    """SIGTERM gives up the download, so that the server is told and what is held for logs is written."""
    task = asyncio.current_task()
    if task is not None and threading.current_thread() is threading.main_thread():
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)


async def _fetch(request: Request, told: Callable[[Download], None]) -> Download:
    _until_terminated()
    trusted = None if request.ca is None else str(request.ca)
    tls = Settings((ALPN,), server_name=request.name, verify=not request.insecure, ca_file=trusted)
    try:
        client = Client(
            Configuration(tls), request.remote, on_secret=request.on_secret, observer=request.observer
        )
    except OSError as error:
        raise click.ClickException(f"cannot reach {shown(request.remote)}: {error.strerror}") from None
    following = [asyncio.create_task(follow(client))] if request.follows else []
    try:
        moves = [Move(*move) for move in request.moves]
        return await download(client, request.paths, request.out, moves, told)
    finally:
        for task in following:
            task.cancel()
        client.close()


def summary(result: Download) -> str:
    """How it went, on one line."""
    came = sum(one.is_complete for one in result.files)
    return (
        f"{came} of {len(result.files)} {_plural('file', len(result.files))}, {result.received} bytes "
        f"in {result.seconds:.2f} s, {_rate(result):.2f} MB/s, "
        f"{result.moves} {_plural('move', result.moves)}, "
        f"{len(result.paths)} {_plural('path', len(result.paths))}"
    )


def _plural(word: str, many: int) -> str:
    return word if many == 1 else f"{word}s"


def _rate(result: Download) -> float:
    return result.received / result.seconds / 1e6 if result.seconds else 0.0


def _so_far(result: Download) -> str:
    return f"{result.received / 1e6:.1f} MB, {_rate(result):.1f} MB/s, {result.paths[-1]}"


def _failures(result: Download) -> list[str]:
    """A line for each thing that did not happen as asked."""
    lines = [f"{one.path}: {one.cause}" for one in result.files if not one.is_complete]
    if result.ended is not None and result.ended.says:
        lines.append(f"the connection ended with code {result.ended.error_code:#x}: {result.ended.says}")
    if result.refused:
        lines.append(f"not made: {result.refused}")
    elif result.not_made:
        lines.append(f"not made, for too few bytes came: {', '.join(result.not_made)}")
    return [" ".join(line.split()) for line in lines]


def _as_dict(result: Download) -> dict[str, Any]:
    ended = result.ended
    return {
        "files": [
            {"path": one.path, "bytes": one.size, "complete": one.is_complete, "cause": one.cause}
            for one in result.files
        ],
        "bytes": result.received,
        "seconds": round(result.seconds, 6),
        "megabytes_per_second": round(_rate(result), 3),
        "moves": result.moves,
        "not_made": result.not_made,
        "refused": result.refused,
        "paths": result.paths,
        "path_events": dict(result.path_events),
        "ended": None
        if ended is None
        else {"cause": ended.cause, "code": ended.error_code, "says": ended.says},
    }
