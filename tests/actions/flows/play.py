"""Play a written case against a flow: the opening, then answers to what is asked."""

import datetime
from typing import Any, NamedTuple

from actions.flows.asking import start
from actions.flows.catalogue import CALCULATED
from actions.flows.judged import go_on
from actions.flows.reading import Reading
from actions.flows.turn import Meaning, Turn, World
from bot.knowledge import load
from bot.knowledge.figures import load_figures
from bot.knowledge.rendering import coordinators_page
from bot.nlu.mentions import mentions_in
from bot.settings import ROOT

TODAY = datetime.date(2026, 11, 20)
KNOWLEDGE = ROOT / "knowledge"
MOST_TURNS = 10


class Played(NamedTuple):
    """What a case came to: facts, outcome (None: no verdict), the facts asked for."""

    facts: dict[str, Any]
    outcome: str | None
    asked: list[str]
    text: str
    turn: Turn


def world(today: datetime.date = TODAY) -> World:
    base = load(KNOWLEDGE)
    return World(base, load_figures(KNOWLEDGE), today, coordinators_page(base))


def read(text: str, today: datetime.date = TODAY, asked: str | None = None) -> Reading:
    return Reading(text, mentions_in(text, today), today, asked)


def play(row: dict[str, Any], around: World) -> Played:
    """Return what the opening and the answers of a row come to."""
    flow = CALCULATED[row["flow"]]
    turn = start(flow, read(row["text"], around.today), around)
    asked: list[str] = []
    for _ in range(MOST_TURNS):
        state = turn.state
        if state is None or state.done or state.asked is None:
            break
        asked.append(state.asked)
        answer = row.get("answers", {}).get(state.asked, "bilmiyorum")
        reading = read(answer, around.today, state.asked)
        turn = go_on(flow, state, reading, Meaning(), around)
    state = turn.state
    outcome = state.verdict["outcome"] if state and state.done and state.verdict else None
    text = "\n".join(reply.text for reply in turn.replies)
    return Played(dict(state.facts) if state else {}, outcome, asked, text, turn)


def then(row: dict[str, Any], played: Played, around: World) -> Played:
    """Return what the row's what-if comes to."""
    flow = CALCULATED[row["flow"]]
    state = played.turn.state
    assert state is not None
    reading = read(row["then"]["text"], around.today, state.asked)
    turn = go_on(flow, state, reading, Meaning(), around)
    after = turn.state
    outcome = after.verdict["outcome"] if after and after.done and after.verdict else None
    text = "\n".join(reply.text for reply in turn.replies)
    return Played(dict(after.facts) if after else {}, outcome, [], text, turn)
