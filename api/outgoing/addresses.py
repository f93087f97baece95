"""Where a message may go: the guard against being sent to the inside of our own network (SSRF).

A host is resolved once; every address it has must be public, and the connection is made to exactly the address that
was looked at, so that no second answer of the name server can move it. A host on the operator's allow-list
(CUNZHAN_OUTGOING_ALLOW_HOSTS: a gateway inside the county's network) may be anywhere, and be spoken to without TLS.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Resolver = Callable[..., list[Any]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Beside what `is_global` says: ranges that lead elsewhere than they show, and those it judged otherwise once.
_REFUSED = tuple(ipaddress.ip_network(text) for text in (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
    "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
    "224.0.0.0/3",
    # ::/96 and ::ffff:0:0/96 hide an IPv4 address, so do NAT64 (two prefixes), Teredo and 6to4.
    "::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
    "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
))  # fmt: skip
# A last label that is a number is an address to some resolver (inet_aton: decimal, octal, hexadecimal, short forms).
_NUMERIC = re.compile(r"(?:.*\.)?(?:[0-9]+|0[xX][0-9a-fA-F]*)\.?")
_NAME = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)(?:\.(?!-)[A-Za-z0-9_-]{1,63}(?<!-))*")


class Blocked(Exception):
    """The address is one to which nothing may be sent; the message says why, in one line."""


@dataclass(frozen=True)
class Target:
    """A checked URL; `host` is in ASCII, lower case, without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def netloc(self) -> str:
        """Give what the Host header says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"https": 443, "http": 80}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def read_target(url: str, allowed: Collection[str]) -> Target:
    """Take a URL apart; refuses (Blocked) other schemes, http to a host not allowed, names and passwords, odd hosts."""
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in url) or "\\" in url:
        raise Blocked("the address holds blanks, control signs or backslashes")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise Blocked(f"not an address: {error}") from error
    if parts.scheme not in ("https", "http") or not parts.hostname:
        raise Blocked("only https://host/… (http:// for an allowed host)")
    if "@" in parts.netloc:
        raise Blocked("no name and password in the address")
    host = _plain_host(parts.hostname)
    target = Target(parts.scheme, host, port or {"https": 443, "http": 80}[parts.scheme],
                    (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))  # fmt: skip
    if target.scheme == "http" and not is_allowed(target, allowed):
        raise Blocked(f"http only to an allowed host, not to {host}")
    return target


def _plain_host(host: str) -> str:
    """Give the host as one spelling; what looks like an address must be one, spelt as usual."""
    if ":" in host:
        try:
            address = ipaddress.IPv6Address(host)
        except ValueError as error:
            raise Blocked(f"not an IPv6 address: {host}") from error
        if address.scope_id is not None:
            raise Blocked(f"an address of one machine's own network: {host}")
        return str(address)
    try:
        ascii_host = host.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise Blocked(f"not a host name: {host}") from error
    if _NUMERIC.fullmatch(ascii_host):
        try:
            return str(ipaddress.IPv4Address(ascii_host))
        except ValueError as error:
            raise Blocked(f"an address in an unusual spelling: {host}") from error
    if not _NAME.fullmatch(ascii_host):
        raise Blocked(f"not a host name: {host}")
    return ascii_host


def is_allowed(target: Target, allowed: Collection[str]) -> bool:
    """Say whether the operator allows the host by name, for all ports or (`host:port`) for one."""
    host = f"[{target.host}]" if ":" in target.host else target.host
    return host in allowed or f"{host}:{target.port}" in allowed


def addresses_of(target: Target, allowed: Collection[str], resolver: Resolver = socket.getaddrinfo) -> list[str]:
    """Resolve the host, once, and give the addresses to connect to; refuses (Blocked) unless all of them are public."""
    try:
        answers = resolver(target.host, target.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Blocked(f"{target.host} has no address") from error
    found = list(dict.fromkeys(str(answer[4][0]) for answer in answers))
    if not found:
        raise Blocked(f"{target.host} has no address")
    if not is_allowed(target, allowed):
        for text in found:
            if not is_public(text):
                raise Blocked(f"{target.host} leads to {text}, which is not public")
    return found


def is_public(text: str) -> bool:
    """Say whether an address is one of the open network; one that cannot be read, or has a zone, is not."""
    try:
        address: Address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.scope_id is not None:
        return False
    inside = any(address in network for network in _REFUSED if network.version == address.version)
    return address.is_global and not address.is_multicast and not inside
