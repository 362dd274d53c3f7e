"""The step-by-step guides: one step a message, forwards, stuck, back, resumed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.choice import by_title, position
from actions.flows import texts
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.flows.turn import MAX_MISSES, Meaning, Reply, Turn
from bot.knowledge import KnowledgeBase
from bot.knowledge.guides import Guide, Question, Step
from bot.knowledge.rendering import source_line, support_address
from bot.text.fold import normalize

_FORWARD = re.compile(
    r"^(?:cok )?(?:tamam|tmm|tmam|ok|oldu|yapt[iu]|gect[iu]m|bitti|devam|sonraki|ileri|evet|"
    r"hallett[iu]|act[iu]m|gird[iu]m|isaretled[iu]m|ekled[iu]m|basardim|super|guzel)\w*\b"
)
_STUCK = re.compile(
    r"\b(?:tak[iu]l|olmad|olmuyo|yapamad|yapamiyo|bulamad|bulamiyo|goremiyo|goremed|hata|cikmiyo|"
    r"cikmad|acilmiyo|acilmad|beceremed|anlamad|gelmiyo|gelmed|izin vermiyo)\w*\b|"
    r"\b(?:hayir|yok)\b"
)
_BACK = re.compile(r"\b(?:geri\w*|onceki\w*|bir onceki|basa don)\b")
_ANEW = re.compile(r"\b(?:bastan|sifirdan|yeniden basla\w*)\b")
_NOTHING_MISSING = re.compile(
    r"\b(?:yok|hayir|eksik yok|hicbir\w*|hepsi tamam|tamam|her sey\w*|sorun yok)\b"
)
STEP = "adim"
FEW_WORDS = 3
RESUME = "devam-mi"
#: Facts a guide reads: the kind of mention, and for a sign its two values.
_KINDS = {"akis-esep": "sorun", "akis-davet": "ekleme"}


@dataclass(frozen=True)
class GuideWorld:
    """The knowledge base, for sources and the support address."""

    base: KnowledgeBase


def start_guide(
    flow: str, guide: Guide, reading: Reading, world: GuideWorld, saved: Any = None
) -> Turn:
    """Begin a guide where the opening message says, or where it stopped, or at its start."""
    state = State(flow)
    state.facts = facts_of(flow, reading)
    track = _track(guide, state)
    if track:
        return _enter(guide, state, track, world)
    progress = _progress(guide, saved)
    if progress:
        state.track, state.step, state.asked = progress[0], progress[1], RESUME
        state.facts = {**dict(saved.get("facts") or {}), **state.facts}
        text = texts.RESUME.format(number=state.step + 1)
        return Turn([Reply(text, (texts.RESUME_GO_ON, texts.RESUME_ANEW))], state)
    return _ask(guide, guide.start, state)


def go_on_guide(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    """Take a message of a guide under way."""
    if state.done:
        return _after_end(guide, state, reading, meaning, world)
    if state.asked == RESUME:
        if _ANEW.search(reading.folded) or (reading.no and not reading.yes):
            return _ask(guide, guide.start, State(state.flow))
        return _show(guide, state, world)
    if question := guide.questions.get(state.asked or ""):
        return _answer(guide, question, state, reading, meaning, world)
    return _step(guide, state, reading, meaning, world)


def show_again(guide: Guide, state: State, world: GuideWorld) -> Turn:
    """Repeat the step or question a guide waits at."""
    if state.asked in guide.questions:
        return _ask(guide, state.asked or "", state)
    return _show(guide, state, world)


def facts_of(flow: str, reading: Reading) -> dict[str, Any]:
    """Return the branch and the problem that a message states."""
    facts: dict[str, Any] = {}
    kind = _KINDS[flow]
    values = [mention.value for mention in reading.of(kind)]
    if flow == "akis-esep":
        old, new = reading.sign("esep-eski"), reading.sign("esep-yeni")
        if old and new:  # "yeni platformda eski hesabım": the account decides
            new = reading.matches(r"\bilk (?:kez|defa|kere)|\byeniyim|\bhic (?:hesab|uye)")
            old = not new
        if old or new:
            facts["branch"] = "eski" if old else "yeni"
        if any(m.value == "listede-yok" for m in reading.of("ekleme")) and "davet" in values:
            values = ["davet"]
        elif any(m.value == "eklenemiyor" for m in reading.of("ekleme")):
            values = ["irtibat"]
        for value in _ESEP_ORDER:
            if value in values:
                facts["problem"] = value
                break
        return facts
    if "listede-yok" in values and not (
        "eklenemiyor" in values and not reading.matches(r"\bdavet\w*|\bliste\w*")
    ):
        facts["problem"] = "listede-yok"
    elif values:
        facts["problem"] = "eklenemiyor"
    return facts


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


def goes_back(text: str) -> bool:
    """Tell whether a short message asks for the step before."""
    folded = normalize(text)
    return bool(_BACK.search(folded)) and len(folded.split()) <= FEW_WORDS


def progress_of(state: State | None) -> dict[str, Any] | None:
    """Return what a later session needs to resume; None when there is nothing left."""
    if state is None or state.done or state.track is None:
        return None
    return {"track": state.track, "step": state.step, "facts": dict(state.facts)}


def _progress(guide: Guide, saved: Any) -> tuple[str, int] | None:
    if not isinstance(saved, Mapping):
        return None
    track, step = saved.get("track"), saved.get("step")
    if not isinstance(track, str) or track not in guide.tracks or not isinstance(step, int):
        return None
    return (track, step) if 0 <= step < len(guide.tracks[track].steps) else None


def _track(guide: Guide, state: State) -> str | None:
    for fact in ("problem", "branch"):
        value = state.facts.get(fact)
        choice = guide.choice(fact, value) if value else None
        if choice:
            return choice.track
    return None


def _enter(guide: Guide, state: State, track: str, world: GuideWorld) -> Turn:
    state.track, state.step, state.misses = track, 0, 0
    if not guide.tracks[track].steps:
        return _finish(state, texts.GUIDE_COMPLETE)
    return _show(guide, state, world)


def _ask(guide: Guide, name: str, state: State, lead: str = "") -> Turn:
    state.asked = name
    question = guide.questions[name]
    text = f"{lead}\n\n{question.text}" if lead else question.text
    state.verdict = _place(guide, state, question.text)
    return Turn([Reply(text, tuple(choice.title for choice in question.choices))], state)


def _show(guide: Guide, state: State, world: GuideWorld, lead: str = "") -> Turn:
    """Show the step; the last one of a track without a question ends the guide."""
    track = guide.tracks[state.track or ""]
    step = track.steps[state.step]
    state.asked = STEP
    count = len(track.steps)
    parts = [lead] if lead else []
    if count > 1:
        parts.append(texts.STEP.format(number=state.step + 1, count=count))
    parts += [step.text.strip(), source_line(world.base, list(step.sources))]
    links = (step.next_flow,) if step.next_flow else ()
    choices: tuple[str, ...] = (texts.OK, texts.STUCK)
    if state.step:
        choices = (*choices, texts.BACK)
    if count > 1:
        parts.insert(-1, texts.DONE_ONE)
    state.verdict = _place(guide, state, step.text.strip())
    return Turn([Reply("\n\n".join(parts), choices, links=links)], state)


def _place(guide: Guide, state: State, text: str) -> dict[str, Any]:
    """Return the place in the guide as `ask --json` shows it."""
    track = guide.tracks.get(state.track or "")
    steps = len(track.steps) if track else 0
    return {
        "outcome": "guide",
        "conclusion": text,
        "track": state.track,
        "step": state.step + 1 if steps else 0,
        "steps": steps,
    }


def _answer(
    guide: Guide,
    question: Question,
    state: State,
    reading: Reading,
    meaning: Meaning,
    world: GuideWorld,
) -> Turn:
    titles = [choice.title for choice in question.choices]
    index = by_title(reading.text, titles)
    if index is None and reading.short and not reading.of(_KINDS[state.flow]):
        index = position(reading.text, len(titles))
    if index is not None and 0 <= index < len(titles):
        choice = question.choices[index]
        return _chosen(guide, question, state, choice.value, world)
    facts = facts_of(state.flow, reading)
    if question.fact not in facts and len(question.choices) == 2 and (reading.yes or reading.no):
        facts[question.fact] = question.choices[0 if reading.yes else 1].value
    elif question.fact not in facts and guide.choice(question.fact, "yok"):
        nothing = _NOTHING_MISSING.search(reading.folded) and reading.short
        facts.update({question.fact: "yok"} if nothing else {})
    if question.fact in facts or "problem" in facts:
        state.facts.update(facts)
        return _chosen(guide, question, state, facts.get(question.fact), world)
    if _leaves(reading, meaning):
        again = _ask(guide, state.asked or "", state, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    state.misses += 1
    lead = texts.MISSED_TWICE if state.misses >= MAX_MISSES else texts.MISSED
    turn = _ask(guide, state.asked or "", state, lead)
    if state.misses >= MAX_MISSES:
        turn.replies[0].choices = (*turn.replies[0].choices, texts.PERSON)
    return turn


def _chosen(
    guide: Guide, question: Question, state: State, value: str | None, world: GuideWorld
) -> Turn:
    if value is not None:
        state.facts[question.fact] = value
    problem = state.facts.get("problem")
    choice = guide.choice("problem", problem) if problem and question.fact != "problem" else None
    choice = choice or guide.choice(question.fact, str(value))
    if choice is None:
        return _ask(guide, state.asked or "", state, texts.MISSED)
    return _enter(guide, state, choice.track, world)


def _step(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    track = guide.tracks[state.track or ""]
    step = track.steps[state.step]
    facts = facts_of(state.flow, reading)
    problem = facts.get("problem")
    moves = _moves(guide, state, problem) and len(reading.words) > 1
    if _ANEW.search(reading.folded) and reading.short:
        return _ask(guide, guide.start, State(state.flow))
    if _BACK.search(reading.folded) and reading.short:
        return _back(guide, state, world)
    own = world.base.flows[state.flow].entries
    if _leaves(reading, meaning) and not (moves and meaning.entry in own):
        again = _show(guide, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    if moves and problem != "diger":
        state.facts.update(facts)
        choice = guide.choice("problem", str(problem))
        assert choice is not None
        return _enter(guide, state, choice.track, world)
    if _FORWARD.search(reading.folded) and not _STUCK.search(reading.folded):
        return _forward(guide, state, world)
    if _STUCK.search(reading.folded) or meaning.talk in {"ret", "faydasiz"}:
        return _stuck(step, state, world)
    if meaning.talk == "onay":
        return _forward(guide, state, world)
    state.misses += 1
    choices: tuple[str, ...] = (texts.OK, texts.STUCK, texts.BACK)
    text = texts.GUIDE_MISSED
    if state.misses >= MAX_MISSES:
        text, choices = f"{texts.MISSED_TWICE}\n\n{text}", (*choices, texts.PERSON)
    return Turn([Reply(text, choices)], state)


def _moves(guide: Guide, state: State, problem: Any) -> bool:
    choice = guide.choice("problem", problem) if problem else None
    return choice is not None and choice.track != state.track


def _leaves(reading: Reading, meaning: Meaning) -> bool:
    """Tell whether a message is a question of its own."""
    return bool(
        (meaning.entry and reading.question and len(reading.words) > 2)
        or meaning.talk in {"selamlama", "tesekkur", "yardim", "bot-musun"}
    )


def _forward(guide: Guide, state: State, world: GuideWorld) -> Turn:
    track = guide.tracks[state.track or ""]
    state.misses = 0
    if state.step + 1 < len(track.steps):
        state.step += 1
        return _show(guide, state, world)
    if track.question:
        return _ask(guide, track.question, state)
    return _finish(state, texts.GUIDE_DONE.format(support=support_address(world.base)))


def _back(guide: Guide, state: State, world: GuideWorld) -> Turn:
    state.misses = 0
    if state.step == 0:
        return _show(guide, state, world, texts.FIRST_STEP)
    state.step -= 1
    return _show(guide, state, world)


def _stuck(step: Step, state: State, world: GuideWorld) -> Turn:
    """Say what helps at this step; the second time name the support address."""
    state.misses += 1
    text = step.stuck.strip()
    if state.misses >= MAX_MISSES or "destek adresi" in text:
        support = texts.STUCK_FURTHER.format(support=support_address(world.base))
        text = f"{text}\n\n{support}"
    links = (step.next_flow,) if step.next_flow else ()
    choices = (texts.OK, texts.BACK, texts.PERSON)
    return Turn([Reply(text, choices, links=links)], state)


def _finish(state: State, text: str) -> Turn:
    state.done, state.asked = True, None
    return Turn([Reply(text)], state)


def _after_end(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    """Go back into the guide if another problem is named, else let go."""
    facts = facts_of(state.flow, reading)
    if _moves(guide, state, facts.get("problem")) and not (meaning.entry and reading.question):
        state.facts.update(facts)
        state.done = False
        track = _track(guide, state)
        assert track is not None
        return _enter(guide, state, track, world)
    if (
        _BACK.search(reading.folded)
        and reading.short
        and state.track
        and guide.tracks[state.track].steps
    ):
        state.done = False
        return _show(guide, state, world)
    return Turn([], state if meaning.talk not in {None, "iptal", "secim"} else None, aside=True)
