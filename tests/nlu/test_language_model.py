"""The optional larger model, with a tiny one made here."""

import asyncio
import importlib.util
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot import training
from bot.settings import ROOT, Settings
from bot.training import TrainingError, with_language_model

FULL = importlib.util.find_spec("transformers") is not None


def config() -> dict[str, Any]:
    loaded: dict[str, Any] = YAML(typ="safe").load((ROOT / "config.yml").read_text("utf-8"))
    return loaded


def test_the_encoder_stands_before_the_classifier_that_reads_it() -> None:
    changed = with_language_model(config(), "bir/klasor")
    names = [component["name"] for component in changed["pipeline"]]
    at = names.index("bot.nlu.encoder.SentenceEncoder")
    assert names[at + 1] == "bot.nlu.classifier.LinearQuestionClassifier"
    assert changed["pipeline"][at + 1]["dense"] is True
    assert changed["pipeline"][at]["weights"] == "bir/klasor"
    assert [name for name in names if name != "bot.nlu.encoder.SentenceEncoder"] == [
        component["name"] for component in config()["pipeline"]
    ]


@pytest.mark.skipif(FULL, reason="full environment: TENSORFLOW=1")
def test_without_tensorflow_the_setting_says_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    set_to = Settings.read({"BOT_LANGUAGE_MODEL": "x", "BOT_MODELS_DIR": str(tmp_path)})
    monkeypatch.setattr(training, "settings", lambda: set_to)
    with pytest.raises(TrainingError, match="make setup TENSORFLOW=1"):
        training.train()


@pytest.mark.skipif(not FULL, reason="needs `make setup TENSORFLOW=1`")
def test_a_bert_made_here_is_trained_with_and_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from rasa.core.agent import Agent
    from transformers import BertConfig, BertTokenizer, TFBertModel

    weights = tmp_path / "tiny"
    weights.mkdir()
    letters = "abcçdefgğhıijklmnoöprsştuüvyzqwx0123456789'?.,"
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{c}" for c in letters)]
    (weights / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
    BertTokenizer(str(weights / "vocab.txt")).save_pretrained(weights)
    shape = BertConfig(
        vocab_size=len(pieces),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
    )
    model = TFBertModel(shape)
    model(model.dummy_inputs)
    model.save_pretrained(weights)

    set_to = Settings.read(
        {"BOT_LANGUAGE_MODEL": str(weights), "BOT_MODELS_DIR": str(tmp_path / "models")}
    )
    monkeypatch.setattr(training, "settings", lambda: set_to)
    parsed = asyncio.run(Agent.load(str(training.train())).parse_message("merhaba"))
    assert parsed["decision"]["label"] == "selamlama"
