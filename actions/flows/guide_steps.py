"""What a guide says: a step, a question, what helps at a step, the end."""

from dataclasses import dataclass
from typing import Any

from actions.flows import texts
from actions.flows.state import State
from actions.flows.turn import MAX_MISSES, Reply, Turn
from bot.knowledge import KnowledgeBase
from bot.knowledge.guides import Guide, Step
from bot.knowledge.rendering import source_line, support_address

STEP = "adim"


@dataclass(frozen=True)
class GuideWorld:
    """The knowledge base, for sources and the support address."""

    base: KnowledgeBase


def enter(guide: Guide, state: State, track: str, world: GuideWorld, step: int = 0) -> Turn:
    """Go into a track at a step; a track without steps is the end."""
    state.track, state.step, state.misses, state.done = track, step, 0, False
    if not guide.tracks[track].steps:
        return finish(state, texts.GUIDE_COMPLETE)
    return show(guide, state, world)


def ask(guide: Guide, name: str, state: State, lead: str = "") -> Turn:
    """Ask a question of the guide."""
    state.asked = name
    question = guide.questions[name]
    text = f"{lead}\n\n{question.text}" if lead else question.text
    state.verdict = _place(guide, state, question.text)
    return Turn([Reply(text, tuple(choice.title for choice in question.choices))], state)


def show(guide: Guide, state: State, world: GuideWorld, lead: str = "") -> Turn:
    """Show the step; the last one of a track without a question ends the guide."""
    track = guide.tracks[state.track or ""]
    step = track.steps[state.step]
    state.asked = STEP
    count = len(track.steps)
    parts = [lead] if lead else []
    if count > 1:
        parts.append(texts.STEP.format(number=state.step + 1, count=count))
    parts += [step.text.strip(), source_line(world.base, list(step.sources))]
    choices: tuple[str, ...] = (texts.OK, texts.STUCK)
    if state.step:
        choices = (*choices, texts.BACK)
    if count > 1:
        parts.insert(-1, texts.DONE_ONE)
    state.verdict = _place(guide, state, step.text.strip())
    return Turn([Reply("\n\n".join(parts), choices, links=_links(step))], state)


def show_again(guide: Guide, state: State, world: GuideWorld, lead: str = "") -> Turn:
    """Repeat the step or question a guide waits at; "devam" then stays there."""
    state.asides += 1
    if state.asked in guide.questions:
        return ask(guide, state.asked or "", state, lead)
    return show(guide, state, world, lead)


def forward(guide: Guide, state: State, world: GuideWorld) -> Turn:
    """Go to the step after; after the last to the track's question or the end."""
    track = guide.tracks[state.track or ""]
    state.misses = 0
    if state.step + 1 < len(track.steps):
        state.step += 1
        return show(guide, state, world)
    if track.question:
        return ask(guide, track.question, state)
    return finish(state, texts.GUIDE_DONE.format(support=support_address(world.base)))


def back(guide: Guide, state: State, world: GuideWorld) -> Turn:
    """Go to the step before."""
    state.misses = 0
    if state.step == 0:
        return show(guide, state, world, texts.FIRST_STEP)
    state.step -= 1
    return show(guide, state, world)


def hinted(step: Step, state: State, world: GuideWorld) -> Turn:
    """Answer a question about the step."""
    parts = [(step.hint or step.stuck).strip(), source_line(world.base, list(step.sources))]
    choices: tuple[str, ...] = (texts.OK, texts.STUCK)
    if state.step:
        choices = (*choices, texts.BACK)
    return Turn([Reply("\n\n".join(parts), choices, links=_links(step))], state)


def stuck(step: Step, state: State, world: GuideWorld) -> Turn:
    """Say what helps at this step; the second time name the support address."""
    state.misses += 1
    text = step.stuck.strip()
    if state.misses >= MAX_MISSES or "destek adresi" in text:
        support = texts.STUCK_FURTHER.format(support=support_address(world.base))
        text = f"{text}\n\n{support}"
    choices = (texts.OK, texts.BACK, texts.PERSON)
    return Turn([Reply(text, choices, links=_links(step))], state)


def missed(state: State) -> Turn:
    """Say what can be written at a step; the second time offer a person."""
    state.misses += 1
    choices: tuple[str, ...] = (texts.OK, texts.STUCK, texts.BACK)
    text = texts.GUIDE_MISSED
    if state.misses >= MAX_MISSES:
        text, choices = f"{texts.MISSED_TWICE}\n\n{text}", (*choices, texts.PERSON)
    return Turn([Reply(text, choices)], state)


def finish(state: State, text: str) -> Turn:
    """End the guide; another problem opens it again."""
    state.done, state.asked = True, None
    return Turn([Reply(text)], state)


def _links(step: Step) -> tuple[str, ...]:
    return tuple(link for link in (step.see, step.next_flow) if link)


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
