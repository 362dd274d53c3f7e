import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.settings import ROOT
from bot.text import dates
from bot.text.date_parts import DateFound
from bot.text.dates import dates_in
from bot.text.fold import normalize
from bot.text.partial_date import MONTHS

TODAY = datetime.date(2026, 11, 20)


def read(text: str) -> list[str | None]:
    return [found.date.iso() if found.date else None for found in dates_in(normalize(text), TODAY)]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("12 mart 2024te kayıt oldu", ["2024-03-12"]),
        ("12 MART 2024'TE", ["2024-03-12"]),
        ("12.03.2024 tarihinde", ["2024-03-12"]),
        ("12.03.2024'te", ["2024-03-12"]),
        ("12/3/24", ["2024-03-12"]),
        ("2024-03-12", ["2024-03-12"]),
        ("3 ağustos 2023", ["2023-08-03"]),
        ("ağustos 2023'te", ["2023-08"]),
        ("2024 ekim", ["2024-10"]),
        ("2024 ekiminde", ["2024-10"]),
        ("yirmi kasım iki bin yirmi dört", ["2024-11-20"]),
        ("on iki mart 2024", ["2024-03-12"]),
        ("iki bin yirmi beşte kurduk", ["2025"]),
        ("19 kasm olcaktı", ["2026-11-19"]),
        ("bu yılın ocağında", ["2026-01"]),
        ("2024'ün aralığında", ["2024-12"]),
        ("yaş aralığında, 10 yaş aralığı", []),
        ("evvelki yıl", ["2024"]),
        ("geçen eylül", ["2026-09"]),
        ("geçen aralık ayında", ["2025-12"]),
        ("eylülde bitti", ["2026-09"]),
        ("12 martta", ["2026-03-12"]),
        ("25 kasım", ["2025-11-25"]),
        ("20 kasım", ["2026-11-20"]),
        ("2019", ["2019"]),
        ("2022de başladı 2024'te bitti", ["2022", "2024"]),
        ("geçen yıl", ["2025"]),
        ("geçen sene", ["2025"]),
        ("bu yıl", ["2026"]),
        ("2 yıl önce", ["2024"]),
        ("iki sene önce", ["2024"]),
        ("üç ay önce", ["2026-08"]),
        ("2 hafta önce", ["2026-11-06"]),
        ("on gün önce", ["2026-11-10"]),
        ("dün gönderdim", ["2026-11-19"]),
        ("bugün", ["2026-11-20"]),
        ("31.02.2025", [None]),
        ("31 şubat 2025", [None]),
        ("29 şubat 2023", [None]),
        ("29 şubat 2024", ["2024-02-29"]),
        ("12.13.2024", [None]),
        ("0.5.2024", [None]),
        ("14 öğretmen", []),
        ("7-11 yaş aralık", []),
        ("yaş aralığı", []),
        ("martı", []),
        ("asdf", []),
        ("", []),
    ],
)
def test_dates_as_teachers_write_them(text: str, dates: list[str | None]) -> None:
    assert read(text) == dates


def test_an_impossible_day_is_found_without_a_date() -> None:
    (found,) = dates_in("okul 31 subat 2025 te kaydoldu", TODAY)
    assert found == DateFound(None, 1, 3)


def test_a_year_not_said_is_marked() -> None:
    assert [found.assumed for found in dates_in("12 mart ve 12 mart 2024", TODAY)] == [True, False]


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2099, 12, 31)))
def test_every_day_is_read_in_words_and_digits(day: datetime.date) -> None:
    spelt = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    assert read(spelt) == [day.isoformat()]
    assert read(day.strftime("%d.%m.%Y")) == [day.isoformat()]
    assert read(f"{spelt}'de") == [day.isoformat()]


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    words = normalize(text).split()
    for found in dates_in(normalize(text), TODAY):
        assert 0 <= found.first <= found.last < len(words)


def test_a_word_no_date_begins_with_hides_none(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [ROOT / "tests/nlu/dev.jsonl", ROOT / "tests/actions/flows/cases_dev.jsonl"]
    texts = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    quick = [dates_in(normalize(text), TODAY) for text in texts]
    assert sum(map(len, quick)) > 100
    monkeypatch.setattr(dates, "_may_begin", lambda _: True)
    assert quick == [dates_in(normalize(text), TODAY) for text in texts]
