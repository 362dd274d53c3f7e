import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.clean import clean
from bot.text.masking import mask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tel 0532 111 22 33", "tel [numara]"),
        ("+90 (532) 111-22-33 ara", "[numara] ara"),
        ("TC 10000000146", "TC [numara]"),
        ("ali.veli@okul.k12.tr yaz", "[e-posta] yaz"),
        ("TR33 0006 1005 1978 6457 8413 26", "[iban]"),
        (
            "12.03.2024 günü 10 öğretmen, 25 üzerinden 17",
            "12.03.2024 günü 10 öğretmen, 25 üzerinden 17",
        ),
        ("2018-2019 yılı", "2018-2019 yılı"),
        ("05051112233den arayın", "[numara]den arayın"),
        ("tc:12345678901de", "tc:[numara]de"),
        ("0505 - 111 - 22 - 33", "[numara]"),
        ("2020 2021 2022", "2020 2021 2022"),
        ("2018-2019-2020", "2018-2019-2020"),
        ("12.03.2024-13.03.2024", "12.03.2024-13.03.2024"),
        ("10 11 12 13 14 yaş", "10 11 12 13 14 yaş"),
        ("1022226+52.2.2012", "[numara][numara]"),
    ],
)
def test_mask_hides_personal_numbers_and_addresses_only(text: str, expected: str) -> None:
    assert mask(text) == expected


@given(
    st.text("0123456789 +-()./@aTR,\n", max_size=60),
    st.from_regex(r"0\d{3} \d{3} \d\d \d\d|[a-z]{2,8}@[a-z]{2,8}\.tr", fullmatch=True),
)
def test_what_is_masked_holds_nothing_more_to_mask(text: str, personal: str) -> None:
    shown = mask(f"{text}\n{personal}")
    assert personal not in shown
    assert mask(shown) == shown


@given(st.text(st.characters(blacklist_categories=()), max_size=80))
def test_clean_text_can_be_stored(text: str) -> None:
    cleaned = clean(text)
    assert "\x00" not in cleaned
    cleaned.encode("utf-8")


@given(st.text("abcçğıöşüİ .,?!'\n\t😀", max_size=80))
def test_clean_changes_nothing_a_person_types(text: str) -> None:
    assert clean(text) == text
