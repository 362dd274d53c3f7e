"""Find the figures, dates and links in a text, to hold answers to their sources."""

import re
from typing import NamedTuple

from bot.text.fold import lower
from bot.text.partial_date import MONTHS, PartialDate

NUMBER_WORDS = {
    word: str(number)
    for number, word in enumerate(
        ("iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz"), start=2
    )
}
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)|(https?://[^\s)>\]]+)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_MONTH = "|".join(MONTHS)
_DAY_MONTH_YEAR = re.compile(rf"\b(\d{{1,2}}) ({_MONTH}) (\d{{4}})\b")
_MONTH_YEAR = re.compile(rf"\b({_MONTH}) (\d{{4}})\b")
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b(?![.\d])")
_LIST_MARKER = re.compile(r"^\s*\d+\.\s", re.MULTILINE)
_FIGURE = re.compile(r"\d+(?:\.\d{3})+|\d+/\d+|\d+")
_WORD = re.compile(r"\w+")


class Facts(NamedTuple):
    """What a text states: figures as digits, dates with their precision, addresses."""

    figures: frozenset[str]
    dates: frozenset[PartialDate]
    links: frozenset[str]


def facts_in(text: str) -> Facts:
    """Return the figures, dates and links of a Markdown text.

    Number words from two to nine count as figures (`on` is also English); markers of
    numbered lists and digits inside an address do not.

    >>> sorted(facts_in("En fazla 10 üye, 21 Eylül 2020'ye kadar.").figures)
    ['10']
    """
    links: set[str] = set()
    dates: set[PartialDate] = set()

    def take_link(match: re.Match[str]) -> str:
        address = match[1] or match[2]
        links.add(address.removeprefix("mailto:").rstrip(".,;"))
        return " "

    def take_email(match: re.Match[str]) -> str:
        links.add(match[0])
        return " "

    def take_date(year: str, month: str | int = 0, day: str | int = 0) -> str:
        dates.add(PartialDate(int(year), int(month), int(day)))
        return " "

    rest = _EMAIL.sub(take_email, _LINK.sub(take_link, text))
    rest = _LIST_MARKER.sub("", rest)
    rest = _DAY_MONTH_YEAR.sub(lambda m: take_date(m[3], MONTHS.index(m[2]) + 1, m[1]), rest)
    rest = _NUMERIC_DATE.sub(lambda m: take_date(m[3], m[2], m[1]), rest)
    rest = _MONTH_YEAR.sub(lambda m: take_date(m[2], MONTHS.index(m[1]) + 1), rest)
    rest = _YEAR.sub(lambda m: take_date(m[0]), rest)
    figures = {figure.replace(".", "") for figure in _FIGURE.findall(rest)}
    figures |= {
        NUMBER_WORDS[word] for word in map(lower, _WORD.findall(rest)) if word in NUMBER_WORDS
    }
    return Facts(frozenset(figures), frozenset(dates), frozenset(links))
