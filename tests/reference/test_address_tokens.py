"""Address validation tokens: whose they are, how long, and how often (RFC 9000 8.1)."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.address_tokens import AddressTokens, NewToken, RetryToken, is_retry

KEY = bytes(range(32))
HOSTS = st.sampled_from(["192.0.2.1", "192.0.2.2", "2001:db8::1"])
PORTS = st.integers(1, 65535)
IDS = st.binary(max_size=20)
random = Random(5).randbytes


@given(HOSTS, PORTS, IDS, IDS, st.floats(0, 1e9))
def test_a_retry_token_brings_back_its_connection_ids(
    host: str, port: int, original: bytes, source: bytes, now: float
) -> None:
    """More than once: each Initial packet of the connection repeats it (RFC9000-8.1.2-02)."""
    tokens = AddressTokens(KEY)
    token = tokens.retry(host, port, original, source, now, random)
    assert is_retry(token)
    for _ in range(2):
        assert tokens.open(token, host, port, now) == RetryToken(original, source)


@given(HOSTS, HOSTS, PORTS, PORTS)
def test_a_token_is_bound_to_its_address(host: str, other: str, port: int, another: int) -> None:
    """A Retry token to IP address and port (8.1.4-03), a NEW_TOKEN token to the IP address (8.1.4-04)."""
    tokens = AddressTokens(KEY)
    retry = tokens.retry(host, port, b"original", b"source", 0, random)
    assert (tokens.open(retry, other, another, 0) is not None) == ((host, port) == (other, another))
    token = tokens.new_token(host, 0, random)
    assert (tokens.open(token, other, another, 0) == NewToken()) == (host == other)


@pytest.mark.parametrize("kind", ["retry", "new"])
def test_a_token_expires(kind: str) -> None:
    """A Retry token soon, the other one later (8.1.4-08); and none comes from the future."""
    tokens = AddressTokens(KEY, retry_life=10, new_life=1000)
    life = 10 if kind == "retry" else 1000
    for age, good in ((-0.1, False), (0, True), (life, True), (life + 0.1, False)):
        token = tokens.new_token("192.0.2.1", 50, random)
        if kind == "retry":
            token = tokens.retry("192.0.2.1", 1, b"", b"", 50, random)
        assert (tokens.open(token, "192.0.2.1", 1, 50 + age) is not None) == good


@given(st.data())
def test_a_changed_token_is_invalid(data: st.DataObject) -> None:
    """Whatever byte it is, the one that tells the kind too (8.1.1-01, 8.1.4-02)."""
    tokens = AddressTokens(KEY)
    token = bytearray(tokens.retry("192.0.2.1", 1, b"original", b"source", 0, random))
    token[data.draw(st.integers(0, len(token) - 1))] ^= data.draw(st.integers(1, 255))
    assert tokens.open(bytes(token), "192.0.2.1", 1, 0) is None


@given(
    st.one_of(st.binary(max_size=80), st.builds(lambda k, b: bytes([k]) + b, st.integers(0, 1), st.binary()))
)
def test_any_bytes_are_no_token(data: bytes) -> None:
    """Nothing is raised; an empty token is none."""
    assert AddressTokens(KEY).open(data, "192.0.2.1", 1, 0) is None


def test_another_server_with_the_key_takes_a_token_and_one_without_does_not() -> None:
    """RFC9000-8.1.3-14: such servers manage tokens jointly."""
    token = AddressTokens(KEY).new_token("192.0.2.1", 0, random)
    assert AddressTokens(bytes(32)).open(token, "192.0.2.1", 1, 0) is None
    assert AddressTokens(KEY).open(token, "192.0.2.1", 1, 0) == NewToken()


def test_a_new_token_is_good_once() -> None:
    """8.1.4-09; another one for the same address is another token (8.1.3-10)."""
    tokens = AddressTokens(KEY)
    first, second = (tokens.new_token("192.0.2.1", 0, random) for _ in range(2))
    assert first != second
    for token in (first, second):
        assert tokens.open(token, "192.0.2.1", 1, 1) == NewToken()
        assert tokens.open(token, "192.0.2.1", 1, 1) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 20)), max_size=60), st.integers(1, 5))
def test_no_token_is_used_twice_however_little_is_remembered(uses: list[tuple[int, int]], room: int) -> None:
    """Time goes on, tokens come again and again in any order, and the memory stays bounded."""
    tokens = AddressTokens(KEY, new_life=30, remembered=room)
    made = [tokens.new_token("192.0.2.1", float(issued), random) for issued in range(10)]
    used: set[int] = set()
    now = 9.0
    for index, passes in uses:
        now += passes / 10
        if tokens.open(made[index], "192.0.2.1", 1, now):
            assert index not in used
            used.add(index)
        assert len(tokens._used) == len(tokens._ages) <= room


def test_expired_tokens_are_forgotten() -> None:
    """They need no room: they are invalid without it."""
    tokens = AddressTokens(KEY, new_life=10)
    for now in (0.0, 100.0):
        assert tokens.open(tokens.new_token("192.0.2.1", now, random), "192.0.2.1", 1, now)
    assert len(tokens._used) == 1
