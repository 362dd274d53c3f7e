"""The assistant's door for the staff as a small real server that answers as it is told.

The tests of the whole loop use the assistant itself; this one can also refuse.
"""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Door:
    """A server with the routes of `bot/channels/staff.py`."""

    def __init__(self) -> None:
        self.delivery, self.status, self.error = "stored", 200, ""
        self.taken: list[tuple[str, dict[str, Any]]] = []
        self.secrets: set[str] = set()
        door = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                door.taken.append((self.path.rpartition("/")[2], body))
                door.secrets.add(self.headers["Authorization"])
                told = {"error": door.error} if door.status != 200 else {"delivery": door.delivery}
                content = b"" if self.path.endswith("/forget") else json.dumps(told).encode()
                self.send_response(204 if not content and door.status == 200 else door.status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def refuse(self, status: int, error: str) -> None:
        self.status, self.error = status, error

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
