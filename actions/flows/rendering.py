"""Verdicts as people read them: conclusion, ticked rules, what to do, source and age."""

from collections.abc import Sequence
from typing import Any

from actions.flows import texts
from actions.flows.base import Flow, shown_fact
from actions.rules.verdict import FIRST_YEAR, Check, Verdict, with_comma
from bot.knowledge import KnowledgeBase
from bot.knowledge.entries import Source
from bot.knowledge.rendering import source_line
from bot.text.partial_date import PartialDate

MARKS = {"passed": "✓", "failed": "✗", "unknown": "?", "undocumented": "–"}
_MARK_NAMES = {"unknown": " (bilinmiyor)", "undocumented": ""}


def verdict_text(base: KnowledgeBase, flow: Flow, facts: dict[str, Any], verdict: Verdict) -> str:
    """Return the whole verdict; its first line is the conclusion."""
    parts = [_conclusion(verdict)]
    parts += _check_list(verdict.checks)
    parts += _what_to_do(verdict)
    if verdict.days:
        parts.append("\n".join([texts.DAYS, *(f"- {day.text}" for day in verdict.days)]))
    if verdict.notes:
        parts.append(texts.NOTE + " ".join(verdict.notes))
    if said := facts_text(flow, facts):
        value = facts.get(getattr(flow, "main", ""))
        counted = isinstance(value, int) and not isinstance(value, bool) and value < FIRST_YEAR
        example = texts.FOR_EXAMPLE.format(value=value) if counted else ""
        back = texts.UNDERSTOOD_VERDICT.format(facts=said)
        parts.append(f"{back} {texts.CORRECT_ME + example}" if verdict.checks else back)
    if verdict.sources:
        parts.append(source_line(base, list(verdict.sources)))
    return "\n\n".join(parts)


def summary_text(verdict: Verdict) -> str:
    """Return a verdict's point for somebody who has read it whole.

    What is not fulfilled or open stands below it, and what can be done.
    """
    open_checks = [check for check in verdict.checks if check.state in {"failed", "unknown"}]
    notes = [texts.NOTE + " ".join(verdict.notes)] if verdict.notes else []
    further = _what_to_do(verdict) or notes
    return "\n\n".join([_conclusion(verdict), *_check_list(open_checks), *further])


def reasons_of(base: KnowledgeBase, verdict: Verdict) -> tuple[str, list[Source]]:
    """Return why a verdict is what it is: the rules that decide it, and their sources.

    Those that are not fulfilled decide; if all are, they do together.
    """
    against = [check for check in verdict.checks if check.state != "passed"]
    checks = against if against and verdict.outcome != "yes" else list(verdict.checks)
    cited = list(dict.fromkeys(source for check in checks for source in check.sources))
    sources = [source_line(base, cited)] if cited else []
    return "\n\n".join([_conclusion(verdict), *_check_list(checks), *sources]), cited


def _check_list(checks: Sequence[Check]) -> list[str]:
    lines = [
        f"- {MARKS[check.state]} {check.text}{_MARK_NAMES.get(check.state, '')}" for check in checks
    ]
    return ["\n".join(lines)] if lines else []


def _conclusion(verdict: Verdict) -> str:
    return verdict.conclusion if "](" in verdict.conclusion else f"**{verdict.conclusion}**"


def _what_to_do(verdict: Verdict) -> list[str]:
    changes = [f"- {change}" for change in verdict.changes]
    return ["\n".join([texts.WHAT_TO_DO, *changes])] if changes else []


def facts_text(flow: Flow, facts: dict[str, Any], only: Sequence[str] | None = None) -> str:
    """Return the facts understood as one line; a date in Turkish."""
    items = []
    for fact in flow.facts:
        value = facts.get(fact.name)
        if fact.silent:
            continue
        if value is None or (value is False and fact.name not in {"working", "tti", "pupil_group"}):
            continue
        if only is not None and fact.name not in only:
            continue
        items.append(shown_fact(fact, turkish(value)))
    return ", ".join(items)


def turkish(value: Any) -> Any:
    """Return an ISO date as people read it, "1,5" with its comma, anything else as it is."""
    if isinstance(value, float):
        return with_comma(value)
    if isinstance(value, str) and value[:4].isdecimal():
        try:
            return PartialDate.parse(value).turkish()
        except ValueError:
            return value
    return value


def verdict_value(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON values, for `ask --json` and the tracker."""
    return {
        "outcome": verdict.outcome,
        "conclusion": verdict.conclusion,
        "checks": [
            {
                "rule": check.rule,
                "state": check.state,
                "text": check.text,
                "figure": check.figure,
                "sources": [f"{s.document} {s.place}" for s in check.sources],
            }
            for check in verdict.checks
        ],
        "changes": list(verdict.changes),
        "days": [
            {"name": day.name, "date": day.date.isoformat(), "text": day.text}
            for day in verdict.days
        ],
        "missing": list(verdict.missing),
        "notes": list(verdict.notes),
    }
