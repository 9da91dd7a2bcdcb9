"""`pathproof spec list`: the clauses, with filters."""

from __future__ import annotations

from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.spec.filters import as_dicts, chosen, filtered


@click.command("list")
@filtered
@as_json
def list_clauses(as_json: bool, **filters: Any) -> int:
    """List the clauses, each with its level, whom it binds, by what it can be judged, and its rule.

    The level is the keyword of the RFC's sentence, and a `statement` has none. The rule says what keeping the
    clause looks like: a MUST NOT reads "an endpoint does not ...", and a SHOULD may read "is to ...". An
    issuer hands out connection IDs, a consumer uses them. A clause is seen by `wire` (decrypted packets with
    addresses), `qlog`, `api` (an implementation's interface) or only from `inside`.

    Filters add up: a clause is listed if it passes all of them; one that is repeated passes any of its words.

    \b
    pathproof spec list --section 9.3 --level MUST
    pathproof spec list --role client --observable wire --document RFC9000
    """
    found = chosen(**filters)
    if as_json:
        output.emit({"clauses": as_dicts(found)})
        return 0
    table = output.table("", "clause", "level", "binds", "seen by", "rule")
    for clause in found:
        seen = ", ".join(clause.observable)
        table.add_row(clause.id, str(clause.level), str(clause.role), seen, clause.rule)
    shown = output.console()
    shown.print(table)
    shown.print(f"{len(found)} clause{'' if len(found) == 1 else 's'}")
    return 0
