import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choice import by_title, position

TITLES = [
    "Kalite Etiketi'ne ne zaman başvurulur",
    "Başvuru dili: Türkçe mi, İngilizce mi",
    "Sertifikada eski okulum yazıyor",
]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        ("2.", 1),
        ("#3", 2),
        ("3 numara", 2),
        ("1i istiyom", 0),
        ("ilki", 0),
        ("birinci", 0),
        ("İKİNCİSİ", 1),
        ("ikinciyi seçtim", 1),
        ("ikinci maddedeki", 1),
        ("üçü göster", 2),
        ("ucuncusu", 2),
        ("b şıkkı", 1),
        ("bir numaralı olan lütfen", 0),
        ("sonuncusu", 2),
        ("en sondaki", 2),
        ("en alttaki", 2),
        ("alttakini seçiyorum", 2),
        ("en üstteki", 0),
        ("baştaki", 0),
        ("ortadaki", 1),
        ("sondan bir önceki", 1),
        ("4", -1),
        ("0", -1),
        ("dördüncü", -1),
        ("hangisi bilmem", None),
        ("", None),
        ("sıradaki", None),
    ],
)
def test_position_reads_numbers_and_ordinals(text: str, index: int | None) -> None:
    assert position(text, 3) == index


@given(st.text(max_size=40), st.integers(1, 3))
def test_position_never_points_outside_the_list(text: str, size: int) -> None:
    index = position(text, size)
    assert index is None or -1 <= index < size


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("kalite etiketine ne zaman basvurulur", 0),
        ("basvuru dili turkce mi ingilizce mi", 1),
        ("sertifkada eski okulum yaziyor", 2),
        ("bambaşka bir şey", None),
        ("", None),
    ],
)
def test_title_is_recognised_with_slips(text: str, index: int | None) -> None:
    assert by_title(text, TITLES) == index


def test_no_titles_no_match() -> None:
    assert by_title("1", []) is None
