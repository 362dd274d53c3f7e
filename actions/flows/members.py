"""How many members from Türkiye a message counts: sums, parts, foreigners, corrections."""

import re
from collections.abc import Sequence

from actions.flows.cues import phrases, words
from actions.flows.reading import Reading
from bot.nlu.mention import Mention

_HOME = words("turk* turkiye*")
_FOREIGN = words("yabanci* yurtdisi* yurt avrupali*")
_ANOTHER = words("baska farkli diger")
_PART = re.compile(
    r"(?:\d+|bir|iki|uc|dort|dord|bes|alti|yedi|sekiz|dokuz|on)(?:[iu]|s[iu]|n[iu]|s[iu]n[iu]|[iu]n[iu]|[iu]m[iu]z|m[iu]z)(?:d[ae]|n[iu])?"
)
_PART_AFTER = words("u i si su yu nu ni sini sunu unu ini tanesi tanesini unun inin")
_NOT_COUNTED = phrases("onlari saymazsak\nonlar haric\nonlari katmadim\nonlar disinda")
_REMOVED = words(
    "cikar* sildi* sildik silmis* silms* silindi* silersem silsem attik attim atmis* atildi* "
    "cikti* ayril*"
)
_CORRECTED = phrases(
    """
    yok
    pardon
    yanlis*
    aslinda
    duzelt*
    degil
    """
)
_INSIDE = phrases(
    """
    ben dahil
    ben de dahil
    kendim dahil
    benimle
    benle
    dahil
    kendimi de say*
    ben ici*
    """
)
_OUTSIDE = phrases(
    """
    ben haric
    benim disimda
    benim haricimde
    benden baska
    biri benim
    biri ben
    """
)
#: "Ben ve 8 hoca": the asker is counted apart.
_AND_I = re.compile(
    r"\bben(?:im)? (?:ve|arti|bi de|bir de|bide|ile|zumrem|esim|kurucu|diger|karsi|yan|okuldan|"
    r"bizim|\d+|iki|uc|dort|bes|alti|yedi|sekiz|dokuz)\b|\b(?:ve|arti|bi de|bir de|bide|bir) ben\b"
)
#: People told one by one, without a number.
_SINGLE = phrases(
    """
    zumrem
    zumre arkadasim
    esim
    kocam
    karim
    kurucu arkadasim
    kurucu arkadas
    kurucu ortagim
    kurucumuz
    es kurucu*
    oteki kurucu
    diger kurucu
    mudur yardimcimiz
    mudur yardimcim
    mudurumuz
    rehber ogretmenimiz
    oda arkadasim
    """
)
_UNCOUNTED = phrases(
    """
    kac turk* {1} say*
    yarisi {2} yabanci*
    kusur
    kaci turk*
    karisik {4} say*
    kaci {3} saym*
    kaci {3} bilm*
    turk* {2} kac {2} bilm*
    """
)
_BESIDES_US = phrases("ikimizin disinda\nikimizden baska\nikimiz haric\nkurucular haric")
#: "Bizden 5, onlardan 4": whose people a bare number counts.
_FROM_WHOM = words("bizden onlardan okuldan okulumuzdan taraftan ilden sehirden")
_LEFT = words("kald* kaliyo* kalmis* kals* kalir* kalsin kalac* kaliri*")
_REST = words("kalan kalanlar geriye kaldi kaldik")
_TAKEN_OUT = phrases("cikar*\nsildi*\nsildik\nsilmis*\nattik\nattim\natmis*\nsilindi*\nayrildi*")
_ALONE = phrases(
    """
    bir tek ben
    bi tek ben
    sadece ben
    yalnizca ben
    benden baska {2} yok
    benden baska kimse*
    tek basima*
    tek {3} benim
    """
)
_WE_ARE = re.compile(r"(?:y[iu]z|k[iu]s[iu]y[iu]z|kisyiz)$")
_SHARES = (
    *("birer", "ikiser", "ucer", "dorder", "beser"),
    *("altisar", "yediser", "sekizer", "dokuzar", "onar"),
)
#: "3'er öğretmen", "üçer öğretmen".
_SHARE = re.compile(rf"\b(?:(\d+) ?s?[ae]r|({'|'.join(_SHARES)}))\b")
_EACH = re.compile(r"\bher (?:okul\w*|bir okul\w*|birin\w*)")
#: A number this small that stands beside "ben ve müdürüm" is the sum already.
_FEW = 1
_TOTAL = phrases("toplam*\nhepsi {1} birlikte\ntoplasan\ntoplayinca")


def members_of(reading: Reading) -> int | None:
    """Return the members from Türkiye that a message counts, None if it counts none.

    Adds what is told apart ("ben ve 8 hoca"), takes away the foreigners among a total,
    takes the part that is from Türkiye, and the corrected number ("14 yok 13 kişiyiz").
    """
    if _UNCOUNTED.search(reading.folded) or _undecided(reading):
        return None
    if _ALONE.search(reading.folded):
        return 1
    if shared := _of_each_school(reading):
        return shared
    counts = [m for m in reading.numbers("kisi", "kurucu") if "to" not in m.value]
    loose = [m for m in reading.numbers(None) if "to" not in m.value]
    if left := _left(reading, [*counts, *loose]):
        return int(left[-1].value["value"])
    counts += [m for m in loose if _follows(reading, m, _FROM_WHOM) or _from_town(reading, m)]
    counts.sort(key=lambda m: m.first)
    loose = [m for m in loose if m not in counts]
    foreign = [m for m in (*counts, *loose) if _is_foreign(reading, m)]
    whole = [m for m in counts if m not in foreign and not _is_removed(reading, m)]
    parts = [m for m in (*counts, *loose) if _is_home(reading, m) and _is_part(reading, m)]
    if parts:
        return int(sum(m.value["value"] for m in parts))
    if not whole and any(_is_part(reading, m) for m in foreign):
        # "Toplam 14 olursak 4'ü yabancı": of whom the total is, the part tells.
        whole = [m for m in loose if m not in foreign and not _is_part(reading, m)][:1]
    if not whole:
        return _told_singly(reading)
    return _total(reading, whole, loose, foreign) + _founders_beside(reading)


def _undecided(reading: Reading) -> bool:
    """Tell whether the members are one of two numbers: "9 ya da 11 üye"."""
    either = reading.alternatives or ()
    return any(m.value["value"] in either for m in reading.numbers("kisi", "kurucu"))


def _of_each_school(reading: Reading) -> int | None:
    """Multiply "4 okuldan 3'er öğretmen" and "4 okul, her birinden 3 öğretmen"."""
    schools = reading.numbers("okul")
    if len(schools) != 1 or any(m.value != "Türkiye" for m in reading.of("ulke")):
        return None
    number = int(schools[0].value["value"])
    if share := _SHARE.search(reading.folded):
        digits, spelt = share.groups()
        return number * (int(digits) if digits else _SHARES.index(spelt) + 1)
    people = reading.numbers("kisi")
    of_each = _EACH.search(reading.folded) and len(people) == 1
    if of_each and reading.near(people[0], words("her"), 3, 0):
        return number * int(people[0].value["value"])
    return None


def _founders_beside(reading: Reading) -> int:
    """Count the founders in "ikimizin dışında 9 öğretmen": two, or one with one from abroad."""
    if not _BESIDES_US.search(reading.folded):
        return 0
    foreign = [m for m in reading.of("ulke") if m.value != "Türkiye"]
    return 2 - any(reading.near(m, words("kurucu*"), 5, 2) for m in foreign)


def _total(
    reading: Reading, whole: list[Mention], loose: list[Mention], foreign: list[Mention]
) -> int:
    """Return the sum of the counts told, corrected, without foreigners, with the asker."""
    if reading.corrected([*whole, *loose], _CORRECTED):
        bare = [m for m in loose if m.first > whole[-1].last and not _is_part(reading, m)]
        whole = bare[-1:] if bare and len(whole) == 1 else whole[-1:]
    if of_them := _from_home(reading, whole):
        return of_them
    if everybody := _everybody(reading, whole):
        return everybody
    total = _sum(reading, [int(m.value["value"]) for m in whole])
    away = sum(int(m.value["value"]) for m in foreign if _is_part(reading, m))
    if 0 < away < total:
        total -= away
    if any(m.value["unit"] == "kurucu" for m in whole) or total <= 1 + _FEW:
        return total
    return total + _apart(reading)


def left_of(reading: Reading) -> tuple[int, int] | None:
    """Return how many members were taken out and how many are left: "12'ydik, 9 kaldık"."""
    if not _TAKEN_OUT.search(reading.folded):
        return None
    counts = [m for m in reading.numbers("kisi", "kurucu", None) if "to" not in m.value]
    left = _left(reading, counts)
    total = [m for m in counts if m.first < left[0].first] if left else []
    if not total:
        return None
    out = int(total[0].value["value"]) - int(left[0].value["value"])
    return (out, int(left[0].value["value"])) if out > 0 else None


def removed_of(reading: Reading) -> int | None:
    """Return how many members were taken out, None if the message speaks of none."""
    for mention in reading.numbers("kisi", "kurucu", None):
        if _is_removed(reading, mention):
            return int(mention.value["value"])
    return None


def _sum(reading: Reading, values: list[int]) -> int:
    """Add counts told apart; a total that repeats them is taken once."""
    if len(values) > 1 and values[0] == sum(values[1:]):
        return values[0]
    if len(values) > 1 and (values[-1] == sum(values[:-1]) or _TOTAL.search(reading.folded)):
        return max(values)
    if len(values) > 1 and len({*values}) == 1 and not reading.matches(r"\bve\b|\bbi[r]? de\b"):
        return values[0]
    return sum(values)


def _apart(reading: Reading) -> int:
    """Return how many are told besides the numbers: the asker, a founder, a colleague."""
    text = reading.folded
    if _OUTSIDE.search(text):
        return 1
    if _INSIDE.search(text) or not _AND_I.search(text):
        return 0
    one = len(re.findall(_ONE_MORE, text)) or len(re.findall(_I_AND_ONE, text))
    return 1 + len(_SINGLE.findall(text)) + one


#: "Bi de bizim fenci": one more, without a number.
_ONE_MORE = (
    r"\b(?:bi|bir) de (?:bizim )?(?!ben\b)(?!\d)(?:\w+ )?\w+(?:c[iu]|c[iu]m[iu]z)\b(?! arkadas)"
)


#: "Ben ve Konya'dan bir arkadaş".
_I_AND_ONE = r"\bben(?:im)? ve (?:\w+ ){0,3}(?:bir|bi) (?:arkadas|hoca|ogretmen|meslektas|ortak)\w*"


def _told_singly(reading: Reading) -> int | None:
    """Count "ben, zümrem ve müdür yardımcımız": nobody is told by a number."""
    singles = len(_SINGLE.findall(reading.folded))
    return singles + 1 if _AND_I.search(reading.folded) and singles else None


def _is_foreign(reading: Reading, mention: Mention) -> bool:
    if mention.value.get("of") == "yabanci":
        return True
    if _is_home(reading, mention):
        return False
    for country in reading.of("ulke"):
        if country.value == "Türkiye":
            continue
        after = country.first - mention.last
        before = mention.first - country.last
        first, last = sorted((mention.first, country.first))
        joined = not any("," in word.tail for word in reading.words[first:last]) and not any(
            min(first, last) < other.first < max(first, last)
            for other in reading.numbers("kisi", "kurucu", None)
            if other is not mention
        )
        if joined and (0 < after <= 2 or 0 <= before <= 2 or country.first in _inside(mention)):
            return True
    return _told_foreign(reading, mention)


def _told_foreign(reading: Reading, mention: Mention) -> bool:
    """Tell whether what follows says so: "5 yabancı", "5'i yurt dışından", "üçü başka ülkeden"."""
    after = [word.text for word in reading.words[mention.last + 1 : mention.last + 5]]
    while after and (re.match(_PART_AFTER, after[0]) or after[0] in {"de", "da"}):
        after.pop(0)
    another = len(after) > 1 and bool(re.match(_ANOTHER, after[0])) and after[1].startswith("ulke")
    return another or (bool(after) and bool(re.match(_FOREIGN, after[0])))


def _from_town(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number follows a province: "Fatsa'dan üç"."""
    before = {mention.first - 1, mention.first - 2}
    return any(place.last in before for place in reading.of("il"))


def _follows(reading: Reading, mention: Mention, pattern: str, after: bool = False) -> bool:
    index = mention.last + 1 if after else mention.first - 1
    return 0 <= index < len(reading.words) and bool(re.match(pattern, reading.words[index].text))


def _from_home(reading: Reading, whole: Sequence[Mention]) -> int | None:
    """Return the part of a total that is said to be from Türkiye."""
    named = [m for m in whole if _is_home(reading, m)]
    others = [m.value["value"] for m in whole if m not in named]
    of_them = sum(int(m.value["value"]) for m in named)
    return of_them if named and others and max(others) >= of_them else None


def _everybody(reading: Reading, whole: Sequence[Mention]) -> int | None:
    """Return the total in "iki kurucu başlattık, 7 kişiyiz": "we are" holds the founders."""
    founders = [m for m in whole if m.value["unit"] == "kurucu"]
    totals = [
        int(m.value["value"])
        for m in whole
        if m not in founders and _WE_ARE.search(reading.words[m.last].text)
    ]
    return totals[-1] if founders and totals else None


def _left(reading: Reading, counts: Sequence[Mention]) -> list[Mention]:
    """Return the numbers of what is left: "9 kaldık", "kalan 9 kişi", "kaldı 10"."""
    return [
        m
        for m in counts
        if (_follows(reading, m, _LEFT, after=True) or _follows(reading, m, _REST))
        and not _is_removed(reading, m)
    ]


def _inside(mention: Mention) -> range:
    return range(mention.first, mention.last + 1)


def _is_home(reading: Reading, mention: Mention) -> bool:
    if mention.value.get("of") == "turk":
        return True
    # "13 Türk var, 3'ü pasif": what another number counts says nothing of this one.
    others = {
        index
        for other in reading.numbers("kisi", "kurucu", None)
        if other is not mention
        for index in _inside(other)
    }
    around = set(range(mention.first - 2, mention.last + 3)) - others
    return any(
        re.match(_HOME, word.text) for index, word in enumerate(reading.words) if index in around
    )


def _is_part(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number is some of others: "üçü", "14'ü", "iki tanesi"."""
    number = reading.words[mention.first].text
    after = reading.words[mention.first + 1].text if mention.first + 1 < len(reading.words) else ""
    return bool(_PART.fullmatch(number) or re.match(_PART_AFTER, after))


def _is_removed(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number is of those taken out; a sentence later is another matter."""
    others = {m.first for m in reading.numbers("kisi", "kurucu", None)}
    for index in range(mention.last + 1, min(mention.last + 7, len(reading.words))):
        if re.search(r"[.!?;]", reading.words[index - 1].tail) or index in others:
            return False  # "12 kişiydik, 3'ünü çıkardık": the nearer number is of them
        if re.fullmatch(r"bir(?:i|isi|ini|isini)", reading.words[index].text):
            return False  # "2 öğretmen ama biri ayrıldı"
        if re.match(_REMOVED, reading.words[index].text):
            if reading.words[index - 1].text.startswith("girdi"):
                return False  # "projelere girdi çıktı"
            following = reading.words[index + 1].text if index + 1 < len(reading.words) else ""
            return not re.fullmatch(r"m[iu]\w*", following)  # "etiket çıkar mı"
    return False
