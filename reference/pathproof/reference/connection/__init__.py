"""One connection, sans-IO: datagrams and time in; datagrams, events and the next deadline out.

`Connection` holds the parts. `receiving` takes datagrams apart, `frames_in` does what frames say, `sending`
builds datagrams, `timers` does what time brings, and `ending` how it ends. The rules of migration are in the
packages named after them.
"""

from pathproof.reference.connection.configuration import Configuration
from pathproof.reference.connection.connection import Connection
from pathproof.reference.connection.ending import Phase
from pathproof.reference.connection.events import Ended, Event, HandshakeComplete, PathEvent
from pathproof.reference.connection.sending import Outgoing

__all__ = [
    "Configuration",
    "Connection",
    "Ended",
    "Event",
    "HandshakeComplete",
    "Outgoing",
    "PathEvent",
    "Phase",
]
