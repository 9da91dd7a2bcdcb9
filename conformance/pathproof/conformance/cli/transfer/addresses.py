"""Addresses and amounts as users write them."""

from __future__ import annotations

import ipaddress
import re
import socket

import click

Address = tuple[str, int]
AMOUNT = re.compile(r"([0-9]{1,15})([kMG]?)", re.ASCII)
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9}
WRITTEN = re.compile(r"(?:\[(?P<six>[^][]+)\]|(?P<host>[^][:]+))(?::(?P<port>[0-9]{1,5}))?", re.ASCII)


def split(text: str, port: int | None = None) -> Address:
    """Host and port; an IPv6 address stands in brackets. `port` is for texts without one.

    Raises `click.BadParameter` for anything else.

    >>> split("[::1]:443"), split("localhost", port=0)
    (('::1', 443), ('localhost', 0))
    """
    found = WRITTEN.fullmatch(text)
    number = port if found is None or found["port"] is None else int(found["port"])
    if found is None or number is None or number > 65535:
        raise click.BadParameter(f"{text} is no address: write HOST:PORT or [IPV6]:PORT")
    return found["six"] or found["host"], number


def resolve(address: Address) -> Address:
    """The address by number.

    Raises `click.BadParameter` if the host is not known.

    >>> resolve(("127.0.0.1", 443))
    ('127.0.0.1', 443)
    """
    try:
        found = socket.getaddrinfo(*address, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no host name"
        raise click.BadParameter(f"{address[0]}: {reason}") from None
    host, port = found[0][4][:2]
    return str(host), int(port)


def amount(text: str) -> int:
    """Bytes from `1500000`, `1500k` or `2M`.

    Raises `click.BadParameter` for anything else.

    >>> amount("1500k")
    1500000
    """
    found = AMOUNT.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text or 'an empty text'} is no number of bytes: write 1500000 or 2M")
    return int(found[1]) * UNITS[found[2]]


def is_ipv6(address: Address) -> bool:
    """Whether an address by number is one of IPv6."""
    return ipaddress.ip_address(address[0].partition("%")[0]).version == 6
