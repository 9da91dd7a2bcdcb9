"""Namespaces and processes of a run are gone when it is over, however it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pathproof.conformance.scenarios.engine import namespaces as engine
from pathproof.conformance.scenarios.engine.expectation import Answer
from pathproof.conformance.scenarios.engine.links import Cable
from pathproof.conformance.scenarios.engine.namespaces import HANDLES, CommandFailed, lacks
from pathproof.conformance.scenarios.engine.processes import ProcessFailed
from pathproof.conformance.scenarios.engine.running import Scenario, run
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.world import QUICK, StoryStuck, World

CABLE = Cable("client", "wlan0", ("10.1.0.2/24",))
LIMIT = 20.0
SCRIPT = """
from pathproof.conformance.scenarios.engine import namespaces
from pathproof.conformance.cli.main import main
namespaces.secrets.token_hex = lambda count: {token!r}
main(["scenario", "run", "wifi-to-cellular"])
"""


def made_by(token: str) -> list[Path]:
    """The namespaces of a run."""
    return list(HANDLES.glob(f"pathproof-{token}-*"))


@pytest.mark.parametrize("error", [KeyboardInterrupt, StoryStuck, ValueError], ids=lambda one: one.__name__)
@pytest.mark.usefixtures("permitted")
def test_all_is_removed_when_a_story_breaks(error: type[BaseException]) -> None:
    """Whatever a story raises, its processes have ended and its namespaces are gone."""
    worlds: list[World] = []

    def story(world: World) -> Seen:
        worlds.append(world)
        world.plug(CABLE)
        raise error("broken")

    with pytest.raises(error):
        run(Scenario("broken", "It breaks", story, ()), pace=QUICK)
    (world,) = worlds
    assert world.processes.all and all(one.running.poll() is not None for one in world.processes.all)
    assert not list(HANDLES.glob(f"{world.namespaces.prefix}-*"))
    assert not world.folder.exists()


@pytest.fixture(autouse=True)
def interruptible() -> Iterator[None]:
    """A process that is begun here hears SIGINT, also where these tests run in the background."""
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, former)


@pytest.mark.usefixtures("permitted")
def test_an_interrupt_while_one_is_made_leaves_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there before the command that makes it has returned."""

    def interrupted(*command: str, given: str = "") -> str:
        said = run_command(*command, given=given)
        if command[:3] == ("ip", "netns", "add"):
            raise KeyboardInterrupt
        return said

    run_command = engine.run
    monkeypatch.setattr(engine, "run", interrupted)
    with pytest.raises(KeyboardInterrupt), engine.namespaces() as made:
        made.make("client")
    assert made.made and not list(HANDLES.glob(f"{made.prefix}-*"))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM], ids=["interrupted", "terminated"])
@pytest.mark.usefixtures("permitted")
def test_all_is_removed_when_the_command_is_ended(how: signal.Signals) -> None:
    """Exit status 130, a line, and nothing is left of the run."""
    token = f"{os.getpid():x}"  # of this run alone
    command = [sys.executable, "-c", SCRIPT.format(token=token)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        ends = time.monotonic() + LIMIT
        while len(made_by(token)) < 3 and time.monotonic() < ends:
            time.sleep(0.02)
        assert len(made_by(token)) == 3
        process.send_signal(how)
        _, said = process.communicate(timeout=LIMIT)
    assert (process.returncode, said.strip()) == (130, "pathproof: interrupted")
    assert made_by(token) == []


@pytest.mark.usefixtures("permitted")
def test_a_process_that_fails_ends_the_run_with_what_it_said() -> None:
    """A server at an address that is not its machine's cannot begin."""

    def story(world: World) -> Seen:
        world.plug(CABLE, Cable("server", "eth0", ("10.9.0.2/24",)))
        world.serve("10.8.0.9")
        world.ready()
        raise AssertionError

    with pytest.raises(ProcessFailed, match=r"(tcp|quic)-server ended with status 1: .*assign requested"):
        run(Scenario("broken", "It breaks", story, ()), pace=QUICK)


@pytest.mark.usefixtures("permitted")
def test_a_process_that_broke_is_not_taken_for_one_that_stalled() -> None:
    """A client that ends by an exception gives no figure."""

    def story(world: World) -> Seen:
        world.plug(CABLE)
        asked = {"host": "no number", "port": 1, "watch": "x", "follows": False}
        process = world.start("quic-client", "client", "quic_client", asked)
        process.wait_for("ready")
        process.is_expected_to_end = True
        process.order("fetch", path="/file")
        process.running.wait(LIMIT)
        world.processes.end()
        world.processes.check()
        raise AssertionError

    with pytest.raises(ProcessFailed, match=r"^quic-client ended with status 1: .*"):
        run(Scenario("broken", "It breaks", story, ()), pace=QUICK)


def test_a_command_that_fails_says_what_it_was() -> None:
    """Its words and its error are on one line."""
    with pytest.raises(CommandFailed, match=r"^ls /nowhere/at/all: .*No such file"):
        engine.run("ls", "/nowhere/at/all")


def test_what_is_lacking_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another system, or no program that makes namespaces."""
    monkeypatch.setattr(engine.shutil, "which", lambda name: None)
    assert lacks() == "the program ip (iproute2) is not installed"
    monkeypatch.setattr(engine.sys, "platform", "darwin")
    assert lacks() == "network namespaces are Linux's"


def test_namespaces_that_may_not_be_made_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system said is passed on."""

    def refuse(*command: str, given: str = "") -> str:
        raise CommandFailed("ip netns add x: Operation not permitted")

    monkeypatch.setattr(engine.sys, "platform", "linux")
    monkeypatch.setattr(engine.shutil, "which", lambda name: name)
    monkeypatch.setattr(engine, "run", refuse)
    assert lacks() == "no network namespace may be made: ip netns add x: Operation not permitted"


def test_an_answer_holds_or_not() -> None:
    """The evidence is kept beside it."""
    assert Answer(True, "seen").held and not Answer(False, "seen").held
