"""Runs of the machine `preferred_address` by name, and which claims they break."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pathproof.model import execute
from pathproof.model.machine import Claim, instances
from pathproof.model.preferred_address import PreferredAddress, machine


def parsed(run: str) -> list[tuple[str, dict[str, int]]]:
    """The steps of a run, each an action with its arguments after a colon: `probe_preferred:0,1`."""
    steps = []
    for word in run.split():
        name, _, given = word.partition(":")
        names = machine.actions[name].arguments
        steps.append((name, dict(zip(names, map(int, given.split(",") if given else ()), strict=True))))
    return steps


def states(run: str, **settings: Any) -> list[PreferredAddress]:
    """Every state of a run, the first included; each step must be enabled."""
    parameters = machine.setting(settings)
    found = [execute.initial(machine, parameters)]
    for name, arguments in parsed(run):
        following = execute.step(machine.actions[name], found[-1], parameters, arguments)
        assert following is not None, f"{name} {arguments} is not enabled in {found[-1]}"
        found.append(following)
    return found


def after(run: str, **settings: Any) -> PreferredAddress:
    """The state at the end of a run."""
    return states(run, **settings)[-1]


def may(run: str, step: str, **settings: Any) -> bool:
    """Whether a step is enabled at the end of a run."""
    [(name, arguments)] = parsed(step)
    state, parameters = after(run, **settings), machine.setting(settings)
    return execute.step(machine.actions[name], state, parameters, arguments) is not None


def holds(claim: Claim, run: str, **settings: Any) -> bool:
    """Whether a claim holds in every state, or at every step, of a run."""
    parameters, found = machine.setting(settings), states(run, **settings)
    if claim.sort == "step":
        pairs = pairwise(found)
        return all(
            claim.function(one, next_, parameters, **chosen)
            for one, next_ in pairs
            for chosen in instances(claim, parameters)
        )
    return all(
        claim.function(one, parameters, **chosen) for one in found for chosen in instances(claim, parameters)
    )


BEGUN = "receive_parameters confirm "
PROBED = BEGUN + "probe_preferred:0,1 deliver_probe:2 "
MOVED = PROBED + "deliver_server_answer:2 "
BOTH_MOVED = MOVED + "deliver_challenge:2 deliver_client_answer:2 deliver_data:1 "
BOTH_PROBED = BEGUN + "supply probe_both:1,2 "
FAILED = BEGUN + "probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1 "
COPIED = BEGUN + "copy_as_client:1 deliver_challenge:2 deliver_client_answer:2 "
COPIED_EARLY = "receive_parameters copy_as_client:1 deliver_challenge:2 deliver_client_answer:2 "
VICTIM_SPARED = "name_a_victim confirm probe_preferred:0,1 client_timer:1 client_timer:1 client_timer:1 "
