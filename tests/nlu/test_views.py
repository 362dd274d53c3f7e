"""The views' own transformation says the same as scikit-learn's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.nlu.fitting import fit_view, vectorizer
from bot.nlu.views import VIEWS, folded, views_of

PHRASES = [
    "etiket başvurusu ne zaman yapılır",
    "sertifikada eski okul adı yazıyor",
    "okul okul gezdim, eski okulum çıkmış",
    "ne zaman ne zaman ne zaman",
    "a b c ve de 5",
]


def read(view: str, texts: list[str]) -> list[str]:
    return [views_of(folded(text))[view] for text in texts]


@pytest.mark.parametrize("view", sorted(VIEWS))
@settings(max_examples=60)
@given(texts=st.lists(st.one_of(st.text(max_size=80), st.sampled_from(PHRASES)), max_size=4))
def test_a_text_becomes_the_numbers_scikit_learn_gives(view: str, texts: list[str]) -> None:
    learned = read(view, PHRASES)
    ours = fit_view(view, learned, 1)
    texts = [*texts, "eski okulun basvurusu"]
    theirs = vectorizer(view).fit(learned).transform(read(view, texts))
    assert np.allclose(ours(read(view, texts)).toarray(), theirs.toarray(), atol=1e-6)


@pytest.mark.parametrize("view", sorted(VIEWS))
def test_the_memory_changes_nothing(view: str) -> None:
    transform = fit_view(view, read(view, PHRASES), 1)
    first = transform(read(view, PHRASES)).toarray()
    assert (transform(read(view, PHRASES)).toarray() == first).all()
