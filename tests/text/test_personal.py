import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.masking import mask
from bot.text.personal import is_iban, is_tckn, kinds


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tc 10000000146", ["T.C. kimlik numarası"]),
        ("TC no: 100 000 001 46", ["T.C. kimlik numarası"]),
        ("tc 12345678901", ["uzun numara"]),  # the check digits are wrong
        ("0532 111 22 33", ["telefon"]),
        ("+90 (532) 111-22-33", ["telefon"]),
        ("0090 212 111 22 33", ["telefon"]),
        ("ali.veli@okul.k12.tr", ["e-posta"]),
        ("TR33 0006 1005 1978 6457 8413 26", ["IBAN"]),
        ("tr330006100519786457841326", ["IBAN"]),
        ("TR34 0006 1005 1978 6457 8413 26", ["uzun numara"]),
        ("10000000146, 0532 111 22 33, a@b.tr", ["T.C. kimlik numarası", "telefon", "e-posta"]),
        ("kart 4506 3412 3412 3412", ["uzun numara"]),
        ("12.03.2024 günü 10 öğretmen", []),
        ("2018-2019 yılı", []),
        ("", []),
    ],
)
def test_kinds_are_named(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize("digits", ["10000000146", "19191919190", "12345678950"])
def test_identity_numbers_by_their_check_digits(digits: str) -> None:
    assert is_tckn(digits)
    for place in (9, 10):
        wrong = digits[:place] + str((int(digits[place]) + 1) % 10) + digits[place + 1 :]
        assert not is_tckn(wrong)


def test_what_cannot_be_an_identity_number() -> None:
    assert not any(map(is_tckn, ("00000000146", "1000000014", "100000001466", "abc", "")))
    assert not any(map(is_iban, ("TR33", "DE89370400440532013000", "")))


@given(st.text(max_size=60) | st.from_regex(r"[0-9 ()+./-]{5,20}", fullmatch=True))
def test_whatever_is_hidden_has_a_kind(text: str) -> None:
    assert bool(kinds(text)) == (mask(text) != text)
