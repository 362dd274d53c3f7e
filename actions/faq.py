"""Answering from the knowledge base: answer, offer, pick, judge, hand over."""

import re
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import messages
from actions.beside import case_beside
from actions.choice import by_title, position
from actions.context import (
    Target,
    decision,
    entity_entry,
    hand_over,
    knowledge,
    numbered,
    open_target,
    pending,
    say_answer,
    say_both,
    say_offer,
    target,
    text_of,
)
from actions.ellipsis import more_than_no
from actions.flows.reading import declines
from actions.follow_up import taken_up
from actions.guide_beside import guide_beside
from bot.knowledge import Entry
from bot.nlu.labels import DECISION, OOS, entry_id, target_id
from bot.settings import settings
from bot.text.fold import normalize

DomainDict = dict[str, Any]
FEW_WORDS = 3
#: A yes that tells or wants more is no judgement of an answer: "evet vardı", "devam edelim".
_MORE_THAN_YES = re.compile(
    r"\b(?:devam|s[iu]radaki|sonraki|ilerle|gec(?:elim|ebil)|basla|vard[iu]|yoktu|yapt[iu]|hallett)\w*"
)


class ActionAnswer(Action):
    """Answer the entry a button names or the gate was sure of."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_answer"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer; an id the knowledge base no longer has is said so."""
        if too_long(tracker):
            return say_too_long(dispatcher)
        decided = decision(tracker)
        chosen = entity_entry(tracker)
        if guide := guide_beside(tracker, entry_id(decided.get("label") or "")):
            return open_target(dispatcher, tracker, guide)
        if not chosen and (offered := _offered(decided)):
            return say_offer(dispatcher, tracker, offered)
        key = chosen or entry_id(decided.get("label") or "")
        entry = knowledge().entries.get(key or "")
        if entry is None and not chosen:
            # A flow's title, or nothing sure: what a doubtful question gets.
            return ActionOfferOrHandOver().run(dispatcher, tracker, domain)
        if entry is None:
            dispatcher.utter_message(text=messages.ENTRY_GONE)
            return []
        also = knowledge().entries.get(entry_id(decided.get("also") or "") or "")
        if also and not chosen:
            return say_both(dispatcher, tracker, entry, also)
        return say_answer(dispatcher, tracker, entry)


class ActionOfferOrHandOver(Action):
    """Offer what the gate was unsure of; hand over what it does not know."""

    def name(self) -> str:
        """Return the name the rules use; `action_hand_over` is the core fallback."""
        return "action_offer_or_hand_over"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer if the words name a title just shown, else offer, else hand over."""
        if too_long(tracker):
            return say_too_long(dispatcher)
        if not normalize(text_of(tracker)):
            dispatcher.utter_message(text=messages.NOT_UNDERSTOOD)
            return []
        decided = decision(tracker)
        meant = _meant(tracker, decided) or guide_beside(tracker, None)
        if meant:
            return open_target(dispatcher, tracker, meant)
        if entry := knowledge().entries.get(entry_id(decided.get("label") or "") or ""):
            return say_answer(dispatcher, tracker, entry)
        if case := case_beside(tracker):
            return open_target(dispatcher, tracker, case)
        if offered := _offered(decided):
            return say_offer(dispatcher, tracker, offered)
        # A few words ("peki ne zaman") may mean what was said before: not off-topic.
        off_topic = (
            tracker.get_intent_of_latest_message(skip_fallback_intent=False) == OOS
            and len(normalize(text_of(tracker)).split()) > FEW_WORDS
        )
        template = messages.HAND_OVER if off_topic else messages.UNCLEAR
        return hand_over(dispatcher, tracker, "no_answer", template)


class ActionHandOver(ActionOfferOrHandOver):
    """What Rasa falls back to when no rule fits. An ordinary action on purpose.

    Rasa's own fallback rewinds the conversation, and every rewind is replayed at each
    later load: after 350 of them a message takes a second.
    """

    def name(self) -> str:
        """Return the name `config.yml` gives as the core fallback."""
        return "action_hand_over"


class ActionPick(Action):
    """Open the title a number or position names."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_pick"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer the title picked; ask again for a number that is not in the list."""
        shown = pending(tracker)
        if not shown:
            dispatcher.utter_message(text=messages.NOTHING_TO_PICK)
            return []
        index = position(text_of(tracker), len(shown))
        if index is None:
            index = by_title(text_of(tracker), [entry.title for entry in shown])
        if index is None or index < 0:
            dispatcher.utter_message(text=messages.NO_SUCH_OPTION.format(options=numbered(shown)))
            return []
        return open_target(dispatcher, tracker, shown[index])


class ActionYes(Action):
    """“Evet”: to a single offer, to “did it help”, or to nothing in particular."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_yes"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Take the yes for what was asked last."""
        offered = pending(tracker, "offer")
        if len(offered) == 1:
            return open_target(dispatcher, tracker, offered[0])
        if offered:
            dispatcher.utter_message(text=messages.WHICH_ONE.format(options=numbered(offered)))
            return []
        judges = not _MORE_THAN_YES.search(normalize(text_of(tracker)))
        if tracker.get_slot("last_entry") and judges:
            return _judge(dispatcher, tracker, True)
        dispatcher.utter_message(text=messages.YES)
        return []


class ActionNo(Action):
    """“Hayır”, “hiçbiri”: to an offer, to “did it help”, or to nothing in particular."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_no"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Take the no for what was asked last."""
        if pending(tracker, "offer"):
            return hand_over(dispatcher, tracker, "none_fit", messages.HAND_OVER)
        if entry := _with_new_fact(tracker):
            return say_answer(dispatcher, tracker, entry)
        if declines(normalize(text_of(tracker))):
            dispatcher.utter_message(text=messages.NOT_NEEDED)
            return []
        if tracker.get_slot("last_entry"):
            return _judge(dispatcher, tracker, False)
        dispatcher.utter_message(text=messages.NO)
        return []


class ActionHelpful(Action):
    """The answer helped."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_helpful"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember the judgement."""
        return _judge(dispatcher, tracker, True)


class ActionNotHelpful(Action):
    """The answer did not help."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_not_helpful"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Remember the judgement and name the support address."""
        return _judge(dispatcher, tracker, False)


class ActionPerson(Action):
    """A person is wanted."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_person"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Say how to reach one, from the documents."""
        return hand_over(dispatcher, tracker, "person_wanted", messages.PERSON)


class ActionCancel(Action):
    """Leave whatever is going on."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_cancel"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Forget lists and judgements asked for."""
        dispatcher.utter_message(text=messages.CANCELLED)
        return [SlotSet(name, None) for name in ("pending", "last_entry", "topic")]


class ActionHelp(Action):
    """“Nasıl soracağım”: how to use the assistant, unless what was spoken of is meant."""

    def name(self) -> str:
        """Return the name the rules use."""
        return "action_help"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answer "kaçırırsam ne olur" of the answer before it, else tell what can be asked."""
        if entry := knowledge().entries.get(entry_id(decision(tracker).get("label") or "") or ""):
            return say_answer(dispatcher, tracker, entry)
        dispatcher.utter_message(text=messages.HELP)
        return []


def _with_new_fact(tracker: Tracker) -> Entry | None:
    """Return the entry for a no that tells more of what was answered: "listede yok"."""
    base, topic = knowledge(), str(tracker.get_slot("topic") or "")
    answered = base.entries.get(topic)
    if answered is None or entity_entry(tracker):
        return None
    near = [base.entries[key].title for key in answered.see_also]
    text = text_of(tracker)
    if not more_than_no(text, [answered.title, answered.answer, *near]):
        return None
    decided = taken_up(tracker.latest_message.get(DECISION) or {}, text, topic, base)
    return base.entries.get(entry_id(decided.get("label") or "") or "")


def _offered(decided: dict[str, Any]) -> list[Target]:
    """Return the entries and flows a decision offers."""
    return [found for label in decided.get("options", []) if (found := target(target_id(label)))]


def too_long(tracker: Tracker) -> bool:
    """Tell whether the latest message is longer than the setting allows."""
    return len(text_of(tracker)) > settings().max_message


def say_too_long(dispatcher: CollectingDispatcher) -> list[EventType]:
    """Ask for a shorter message."""
    dispatcher.utter_message(text=messages.TOO_LONG.format(limit=settings().max_message))
    return []


def _meant(tracker: Tracker, decided: dict[str, Any]) -> Target | None:
    """Return the entry or flow of the list just shown that a free sentence means, if any.

    Its title spelt, or the classifier's first choice among what was offered: a doubtful
    question that points at an offered title is no longer doubtful.
    """
    shown = pending(tracker)
    index = by_title(text_of(tracker), [entry.title for entry in shown])
    if index is not None:
        return shown[index]
    ranking = decided.get("ranking") or [["", 0.0]]
    for entry in pending(tracker, "offer"):
        if entry.id == target_id(ranking[0][0]):
            return entry
    return None


def _judge(dispatcher: CollectingDispatcher, tracker: Tracker, helpful: bool) -> list[EventType]:
    """Store the judgement of the entry a button names, or of the last one answered."""
    entry = entity_entry(tracker) or tracker.get_slot("last_entry")
    if target(entry) is None:
        entry = None  # nothing was answered, or the entry is gone: still a judgement
    feedback = SlotSet("feedback", {"entry": entry, "helpful": helpful})
    done = SlotSet("last_entry", None)
    if helpful:
        dispatcher.utter_message(text=messages.GLAD)
        return [feedback, done]
    events = hand_over(dispatcher, tracker, "not_helpful", messages.NOT_HELPFUL)
    return [feedback, done, *events]
