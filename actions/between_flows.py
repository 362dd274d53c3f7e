"""From one flow to another and back: what starts, what is taken up, what is judged beside."""

from typing import Any

from rasa_sdk import Tracker

from actions.beside import case_beside
from actions.context import knowledge, question_before, reading_of
from actions.flows import moves, texts
from actions.flows.asking import ask_again, start
from actions.flows.base import Facts
from actions.flows.catalogue import CALCULATED
from actions.flows.changes import brought
from actions.flows.guide import start_guide
from actions.flows.guide_steps import GuideWorld, show_again
from actions.flows.judged import repeats, said_again, take_in, verdict_again
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.flows.turn import Reply, Turn, World
from actions.rules import itiraz, kalite
from bot.clock import today
from bot.knowledge.current import figures, guides
from bot.knowledge.rendering import coordinators_page

#: The refusal that no later year mends.
TOO_OLD = "eski-proje"
_AGAIN = r"\b(?:tekrar|yeniden|bi?r? daha) (?:kalite )?(?:etiket\w* )?basvu?r\w*"


def world_now() -> World:
    """Return what judging needs besides the facts, as it is now."""
    return World(knowledge(), figures(), today(), coordinators_page(knowledge()))


def started(tracker: Tracker, flow: str) -> Turn:
    """Return the first turn of a flow, with what the message says."""
    reading = reading_of(tracker, None)
    if flow == itiraz.FLOW and _asks_of_another(reading):
        if _of_topic(tracker, flow).get("reason") == TOO_OLD:
            return start(CALCULATED[flow], reading, world_now(), _of_topic(tracker, flow))
        flow = kalite.FLOW
    if flow in CALCULATED:
        beside = case_beside(tracker)
        # "Bizde 11 var" answers what was spoken of before.
        asked = CALCULATED[flow].main if beside and beside.id == flow else None
        known = {**_told_before(tracker, flow), **_of_topic(tracker, flow)}
        return start(CALCULATED[flow], reading_of(tracker, asked), world_now(), known)
    saved = (tracker.get_slot("guides") or {}).get(flow)
    return start_guide(flow, guides()[flow], reading, GuideWorld(knowledge()), saved)


def _told_before(tracker: Tracker, flow: str) -> Facts:
    """Return what the question says for which the flow's title was offered and chosen."""
    before = question_before(tracker)
    return CALCULATED[flow].understand(before, {}) if before.text else {}


def _of_topic(tracker: Tracker, flow: str) -> Facts:
    """Return the reason of a refusal if the answer before is about one reason alone."""
    places = [(reason, entry) for reason, (_, entry) in itiraz.PLACES.items()]
    reasons = [reason for reason, entry in places if entry == tracker.get_slot("topic")]
    return {"reason": reasons[0]} if flow == itiraz.FLOW and len(reasons) == 1 else {}


def _applied_anew(state: State, tracker: Tracker) -> Turn | None:
    """Return the turn of "seneye girebilir miyiz" after a refusal: a new application's.

    A project that was too old is so in every later year: the verdict says it.
    """
    reading = reading_of(tracker, None)
    if state.flow != itiraz.FLOW or not _asks_of_another(reading):
        return None
    if state.done and state.facts.get("reason") == TOO_OLD:
        return verdict_again(CALCULATED[state.flow], state, world_now())
    known = {name: state.facts[name] for name in ("project_year",) if name in state.facts}
    turn = start(CALCULATED[kalite.FLOW], reading, world_now(), known)
    lead = [] if state.done else [texts.LEFT_BEHIND]
    turn.replies[0].text = "\n\n".join([*lead, texts.APPLIED_ANEW, turn.replies[0].text])
    assert turn.state is not None
    turn.state.after(state)
    return turn


def _asks_of_another(reading: Reading) -> bool:
    """Tell whether nothing but a later application is asked about, not this one's appeal."""
    told = CALCULATED[itiraz.FLOW].understand(reading, {})
    again = reading.ahead or reading.matches(_AGAIN)
    return again and not told and not reading.matches(r"\bitiraz")


def asked_again(state: State) -> Turn:
    """Return the question that a calculation waits for, to go on where it stopped."""
    again = ask_again(CALCULATED[state.flow], state, world_now(), texts.RETURN)
    return Turn(again.replies, state, aside=True)


def moved(state: State, tracker: Tracker) -> Turn | None:
    """Return the turn of a message that moves about; None if it does not."""
    reading = reading_of(tracker, state.asked)
    flow = CALCULATED.get(state.flow)
    if reading.declined:
        return None
    if moves.pauses(reading):
        return _paused(state)
    if turn := _applied_anew(state, tracker):
        return turn
    if flow and moves.goes_back(reading) and (state.trail or not state.done):
        return moves.back(flow, state, world_now())
    earlier = State.of(state.before)
    if earlier is None or earlier.flow not in CALCULATED:
        if moves.returns(reading, False):
            return Turn([Reply(texts.NO_EARLIER)], state)
        over = flow and state.done and moves.goes_on(reading)
        return Turn([Reply(texts.FINISHED)], state) if over else None
    before = CALCULATED[earlier.flow]
    if moves.returns(reading, state.done):
        turn = moves.taken_up(before, earlier, world_now())
    elif found := _of_earlier(state, earlier, tracker):
        turn = take_in(before, earlier, reading_of(tracker, earlier.asked), found, world_now())
    if turn is not None:
        earlier.after(state)
    return turn


def _paused(state: State) -> Turn:
    """Say that there is time, and what is waited for."""
    waiting = Reply(texts.WAITING)
    if state.done:
        return Turn([waiting], state)
    if state.flow in CALCULATED:
        return ask_again(CALCULATED[state.flow], state, world_now(), texts.WAITING)
    again = show_again(guides()[state.flow], state, GuideWorld(knowledge()))
    return Turn([waiting, *again.replies], again.state)


def _of_earlier(state: State, earlier: State, tracker: Tracker) -> dict[str, Any]:
    """Return what a message changes in the calculation before: "7 değil 9 kişiyiz"."""
    reading = reading_of(tracker, state.asked)
    named = moves.names_earlier(reading)
    if state.flow not in CALCULATED or not (named or reading.correction or reading.what_if):
        return {}
    if not (named and state.done) and brought(CALCULATED[state.flow], state, reading):
        return {}
    return brought(CALCULATED[earlier.flow], earlier, reading_of(tracker, earlier.asked))


def follow_up_beside(state: State, tracker: Tracker) -> Turn | None:
    """Return the turn of a short message on what was judged beside: "telefonu var mı"."""
    earlier = State.of(state.before)
    if state.done or state.flow not in CALCULATED or earlier is None or not earlier.done:
        return None
    reading = reading_of(tracker, state.asked)
    if not (reading.short and reading.mentions) or earlier.flow not in CALCULATED:
        return None
    if reading.declined or reading.unknown or brought(CALCULATED[state.flow], state, reading):
        return None
    flow, about = CALCULATED[earlier.flow], reading_of(tracker, None)
    found = brought(flow, earlier, about)
    if found:
        return take_in(flow, earlier, about, found, world_now())
    same = repeats(flow, about, earlier)
    return said_again(flow, earlier, world_now()) if same else None
