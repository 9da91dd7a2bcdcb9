"""`pathproof server`: serve the files of a folder."""

from __future__ import annotations

from pathlib import Path

import click

from pathproof.conformance.cli.transfer import needs
from pathproof.conformance.cli.transfer.addresses import Address, is_ipv6, resolve, split

PEM = click.Path(path_type=Path, exists=True, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("root", metavar="DIR", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "--listen",
    multiple=True,
    required=True,
    metavar="HOST:PORT",
    help="Where to be reached; several times for several addresses. Port 0 takes a free one.",
)
@click.option("--cert", type=PEM, metavar="FILE", help="Certificates in PEM, the server's first.")
@click.option("--key", type=PEM, metavar="FILE", help="The private key of the first certificate, in PEM.")
@click.option("--retry", is_flag=True, help="Have clients prove their address first, by Retry.")
@click.option(
    "--preferred",
    multiple=True,
    metavar="HOST:PORT",
    help="Where the server would rather be reached; twice for both families.",
)
@click.option(
    "--reset-key",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep the secret of stateless resets here: a server started again resets what it has forgotten.",
)
@click.option("--qlog", type=FOLDER, metavar="DIR", help="Log each connection into a file of DIR.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
def server(
    root: Path,
    listen: tuple[str, ...],
    cert: Path | None,
    key: Path | None,
    retry: bool,
    preferred: tuple[str, ...],
    reset_key: Path | None,
    qlog: Path | None,
    as_json: bool,
) -> int:
    """Serve the files below DIR over QUIC to clients that speak hq-interop, as `pathproof client` does.

    Prints where it listens, and then a line for whatever happens to a connection: that it moved to another
    path, that the path was validated, what was served. Without --cert and --key, a certificate is made for
    this run; its SHA-256 is printed. TLS secrets are appended to the file that SSLKEYLOGFILE names.

    --qlog makes a file ID_server.sqlog for each connection, which `pathproof check` judges, and
    endpoint.sqlog for what belongs to none.

    Ends at an interrupt, or when it is terminated, with status 0, or 1 if the log is not whole.
    """
    if (cert is None) != (key is None):
        raise click.UsageError("--cert and --key belong together")
    here = [resolve(split(text)) for text in listen]
    rather = [resolve(split(text)) for text in preferred]
    _refuse_unusable(rather)
    secret = None if reset_key is None else needs.reset_key(reset_key)
    with needs.endpoint():
        from pathproof.conformance.cli.transfer.serving import Offer, serve
    with needs.key_log(None) as on_secret, needs.qlog(qlog, "server") as log:
        found = serve(Offer(root, here, cert, key, retry, rather, on_secret, log, secret), as_json)
    return needs.status(found, log)


def _refuse_unusable(preferred: list[Address]) -> None:
    """A preferred address is sent to clients as it is, one for each family at most (18.2)."""
    if any(not port or host in ("0.0.0.0", "::") for host, port in preferred):
        raise click.BadParameter("--preferred needs an address and a port that clients can send to")
    if len({is_ipv6(address) for address in preferred}) < len(preferred):
        raise click.BadParameter("--preferred is for one address of each family")
