"""A mail server that keeps what it is sent."""

import email
import email.policy
from typing import Any

from aiosmtpd.controller import Controller

from tests.servers import free_port


class MailServer:
    """A server on a port of its own; `sent` holds the recipients and the texts."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        message: Any = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.sent += [(to, message.get_content()) for to in envelope.rcpt_tos]
        return "250 OK"

    def close(self) -> None:
        self._controller.stop()
