"""A mail server that keeps what it is sent: enough of SMTP for one client."""

import email
import email.policy
import socketserver
import threading
from email.message import EmailMessage
from typing import Any


class MailServer:
    """Takes mails on a port of its own; `refusing` answers with an error."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.refusing = False
        server = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.say("220 hazır")
                to, reading = "", False
                lines: list[bytes] = []
                for raw in self.rfile:
                    line = raw.decode(errors="replace").rstrip("\r\n")
                    if reading and line != ".":
                        lines.append(raw)
                    elif reading:
                        message: Any = email.message_from_bytes(
                            b"".join(lines), policy=email.policy.default
                        )
                        assert isinstance(message, EmailMessage)
                        server.sent.append((to, str(message.get_content())))
                        reading, lines = False, []
                        self.say("250 alındı")
                    elif line.upper() == "DATA":
                        reading = True
                        self.say("354 yaz")
                    elif line.upper() == "QUIT":
                        self.say("221 güle güle")
                        return
                    else:
                        if line.upper().startswith("RCPT"):
                            to = line.partition("<")[2].rstrip(">")
                        self.say("550 olmaz" if server.refusing else "250 tamam")

            def say(self, line: str) -> None:
                self.wfile.write(f"{line}\r\n".encode())

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
