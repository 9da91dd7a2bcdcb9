"""Transport parameters (RFC 9000 7.3, 7.4, 18): values with defaults, reading, writing, and authentication.

Those in the scope of the wire image are read and written by its data; `layout` has the rest.
"""

from pathproof.reference.transport_parameters.authenticate import authenticate_client, authenticate_server
from pathproof.reference.transport_parameters.read import read
from pathproof.reference.transport_parameters.values import PreferredAddress, TransportParameters
from pathproof.reference.transport_parameters.write import write

__all__ = [
    "PreferredAddress",
    "TransportParameters",
    "authenticate_client",
    "authenticate_server",
    "read",
    "write",
]
