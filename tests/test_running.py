"""The graph of the model, node by node: the same results as Rasa's own runner."""

from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner

from bot.running import OrderedRunner
from tests.conftest import Talk

pytestmark = pytest.mark.model
_MESSAGES = ("esep nedir", "projemizde 8 türk öğretmen var, başvursam kabul olur mu", "", "👍", "3")


def _of_dask(runner: OrderedRunner) -> DaskGraphRunner:
    """Return Rasa's own runner over the same loaded components."""
    other = object.__new__(DaskGraphRunner)
    vars(other).update(vars(runner))
    return other


@pytest.mark.parametrize("text", _MESSAGES)
def test_understanding_is_that_of_rasas_runner(talk: Talk, text: str) -> None:
    processor = talk.assistant.agent.processor
    runner = processor.graph_runner
    assert type(runner) is OrderedRunner
    target = processor.model_metadata.nlu_target

    inputs = {"__message__": [UserMessage(text)], "__tracker__": None}

    def understood(by: DaskGraphRunner) -> dict[str, Any]:
        (message,) = by.run(inputs=inputs, targets=[target])[target]
        return dict(message.as_dict())

    assert understood(runner) == understood(_of_dask(runner))


def test_a_prediction_is_that_of_rasas_runner(talk: Talk) -> None:
    talk.say("projemizde 8 türk öğretmen var, başvursam kabul olur mu")
    processor = talk.assistant.agent.processor
    tracker = talk.run(talk.assistant.agent.tracker_store.retrieve(talk._sender))
    target = processor.model_metadata.core_target
    inputs = {"__tracker__": tracker}
    ours = processor.graph_runner.run(inputs=inputs, targets=[target])[target]
    rasas = _of_dask(processor.graph_runner).run(inputs=inputs, targets=[target])[target]
    assert ours.probabilities == rasas.probabilities
    assert ours.policy_name == rasas.policy_name


def test_what_nothing_gives_is_named(talk: Talk) -> None:
    processor = talk.assistant.agent.processor
    with pytest.raises(GraphRunError, match="__message__"):
        processor.graph_runner.run(inputs={}, targets=[processor.model_metadata.nlu_target])
