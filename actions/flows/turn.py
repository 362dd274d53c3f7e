"""One turn of a calculated flow: pure, from state and message to replies and state."""

import datetime
import re
from dataclasses import dataclass, field
from typing import Any

from actions.flows import texts
from actions.flows.base import Fact, Facts, Flow, fact_of, shown_value
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.flows.rendering import (
    facts_text,
    summary_text,
    turkish,
    verdict_text,
    verdict_value,
)
from actions.flows.state import State
from actions.rules.verdict import FactError, Verdict
from bot.knowledge import KnowledgeBase
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention

MAX_MISSES = 2
#: After so many messages about something else a finished case is forgotten.
MAX_ASIDES = 2
#: Facts that are lists of choices show at most so many quick replies.
_CALENDAR = re.compile(
    r"\btakvim(?:im)?(?:iz)?e\b|^takvim$|"
    r"\btakvim\w* (?:\w+ ){0,2}(?:ekle|kaydet|koy|dosya|indir|at\b)"
)
_LEAD_IN = re.compile(r"^(?:peki|ya|yani|o zaman|oyleyse|e|eee|hmm|tamam|ok)\b")
_ONE_OF_THEM = re.compile(r"\bbir? tanesi\w*|\bbir(?:i|isi|ini|ni|isini|inden|isinden)\b")
#: "Ayrıldı arkadaş, portaldan da sildik": one, without a number.
_A_MEMBER = re.compile(r"\b(?:arkadas|ortak|hoca|ogretmen|uye)\b(?: \w+){0,3}")
#: "Şimdi ne yapmalıyım", "reddedilir mi bu yüzden": of the verdict just given.
_ABOUT_IT = re.compile(
    r"\b(?:bu|o) (?:yuzden|sebepten|nedenle|durumda|halde|zaman)\b|\bbundan (?:dolayi|oturu)\b|"
    r"\b(?:degil mi|deg[iu]lmi|dimi|di mi)\b|\bne yap(?:m|ac|ic|ay|ab|ar)\w*|"
    r"\bnap(?:ma|ic|ac|cam|iy|iyo)\w*|\bsimdi ne\b|"
    r"\bkac\w*(?: \w+){0,2} (?:lazim|gerek\w*|gerekiyo\w*|\w+mal[iu]\w*)\b"
)
_OPEN_QUESTION = words(
    "neden niye nicin nasil nereden nerden nerede nerde kim kime kimler hangi hangisi ne nedir "
    "nelerdir kac"
)
#: Flows whose facts are all asked for before a verdict; the others stop at a sure "no".
ASKS_ALL = {"akis-okul-etiketi"}
#: A flow may go without these: they are asked only when the verdict says they matter.
LONG_WORDS = 5
#: The main facts that are counts: a number alone names them, known before or not.
COUNTS = {"members", "teachers", "active"}


@dataclass
class Reply:
    """One message: text, quick replies (each is also a text the flow understands), a file.

    `links` are ids of entries and flows that are offered beside it.
    """

    text: str
    choices: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    file: dict[str, str] | None = None
    verdict: Verdict | None = None


@dataclass
class Turn:
    """What a turn brings: replies, the state after it (None: the flow is left)."""

    replies: list[Reply] = field(default_factory=list)
    state: State | None = None
    #: The message is not the flow's: the ordinary answer comes first, then `replies`.
    aside: bool = False


@dataclass(frozen=True)
class World:
    """What judging needs besides the facts."""

    base: KnowledgeBase
    figures: Figures
    today: datetime.date
    page: str = ""


@dataclass(frozen=True)
class Meaning:
    """What understanding says of the message besides its mentions.

    `entry`: a question the knowledge base surely answers; `flow`: a flow it surely means;
    `talk`: a small-talk intent; `picks`: titles were just offered and this may pick one.
    """

    entry: str | None = None
    flow: str | None = None
    talk: str | None = None
    picks: bool = False


def start(flow: Flow, reading: Reading, world: World, known: Facts | None = None) -> Turn:
    """Begin a flow with what the opening message states, and what is known from before."""
    return _advance(flow, State(flow.id, dict(known or {})), reading, world, first=True)


def go_on(flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World) -> Turn:
    """Take a message of a flow under way, or one after its verdict."""
    if state.done:
        return _after_verdict(flow, state, reading, meaning, world)
    return _answer(flow, state, reading, meaning, world)


def brought(flow: Flow, state: State, reading: Reading) -> dict[str, Any]:
    """Return what a message tells anew of a calculation, finished or not."""
    if state.done:
        return _relative(flow, reading, state) or _changed(flow, reading, state)
    return _counted_on(flow, reading, state) or _changed(flow, reading, state)


def take_in(
    flow: Flow, state: State, reading: Reading, found: dict[str, Any], world: World
) -> Turn:
    """Take facts into a calculation whatever the rest of the message says."""
    state.asides = 0
    if state.done:
        return _recalculate(flow, state, found, world)
    return _advance(flow, state, reading, world, found=found)


def verdict_again(flow: Flow, state: State, world: World) -> Turn:
    """Say the point of the last verdict once more, and what can be done."""
    state.asides = 0
    verdict = flow.judge(state.facts, world.today, world.figures)
    return Turn([Reply(summary_text(verdict), (texts.CALENDAR,) if verdict.days else ())], state)


def ask_again(flow: Flow, state: State, world: World, lead: str = "") -> Turn:
    """Repeat the question a flow waits for."""
    fact = fact_of(flow, state.asked or "")
    if fact is None:
        return Turn([], state)
    return Turn([_question(fact, state, lead)], state)


def _answer(flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World) -> Turn:
    fact = fact_of(flow, state.asked or "")
    if fact is None:  # a state without a question: judge what is known
        return _advance(flow, state, reading, world)
    if _is_question(reading, meaning, state) or meaning.picks:
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    if problem := _problem(fact, reading, state):
        return problem
    found = brought(flow, state, reading)
    if not found and reading.unknown:
        state.unknown.append(fact.name)
        state.misses = 0
        return _advance(flow, state, reading, world)
    if found:
        if found == {fact.name: state.facts.get(fact.name)}:
            state.unknown.append(fact.name)  # the same month again: the day is not known
        return _advance(flow, state, reading, world, found=found)
    if meaning.flow == flow.id or (reading.ahead and not meaning.entry):
        return ask_again(flow, state, world, texts.NEEDED)
    if meaning.talk and meaning.talk not in {"onay", "ret", "secim"}:
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    asks = len(reading.words) > 2 and (meaning.entry or reading.question)
    if asks or (meaning.flow and len(reading.words) > 1):
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    return _miss(flow, fact, state, reading, world)


def _is_question(reading: Reading, meaning: Meaning, state: State) -> bool:
    """Tell a question about the rules from an answer that looks like one ("14 mü desem")."""
    other = meaning.flow not in {None, state.flow}
    if not (meaning.entry or other) or reading.what_if or reading.correction:
        return False
    return (
        any(re.match(_OPEN_QUESTION, word.text) for word in reading.words)
        and reading.question
        and len(reading.words) > 2
    )


def _problem(fact: Fact, reading: Reading, state: State) -> Turn | None:
    """Explain what cannot be taken: a day that never was, two numbers, a minus."""
    text = None
    choices: tuple[str, ...] = ()
    if reading.impossible_date:
        text = texts.IMPOSSIBLE_DATE.format(words=reading.impossible_date)
    elif reading.negative:
        text = f"{texts.NEGATIVE} {fact.question}"
    elif reading.alternatives and fact.name != "ages" and reading.short:
        first, second = reading.alternatives
        text = texts.EITHER.format(first=first, second=second)
        choices = (str(first), str(second), texts.DONT_KNOW)
    if text is None:
        return None
    state.misses += 1
    if state.misses >= MAX_MISSES:
        text = f"{text}\n\n{texts.MISSED_TWICE}"
        choices = (*choices, texts.PERSON)
    return Turn([Reply(text, choices or _choices(fact))], state)


def _miss(flow: Flow, fact: Fact, state: State, reading: Reading, world: World) -> Turn:
    state.misses += 1
    if fact.name == "province" and len(reading.words) == 1:
        lead = texts.UNKNOWN_PROVINCE.format(text=reading.text.strip()[:60], page=world.page)
    else:
        lead = texts.MISSED
    if state.misses >= MAX_MISSES:
        first = "" if lead == texts.MISSED else f"{lead} "
        text = f"{first}{texts.MISSED_TWICE}\n\n{fact.question} {fact.example}"
        return Turn([Reply(text, (*_choices(fact), texts.PERSON))], state)
    text = f"{lead} {fact.question} {fact.example}"
    return Turn([Reply(text, _choices(fact))], state)


def _changed(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Return what a message says that was not known so."""
    found = flow.understand(reading, state.facts)
    return {
        name: value
        for name, value in found.items()
        if value != state.facts.get(name) or (name == state.asked and value is not None)
    }


def _counted_on(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Read "iki kişi çıkarsak" while another fact is asked for: the main count changes."""
    people = any(m.value["unit"] == "kisi" for m in reading.of("sayi"))
    changes = reading.what_if and (reading.less or reading.more)
    if not (people and changes) or state.asked == flow.main or flow.main not in state.facts:
        return {}
    return _relative(flow, reading, state)


def _advance(
    flow: Flow,
    state: State,
    reading: Reading,
    world: World,
    first: bool = False,
    found: dict[str, Any] | None = None,
) -> Turn:
    """Take in what was said, judge, then ask what is missing or give the verdict."""
    if first and reading.impossible_date and not reading.dates():
        lead = texts.IMPOSSIBLE_DATE.format(words=reading.impossible_date)
    else:
        lead = ""
    found = _changed(flow, reading, state) if found is None else found
    known = _with(state.facts, found)
    try:
        verdict = flow.judge(known, world.today, world.figures)
    except FactError as error:
        return _refused(flow, state, error, found, world)
    state.unknown = [
        name for name in state.unknown if name not in found or found[name] == state.facts.get(name)
    ]
    new = [name for name in known if name not in state.facts]
    answered, state.facts = state.asked, known
    state.misses = 0
    state.verdict = verdict_value(verdict)
    fact = _next(flow, state, verdict)
    if answered and (fact is None or fact.name != answered):
        state.trail.append([answered, *new])
    if fact is None:
        return _give(flow, state, verdict, world, lead)
    state.asked = fact.name
    said = facts_text(flow, state.facts, list(found))
    parts = [lead, texts.UNDERSTOOD.format(facts=said) if said else ""]
    if verdict.outcome == "no" and state.flow in ASKS_ALL:
        parts += [check.text + "." for check in verdict.checks if check.state == "failed"]
    return Turn([_question(fact, state, " ".join(filter(None, parts)), world)], state)


def _with(facts: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return the facts with what was found; None takes a fact back."""
    return {name: value for name, value in {**facts, **found}.items() if value is not None}


def _refused(
    flow: Flow, state: State, error: FactError, found: dict[str, Any], world: World
) -> Turn:
    """Explain a fact that cannot be, keep the others, ask for that one."""
    good = {name: value for name, value in found.items() if name != error.fact}
    state.facts = _with(state.facts, good)
    try:
        flow.judge(state.facts, world.today, world.figures)
    except FactError:  # the quarrel is between old facts and new: the old ones stay
        state.facts = {k: v for k, v in state.facts.items() if k not in good and k != error.fact}
    fact = fact_of(flow, error.fact)
    assert fact is not None, error.fact
    state.asked = fact.name
    state.done = False
    state.misses += 1
    text = f"{error} {fact.question} {fact.example}"
    choices = _choices(fact)
    if state.misses >= MAX_MISSES:
        text, choices = f"{text}\n\n{texts.MISSED_TWICE}", (*choices, texts.PERSON)
    return Turn([Reply(text, choices)], state)


def _next(flow: Flow, state: State, verdict: Verdict) -> Fact | None:
    """Return the fact to ask for, None if the verdict can be given."""
    if verdict.outcome == "no" and state.flow not in ASKS_ALL:
        return None
    if verdict.outcome in {"yes", "undocumented"}:
        return None
    for fact in flow.facts:
        if fact.name in verdict.missing and fact.name not in state.unknown:
            return fact
    return None


def _question(fact: Fact, state: State, lead: str = "", world: World | None = None) -> Reply:
    """Return a fact's question; the lead says back what was understood."""
    choices = _choices(fact)
    question = fact.question
    if offered := state.facts.get("provinces_offered"):
        question, choices = texts.WHICH_PROVINCE, tuple(offered)
    elif fact.name == "province" and world and not lead:
        lead = texts.PROVINCE_FIRST.format(page=world.page)
    return Reply(f"{lead}\n\n{question}" if lead else question, choices)


def _choices(fact: Fact) -> tuple[str, ...]:
    return fact.choices


def _give(flow: Flow, state: State, verdict: Verdict, world: World, lead: str = "") -> Turn:
    """Say the verdict; the flow stays open for what-ifs."""
    state.asked, state.done, state.misses = None, True, 0
    text = verdict_text(world.base, flow, state.facts, verdict)
    choices = (texts.CALENDAR,) if verdict.days else ()
    text = f"{lead}\n\n{text}" if lead else text
    return Turn([Reply(text, choices, verdict=verdict)], state)


def _after_verdict(
    flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World
) -> Turn:
    """Recalculate for a what-if or a correction, make a calendar file, or let go."""
    if _CALENDAR.search(reading.folded) and not meaning.entry:
        return _calendar(flow, state, world)
    if (
        meaning.flow == flow.id
        and not _changes_facts(reading)
        and _whole_case(flow, reading, state)
    ):
        return start(flow, reading, world)
    # "Projemiz ulusaldı yalnız" sounds like another flow and is a fact of this one.
    changes = _changes_facts(reading) or (reading.short and _changed(flow, reading, state))
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
    other = meaning.flow not in {None, flow.id}
    if other or meaning.talk == "iptal":
        return Turn([], None, aside=True)
    about_it = reading.ahead or _ABOUT_IT.search(reading.folded)
    if meaning.flow or (not meaning.entry and about_it):
        return verdict_again(flow, state, world)
    return _beside(state) if meaning.talk in {None, "secim"} else Turn([], state, aside=True)


def repeats(flow: Flow, reading: Reading, state: State) -> bool:
    """Tell whether a message says the main fact once more: after Mersin, "peki tarsus"."""
    found = flow.understand(reading, state.facts).get(flow.main)
    return found is not None and found == state.facts.get(flow.main)


def said_again(flow: Flow, state: State, world: World) -> Turn:
    """Say that nothing changed, or the whole answer where it is no matter of a count."""
    if flow.main in COUNTS:
        turn = verdict_again(flow, state, world)
        turn.replies[0].text = f"{texts.NOTHING_CHANGED}\n\n{turn.replies[0].text}"
        return turn
    state.asides = 0
    verdict = flow.judge(state.facts, world.today, world.figures)
    return _give(flow, state, verdict, world)


def _whole_case(flow: Flow, reading: Reading, state: State) -> bool:
    """Tell a new case from one more fact of the last.

    It names the main fact, or several, or what it names changes nothing of the last one.
    """
    found = flow.understand(reading, {})
    told = [fact.name for fact in flow.facts if fact.name in found and not fact.silent]
    new = flow.main in told or len(told) > 1 or (told and not _changed(flow, reading, state))
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


def _relative(flow: Flow, reading: Reading, state: State) -> dict[str, Any]:
    """Return the main count changed by a number: "ikisi çıkarsa", "3 kişi daha", "9 olsa"."""
    main = flow.main
    before = state.facts.get(main)
    if main not in COUNTS or not isinstance(before, int | None):
        return {}
    if flow.beside & set(_changed(flow, reading, state)):
        return {}
    counts = [
        m
        for m in reading.of("sayi")
        if "to" not in m.value
        and not m.value.get("ordinal")
        and m.value["unit"] in {None, "kisi", "kurucu", "proje", "okul"}
    ]
    one = _ONE_OF_THEM.search(reading.folded) or (
        main == "members" and _A_MEMBER.search(reading.folded)
    )
    if not counts and reading.less and before and one:
        return {main: before - 1}
    plays = reading.what_if or reading.correction or reading.short or reading.less or reading.more
    if not counts or not plays or (main == "members" and reading.folded == "1"):
        return {}
    if reading.matches(r"\byabanci\w*|\byurt ?disi\w*"):
        return _foreigners(flow, reading, state, counts)
    number = int(counts[-1 if reading.correction else 0].value["value"])
    return _played(flow, reading, state, counts, number)


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
    return {} if _changed(flow, reading, state) else {main: number}


def _foreigners(
    flow: Flow, reading: Reading, state: State, counts: list[Mention]
) -> dict[str, Any]:
    """Read a count that says how many are foreigners: "toplam 14, 4ü yabancı", "4 değil 3"."""
    before = state.facts.get(flow.main)
    if len(counts) > 1 and reading.matches(r"\bdeg[iu]?l\b") and before is not None:
        wrong, right = (int(m.value["value"]) for m in counts[:2])
        return {flow.main: max(before + wrong - right, 0)}
    found = _changed(flow, reading, state)
    return {flow.main: found[flow.main]} if flow.main in found and len(counts) > 1 else {}


def _recalculate(flow: Flow, state: State, found: dict[str, Any], world: World) -> Turn:
    """Judge again and say what changed, in the facts and in the outcome."""
    before_facts, before = dict(state.facts), state.verdict or {}
    facts = _with(before_facts, found)
    try:
        verdict = flow.judge(facts, world.today, world.figures)
    except FactError as error:
        return Turn([Reply(str(error))], state)
    state.facts = facts
    state.unknown = [name for name in state.unknown if name not in facts]
    state.verdict = verdict_value(verdict)
    changes = _differences(flow, before_facts, facts)
    if facts == before_facts:
        return Turn([Reply(texts.NOTHING_CHANGED)], state)
    lead = texts.CHANGED.format(changes=changes) if changes else ""
    fact = _next(flow, state, verdict)
    if fact is not None:
        state.asked, state.done = fact.name, False
        return Turn([_question(fact, state, lead, world)], state)
    if not lead:
        return _give(flow, state, verdict, world)
    if before.get("conclusion") == verdict.conclusion:
        lead = f"{lead} {texts.SAME_OUTCOME}"
    elif before.get("conclusion") and flow.main != "province":
        lead = f"{lead} {texts.OTHER_OUTCOME.format(before=before['conclusion'])}"
    turn = _give(flow, state, verdict, world)
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
    from actions.calendar_file import calendar_file

    days = (state.verdict or {}).get("days") or []
    if not days:
        return Turn([Reply(texts.NO_DAYS)], state)
    title = world.base.flows[flow.id].title
    file = calendar_file(days, flow.id, title, world.today)
    names = "; ".join(day["text"] for day in days)
    return Turn([Reply(texts.CALENDAR_READY.format(days=names), file=file)], state)
