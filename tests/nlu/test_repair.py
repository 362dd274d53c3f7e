import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.repair import Speller

SPELLER = Speller(
    {"sertifika": 9, "basvuru": 20, "basvurum": 4, "okul": 50, "etiket": 30, "kalite": 30}
)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("sertfika", "sertifika"),
        ("setrifka", "sertifika"),  # two slips in a long word
        ("basvru", "basvuru"),
        ("basvurun", "basvuru"),  # of two words as near the more frequent
        ("okulu", "okul"),  # an ending nobody has used
        ("etikte kailte", "etiket kalite"),
        ("bambaska", "bambaska"),
        ("etiket2", "etiket2"),
        ("", ""),
    ],
)
def test_a_slip_becomes_the_word_it_was_meant_to_be(text: str, mended: str) -> None:
    assert SPELLER.mended(text) == mended


@given(st.lists(st.sampled_from(sorted(SPELLER.counts)), max_size=6))
def test_known_words_stay(words: list[str]) -> None:
    assert SPELLER.mended(" ".join(words)) == " ".join(words)


@given(st.text(alphabet="abceiklorstuvz ", max_size=60))
def test_mending_twice_changes_nothing_more(text: str) -> None:
    once = SPELLER.mended(text)
    assert SPELLER.mended(once) == once
