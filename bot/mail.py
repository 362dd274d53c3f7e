"""Send an e-mail through the server the settings name."""

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from bot.settings import settings

TIMEOUT_SECONDS = 15
_PORTS = {"smtp": 587, "smtps": 465}


class MailError(Exception):
    """An e-mail could not be sent; the message says why."""


def mail_is_set() -> bool:
    """Tell whether e-mails can be sent at all."""
    return bool(settings().smtp_url)


def send_mail(to: str, subject: str, text: str) -> None:
    """Send one plain text e-mail; blocks until the server took it.

    Raises:
        MailError: if no server is set, or it refused.
    """
    if not mail_is_set():
        raise MailError("BOT_SMTP_URL ayarlanmadı; e-posta gönderilemez")
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = settings().mail_from, to, subject
    message.set_content(text)
    server = urlsplit(settings().smtp_url)
    secure = server.scheme == "smtps"
    connect = smtplib.SMTP_SSL if secure else smtplib.SMTP
    try:
        with connect(
            server.hostname or "", server.port or _PORTS[server.scheme], timeout=TIMEOUT_SECONDS
        ) as connection:
            if not secure and connection.has_extn("starttls"):
                connection.starttls()
            if server.username:
                connection.login(unquote(server.username), unquote(server.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailError(f"{server.hostname}: {error}") from error
