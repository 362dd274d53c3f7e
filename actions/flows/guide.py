"""The step-by-step guides: one step a message, forwards, stuck, back, resumed."""

import re
from collections.abc import Mapping
from typing import Any

from actions.choice import by_title, position
from actions.flows import guide_cues, texts
from actions.flows.guide_facts import KINDS, facts_of, named_steps, names
from actions.flows.guide_places import (
    OLD_BRANCH,
    OLD_DATA,
    OPENING,
    apart,
    entry_of,
    moves_to,
    other_branch,
    reported,
    track_of,
    used_other_address,
)
from actions.flows.guide_steps import (
    STEP,
    GuideWorld,
    ask,
    back,
    enter,
    finish,
    forward,
    hinted,
    missed,
    show,
    show_again,
    stuck,
)
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.flows.turn import MAX_MISSES, Meaning, Reply, Turn
from bot.knowledge.guides import Guide, Question, Step
from bot.knowledge.rendering import support_address
from bot.text.fold import normalize

_NOTHING_MISSING = re.compile(
    r"\b(?:yok|hayir|eksik yok|hicbir\w*|hepsi tamam|tamam|her sey\w*|sorun yok)\b"
)
RESUME = "devam-mi"
#: Words of a title shorter than this say little: "kim", "için".
TELLING = 4


def start_guide(
    flow: str, guide: Guide, reading: Reading, world: GuideWorld, saved: Any = None
) -> Turn:
    """Begin a guide where the opening message says, or where it stopped, or at its start."""
    state = State(flow)
    state.facts = facts_of(flow, reading)
    track = track_of(guide, state)
    if place := entry_of(guide, state, reading):
        return _after(guide, state, place, world)
    if used_other_address(state, reading):
        return enter(guide, state, OLD_DATA, world, OPENING)
    if track:
        return enter(guide, state, track, world)
    progress = _progress(guide, saved)
    if progress:
        state.track, state.step, state.asked = progress[0], progress[1], RESUME
        state.facts = {**dict(saved.get("facts") or {}), **state.facts}
        text = texts.RESUME.format(number=state.step + 1)
        return Turn([Reply(text, (texts.RESUME_GO_ON, texts.RESUME_ANEW))], state)
    return ask(guide, guide.start, state)


def go_on_guide(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    """Take a message of a guide under way."""
    asides, state.asides = state.asides, 0
    if state.done:
        return _after_end(guide, state, reading, meaning, world)
    if state.asked == RESUME:
        if guide_cues.begins_anew(reading) or (reading.no and not reading.yes):
            return ask(guide, guide.start, State(state.flow))
        return show(guide, state, world)
    if question := guide.questions.get(state.asked or ""):
        return _answer(guide, question, state, reading, meaning, world)
    # After a question beside, "devam" means this step, not the next one.
    if guide_cues.goes_on(reading) and (asides or reading.folded != texts.RESUME_GO_ON):
        return show(guide, state, world)
    return _step(guide, state, reading, meaning, world)


def understands(guide: Guide, state: State, reading: Reading) -> bool:
    """Tell whether a message is a guide's, though it sounds like leaving or judging.

    "Geçtim" and "hallettim" at a step, "yok pardon yeni".
    """
    if state.done or guide_cues.gives_up(reading):
        return False
    if state.asked in guide.questions:
        return bool(facts_of(state.flow, reading)) or guide_cues.wonders(reading)
    return (
        guide_cues.is_done(reading)
        or guide_cues.is_stuck(reading)
        or guide_cues.goes_on(reading)
        or guide_cues.goes_back(reading.folded)
        or other_branch(guide, state, reading) is not None
    )


def reports(state: State, reading: Reading) -> bool:
    """Tell whether a message reports a step done, whatever it names: "koordinatöre yazdım"."""
    return not state.done and state.track is not None and guide_cues.is_done(reading)


def continues(flow: str, guide: Guide, reading: Reading) -> bool:
    """Tell whether a message after an answer speaks of a guide's steps or of whom it is not for.

    "Available işaretli diyor", "öğrencimi davet edemiyorum".
    """
    state = State(flow, facts_of(flow, reading))
    if state.facts.get("problem") in apart(guide):
        return True
    told = entry_of(guide, state, reading) or used_other_address(state, reading)
    return reading.short and bool(told)


def goes_back(text: str) -> bool:
    """Tell whether a short message asks for the step before."""
    folded = normalize(text)
    return guide_cues.goes_back(folded) and len(folded.split()) <= guide_cues.FEW_WORDS


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


def _after(guide: Guide, state: State, place: tuple[str, int], world: GuideWorld) -> Turn:
    """Enter a guide after a step that is done; if that was all, say what is left."""
    state.track, state.step = place
    steps = guide.tracks[state.track].steps
    if len(steps) > 1:
        return forward(guide, state, world)
    state.asked = STEP
    return stuck(steps[0], state, world)


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
    if index is not None:
        return _chosen(guide, question, state, question.choices[index].value, world)
    place = entry_of(guide, State(state.flow), reading) if state.asked == guide.start else None
    if place:
        return _after(guide, state, place, world)
    if question.unsure and guide_cues.wonders(reading):
        state.misses += 1
        return ask(guide, state.asked or "", state, question.unsure)
    facts = _answered(guide, question, state, reading)
    said = question.fact in facts or bool(reading.of(KINDS[state.flow]))
    if not said and len(reading.words) <= guide_cues.FEW_WORDS:
        index = position(reading.text, len(titles))
    if index is not None and 0 <= index < len(titles):
        return _chosen(guide, question, state, question.choices[index].value, world)
    if question.fact in facts or "problem" in facts:
        state.facts.update(facts)
        return _chosen(guide, question, state, facts.get(question.fact), world)
    if _leaves(reading, meaning):
        again = show_again(guide, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    return _asked_again(guide, state)


def _asked_again(guide: Guide, state: State) -> Turn:
    """Ask a question that was not answered; the second time offer a person."""
    state.misses += 1
    lead = texts.MISSED_TWICE if state.misses >= MAX_MISSES else texts.MISSED
    turn = ask(guide, state.asked or "", state, lead)
    if state.misses >= MAX_MISSES:
        turn.replies[0].choices = (*turn.replies[0].choices, texts.PERSON)
    return turn


def _answered(guide: Guide, question: Question, state: State, reading: Reading) -> dict[str, Any]:
    """Return the facts of an answer, a bare yes, no or "eksik yok" among them."""
    facts = facts_of(state.flow, reading)
    if question.fact in facts:
        return facts
    if _is_yes_or_no(question) and (reading.yes or reading.no):
        facts[question.fact] = question.choices[0 if reading.yes else 1].value
    elif reading.short and guide.choice(question.fact, "yok"):
        facts.update({question.fact: "yok"} if _NOTHING_MISSING.search(reading.folded) else {})
    return facts


def _is_yes_or_no(question: Question) -> bool:
    """Tell a question that "yok" answers from a choice between two cases."""
    return normalize(question.choices[0].title).startswith("evet")


def _chosen(
    guide: Guide, question: Question, state: State, value: str | None, world: GuideWorld
) -> Turn:
    if value is not None:
        state.facts[question.fact] = value
    problem = state.facts.get("problem")
    track = guide.track_of("problem", problem) if problem and question.fact != "problem" else None
    track = track or guide.track_of(question.fact, str(value))
    if track is None:
        return ask(guide, state.asked or "", state, texts.MISSED)
    return enter(guide, state, track, world)


def _step(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    if guide_cues.begins_anew(reading):
        return ask(guide, guide.start, State(state.flow))
    if guide_cues.goes_back(reading.folded) and reading.short:
        return back(guide, state, world)
    step = guide.tracks[state.track or ""].steps[state.step]
    if _is_beside(guide, step, state, reading, meaning, world):
        again = show_again(guide, state, world, texts.RETURN)
        return Turn(again.replies, state, aside=True)
    if turn := _moved(guide, state, reading, world):
        return turn
    if turn := _reached(guide, state, reading, world):
        return turn
    in_trouble = guide_cues.is_stuck(reading) or meaning.talk in {"ret", "faydasiz"}
    what_now = guide_cues.asks_what_now(reading)
    asks = reading.question and not guide_cues.asks_why(reading)
    if asks and step.hint and not (in_trouble and what_now):
        return hinted(step, state, world)
    if in_trouble:
        return _ahead(guide, state, reading, world) or stuck(step, state, world)
    if reading.question or what_now:
        return hinted(step, state, world)
    return forward(guide, state, world) if meaning.talk == "onay" else missed(state)


def _reached(guide: Guide, state: State, reading: Reading, world: GuideWorld) -> Turn | None:
    """Return the turn of a message that reports a step, this one if it names none."""
    at = reported(guide, [state.track or ""], reading)
    if at and at[1] >= state.step:
        state.step = at[1]
        return forward(guide, state, world)
    if at:
        return show(guide, state, world)  # a step before this one
    return forward(guide, state, world) if guide_cues.is_done(reading) else None


def _ahead(guide: Guide, state: State, reading: Reading, world: GuideWorld) -> Turn | None:
    """Return the step after this one that a trouble is about: "okulum görünmüyor"."""
    found = [index for _, index in named_steps(guide, [state.track or ""], reading.folded)]
    if not found or min(found) <= state.step:
        return None
    state.step = min(found)
    return show(guide, state, world)


def _moved(guide: Guide, state: State, reading: Reading, world: GuideWorld) -> Turn | None:
    """Return the turn of a message that belongs to another track, or another branch."""
    if branch := other_branch(guide, state, reading):
        state.facts = {"branch": branch}
        return enter(guide, state, branch, world)
    facts = facts_of(state.flow, reading)
    problem = facts.get("problem")
    other = moves_to(guide, state, problem) and problem != "diger"
    if other and len(reading.words) > 1 and not guide_cues.is_done(reading):
        state.facts.update(facts)
        return enter(guide, state, str(guide.track_of("problem", str(problem))), world)
    same = problem is not None and guide.track_of("problem", problem) == state.track
    tried = state.step > 0 or guide_cues.goes_wrong_again(reading)
    if same and not tried and guide_cues.contact_trouble(reading):
        return show(guide, state, world)  # what the step is about, said once more
    if state.track in {OLD_BRANCH, OLD_DATA} and used_other_address(state, reading):
        if (state.track, state.step) < (OLD_DATA, OPENING):
            return enter(guide, state, OLD_DATA, world, OPENING)
        return hinted(guide.tracks[OLD_DATA].steps[OPENING], state, world)
    return None


def _is_beside(
    guide: Guide, step: Step, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> bool:
    """Tell whether a message is a question of its own, not one about the step."""
    if not _leaves(reading, meaning):
        return False
    if meaning.talk:
        about = guide_cues.is_done(reading) or guide_cues.asks_what_now(reading)
        return not about
    own = meaning.entry in world.base.flows[state.flow].entries
    problem = facts_of(state.flow, reading).get("problem")
    if own and moves_to(guide, state, problem) and len(reading.words) > 1:
        return False
    if step.hint and names(step, reading.folded) and own:
        return False
    title = world.base.entries[str(meaning.entry)].title if meaning.entry else ""
    return not (guide_cues.points(reading) and not _shares_a_word(reading, title))


def _shares_a_word(reading: Reading, title: str) -> bool:
    told = [word.text[:TELLING] for word in reading.words if len(word.text) >= TELLING]
    return any(word[:TELLING] in told for word in normalize(title).split() if len(word) >= TELLING)


def _leaves(reading: Reading, meaning: Meaning) -> bool:
    """Tell whether a message is a question of its own."""
    return bool(
        (meaning.entry and reading.question and len(reading.words) > 2)
        or meaning.talk in {"selamlama", "tesekkur", "yardim", "bot-musun"}
    )


def _after_end(
    guide: Guide, state: State, reading: Reading, meaning: Meaning, world: GuideWorld
) -> Turn:
    """Go back into the guide if another problem is named, else let go."""
    facts = facts_of(state.flow, reading)
    if moves_to(guide, state, facts.get("problem")) and not (meaning.entry and reading.question):
        state.facts.update(facts)
        track = track_of(guide, state)
        assert track is not None
        return enter(guide, state, track, world)
    steps = guide.tracks[state.track].steps if state.track else ()
    if guide_cues.goes_back(reading.folded) and reading.short and steps:
        state.done = False
        return show(guide, state, world)
    open_still = guide_cues.asks_what_now(reading) or guide_cues.is_stuck(reading)
    if open_still and reading.short and not meaning.entry and not meaning.flow:
        text = texts.GUIDE_NO_MORE.format(support=support_address(world.base))
        return finish(state, text)
    return Turn([], state if meaning.talk not in {None, "iptal", "secim"} else None, aside=True)
