"""Is a candidate at least as good as the model in use? Question by question, with a verdict."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from bot.baseline import ALLOWED_LOSS, baseline_of, is_good
from bot.nlu.labels import OOS

Judged = Mapping[str, Any]
HANDED_OVER = "devredildi"
NAMES = {OOS: "Konu dışı"}


def became(row: Judged) -> str:
    """Return what a question led to, as people read it."""
    if row["outcome"] == "answer":
        return str(row["answered"])
    return "öneri: " + ", ".join(row["options"]) if row["options"] else HANDED_OVER


def answered_right(row: Judged) -> bool:
    """Tell whether a taught phrase gets its answer: an offer is not enough."""
    if row["accept"] == [OOS]:
        return bool(row["refused"])
    return bool(row["right"] or row["beside"])


def compare(
    before: Sequence[Judged],
    after: Sequence[Judged],
    taught_before: Mapping[str, Judged],
    taught: Sequence[Judged],
    *,
    baseline: Mapping[str, Any],
    tolerance: int,
    expected: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, Any]:
    """Return the report on a candidate.

    `before` and `after` are the same questions judged by both models; `taught` the phrases
    of all teachings judged by the candidate, `taught_before` those known before by the
    model in use. `expected` are off-topic questions that the staff says are answered now,
    by the ids given. An entry may lose `tolerance` questions against the model in use and
    against the stored baseline: many small losses would add up. `reasons` say why it cannot
    go live; without any it can.
    """
    before, after = _with_expected(before, expected or {}), _with_expected(after, expected or {})
    worse = _worse(before, after, baseline, tolerance)
    lost, unlearned = [], []
    for row in taught:
        if not answered_right(row):
            old = taught_before.get(row["text"])
            if old is None:
                unlearned.append(_line(None, row))
            elif answered_right(old):
                lost.append(_line(old, row))
    figures = {"before": _figures(before), "after": _figures(after)}
    changed = [
        _line(old, new)
        for old, new in zip(before, after, strict=True)
        if became(old) != became(new)
    ]
    return {
        "tolerance": tolerance,
        "questions": figures,
        "worse": worse,
        "changed": changed,
        "newly_answered": [
            one for one in changed if one["wanted"] == [OOS] and one["was_good"] and not one["good"]
        ],
        "taught": [_line(taught_before.get(row["text"]), row) for row in taught],
        "lost": lost,
        "unlearned": unlearned,
        "reasons": _reasons(worse, lost, unlearned, figures),
    }


def _with_expected(rows: Sequence[Judged], expected: Mapping[str, Sequence[str]]) -> list[Judged]:
    """Return the rows; an off-topic one answered as the staff expects counts as refused."""
    return [
        {**row, "refused": True} if row["answered"] in expected.get(row["text"], ()) else row
        for row in rows
    ]


def _worse(
    before: Sequence[Judged], after: Sequence[Judged], baseline: Mapping[str, Any], tolerance: int
) -> list[dict[str, Any]]:
    """Return the entries that lose too much, each with the questions it loses."""
    then, now = baseline_of(before)["entries"], baseline_of(after)["entries"]
    turned: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for old, new in zip(before, after, strict=True):
        if is_good(old) and not is_good(new):
            turned[new["accept"][0]].append(_line(old, new))
    found = []
    for key, counts in now.items():
        stored = baseline["entries"].get(key)
        floor = then[key]["good"]
        if stored:
            floor = max(floor, stored["good"] * counts["rows"] / stored["rows"])
        # Nothing that is as good as it was is a reason, whatever the baseline says.
        if counts["good"] < then[key]["good"] and counts["good"] < floor - tolerance:
            found.append(
                {
                    "id": key,
                    "rows": counts["rows"],
                    "before": then[key]["good"],
                    "after": counts["good"],
                    "questions": turned[key],
                }
            )
    return found


def _figures(rows: Sequence[Judged]) -> dict[str, Any]:
    return {
        "rows": len(rows),
        "good": sum(map(is_good, rows)),
        "answered": sum(bool(row["right"] or row["beside"]) for row in rows),
    }


def _line(old: Judged | None, new: Judged) -> dict[str, Any]:
    """Return a question with what it led to before and now."""
    return {
        "text": new["text"],
        "wanted": list(new["accept"]),
        "was": became(old) if old else None,
        "became": became(new),
        "good": is_good(new),
        "was_good": is_good(old) if old else None,
    }


def _reasons(
    worse: Sequence[Mapping[str, Any]],
    lost: Sequence[Mapping[str, Any]],
    unlearned: Sequence[Mapping[str, Any]],
    figures: Mapping[str, Any],
) -> list[str]:
    reasons = [
        f"{NAMES.get(one['id'], one['id'])} kötüleşiyor: {one['rows']} sorudan doğru yere giden "
        f"{one['before']} yerine {one['after']}"
        for one in worse
    ]
    reasons += [
        f"Daha önce öğretilen “{one['text']}” artık {one['wanted'][0]} yerine {one['became']}"
        for one in lost
    ]
    reasons += [
        f"“{one['text']}” öğrenilemedi: {one['became']}. Benzer birkaç cümle daha ekleyin ya da "
        "bu cümleyi çıkarın"
        for one in unlearned
    ]
    then, now = figures["before"], figures["after"]
    if now["good"] < then["good"] - ALLOWED_LOSS * then["rows"]:
        reasons.append(
            f"Bütün sorularda doğru yere giden {then['good']} yerine {now['good']} (toplam "
            f"{then['rows']})"
        )
    return reasons
