"""Rasa's door to the linear model: retrieval keys and intents with calibrated scores."""

import hashlib
import re
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.knowledge import KnowledgeBase, current, load
from bot.nlu.courtesy import without_courtesy
from bot.nlu.labels import CASE, FAQ, LABEL, OOS, PARTS, PICK, SCORES, intent_of, target_id
from bot.nlu.linear import SMALL_TALK, LinearModel
from bot.nlu.views import Floats
from bot.settings import settings
from bot.text import fold
from bot.text.fold import normalize
from bot.text.question import is_question, pairs_of_questions

RESPONSE_SELECTOR = "response_selector"
_THUMBS = {"👍": "faydali", "👎": "faydasiz"}
_NO_QUESTIONS = {"faydali", "faydasiz", "onay", "ret", "iptal", "secim"}
#: "Nasıl teşekkür etsem bilemedim" has a question word and is thanks all the same.
_THANKS = {"tesekkur", "veda"}
#: What answers the assistant, and so is short and names nothing itself.
_REPLIES = {"onay", "ret", "faydali"}
#: "2 tanesini geri çektim" cancels nothing.
_NUMBERLESS = {"onay", "ret", "iptal"}
#: "Yarın", "ondan sonraki sene": a time alone tells or asks something, and is no farewell.
_TIME_ALONE = re.compile(
    r"(?:(?:peki|ya|ondan|bir|bi|gelecek|gelcek|onumuzdeki|gecen|sonraki|onceki|ertesi|bu|"
    r"yar[iu]n|bugun|dun|seneye|haftaya|sene|yil|ay|hafta)(?:ki|da|de|dan|den)?(?: |$))+"
)
_SURE = 0.9
#: "Buzdolabım bozuldu, ne yapabilirim" is no call for help: a word of its own, and this
#: likely to be off-topic.
DOUBT = 0.1
#: So many intents and keys are shown in Rasa's own rankings.
RANKED = 10
#: So many places are tried to cut a message into two questions.
MAX_CUTS = 4
_BARE_NUMBER = re.compile(r"\d{1,2}")


class TrainingDataError(RasaException):
    """Phrases and knowledge base do not fit each other."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearQuestionClassifier(GraphComponent, IntentClassifier):
    """Rank every FAQ entry and intent for a message.

    Sets the intent, Rasa's intent ranking, a response selector result (so that
    `rasa test nlu` reports on entries) and the scores of all labels for the gate.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the settings.

        `seed` is that of the solver and the folds; `dense` takes the sentence vectors of a
        featurizer before this component as one more view.
        """
        return {"seed": 0, "dense": False}

    @staticmethod
    def required_packages() -> list[str]:
        """Name the packages this component imports."""
        return ["sklearn", "scipy", "numpy"]

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        model: LinearModel | None = None,
    ) -> None:
        """Hold a trained model, or none before training."""
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "LinearQuestionClassifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "LinearQuestionClassifier":
        """Make the component from a packed model."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, LinearModel.load(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Name what Rasa cannot see: our code, and the entries the phrases must fit.

        Without it `rasa train` takes a stored result after the code has changed.
        """
        sources = sorted(
            [*Path(__file__).parent.glob("*.py"), *Path(fold.__file__).parent.glob("*.py")]
        )
        digest = hashlib.sha256(b"".join(path.read_bytes() for path in sources))
        digest.update(" ".join(sorted(_ids(current()))).encode())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Train on all phrases with an intent and store the model.

        Raises:
            TrainingDataError: if an entry has no phrases, phrases have no entry, or one
                phrase stands under two labels.
        """
        from bot.nlu.fitting import UntrainableError, train  # heavy, and not to answer

        phrases = [
            (example.get(TEXT), example.get(LABEL) or example.get(INTENT))
            for example in training_data.intent_examples
            if example.get(TEXT)
        ]
        phrases = fitting_phrases(phrases)
        dense = {}
        if self._config["dense"]:
            dense = {
                example.get(TEXT): _sentence_vector(example)
                for example in training_data.intent_examples
                if example.get(TEXT)
            }
        try:
            self._model = train(
                [text for text, _ in phrases],
                [label for _, label in phrases],
                int(self._config["seed"]),
                dense,
            )
        except UntrainableError as error:
            raise TrainingDataError(f"data/nlu: {error}. Add phrases there.") from error
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Add intent, ranking, response selector result and scores to each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            folded = normalize(text)
            if _BARE_NUMBER.fullmatch(folded):
                # No phrase can teach what a number alone means: a place in a list.
                self._add_scores(message, [(PICK, 1.0)])
                continue
            thumb = next((label for sign, label in _THUMBS.items() if sign in text), None)
            if thumb and not folded:
                self._add_scores(message, [(thumb, 1.0)])
                continue
            # Nothing to read (empty, emoji, punctuation): no label deserves a score.
            if self._model is None or not folded:
                message.set(SCORES, [])
                message.set(INTENT, {"name": None, "confidence": 0.0}, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [], add_to_output=True)
                continue
            # A greeting and what follows it together sound like a greeting, and so with thanks.
            rest = ""
            if not self._config["dense"]:
                rest = without_courtesy(text, self._model.mended_talk)
            pairs = list(islice(pairs_of_questions(rest or text), MAX_CUTS))
            if self._config["dense"]:
                # Halves have no vectors of their own; a larger model reads the whole.
                whole, *halves = self._rankings([text], [_sentence_vector(message)])
            else:
                whole, *halves = self._rankings([rest or text, *chain.from_iterable(pairs)])
            if rest and (whole[0][0] in SMALL_TALK or not is_question(rest)):
                courteous = self._rankings([text])[0]
                label, score = courteous[0]
                # "Etiketim geldi, çok mutluyum, teşekkürler" asks nothing.
                if whole[0][0] in SMALL_TALK or (label in _THANKS and score >= _SURE):
                    whole = courteous
            self._add_scores(message, whole)
            message.set(PARTS, list(zip(halves[::2], halves[1::2], strict=True)))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Training data needs no scores."""
        return training_data

    def _rankings(
        self, texts: Sequence[str], dense: Sequence[Floats] | None = None
    ) -> list[list[tuple[str, float]]]:
        """Return the model's rankings; a question is not taken for a yes or thanks.

        Short follow-ups ("peki ne zaman") look like such words to a linear model. What
        is taken away from those labels is lost, not given to others: the gate is then
        unsure, as it should be.
        """
        assert self._model is not None
        rankings = self._model.rankings(texts, dense)
        return [self._fitting(text, one) for text, one in zip(texts, rankings, strict=True)]

    def _fitting(self, text: str, ranking: list[tuple[str, float]]) -> list[tuple[str, float]]:
        if ranking[0][0] in SMALL_TALK and not self._is_talk(text, ranking):
            ranking = [one for one in ranking if one[0] not in SMALL_TALK]
        return _asked(ranking) if is_question(text) else ranking

    def _is_talk(self, text: str, ranking: list[tuple[str, float]]) -> bool:
        assert self._model is not None
        label, folded = ranking[0][0], normalize(text)
        numbered = label in _NUMBERLESS and any(sign.isdecimal() for sign in folded)
        if numbered or _TIME_ALONE.fullmatch(folded):
            return False
        doubtful = dict(ranking).get(OOS, 0.0) >= DOUBT and self._model.strange(text)
        return self._model.chats(text, label in _REPLIES) and not doubtful

    def _add_scores(self, message: Message, ranking: list[tuple[str, float]]) -> None:
        message.set(SCORES, ranking)
        intents: dict[str, float] = {}
        keys: dict[str, list[dict[str, Any]]] = {FAQ: [], CASE: []}
        for label, score in ranking:
            intent = intent_of(label)
            intents.setdefault(intent, score)
            own = keys.get(intent)
            if own is not None and len(own) < RANKED:
                own.append({"intent_response_key": label, "confidence": score})
        intent_ranking = [{"name": name, "confidence": score} for name, score in intents.items()]
        message.set(INTENT, dict(intent_ranking[0]), add_to_output=True)
        message.set(INTENT_RANKING_KEY, intent_ranking[:RANKED], add_to_output=True)
        selector: dict[str, Any] = {"all_retrieval_intents": [FAQ, CASE]}
        for intent, own in keys.items():
            if own:
                selector[intent] = {"response": {**own[0], "responses": []}, "ranking": own}
        if len(selector) > 1:
            message.set(RESPONSE_SELECTOR, selector, add_to_output=True)


def _sentence_vector(message: Message) -> Floats:
    """Return the sentence vector a featurizer put on a message.

    Raises:
        TrainingDataError: if there is none: no featurizer stands before this component.
    """
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise TrainingDataError(
            "config.yml: the classifier has `dense: true`, but no featurizer of sentences "
            "stands before it. Put one there, or remove the setting."
        )
    vector: Floats = np.asarray(sentence.features, dtype=np.float32).reshape(-1)
    return vector


def _asked(ranking: list[tuple[str, float]]) -> list[tuple[str, float]]:
    """Leave out what no question is."""
    return [
        (label, score)
        for label, score in ranking
        if label not in _NO_QUESTIONS and (label not in _THANKS or score >= _SURE)
    ]


def _ids(base: KnowledgeBase) -> set[str]:
    return {*base.entries, *base.flows}


def fitting_phrases(phrases: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the phrases (text, label) if they fit the knowledge.

    Every entry of the project needs some. Those that the staff added since may have some:
    `rasa train` reads the project's own phrases only.

    Raises:
        TrainingDataError: naming the ids or the phrase and how to mend it.
    """
    own = _ids(load(settings().knowledge_dir))
    check_phrases(phrases, own, own | _ids(current()))
    return phrases


def check_phrases(
    phrases: Sequence[tuple[str, str]], entries: set[str], known: set[str] | None = None
) -> None:
    """Hold the labels to entries and flows: each has phrases, and no other (`known`) has.

    Raises:
        TrainingDataError: naming the ids or the phrase and how to mend it.
    """
    answered = {target for _, label in phrases if (target := target_id(label))}
    if missing := sorted(entries - answered):
        raise TrainingDataError(
            f"knowledge has entries without phrases in data/nlu: {', '.join(missing)}. "
            "Add phrases under `- intent: faq/<id>` or `akis/<flow>`, or remove the entry."
        )
    if unknown := sorted(answered - (known or entries)):
        raise TrainingDataError(
            f"data/nlu has phrases for entries that knowledge lacks: {', '.join(unknown)}. "
            "Correct the id, or add the entry."
        )
    seen: dict[str, str] = {}
    for text, label in phrases:
        other = seen.setdefault(normalize(text), label)
        if other != label:
            raise TrainingDataError(
                f"data/nlu: “{text}” stands under both {other} and {label}. Keep one of them."
            )
