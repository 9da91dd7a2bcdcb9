"""What an endpoint does, as files of qlog: one for each connection, and one for what belongs to none.

`QlogWriter` is an observer of an `Endpoint`. The files are JSON text sequences after the drafts of qlog that
`schema` names; whoever reads them finds every datagram, packet and frame, but no data of streams.
"""

from pathproof.reference.qlog.writer import QlogWriter

__all__ = ["QlogWriter"]
