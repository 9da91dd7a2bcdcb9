"""Install the stacks that the tests of interoperation talk to: `make stacks`.

Prints one line for each. What cannot be installed is no failure: its tests are skipped, and say why.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable

from tests.reference.interop.programs import HOUSE, program

TIME = 120.0
"""Seconds that one command may take."""
DEBIAN = ["ngtcp2-server", "ngtcp2-client"]
PIP = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
NPM = ["npm", "install", "--prefix", str(HOUSE / ".stacks"), "--no-audit", "--no-fund", "--no-save"]
STEPS: tuple[tuple[str, tuple[str, ...], list[list[str]]], ...] = (
    (
        "ngtcp2 (apt)",
        ("gtlsserver", "gtlsclient"),
        [["apt-get", "-q", "update"], ["apt-get", "-q", "-y", "--no-install-recommends", "install", *DEBIAN]],
    ),
    ("quic-go in caddy (pip)", ("caddy",), [[*PIP, "--editable", f"{HOUSE}[interop]"]]),
    ("quinn in deno (npm)", ("deno",), [[*NPM, "deno@2"]]),
)


class NotInstalled(Exception):
    """A command failed; the text is its last line."""


def install(name: str, programs: Iterable[str], commands: list[list[str]]) -> str:
    """Run commands unless the programs are there; the answer is one line that says how it went."""
    if all(program(one) for one in programs):
        return f"{name}: is there"
    try:
        for command in commands:
            _run(command)
    except NotInstalled as error:
        return f"{name}: not installed, its tests are skipped: {error}"
    absent = [one for one in programs if not program(one)]
    return f"{name}: not installed, its tests are skipped: no {absent[0]}" if absent else f"{name}: installed"


def _run(command: list[str]) -> None:
    found = program(command[0])
    if found is None:
        raise NotInstalled(f"there is no {command[0]}")
    if command[0] == "apt-get" and os.geteuid() != 0:
        raise NotInstalled("apt-get needs root")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NO_UPDATE_NOTIFIER": "1"}
    try:
        done = subprocess.run(
            [found, *command[1:]],
            cwd=HOUSE,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=TIME,
        )
    except subprocess.TimeoutExpired:
        raise NotInstalled(f"{command[0]} took longer than {TIME:.0f} s") from None
    if done.returncode:
        said = done.stdout.decode("utf-8", "replace").split("\n")
        raise NotInstalled(next((line.strip() for line in reversed(said) if line.strip()), "it failed"))


def main() -> None:
    """Install all of them, one after the other."""
    for step in STEPS:
        print(install(*step), flush=True)


if __name__ == "__main__":
    main()
