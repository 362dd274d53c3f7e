"""Every row of the rules by name: what the documents say, and what follows from it.

The calculators' own test files hold the edges; here each row stands once, so that a row
without a test cannot hide.
"""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from actions.flows.guide import go_on_guide, start_guide
from actions.flows.guide_steps import GuideWorld
from actions.flows.turn import Meaning
from actions.rules import (
    avrupa,
    hizmet_puani,
    itiraz,
    kalite,
    koordinator,
    okul_etiketi,
    proje_siniri,
    uyelik,
    yas,
)
from actions.rules.verdict import Verdict
from bot.knowledge import load
from bot.knowledge.coordinators import load_coordinators
from bot.knowledge.figures import load_figures
from bot.knowledge.guides import load_guides
from bot.knowledge.rendering import answer_text
from bot.settings import ROOT
from tests.actions.flows.play import read

KNOWLEDGE = ROOT / "knowledge"
TODAY = datetime.date(2026, 11, 20)
FIGURES = load_figures(KNOWLEDGE)
BASE = load(KNOWLEDGE)
GUIDES = load_guides(KNOWLEDGE, BASE)
TR = "Türkiye"
PAGE = "http://etwinning.meb.gov.tr/il-koordinatorleri/"
SUPPORT = "tretwinning@gmail.com"


def member(**facts: Any) -> Verdict:
    return uyelik.judge(uyelik.Facts(**facts))


def states(**facts: Any) -> list[Any]:
    verdict = member(**facts)
    return [verdict.state_of(rule) for rule in ("account", "project", "label")]


def label(**facts: Any) -> Verdict:
    sound = {"members": 8, "project_year": 2025, "applications": 1, "state": "bitti"}
    return kalite.judge(kalite.Facts(**{**sound, **facts}), TODAY, FIGURES)


def school(**facts: Any) -> Verdict:
    day = datetime.date
    sound = {"registered": day(2020, 1, 1), "teachers": 2, "last_european": day(2026, 1, 1)}
    return okul_etiketi.judge(okul_etiketi.Facts(**{**sound, **facts}), TODAY, FIGURES)


def europe(**facts: Any) -> Verdict:
    return avrupa.judge(avrupa.Facts(**facts), TODAY, FIGURES)


def active(number: int | None, joining: Any = "kurucu") -> Verdict:
    return proje_siniri.judge(proje_siniri.Facts(number, joining), TODAY, FIGURES)


def appeal(**facts: Any) -> Verdict:
    return itiraz.judge(itiraz.Facts(**facts), TODAY, FIGURES)


def document(name: Any) -> Verdict:
    return hizmet_puani.judge(hizmet_puani.Facts(name))


def ages(*years: int, **facts: Any) -> Verdict:
    return yas.judge(yas.Facts(years, **facts), TODAY, FIGURES)


def directory(*provinces: str, phone: bool = False) -> Verdict:
    facts = koordinator.Facts(provinces, phone)
    return koordinator.judge(facts, load_coordinators(KNOWLEDGE), PAGE, "destek@example.org", TODAY)


def guided(flow: str, *messages: str) -> str:
    """Return all that a guide says to these messages."""
    world = GuideWorld(BASE)
    turn = start_guide(flow, GUIDES[flow], read(messages[0]), world)
    said = [reply.text for reply in turn.replies]
    for message in messages[1:]:
        assert turn.state is not None
        reading = read(message, asked=turn.state.asked)
        turn = go_on_guide(GUIDES[flow], turn.state, reading, Meaning(), world)
        said += [reply.text for reply in turn.replies]
    return "\n".join(said)


def text(verdict: Verdict) -> str:
    checks = [check.text for check in verdict.checks]
    return "\n".join([verdict.conclusion, *checks, *verdict.changes, *verdict.notes])


YES3, NO3, UNSAID3 = ["passed"] * 3, ["failed"] * 3, ["undocumented"] * 3
DAY = datetime.date

ROWS: dict[str, Callable[[], bool]] = {
    # akis-uyelik
    "uyelik: a teacher at a state school may do all": lambda: (
        states(role="ogretmen", institution="meb-okulu") == YES3
    ),
    "uyelik: a teacher at a private school may do all": lambda: (
        states(role="ogretmen", institution="ozel-okul") == YES3
    ),
    "uyelik: a student of a faculty in TTI: account, project, label not said": lambda: (
        states(role="egitim-fakultesi-ogrencisi", tti=True) == ["passed", "passed", "undocumented"]
    ),
    "uyelik: an academic of a faculty in TTI: the same": lambda: (
        states(role="akademisyen", tti=True) == ["passed", "passed", "undocumented"]
    ),
    "uyelik: another faculty is named only with TTI": lambda: (
        "TTI" in member(role="akademisyen", institution="baska-fakulte").conclusion
    ),
    "uyelik: an administrator with a pupil group may do all, being active": lambda: (
        states(role="yonetici", institution="meb-okulu", pupil_group=True) == YES3
        and "bireysel katkı"
        in text(member(role="yonetici", institution="meb-okulu", pupil_group=True))
    ),
    "uyelik: an administrator without one has an account only": lambda: (
        states(role="yonetici", institution="meb-okulu", pupil_group=False)
        == ["passed", "failed", "failed"]
    ),
    "uyelik: staff of adult education may not": lambda: (
        states(role="ogretmen", institution="yetiskin-egitimi") == NO3
    ),
    "uyelik: no longer working: no new account, the old one is not said": lambda: (
        states(role="ogretmen", institution="meb-okulu", working=False)
        == ["failed", "undocumented", "undocumented"]
    ),
    "uyelik: a pupil has no account; the teacher invites into TwinSpace": lambda: (
        states(role="ogrenci") == NO3 and "TwinSpace'e davet" in text(member(role="ogrenci"))
    ),
    "uyelik: a librarian: the introduction says, the FAQ does not": lambda: (
        states(role="okul-calisani") == UNSAID3
        and "Tanıtım yazısı" in member(role="okul-calisani").conclusion
    ),
    "uyelik: BİLSEM, courses, substitutes, parents are not named": lambda: (
        states(role="ogretmen", institution="baska") == UNSAID3 and states(role="baska") == UNSAID3
    ),
    "uyelik: taking part needs no project": lambda: any(
        s.place == "Faaliyet 2" for s in member(role="ogretmen", institution="meb-okulu").sources
    ),
    "uyelik: a yes ends with ESEP, then the coordinator": lambda: (
        "koordinatörünün onayı" in member(role="ogretmen", institution="meb-okulu").changes[-1]
    ),
    # akis-kalite
    "kalite 1: 10 members from Türkiye pass": lambda: label(members=10).outcome == "yes",
    "kalite 1: 11 do not; how many to remove is said": lambda: (
        label(members=11).outcome == "no" and "en az 1 üyeyi" in text(label(members=11))
    ),
    "kalite 1: a member removed only in TwinSpace still counts": lambda: (
        label(members=9, removed_only_in_twinspace=2).outcome == "no"
    ),
    "kalite 1: ask first, a founder stays, two partners remain": lambda: all(
        words in text(label(members=12))
        for words in ("üyelere sorun", "Kurucu çıkarılamaz", "en az 2 ortak")
    ),
    "kalite 1: the place of removing is documented for Live only": lambda: (
        "ESEP'teki yeri belgelerde yok" in text(label(members=12))
    ),
    "kalite 2: 4 applications pass": lambda: label(applications=4).outcome == "yes",
    "kalite 2: of 6 the first 4 count": lambda: (
        label(applications=6, order=4).outcome == "yes"
        and label(applications=6, order=5).outcome == "no"
    ),
    "kalite 2: nothing is documented before 2022": lambda: (
        label(evaluation_year=2021, project_year=2020).state_of("applications") == "undocumented"
    ),
    "kalite 3: by year, evaluation year minus two": lambda: (
        label(project_year=2024).outcome == "yes" and label(project_year=2023).outcome == "no"
    ),
    "kalite 3: 2020: projects of 2017 were out": lambda: (
        label(evaluation_year=2020, project_year=2017).state_of("project_year") == "failed"
    ),
    "kalite 3: the last evaluation year is said": lambda: (
        "son değerlendirme yılı 2027" in text(label(project_year=2025))
    ),
    "kalite 4: finished or nearly finished": lambda: (
        label(state="bitmek-uzere").outcome == "yes" and label(state="suruyor").outcome == "no"
    ),
    "kalite 4: the documents hold no last application date": lambda: (
        "son başvuru tarihi yok" in text(label())
    ),
    "kalite 5: 17 of 25 in 2020 passes, 16 fails": lambda: (
        label(evaluation_year=2020, project_year=2019, points=17).state_of("threshold") == "passed"
        and label(evaluation_year=2020, project_year=2019, points=16).state_of("threshold")
        == "failed"
    ),
    "kalite 5: under 2 for collaboration was refused in 2020": lambda: (
        label(evaluation_year=2020, project_year=2019, collaboration=1).state_of("collaboration")
        == "failed"
    ),
    "kalite 5: a figure of 2020 judges no other year": lambda: (
        label(points=3).state_of("threshold") == "undocumented"
    ),
    "kalite: a fact not known stays open and the verdict says so": lambda: (
        label(members=None).outcome == "depends"
        and "Türkiye'den üye sayısı" in label(members=None).conclusion
    ),
    # akis-okul-etiketi
    "okul 1: from the day after the second anniversary": lambda: (
        school(registered=DAY(2024, 11, 19)).outcome == "yes"
        and school(registered=DAY(2024, 11, 20)).outcome == "no"
    ),
    "okul 1: the letter's one day earlier is named when it matters": lambda: (
        "Mersin'in 2020 yazısı" in text(school(registered=DAY(2024, 11, 20)))
    ),
    "okul 2: at least two teachers who took part": lambda: (
        school(teachers=1).outcome == "no" and school(teachers=2).outcome == "yes"
    ),
    "okul 3: participation within two years, inclusive": lambda: (
        school(last_european=DAY(2024, 11, 20)).outcome == "yes"
        and school(last_european=DAY(2024, 11, 19)).outcome == "no"
    ),
    "okul 3: a national project does not count": lambda: (
        school(last_european=None, only_national=True).outcome == "no"
    ),
    "okul: no common day needs another labelled European project": lambda: (
        "birlikte sağlandığı bir gün yok"
        in text(school(registered=DAY(2025, 6, 1), last_european=DAY(2025, 1, 1)))
    ),
    "okul: there is no free application": lambda: "Serbest başvuru yok" in text(school()),
    # akis-avrupa
    "avrupa 1: a founder from another country: European": lambda: (
        europe(founder_countries=(TR, "İtalya"), label_countries=(TR, "İtalya")).outcome == "yes"
    ),
    "avrupa 2: both from one country on ESEP: national for good": lambda: (
        europe(founder_countries=(TR, TR), member_countries=("İtalya",), founded="sonra").outcome
        == "no"
    ),
    "avrupa 2: the foreign member joined after the move: the same": lambda: (
        europe(
            founder_countries=(TR, TR), member_countries=("İtalya",), founded="once", joined="sonra"
        ).outcome
        == "no"
    ),
    "avrupa 3: joined before the move: European by the rule of then": lambda: (
        "O günkü kuralla"
        in europe(
            founder_countries=(TR, TR), member_countries=("İtalya",), founded="once", joined="once"
        ).conclusion
    ),
    "avrupa: June 2022 itself cannot be decided": lambda: (
        "Haziran 2022"
        in europe(
            founder_countries=(TR, TR), member_countries=("İtalya",), joined="haziran-2022"
        ).conclusion
    ),
    "avrupa 4: two countries must hold the label": lambda: (
        europe(founder_countries=(TR, "İtalya"), label_countries=(TR,)).outcome == "no"
    ),
    "avrupa 4: a nomination is not an award; all holders get it": lambda: all(
        words in text(europe(founder_countries=(TR, "İtalya"), label_countries=(TR, "İtalya")))
        for words in ("öğretmen başvurmaz", "ödül demek değildir", "her üye bu etiketi de alır")
    ),
    # akis-proje-siniri
    "proje: as a member there is no limit": lambda: active(500, "uye").outcome == "yes",
    "proje: with 20 a founder's project is approved": lambda: active(20).outcome == "yes",
    "proje: with more than 20 it is not; how many must end": lambda: (
        active(23).outcome == "no" and "en az 3" in text(active(23))
    ),
    # akis-itiraz
    "itiraz: 2020 until 21 September, inclusive": lambda: (
        appeal(evaluation_year=2020, reason="puan", sent=DAY(2020, 9, 21)).outcome == "yes"
        and appeal(evaluation_year=2020, reason="puan", sent=DAY(2020, 9, 22)).outcome == "no"
    ),
    "itiraz: answered by 9 October, replies may take long": lambda: all(
        words in text(appeal(evaluation_year=2020, reason="puan", sent=DAY(2020, 9, 1)))
        for words in ("9 Ekim 2020", "gecikebilir")
    ),
    "itiraz: never sent: the time is over, with the days": lambda: (
        "2251 gün geçti" in text(appeal(evaluation_year=2020, reason="puan", not_sent=True))
    ),
    "itiraz: other years have no dates": lambda: (
        appeal(evaluation_year=2025, reason="puan", not_sent=True).outcome == "undocumented"
    ),
    "itiraz: an old project cannot be re-evaluated, in no later year": lambda: (
        "sonraki yıllarda da alınmaz" in text(appeal(evaluation_year=2020, reason="eski-proje"))
    ),
    "itiraz: too many members: perhaps a later year": lambda: (
        "sonraki bir yıl"
        in text(appeal(evaluation_year=2026, reason="uye-sayisi", project_year=2025))
    ),
    "itiraz: the fifth application is not evaluated": lambda: (
        appeal(evaluation_year=2023, reason="basvuru-sayisi").outcome == "no"
    ),
    "itiraz: points, same words, visitor account, abroad: everybody may ask": lambda: (
        {
            appeal(evaluation_year=2020, reason=reason, sent=DAY(2020, 9, 1)).see
            for reason in ("puan", "ayni-gerekce", "ziyaretci-hesabi", "yurt-disi")
        }
        == {"itiraz-07", "itiraz-05", "itiraz-08"}
    ),
    # akis-hizmet-puani
    "hizmet: both Quality Label certificates count": lambda: (
        document("ulusal-kalite-etiketi").outcome
        == document("avrupa-kalite-etiketi").outcome
        == "yes"
    ),
    "hizmet: registration and training certificates do not": lambda: (
        document("proje-kayit-belgesi").outcome == document("egitim-sertifikasi").outcome == "no"
    ),
    "hizmet: anything else is not among those named": lambda: (
        document("baska").outcome == "undocumented"
    ),
    "hizmet: how many points is not in the documents": lambda: (
        "Kaç puan getirdiği belgelerde yok" in text(document("ulusal-kalite-etiketi"))
    ),
    # akis-yas
    "yas: 6, 7-11, 12-15, 16-19 are the groups": lambda: all(
        "aynı" in ages(*pair).conclusion for pair in ((4, 6), (7, 11), (12, 15), (16, 19))
    ),
    "yas: over 19 is outside them": lambda: "dışında" in ages(20).conclusion,
    "yas: near groups are advised": lambda: "yakın" in ages(11, 12).conclusion,
    "yas: a wide range is allowed and a risk": lambda: (
        ages(5, 17).outcome == "yes" and "ret nedeni değildir" in text(ages(5, 17))
    ),
    "yas: the youngest and special needs are not expected in TwinSpace": lambda: (
        "beklenmez" in text(ages(5)) and "beklenmez" in text(ages(13, special_needs=True))
    ),
    # akis-esep
    "esep: an old account: the same e-mail, the same browser, Log in": lambda: all(
        words in guided("akis-esep", "esepe geçemiyorum", "evet", "tamam", "tamam")
        for words in ("kayıtlı olan e-posta", "Aynı tarayıcıda", "Log in")
    ),
    "esep: a newcomer: Create account, EU login, join eTwinning": lambda: all(
        words in guided("akis-esep", "esepe geçemiyorum", "hayır", *["tamam"] * 3)
        for words in ("Create account", "Register on this platform with EU login", "Katıl")
    ),
    "esep: approval by the coordinator": lambda: (
        PAGE in guided("akis-esep", "esepte üyeliğim onay bekliyor")
    ),
    "esep: old data: another e-mail was used": lambda: (
        "eski portalda kayıtlı olan adresle"
        in guided("akis-esep", "eski hesabımla girdim ama eski projelerim görünmüyor")
    ),
    "esep: TwinSpace, documents, pending applications: at that time": lambda: all(
        "o tarihte" in guided("akis-esep", message)
        for message in (
            "esepte eski projemin twinspace'i açılmıyor",
            "esepte kalite etiketi belgem yok",
            "esepte bekleyen başvurum görünmüyor",
        )
    ),
    "esep: contacts and invitations": lambda: (
        "onaylanmış" in guided("akis-esep", "esepte irtibat ekleyemiyorum")
        and "Available for eTwinning project"
        in guided("akis-esep", "esepte davet listesinde arkadaşım çıkmıyor")
    ),
    "esep: anything else: the support address": lambda: (
        SUPPORT in guided("akis-esep", "esepte fotoğraf yüklenmiyor hata veriyor")
    ),
    "esep: stuck and back": lambda: (
        "Adım 1/4"
        in guided("akis-esep", "esepe geçemiyorum", "evet", "tamam", "takıldım", "geri").split(
            "Adım 2/4"
        )[1]
    ),
    # akis-davet
    "davet: cannot be added: not approved yet": lambda: (
        "onaylanmış" in guided("akis-davet", "arkadaşımı irtibat olarak ekleyemiyorum")
    ),
    "davet: not in the list: availability, then an active school": lambda: all(
        words in guided("akis-davet", "irtibatımda var ama davet listesinde yok", "tamam")
        for words in ("Available for eTwinning project", "etkin bir okul")
    ),
    # akis-koordinator
    "koordinator: every answer leads with the official page": lambda: all(
        PAGE in directory(*names).conclusion for names in ((), ("Mersin",), ("Van",))
    ),
    "koordinator: an old record: name and date, no phone": lambda: (
        "Bircan KELEŞ" in text(directory("Mersin"))
        and "9 Kasım 2020" in text(directory("Mersin"))
        and "0505" not in text(directory("Mersin"))
    ),
    "koordinator: the phone when asked for in words, with a warning": lambda: (
        "0505 356 72 77" in text(directory("Mersin", phone=True))
        and "değişmiş olabilir" in text(directory("Mersin", phone=True))
    ),
    "koordinator: no record: said so": lambda: directory("Van").outcome == "undocumented",
    "koordinator: several provinces: not decided": lambda: (
        directory("Karabük", "Karaman").outcome == "depends"
    ),
    # Supersession
    "supersession: proje-02 is replaced by esep-02": lambda: (
        BASE.entries["proje-02"].superseded_by == "esep-02"
    ),
    "supersession: portal-03 is completed by esep-08": lambda: (
        BASE.entries["portal-03"].completed_by == "esep-08"
    ),
    "supersession: portal-07 is completed by esep-01": lambda: (
        BASE.entries["portal-07"].completed_by == "esep-01"
    ),
    "supersession: the rule in force comes first": lambda: answer_text(
        BASE, BASE.entries["proje-02"]
    ).startswith(BASE.entries["esep-02"].answer[:40]),
    # Figures and dates
    "figures: a later year uses the last one, marked": lambda: (
        "2023 duyurusuna göre" in text(label()) and "kayıtlı bir duyuru yok" in text(label())
    ),
    "figures: a year before the first is undocumented": lambda: (
        label(evaluation_year=2019, project_year=2018).outcome == "undocumented"
    ),
    "dates are shown as 21 Eylül 2020": lambda: (
        "21 Eylül 2020" in text(appeal(evaluation_year=2020, reason="puan", not_sent=True))
    ),
}


@pytest.mark.parametrize("row", ROWS)
def test_row(row: str) -> None:
    assert ROWS[row]()
