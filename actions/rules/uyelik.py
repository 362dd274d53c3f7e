"""akis-uyelik: may this person register, run projects, apply for the label.

A table of roles and institutions; what the documents do not name is never a “no”.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from actions.rules.verdict import Check, Outcome, State, Verdict, source
from bot.knowledge.entries import Source

FLOW = "akis-uyelik"
WHO = source("sss-2020", "Faaliyet 1")
NO_PROJECT_NEEDED = source("sss-2020", "Faaliyet 2")
ADMINISTRATORS = source("sss-2020", "Faaliyet 6")
ADULTS = source("sss-2020", "Faaliyet 8")
PUPILS = source("sss-2020", "Faaliyet 10")
YOUNG = source("sss-2020", "Projeler 12")
APPROVAL = source("sss-2020", "Portal 7")
STAFF = source("tanitim-2020", "1")

Role = Literal[
    "ogretmen",
    "yonetici",
    "egitim-fakultesi-ogrencisi",
    "akademisyen",
    "ogrenci",
    "okul-calisani",
    "baska",
]
Institution = Literal[
    "meb-okulu",
    "ozel-okul",
    "egitim-fakultesi",
    "baska-fakulte",
    "yetiskin-egitimi",
    "baska",
]
Wish = Literal["hesap", "proje", "etiket"]
NEXT = "Sıradaki adım: ESEP'te hesap açmak, sonra il koordinatörünün onayı."
ASK = "Koordinatörünüze ya da destek adresine sorun."
SCHOOLS = {"meb-okulu", "ozel-okul"}


@dataclass(frozen=True)
class Facts:
    """What the person said; None is not known.

    `working`: still at a school; `tti`: the faculty takes part in TTI; `pupil_group`: an
    administrator takes part with a class or group of pupils; `parent`: of a pupil;
    `wants`: what the outcome is to be about, the account if nothing else is named.
    """

    role: Role | None = None
    institution: Institution | None = None
    working: bool = True
    tti: bool | None = None
    pupil_group: bool | None = None
    wants: Wish | None = None
    parent: bool = False


class _Row(NamedTuple):
    """States of account, project and label, the conclusion, sources, what to do."""

    states: tuple[State, State, State]
    conclusion: str
    sources: tuple[Source, ...]
    changes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


_NOT_NAMED = _Row(
    ("undocumented",) * 3,
    "Durumunuz belgelerde yazmıyor; kayıt olup olamayacağınızı söyleyemem.",
    (WHO,),
    (ASK,),
)
_PARENT = _Row(
    ("undocumented",) * 3,
    "Velinin kayıt olup olamayacağı belgelerde yazmıyor. Öğrenci de portalda hesap açamaz; "
    "yaşı uygunsa öğretmeni onu TwinSpace'e davet eder.",
    (WHO, PUPILS),
    (ASK,),
)
_PUPIL = _Row(
    ("failed", "failed", "failed"),
    "Öğrenci portalda hesap açamaz; yaşı uygunsa öğretmeni onu TwinSpace'e davet eder.",
    (PUPILS, YOUNG),
    ("Okul öncesi ve özel eğitim öğrencilerinin TwinSpace'e kaydı beklenmez.",),
)
_STAFF = _Row(
    ("undocumented",) * 3,
    "Tanıtım yazısı okul çalışanlarını sayar, ulusal SSS saymaz; kesin bir şey söyleyemem.",
    (STAFF, WHO),
    (ASK,),
)
_LEFT = _Row(
    ("failed", "undocumented", "undocumented"),
    "Yeni hesap yalnızca bir okulda çalışan öğretmenler için onaylanır; "
    "eski hesabınız ya da etiketiniz için belgelerde bilgi yok.",
    (APPROVAL, WHO),
    (ASK,),
)
_ADULTS = _Row(
    ("failed", "failed", "failed"),
    "Kayıt olamazsınız: yetişkin eğitimi kurumları için hesap açılmaz, projeleri kabul edilmez.",
    (ADULTS,),
)
_TEACHER = _Row(
    ("passed", "passed", "passed"),
    "Hesap açabilir, proje yürütebilir ve Kalite Etiketi'ne başvurabilirsiniz.",
    (WHO, NO_PROJECT_NEEDED),
    (NEXT,),
)
_FACULTY = _Row(
    ("passed", "passed", "undocumented"),
    "Hesap açabilir ve proje yürütebilirsiniz; Kalite Etiketi için belgelerde bilgi yok.",
    (WHO,),
    (NEXT,),
)
_FACULTY_WITHOUT_TTI = _Row(
    ("undocumented",) * 3,
    "Fakülteler yalnızca TTI ile birlikte anılıyor; TTI'de olmayan fakülte kayıt olabilecekler "
    "arasında yazmıyor.",
    (WHO,),
    (ASK,),
)
_FACULTY_UNKNOWN = _Row(
    ("unknown", "unknown", "undocumented"),
    "Fakültenizin eTwinning TTI sürecinde olup olmadığına bağlı.",
    (WHO,),
    missing=("tti",),
)
_INSTITUTION_UNKNOWN = _Row(
    ("unknown",) * 3,
    "Hangi kurumda çalıştığınıza bağlı.",
    (WHO,),
    missing=("institution",),
)
_ROLE_UNKNOWN = _Row(("unknown",) * 3, "Görevinize bağlı.", (WHO,), missing=("role",))
_ADMINISTRATOR = {
    True: _Row(
        ("passed", "passed", "passed"),
        "Hesap açabilir, proje yürütebilir ve Kalite Etiketi'ne başvurabilirsiniz.",
        (ADMINISTRATORS,),
        ("Öğrencilerle etkin olmanız ve bireysel katkı vermeniz gerekir.", NEXT),
    ),
    False: _Row(
        ("passed", "failed", "failed"),
        "Hesap açabilirsiniz; proje ve etiket için bir öğrenci grubuyla katılmanız gerekir.",
        (ADMINISTRATORS,),
        ("Okulunuzdaki bir sınıf ya da öğrenci grubuyla katılın.", NEXT),
    ),
    None: _Row(
        ("passed", "unknown", "unknown"),
        "Hesap açabilirsiniz; proje ve etiket, bir sınıf ya da öğrenci grubuyla katılmanıza bağlı.",
        (ADMINISTRATORS,),
        (NEXT,),
        ("pupil_group",),
    ),
}


def judge(facts: Facts) -> Verdict:
    """Return what this person may do: account, project, Quality Label.

    The conclusion tells all three; the outcome is that of what is wanted.
    """
    row = _row(facts)
    lines = ("Portalda hesap", "Proje yürütmek", "Kalite Etiketi başvurusu")
    checks = tuple(
        Check(rule, state, line, None, row.sources)
        for rule, state, line in zip(
            ("account", "project", "label"), row.states, lines, strict=True
        )
    )
    outcomes: dict[State, Outcome] = {
        "passed": "yes",
        "failed": "no",
        "unknown": "depends",
        "undocumented": "undocumented",
    }
    about = row.states[{None: 0, "hesap": 0, "proje": 1, "etiket": 2}[facts.wants]]
    outcome = outcomes[about if about != "undocumented" else row.states[0]]
    # Who asks for the account alone is not asked what only project and label depend on.
    settled = facts.wants == "hesap" and about == "passed"
    missing = () if settled else row.missing
    outcome = "depends" if missing else outcome
    return Verdict(FLOW, outcome, row.conclusion, checks, row.changes, missing=missing)


def _row(facts: Facts) -> _Row:
    if facts.role is None:
        return _ADULTS if facts.institution == "yetiskin-egitimi" else _ROLE_UNKNOWN
    if facts.role == "ogrenci":
        return _PUPIL
    if facts.role == "baska" and facts.parent:
        return _PARENT
    if not facts.working and facts.role in {"ogretmen", "yonetici"}:
        return _LEFT
    if facts.role in {"egitim-fakultesi-ogrencisi", "akademisyen"}:
        return _faculty(facts)
    if facts.institution == "yetiskin-egitimi":
        return _ADULTS
    if facts.role == "okul-calisani":
        return _STAFF
    if facts.role == "baska" or facts.institution not in {*SCHOOLS, None}:
        return _NOT_NAMED
    if facts.institution is None:
        return _INSTITUTION_UNKNOWN
    return _ADMINISTRATOR[facts.pupil_group] if facts.role == "yonetici" else _TEACHER


def _faculty(facts: Facts) -> _Row:
    if facts.institution == "baska-fakulte" or facts.tti is False:
        return _FACULTY_WITHOUT_TTI
    return _FACULTY if facts.tti else _FACULTY_UNKNOWN
