"""The facts of akis-proje-siniri: how many active projects, joining or opening."""

import datetime
import re

from actions.flows.base import Fact, Facts, Flow
from actions.flows.cues import phrases
from actions.flows.project_counts import active_in, more_than_in, none_active, opened_in
from actions.flows.reading import Reading, only_number
from actions.rules import proje_siniri
from actions.rules.verdict import MOST_BELIEVED, Verdict
from bot.knowledge.figures import Figures
from bot.text.numbers import with_from

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
#: What somebody is already, not what they want to be: "30 projede üyeyim, kurucu değilim".
_IS_ALREADY = re.compile(
    r"\b(?:kurucu|uye) (?:olarak )?degil\w*|"
    r"\b(?:kurucu(?:su)?y[iu][mz]|uye(?:si)?y[iu][mz]|"
    r"(?:kurucu|uye)(?:su|si)? oldug\w*|kurdug\w*|katildig\w*)\b"
)
#: "Kaç tanesini kapatmam lazım": only a founder has to.
_HOW_MANY_END = re.compile(r"\bkac\w*(?: \w+){0,2} (?:kapat|bitir|sonlandir|bitmesi|kapanmasi)\w*")
_ASKS_TO_OPEN = re.compile(
    r"\b(?:ac|kur|baslat|olustur|onaylan)\w* m[iu]\w*|"
    r"\b(?:ac|kur|onaylan)\w+r(?:mi|m[iu]y[iu][mz])\b|"
    r"\bkac\w*(?: \w+){0,3} (?:ac|kur)(?:ab|ar|sa)\w*"
)
_ASKS_TO_JOIN = re.compile(
    r"\b(?:katil|uye ol)\w* m[iu]\w*|\b(?:katil|uye ol)\w+r(?:mi|m[iu]y[iu][mz])\b|"
    r"\bkac\w*(?: \w+){0,3} (?:katil|uye ol)\w*"
)
_BOTH = re.compile(r"\bhem\b.*\bhem\b|\bkurucu (?:olarak )?da\b.*\buye (?:olarak )?de\b")
_EITHER_WAY = re.compile(r"\bikisi(?:n[ie])?(?: de)?\b|\bher iki\w*|\bfark ?etmez\b")
_NONE = phrases(
    "hic proje* yok\nilk proje*\nhic yok\nsifir proje*\naktif proje* yok\netkin proje* yok"
)


class ProjeSiniri(Flow):
    """With this many active projects, will a new one be approved?"""

    id = proje_siniri.FLOW
    main = "active"
    beside = frozenset({"opening", "more_than"})
    stated_whole = re.compile(
        r"\bproje\w* (?:var|vardi)\b|\bproje(?:den|nin|mden|mizden) \d+|\bhepsi\w*|\bhicbiri\w*"
    )
    facts = (
        Fact(
            "joining",
            "Yeni projeye kurucu olarak mı, üye olarak mı katılacaksınız?",
            "Örneğin: kurucu.",
            "yeni projede",
            ("kurucu", "üye", "bilmiyorum"),
            {"kurucu": "kurucu", "uye": "üye", "ikisi": "hem kurucu hem üye"},
        ),
        Fact(
            "active",
            "Şu anda kaç etkin projeniz var?",
            "Örneğin: 12.",
            "etkin proje",
            ("bilmiyorum",),
        ),
        Fact(
            "more_than",
            "Şu anda kaç etkin projeniz var?",
            "Örneğin: 12.",
            "etkin proje",
            words={number: f"{with_from(number)} fazla" for number in range(MOST_BELIEVED)},
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
        facts.update(_active(reading, known))
        opening = opened_in(reading)
        if opening is not None and (opening > 1 or "opening" in known):
            facts["opening"] = opening
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.proje_siniri`."""
        return proje_siniri.judge(proje_siniri.Facts(**facts), today, figures)


def _joining(reading: Reading) -> str | None:
    """Return the part in the new project; of both cues the later one counts."""
    text = reading.folded
    if reading.unknown and reading.asked == "joining":
        return None
    wish = _IS_ALREADY.sub(" ", text)
    if _asks_both(reading, wish):
        return "ikisi"
    if _HOW_MANY_END.search(text):
        return "kurucu"
    if told := _later_cue(wish):
        return told
    if _NOT_MEMBER.search(text):
        return "kurucu"
    if _NOT_FOUNDER.search(text):
        return "uye"
    if reading.asked == "joining" and reading.short and re.search(r"\bkendi\w*", text):
        return _later_cue(text) or "kurucu"
    return _later_cue(text)


def _asks_both(reading: Reading, wish: str) -> bool:
    """Tell who asks about opening and joining in one breath."""
    if reading.asked == "joining" and reading.short and _EITHER_WAY.search(wish):
        return True
    if _ASKS_TO_OPEN.search(wish) and _ASKS_TO_JOIN.search(wish):
        return True
    return bool(_BOTH.search(wish) and _FOUNDER.search(wish) and _MEMBER.search(wish))


def _later_cue(text: str) -> str | None:
    founder = [match.start() for match in _FOUNDER.finditer(text)]
    member = [match.start() for match in _MEMBER.finditer(text)]
    if not founder and not member:
        return None
    return "kurucu" if max(founder, default=-1) > max(member, default=-1) else "uye"


def _active(reading: Reading, known: Facts) -> Facts:
    """Return the active projects, or the number they are surely more than."""
    if none_active(reading):
        return {"active": 0, "more_than": None}
    active = active_in(reading, known)
    if active is None:
        more_than = more_than_in(reading, known)
        if more_than is not None:
            return {"more_than": more_than, "active": None}
    if active is None and reading.asked == "active":
        active = only_number(reading)
    if active is None and _NONE.search(reading.folded):
        active = 0
    return {} if active is None else {"active": active, "more_than": None}
