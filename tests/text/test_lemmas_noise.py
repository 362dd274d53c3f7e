from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import fold
from bot.text.lemmas import lemma
from bot.text.noise import noisy, with_typos, without_turkish_letters


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("okullarımızda", "okul"),
        ("öğretmenler", "ogretmen"),
        ("xyzzy", "xyzzy"),
        ("IĞDIR", "igdir"),
    ],
)
def test_lemma_is_folded_and_unknown_words_stay(word: str, expected: str) -> None:
    assert lemma(word) == expected


@given(st.text(max_size=20))
def test_lemma_is_always_folded(word: str) -> None:
    assert lemma(word) == fold(lemma(word))


@given(st.text(max_size=80), st.integers(0, 2**32))
def test_noise_depends_on_text_and_seed_alone(text: str, seed: int) -> None:
    assert noisy(text, Random(seed)) == noisy(text, Random(seed))


@given(st.text("abcçdefgğhıijklmnoöprsştuüvyz ", min_size=1, max_size=80), st.integers(0, 999))
def test_typos_stay_within_the_rate(text: str, seed: int) -> None:
    changes = max(1, round(len(text) / 18))
    assert abs(len(with_typos(text, Random(seed))) - len(text)) <= changes


def test_typos_of_nothing_are_nothing() -> None:
    assert with_typos("", Random(0)) == ""


@given(st.text(max_size=80))
def test_letterless_text_folds_to_the_same(text: str) -> None:
    assert fold(without_turkish_letters(text)) == fold(text)
