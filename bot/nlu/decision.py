"""Rasa's door to the gate between understanding and speaking.

Rasa's FallbackClassifier looks at the intent, and every FAQ question has the same one
(`faq`); this one looks at the calibrated scores of the entries themselves.
"""

from typing import Any

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.knowledge import current
from bot.nlu.cases import cases_of
from bot.nlu.component import Configured
from bot.nlu.extractor import mentions_of
from bot.nlu.gate import Thresholds, decide, decide_on_both, settle_cases
from bot.nlu.labels import DECISION, FAQ, OOS, PARTS, SCORES, case_label, intent_of
from bot.nlu.words import words_of


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class DecisionGate(Configured, GraphComponent, IntentClassifier):
    """Put the decision beside the intent; an offer or a refusal becomes `nlu_fallback`.

    The thresholds stand in `config.yml`, written there by `python -m bot tune`, and are
    packed with the model.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the default thresholds."""
        return dict(vars(Thresholds()))

    def __init__(self, config: dict[str, Any]) -> None:
        """Read the thresholds.

        Raises:
            ValueError: if one of them is not a probability.
        """
        flows = current().flows.values()
        self._beside = {
            case_label(flow.id): [f"{FAQ}/{entry}" for entry in flow.entries] for flow in flows
        }
        names = Thresholds.__dataclass_fields__
        self._thresholds = Thresholds(**{name: float(config[name]) for name in names})

    def process(self, messages: list[Message]) -> list[Message]:
        """Add the decision to each message."""
        for message in messages:
            words = words_of(message.get(TEXT) or "")
            cases = {case_label(flow) for flow in cases_of(mentions_of(message), words)}
            scores = settle_cases(message.get(SCORES) or [], self._beside, cases)
            parts = [
                [settle_cases(half, self._beside, ()) for half in pair]
                for pair in message.get(PARTS) or []
            ]
            decision = decide(scores, self._thresholds, cases)
            decision = decide_on_both(decision, parts, self._thresholds)
            message.set(DECISION, decision.as_dict(), add_to_output=True)
            if decision.label:
                score = dict(decision.ranking).get(decision.label, 0.0)
                name, confidence = intent_of(decision.label), score
            elif decision.off_topic >= self._thresholds.off_topic:
                name, confidence = OOS, decision.off_topic
            else:
                name, confidence = DEFAULT_NLU_FALLBACK_INTENT_NAME, 1.0 - decision.off_topic
            intent = {"name": name, "confidence": confidence}
            message.set(INTENT, intent, add_to_output=True)
            # Rasa's reports undo a fallback by taking the second of the ranking.
            others = [
                item for item in message.get(INTENT_RANKING_KEY) or [] if item["name"] != name
            ]
            message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
        return messages
