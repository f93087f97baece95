"""E-mail to a county's office: one plain letter, over TLS or not at all."""

from __future__ import annotations

import datetime as dt
import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from api.outgoing.settings import MailSettings
from api.outgoing.webhook import NotDelivered, trusting

TIMEOUT_S = 20.0


@dataclass(frozen=True)
class Letter:
    """One letter; `delivery` becomes its Message-ID, so that a repetition is seen as one."""

    to: str
    subject: str
    text: str
    delivery: str


def send_letter(settings: MailSettings, letter: Letter, *, now: dt.datetime) -> None:
    """Hand a letter to the relay; refuses with NotDelivered, also where the relay offers no TLS."""
    context = trusting(settings.ca_file)
    try:
        if settings.starttls:
            with smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT_S) as relay:
                relay.starttls(context=context)
                _hand_over(relay, settings, letter, now)
        else:
            with smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT_S, context=context) as relay:
                _hand_over(relay, settings, letter, now)
    except (smtplib.SMTPException, OSError, ValueError) as error:
        raise NotDelivered(f"{settings.host}: {type(error).__name__}") from error


def _hand_over(relay: smtplib.SMTP, settings: MailSettings, letter: Letter, now: dt.datetime) -> None:
    if settings.username is not None:
        relay.login(settings.username, settings.password or "")
    relay.send_message(written(settings.sender, letter, now))


def written(sender: str, letter: Letter, now: dt.datetime) -> EmailMessage:
    """Write the letter; a line end in an address or a subject is refused by the headers themselves (ValueError)."""
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Date"] = now
    message["Message-ID"] = f"<{letter.delivery}@cunzhan.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
