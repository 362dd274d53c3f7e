"""The projects a message counts: running, ended, to be opened, more than so many."""

import re

from actions.flows.base import Facts
from actions.flows.cues import phrases, words
from actions.flows.reading import Reading
from bot.nlu.mention import Mention

_ENDED = words(
    "bitti* bitmis* biten bitse bitirsem kapan* kapali kapat* sonlan* tamamlan* bitecek bitir* "
    "bitince"
)
_RUNNING = words("aktif* etkin* acik suren surmekte devam yuruyor* yuruyen")
_APART = words("tane* daha uye* kurucu* kurdug* kurdum kendi* katildig* benim donem*")
_NEW = words("yeni kabul davet")
_TO_OPEN = (
    r"(?:ac(?:sa|ar|ac|ic|ca|abil|mak|may|ay|inca)|kur(?:sa|ar|ac|ca|abil|mak|may|ay|up|unca)|"
    r"baslat(?!t)|olustur(?!d))"
)
#: Not "açık", and not "açtım": those are active already.
_OPENING = rf"(?:{_TO_OPEN}|onaylan)"
_SUMMED = words("topla* ediyor eder ediyo yapiyor yapar")
_CORRECTED = phrases("yok\npardon\naslinda\ndur\nyanlis*\nduzelt*")
_TOTAL = phrases("toplam*")
_ABOUT = re.compile(r"\b(?:proje|kurucu|panel|aktif|etkin)\w*")
#: None is active whatever was counted before: "geçen sene 25 projem vardı, hepsi bitti".
_NONE_ACTIVE = re.compile(
    r"\bhic(?:bir)? (?:\w+ )?(?:aktif|etkin) proje\w* (?:yok|kalmadi)|"
    r"\b(?:hepsi|tamami|tumu)\w* (?:\w+ ){0,3}(?:bit(?:ti|mis|ir|se|ince)|kapa(?:n(?!m)|t(?!m)|li)|"
    r"tamamla(?:n|d)(?!m)|sonlan(?!m))\w*|"
    r"\b(?:hepsi|tamami|tumu|hicbiri)\w* (?:\w+ ){0,3}(?:(?:aktif|etkin|acik) degil|surmuyor|"
    r"devam etmiyor|kalmadi)\w*"
)
_BUT_THESE = words("haric* disinda* disindakiler*")
_PAST = re.compile(r"\b(?:eskiden|onceden|evvelden|gecen (?:sene|yil)\w*|vardi\w*)\b")
_LEFT = words("kaldi* kalan kaliyor* kalir* kalmis*")
_PART = re.compile(r"\d+(?:s?[iu])(?:n[iu])?|(?!(?:iki|yedi|alti|yirmi|elli)$)[a-z]*[iu](?:n[iu])?")
_HALF_ENDED = re.compile(rf"\byarisi\w* (?:\w+ )?{_ENDED.removesuffix('$')}")
#: "20'den fazla", "20 küsur", "20'nin üstünde", "20'yi geçiyor".
_MORE_THAN = re.compile(
    r"\S+(?: [dt][ae]n)? (?:(?:tane|adet|proje)\w* )?(?:aktif |etkin )?(?:daha )?"
    r"(?:fazla\w*|cok\b)|"
    r"\S+ k[iu]s+ur|\S+(?: n?[iu]n)? (?:ust|uzer)[iu](?:n?d?e\w*|nd[ae]\w*)?\b|"
    r"\S+(?: y?[iu])? (?:proje\w* )?"
    r"(?:gec(?:t[iu]\w*|iyo\w*|m[iu]s\w*)|as(?:t[iu]\w*|iyo\w*|m[iu]s\w*))\b"
)
_OWNED = re.compile(
    r"\b(?:projem\w*|projedey\w*|kurucuy\w*|uyey\w*|var\w*|yurutuyor\w*|gect[iu][mk]|ast[iu][mk])\b"
)


def none_active(reading: Reading) -> bool:
    """Tell that no project is active any more, whatever ran before."""
    match = _NONE_ACTIVE.search(reading.folded)
    if not match:
        return False
    at = len(reading.folded[: match.start()].split())
    told = [m for m in _told(reading) if not _is_past(reading, m) and not _is_new(reading, m)]
    later = any(m.first > at and not _is_ended(reading, m) for m in told)
    return not later and not any(reading.near(m, _BUT_THESE, 0, 2) for m in told)


def more_than_in(reading: Reading, known: Facts) -> int | None:
    """Return the number that somebody's active projects are more than: "20'yi geçiyor"."""
    spoken_of = reading.asked == "active" or {"active", "more_than"} & known.keys()
    if not spoken_of and not _OWNED.search(reading.folded):
        return None
    for mention in reading.numbers(None, "proje"):
        if "to" not in mention.value and _is_bound(reading, mention):
            return int(mention.value["value"])
    return None


def opened_in(reading: Reading) -> int | None:
    """Return how many new projects somebody means to open."""
    opening = next((m for m in _told(reading) if _is_opened(reading, m)), None)
    return None if opening is None else int(opening.value["value"])


def active_in(reading: Reading, known: Facts) -> int | None:
    """Return the active projects a message counts: sums of parts, less the ended ones."""
    told = _told(reading)
    opened = [m for m in told if _is_opened(reading, m)]
    counts = [
        m
        for m in told
        if not _is_new(reading, m) and not any(_repeats(m, other) for other in opened)
    ]
    if not counts:
        return None
    if reading.corrected(counts, _CORRECTED):
        return int(counts[-1].value["value"])
    left = [m for m in counts if reading.near(m, _LEFT, 1, 2) or reading.near(m, _BUT_THESE, 0, 2)]
    if left:
        return int(left[-1].value["value"])
    ended = [m for m in counts if _is_ended(reading, m)]
    rest = [m for m in counts if m not in ended]
    rest = [m for m in rest if not _is_past(reading, m)] or rest
    gone = sum(int(m.value["value"]) for m in ended)
    if not rest:
        before = known.get("active")
        return None if before is None or reading.asked == "active" else max(before - gone, 0)
    return _running(reading, rest, ended, gone)


def _running(reading: Reading, rest: list[Mention], ended: list[Mention], gone: int) -> int:
    """Return what still runs of the projects counted."""
    running = [m for m in rest if reading.near(m, _RUNNING, 2, 2)]
    values = [int(m.value["value"]) for m in rest]
    parts = all(_is_part(reading, m) for m in ended)
    if len(rest) == 1 and ended and (parts or not running):
        left = values[0] - gone
        return left if left > 0 else values[0]
    if len(rest) == 1 and not ended and _HALF_ENDED.search(reading.folded):
        return values[0] - values[0] // 2
    if len(rest) > 1 and len(running) == 1 and ended:
        return int(running[0].value["value"])
    if _TOTAL.search(reading.folded):
        return max(values)
    return sum(values)


def _is_part(reading: Reading, mention: Mention) -> bool:
    """Tell "5'i", "3 tanesini": some of those counted, not others beside them."""
    own = reading.words[mention.last].text
    after = reading.words[mention.last + 1 : mention.last + 2]
    following = after[0].text if after else ""
    apart = re.fullmatch(r"s?[iu](?:n[iu])?|(?:tane|adet)s?[iu](?:n[iu])?", following)
    return bool(_PART.fullmatch(own) or apart)


def _is_past(reading: Reading, mention: Mention) -> bool:
    """Tell a count of earlier projects: "geçen sene 25 projem vardı"."""
    return bool(_PAST.search(reading.clause(mention)))


def _is_bound(reading: Reading, mention: Mention) -> bool:
    """Tell a number that a count is more than from the count itself."""
    text = " ".join(word.text for word in reading.words[mention.last : mention.last + 5])
    plus = re.search(rf"\b{mention.value['value']} ?\+", reading.text)
    return bool(plus or _MORE_THAN.match(text))


def _told(reading: Reading) -> list[Mention]:
    """Return the counts of projects; a number without a unit only beside such words."""
    found = [m for m in reading.numbers("proje") if "to" not in m.value]
    # "9 tane de üye olduğum": the unit read there is what the asker is in them.
    found += [
        m
        for m in reading.numbers("kisi")
        if reading.words[m.last].text.startswith("uye")
        or reading.near(m, words("oldug* olarak"), 0, 2)
    ]
    loose = [
        m
        for m in reading.numbers(None, "kurucu")
        if "to" not in m.value and m.value["value"] > 1 and not reading.near(m, _SUMMED, 0, 2)
    ]
    corrected = bool(_CORRECTED.search(reading.folded))
    beside = [m for m in loose if _is_counted(reading, m) or corrected]
    if not found and len(loose) == 1 and _ABOUT.search(reading.folded):
        beside = loose
    return sorted([*found, *beside], key=lambda m: m.first)


def _is_counted(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number without "proje" counts projects: "7'sinde kurucuyum"."""
    return (
        mention.value["unit"] == "kurucu"
        or reading.near(mention, _APART, 3, 3)
        or reading.near(mention, _RUNNING, 0, 1)
        or reading.near(mention, _LEFT, 0, 1)
        or _is_ended(reading, mention)
    )


def _is_ended(reading: Reading, mention: Mention) -> bool:
    """Tell a count of ended projects; "12 aktif, 15 kapalı" has one of each."""
    ended = reading.distance(mention, _ENDED, 1, 5)
    running = reading.distance(mention, _RUNNING, 0, 2)
    if ended is None or (running is not None and running <= ended):
        return False
    # "24 projeden 4'ünü kapattım": the number nearest to the verb has ended.
    # "25 projem var, kaç tanesini kapatmam lazım" asks how many.
    span = range(mention.last + 1, mention.last + ended + 1)
    others = any(m.first in span for m in reading.of("sayi"))
    others |= any(reading.words[index].text.startswith("kac") for index in span)
    return not others or reading.near(mention, _ENDED, 1, 0)


def _is_opened(reading: Reading, mention: Mention) -> bool:
    """Tell the projects somebody means to open: "3 proje daha açsam", "2 yeni proje kuracağım"."""
    texts = [word.text for word in reading.words]
    inside = texts[max(mention.first - 1, 0) : mention.last + 1]
    after = [t for t in texts[mention.last + 1 : mention.last + 4] if t not in {"tane", "adet"}]
    if _is_ended(reading, mention):
        return False
    verbs = [text for text in after if not text.startswith("proje")]
    if verbs and re.match(_TO_OPEN, verbs[0]):
        return True  # "3 tane açsam"
    more = "yeni" in [*inside, *after[:1]] or after[:1] == ["daha"]
    return more and reading.near(mention, _OPENING, 0, 5)


def _repeats(mention: Mention, opened: Mention) -> bool:
    """Tell "iki tane daha kursam ikisi de onaylanır mı": the same two again."""
    same = mention.value["value"] == opened.value["value"]
    return same and mention.value["unit"] is None and mention.first > opened.last


def _is_new(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number is of the new project: "bir proje daha", "yeni 3 proje"."""
    if _is_opened(reading, mention):
        return True
    after = " ".join(word.text for word in reading.words[mention.first : mention.last + 3])
    if re.search(r" ol(?:a?cak|ur|uyor)\w*", after) and mention is not _told(reading)[0]:
        return True  # "19 projem var, bir tane daha açınca 20 olacak"
    bound = _is_bound(reading, mention)  # "20'den fazla", "yirmiyi geçtim"
    return bound or mention.value["value"] == 1 or reading.near(mention, _NEW, 1, 1)
