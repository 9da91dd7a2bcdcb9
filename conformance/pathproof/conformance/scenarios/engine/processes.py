"""Processes in namespaces, whose lines of JSON are heard as they come; each is ended by its own id."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pathproof.conformance.scenarios.engine.child import Line
from pathproof.conformance.scenarios.engine.namespaces import Namespaces

PACKAGE = "pathproof.conformance.scenarios.engine"
PATIENCE = 5.0
"""Seconds in which a process is to end once it was told to."""
STARTS = 30.0
"""Seconds in which a process is to say that it is ready."""
POLL = 0.01


class ProcessFailed(Exception):
    """A process ended where it should not have, or did not begin; the text is what it said."""


@dataclass(slots=True)
class Process:
    """One process that runs, and all that it has said."""

    name: str
    running: subprocess.Popen[str]
    lines: list[Line] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    is_expected_to_end: bool = False
    is_killed: bool = False
    _readers: list[threading.Thread] = field(default_factory=list)

    def listen(self) -> None:
        """Hear what it says from now on."""
        for reads in (self._read, self._read_errors):
            reader = threading.Thread(target=reads, daemon=True)
            reader.start()
            self._readers.append(reader)

    def order(self, do: str, **more: object) -> None:
        """Order something."""
        assert self.running.stdin is not None
        try:
            self.running.stdin.write(json.dumps({"do": do, **more}) + "\n")
            self.running.stdin.flush()
        except BrokenPipeError:
            raise self.failed() from None

    def said(self, event: str) -> list[Line]:
        """The lines about one kind of event, so far."""
        return [line for line in list(self.lines) if line["event"] == event]

    def wait_for(self, event: str, limit: float = STARTS) -> Line:
        """The first line about such an event, once it is there.

        Raises
        ------
        ProcessFailed
            If the process ends before, or the time is over.
        """
        if not self.until(lambda: bool(self.said(event)), limit):
            raise self.failed(f"said no {event} in {limit:g} s")
        return self.said(event)[0]

    def until(self, so: Callable[[], bool], limit: float) -> bool:
        """Wait until something is so, this process has ended, or the time is over; whether it is so."""
        ends = time.monotonic() + limit
        while not so():
            if time.monotonic() > ends:
                return so()
            if self.running.poll() is not None and not self.is_expected_to_end:
                self.join()
                if so():
                    return True
                raise self.failed()
            time.sleep(POLL)
        return True

    def kill(self) -> None:
        """End it at once, as a crash does."""
        self.is_expected_to_end = self.is_killed = True
        self.running.kill()
        self.running.wait()
        self.join()

    def end(self) -> None:
        """Have it end by itself; what does not is killed."""
        self.is_expected_to_end = True
        self._hang_up()
        try:
            self.running.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.join()

    def _read(self) -> None:
        assert self.running.stdout is not None
        for line in self.running.stdout:
            self.lines.append(json.loads(line))

    def _read_errors(self) -> None:
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.errors.append(line.rstrip())

    def _hang_up(self) -> None:
        """Order nothing any more, which is how a process is told to end."""
        assert self.running.stdin is not None
        try:
            self.running.stdin.close()
        except BrokenPipeError:
            self.errors.append("it had ended before it was told to")

    def join(self) -> None:
        """Hear the rest of what a process has said that has ended."""
        self._hang_up()
        for reader in self._readers:
            reader.join(PATIENCE)
        for stream in (self.running.stdout, self.running.stderr):
            assert stream is not None
            stream.close()

    def failed(self, why: str = "") -> ProcessFailed:
        """What is to be raised if it did not do its work: what happened, and its last words."""
        said = why or f"ended with status {self.running.poll()}"
        return ProcessFailed(f"{self.name} {said}: {' | '.join(self.errors[-3:]) or 'it said nothing'}")


class Processes:
    """All processes of one run."""

    def __init__(self, namespaces: Namespaces) -> None:
        self.namespaces = namespaces
        self.all: list[Process] = []

    def start(self, name: str, machine: str, module: str, asked: Line) -> Process:
        """Start a module of the engine in the namespace of a machine."""
        inside = ("ip", "netns", "exec", self.namespaces.name(machine))
        command = [*inside, sys.executable, "-m", f"{PACKAGE}.{module}", json.dumps(asked)]
        pipe = subprocess.PIPE
        running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
        process = Process(name, running)
        self.all.append(process)
        process.listen()
        return process

    def end(self) -> None:
        """End all, the latest first."""
        for process in reversed(self.all):
            if process.running.poll() is None:
                process.end()
            else:
                process.join()

    def check(self) -> None:
        """What was measured counts only if all that measured it has ended well.

        Raises
        ------
        ProcessFailed
            If one has not: a client that broke looks like one that stalled.
        """
        for process in self.all:
            if process.running.poll() != 0 and not process.is_killed:
                raise process.failed()
