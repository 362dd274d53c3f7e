"""A calculation after its verdict: what-ifs, the verdict once more, a calendar file, letting go."""

import re
from typing import Any

from actions.calendar_file import calendar_file
from actions.ellipsis import asks_why
from actions.flows import texts
from actions.flows.asking import advance, answered, give, next_fact, question_of, start
from actions.flows.base import Flow, shown_value
from actions.flows.changes import COUNTS, brought, changed, merged
from actions.flows.reading import Reading
from actions.flows.rendering import reasons_of, summary_text, turkish, verdict_value
from actions.flows.state import State
from actions.flows.turn import Meaning, Reply, Turn, World
from actions.rules.verdict import FactError

#: After so many messages about something else a finished case is forgotten.
MAX_ASIDES = 2
_CALENDAR = re.compile(
    r"\btakvim(?:im)?(?:iz)?e\b|^takvim$|"
    r"\btakvim\w* (?:\w+ ){0,2}(?:ekle|kaydet|koy|dosya|indir|at\b)"
)
_LEAD_IN = re.compile(r"^(?:peki|ya|yani|o zaman|oyleyse|e|eee|hmm|tamam|ok)\b")
#: "Şimdi ne yapmalıyım", "reddedilir mi bu yüzden": of the verdict just given.
_ABOUT_IT = re.compile(
    r"\b(?:bu|o) (?:yuzden|sebepten|nedenle|durumda|halde|zaman)\b|\bbundan (?:dolayi|oturu)\b|"
    r"\b(?:degil mi|deg[iu]lmi|dimi|di mi)\b|\bne yap(?:m|ac|ic|ay|ab|ar)\w*|"
    r"\bnap(?:ma|ic|ac|cam|iy|iyo)\w*|\bsimdi ne\b|"
    r"\bkac\w*(?: \w+){0,2} (?:lazim|gerek\w*|gerekiyo\w*|\w+mal[iu]\w*)\b"
)
#: A question longer than this says itself what it is about.
LONG_WORDS = 5


def go_on(flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World) -> Turn:
    """Take a message of a flow under way, or one after its verdict."""
    if state.done:
        return after_verdict(flow, state, reading, meaning, world)
    return answered(flow, state, reading, meaning, world)


def take_in(
    flow: Flow, state: State, reading: Reading, found: dict[str, Any], world: World
) -> Turn:
    """Take facts into a calculation whatever the rest of the message says."""
    state.asides = 0
    if state.done:
        return _recalculate(flow, state, found, world)
    return advance(flow, state, reading, world, found=found)


def after_verdict(
    flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World
) -> Turn:
    """Recalculate for a what-if or a correction, make a calendar file, or let go."""
    if _CALENDAR.search(reading.folded) and not meaning.entry:
        return _calendar(flow, state, world)
    if asks_why(reading.text):
        return _reasons(flow, state, world)
    if (
        meaning.flow == flow.id
        and not _changes_facts(reading)
        and _whole_case(flow, reading, state)
    ):
        return start(flow, reading, world)
    # "Projemiz ulusaldı yalnız" sounds like another flow and is a fact of this one.
    changes = _changes_facts(reading) or (reading.short and changed(flow, reading, state))
    if meaning.flow and meaning.flow != flow.id and not changes:
        return Turn([], None, aside=True)
    sure_question = meaning.entry and len(reading.words) > LONG_WORDS and not reading.correction
    if sure_question and not _LEAD_IN.search(reading.folded):
        return _beside(state)
    if problem := _impossible(reading):
        return Turn([Reply(problem)], state)
    found = brought(flow, state, reading)
    if not found:
        return _nothing_new(flow, state, reading, meaning, world)
    state.asides = 0
    return _recalculate(flow, state, found, world)


def _nothing_new(
    flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World
) -> Turn:
    """Say the verdict again to whom asks about it; let go of what is about something else."""
    if not meaning.entry and reading.short and repeats(flow, reading, state):
        return said_again(flow, state, world)
    if not meaning.entry and reading.short and _says_nothing_new(flow, reading, state):
        return _unchanged(flow, state, world)
    other = meaning.flow not in {None, flow.id}
    if not other and not meaning.entry and of_a_person(flow, reading):
        return said_again(flow, state, world)
    if other or meaning.talk == "iptal":
        return Turn([], None, aside=True)
    about_it = not meaning.entry and _ABOUT_IT.search(reading.folded)
    if meaning.flow or about_it or (reading.ahead and reading.short):
        return verdict_again(flow, state, world)
    return _beside(state) if meaning.talk in {None, "secim"} else Turn([], state, aside=True)


def repeats(flow: Flow, reading: Reading, state: State) -> bool:
    """Tell whether a message says the main fact once more: after Mersin, "peki tarsus"."""
    found = flow.understand(reading, state.facts).get(flow.main)
    return found is not None and found == state.facts.get(flow.main)


def _says_nothing_new(flow: Flow, reading: Reading, state: State) -> bool:
    """Tell whether all that a message tells was known: "hayır grubum yok"."""
    found = flow.understand(reading, state.facts)
    silent = {fact.name for fact in flow.facts if fact.silent}
    told = {name: value for name, value in found.items() if name not in silent}
    return bool(told) and all(state.facts.get(name) == value for name, value in told.items())


def said_again(flow: Flow, state: State, world: World) -> Turn:
    """Say that nothing changed, or the whole answer where it is no matter of a count."""
    if flow.main in COUNTS:
        return _unchanged(flow, state, world)
    state.asides = 0
    verdict = flow.judge(state.facts, world.today, world.figures)
    return give(flow, state, verdict, world)


def _unchanged(flow: Flow, state: State, world: World) -> Turn:
    turn = verdict_again(flow, state, world)
    turn.replies[0].text = f"{texts.NOTHING_CHANGED}\n\n{turn.replies[0].text}"
    return turn


def verdict_again(flow: Flow, state: State, world: World) -> Turn:
    """Say the point of the last verdict once more, and what can be done."""
    state.asides = 0
    verdict = flow.judge(state.facts, world.today, world.figures)
    return Turn([Reply(summary_text(verdict), (texts.CALENDAR,) if verdict.days else ())], state)


def of_a_person(flow: Flow, reading: Reading) -> bool:
    """Tell a short question of the person a verdict names: "maili var mı", "adı ne"."""
    asked = flow.asked_of_a_person
    return bool(asked and reading.short and not reading.declined and asked.search(reading.folded))


def _reasons(flow: Flow, state: State, world: World) -> Turn:
    """Say why the verdict is what it is: its rules with their sources, and where to read on."""
    state.asides = 0
    verdict = flow.judge(state.facts, world.today, world.figures)
    text, cited = reasons_of(world.base, verdict)
    entries = world.base.flows[flow.id].entries
    behind = [key for key in entries if set(cited) & set(world.base.entries[key].sources)]
    see = verdict.see or next(iter([*behind, *entries]), None)
    return Turn([Reply(text, links=(see,) if see else ())], state)


def _whole_case(flow: Flow, reading: Reading, state: State) -> bool:
    """Tell a new case from one more fact of the last.

    It names the main fact, or several, or what it names changes nothing of the last one.
    """
    found = flow.understand(reading, {})
    told = [fact.name for fact in flow.facts if fact.name in found and not fact.silent]
    new = flow.main in told or len(told) > 1 or (told and not changed(flow, reading, state))
    return len(reading.words) >= LONG_WORDS and bool(new)


def _beside(state: State) -> Turn:
    """Answer something else and keep the case for a what-if soon after; not for ever."""
    state.asides += 1
    return Turn([], state if state.asides <= MAX_ASIDES else None, aside=True)


def _changes_facts(reading: Reading) -> bool:
    return reading.what_if or reading.correction or bool(_LEAD_IN.search(reading.folded))


def _impossible(reading: Reading) -> str | None:
    if reading.impossible_date:
        return texts.IMPOSSIBLE_DATE.format(words=reading.impossible_date)
    if reading.negative:
        return texts.NEGATIVE
    if reading.alternatives and reading.short:
        first, second = reading.alternatives
        return texts.EITHER.format(first=first, second=second)
    return None


def _recalculate(flow: Flow, state: State, found: dict[str, Any], world: World) -> Turn:
    """Judge again and say what changed, in the facts and in the outcome."""
    before_facts, before = dict(state.facts), state.verdict or {}
    facts = merged(before_facts, found)
    try:
        verdict = flow.judge(facts, world.today, world.figures)
    except FactError as error:
        stands = texts.STANDS.format(conclusion=before.get("conclusion", ""))
        return Turn([Reply(f"{error}\n\n{stands}" if before else str(error))], state)
    state.facts = facts
    state.told(found)
    state.unknown = [name for name in state.unknown if name not in facts]
    state.verdict = verdict_value(verdict)
    changes = _differences(flow, before_facts, facts)
    if facts == before_facts:
        return Turn([Reply(texts.NOTHING_CHANGED)], state)
    lead = texts.CHANGED.format(changes=changes) if changes else ""
    fact = next_fact(flow, state, verdict)
    if fact is not None:
        state.asked, state.done = fact.name, False
        return Turn([question_of(fact, state, lead, world)], state)
    if not lead:
        return give(flow, state, verdict, world)
    if before.get("conclusion") == verdict.conclusion:
        lead = f"{lead} {texts.SAME_OUTCOME}"
    elif before.get("conclusion") and flow.main != "province":
        lead = f"{lead} {texts.OTHER_OUTCOME.format(before=before['conclusion'])}"
    turn = give(flow, state, verdict, world)
    # The conclusion stays the first line; what changed stands below it.
    first, _, rest = turn.replies[0].text.partition("\n\n")
    turn.replies[0].text = "\n\n".join(filter(None, [first, lead, rest]))
    return turn


def _differences(flow: Flow, before: dict[str, Any], after: dict[str, Any]) -> str:
    """Return "üye 14 → 9" for each fact that changed, "üye: 9" for a new one.

    Nothing said is as good as a no.
    """
    items = []
    for fact in flow.facts:
        old, new = before.get(fact.name), after.get(fact.name)
        if fact.silent or old == new or (not old and not new and old != 0 and new != 0):
            continue
        before_and_after = [
            shown_value(fact, turkish(value)) for value in (old, new) if value is not None
        ]
        if new is None:
            before_and_after.append("bilinmiyor")
        items.append(f"{fact.label}{':' if old is None else ''} {' → '.join(before_and_after)}")
    return ", ".join(items)


def _calendar(flow: Flow, state: State, world: World) -> Turn:
    days = (state.verdict or {}).get("days") or []
    if not days:
        return Turn([Reply(texts.NO_DAYS)], state)
    title = world.base.flows[flow.id].title
    file = calendar_file(days, flow.id, title, world.today)
    names = "; ".join(day["text"] for day in days)
    return Turn([Reply(texts.CALENDAR_READY.format(days=names), file=file)], state)
