"""A page that speaks to a started assistant, held to `docs/web-kanali.yml`."""

import http.client
import json
import uuid
from typing import Any, NamedTuple

import jsonschema
import yaml

from bot.settings import ROOT
from tests.servers import Server

SITE = "https://okul.example"
QUESTION = "sertifikada eski okulum yazıyor"


DESCRIPTION: dict[str, Any] = yaml.safe_load(
    (ROOT / "docs/web-kanali.yml").read_text(encoding="utf-8")
)


class Answer(NamedTuple):
    status: int
    body: Any
    headers: dict[str, str]


def hold_to_description(method: str, path: str, answer: Answer) -> None:
    """Every answer of the server must be one that `docs/web-kanali.yml` describes."""
    if method == "OPTIONS":
        return
    described = DESCRIPTION["paths"][path.partition("?")[0]][method.lower()]["responses"]
    assert str(answer.status) in described, (method, path, answer)
    found = described[str(answer.status)]
    if "$ref" in found:
        found = DESCRIPTION["components"]["responses"][found["$ref"].rpartition("/")[2]]
    if "content" not in found:
        assert answer.body is None
        return
    schema = found["content"]["application/json"]["schema"]
    # References point into the description's components.
    whole = {**schema, "components": DESCRIPTION["components"]}
    jsonschema.Draft202012Validator(whole).validate(answer.body)


class Page:
    """A page that speaks to the assistant."""

    def __init__(self, server: Server, origin: str = SITE) -> None:
        self.server, self.origin, self.token = server, origin, ""

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        sent = {"Origin": self.origin, "Content-Type": "application/json", **headers}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection.request(method, f"/webhooks/web{path}", data, sent)
        reply = connection.getresponse()
        text = reply.read()
        connection.close()
        found = {name.lower(): value for name, value in reply.getheaders()}
        answer = Answer(reply.status, json.loads(text) if text else None, found)
        hold_to_description(method, path, answer)
        return answer

    def begin(self) -> "Page":
        self.token = self.call("POST", "/sessions").body["session"]
        return self

    def say(self, text: str, message_id: str = "") -> Answer:
        return self.call("POST", "/messages", {"id": message_id or new_id(), "text": text})

    def press(self, choice: str) -> Answer:
        return self.call("POST", "/messages", {"id": new_id(), "choice": choice})

    def history(self, after: int = 0) -> list[dict[str, Any]]:
        lines: list[dict[str, Any]] = self.call("GET", f"/messages?after={after}").body["messages"]
        return lines


def new_id() -> str:
    return uuid.uuid4().hex


def texts(answer: Answer) -> str:
    return "\n".join(line["text"] for line in answer.body["messages"])
