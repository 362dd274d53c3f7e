import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.facts import facts_in
from bot.text.partial_date import PartialDate


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (2020, "2020"),
        ("2020-12", "Aralık 2020"),
        ("2020-09-21", "21 Eylül 2020"),
        ("2024-02-29", "29 Şubat 2024"),
    ],
)
def test_date_keeps_its_precision(value: object, shown: str) -> None:
    date = PartialDate.parse(value)
    assert date.turkish() == shown
    assert date.iso() == str(value)


@pytest.mark.parametrize(
    "value", ["2023-02-29", "2020-13", "2020-00", "2020-01-00", "20", "dün", None, 20.5]
)
def test_date_refuses_what_never_was(value: object) -> None:
    with pytest.raises(ValueError, match="“"):
        PartialDate.parse(value)


@given(st.dates())
def test_date_reads_back_what_it_writes(day: object) -> None:
    assert PartialDate.parse(str(day)).iso() == str(day)


@pytest.mark.parametrize(
    ("text", "figures", "dates", "links"),
    [
        ("En fazla 10 üye, en az iki ortak.", {"10", "2"}, set(), set()),
        ("21 Eylül 2020'ye ve 9 Ekim 2020'ye kadar", set(), {"2020-09-21", "2020-10-09"}, set()),
        ("Aralık 2020'de 226.597 kullanıcı", {"226597"}, {"2020-12"}, set()),
        ("2018-2019'da 25 üzerinden 17", {"25", "17"}, {"2018", "2019"}, set()),
        ("05.11.2020 yazısı", set(), {"2020-11-05"}, set()),
        ("yaklaşık 1/3'i", {"1/3"}, set(), set()),
        ("1. Giriş yapın.\n2. 4 başvuru", {"4"}, set(), set()),
        ("[x](http://a.b/2020/01/KE_2020.pdf)", set(), set(), {"http://a.b/2020/01/KE_2020.pdf"}),
        (
            "[t@g.com](mailto:t@g.com) ya da https://c.d/e.",
            set(),
            set(),
            {"t@g.com", "https://c.d/e"},
        ),
    ],
)
def test_facts_are_found(text: str, figures: set[str], dates: set[str], links: set[str]) -> None:
    facts = facts_in(text)
    assert facts.figures == figures
    assert {date.iso() for date in facts.dates} == dates
    assert facts.links == links
