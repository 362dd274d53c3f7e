"""Rasa's door to the mentions: provinces, counts, dates and the rest as entities."""

from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from bot.clock import today
from bot.nlu.component import Configured
from bot.nlu.mention import WORDS, Mention
from bot.nlu.mentions import mentions_in
from bot.nlu.words import words_of


def mentions_of(message: Message) -> list[Mention]:
    """Return the mentions that the extractor added to a message."""
    return [
        Mention(entity[ENTITY_ATTRIBUTE_TYPE], entity[ENTITY_ATTRIBUTE_VALUE], *entity[WORDS])
        for entity in message.get(ENTITIES) or []
        if WORDS in entity
    ]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class FactExtractor(Configured, GraphComponent, EntityExtractorMixin):
    """Add what a message names as entities: kind, value, characters, words.

    `words` are the indices that `bot.nlu.words` gives the first and last word.
    """

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages this component imports."""
        return ["spacy", "rapidfuzz", "dateparser"]

    def __init__(self, config: dict[str, Any]) -> None:
        """Take no settings."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the entities to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            words = words_of(text)
            found = [
                {
                    ENTITY_ATTRIBUTE_TYPE: mention.kind,
                    ENTITY_ATTRIBUTE_VALUE: mention.value,
                    ENTITY_ATTRIBUTE_START: words[mention.first].start,
                    ENTITY_ATTRIBUTE_END: words[mention.last].end,
                    WORDS: [mention.first, mention.last],
                }
                for mention in mentions_in(text, today())
            ]
            entities = [*message.get(ENTITIES, []), *self.add_extractor_name(found)]
            message.set(ENTITIES, entities, add_to_output=True)
        return messages
