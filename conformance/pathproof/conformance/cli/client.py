"""`pathproof client`: fetch files, and change the address meanwhile."""

from __future__ import annotations

from pathlib import Path

import click

from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.transfer import needs
from pathproof.conformance.cli.transfer.addresses import Address, amount, is_ipv6, resolve, split

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("server", metavar="HOST:PORT")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Write files here."
)
@click.option("--ca", type=FILE, metavar="FILE", help="Trust the certificates in this file, in PEM.")
@click.option("--insecure", is_flag=True, help="Trust whoever answers.")
@click.option(
    "--migrate-after",
    "migrations",
    multiple=True,
    metavar="BYTES[:LOCAL]",
    help="Once so much has come, go on from another port, or from LOCAL: HOST, HOST:PORT or [IPV6]:PORT.",
)
@click.option(
    "--rebind-after",
    "rebindings",
    multiple=True,
    metavar="BYTES",
    help="Once so much has come, send from another port without telling the connection, as behind a NAT.",
)
@click.option(
    "--follow", is_flag=True, help="Migrate whenever another address of this machine is to be used."
)
@click.option("--key-log", type=FILE, metavar="FILE", help="Append TLS secrets. [default: $SSLKEYLOGFILE]")
@click.option(
    "--qlog",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Log the connection into a file of DIR.",
)
@as_json
def client(
    server: str,
    paths: tuple[str, ...],
    out: Path | None,
    ca: Path | None,
    insecure: bool,
    migrations: tuple[str, ...],
    rebindings: tuple[str, ...],
    follow: bool,
    key_log: Path | None,
    qlog: Path | None,
    as_json: bool,
) -> int:
    """Fetch the files PATH... from a server over one QUIC connection, and change the address meanwhile.

    The server speaks hq-interop, as `pathproof server` does. Without --out, what comes is counted and
    dropped. BYTES counts all files together, and may be written as 1500000, 1500k or 2M; --migrate-after
    and --rebind-after may be given several times. A move waits until the path of the one before is validated.

    With --follow, the client migrates when the route to the server changes, as when WiFi goes down and
    cellular takes over.

    --qlog makes a file ID_client.sqlog, which `pathproof check` judges.

    Exit status 1 means that a file did not come, that a move was not made, or that the log is not whole.
    """
    if ca is not None and insecure:
        raise click.UsageError("--ca and --insecure exclude each other")
    name = split(server)
    remote = resolve(name)
    if not remote[1]:
        raise click.BadParameter(f"{server} names no port that can be sent to")
    moves = [_move(text, remote) for text in migrations]
    moves += [(amount(text), None, True) for text in rebindings]
    wanted = [path if path.startswith("/") else f"/{path}" for path in paths]
    with needs.endpoint():
        from pathproof.conformance.cli.transfer.fetching import Request, fetch
    with needs.key_log(key_log) as on_secret, needs.qlog(qlog, "client") as log:
        request = Request(remote, name[0], wanted, out, ca, insecure, moves, on_secret, log, follow)
        found = fetch(request, as_json)
    return needs.status(found, log)


def _move(text: str, remote: Address) -> tuple[int, Address | None, bool]:
    """When, where to, and that it is no rebinding."""
    many, colon, local = text.partition(":")
    where = resolve(split(local, port=0)) if colon else None
    if where is not None and is_ipv6(where) != is_ipv6(remote):
        raise click.BadParameter(f"{local} and the server's {remote[0]} are of different families")
    return amount(many), where, False
