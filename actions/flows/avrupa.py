"""The facts of akis-avrupa: whose countries, and before or after the move to ESEP."""

import datetime
import re

from actions.flows.base import Fact, Facts
from actions.flows.reading import Reading
from actions.rules import avrupa
from actions.rules.verdict import Verdict
from bot.knowledge.figures import Figures
from bot.nlu.mention import Mention
from bot.text.partial_date import PartialDate

HOME = avrupa.HOME
_MOVE = (2022, 6)
_MOMENTS = {
    "once": "ESEP'e geçişten önce",
    "sonra": "ESEP'e geçişten sonra",
    "haziran-2022": "Haziran 2022",
}
_FOUND = r"(?:kurucu\w*|kur(?:d|m|u)\w*|kurmus\w*|ac[tm]\w*|acti\w*|basla\w*|kurulu\w*|kayit\w*|kaydet\w*|kurulus\w*|kuruyo\w*|baslat\w*)"
_JOIN = r"(?:katil\w*|uye\w*|ekle\w*|geld\w*|gelen|dahil\w*|girdi\w*|aldik|davet\w*|ortak oldu|girmis\w*|alin\w*|sonradan)"
_LABEL = r"(?:etiket\w*|odul\w*|ald[iu]\w*|almis\w*|aldik|sertifika\w*|alan\w*)"
_REFUSED = r"(?:basvurmad\w*|almad\w*|alamad\w*|red\w*|vermed\w*|verilmed\w*)"
_FOUNDER_TR = (
    r"\b(?:iki(?:miz|si|)? ?(?:de)? ?turk\w*|ikimiz de|iki (?:kurucu|turk)\w* (?:de )?(?:turk\w*|bizden)|"
    r"kurucu(?:lar)?(?:imiz)? (?:da |de )?(?:ikisi de )?(?:turk\w*|bizden)|iki turk)\b"
)


class Avrupa:
    """National or European, and can it be nominated?"""

    id = avrupa.FLOW
    main = "founder_countries"
    facts = (
        Fact(
            "founder_countries",
            "Projenin 2 kurucusu hangi ülkelerden?",
            "Örneğin: Türkiye ve İtalya; ya da: ikisi de Türkiye.",
            "kurucuların ülkeleri",
            ("ikisi de Türkiye", "bilmiyorum"),
        ),
        Fact(
            "member_countries",
            "Öteki üyeler hangi ülkelerden?",
            "Örneğin: Türkiye ve Polonya; ya da: hepsi Türkiye.",
            "öteki üyelerin ülkeleri",
            ("hepsi Türkiye", "bilmiyorum"),
        ),
        Fact(
            "joined",
            "İlk yabancı üye projeye ne zaman katıldı?",
            "Örneğin: Mart 2022; ya da: ESEP'e geçişten sonra.",
            "ilk yabancı üyenin katılışı",
            ("ESEP'e geçişten önce", "ESEP'e geçişten sonra", "bilmiyorum"),
            _MOMENTS,
        ),
        Fact(
            "founded",
            "Proje ne zaman kuruldu?",
            "Örneğin: 2023.",
            "projenin kuruluşu",
            ("ESEP'e geçişten önce", "ESEP'e geçişten sonra", "bilmiyorum"),
            _MOMENTS,
        ),
        Fact(
            "label_countries",
            "Hangi ülkelerden ortaklar bu projeyle Ulusal Kalite Etiketi aldı?",
            "Örneğin: Türkiye ve İtalya; ya da: yalnız Türkiye.",
            "Ulusal Kalite Etiketi olan ülkeler",
            ("yalnız Türkiye", "hiçbiri", "bilmiyorum"),
        ),
    )

    def understand(self, reading: Reading, known: Facts) -> Facts:
        """Return countries by what they did, and moments by the move to ESEP."""
        facts: Facts = {}
        facts.update(self._countries(reading, known))
        facts.update(self._moments(reading, facts))
        both = {**known, **facts}
        foreign = [name for name in both.get("member_countries") or [] if name != HOME]
        if both.get("founded") == "sonra" and foreign and "joined" not in both:
            facts["joined"] = "sonra"  # nobody joins before the founding
        return facts

    def judge(self, facts: Facts, today: datetime.date, figures: Figures) -> Verdict:
        """Judge by `actions.rules.avrupa`."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in facts.items()}
        return avrupa.judge(avrupa.Facts(**values), today, figures)

    def _countries(self, reading: Reading, known: Facts) -> Facts:
        groups: dict[str, list[Mention]] = {"founder": [], "member": [], "label": []}
        asked = {
            "founder_countries": "founder",
            "member_countries": "member",
            "label_countries": "label",
        }.get(reading.asked or "")
        loose: list[Mention] = []
        for mention in reading.of("ulke"):
            kind = self._kind_of(reading, mention)
            if kind == "none":
                continue
            if kind:
                groups[kind].append(mention)
            else:
                loose.append(mention)
        if asked and (reading.short or not groups[asked]):
            groups[asked] += loose
        elif loose:
            for mention in loose:
                before = [kind for kind in groups if groups[kind]]
                if before:
                    groups[before[-1]].append(mention)
                elif "founder_countries" not in known:
                    groups["founder"].append(mention)
        facts: Facts = {}
        if founders := self._founders(reading, groups["founder"], asked == "founder"):
            facts["founder_countries"] = founders
        members = list(dict.fromkeys(m.value for m in groups["member"]))
        near_home = {"founder": _FOUND, "member": _JOIN + "|var|ekip\\w*"}
        if any(reading.nearest(m, near_home) == "member" for m in reading.of("il")):
            members = list(dict.fromkeys([*members, HOME]))
        if members:
            facts["member_countries"] = members
        elif reading.matches(
            r"\b(?:yabanci|yurtdisi)\w* (?:uye\w* |ortak\w* )?yok\b|hepsi turk\w*|herkes turk\w*|hepimiz turk\w*|tamami turk\w*"
        ) or (asked == "member" and reading.matches(r"\byok\b|\bhicbiri\b|\bbaska uye yok\b")):
            facts["member_countries"] = [HOME]
            if reading.matches(
                r"kurucu\w* da|kurucular\w*|hepimiz|herkes"
            ) and "founder_countries" not in {**known, **facts}:
                facts["founder_countries"] = [HOME, HOME]
        labels = list(dict.fromkeys(m.value for m in groups["label"]))
        ours = reading.matches(
            r"\b(?:biz(?:im|de)?|turkler|ben(?:im)?) (?:de |da |turkler )*(?:etiket\w* )?(?:ald\w*|almistik)|\bhem biz(?:im)?\b.*\bald[iu]\w*"
        ) or (
            asked == "label"
            and reading.matches(r"\b(?:sadece|yalniz\w*|bir tek|tek) (?:biz|ben)\w*")
        )
        if (
            ours
            and HOME not in labels
            and (labels or asked == "label" or reading.matches(r"etiket\w*"))
        ):
            labels.append(HOME)
        if not labels and reading.matches(r"\biki (?:ulke\w*|tarafta|taraf) (?:da|de)?"):
            labels = list(
                dict.fromkeys(
                    facts.get("founder_countries") or known.get("founder_countries") or []
                )
            )
        if labels:
            facts["label_countries"] = labels
        elif asked == "label" and reading.no and not reading.unknown:
            facts["label_countries"] = []
        return facts

    def _kind_of(self, reading: Reading, mention: Mention) -> str | None:
        if reading.near(mention, _REFUSED, 0, 3):
            return "none"
        if reading.matches(r"\bkurucu ortag\w*|\bkurucu ortak\w*") and "kurucu" in reading.clause(
            mention
        ):
            return "founder"
        about = {"label": _LABEL, "founder": _FOUND, "member": _JOIN + "|orta[gk]\\w*"}
        return reading.nearest(mention, about)

    def _founders(self, reading: Reading, mentions: list[Mention], asked: bool) -> list[str] | None:
        names = [mention.value for mention in mentions]
        distinct = list(dict.fromkeys(names))
        if reading.matches(_FOUNDER_TR) and not [name for name in distinct if name != HOME]:
            return [HOME, HOME]
        both = reading.matches(
            r"\b(?:iki(?:si|miz|niz)?|her iki\w*|ikisi) (?:de|da|si|\w*kurucu\w*|\w*ogretmen\w*)|\biki\b"
        )
        if len(distinct) >= 2:
            return [*([HOME] if HOME in distinct else []), *(n for n in distinct if n != HOME)][:2]
        if len(distinct) == 1:
            only = distinct[0]
            if only == HOME:
                if both or asked or reading.matches(r"kurucular\w*|hepsi|herkes|ikimiz"):
                    return [HOME, HOME]
                return None
            clause = reading.clause(mentions[0])
            ours = re.search(
                r"\b(?:biz|ben(?:im)?|kurucuyuz|ortagim\w*|ile|bizim|ikimiz)\b", clause
            )
            if re.search(r"\b(?:iki|ikisi)\b", clause) and not ours:
                return [only, only]
            return [HOME, only]  # the asker founded it with somebody from there
        if reading.matches(
            r"\b(?:ikimiz|ben ve|iki arkadas|arkadasim\w*(?: ile|la)|ben ile|birlikte|beraber)\b"
        ) and reading.matches(_FOUND):
            if reading.of("il") or reading.matches(
                r"\b(?:okul\w*|zumre\w*|meslektas\w*|arkadas\w*)\b"
            ):
                return [HOME, HOME]
        if any(
            reading.nearest(m, {"founder": _FOUND, "member": _JOIN + "|var"}) == "founder"
            for m in reading.of("il")
        ):
            return [HOME, HOME]
        if asked and reading.matches(r"\bikimiz de\b|\bturk\w*|\bbiz\w*\b"):
            return [HOME, HOME]
        return None

    def _moments(self, reading: Reading, found: Facts) -> Facts:
        facts: Facts = {}
        for mention, date in reading.dates():
            about = reading.nearest(mention, {"founded": _FOUND, "joined": _JOIN})
            moment = moment_of(date)
            if moment is None:
                continue
            if about:
                facts.setdefault(about, moment)
            elif reading.asked in {"founded", "joined"}:
                facts.setdefault(reading.asked, moment)
            elif "founded" not in facts:
                facts["founded"] = moment
            else:
                facts["joined"] = moment
        if reading.asked in {"founded", "joined"} and reading.short and len(reading.dates()) == 1:
            moment = moment_of(reading.dates()[0][1])
            return {reading.asked: moment} if moment else {}
        for sign, moment in (("eski-portal", "once"), ("esep", "sonra")):
            for mention in reading.of("isaret"):
                if mention.value != sign:
                    continue
                if reading.asked in {"founded", "joined"} and reading.short:
                    facts.setdefault(reading.asked, moment)
                elif reading.near(mention, _JOIN, 4, 5) and not reading.near(mention, _FOUND, 4, 4):
                    facts.setdefault("joined", moment)
                elif reading.near(mention, _FOUND, 4, 6):
                    facts.setdefault("founded", moment)
        if reading.asked in {"founded", "joined"} and reading.asked not in facts and reading.short:
            if reading.matches(r"\bsonra\w*"):
                facts[reading.asked] = "sonra"
            elif reading.matches(r"\bonce\w*"):
                facts[reading.asked] = "once"
        return facts


def moment_of(date: PartialDate) -> str | None:
    """Say whether a date lies before or after the move; None if 2022 alone is known."""
    if date.year != _MOVE[0]:
        return "once" if date.year < _MOVE[0] else "sonra"
    if not date.month:
        return None
    if date.month == _MOVE[1]:
        return "haziran-2022"
    return "once" if date.month < _MOVE[1] else "sonra"
