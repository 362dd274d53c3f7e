"""A calculation under way: what is known is judged, what is missing is asked for."""

import re
from typing import Any

from actions.flows import texts
from actions.flows.base import Fact, Facts, Flow, fact_of
from actions.flows.changes import brought, changed, merged
from actions.flows.cues import words
from actions.flows.reading import Reading
from actions.flows.rendering import facts_text, verdict_text, verdict_value
from actions.flows.state import State
from actions.flows.turn import MAX_MISSES, Meaning, Reply, Turn, World
from actions.rules.verdict import FactError, Verdict

_OPEN_QUESTION = words(
    "neden niye nicin nasil nereden nerden nerede nerde kim kime kimler hangi hangisi ne nedir "
    "nelerdir kac"
)
#: Flows whose facts are all asked for before a verdict; the others stop at a sure "no".
ASKS_ALL = {"akis-okul-etiketi"}


def start(flow: Flow, reading: Reading, world: World, known: Facts | None = None) -> Turn:
    """Begin a flow with what the opening message states, and what is known from before."""
    state = State(flow.id)
    found = {**(known or {}), **changed(flow, reading, state)}
    return advance(flow, state, reading, world, first=True, found=found)


def answered(flow: Flow, state: State, reading: Reading, meaning: Meaning, world: World) -> Turn:
    """Take a message while a fact is asked for."""
    fact = fact_of(flow, state.asked or "")
    if fact is None:  # a state without a question: judge what is known
        return advance(flow, state, reading, world)
    if _is_question(reading, meaning, state) or meaning.picks:
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    if problem := _problem(fact, reading, state):
        return problem
    found = brought(flow, state, reading)
    if not found and reading.unknown:
        state.unknown.append(fact.name)
        state.misses = 0
        return advance(flow, state, reading, world)
    if found:
        if found == {fact.name: state.facts.get(fact.name)}:
            state.unknown.append(fact.name)  # the same month again: the day is not known
        return advance(flow, state, reading, world, found=found)
    if meaning.flow == flow.id or (reading.ahead and not meaning.entry):
        return ask_again(flow, state, world, texts.NEEDED)
    talks = meaning.talk and meaning.talk not in {"onay", "ret", "secim"}
    if talks or (meaning.leans and reading.question):
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    asks = len(reading.words) > 2 and (meaning.entry or reading.question)
    if asks or (meaning.flow and len(reading.words) > 1):
        again = ask_again(flow, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    return _miss(flow, fact, state, reading, world)


def ask_again(flow: Flow, state: State, world: World, lead: str = "") -> Turn:
    """Repeat the question a flow waits for."""
    fact = fact_of(flow, state.asked or "")
    if fact is None:
        return Turn([], state)
    return Turn([question_of(fact, state, lead)], state)


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
    return Turn([Reply(text, choices or fact.choices)], state)


def _miss(flow: Flow, fact: Fact, state: State, reading: Reading, world: World) -> Turn:
    state.misses += 1
    if fact.name == "province" and len(reading.words) == 1:
        lead = texts.UNKNOWN_PROVINCE.format(text=reading.text.strip()[:60], page=world.page)
    else:
        lead = texts.MISSED
    if state.misses >= MAX_MISSES:
        first = "" if lead == texts.MISSED else f"{lead} "
        text = f"{first}{texts.MISSED_TWICE}\n\n{fact.question} {fact.example}"
        return Turn([Reply(text, (*fact.choices, texts.PERSON))], state)
    text = f"{lead} {fact.question} {fact.example}"
    return Turn([Reply(text, fact.choices)], state)


def advance(
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
    found = changed(flow, reading, state) if found is None else found
    known = merged(state.facts, found)
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
    state.told(found)
    state.verdict = verdict_value(verdict)
    fact = next_fact(flow, state, verdict)
    if answered and (fact is None or fact.name != answered):
        state.trail.append([answered, *new])
    if fact is None:
        return give(flow, state, verdict, world, lead)
    state.asked = fact.name
    said = facts_text(flow, state.facts, list(found))
    parts = [lead, texts.UNDERSTOOD.format(facts=said) if said else ""]
    if verdict.outcome == "no" and state.flow in ASKS_ALL:
        parts += [check.text + "." for check in verdict.checks if check.state == "failed"]
    return Turn([question_of(fact, state, " ".join(filter(None, parts)), world)], state)


def _refused(
    flow: Flow, state: State, error: FactError, found: dict[str, Any], world: World
) -> Turn:
    """Explain a fact that cannot be, keep the others, ask for that one."""
    good = {name: value for name, value in found.items() if name != error.fact}
    state.facts = merged(state.facts, good)
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
    choices = fact.choices
    if state.misses >= MAX_MISSES:
        text, choices = f"{text}\n\n{texts.MISSED_TWICE}", (*choices, texts.PERSON)
    return Turn([Reply(text, choices)], state)


def next_fact(flow: Flow, state: State, verdict: Verdict) -> Fact | None:
    """Return the fact to ask for, None if the verdict can be given."""
    if verdict.outcome == "no" and state.flow not in ASKS_ALL:
        return None
    if verdict.outcome in {"yes", "undocumented"}:
        return None
    for fact in flow.facts:
        if fact.name in verdict.missing and fact.name not in state.unknown:
            return fact
    return None


def question_of(fact: Fact, state: State, lead: str = "", world: World | None = None) -> Reply:
    """Return a fact's question; the lead says back what was understood."""
    choices = fact.choices
    question = fact.question
    if offered := state.facts.get("provinces_offered"):
        question, choices = texts.WHICH_PROVINCE, tuple(offered)
    elif fact.name == "province" and world and not lead:
        lead = texts.PROVINCE_FIRST.format(page=world.page)
    return Reply(f"{lead}\n\n{question}" if lead else question, choices)


def give(flow: Flow, state: State, verdict: Verdict, world: World, lead: str = "") -> Turn:
    """Say the verdict; the flow stays open for what-ifs."""
    state.asked, state.done, state.misses = None, True, 0
    text = verdict_text(world.base, flow, state.facts, verdict)
    choices = (texts.CALENDAR,) if verdict.days else ()
    text = f"{lead}\n\n{text}" if lead else text
    return Turn([Reply(text, choices, verdict=verdict)], state)
