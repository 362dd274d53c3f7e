"""Tokenise Turkish with spaCy's rules; give each token its folded lemma if wanted."""

from typing import Any

import spacy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message
from spacy.language import Language

from bot.nlu.component import Configured
from bot.text.lemmas import lemma

#: So many different words are kept; then the rules are loaded anew.
REMEMBERED = 50_000


def _rules() -> Language:
    language = spacy.blank("tr")
    # Nothing here asks for a word's shape and flags; finding them takes half the time.
    language.vocab.lex_attr_getters = {}
    return language


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class TurkishTokenizer(Configured, Tokenizer):
    """Split text by `spacy.blank("tr")`; offsets are those of the text as typed.

    With `lemmas: true` each token carries its lemma. The word list behind it takes
    120 MB of memory and the classifier here reads none, so it is off by default.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return Rasa's standard tokeniser settings, and no lemmas."""
        return {
            "intent_tokenization_flag": False,
            "intent_split_symbol": "_",
            "token_pattern": None,
            "lemmas": False,
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages this component imports."""
        return ["spacy", "simplemma"]

    def __init__(self, config: dict[str, Any]) -> None:
        """Load the language rules; no model is downloaded."""
        super().__init__(config)
        self._lemmas = bool(config["lemmas"])
        self._rules = _rules()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return the tokens of one attribute of a message, white space left out."""
        # spaCy keeps every word it has ever seen.
        if len(self._rules.vocab.strings) > REMEMBERED:
            self._rules = _rules()
        return [
            Token(token.text, token.idx, lemma=lemma(token.text) if self._lemmas else None)
            for token in self._rules.tokenizer(message.get(attribute))
            if not token.text.isspace()
        ]
