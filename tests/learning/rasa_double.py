"""A server with Rasa's model API, for the faults that a real one shows once in a blue moon."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class RasaDouble:
    """Takes models as Rasa does, or fails the way it is told.

    `fails` is the number of loads that fail next; `hangs` seconds each load takes.
    """

    def __init__(self, token: str, model: str) -> None:
        self.token, self.model = token, model
        self.fails, self.hangs = 0, 0.0
        self.loaded: list[str] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_PUT(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                self._reply(double.take(self.path, body))

            def do_GET(self) -> None:
                self._reply(200, {"model_file": double.model, "model_id": "x"})

            def _reply(self, status: int, body: Any = None) -> None:
                content = json.dumps(body).encode() if body is not None else b""
                self.send_response(status)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def take(self, path: str, body: dict[str, str]) -> int:
        if path != f"/model?token={self.token}":
            return 401
        time.sleep(self.hangs)
        if self.fails:
            self.fails -= 1
            return 500
        self.model = body["model_file"]
        self.loaded.append(self.model.rpartition("/")[2])
        return 204

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
