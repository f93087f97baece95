"""The guard of the outgoing door: where nothing may be sent, however it is spelt or resolved."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.outgoing.addresses import Blocked, Resolver, addresses_of, is_public, read_target

PRIVATE = [
    "127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.127.255.255", "0.1.2.3", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
    "192.88.99.1", "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1",
    "64:ff9b::808:808", "64:ff9b:1::a00:1", "2002:7f00:1::1", "2002:808:808::1", "2001::1", "fc00::1", "fd00::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "2001:db8::1", "not an address",
]  # fmt: skip
PUBLIC = ["8.8.8.8", "114.114.114.114", "100.63.255.255", "100.128.0.0", "172.32.0.1", "2400:3200::1", "2606:4700::1"]


def answering(*addresses: str) -> Resolver:
    """Stand for a name server that gives these addresses."""

    def resolve(_host: str, port: int, **_how: Any) -> list[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    return resolve


@pytest.mark.parametrize("address", PRIVATE)
def test_inside_and_hidden_addresses_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_open_addresses_are_public(address: str) -> None:
    assert is_public(address)


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_an_ipv4_address_hidden_in_ipv6_is_never_public(number: int) -> None:
    hidden = [0xFFFF << 32 | number, number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    assert not any(is_public(str(ipaddress.IPv6Address(one))) for one in hidden)
    plain = ipaddress.IPv4Address(number)
    assert not (is_public(str(plain)) and (plain.is_private or plain.is_multicast or plain.is_reserved))


@pytest.mark.parametrize(
    "url",
    [
        "ftp://gw.example/", "file:///etc/passwd", "gopher://gw.example/", "//gw.example/", "gw.example", "https://",
        "http://gw.example/", "https://user@gw.example/", "https://user:pw@gw.example/", "https://gw.example:99999/",
        "https://gw.example:x/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://017700000001/",
        "https://127.1/", "https://0177.0.0.1/", "https://127.0.0.01/", "https://1.2.3.4.5/", "https://gw.0x1/",
        "https://[::1%25eth0]/", "https://[fe80::1%eth0]/", "https://[1.2.3.4]/", "https://a..b/", "https://-a.example/",
        "https://gw.example/ HTTP/1.1", "https://gw.example/\r\nX: 1", "https://gw.example\\@127.0.0.1/",
        "https://gw .example/", "https://gw\u3002\u3002example/", f"https://{'a' * 64}.example/",
    ],
)  # fmt: skip
def test_addresses_that_are_no_addresses(url: str) -> None:
    with pytest.raises(Blocked):
        read_target(url, ())


def test_one_spelling_of_each_host() -> None:
    read = [read_target(url, ()) for url in (
        "https://GW.Example./a?b=1#c", "https://gw.example:443", "https://短信.example:8443/", "https://[2400:3200:0::1]/",
        "https://１２７.0.0.1/",
    )]  # fmt: skip
    assert [(one.host, one.port, one.path, one.netloc) for one in read] == [
        ("gw.example", 443, "/a?b=1", "gw.example"), ("gw.example", 443, "/", "gw.example"),
        ("xn--vuq298g.example", 8443, "/", "xn--vuq298g.example:8443"), ("2400:3200::1", 443, "/", "[2400:3200::1]"),
        ("127.0.0.1", 443, "/", "127.0.0.1"),
    ]  # fmt: skip


def test_loopback_and_the_cloud_s_own_address_are_refused_by_the_real_resolver() -> None:
    for url in ("https://127.0.0.1/", "https://localhost/", "https://[::1]/", "https://169.254.169.254/latest"):
        with pytest.raises(Blocked, match="not public"):
            addresses_of(read_target(url, ()), ())


def test_a_name_is_refused_if_any_of_its_addresses_is_inside() -> None:
    target = read_target("https://gw.example/", ())
    assert addresses_of(target, (), answering("8.8.8.8", "8.8.4.4", "8.8.8.8")) == ["8.8.8.8", "8.8.4.4"]
    for inside in PRIVATE[:-1]:
        with pytest.raises(Blocked, match="not public"):
            addresses_of(target, (), answering("8.8.8.8", inside))
    with pytest.raises(Blocked, match="no address"):
        addresses_of(target, (), answering())


def test_a_name_nobody_knows_has_no_address() -> None:
    def unknown(*_asked: Any, **_how: Any) -> list[Any]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(Blocked, match="has no address"):
        addresses_of(read_target("https://nobody.example/", ()), (), unknown)


def test_an_allowed_host_may_be_inside_and_without_tls_and_no_other() -> None:
    allowed = ("sms.county.example", "10.0.0.7:8080", "[::1]")
    for url, inside in (("http://sms.county.example:81/", "10.0.0.9"), ("http://10.0.0.7:8080/", "10.0.0.7"),
                        ("https://[::1]/", "::1")):  # fmt: skip
        assert addresses_of(read_target(url, allowed), allowed, answering(inside)) == [inside]
    for url in ("http://10.0.0.7:8081/", "http://county.example/", "http://a.sms.county.example/"):
        with pytest.raises(Blocked, match="http only"):
            read_target(url, allowed)
    with pytest.raises(Blocked, match="not public"):
        addresses_of(read_target("https://10.0.0.7:8081/", allowed), allowed)
