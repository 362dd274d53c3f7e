"""Events as Rasa stores them, short to write."""

from itertools import count
from typing import Any

_ids = count(1)


class Talk:
    """Builds the events of a conversation, a second apart."""

    def __init__(self, start: float = 1_760_000_000.0, channel: str = "web") -> None:
        self.now, self.channel = start, channel
        self.events: list[dict[str, Any]] = []
        self.add("session_started")

    def add(self, kind: str, **values: Any) -> "Talk":
        self.now += 1
        self.events.append({"event": kind, "timestamp": self.now, **values})
        return self

    def user(self, text: str, *ranking: tuple[str, float], key: str = "") -> "Talk":
        return self.add(
            "user",
            text=text,
            message_id=key or f"m{next(_ids)}",
            input_channel=self.channel,
            parse_data={"decision": {"ranking": [list(pair) for pair in ranking]}},
        )

    def slot(self, name: str, value: Any) -> "Talk":
        return self.add("slot", name=name, value=value)

    def bot(self, text: str, **data: Any) -> "Talk":
        return self.add("bot", text=text, data=data, metadata={})

    # --- what the actions leave behind, in their order

    def answered(self, entry: str, asked: str | None = None) -> "Talk":
        self.bot("Yanıt").slot("pending", {"kind": "related", "ids": []})
        self.slot("last_entry", entry).slot("topic", entry).slot("unanswered", None)
        return self.slot("asked", asked) if asked else self

    def offered(self, asked: str, *ids: str) -> "Talk":
        self.bot("Şunlardan biri mi?").slot("pending", {"kind": "offer", "ids": list(ids)})
        return self.slot("last_entry", None).slot("asked", asked)

    def handed(self, reference: str, text: str, reason: str = "no_answer") -> "Talk":
        self.bot("Görevlilere ilettim.").slot(
            "unanswered",
            {"text": text, "reason": reason, "reference": reference, "ranking": [["ret", 1.0]]},
        )
        if reason == "flow_failed":
            return self
        return self.slot("pending", None).slot("last_entry", None).slot("asked", None)

    def judged(self, entry: str, helpful: bool) -> "Talk":
        return self.slot("feedback", {"entry": entry, "helpful": helpful}).slot("last_entry", None)

    def flow(self, flow: str, done: bool = False, track: str | None = None) -> "Talk":
        return self.slot("flow", {"flow": flow, "done": done, "track": track})
