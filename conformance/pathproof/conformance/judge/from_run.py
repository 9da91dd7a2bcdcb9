"""Runs of the machine `cid_supply` as traces: what each end would have logged of them.

So the judge can be held against the machine (an honest run must never be judged violated, whatever was lost,
reordered or repeated) and every run of a mutant becomes a trace that should be. A frame leaves in a packet of
its own. The first delivery of a frame is the arrival of its first packet, however late; each further one is a
new packet, as after a loss that was none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from pathproof.conformance.events import Trace
from pathproof.conformance.judge.run_log import ENDPOINTS, Log
from pathproof.conformance.judge.run_writer import Writer
from pathproof.model.execute import initial, step
from pathproof.model.explorer.result import Run
from pathproof.model.machine import Machine

Step: TypeAlias = tuple[str, Mapping[str, int], Any, Any]
"""An action's name, its arguments, and the states before and after it."""


def events_of_run(
    machine: Machine, parameters: Any, run: Run | Iterable[Step], endpoint: str = "consumer"
) -> Trace:
    """Return the trace of a run of `cid_supply`, or of a mutant of it, as one end would log it.

    Parameters
    ----------
    machine
        `cid_supply` or a mutant of it; what the ends did is read off the states of the run.
    parameters
        The parameters of the machine that the run was made under.
    run
        What an exploration found, or the steps in order: the action's name, its arguments, the states before
        and after.
    endpoint
        Whose trace: that of the `consumer`, who is taken for the client, or of the `issuer`, the server. If
        the run leaves the connection open, this end goes on for a little and then closes without an error.

    Raises
    ------
    ValueError
        For an action that this machine does not have, or an end that is neither of the two.

    Examples
    --------
    >>> from pathproof.model.cid_supply import machine
    >>> from pathproof.model.execute import initial, step
    >>> p = machine.setting()
    >>> start = initial(machine, p)
    >>> after = step(machine.actions["issue"], start, p, {"prior": 0})
    >>> trace = events_of_run(machine, p, [("issue", {"prior": 0}, start, after)], "issuer")
    >>> [type(event).__name__ for event in trace.events]
    ['Parameters', 'Parameters', 'Packet', 'Packet', 'Packet', 'Packet', 'Packet']
    """
    if endpoint not in ENDPOINTS:
        raise ValueError(f"an end is one of {', '.join(ENDPOINTS)}, not {endpoint}")
    writer = Writer(parameters, Log(ENDPOINTS[endpoint], parameters))
    steps = [(s.action, s.arguments, s.before, s.after) for s in run.steps] if isinstance(run, Run) else run
    after = initial(machine, parameters)
    for action, arguments, before, after in steps:
        if action not in machine.actions:
            raise ValueError(f"{machine.name} has no action {action}")
        writer.step(action, arguments, before, after)
    if endpoint == "issuer":
        _arrivals(machine, parameters, writer, after)
    writer.end()
    return writer.log.trace()


def _arrivals(machine: Machine, parameters: Any, writer: Writer, state: Any) -> None:
    """What the issuer has sent arrives, by the machine's own steps, so that its log has acknowledgments."""
    deliver = machine.actions["deliver_new_connection_id"]
    for frame in writer.in_flight():
        assert isinstance(frame.retire_prior_to, int)  # it came from a run, which has every field
        arguments = {"number": frame.sequence_number, "prior": frame.retire_prior_to}
        after = step(deliver, state, parameters, arguments)
        if after is not None:
            writer.step(deliver.name, arguments, state, after)
            state = after
