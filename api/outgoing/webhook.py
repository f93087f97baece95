"""The signed webhook: one POST to the county's or province's own gateway (SMS, DingTalk, WeCom), nothing followed.

`X-Cunzhan-Signature` is the HMAC-SHA256, in lower-case hex, of `<timestamp>.<body>` under the shared secret, as feeds
sign what they send us; `X-Cunzhan-Delivery` stays the same in every repetition, so that a gateway sends once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import socket
import ssl

import urllib3

from api.outgoing.addresses import Resolver, Target, addresses_of, read_target
from api.outgoing.settings import WebhookSettings

CONNECT_S, READ_S = 5.0, 15.0
MOST_ADDRESSES = 3
_NOT_REACHED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
# Certificates of today; what cannot speak TLS 1.2 is not spoken to.
OLDEST_TLS = ssl.TLSVersion.TLSv1_2


class NotDelivered(Exception):
    """The other side did not take the message; it may be tried again."""


def signature_of(secret: str, timestamp: int, body: bytes) -> str:
    """Give the signature of a body at an instant (whole seconds since 1970)."""
    signed = str(timestamp).encode() + b"." + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def post(
    settings: WebhookSettings, body: bytes, *, delivery: str, now: dt.datetime, resolver: Resolver = socket.getaddrinfo
) -> int:
    """Send one signed body and give the status, 200 to 299; refuses with Blocked and NotDelivered.

    A redirect is not followed, and the answer's body is not read: a gateway has nothing to tell us.
    """
    target = read_target(settings.url, settings.allowed_hosts)
    addresses = addresses_of(target, settings.allowed_hosts, resolver)
    timestamp = int(now.timestamp())
    headers = {
        "Host": target.netloc, "Content-Type": "application/json; charset=utf-8", "User-Agent": "Cunzhan",
        "Connection": "close", "X-Cunzhan-Timestamp": str(timestamp), "X-Cunzhan-Delivery": delivery,
        "X-Cunzhan-Signature": signature_of(settings.secret, timestamp, body),
    }  # fmt: skip
    failure = ""
    for address in addresses[:MOST_ADDRESSES]:
        try:
            status = _post_to(address, target, settings.ca_file, body, headers)
        except _NOT_REACHED as error:
            # Nothing was sent yet, so another address of the same host may be tried.
            failure = f"{target.host}: {type(error).__name__}"
            continue
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NotDelivered(f"{target.host}: {type(error).__name__}") from error
        if not 200 <= status < 300:
            raise NotDelivered(f"{target.host} answered {status}")
        return status
    raise NotDelivered(failure)


def _post_to(address: str, target: Target, ca_file: str | None, body: bytes, headers: dict[str, str]) -> int:
    with _pool(target, address, ca_file) as pool:
        answer = pool.urlopen("POST", target.path, body=body, headers=headers, redirect=False, retries=False,
                              assert_same_host=False, preload_content=False)  # fmt: skip
        answer.close()
    return answer.status


def _pool(target: Target, address: str, ca_file: str | None) -> urllib3.HTTPConnectionPool:
    """Give connections to exactly this address; the certificate is checked against the host's name."""
    timeout = urllib3.Timeout(connect=CONNECT_S, read=READ_S)
    if target.scheme == "http":
        return urllib3.HTTPConnectionPool(address, target.port, timeout=timeout, maxsize=1)
    return urllib3.HTTPSConnectionPool(
        address, target.port, timeout=timeout, maxsize=1, ssl_context=trusting(ca_file), server_hostname=target.host
    )


def trusting(ca_file: str | None) -> ssl.SSLContext:
    """Give a TLS context that trusts the machine's authorities, and the operator's own one beside them."""
    context = ssl.create_default_context()
    if ca_file is not None:
        context.load_verify_locations(ca_file)
    context.minimum_version = OLDEST_TLS
    return context
