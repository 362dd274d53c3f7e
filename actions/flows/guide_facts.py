"""What a message tells a guide: the branch, the problem, the step it speaks of."""

from collections.abc import Iterable
from functools import lru_cache
from re import Pattern
from typing import Any

from actions.flows import guide_cues
from actions.flows.cues import phrases
from actions.flows.reading import Reading
from bot.knowledge.guides import Guide, Step

ESEP, INVITING = "akis-esep", "akis-davet"
#: Facts a guide reads: the kind of mention, and for a sign its two values.
KINDS = {ESEP: "sorun", INVITING: "ekleme"}


def facts_of(flow: str, reading: Reading) -> dict[str, Any]:
    """Return the branch and the problem that a message states."""
    problem = _esep_problem(reading) if flow == ESEP else _inviting_problem(reading)
    branch = _branch(reading) if flow == ESEP else None
    return {k: v for k, v in (("branch", branch), ("problem", problem)) if v}


def _branch(reading: Reading) -> str | None:
    old, new = reading.sign("esep-eski"), reading.sign("esep-yeni")
    if old and new:  # "yeni platformda eski hesabım": the account decides
        new = reading.matches(r"\bilk (?:kez|defa|kere)|\byeniyim|\bhic (?:hesab|uye)")
        return "yeni" if new else "eski"
    if old:
        return "eski"
    return "yeni" if new else None


def _esep_problem(reading: Reading) -> str | None:
    values = [mention.value for mention in reading.of(KINDS[ESEP])]
    adding = [mention.value for mention in reading.of(KINDS[INVITING])]
    contact = guide_cues.contact_trouble(reading) == "eklenemiyor"
    if "listede-yok" in adding and "davet" in values:
        values = ["davet"]
    elif "eklenemiyor" in adding:
        values = ["irtibat"]
    if contact and reading.matches(r"\birtibat"):
        values = ["irtibat"]
    return next((value for value in _ESEP_ORDER if value in values), None)


def _inviting_problem(reading: Reading) -> str | None:
    if contact := guide_cues.contact_trouble(reading):
        return contact
    values = [mention.value for mention in reading.of(KINDS[INVITING])]
    listed = "eklenemiyor" not in values or reading.matches(r"\bdavet\w*|\bliste\w*")
    if "listede-yok" in values and listed:
        return "listede-yok"
    return "eklenemiyor" if values else None


#: Of several problems named, the one that is meant.
_ESEP_ORDER = (
    "bekleyen-basvuru",
    "kalite-etiketi-belgesi",
    "twinspace",
    "davet",
    "irtibat",
    "onay",
    "eski-veriler",
    "diger",
)


def named_steps(guide: Guide, tracks: Iterable[str], folded: str) -> list[tuple[str, int]]:
    """Return the steps of these tracks that a message speaks of."""
    return [
        (track, index)
        for track in tracks
        for index, step in enumerate(guide.tracks[track].steps)
        if names(step, folded)
    ]


def names(step: Step, folded: str) -> bool:
    """Tell whether a message speaks of a step: "available", "bu e-posta"."""
    return bool(step.named) and bool(_pattern(step.named).search(folded))


@lru_cache
def _pattern(named: tuple[str, ...]) -> Pattern[str]:
    return phrases("\n".join(named))
