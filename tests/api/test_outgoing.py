"""The outgoing door at work on real servers: a signed POST, one letter, nothing followed, and jobs that try again."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.app import create_app
from api.config import Config
from api.outgoing.addresses import Blocked
from api.outgoing.mail import Letter, send_letter, written
from api.outgoing.settings import MailSettings, WebhookSettings
from api.outgoing.webhook import NotDelivered, post, signature_of
from api.worker import make_worker
from stations.sales.reminders.tables import ReminderMailbox
from tests.api.gateways import gateway, relay
from tests.conftest import Clock
from tests.stations.sales.returns.building import begin, report
from tests.world import World

SECRET = "a secret of more than thirty-two signs"
NINE = dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC)
BODY = '{"短":1}'.encode()


@pytest.fixture(scope="module")
def ca() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(ca: trustme.CA, tmp_path: Path) -> str:
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    return str(tmp_path / "ca.pem")


def plain(port: int, path: str = "/sms") -> WebhookSettings:
    return WebhookSettings(f"http://127.0.0.1:{port}{path}", SECRET, (f"127.0.0.1:{port}",))


def test_a_signed_post_over_tls_to_the_address_that_was_looked_at(ca: trustme.CA, ca_file: str) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int, **_how: Any) -> list[Any]:
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with gateway(ca, "sms.county.example") as held:
        host = f"sms.county.example:{held.port}"
        meant = WebhookSettings(f"https://{host}/in?x=1", SECRET, (host,), ca_file)
        assert post(meant, BODY, delivery="d1", now=NINE, resolver=resolve) == 200
        path, headers, body = held.got[0]
    assert (path, body, asked) == ("/in?x=1", BODY, ["sms.county.example"])
    stamp = headers["X-Cunzhan-Timestamp"]
    right = hmac.new(SECRET.encode(), stamp.encode() + b"." + BODY, hashlib.sha256).hexdigest()
    assert (stamp, headers["X-Cunzhan-Signature"], headers["X-Cunzhan-Delivery"]) == ("1793667600", right, "d1")
    assert headers["Host"] == host


def test_a_signature_that_others_can_check() -> None:
    # Computed with: printf '1793667600.{}' | openssl dgst -sha256 -hmac key
    assert signature_of("key", 1793667600, b"{}") == "0fd92583d1fd091085f258b8213b8ac46730925ef6fbb885e642666940fea500"


def test_a_certificate_of_another_name_or_authority_is_not_believed(ca: trustme.CA, ca_file: str) -> None:
    with gateway(ca, "other.example") as held:
        host = f"localhost:{held.port}"
        for trusted in (ca_file, None):
            with pytest.raises(NotDelivered, match="SSLError"):
                post(WebhookSettings(f"https://{host}/", SECRET, (host,), trusted), BODY, delivery="d", now=NINE)
        assert held.got == []


def test_a_redirect_is_not_followed_wherever_it_points() -> None:
    with gateway() as inside, gateway() as held:
        held.location = f"http://127.0.0.1:{inside.port}/latest/meta-data"
        for status in (301, 302, 303, 307, 308):
            held.statuses = [status]
            with pytest.raises(NotDelivered, match=f"127.0.0.1 answered {status}"):
                post(plain(held.port), BODY, delivery="d", now=NINE)
        assert (len(held.got), inside.got) == (5, [])


def test_what_is_not_allowed_is_not_even_connected_to() -> None:
    with gateway() as held:
        for url in (f"https://127.0.0.1:{held.port}/", f"https://localhost:{held.port}/"):
            with pytest.raises(Blocked, match="not public"):
                post(WebhookSettings(url, SECRET), BODY, delivery="d", now=NINE)
        with pytest.raises(Blocked, match="http only"):
            post(WebhookSettings(f"http://127.0.0.1:{held.port}/", SECRET), BODY, delivery="d", now=NINE)
        assert held.got == []


def test_where_nobody_listens_the_other_address_is_tried_and_then_it_is_not_delivered() -> None:
    with gateway() as held:
        def resolve(_host: str, port: int, **_how: Any) -> list[Any]:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

        host = f"gw.county.example:{held.port}"
        meant = WebhookSettings(f"http://{host}/", SECRET, (host,))
        addresses = ["127.0.0.2", "127.0.0.1"]
        assert post(meant, BODY, delivery="d", now=NINE, resolver=resolve) == 200
        addresses = ["127.0.0.2"]
        with pytest.raises(NotDelivered, match="NewConnectionError"):
            post(meant, BODY, delivery="d", now=NINE, resolver=resolve)


def mail_to(port: int, ca_file: str | None, **more: Any) -> MailSettings:
    return MailSettings("localhost", port, True, "cunzhan@province.example", ca_file=ca_file, **more)


def test_a_letter_goes_over_tls_with_name_and_password(ca: trustme.CA, ca_file: str) -> None:
    letter = Letter("office@jy.example", "江永县:2 站没报", "潇浦镇 何家湾服务站\n", "d1")
    with relay(ca) as held:
        send_letter(mail_to(held.port, ca_file, username="us", password="pw:1"), letter, now=NINE)
        got = held.letters[0]
        assert (held.recipients, held.signed_in) == (["office@jy.example"], [("us", "pw:1")])
    assert (got["Subject"], got["From"]) == ("江永县:2 站没报", "cunzhan@province.example")
    assert (got["Message-ID"], got["Auto-Submitted"]) == ("<d1@cunzhan.invalid>", "auto-generated")
    assert got.get_content().splitlines() == ["潇浦镇 何家湾服务站"]


def test_no_letter_goes_in_the_clear_or_to_a_relay_nobody_vouches_for(ca: trustme.CA, ca_file: str) -> None:
    letter = Letter("office@jy.example", "s", "t", "d1")
    with relay(None) as held:
        with pytest.raises(NotDelivered, match="SMTPNotSupportedError"):
            send_letter(mail_to(held.port, ca_file), letter, now=NINE)
        assert held.letters == []
    with relay(ca) as held:
        with pytest.raises(NotDelivered, match="SSLCertVerificationError"):
            send_letter(mail_to(held.port, None), letter, now=NINE)
        assert held.letters == []


def test_no_line_end_makes_a_second_header() -> None:
    with pytest.raises(ValueError, match="linefeed"):
        written("a@b.example", Letter("c@d.example", "s\nBcc: x@y.example", "t", "d"), NINE)


@pytest.fixture
def owing(sessions: sessionmaker[Session], world: World, clock: Clock) -> Iterator[None]:
    clock.at = NINE
    with sessions.begin() as session:
        begin(session)
        report(session, world, "JY002", fen=1)
        session.add(ReminderMailbox(unit_code="431125", address="office@jy.example", set_at=NINE))
    return


def work(app: Flask, clock: Clock, *, minutes: int = 0) -> None:
    clock.forward(minutes=minutes)
    make_worker(app).serve(threads=1, until_empty=True)


def sending(sessions: sessionmaker[Session]) -> dict[str, tuple[str, Any, int]]:
    with sessions() as session:
        rows = session.scalars(select(jobs.Job).where(jobs.Job.kind == "outgoing_message"))
        return {job.payload["channel"]: (job.state, job.result, job.attempt) for job in rows}


@pytest.mark.usefixtures("owing")
def test_the_day_s_reminders_go_out_and_are_tried_again_under_one_id(
    config: Config, clock: Clock, sessions: sessionmaker[Session], ca: trustme.CA, ca_file: str
) -> None:
    with gateway() as held, relay(ca) as office:
        app = create_app(replace(config, webhook=plain(held.port), mail=mail_to(office.port, ca_file)), clock=clock)
        held.statuses = [503, 302]
        make_worker(app).ask_daily()
        for _ in range(3):
            work(app, clock, minutes=2)
        app.extensions["cunzhan_engine"].dispose()
    assert sending(sessions) == {"webhook": ("done", {"stations": 1}, 3), "mail": ("done", {"stations": 1}, 1)}
    assert len({headers["X-Cunzhan-Delivery"] for _, headers, _ in held.got}) == 1
    told = json.loads(held.got[2][2])
    assert told["messages"] == [
        {"station": "JY001", "name": "何家湾服务站", "head_name": None, "phone": None,
         "text": "何家湾服务站:2026年10月月报还没收到,最迟11月5日。没有业务请报“本月零”。"},
    ]  # fmt: skip
    assert (told["period"], told["last_day"], told["reminder"], told["county"]["name"]) == (
        "202610", "2026-11-05", "before_due", "江永县",
    )  # fmt: skip
    assert office.letters[0]["Subject"] == "江永县:2026年10月月报还有 1 站没报,最迟11月5日"


@pytest.mark.usefixtures("owing")
def test_who_reports_between_two_tries_is_left_alone_and_so_is_everybody_in_the_evening(
    config: Config, clock: Clock, world: World, sessions: sessionmaker[Session]
) -> None:
    with gateway() as held:
        app = create_app(replace(config, webhook=plain(held.port)), clock=clock)
        held.statuses = [500] * 9
        make_worker(app).ask_daily()
        work(app, clock)
        assert len(held.got) == 1
        clock.at = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
        work(app, clock)
        assert sending(sessions)["webhook"] == ("done", {"stations": 0, "dropped": "too_late"}, 2)
        clock.at = dt.datetime(2026, 11, 5, 1, 0, tzinfo=dt.UTC)
        make_worker(app).ask_daily()
        work(app, clock)
        with sessions.begin() as session:
            report(session, world, "JY001", is_nil=True, state="submitted")
        work(app, clock, minutes=5)
        app.extensions["cunzhan_engine"].dispose()
    with sessions() as session:
        results = [job.result for job in session.scalars(select(jobs.Job).where(jobs.Job.kind == "outgoing_message"))]
    assert results[1] == {"stations": 0, "dropped": "nobody_left"}
    assert len(held.got) == 2


@pytest.mark.usefixtures("owing")
def test_a_worker_that_is_awake_at_midnight_sends_at_eight(
    config: Config, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    with gateway() as held:
        app = create_app(replace(config, webhook=plain(held.port)), clock=clock)
        clock.at = dt.datetime(2026, 11, 2, 16, 0, 5, tzinfo=dt.UTC)
        for minutes in (0, 479):
            make_worker(app).ask_daily()
            work(app, clock, minutes=minutes)
        assert held.got == []
        work(app, clock, minutes=1)
        make_worker(app).ask_daily()
        work(app, clock, minutes=60)
        app.extensions["cunzhan_engine"].dispose()
    assert (len(held.got), sending(sessions)) == (1, {"webhook": ("done", {"stations": 1}, 1)})
