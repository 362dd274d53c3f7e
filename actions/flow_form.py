"""Rasa's door to the flows: the form's validation."""

import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher

from actions import messages
from actions.beside import surer_beside
from actions.between_flows import asked_again, follow_up_beside, moved, started, world_now
from actions.context import (
    decision,
    entity_entry,
    flow_failed,
    knowledge,
    pending,
    reading_of,
    say_answer,
    target,
    text_of,
)
from actions.faq import (
    ActionAnswer,
    ActionCancel,
    ActionHelp,
    ActionHelpful,
    ActionNo,
    ActionNotHelpful,
    ActionOfferOrHandOver,
    ActionPerson,
    ActionPick,
    ActionYes,
    say_too_long,
    too_long,
)
from actions.flow_speech import events_of, spoken
from actions.flows import texts
from actions.flows.catalogue import CALCULATED
from actions.flows.changes import brought
from actions.flows.guide import go_on_guide, goes_back, reports, understands
from actions.flows.guide_steps import GuideWorld
from actions.flows.judged import go_on, of_a_person
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.flows.turn import MAX_MISSES, Meaning, Turn
from bot.knowledge import FlowTitle
from bot.knowledge.current import guides
from bot.nlu.labels import CASE, FAQ, HELP, PICK, entry_id, flow_id
from bot.text.fold import normalize

DomainDict = dict[str, Any]
CANCEL = "iptal"
PERSON = "insan"
FEEDBACK = {"faydali", "faydasiz"}
#: So many words at most say that somebody does not know; more may judge the assistant.
SHORT_ANSWER = 3
#: "Nereye yazayım", "kime sorayım" in the middle of a flow.
_WHOM = re.compile(
    r"^(?:\w+ ){0,2}(?:nereye|kime|kimden|nereden) (?:\w+ )?(?:yaz|sor|ulas|sikayet)\w*$"
)
#: A message this long that surely means another flow starts it in the middle of one.
NEW_CASE_WORDS = 5

#: What the ordinary rules do with each intent; a test holds it to data/rules.
ROUTES: Mapping[str, type[Action] | str] = {
    FAQ: ActionAnswer,
    "nlu_fallback": ActionOfferOrHandOver,
    "oos": ActionOfferOrHandOver,
    "secim": ActionPick,
    "onay": ActionYes,
    "ret": ActionNo,
    "faydali": ActionHelpful,
    "faydasiz": ActionNotHelpful,
    PERSON: ActionPerson,
    CANCEL: ActionCancel,
    "selamlama": "utter_selamlama",
    "veda": "utter_veda",
    "tesekkur": "utter_tesekkur",
    HELP: ActionHelp,
    "bot-musun": "utter_bot_musun",
}


class ValidateFlowForm(Action):
    """Take each message while a flow is under way, or its what-ifs after the verdict."""

    def name(self) -> str:
        """Return the name Rasa gives the form's validation."""
        return "validate_akis_form"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Speak and return the state after the turn; the form ends when it is None."""
        slot = tracker.get_slot("flow")
        state = State.of(slot)
        begin = slot.get("begin") if isinstance(slot, dict) else None
        chosen = begin or _flow_meant(tracker, state)
        if too_long(tracker):
            return [*say_too_long(dispatcher), *events_of(state, tracker)]
        intent = str(tracker.get_intent_of_latest_message(skip_fallback_intent=False) or "")
        if state is None and not begin and _of_topic(tracker):
            return [*_ordinary(dispatcher, tracker, domain, intent), *events_of(None, tracker)]
        if state is None or (entity_entry(tracker) and intent == CASE):
            return self._begin(dispatcher, tracker, chosen, earlier=state)
        return self._go_on(dispatcher, tracker, domain, state, intent)

    def _go_on(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
        state: State,
        intent: str,
    ) -> list[EventType]:
        """Take a message of a flow under way."""
        if turn := moved(state, tracker):
            return spoken(dispatcher, tracker, turn)
        if other := follow_up_beside(state, tracker):
            return _said_beside(dispatcher, tracker, other, asked_again(state))
        meant = intent in {CANCEL, *FEEDBACK} and (
            _brings_facts(state, tracker) or _names_a_number(tracker)
        )
        meant = meant or (intent in FEEDBACK and _does_not_know(state, tracker))
        back = state.track and goes_back(text_of(tracker))
        if intent == CANCEL and not meant and not back:
            return self._leave(dispatcher, tracker, domain, intent)
        if (intent == CANCEL and meant) or (intent == PERSON and _of_the_flow(state, tracker)):
            intent = "nlu_fallback"
        # What is judged was answered just before; a question of the flow is answered instead.
        answered = tracker.get_slot("last_entry") is not None
        guided = state.flow not in CALCULATED and (state.track or not state.done)
        judged = intent in FEEDBACK and answered and not meant
        judged = judged and not (guided and intent == "faydasiz")
        asks_whom = bool(_WHOM.search(normalize(text_of(tracker))))
        if asks_whom and intent not in {FAQ, CASE}:
            intent = PERSON
        if intent == PERSON or judged or (intent == FAQ and entity_entry(tracker)):
            events = _ordinary(dispatcher, tracker, domain, intent)
            stays = intent != FAQ or not state.done
            state.asides += state.flow not in CALCULATED
            return [*events, *events_of(state if stays else None, tracker)]
        reading = reading_of(tracker, state.asked)
        meaning = _meaning(tracker, intent, state, reading)
        if self._is_new_case(state, meaning, reading):
            if state.done or state.flow not in CALCULATED:
                return self._begin(dispatcher, tracker, meaning.flow, state)
            return self._beside(dispatcher, tracker, str(meaning.flow), asked_again(state))
        missed = state.misses
        turn = _turn(state, reading, meaning)
        events = self._say(dispatcher, tracker, domain, state, turn, intent)
        if turn.state is not None and missed < MAX_MISSES <= turn.state.misses:
            events.append(flow_failed(dispatcher, tracker))
        return events

    def _begin(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        flow: str | None,
        earlier: State | None = None,
    ) -> list[EventType]:
        """Start a flow clean, with what the message says; the one before is kept beside it."""
        if not isinstance(target(flow), FlowTitle):
            dispatcher.utter_message(text=messages.ENTRY_GONE)
            return events_of(None, tracker)
        assert flow is not None
        turn = started(tracker, flow)
        events = _asked_beside(dispatcher, tracker, turn)
        return [*events, *self._take_over(dispatcher, tracker, turn, earlier)]

    def _take_over(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        turn: Turn,
        earlier: State | None,
    ) -> list[EventType]:
        """Say a flow's first turn; keep the calculation it takes the place of."""
        flow = turn.state.flow if turn.state is not None else None
        if earlier is not None and earlier.flow != flow and earlier.flow in CALCULATED:
            if turn.state is not None:
                turn.state.after(earlier)
            if turn.replies and not earlier.done:
                turn.replies[0].text = f"{texts.LEFT_BEHIND}\n\n{turn.replies[0].text}"
        return spoken(dispatcher, tracker, turn)

    def _beside(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, flow: str, turn: Turn
    ) -> list[EventType]:
        """Start another flow in the middle of one; a verdict at once is said beside it."""
        other = started(tracker, flow)
        if turn.state is None or other.state is None or not other.state.done:
            return self._take_over(dispatcher, tracker, other, turn.state)
        return _said_beside(dispatcher, tracker, other, turn)

    def _is_new_case(self, state: State, meaning: Meaning, reading: Reading) -> bool:
        """Tell whether a message begins another flow rather than answers this one."""
        # A guide waits for "tamam": whatever surely means a flow is no answer to it.
        least = NEW_CASE_WORDS if state.flow in CALCULATED else 2
        if not meaning.flow or meaning.flow == state.flow or len(reading.words) < least:
            return False
        if state.flow not in CALCULATED and reports(state, reading):
            return False
        if state.flow not in CALCULATED or state.done:
            return not (reading.what_if or reading.correction)
        found = brought(CALCULATED[state.flow], state, reading)
        of_this = found and (reading.bare or reading.correction)
        return state.asked not in found and not of_this

    def _say(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
        state: State,
        turn: Turn,
        intent: str,
    ) -> list[EventType]:
        events: list[EventType] = []
        if turn.aside and intent == CASE and (flow := _named_flow(tracker)):
            if turn.state is None:
                return self._begin(dispatcher, tracker, flow, state)
            return self._beside(dispatcher, tracker, flow, turn)
        if turn.aside:
            events = _ordinary(dispatcher, tracker, domain, intent)
            if flow := _picked(events):
                return self._begin(dispatcher, tracker, flow, state)
        return [*events, *spoken(dispatcher, tracker, turn)]

    def _leave(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: DomainDict,
        intent: str,
    ) -> list[EventType]:
        events = _ordinary(dispatcher, tracker, domain, intent)
        return [*events, *events_of(None, tracker)]


def _only_of_this(state: State, other: str, reading: Reading) -> bool:
    """Tell a fact of the flow under way from another's that nothing in the message names."""
    named = CALCULATED[other].named if other in CALCULATED else None
    if named is None or state.flow not in CALCULATED or named.search(reading.folded):
        return False
    return bool(brought(CALCULATED[state.flow], state, reading))


def _asked_beside(
    dispatcher: CollectingDispatcher, tracker: Tracker, turn: Turn
) -> list[EventType]:
    """Answer what a case asks beside its verdict: where an appeal is sent, until when."""
    flow = turn.state.flow if turn.state is not None else ""
    asked = CALCULATED[flow].asked_beside if flow in CALCULATED else None
    if asked is None or entity_entry(tracker) or not asked.search(normalize(text_of(tracker))):
        return []
    entry = knowledge().entries[knowledge().flows[flow].entries[0]]
    return say_answer(dispatcher, tracker, entry)


def _picked(events: list[EventType]) -> str | None:
    """Return the flow that was chosen from a list of titles."""
    values = [event.get("value") for event in events if event.get("name") == "flow"]
    return next((str(one["begin"]) for one in values if one and "begin" in one), None)


def _said_beside(
    dispatcher: CollectingDispatcher, tracker: Tracker, other: Turn, turn: Turn
) -> list[EventType]:
    """Say another flow's verdict, then go on with the one under way."""
    events = spoken(dispatcher, tracker, other)
    assert turn.state is not None
    turn.state.after(other.state)
    return [*events, *spoken(dispatcher, tracker, turn)]


def _names_a_number(tracker: Tracker) -> bool:
    """Tell whether a message names a number or a date; "bir" is often none."""
    reading = reading_of(tracker, None)
    return any(
        reading.words[mention.first].text not in {"bir", "bi", "ilk", "tek"}
        for mention in reading.mentions
        if mention.kind in {"sayi", "tarih", "puan"}
    )


def _brings_facts(state: State, tracker: Tracker) -> bool:
    """Tell a fact that looks like small talk: "istifa ettim", "geçtim" in a guide."""
    if entity_entry(tracker):
        return False
    if state.flow not in CALCULATED:
        return understands(guides()[state.flow], state, reading_of(tracker, state.asked))
    found = CALCULATED[state.flow].understand(reading_of(tracker, None), state.facts)
    return any(value != state.facts.get(name) for name, value in found.items())


def _of_the_flow(state: State, tracker: Tracker) -> bool:
    """Tell what only looks like a wish for somebody: "biri çıkarsa", "telefonu yok mu"."""
    reading = reading_of(tracker, state.asked)
    if state.flow not in CALCULATED or entity_entry(tracker):
        return False
    flow = CALCULATED[state.flow]
    if state.done and of_a_person(flow, reading):
        return True
    return reading.what_if and bool(brought(flow, state, reading))


def _does_not_know(state: State, tracker: Tracker) -> bool:
    """Tell an answer that looks like a judgement: "bilmiyorum"."""
    reading = reading_of(tracker, state.asked)
    return bool(state.asked) and reading.unknown and len(text_of(tracker).split()) <= SHORT_ANSWER


def _turn(state: State, reading: Reading, meaning: Meaning) -> Turn:
    if state.flow in CALCULATED:
        return go_on(CALCULATED[state.flow], state, reading, meaning, world_now())
    return go_on_guide(guides()[state.flow], state, reading, meaning, GuideWorld(knowledge()))


def _of_topic(tracker: Tracker) -> bool:
    """Tell a message that looks like a case and is of the answer before it: "2020'de"."""
    decided = decision(tracker)
    return bool(decided.get("leans")) and surer_beside(tracker) is None


def _named_flow(tracker: Tracker) -> str | None:
    """Return the flow a button names or the gate was sure of."""
    return entity_entry(tracker) or flow_id(decision(tracker).get("label") or "")


def _flow_meant(tracker: Tracker, state: State | None) -> str | None:
    """Return the flow to begin: of a doubtful message the one beside the answer before."""
    beside = surer_beside(tracker) if state is None and not entity_entry(tracker) else None
    return beside.id if beside else _named_flow(tracker)


def _meaning(tracker: Tracker, intent: str, state: State, reading: Reading) -> Meaning:
    decided = decision(tracker)
    label = decided.get("label") or ""
    leans = bool(decided.get("leans"))
    entry, flow = None if leans else entry_id(label), flow_id(label)
    if [flow_id(one) for one in decided.get("options") or ()][:1] == [state.flow]:
        flow = state.flow  # nobody needs to be offered what is under way
    if flow and not entity_entry(tracker) and _only_of_this(state, flow, reading):
        flow = state.flow
    understood = entry or flow or leans or intent in {"nlu_fallback", "oos"}
    talk = None if understood else intent
    picks = intent == PICK and bool(pending(tracker, "offer"))
    return Meaning(entry, flow, talk, picks, leans)


def _ordinary(
    dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict, intent: str
) -> list[EventType]:
    """Do what the rules do outside a flow."""
    route = ROUTES.get(intent, ActionOfferOrHandOver)
    if isinstance(route, str):
        dispatcher.utter_message(response=route)
        return []
    return list(route().run(dispatcher, tracker, domain))
