"""Network namespaces of one run: made where that is permitted, and always removed again.

Their names are the run's own, so that several runs do not meet, and a run removes only those that it made.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import secrets
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

HANDLES = Path("/run/netns")
_CLONE_NEWNET = 0x40000000
_SIOCETHTOOL = 0x8946
_OFFLOADS = (0x17, 0x1F, 0x24)
"""ETHTOOL_STXCSUM, _STSO, _SGSO: whole checksums and packets of true size, as on a cable."""


class NotPermitted(Exception):
    """Namespaces cannot be made here; the text says what is lacking."""


class CommandFailed(Exception):
    """A command of the system failed; the text is what it said."""


def lacks() -> str:
    """What keeps scenarios from running here, in words; "" where nothing does.

    >>> isinstance(lacks(), str)
    True
    """
    if sys.platform != "linux":
        return "network namespaces are Linux's"
    if shutil.which("ip") is None:
        return "the program ip (iproute2) is not installed"
    name = f"pathproof-{secrets.token_hex(4)}"
    try:
        run("ip", "netns", "add", name)
    except CommandFailed as error:
        return f"no network namespace may be made: {error}"
    try:
        return _lacks_inside(name)
    finally:
        run("ip", "netns", "del", name)


def _lacks_inside(name: str) -> str:
    """Whether there are veth pairs, and sockets that see whole frames."""
    try:
        run("ip", "-n", name, "link", "add", "one", "type", "veth", "peer", "name", "other")
        run("ip", "netns", "exec", name, "true")
        within(name, lambda: socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close())
    except CommandFailed as error:
        return f"namespaces may not be set up: {error}"
    except OSError as error:
        return f"no raw socket may be opened: {error.strerror}"
    return ""


def run(*command: str, given: str = "") -> str:
    """Run a command of the system, and return what it printed.

    Raises
    ------
    CommandFailed
        If its exit status is not 0.

    Examples
    --------
    >>> run("echo", "hello")
    'hello\\n'
    """
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandFailed(f"{' '.join(command)}: {' '.join(done.stderr.split())}")
    return done.stdout


def within(name: str, does: Callable[[], None]) -> None:
    """Call a function in a namespace, in a thread of its own, which alone goes there.

    Raises
    ------
    OSError
        As the function, or if the namespace cannot be entered.
    """
    failed: list[OSError] = []

    def enter() -> None:
        try:
            with (HANDLES / name).open() as handle:
                libc = ctypes.CDLL(None, use_errno=True)
                if libc.setns(handle.fileno(), _CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            does()
        except OSError as error:
            failed.append(error)

    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def plain_frames(interfaces: list[str]) -> None:
    """Turn off what a network card would do later: what is sent by these interfaces is complete."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        for interface in interfaces:
            for offload in _OFFLOADS:
                value = ctypes.create_string_buffer(struct.pack("II", offload, 0))
                asked = struct.pack("16sP", interface.encode(), ctypes.addressof(value))
                fcntl.ioctl(control, _SIOCETHTOOL, asked)


class Namespaces:
    """The namespaces of one run, each named after a machine.

    Examples
    --------
    >>> Namespaces("pathproof-1").name("client")
    'pathproof-1-client'
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.made: list[str] = []

    def name(self, machine: str) -> str:
        """The name of a machine's namespace."""
        return f"{self.prefix}-{machine}"

    def make(self, machine: str) -> None:
        """Make the namespace of a machine, with loopback up."""
        name = self.name(machine)
        self.made.append(name)  # before it is there: an interrupt may come as soon as it is
        run("ip", "netns", "add", name)
        run("ip", "-n", name, "link", "set", "lo", "up")

    def configure(self, machine: str, *lines: str) -> None:
        """Have `ip` do these commands in the namespace of a machine."""
        run("ip", "-n", self.name(machine), "-batch", "-", given="\n".join(lines) + "\n")

    def remove(self) -> None:
        """Remove all that are there; whatever is plugged into them goes with them."""
        failed = []
        for name in self.made:
            try:
                if (HANDLES / name).exists():
                    run("ip", "netns", "del", name)
            except CommandFailed as error:
                failed.append(str(error))
        if failed:
            raise CommandFailed("; ".join(failed))


@contextmanager
def namespaces() -> Iterator[Namespaces]:
    """Namespaces with a name that no other run has; they are removed whatever happens, also at SIGTERM."""
    made = Namespaces(f"pathproof-{secrets.token_hex(4)}")
    is_main = threading.current_thread() is threading.main_thread()
    former = signal.signal(signal.SIGTERM, _interrupt) if is_main else None
    try:
        yield made
    finally:
        made.remove()
        if is_main:
            signal.signal(signal.SIGTERM, former)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt  # as Ctrl-C: all that was begun is ended on the way out
