import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import fold, lower, normalize

TURKISH = "abcçdefgğhıijklmnoöprsştuüvyzâîû"
turkish_words = st.text(TURKISH + "qwx 0123456789", max_size=40)


def upper(text: str) -> str:
    """Upper-case by the Turkish rule, for the tests."""
    return text.replace("i", "İ").replace("ı", "I").upper()


@pytest.mark.parametrize(
    ("text", "lowered", "folded"),
    [
        ("IĞDIR", "ığdır", "igdir"),
        ("Iğdır", "ığdır", "igdir"),
        ("İZMİR", "izmir", "izmir"),
        ("izmir", "izmir", "izmir"),
        ("DİYARBAKIR", "diyarbakır", "diyarbakir"),
        ("ISPARTA", "ısparta", "isparta"),
        ("Şanlıurfa", "şanlıurfa", "sanliurfa"),
        ("i\u0307zmir", "izmir", "izmir"),  # i with a combining dot, as lower() leaves it
        ("I\u0307ZMI\u0307R", "izmir", "izmir"),  # I with a combining dot
        ("c\u0327ag\u0306r\u0131", "çağrı", "cagri"),  # decomposed letters
        ("kâğıt HÂLÂ", "kâğıt hâlâ", "kagit hala"),
        ("ñandú", "ñandú", "nandu"),
        ("ﬁnal Ｋ１２", "ﬁnal ｋ１２", "final k12"),
        ("", "", ""),
    ],
)
def test_fold_knows_the_turkish_case_rule(text: str, lowered: str, folded: str) -> None:
    assert lower(text) == lowered
    assert fold(text) == folded


@given(st.text(max_size=60))
def test_fold_is_idempotent(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert normalize(normalize(text)) == normalize(text)


@given(turkish_words)
def test_fold_forgets_case_and_marks(text: str) -> None:
    assert fold(upper(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert fold(text).isascii()


@given(st.text(max_size=60))
def test_fold_leaves_no_turkish_letter_and_no_loose_mark(text: str) -> None:
    assert not set(fold(text)) & set("çğıöşüâîûİI\u0307")


@given(st.text(max_size=60))
def test_normalize_gives_words_parted_by_single_spaces(text: str) -> None:
    assert normalize(text) == " ".join(normalize(text).split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ESEP'e  GEÇEMİYORUM!!! (2023)", "esep e gecemiyorum 2023"),
        ("etwinningonline.eba.gov.tr'ye", "etwinningonline.eba.gov.tr ye"),
        ("tretwinning@gmail.com.", "tretwinning@gmail.com"),
        ("17/25, 12.03.2024", "17/25 12.03.2024"),
        ("Erasmus+ e-posta", "erasmus e-posta"),
        ("😀 ?!", ""),
        ("snake_case", "snake case"),
    ],
)
def test_normalize_keeps_addresses_and_dates_whole(text: str, expected: str) -> None:
    assert normalize(text) == expected
