import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.fold import normalize
from bot.text.numbers import numbers_in

UNITS = ["", "bir", "iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"]
TENS = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]


def spelt(number: int) -> str:
    """Spell a number below 10,000 in Turkish."""
    thousands, rest = divmod(number, 1000)
    hundreds, rest = divmod(rest, 100)
    words = []
    if thousands:
        words += [UNITS[thousands]] * (thousands > 1) + ["bin"]
    if hundreds:
        words += [UNITS[hundreds]] * (hundreds > 1) + ["yüz"]
    words += [TENS[rest // 10], UNITS[rest % 10]]
    return " ".join(word for word in words if word) or "sıfır"


@given(st.integers(0, 9999))
def test_every_spelt_number_is_read(number: int) -> None:
    assert [found.value for found in numbers_in(normalize(spelt(number)))] == [number]


@given(st.integers(-(10**6), 10**6))
def test_every_number_in_digits_is_read(number: int) -> None:
    assert [found.value for found in numbers_in(normalize(f"{number} kişi"))] in (
        [number],
        [abs(number)],  # a dash at the very start is punctuation
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("14 türk öğretmen var", [14]),
        ("ON İKİ kişiyiz", [12]),
        ("oniki üye", [12]),
        ("yirmibeş", [25]),
        ("iki tanesi çıktı", [2]),
        ("ikisi ayrıldı, dördü kaldı", [2, 4]),
        ("üye sayımız 10'dan fazla", [10]),
        ("12si aktif", [12]),
        ("bin iki yüz", [1200]),
        ("1.200 öğrenci", [1200]),
        ("10 ya da 11", [10, 11]),
        ("iki üç kişi", [2, 3]),
        ("yüz yirmi", [120]),
        ("12.03.2024", []),
        ("hiç sayı yok", []),
        ("altında", []),
        ("onun projesi", []),
        ("binlerce", []),
    ],
)
def test_numbers_as_teachers_write_them(text: str, values: list[int]) -> None:
    assert [number.value for number in numbers_in(normalize(text))] == values


def test_a_bare_bir_is_marked_as_doubtful() -> None:
    assert [number.exact for number in numbers_in("bir proje on bir kisi")] == [False, True]


@given(st.text(max_size=60))
def test_numbers_point_into_the_text(text: str) -> None:
    words = normalize(text).split()
    for number in numbers_in(" ".join(words)):
        assert 0 <= number.first <= number.last < len(words)
