import filecmp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu import linear
from bot.nlu.fitting import UntrainableError, scarcity, train
from bot.nlu.linear import LinearModel, softmax, widened

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
    return train(TEXTS, LABELS)


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
    train(TEXTS, LABELS).save(tmp_path / "a")
    train(TEXTS[::-1], LABELS[::-1]).save(tmp_path / "b")
    names = ["model.json", "weights.npz"]
    assert filecmp.cmpfiles(tmp_path / "a", tmp_path / "b", names, shallow=False)[0] == names


def test_a_saved_model_says_the_same_after_loading(model: LinearModel, tmp_path: Path) -> None:
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for text in (*TEXTS, "bambaşka bir şey", ""):
        assert loaded.ranking(text) == model.ranking(text)


def test_two_labels_are_enough(tmp_path: Path) -> None:
    model = train(TEXTS[:6], LABELS[:6])
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
        train(texts, labels)


def test_only_a_new_entry_counts_for_more() -> None:
    counts = {"faq/ke-01": 90, "faq/ke-02": 80, "faq/ke-07": 8, "akis/yas": 2, "selamlama": 5}
    assert scarcity({**counts, "faq/ke-03": 85, "akis/itiraz": 84}) == {
        "faq/ke-07": 10.0,
        "akis/yas": 20.0,
    }
    assert scarcity(dict.fromkeys(counts, 6)) == {}


def test_a_colder_temperature_is_surer() -> None:
    scores = np.array([[1.0, 0.0]], dtype=np.float32)
    assert softmax(scores, 5.0)[0, 0] > softmax(scores, 1.0)[0, 0] > 0.5


def test_sentence_vectors_stand_beside_the_other_views(tmp_path: Path) -> None:
    texts = [f"{word} {word}" for word in ("aa", "bb", "cc", "dd", "ee", "ff")]
    labels = ["x", "y"] * 3
    vectors = {t: np.eye(2, dtype=np.float32)[n % 2] for n, t in enumerate(texts)}
    model = train(texts, labels, dense=vectors)
    model.save(tmp_path)
    loaded = LinearModel.load(tmp_path)
    for vector, label in ((np.array([3, 0]), "x"), (np.array([0, 5]), "y")):
        ranking = model.rankings(["hiç görülmemiş"], [vector.astype(np.float32)])[0]
        assert ranking[0][0] == label
        assert loaded.rankings(["hiç görülmemiş"], [vector.astype(np.float32)])[0] == ranking
    # Without a vector (half a message) the other views still speak.
    assert len(loaded.ranking("aa")) == 2


def test_slips_are_mended_before_reading() -> None:
    texts = ["sertifika eski", "sertifika nerede", "projem bitti", "projem sürüyor"]
    model = train(texts, ["x", "x", "y", "y"])
    assert model.ranking("sertfika") == model.ranking("sertifika")


def test_evidence_names_words_and_phrases(model: LinearModel) -> None:
    evidence = model.evidence("sertfikada eski okul yaziyo", "faq/ke-03")
    assert evidence.phrases[0][1] == "faq/ke-03"
    assert 0.0 < evidence.phrases[0][2] <= 1.0
    assert {word for word, _ in evidence.words} <= {"sertifikada", "eski", "okul", "yaziyo"}
    assert evidence.words[0][1] >= evidence.words[-1][1]


def test_the_words_share_the_lead_over_the_next_label(model: LinearModel) -> None:
    text = "belgede eski okul yazıyor"
    scores = dict(zip(model.labels, model.scores([text])[0], strict=True))
    first, second = sorted(scores, key=scores.__getitem__)[::-1][:2]
    shares = model.evidence(text, first, most=9).words
    intercepts = model._intercepts[[model.labels.index(first), model.labels.index(second)]]
    near = [
        max(s for _, lb, s in model.evidence(text, first, 99).phrases if lb == label)
        for label in (first, second)
    ]
    lead = (
        scores[first] - scores[second] - (intercepts[0] - intercepts[1]) - 0.5 * (near[0] - near[1])
    )
    assert sum(share for _, share in shares) == pytest.approx(lead, abs=0.01)


def test_evidence_for_a_label_that_is_not_there_is_an_error(model: LinearModel) -> None:
    with pytest.raises(ValueError, match="tuple"):
        model.evidence("eski okul", "faq/yok")


@pytest.mark.parametrize(
    ("text", "strange"),
    [("merhaba hocam", False), ("mrhaba hcam", False), ("buzdolabım bozuldu selam", True)],
)
def test_a_word_of_its_own_is_told_from_a_slip(
    model: LinearModel, text: str, strange: bool
) -> None:
    assert model.strange(text) is strange


def test_widened_numbers_are_those_that_numpy_widens() -> None:
    every = np.arange(2**16, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert np.array_equal(widened(finite), finite.astype(np.float32))


def test_of_many_labels_the_likeliest_are_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"ad{chr(97 + n)}" for n in range(12)]
    model = train([f"{name} {word}" for word in ("nedir", "nerede") for name in names], names * 2)
    whole = model.ranking("ada nedir")
    monkeypatch.setattr(linear, "MOST_RANKED", 5)
    monkeypatch.setattr(linear, "WIDENED", 24)  # the weights in several parts
    assert [label for label, _ in model.ranking("ada nedir")] == [label for label, _ in whole][:5]
