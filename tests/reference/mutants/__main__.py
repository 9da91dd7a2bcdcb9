"""`python -m tests.reference.mutants [--write] [name ...]`: run mutants, and show what notices them.

With `--write`, what is found becomes what the tests expect (`kills.json`).
"""

from __future__ import annotations

import sys

from tests.reference.mutants import MUTANTS
from tests.reference.mutants.checkers import kills_of, names_it
from tests.reference.mutants.known_kills import known_kills, write
from tests.reference.mutants.table import table


def main(arguments: list[str]) -> int:
    """Run the named mutants, or all; the status is 0 if all is as known, 2 for a name that is not."""
    names = [one for one in arguments if one != "--write"] or sorted(MUTANTS)
    unknown = [name for name in names if name not in MUTANTS]
    if unknown:
        print(f"there is no mutant {unknown[0]!r}", file=sys.stderr)
        return 2
    known, found = known_kills(), {name: kills_of(MUTANTS[name]) for name in names}
    for name, kills in found.items():
        mark = "  " if names_it(MUTANTS[name], kills) else "! "
        print(f"{mark}{name}: " + "; ".join(f"{who} {', '.join(what)}" for who, what in kills.items()))
    print(table(found))
    if "--write" in arguments:
        write({name: kills for name, kills in {**known, **found}.items() if name in MUTANTS})
        return 0
    return int(any(known.get(name) != kills for name, kills in found.items()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
