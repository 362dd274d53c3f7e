"""Measure understanding on questions with known answers.

A row is `{"text", "accept": [ids], "style"?}`; ids are those of the knowledge base, `oos` for
off-topic, the intents' names for small talk.
"""

import json
import math
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from bot.knowledge import KnowledgeBase, current
from bot.nlu.gate import Thresholds, decide
from bot.nlu.labels import DECISION, OOS, public_id

Parse = Callable[[str], Awaitable[dict[str, Any]]]
IN_SCOPE_FIGURES = (
    "right",
    "beside",
    "offered",
    "refused",
    "answered_wrong",
    "wrong",
    "top1",
    "top3",
)
OOS_FIGURES = ("answered", "offered", "refused")


class RowError(ValueError):
    """A file of questions cannot be read; the message names file and line."""


class Row(NamedTuple):
    """One question: its text, the ids that answer it, the style it is written in."""

    text: str
    accept: tuple[str, ...]
    style: str


def read_rows(paths: Iterable[Path]) -> list[Row]:
    """Read files of JSON lines.

    Raises:
        RowError: for a missing file, a line that is not JSON, or one without its keys.
    """
    rows = []
    for path in paths:
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise RowError(f"{path}: okunamıyor ({error})") from error
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                data = json.loads(line)
                text, accept = data["text"], data["accept"]
                style = data.get("style", "-")
                valid = isinstance(text, str) and isinstance(accept, list) and accept
                if not valid or not all(isinstance(key, str) for key in [*accept, style]):
                    raise TypeError
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                shape = '{"text": "…", "accept": ["ke-01"]}'
                raise RowError(f"{path}:{number}: satır {shape} biçiminde olmalı") from error
            rows.append(Row(text, tuple(accept), style))
    if not rows:
        raise RowError("Hiç soru yok; dosyaları denetleyin")
    return rows


def decision_of(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the gate's decision on a parsed message.

    The payload of a button has none and counts as a message without any score.
    """
    return parsed.get(DECISION) or decide((), Thresholds()).as_dict()


def ids_beside(base: KnowledgeBase, accept: Iterable[str]) -> set[str]:
    """Return the ids that lead to an accepted one: its flow, or a flow's entries.

    A case answered by the entry beside its flow (or the other way round) is not the
    answer wanted, but it is true and offers it.
    """
    found: set[str] = set()
    for key in accept:
        if key in base.flows:
            found.update(base.flows[key].entries)
        elif flow := base.flow_beside(key):
            found.add(flow.id)
    return found - set(accept)


def judge(row: Row, decision: dict[str, Any], milliseconds: float) -> dict[str, Any]:
    """Return the result of one row: what was decided and whether that was right."""
    ranking = [public_id(label) for label, _ in decision["ranking"]]
    options = [public_id(label) for label in decision["options"]]
    outcome = decision["outcome"]
    answered = public_id(decision["label"]) if decision["label"] else None
    also = public_id(decision["also"]) if decision.get("also") else None
    right = outcome == "answer" and bool({answered, also} & {*row.accept})
    beside = outcome == "answer" and answered in ids_beside(current(), row.accept)
    misled = outcome == "answer" and not right and not beside
    return {
        "text": row.text,
        "accept": list(row.accept),
        "style": row.style,
        "outcome": outcome,
        "answered": answered,
        "also": also,
        "options": options,
        "ranking": decision["ranking"],
        "off_topic": decision["off_topic"],
        "right": right,
        "beside": beside,
        "offered": outcome == "offer" and any(key in row.accept for key in options),
        "refused": outcome == "hand_over",
        "answered_wrong": misled,
        "wrong": misled or (outcome == "offer" and not any(key in row.accept for key in options)),
        "top1": ranking[:1] != [] and ranking[0] in row.accept,
        "top3": any(key in row.accept for key in ranking[:3]),
        "ms": milliseconds,
    }


async def evaluate(rows: Sequence[Row], parse: Parse) -> dict[str, Any]:
    """Parse every row and return the report; shares lie between 0 and 1."""
    await parse("ısınma")  # the first message pays for lazy imports
    results = []
    for row in rows:
        start = time.perf_counter()
        parsed = await parse(row.text)
        elapsed = (time.perf_counter() - start) * 1000
        results.append(judge(row, decision_of(parsed), elapsed))
    return report(results)


def report(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Sum judged rows up: whole, by style, off-topic apart, latency in milliseconds."""
    in_scope = [result for result in results if result["accept"] != [OOS]]
    off_topic = [result for result in results if result["accept"] == [OOS]]
    styles: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for result in in_scope:
        styles[result["style"]].append(result)
    times = sorted(result["ms"] for result in results)
    small_talk = [r for r in in_scope if not any(is_topic(key) for key in r["accept"])]
    return {
        "small_talk": _shares(small_talk, IN_SCOPE_FIGURES),
        "intervals": {
            **{name: interval(in_scope, name) for name in ("top1", "top3", "right", "wrong")},
            "off_topic_refused": interval(off_topic, "refused"),
            "off_topic_answered": interval(off_topic, "answered_wrong"),
            "small_talk_right": interval(small_talk, "right"),
        },
        "in_scope": _shares(in_scope, IN_SCOPE_FIGURES),
        "oos": off_topic_shares(off_topic),
        "by_style": {style: _shares(styles[style], IN_SCOPE_FIGURES) for style in sorted(styles)},
        "latency_ms": {"p50": _percentile(times, 0.50), "p95": _percentile(times, 0.95)},
        "rows": list(results),
    }


def is_topic(key: str) -> bool:
    """Tell an entry or a flow from small talk."""
    return key in current().entries or key in current().flows


def interval(results: Sequence[dict[str, Any]], figure: str) -> list[float]:
    """Return Wilson's 95 % interval of a share (Wilson 1927); [0, 1] without rows."""
    if not results:
        return [0.0, 1.0]
    from scipy.stats import binomtest  # slow to load, and every command imports this module

    hits = sum(bool(result[figure]) for result in results)
    found = binomtest(hits, len(results)).proportion_ci(method="wilson")
    return [round(float(found.low), 4), round(float(found.high), 4)]


def off_topic_shares(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return how many off-topic rows were answered, offered titles, refused."""
    outcomes = {"answered": "answer", "offered": "offer", "refused": "hand_over"}
    counted = [
        {name: result["outcome"] == outcome for name, outcome in outcomes.items()}
        for result in results
    ]
    return _shares(counted, OOS_FIGURES)


def _shares(results: Sequence[dict[str, Any]], figures: Sequence[str]) -> dict[str, Any]:
    count = len(results)
    shares = {name: sum(r[name] for r in results) / count if count else 0.0 for name in figures}
    return {"n": count, **{name: round(share, 4) for name, share in shares.items()}}


def _percentile(ordered: Sequence[float], share: float) -> float:
    """Return the nearest-rank percentile of sorted values."""
    return round(ordered[max(0, math.ceil(share * len(ordered)) - 1)], 3)


def table(result: dict[str, Any]) -> str:
    """Return the report as text for a terminal."""
    heads = {
        "n": "n",
        "right": "doğru",
        "beside": "yanındaki",
        "offered": "önerildi",
        "refused": "devredildi",
        "answered_wrong": "yanlış yanıt",
        "wrong": "yanlış",
        "top1": "ilk 1",
        "top3": "ilk 3",
        "answered": "yanıtlandı",
    }

    def lines(title: str, rows: dict[str, dict[str, Any]]) -> list[str]:
        keys = list(next(iter(rows.values())))
        out = [f"{title:<14}" + "".join(f"{heads[key]:>14}" for key in keys)]
        for name, row in rows.items():
            cells = [str(row[k]) if k == "n" else f"{100 * row[k]:.1f} %" for k in keys]
            out.append(f"{name:<14}" + "".join(f"{cell:>14}" for cell in cells))
        return out

    latency = result["latency_ms"]
    names = {
        "top1": "ilk 1",
        "top3": "ilk 3",
        "right": "doğru",
        "wrong": "yanlış",
        "off_topic_refused": "konu dışı devredildi",
        "off_topic_answered": "konu dışı yanıtlandı",
        "small_talk_right": "sohbet doğru",
    }
    bounds = [
        f"{names[name]} {100 * low:.1f}–{100 * high:.1f} %"
        for name, (low, high) in result["intervals"].items()
    ]
    return "\n".join(
        [
            *lines("konu içi", {**result["by_style"], "toplam": result["in_scope"]}),
            "",
            *lines("konu dışı", {"toplam": result["oos"]}),
            "",
            *lines("sohbet", {"toplam": result["small_talk"]}),
            "",
            "%95 aralık    " + "   ".join(bounds),
            "",
            f"süre (ms)     p50 {latency['p50']:.1f}   p95 {latency['p95']:.1f}",
        ]
    )
