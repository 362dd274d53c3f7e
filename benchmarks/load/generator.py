"""The senders: Locust, driven by a plan. Runs in an environment of its own, `.venv-load`.

`python benchmarks/load/generator.py PLAN.json RESULT.json`. The plan names the channel, the
address, how many senders there are and for how long, and the dialogues. Without a rate each
sender writes as soon as it is answered; with one, messages come at that rate all together
whether those before are answered or not (a sender waits for its own only).
"""

import json
import random
import sys
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

import gevent
from locust import FastHttpUser, events, task
from locust.env import Environment

FAILED = "Şu anda yanıt veremiyorum"
MESSAGE = "message"


class Sender(FastHttpUser):
    """A teacher who holds one dialogue after another; a channel says how."""

    abstract = True
    plan: dict[str, Any] = {}  # noqa: RUF012 - set once for all

    def on_start(self) -> None:
        """Begin at any moment, so that not all write at once."""
        self._left: list[str] = []
        self._due = time.monotonic()
        gevent.sleep(self.wait_time())

    def wait_time(self) -> float:
        """Return the seconds until the next message: none, or as a Poisson process has it.

        Locust's own pacing has all senders write at the same moments.
        """
        if not (rate := self.plan["rate"]):
            return 0.0
        self._due += random.expovariate(rate / self.plan["senders"])
        return max(0.0, self._due - time.monotonic())

    @task  # type: ignore[misc]  # Locust is not in the environment that is checked
    def write(self) -> None:
        """Write the next message; begin a new conversation after the last."""
        if not self._left:
            weights = [one["weight"] for one in self.plan["dialogues"]]
            self._left = list(random.choices(self.plan["dialogues"], weights)[0]["texts"])
            self.begin()
        self.say(self._left.pop(0))

    def begin(self) -> None:
        """Begin a conversation."""
        self.sender = uuid.uuid4().hex

    def say(self, text: str) -> None:
        """Write and wait for the answer."""
        raise NotImplementedError

    def post(self, path: str, body: dict[str, Any], name: str = MESSAGE, **headers: str) -> Any:
        """Send something; count an answer without a text as a failure."""
        with self.client.post(
            path, json=body, headers=headers, name=name, catch_response=True
        ) as reply:
            found = reply.text or ""
            if reply.status_code >= 300:
                reply.failure(f"{reply.status_code} {found[:80]}")
            elif name == MESSAGE and ('"text"' not in found or FAILED in found):
                reply.failure(f"no answer: {found[:80]}")
            body = reply.json() if reply.status_code < 300 else {}
            if "ms" in body:  # the relay knows when the first message came
                reply.request_meta["response_time"] = body["ms"]
            return body


class Rest(Sender):
    """Rasa's REST channel, which stock Rasa has too."""

    def say(self, text: str) -> None:
        """Write."""
        self.post("/webhooks/rest/webhook", {"sender": self.sender, "message": text})


class Web(Sender):
    """The website's channel."""

    def begin(self) -> None:
        """Get a session."""
        self._token = self.post("/webhooks/web/sessions", {}, "session").get("session", "")

    def say(self, text: str) -> None:
        """Write."""
        body = {"id": uuid.uuid4().hex, "text": text}
        self.post("/webhooks/web/messages", body, Authorization=f"Bearer {self._token}")


class Telegram(Sender):
    """Telegram: the relay hands the update in and answers when the bot has said all."""

    def begin(self) -> None:
        """Take a chat of one's own."""
        self._chat = random.randrange(10_000, 2_000_000_000)

    def say(self, text: str) -> None:
        """Write."""
        self.post(self.plan["relay"], {"chat": self._chat, "text": text})


def main(plan: dict[str, Any]) -> dict[str, Any]:
    """Play the plan; return what was measured after the senders have warmed up."""
    channel: Any = {"rest": Rest, "web": Web, "telegram": Telegram}[plan["channel"]]
    Sender.plan = plan
    environment = Environment(user_classes=[channel], events=events, host=plan["address"])
    runner = environment.create_local_runner()
    times: list[float] = []
    failures: Counter[str] = Counter()

    def counted(name: str, response_time: float, exception: Any, **_: Any) -> None:
        if exception:
            failures[f"{name}: {exception}"] += 1
        elif name == MESSAGE:
            times.append(response_time)

    def broken(exception: Exception, **_: Any) -> None:
        failures[f"sender: {exception!r}"] += 1

    environment.events.request.add_listener(counted)
    environment.events.user_error.add_listener(broken)
    runner.start(plan["senders"], spawn_rate=plan["senders"])
    gevent.sleep(plan["warm"])
    warm, begun = len(times), time.monotonic()
    gevent.sleep(plan["seconds"])
    seconds = time.monotonic() - begun
    found = {
        "times": times[warm:],
        "all": len(times),
        "failures": dict(failures),
        "seconds": seconds,
    }
    runner.quit()
    return found


if __name__ == "__main__":
    result = main(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    Path(sys.argv[2]).write_text(json.dumps(result), encoding="utf-8")
