"""Our four frames in a payload: which one begins here, and whether it may stand in this packet."""

from pathproof.spec.names import FrameType
from pathproof.spec.wire_image import varint
from pathproof.spec.wire_image.decode import Decoded, decode
from pathproof.spec.wire_image.item import Item, Malformed, Packet
from pathproof.spec.wire_image.load import item


def decode_frame(
    data: bytes, packet: Packet = "1-RTT", optional: bool = False
) -> tuple[Item, Decoded] | None:
    """Return the frame at the beginning of `data`, or None if it is none of the four, or no type is there.

    Parameters
    ----------
    data : bytes
        What is left of a packet's payload.
    packet : str
        The type of the packet: ``"Initial"``, ``"0-RTT"``, ``"Handshake"`` or ``"1-RTT"``.
    optional : bool
        Whether checks that the text permits without demanding them are made too.

    Raises
    ------
    Malformed
        If the frame is cut off, breaks a check, or may not stand in such a packet.

    Examples
    --------
    >>> found, frame = decode_frame(bytes.fromhex("1905"))
    >>> found.name, frame.values["sequence_number"], frame.size
    ('RETIRE_CONNECTION_ID', 5, 2)
    """
    kind = varint.read(data, 0)
    if kind is None or kind[0] not in {*FrameType}:
        return None
    found = item(FrameType(kind[0]).name)
    wrong = None if packet in found.packets else found.misplaced
    if packet in found.barred_from:
        wrong = found.barred
    if wrong and (optional or not wrong.optional):
        raise Malformed(found, wrong, f"stands in a {packet} packet")
    return found, decode(found, data, optional=optional, whole=False)
