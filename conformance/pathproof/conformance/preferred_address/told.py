"""What each end of the machine `preferred_address` holds, in words."""

from __future__ import annotations

from typing import Any

from pathproof.model.vocabulary import get, has

PATHS = ("first→original", "other→original", "first→preferred", "other→preferred", "stranger→preferred")


def client_state(s: Any) -> str:
    """The client: its path, what it probes, and its connection IDs.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.preferred_address import machine
    >>> client_state(initial(machine, machine.setting()))
    'sends on first→original  holds connection IDs {0}'
    """
    text = f"sends on {PATHS[get(s.sent_on, s.generation)]}  holds connection IDs {s.active}"
    text += _listed("  probes", s.probing)
    if s.attempt in {"failed", "done"}:
        text += f"  preferred address {'validated' if s.attempt == 'done' else 'failed'}"
    return text + ("  has processed what came from elsewhere" if s.taken_in == "from elsewhere" else "")


def server_state(s: Any) -> str:
    """The server: where the client's highest packet came from, what is validated, and where it sends from.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.preferred_address import machine
    >>> server_state(initial(machine, machine.setting()))
    'sends from original  follows first→original  validated first→original'
    """
    source = "preferred" if s.settled >= 2 else "original"
    text = f"sends from {source}  follows {PATHS[s.peer]}" + _listed("  validated", s.checked)
    text += _listed("  validates", s.checking)
    return text + (f"  sent {s.to_third} to a stranger" if s.to_third > 0 else "")


def _listed(what: str, numbers: Any) -> str:
    names = [PATHS[path] for path in range(5) if has(numbers, path)]
    return f"{what} {', '.join(names)}" if names else ""
