"""The endpoint on real sockets: a thin asyncio runner, and a server and a client that move files.

Nothing here decides anything about the protocol. `Runner` hands datagrams, time and random bytes to an
`Endpoint` and sends what it yields; `Server` and `Client` add the files of `hq`; `download` moves the client
meanwhile.
"""

from pathproof.reference.udp.certificate import fingerprint, self_signed
from pathproof.reference.udp.client import Client
from pathproof.reference.udp.download import Download, download
from pathproof.reference.udp.follow import follow
from pathproof.reference.udp.moves import Move
from pathproof.reference.udp.runner import Runner
from pathproof.reference.udp.server import Server

__all__ = [
    "Client",
    "Download",
    "Move",
    "Runner",
    "Server",
    "download",
    "fingerprint",
    "follow",
    "self_signed",
]
