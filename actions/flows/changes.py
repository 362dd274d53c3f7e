"""What a message changes in a calculation: facts told anew, a count played with."""

import re
from typing import Any

from actions.flows.base import Flow
from actions.flows.reading import Reading
from actions.flows.state import State
from bot.nlu.mention import Mention

_ONE_OF_THEM = re.compile(r"\bbir? tanesi\w*|\bbir(?:i|isi|ini|ni|isini|inden|isinden)\b")
#: "Ayrıldı arkadaş, portaldan da sildik": one, without a number.
_A_MEMBER = re.compile(r"\b(?:arkadas|ortak|hoca|ogretmen|uye)\b(?: \w+){0,3}")
#: "Bi arkadaş daha katılsa".
_ONE_MORE = re.compile(r"\bbi?r? (?:\w+ )?daha\b|\bdaha bi?r?\b")
#: The main facts that are counts: a number alone names them, known before or not.
COUNTS = {"members", "teachers", "active"}
#: What a number alone names after it was spoken of: counts, and what is no sum.
_SUMS = {"applications", "opening", "removed_only_in_twinspace"}
_LEVELS = {"points", "collaboration", "order"}
#: A number said while one of these is asked for answers it.
_ASKED_FOR = COUNTS | _SUMS | _LEVELS


def brought(flow: Flow, state: State, reading: Reading) -> dict[str, Any]:
    """Return what a message tells anew of a calculation, finished or not."""
    if state.done:
        return counted(flow, reading, state) or changed(flow, reading, state)
    return _counted_on(flow, reading, state) or changed(flow, reading, state)


def changed(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Return what a message says that was not known so."""
    found = flow.understand(reading, state.facts)
    return {
        name: value
        for name, value in found.items()
        if value != state.facts.get(name) or (name == state.asked and value is not None)
    }


def merged(facts: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return the facts with what was found last; None takes a fact back."""
    kept = {name: value for name, value in facts.items() if name not in found}
    return {name: value for name, value in {**kept, **found}.items() if value is not None}


def _counted_on(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Read "iki kişi çıkarsak" while another fact is asked for: the main count changes."""
    spoken_of = state.asked not in _ASKED_FOR and (reading.correction or reading.what_if)
    if spoken_of and (found := _spoken_of(reading, state, _counts(reading))):
        return found
    people = any(m.value["unit"] == "kisi" for m in reading.of("sayi"))
    changes = reading.what_if and (reading.less or reading.more)
    if not (people and changes) or state.asked == flow.main or flow.main not in state.facts:
        return {}
    return counted(flow, reading, state)


def counted(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Return the main count changed by a number: "ikisi çıkarsa", "3 kişi daha", "9 olsa"."""
    main = flow.main
    before = state.facts.get(main)
    if main not in COUNTS or not isinstance(before, int | None):
        return {}
    whole = flow.stated_whole and flow.stated_whole.search(reading.folded)
    if whole or flow.beside & set(changed(flow, reading, state)):
        return {}
    counts = _counts(reading)
    if found := _spoken_of(reading, state, counts):
        return found
    one = _ONE_OF_THEM.search(reading.folded) or (
        main == "members" and _A_MEMBER.search(reading.folded)
    )
    if not counts and reading.less and before and one:
        return {main: before - 1}
    joins = reading.more and reading.what_if and _ONE_MORE.search(reading.folded)
    if not counts and before and joins:
        return {main: before + 1}
    plays = reading.what_if or reading.correction or reading.short or reading.less or reading.more
    if not counts or not plays or (main == "members" and reading.folded == "1"):
        return {}
    if reading.matches(r"\byabanci\w*|\byurt ?disi\w*"):
        return _foreigners(flow, reading, state, counts)
    number = int(counts[-1 if reading.correction else 0].value["value"])
    return _played(flow, reading, state, counts, number)


def _counts(reading: Reading) -> list[Mention]:
    """Return the numbers that may be a count of the case."""
    units = {None, "kisi", "kurucu", "proje", "okul"}
    numbers = [m for m in reading.of("sayi") if "to" not in m.value]
    return [m for m in numbers if not m.value.get("ordinal") and m.value["unit"] in units]


def _spoken_of(reading: Reading, state: State, counts: list[Mention]) -> dict[str, Any]:
    """Read "16 alsaydım" of the points, "iki daha yapacağım" of the applications told last."""
    name, before = state.last, state.facts.get(state.last or "")
    bare = bool(counts) and all(m.value["unit"] is None for m in counts)
    if not bare or not name or before is None or not reading.short:
        return {}
    number = int(counts[-1 if reading.correction else 0].value["value"])
    level = any(reading.is_level(m) for m in counts)
    if name in _LEVELS or (name in _SUMS and (level or not (reading.more or reading.less))):
        return {name: number}
    if name in _SUMS:
        return {name: max(before + (number if reading.more else -number), 0)}
    return {}


def _played(
    flow: Flow, reading: Reading, state: State, counts: list[Mention], number: int
) -> dict[str, Any]:
    """Return the main count after "9'a düşse", "ikisi çıksa", "3 daha", "9 olsa"."""
    main, before = flow.main, state.facts.get(flow.main)
    for count in reversed(counts):
        if reading.is_level(count):
            return {main: int(count.value["value"])}
    if before is not None and reading.less and not re.search(r"\bkal\w*", reading.folded):
        return {main: max(before - number, 0)}
    # "Aslında 2 öğretmen, biri eğitime katıldı" corrects; only "daha" would add.
    added = reading.more and (not reading.correction or reading.matches(r"\bdaha\b"))
    if before is not None and added and not reading.matches(r"toplam\w*"):
        return {main: before + number}
    return {} if changed(flow, reading, state) else {main: number}


def _foreigners(
    flow: Flow, reading: Reading, state: State, counts: list[Mention]
) -> dict[str, Any]:
    """Read a count that says how many are foreigners: "toplam 14, 4ü yabancı", "4 değil 3"."""
    before = state.facts.get(flow.main)
    if len(counts) > 1 and reading.matches(r"\bdeg[iu]?l\b") and before is not None:
        wrong, right = (int(m.value["value"]) for m in counts[:2])
        return {flow.main: max(before + wrong - right, 0)}
    found = changed(flow, reading, state)
    return {flow.main: found[flow.main]} if flow.main in found and len(counts) > 1 else {}
