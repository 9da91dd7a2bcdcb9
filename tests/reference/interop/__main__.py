"""Files of 50 MB that survive ten changes of address, as a table: `make interop`.

`python -m tests.reference.interop 5` moves 5 MB. Exit status 1 means that a file was not whole, 2 bad input.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.reference.interop.show import HEADER, rows

MEGABYTES = 50


def main(megabytes: int) -> int:
    """Print a line for each download as soon as it is over."""
    print(HEADER)
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), megabytes * 1_000_000):
            print(row, flush=True)
            is_good &= isinstance(row, str) or row.is_equal
    return 0 if is_good else 1


if __name__ == "__main__":
    words = sys.argv[1:] or [str(MEGABYTES)]
    if len(words) != 1 or not words[0].isdecimal() or not int(words[0]):
        print(f"one number of megabytes is expected, not {' '.join(words)}", file=sys.stderr)
        sys.exit(2)
    sys.exit(main(int(words[0])))
