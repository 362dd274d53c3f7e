"""Sentence vectors of a Turkish BERT, for installations that have one; never needed.

Rasa's own LanguageModelFeaturizer writes the special tokens of English BERT (101, 102)
into every sentence; Turkish models have others. This one asks the model's own tokeniser.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu.component import Configured

#: Sentences encoded at once, and their longest in tokens.
BATCH = 64
LONGEST = 96


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceEncoder(Configured, GraphComponent):
    """Put the mean of a BERT's token vectors on each message.

    `weights` is a folder or a name that `transformers` can load.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings: no model is chosen."""
        return {"weights": ""}

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages this component imports."""
        return ["tensorflow", "transformers"]

    def __init__(self, config: dict[str, Any]) -> None:
        """Load tokeniser and model."""
        from transformers import AutoTokenizer, TFAutoModel

        self._tokenizer = AutoTokenizer.from_pretrained(config["weights"])
        self._model = TFAutoModel.from_pretrained(config["weights"])

    def process(self, messages: list[Message]) -> list[Message]:
        """Add a sentence vector to each message with text."""
        spoken = [message for message in messages if message.get(TEXT)]
        for start in range(0, len(spoken), BATCH):
            batch = spoken[start : start + BATCH]
            vectors = self._vectors([message.get(TEXT) for message in batch])
            for message, vector in zip(batch, vectors, strict=True):
                message.add_features(
                    Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, "SentenceEncoder")
                )
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Add sentence vectors to the phrases."""
        self.process(training_data.training_examples)
        return training_data

    def _vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return the mean vector of each text's tokens, texts × width."""
        read = self._tokenizer(
            list(texts), padding=True, truncation=True, max_length=LONGEST, return_tensors="tf"
        )
        states = np.asarray(self._model(**read).last_hidden_state, dtype=np.float32)
        mask = np.asarray(read["attention_mask"], dtype=np.float32)[..., np.newaxis]
        result: npt.NDArray[np.float32] = (states * mask).sum(axis=1) / mask.sum(axis=1)
        return result
