"""How many mutants each checker notices, concept by concept."""

from __future__ import annotations

from collections.abc import Mapping

from tests.reference.mutants.checkers import CHECKERS, CRASH, Kills, names_it
from tests.reference.mutants.registry import MUTANTS

COLUMNS = tuple(checker for checker in CHECKERS if checker != CRASH)


def table(kills: Mapping[str, Kills]) -> str:
    """Lines of concepts, and one of all: mutants, bugs, noticed by each checker, by clause, and by none.

    A checker counts that notices anything; a mutant has survived if none names its clause.

    >>> print(table({"hasty": {"follower": ["RFC9000-10.1-01"]}}))
    concept  mutants  bugs  follower  rule  judge  survive
    ending         1     0         1     0      0        0
    all            1     0         1     0      0        0
    """
    rows = [("concept", "mutants", "bugs", *COLUMNS, "survive")]
    by_concept: dict[str, list[str]] = {}
    for name in kills:
        by_concept.setdefault(MUTANTS[name].concept, []).append(name)
    for concept, names in [*sorted(by_concept.items()), ("all", list(kills))]:
        rows.append((concept, *map(str, _counts(names, kills))))
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    return "\n".join(
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in rows
    )


def _counts(names: list[str], kills: Mapping[str, Kills]) -> list[int]:
    bugs = {bug for name in names for bug in MUTANTS[name].bugs}
    noticed = [sum(checker in kills[name] for name in names) for checker in COLUMNS]
    survived = sum(not names_it(MUTANTS[name], kills[name]) for name in names)
    return [len(names), len(bugs), *noticed, survived]
