"""Where somebody works: of the institutions a message names, the one that decides."""

import re

from actions.flows.cues import words
from actions.flows.reading import Reading
from bot.nlu.mention import Mention

SCHOOLS = {"meb-okulu", "ozel-okul"}
_WORKS = words(
    "ogretmen* ogretiyor* calis* ders derse dersim derslere gorev* kadro* mudur* brans* hocayim "
    "hocasiyim zumre* norm*"
)
_NO_LONGER = re.compile(
    r"\b(?:eskiden|onceden|emekli\w*|ayrildi\w*|istifa\w*|calis(?:iyordu|ti|misti)\w*|"
    r"ogretmendim|gorevliydim|mudurdum)\b"
)
#: Another ministry's nursery or kindergarten is no school of MEB, whatever it is called.
_OTHER_MINISTRY = re.compile(r"\baile (?:\w+ ){0,4}bakanli\w*(?! deg[iu]l)|\baile sosyal\b")
_MAINLY = words("asil* esas*")
_BOTH = re.compile(r"\bhem\b.*\bhem\b")


def institution_of(reading: Reading) -> str | None:
    """Return the institution that decides, None if none is named."""
    places = reading.of("kurum")
    places = [m for m in places if not _sets_up(reading, m)]
    if len(places) > 1:  # "BİLSEM yerine devlet okulunda çalışsam": what is left is meant
        places = [m for m in places if not reading.replaced(m)] or places
    found = [mention.value for mention in places]
    if not found:
        return None
    if _OTHER_MINISTRY.search(reading.folded):
        return "baska"
    if mainly := _main_one(reading, places):
        return mainly
    if school := school_beside(reading):
        return str(school.value)
    for value in ("yetiskin-egitimi", "baska-fakulte", "egitim-fakultesi", "ozel-okul"):
        if value in found:
            return value
    if "baska" in found:
        # "Üniversite" alone says nothing of the faculty.
        others = [m for m in places if m.value == "baska"]
        if all(reading.words[m.first].text.startswith("universite") for m in others):
            rest = [value for value in found if value != "baska"]
            return rest[0] if rest else None
        return "baska"
    return str(found[0])


def _main_one(reading: Reading, places: list[Mention]) -> str | None:
    """Read "asıl görevim ortaokulda, kurs akşamları", "kolej dedim ama aslında dil kursu"."""
    for mention in places:
        if reading.near(mention, _MAINLY, 3, 0):
            return str(mention.value)
    return str(places[-1].value) if reading.correction and len(places) > 1 else None


def _sets_up(reading: Reading, mention: Mention) -> bool:
    """Tell "koro kursam" and "kurs grubu" from a course as a place of work."""
    after = reading.words[mention.last + 1].text if mention.last + 1 < len(reading.words) else ""
    verb = re.fullmatch(r"kursa(?:m|k|n|lar|niz)?", reading.words[mention.last].text)
    return bool(verb or re.match(r"gru[bp]", after))


def school_beside(reading: Reading) -> Mention | None:
    """Return the school where somebody works who is at an adult institution too.

    Only the institution for adults is shut out, not the teacher of a school who also
    gives a course there.
    """
    places = reading.of("kurum")
    adult = [m.first for m in places if m.value == "yetiskin-egitimi"]
    if not adult:
        return None
    schools = [m for m in places if m.value in SCHOOLS and not reading.replaced(m)]
    return next((m for m in schools if _works_there(reading, m, min(adult))), None)


def _works_there(reading: Reading, school: Mention, adult: int) -> bool:
    """Tell a place of work from the building a course is held in, and from a former one."""
    if _NO_LONGER.search(reading.clause(school)):
        return False
    named = reading.words[school.first : school.last + 1]
    before = 2 if school.first < adult else 0
    return (
        bool(_BOTH.search(reading.folded))
        or any(re.match(_WORKS, word.text) for word in named)
        or reading.near(school, _WORKS, before, 3)
    )
