"""The wire image: what frames, parameters, packets and connection IDs look like, as data.

`wire_data` has one file an item: fields in order with their widths, and the checks on them with the error
that breaking each one means. `encode` and `decode` are driven by it alone, and so are the malformed cases
that `malformed` makes, the vectors, and the documents.
"""

from pathproof.spec.wire_image.amount import Amount
from pathproof.spec.wire_image.decode import Decoded, decode
from pathproof.spec.wire_image.encode import encode
from pathproof.spec.wire_image.errors import Error, errors
from pathproof.spec.wire_image.frames import decode_frame
from pathproof.spec.wire_image.item import Check, Field, Item, Malformed
from pathproof.spec.wire_image.load import citations, item, load
from pathproof.spec.wire_image.malformed import Case, cases
from pathproof.spec.wire_image.parameters import decode_parameters, encode_parameters

__all__ = [
    "Amount",
    "Case",
    "Check",
    "Decoded",
    "Error",
    "Field",
    "Item",
    "Malformed",
    "cases",
    "citations",
    "decode",
    "decode_frame",
    "decode_parameters",
    "encode",
    "encode_parameters",
    "errors",
    "item",
    "load",
]
