"""The years of a Quality Label application: of the project, of the evaluation, missed."""

import re

from actions.flows.base import Facts
from actions.flows.cues import words
from actions.flows.reading import Reading, only_number
from bot.nlu.mention import Mention
from bot.text.partial_date import PartialDate

#: What a year is of: the project's registration, the evaluation, or neither.
_ABOUT = {
    "project": words(
        "baslat* kayit* kayd* kayid* kurd* kurm* kurul* kurug* actik acti* actim acm* "
        "acil* acan basladi* basladik baslam* onaylan* olustur*"
    ),
    "evaluation": words("deger* basvur* basvr* donem* girme* girsem girdi* ret red*"),
    "end": words("bit* tamamla* sonlan* yurut* kapa* devam calis* surd* yaptik yaptim"),
}
_REGISTERED = words("kayit* kayd* kayid*")
#: "Son tarihi kaçırdık", "başvuruya yetişemedim": the application is late for that year.
_MISSED = re.compile(
    r"\b(?:(?:son (?:gun|tarih)|sure|basvu?r|teslim|donem)\w* (?:\w+ ){0,3}"
    r"(?:kacir(?!ma)|gecir(?!me)|yetis(?:e?me|tire?me)|gec kal(?!ma))|"
    r"son (?:basvu?ru )?(?:gun|tarih)\w* (?:\w+ )?gec(?:ti|mis|se)|gec basvu?r(?!ma))"
    r"\w*\b(?! m[iu]\b)"
)
#: "10'u geçmiyor" counts something; it is no year.
_LIMITED = re.compile(r"\b(?:gec(?:iyo|mi|me|er|ti)|as(?:iyo|mi|ma|ar|ti)|fazla|az|kadar|en)\w*")
#: "Ondan sonraki sene": the year after the one spoken of.
_YEAR_AFTER = re.compile(r"\b(?:ondan|bir) sonraki (?:sene|yil)\w*|\bertesi (?:sene|yil)\w*")
_ENDED = re.compile(r"\b(?:bit(?:ti|irdik|irdim|mis)|tamamland[iu]|sona erdi)\w*")
_AGO = re.compile(r"once\w*|evvel\w*")
CENTURY = 100
_TWO = 2


def years_of(reading: Reading, known: Facts) -> Facts:
    """Return the years a message states.

    A late application is one of the next year: a year missed takes back the evaluation's,
    and the other way round.
    """
    facts = _corrected(reading, known) or _told(reading, known) or _year_after(reading, known)
    if _MISSED.search(reading.folded):
        spoken_of = facts.pop("evaluation_year", known.get("evaluation_year", reading.today.year))
        facts.setdefault("missed_year", spoken_of)
    for one, other in (("missed_year", "evaluation_year"), ("evaluation_year", "missed_year")):
        if one in facts and other in known:
            facts[other] = None
    return facts


def _year_after(reading: Reading, known: Facts) -> Facts:
    if "evaluation_year" not in known or reading.dates():
        return {}
    after = _YEAR_AFTER.search(reading.folded)
    return {"evaluation_year": known["evaluation_year"] + 1} if after else {}


def _told(reading: Reading, known: Facts) -> Facts:
    facts: Facts = {}
    loose: list[int] = []
    surest = -1
    dates = [p for p in reading.dates() if p[1].year not in (reading.alternatives or ())]
    if reading.what_if and "project_year" in known and len(dates) > 1:
        # "Bu sene yetişmezse 2027'ye bıraksam": the year said in figures is meant.
        dates = [pair for pair in dates if not reading.matches_words(pair[0], "bu")] or dates
    for mention, date in dates:
        name = _year_of(reading, mention, date, known)
        if name == "evaluation_year" and reading.distance(mention, words("deger*"), 2, 3):
            facts[name] = date.year
        elif name == "project_year":
            sureness = _sureness(reading, mention)
            if sureness > surest or reading.correction:  # "2024'te, üç yıl önceymiş pardon"
                facts[name], surest = date.year, sureness
        elif name:
            facts.setdefault(name, date.year)
        elif name is None:
            loose.append(date.year)
    if answer := _answered(reading, facts, loose):
        return answer
    for year in loose:
        facts.setdefault(_bare_year(reading, year, known, facts), year)
    return facts


def _counted(reading: Reading, mention: Mention) -> bool:
    """Tell whether the only word of an evaluation beside a year is one that a number counts.

    "1 başvuru 2025" names no year of it.
    """
    counted = {index for m in reading.numbers("basvuru") for index in range(m.first, m.last + 1)}
    cues = [
        index
        for index, word in enumerate(reading.words)
        if re.match(_ABOUT["evaluation"], word.text)
    ]
    return bool(cues) and counted.issuperset(cues)


def _corrected(reading: Reading, known: Facts) -> Facts:
    """Read "2020'de değil bu sene": the year known as the denied one is the new one."""
    denied, right = reading.replacement() or (None, None)
    if denied is None or right is None:
        return {}
    names = [n for n in ("project_year", "evaluation_year") if known.get(n) == denied.year]
    return {names[0]: right.year} if names else {}


def _answered(reading: Reading, told: Facts, loose: list[int]) -> Facts:
    """Return the year that an answer gives to the question for one."""
    asked = reading.asked if reading.asked in {"project_year", "evaluation_year"} else None
    dates = [
        date
        for mention, date in reading.dates()
        if not _applies_now(reading, mention) and not reading.comes(mention, date)
    ]
    if asked and dates and (reading.short or (not told and loose)):
        # "2024 ya da 2025, baktım 2025": the last one settles it.
        settled = reading.correction or len(dates) > _TWO
        return {asked: dates[-1 if settled else 0].year}
    if asked and not told and not loose and reading.short:
        number = only_number(reading)
        if (
            number is not None
            and not _LIMITED.search(reading.folded)
            and not reading.numbers("kisi", "basvuru")
        ):
            return {asked: number if number >= CENTURY else 2000 + number}
    return {}


def _applies_now(reading: Reading, mention: Mention) -> bool:
    """Tell "bu yıl tek başvuru", which is no year of the project."""
    applies = reading.nearest(mention, _ABOUT) == "evaluation"
    return applies and reading.asked == "project_year" and reading.matches_words(mention, "bu")


def _year_of(reading: Reading, mention: Mention, date: PartialDate, known: Facts) -> str | None:
    """Say which year a date gives; an empty text for one that gives neither."""
    about = reading.nearest(mention, _ABOUT)
    if reading.near(mention, words("kalite"), 0, 1):
        return "evaluation_year"  # "2020 kalite etiketi"
    if about == "evaluation" and _counted(reading, mention):
        about = None
    if _AGO.fullmatch(reading.words[mention.last].text) and about is None:
        return "project_year"  # "bir yıl önce" is when something was done
    if about != "project" and _MISSED.search(reading.clause(mention)):
        return "missed_year"
    ended = (
        about is None and date.month and "project_year" in known and _ENDED.search(reading.folded)
    )
    if ended:
        return ""  # "bitti proje haziranda"
    if about == "end" and (not reading.in_figures(mention) or reading.located(mention)):
        return ""  # "2025'te bitti" says nothing of the registration
    near = reading.distance(mention, words("proje*"), 3, 3) is not None
    if about == "project" or (about is None and near and not reading.matches_words(mention, "bu")):
        return "project_year"
    if about == "evaluation" or reading.matches_words(mention, "bu"):
        return "evaluation_year"
    return "evaluation_year" if reading.comes(mention, date) else None


def _sureness(reading: Reading, mention: Mention) -> int:
    """Rank a year of the project: beside "kaydettik" before "başladık", said before "geçen yıl"."""
    registered = reading.near(mention, _REGISTERED)
    return 2 * registered + reading.in_figures(mention)


def _bare_year(reading: Reading, year: int, known: Facts, found: Facts) -> str:
    """Say which year a bare one is: the project's, unless that is known and earlier."""
    if reading.correction and "evaluation_year" not in known:
        return "project_year"  # "pardon 2024 yazacaktım"
    project = found.get("project_year", known.get("project_year"))
    return "evaluation_year" if project is not None and year >= project else "project_year"
