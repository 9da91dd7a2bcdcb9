"""`pathproof`: the entry point, and what every command does with bad input.

Bad input gets one line on standard error and exit status 2. Status 0 means that everything asked for holds, 1
that something does not, 3 that a search ended before it had seen everything.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from pathproof.conformance.cli.check import check
from pathproof.conformance.cli.client import client
from pathproof.conformance.cli.explore import explore
from pathproof.conformance.cli.mutants import mutants
from pathproof.conformance.cli.prove import prove
from pathproof.conformance.cli.scenario import scenario
from pathproof.conformance.cli.server import server
from pathproof.conformance.cli.spec import spec
from pathproof.conformance.cli.verify import verify
from pathproof.conformance.coverage.in_tests import UnreadableMark
from pathproof.conformance.qlog import NotQlog
from pathproof.model.explorer.checkpoint import CheckpointError
from pathproof.model.explorer.layout import BoundTooLarge, RangeError
from pathproof.model.machine import UnknownName
from pathproof.spec.records import Unknown

BAD_INPUT = 2
BAD = (
    click.ClickException,
    UnknownName,
    Unknown,
    UnreadableMark,
    BoundTooLarge,
    RangeError,
    CheckpointError,
    NotQlog,
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@click.version_option(package_name="pathproof")
@click.pass_context
def pathproof(context: click.Context) -> None:
    """A checked model of QUIC connection migration, and the judge of traces that follows it.

    \b
    pathproof check trace.qlog      which clauses a trace keeps, and which it breaks
    pathproof explore cid_supply    every state of a machine, or the shortest run that breaks a claim
    pathproof prove                 the claims for every bound, by two solvers
    pathproof verify                all of that at default bounds, as one table
    pathproof mutants               which check notices which recreated bug
    pathproof server, client        a small endpoint that moves files, and moves meanwhile
    pathproof scenario              migrations in real networks, with TCP beside them
    pathproof spec                  the clauses of the RFCs, what covers them, and an audit against your copy
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


for command in (check, explore, prove, verify, mutants, server, client, scenario, spec):
    pathproof.add_command(command)


def _one_line(message: str) -> str:
    """The message on one line, with what of the user's bytes is no text shown as such."""
    return " ".join(message.split()).encode("utf-8", "backslashreplace").decode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its status."""
    if sys.stdout is None:
        click.echo("pathproof: standard output is closed", err=True)
        sys.exit(BAD_INPUT)
    try:
        sys.exit(pathproof.main(arguments, prog_name="pathproof", standalone_mode=False))
    except BAD as error:
        message = error.format_message() if isinstance(error, click.ClickException) else str(error)
        click.echo(f"pathproof: {_one_line(message)}", err=True)
        sys.exit(BAD_INPUT)
    except (click.Abort, KeyboardInterrupt) as error:
        more = str(error.__cause__ or error)
        click.echo(f"pathproof: interrupted{more and '; '}{more}", err=True)
        sys.stdout.flush()
        os._exit(130)  # a plain exit would wait for what other processes have begun; they end with this one
    except BrokenPipeError:
        sys.stderr.close()
        os._exit(141)  # whoever read the output has gone; there is nobody to tell
    except OSError as error:
        click.echo(f"pathproof: output failed: {error.strerror or error}", err=True)
        os._exit(BAD_INPUT)  # a plain exit would try to write what is left
