"""Where in a guide a message leads: a track, a branch, the step after the one reported."""

from typing import Any

from actions.flows import guide_cues
from actions.flows.guide_facts import ESEP, facts_of, named_steps
from actions.flows.reading import Reading
from actions.flows.state import State
from bot.knowledge.guides import Guide

#: Who opened the account with another address goes on where it is opened with the right one.
OLD_BRANCH, OLD_DATA, OPENING = "eski", "eski-veriler", 1


def track_of(guide: Guide, state: State) -> str | None:
    """Return the track that the facts lead to."""
    for fact in ("problem", "branch"):
        value = state.facts.get(fact)
        track = guide.track_of(fact, value) if value else None
        if track:
            return track
    return None


def opening(guide: Guide) -> list[str]:
    """Return the tracks that the first question leads to."""
    return [choice.track for choice in guide.questions[guide.start].choices]


def apart(guide: Guide) -> set[str]:
    """Return the tracks that no question leads to: whom the guide is not for."""
    led = {choice.track for one in guide.questions.values() for choice in one.choices}
    return set(guide.tracks) - led


def reported(guide: Guide, tracks: list[str], reading: Reading) -> tuple[str, int] | None:
    """Return the one step that a message says is done or so already."""
    found = named_steps(guide, tracks, guide_cues.confirmed(reading))
    places = dict(found)  # of one track the furthest
    return next(iter(places.items())) if len(places) == 1 else None


def entry_of(guide: Guide, state: State, reading: Reading) -> tuple[str, int] | None:
    """Return the step reported after which a guide may be entered.

    After the last step of several nothing would be left to do, and the others were not asked.
    """
    track = track_of(guide, state)
    place = reported(guide, [track] if track else opening(guide), reading)
    count = len(guide.tracks[place[0]].steps) if place else 0
    return place if place and (count == 1 or place[1] + 1 < count) else None


def used_other_address(state: State, reading: Reading) -> bool:
    """Tell whether somebody who moves to ESEP used another address than the old one."""
    newcomer = state.facts.get("branch") == "yeni"
    return state.flow == ESEP and not newcomer and guide_cues.has_other_address(reading)


def other_branch(guide: Guide, state: State, reading: Reading) -> str | None:
    """Return the branch that an answer is corrected to: "pardon eski hesabım vardı"."""
    question = guide.questions[guide.start]
    facts = facts_of(state.flow, reading)
    branch = facts.get(question.fact) if question.fact == "branch" else None
    if branch is None or "problem" in facts or reading.question or not reading.short:
        return None
    track = guide.track_of(question.fact, str(branch))
    told = guide_cues.corrects(reading) or guide_cues.names_branch(reading)
    # On the way to mend a problem the branch is nothing to choose any more.
    return track if told and state.track in set(opening(guide)) - {track} else None


def moves_to(guide: Guide, state: State, problem: Any) -> bool:
    """Tell whether a problem belongs to another track than the one under way."""
    track = guide.track_of("problem", problem) if problem else None
    return track is not None and track != state.track
