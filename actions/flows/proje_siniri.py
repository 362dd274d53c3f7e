"""The facts of akis-proje-siniri: how many active projects, joining or opening."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.cues import phrases, words
from actions.flows.reading import Reading, only_number
from actions.rules import proje_siniri
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention

_FOUNDER = re.compile(
    r"\b(?:kurucu(?!su oldug|lu)|kuruca|kur(?:ac|ca|u[pmyl]|may|mak|ay|sa|abil|ars|acak)|"
    r"ac(?:ac|ic|ca|may|mak|ay|sa|abil|ars)|baslat|olustur|onay|kendim|kendi projem)\w*\b"
)
_MEMBER = re.compile(
    r"\b(?:uye olarak|katil\w*|davet\w*|cagir\w*|dahil ol\w*|ortak olarak|"
    r"uye ol(?:sa|mak|acag|abil)\w*|uyelik\w*|uye|ortaklig\w*)\b"
)
_NOT_MEMBER = phrases("uye degil\nuye olarak degil\nuyelik* degil")
_NOT_FOUNDER = phrases("kurucu degil*\nkurucu olarak degil\nkurmuyor*")
_ENDED = words(
    "bitti* bitmis* biten bitse bitirsem kapan* kapali kapat* sonlan* tamamlan* bitecek bitir*"
)
_RUNNING = words("aktif* etkin* acik suren surmekte devam yuruyor* yuruyen")
_APART = words("tane* daha uye* kurucu* kurdug* kurdum kendi* katildig* benim donem*")
_NEW = words("yeni kabul davet")
#: Not "açık", and not "açtım": those are active already.
_OPENING = (
    r"(?:ac(?:sa|ar|ac|ic|ca|abil|mak|may|ay|inca)|kur(?:sa|ar|ac|ca|abil|mak|may|ay|up|unca)|"
    r"baslat(?!t)|olustur(?!d)|onaylan)"
)
_SUMMED = words("topla* ediyor eder ediyo yapiyor yapar")
_CORRECTED = phrases("yok\npardon\naslinda\ndur\nyanlis*\nduzelt*")
_NONE = phrases(
    "hic proje* yok\nhic aktif proje* yok\nhic etkin proje* yok\nilk proje*\nhic yok\nsifir proje*"
)
_TOTAL = phrases("toplam*")
_ABOUT = re.compile(r"\b(?:proje|kurucu|panel|aktif|etkin)\w*")


class ProjeSiniri:
    """With this many active projects, will a new one be approved?"""

    id = proje_siniri.FLOW
    main = "active"
    beside = frozenset({"opening"})
    facts = (
        Fact(
            "joining",
            "Yeni projeye kurucu olarak mı, üye olarak mı katılacaksınız?",
            "Örneğin: kurucu.",
            "yeni projede",
            ("kurucu", "üye", "bilmiyorum"),
            {"kurucu": "kurucu", "uye": "üye"},
        ),
        Fact(
            "active",
            "Şu anda kaç etkin projeniz var?",
            "Örneğin: 12.",
            "etkin proje",
            ("bilmiyorum",),
        ),
        Fact(
            "opening",
            "Kaç yeni proje açacaksınız?",
            "Örneğin: 2.",
            "açılacak yeni proje",
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return the number of active projects and the part in the new one."""
        facts: Facts = {}
        if joining := _joining(reading):
            facts["joining"] = joining
        active = _active(reading)
        if active is None and reading.asked == "active":
            active = only_number(reading)
        if active is None and _NONE.search(reading.folded):
            active = 0
        if active is not None:
            facts["active"] = active
        opening = next((m for m in _told(reading) if _is_opened(reading, m)), None)
        if opening and (opening.value["value"] > 1 or "opening" in known):
            facts["opening"] = int(opening.value["value"])
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.proje_siniri`."""
        return proje_siniri.judge(proje_siniri.Facts(**facts), today, figures)


def _joining(reading: Reading) -> str | None:
    """Return the part in the new project; of both cues the later one counts."""
    text = reading.folded
    if reading.unknown and reading.asked == "joining":
        return None
    if _NOT_MEMBER.search(text):
        return "kurucu"
    if _NOT_FOUNDER.search(text):
        return "uye"
    founder = [match.start() for match in _FOUNDER.finditer(text)]
    member = [match.start() for match in _MEMBER.finditer(text)]
    if reading.asked == "joining" and reading.short and re.search(r"\bkendi\w*", text):
        founder.append(0)
    if not founder and not member:
        return None
    return "kurucu" if max(founder, default=-1) > max(member, default=-1) else "uye"


def _active(reading: Reading) -> int | None:
    """Return the active projects a message counts: sums of parts, less the ended ones."""
    counts = [m for m in _told(reading) if not _is_new(reading, m)]
    if not counts:
        return None
    if reading.corrected(counts, _CORRECTED):
        return int(counts[-1].value["value"])
    ended = [m for m in counts if _is_ended(reading, m)]
    rest = [m for m in counts if m not in ended]
    if not rest:
        return None
    running = [m for m in rest if reading.near(m, _RUNNING, 2, 2)]
    values = [int(m.value["value"]) for m in rest]
    parts = all(re.search(r"\d(?:[iu]|s[iu])$|[iu]$", reading.words[m.first].text) for m in ended)
    if len(rest) == 1 and ended and (parts or not running):
        left = values[0] - sum(int(m.value["value"]) for m in ended)
        return left if left > 0 else values[0]
    if len(rest) > 1 and len(running) == 1 and ended:
        return int(running[0].value["value"])
    if _TOTAL.search(reading.folded):
        return max(values)
    return sum(values)


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
        or _is_ended(reading, mention)
    )


def _is_ended(reading: Reading, mention: Mention) -> bool:
    """Tell a count of ended projects; "12 aktif, 15 kapalı" has one of each."""
    ended = reading.distance(mention, _ENDED, 1, 5)
    running = reading.distance(mention, _RUNNING, 0, 2)
    return ended is not None and (running is None or ended < running)


def _is_opened(reading: Reading, mention: Mention) -> bool:
    """Tell the projects somebody means to open: "3 proje daha açsam", "2 yeni proje kuracağım"."""
    texts = [word.text for word in reading.words]
    inside = texts[max(mention.first - 1, 0) : mention.last + 1]
    after = [t for t in texts[mention.last + 1 : mention.last + 3] if t not in {"tane", "adet"}]
    more = "yeni" in inside or after[:1] == ["daha"]
    return more and reading.near(mention, _OPENING, 0, 5) and not _is_ended(reading, mention)


def _is_new(reading: Reading, mention: Mention) -> bool:
    """Tell whether a number is of the new project: "bir proje daha", "yeni 3 proje"."""
    if _is_opened(reading, mention):
        return True
    after = " ".join(word.text for word in reading.words[mention.first : mention.last + 3])
    limit = re.search(r"\bfazla\b", after) and re.search(r"d[ae]n\b", after)
    if re.search(r" ol(?:a?cak|ur|uyor)\w*", after) and mention is not _told(reading)[0]:
        return True  # "19 projem var, bir tane daha açınca 20 olacak"
    passed = re.search(r"\b(?:gectim|gecti|astim|asti|gecmis)\b", after)  # "yirmiyi geçtim"
    return bool(limit or passed) or mention.value["value"] == 1 or reading.near(mention, _NEW, 1, 1)
