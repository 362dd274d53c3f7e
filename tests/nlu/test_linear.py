import filecmp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.linear import LinearModel, UntrainableError, softmax

PHRASES = {
    "faq/ke-01": ["etiket başvurusu ne zaman", "son başvuru tarihi nedir", "ne zaman başvurulur"],
    "faq/ke-03": ["belgede eski okul yazıyor", "sertifikada okul adı yanlış", "eski okulum çıkmış"],
    "selamlama": ["merhaba", "selam hocam", "iyi günler"],
    "oos": ["hava nasıl", "bugün maç var mı", "yemek tarifi ver"],
}
TEXTS = [text for texts in PHRASES.values() for text in texts]
LABELS = [label for label, texts in PHRASES.items() for _ in texts]


@pytest.fixture(scope="module")
def model() -> LinearModel:
    return LinearModel.train(TEXTS, LABELS)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("BAŞVURU SON TARİHİ NE ZAMAN", "faq/ke-01"),
        ("sertfikada eski okul yaziyo", "faq/ke-03"),
        ("mrhaba", "selamlama"),
    ],
)
def test_model_ranks_the_meant_label_first(model: LinearModel, text: str, label: str) -> None:
    assert model.ranking(text)[0][0] == label


def test_probabilities_sum_to_one(model: LinearModel) -> None:
    assert np.allclose(model.probabilities(TEXTS).sum(axis=1), 1.0, atol=1e-5)


@settings(max_examples=30)
@given(st.text(max_size=2000))
def test_any_text_gets_every_label_once(model: LinearModel, text: str) -> None:
    ranking = model.ranking(text)
    assert sorted(label for label, _ in ranking) == sorted(PHRASES)
    assert all(0.0 <= score <= 1.0 for _, score in ranking)


def test_the_same_phrases_make_the_same_model_in_any_order(tmp_path: Path) -> None:
    LinearModel.train(TEXTS, LABELS).save(tmp_path / "a")
    LinearModel.train(TEXTS[::-1], LABELS[::-1]).save(tmp_path / "b")
    names = ["model.json", "weights.npz"]
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)[0] == names


def test_a_saved_model_says_the_same_after_loading(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for text in (*TEXTS, "bambaşka bir şey", ""):
        assert loaded.ranking(text) == model.ranking(text)


def test_two_labels_are_enough(tmp_path: Path) -> None:
    model = LinearModel.train(TEXTS[:6], LABELS[:6])
    assert model.ranking("eski okul yazıyor")[0][0] == "faq/ke-03"
    assert model.ranking("ne zaman başvurulur")[0][0] == "faq/ke-01"


@pytest.mark.parametrize(
    ("texts", "labels", "words"),
    [
        (["a b", "c d"], ["x", "x"], "two labels"),
        (["a b", "c d", "e f"], ["x", "x", "y"], "phrases for: y"),
        ([], [], "two labels"),
    ],
)
def test_too_few_phrases_are_refused(texts: list[str], labels: list[str], words: str) -> None:
    with pytest.raises(UntrainableError, match=words):
        LinearModel.train(texts, labels)


def test_a_colder_temperature_is_surer() -> None:
    scores = np.array([[1.0, 0.0]], dtype=np.float32)
    assert softmax(scores, 5.0)[0, 0] > softmax(scores, 1.0)[0, 0] > 0.5
