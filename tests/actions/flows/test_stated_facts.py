"""What one message states to a flow: told in a story, in an answer, after a verdict."""

import pytest

from actions.flows import texts
from actions.flows.asking import start
from actions.flows.base import Facts
from actions.flows.catalogue import CALCULATED
from actions.flows.judged import go_on
from actions.flows.state import State
from actions.flows.turn import Meaning, Turn
from tests.actions.flows.play import TODAY, read, world

WORLD = world()
SCHOOL: Facts = {"registered": "2024-06-14", "teachers": 3, "last_european": "2026-05-15"}
JUDGED: Facts = {"members": 7, "project_year": 2024, "applications": 1, "state": "bitti"}


def stated(flow: str, text: str, known: Facts | None = None, asked: str | None = None) -> Facts:
    """Return the facts that a message states."""
    return CALCULATED[flow].understand(read(text, TODAY, asked), known or {})


def after(flow: str, text: str, known: Facts, asked: str | None = None) -> Turn:
    """Return the turn of a message: an answer to what is asked, else one after the verdict."""
    calculated = CALCULATED[flow]
    verdict = {"conclusion": calculated.judge(known, TODAY, WORLD.figures).conclusion}
    state = State(flow, dict(known), asked=asked, done=asked is None, verdict=verdict)
    return go_on(calculated, state, read(text, TODAY, asked), Meaning(), WORLD)


def facts_after(flow: str, text: str, known: Facts, asked: str | None = None) -> Facts:
    """Return what is known after a message."""
    state = after(flow, text, known, asked).state
    assert state is not None
    return state.facts


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("toplam 14 öğretmeniz, 5'i yurt dışından", 9),
        ("toplamda 14 öğretmeniz ama bunların 5'i yurtdışından. Projemizi mayısta bitirdik.", 9),
        ("projede 12 öğretmeniz 3'ü yurtdışında çalışıyor", 9),
        ("12 üyemiz var, 3 tanesi yurt dışında", 9),
        ("12 öğretmeniz, üçü başka ülkeden", 9),
        ("13 kişiyiz 4ü yurt dışından", 9),
        ("14 öğretmeniz ama bunların 5'i Romanya'dan", 9),
        ("12 kişiyiz, 4ü Polonyadan 3ü Romanyadan", 5),
    ],
)
def test_members_abroad_are_taken_from_a_total(text: str, members: int) -> None:
    assert stated("akis-kalite", text)["members"] == members


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            (
                "15 yıldır Sivas'ta bir köy okulunda sınıf öğretmenliği yapıyorum, geçen yıl bir "
                "arkadaşımın tavsiyesiyle eTwinning projesine başladık, projemizi 2024 yılının "
                "kasım ayında kaydettik, toplamda 14 öğretmeniz ama bunların 5'i yurtdışından. "
                "Projemizi mayıs ayında bitirdik. Benim başka projem yok, kabul edilir mi?"
            ),
            {"members": 9, "project_year": 2024, "applications": 1, "state": "bitti"},
        ),
        (
            "geçen yıl projeye başladık, 2024 kasımda kaydettik, mayısta bitirdik",
            {"project_year": 2024, "state": "bitti"},
        ),
        (
            "2023'te başladık, geçen yıl kaydettik, hala devam ediyor",
            {"project_year": 2025, "state": "suruyor"},
        ),
        ("geçen yıl projeye başladık", {"project_year": 2025, "state": "suruyor"}),
    ],
)
def test_of_several_years_and_states_the_surer_counts(text: str, facts: Facts) -> None:
    assert stated("akis-kalite", text) == facts


@pytest.mark.parametrize(
    ("text", "known", "missed"),
    [
        ("projemiz 2023te kuruldu 2025te başvuracaktık ama son tarihi kaçırdık, bitti", {}, 2025),
        ("kalite etiketi başvurusu son gün kaçırdım 2024te kaydettiğim proje bitti", {}, 2026),
        ("2024'te kaydettik, başvuruya yetişemedik", {}, 2026),
        ("2024'te kaydettik, son tarihi kaçırmadık", {}, None),
        ("geçen seneki son tarihe yetişmedi", JUDGED, 2025),
        ("son başvuru gününü kaçırırsam", {**JUDGED, "evaluation_year": 2025}, 2025),
        ("ya 2026'da başvursam", {**JUDGED, "missed_year": 2025}, None),
    ],
)
def test_the_year_whose_last_day_was_missed(text: str, known: Facts, missed: int | None) -> None:
    assert stated("akis-kalite", text, known).get("missed_year") == missed


@pytest.mark.parametrize(
    ("text", "conclusion"),
    [
        ("geçen seneki son tarihe yetişmedi", "2026 değerlendirmesine alınır"),
        ("bu yılın son tarihini kaçırırsam", "2027 değerlendirmesine alınmaz: proje eski"),
    ],
)
def test_a_late_application_is_one_of_the_next_year(text: str, conclusion: str) -> None:
    assert conclusion in after("akis-kalite", text, JUDGED).replies[0].text


@pytest.mark.parametrize(
    ("text", "role", "institution"),
    [
        ("ortaokulda öğretmenim akşamları halk eğitimde kurs veriyorum", "ogretmen", "meb-okulu"),
        ("hem okulda hem halk eğitimde çalışıyorum", None, "meb-okulu"),
        (
            "halk eğitimde usta öğreticiyim ama ortaokulda da derse giriyorum",
            "ogretmen",
            "meb-okulu",
        ),
        ("kadrom ilkokulda ama halk eğitimde de ders veriyorum", "ogretmen", "meb-okulu"),
        ("halk eğitimde usta öğreticiyim", "baska", "yetiskin-egitimi"),
        ("halk eğitimde öğretmenim, kursu bir ilkokulda veriyorum", "ogretmen", "yetiskin-egitimi"),
        ("eskiden ortaokulda çalışıyordum şimdi halk eğitimdeyim", None, "yetiskin-egitimi"),
        ("akşam lisesinde öğretmenim", "ogretmen", "yetiskin-egitimi"),
    ],
)
def test_a_school_beside_an_adult_institution(
    text: str, role: str | None, institution: str
) -> None:
    facts = stated("akis-uyelik", f"{text}, üye olabilir miyim")
    assert (facts.get("role"), facts["institution"]) == (role, institution)


@pytest.mark.parametrize(
    "text",
    [
        "öğrenci sayımız 25",
        "öğrencilerimiz 25",
        "öğrencilerimiz 25 kişi",
        "sınıf mevcudumuz 25",
        "sınıfım 25 kişi",
    ],
)
def test_pupils_are_no_members(text: str) -> None:
    assert facts_after("akis-kalite", text, JUDGED) == JUDGED


def test_members_beside_pupils() -> None:
    text = "öğrenci sayısı 25 öğretmen sayısı 8"
    assert stated("akis-kalite", text, asked="members") == {"members": 8}


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("4 okuldan 3er öğretmen", 12),
        ("üç okuldan 3'er öğretmeniz", 9),
        ("3 okuldan ikişer öğretmen var", 6),
        ("4 okul var, her birinden 2 öğretmen", 8),
        ("4 okuldan 12 öğretmeniz", 12),
        ("12 öğretmeniz, her birimiz 3 okuldan", 12),
        ("12 öğretmeniz, 3 okul, her okuldan birkaç kişi", 12),
    ],
)
def test_members_told_by_school(text: str, members: int) -> None:
    assert stated("akis-kalite", text) == {"members": members}


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        ("project_year", "devam", {}),
        ("members", "tamam devam edelim", {}),
        ("project_year", "proje devam ediyor", {"state": "suruyor"}),
        ("state", "devam ediyor", {"state": "suruyor"}),
        ("project_year", "10u geçmiyor", {}),
        ("project_year", "24te", {"project_year": 2024}),
        ("project_year", "bu yıl tek başvuru", {"evaluation_year": 2026, "applications": 1}),
        ("project_year", "bu yıl", {"project_year": 2026}),
        ("project_year", "2024 ya da 2025, baktım 2025", {"project_year": 2025}),
    ],
)
def test_an_answer_states_what_it_says_and_no_more(asked: str, text: str, facts: Facts) -> None:
    assert stated("akis-kalite", text, asked=asked) == facts


@pytest.mark.parametrize(
    "text",
    ["sanırım 2024 ya da 2025", "2024 sonu ya da 2025 başı", "2024 mü 2025 mi tam bilmiyorum"],
)
def test_of_two_years_one_is_asked_for(text: str) -> None:
    turn = after("akis-kalite", text, {"members": 7}, "project_year")
    assert turn.replies[0].text.startswith("2024 mi, 2025 mi?")
    assert turn.replies[0].choices[:2] == ("2024", "2025")


def test_a_bare_one_after_a_verdict_is_no_member() -> None:
    known = {"members": 11, "project_year": 2024}
    assert facts_after("akis-kalite", "1", known) == known
    assert facts_after("akis-kalite", "9", known) == {**known, "members": 9}


@pytest.mark.parametrize(
    ("flow", "text", "known", "facts"),
    [
        ("akis-kalite", "2024 projesi değil 2025 projesi", {}, {"project_year": 2025}),
        ("akis-kalite", "2024 projesi değil 2025 projesi", JUDGED, {"project_year": 2025}),
        ("akis-kalite", "2024te değil bu sene", JUDGED, {"project_year": 2026}),
        ("akis-okul-etiketi", "2024 değil 2025", {}, {"registered": "2025"}),
        ("akis-okul-etiketi", "2024 değil 2025", SCHOOL, {"registered": "2025-06-14"}),
        ("akis-okul-etiketi", "2026 değil 2025", SCHOOL, {"last_european": "2025-05-15"}),
        (
            "akis-okul-etiketi",
            "haziran 2024 değil temmuz 2024",
            SCHOOL,
            {"registered": "2024-07-14"},
        ),
        ("akis-okul-etiketi", "14 haziran değil 20 temmuz", SCHOOL, {"registered": "2024-07-20"}),
        ("akis-itiraz", "2019 değil 2020 değerlendirmesinde", {}, {"evaluation_year": 2020}),
    ],
)
def test_a_date_put_in_the_place_of_another(
    flow: str, text: str, known: Facts, facts: Facts
) -> None:
    assert stated(flow, text, known) == facts


@pytest.mark.parametrize(
    ("text", "reason", "project_year", "evaluation_year"),
    [
        ("2018 projesi 2019 değerlendirmesinde puanım düşük diye reddedildi", "puan", 2018, 2019),
        ("proje 2017den diye reddettiler 2020de", "eski-proje", 2017, 2020),
        ("2020'de reddettiler, proje 2017'de açıldığı için", "eski-proje", 2017, 2020),
        ("2020de 2017 kayıtlı diye almadılar", "eski-proje", 2017, 2020),
        ("2017 projesi diye reddettiler", "eski-proje", 2017, None),
        ("projem 2020 yılında puan yetmediği için reddedildi", "puan", None, 2020),
    ],
)
def test_years_and_reason_of_a_refusal(
    text: str, reason: str, project_year: int | None, evaluation_year: int | None
) -> None:
    facts = {"project_year": project_year, "evaluation_year": evaluation_year, "reason": reason}
    said = {name: value for name, value in facts.items() if value is not None}
    assert stated("akis-itiraz", text) == said


@pytest.mark.parametrize(
    ("text", "active", "opening"),
    [
        ("etkin projem 18, kurucu olarak 3 proje daha açsam onaylanır mı", 18, 3),
        ("18 etkin projem var 3 yeni proje kuracağım", 18, 3),
        ("iki yeni proje kurmak istiyorum 19 aktif projem var", 19, 2),
        ("19 projem var aktif, iki tane daha kursam ikisi de onaylanır mı", 19, 2),
        ("aktif 18 projem var, 5 tane daha açmak istiyorum", 18, 5),
        ("aktif 18 projem var, 3 tane daha açtım, yenisini kuracağım", 21, None),
        ("22 aktif projem var yeni proje kuracağım", 22, None),
        ("19 aktif projem var, bir tane daha açacağım", 19, None),
    ],
)
def test_projects_to_be_opened_are_not_active_yet(
    text: str, active: int, opening: int | None
) -> None:
    facts = stated("akis-proje-siniri", text)
    assert (facts["active"], facts.get("opening")) == (active, opening)


def test_a_number_of_new_projects_after_the_verdict() -> None:
    known: Facts = {"active": 18, "joining": "kurucu"}
    assert facts_after("akis-proje-siniri", "peki 4 proje daha açsam", known)["opening"] == 4
    assert facts_after("akis-proje-siniri", "3 proje daha olsa", known)["active"] == 21


@pytest.mark.parametrize("asked", [None, "label", "founder", "member"])
@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("kurucular türkiye ve azerbaycan", {"founder_countries": ["Türkiye", "Azerbaycan"]}),
        ("kurucular türkiye'den", {"founder_countries": ["Türkiye", "Türkiye"]}),
        ("üyeler ukrayna türkiye", {"member_countries": ["Ukrayna", "Türkiye"]}),
    ],
)
def test_countries_of_those_named(text: str, facts: Facts, asked: str | None) -> None:
    assert stated("akis-avrupa", text, asked=asked and f"{asked}_countries") == facts


@pytest.mark.parametrize(
    "text", ["yalnız biz aldık", "etiketi sadece biz aldık", "bir tek bize verildi"]
)
@pytest.mark.parametrize("labels", [{}, {"label_countries": ["Türkiye", "Yunanistan"]}])
def test_the_label_is_ours_alone(text: str, labels: Facts) -> None:
    known = {"founder_countries": ["Türkiye", "Yunanistan"], **labels}
    assert facts_after("akis-avrupa", text, known)["label_countries"] == ["Türkiye"]


def test_the_condition_of_the_label_is_told_where_the_kind_is_not_documented() -> None:
    known: Facts = {
        "founder_countries": ["Türkiye", "Türkiye"],
        "member_countries": ["Yunanistan"],
        "joined": "once",
        "label_countries": ["Türkiye"],
    }
    text = after("akis-avrupa", "yunan ortak da aldı", known).replies[0].text
    assert "etiket koşulu sağlanıyor.**" in text
    assert "Önceki sonuç şuydu" in text
    assert "Sonuç değişmedi" not in text


@pytest.mark.parametrize(
    ("text", "points", "collaboration"),
    [
        ("17 puan aldım 1.5 iş birliği puanı", 17, 1.5),
        ("17 puan 1,5 işbirliği", 17, 1.5),
        ("17 puan 2 işbirliği", 17, 2),
        ("2 işbirliği 17 puan", 17, 2),
        ("puanım 17 işbirliği 2", 17, 2),
        ("17 puan aldım iş birliği puanım 1", 17, 1),
        ("17 puan aldım 3 puan işbirliğinden geldi", 17, 3),
        ("işbirliği 3/5, toplam 17/25", 17, 3),
        ("iş birliği puanım 2", None, 2),
        ("25 üzerinden 16.5 puan aldım", 16.5, None),
    ],
)
def test_points_and_those_for_collaboration(
    text: str, points: float | None, collaboration: float | None
) -> None:
    facts = stated("akis-kalite", text)
    assert (facts.get("points"), facts.get("collaboration")) == (points, collaboration)
    assert "members" not in facts


def test_half_a_point_is_written_with_its_comma() -> None:
    known: Facts = {**JUDGED, "project_year": 2018, "evaluation_year": 2020}
    text = after("akis-kalite", "17 puan 1,5 işbirliği", known).replies[0].text
    assert text.count("iş birliği puanı: 1,5") == 2  # what changed, and all that is known


@pytest.mark.parametrize(
    ("text", "institution"),
    [
        ("anaokulu öğretmeniyim özel kreşte çalışıyorum aile bakanlığına bağlı", "baska"),
        ("özel anaokulunda öğretmenim, Aile ve Sosyal Hizmetler Bakanlığına bağlıyız", "baska"),
        ("kreşte öğretmenim", "baska"),
        ("özel anaokulunda öğretmenim", "ozel-okul"),
        ("anaokulu öğretmeniyim", "meb-okulu"),
    ],
)
def test_a_nursery_of_another_ministry_is_no_school(text: str, institution: str) -> None:
    assert stated("akis-uyelik", f"{text}, üye olabilir miyim")["institution"] == institution


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("veliyim oğlumun projesini görmek istiyorum", "Velinin kayıt olup olamayacağı belgelerde"),
        ("çocuğum 10 yaşında portala üye olabilir mi", "Öğrenci portalda hesap açamaz"),
        ("9 yaşındaki öğrencim hesap açabilir mi", "Öğrenci portalda hesap açamaz"),
    ],
)
def test_a_parent_and_a_pupil_hear_who_invites_the_pupil(text: str, words: str) -> None:
    turn = start(CALCULATED["akis-uyelik"], read(text), WORLD)
    assert words in turn.replies[0].text
    assert "öğretmeni onu TwinSpace'e davet eder" in turn.replies[0].text


@pytest.mark.parametrize(
    ("asked", "text", "facts"),
    [
        (None, "avrupa projemiz var ama kalite etiketi yok", {"unlabelled": True}),
        ("last_european", "avrupa projemiz var ama etiket almadı", {"unlabelled": True}),
        ("last_european", "etiketi yok", {"unlabelled": True}),
        ("last_european", "avrupa projemiz yok", {"only_national": True}),
        ("last_european", "yok", {"only_national": True}),
        ("last_european", "15 mayıs 2026", {"last_european": "2026-05-15"}),
        ("teachers", "2 öğretmen ama biri ayrıldı", {"teachers": 1}),
        ("teachers", "5 öğretmendik ikisi tayin oldu", {"teachers": 3}),
        ("teachers", "5 öğretmen vardı ikisi ayrıldı 3 kişi kaldık", {"teachers": 3}),
    ],
)
def test_what_a_school_says(asked: str | None, text: str, facts: Facts) -> None:
    assert stated("akis-okul-etiketi", text, asked=asked) == facts


def test_a_european_project_without_the_label_is_told_as_such() -> None:
    known: Facts = {"registered": "2024-06-14", "teachers": 3}
    turn = after("akis-okul-etiketi", "avrupa projemiz var ama etiketi yok", known, "last_european")
    assert "Avrupa projenizin Ulusal Kalite Etiketi yok" in turn.replies[0].text
    assert "yalnızca ulusal" not in turn.replies[0].text


def test_ages_of_pupils_are_no_count_of_them() -> None:
    text = "öğrencilerim 9 ve 12 yaşında aynı projeye girebilir mi"
    assert stated("akis-yas", text) == {"ages": [9, 12]}


@pytest.mark.parametrize(
    ("flow", "text", "facts"),
    [
        ("akis-kalite", "seneye girebilir miyiz", {"evaluation_year": 2027}),
        ("akis-kalite", "öbür sene olsa", {"evaluation_year": 2028}),
        ("akis-kalite", "peki 2027'de girer miyiz", {"evaluation_year": 2027}),
        ("akis-kalite", "2027 projesi", {"project_year": 2027}),
        ("akis-itiraz", "seneye girebilir miyiz", {}),
        (
            "akis-itiraz",
            "bu sene 13 kişiyiz diye elediler, seneye mi deneyelim",
            {"evaluation_year": 2026, "reason": "uye-sayisi"},
        ),
        ("akis-okul-etiketi", "seneye olur mu", {}),
        ("akis-okul-etiketi", "okul 2027'de kaydoldu", {"registered": "2027"}),
    ],
)
def test_a_year_to_come_is_asked_about(flow: str, text: str, facts: Facts) -> None:
    assert stated(flow, text) == facts


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("2 sene önce kayıt ettik", True),
        ("2024'te kayıt olduk biz", True),
        ("2023 mart ayında kaydolduk", True),
        ("okulu 2 sene önce kayıt ettik", False),
        ("2024'te kayıt olduk mu", False),
        ("projemiz 2024'te başladı", False),
        ("kayıt olduk", False),
    ],
)
def test_a_fact_that_says_nothing_of_what_it_is_about(text: str, bare: bool) -> None:
    assert read(text, TODAY).bare is bare


def test_a_later_year_is_answered_with_the_days_of_the_verdict() -> None:
    known = {**SCHOOL, "registered": "2025-03-01"}
    text = after("akis-okul-etiketi", "seneye olur mu", known).replies[0].text
    assert "2 Mart 2027 gününden başlayarak" in text


def test_a_later_year_asked_in_the_middle_waits_for_the_facts() -> None:
    turn = after("akis-okul-etiketi", "seneye olabilir miyiz", {}, "registered")
    assert texts.NEEDED in turn.replies[0].text
    assert not turn.aside


@pytest.mark.parametrize(
    ("flow", "text", "known", "asked", "facts"),
    [
        (
            "akis-kalite",
            "kalite etiketi uygunlugu: uye sayisi 11 turk ama 3u aktif degil, 2025, bitti",
            {},
            None,
            {"members": 11},
        ),
        ("akis-kalite", "13 türk var 3ü aktif değil", {}, None, {"members": 13}),
        ("akis-kalite", "12 türk öğretmenden 2si pasif", {}, None, {"members": 12}),
        ("akis-kalite", "12 Türk üyenin 4'ü hiç çalışmadı", {}, None, {"members": 12}),
        ("akis-kalite", "11 türkiyeden, bunların 2si müdür", {}, None, {"members": 11}),
        ("akis-kalite", "13 türk üyemiz var, 5i pasif", {}, None, {"members": 13}),
        ("akis-kalite", "14 öğretmenden 9'u Türk", {}, None, {"members": 9}),
        ("akis-kalite", "16 kişiyiz, 14'ü Türk", {}, None, {"members": 14}),
        (
            "akis-kalite",
            "12 türk üyeden 3ünü çıkardık portaldan, 2025 bitti 1 başvuru",
            {},
            None,
            {"members": 9, "applications": 1},
        ),
        ("akis-kalite", "13 üye vardı, 1 kişi ayrıldı", {}, None, {"members": 12}),
        ("akis-kalite", "15 üye vardı üçünü portaldan çıkardık", {}, None, {"members": 12}),
        (
            "akis-kalite",
            "12 türk var, 3ünü sadece twinspaceten çıkardık",
            {},
            None,
            {"members": 9, "removed_only_in_twinspace": 3},
        ),
        ("akis-kalite", "12 kişi var ikisi ayrıldı", {}, None, {"members": 10}),
        (
            "akis-kalite",
            "basvuru 1 uye 9 turk bitti",
            {},
            None,
            {"members": 9, "applications": 1, "state": "bitti"},
        ),
        ("akis-kalite", "puanım 20 olsa", JUDGED, None, {"points": 20}),
        ("akis-kalite", "türkiyeden 9 ya da 11 üye var", {}, None, {}),
        ("akis-kalite", "2023 mü 2024 mü kuruldu emin değilim", {}, None, {}),
        ("akis-kalite", "2023 ya da 2024te kuruldu", {}, None, {}),
        ("akis-kalite", "on ila on iki üye", {}, "members", {}),
        (
            "akis-kalite",
            "2020 kalite etiketi 2019 kayıtlı 9 türk 1 başvuru bitti 17 puan uygun mu",
            {},
            None,
            {"evaluation_year": 2020, "project_year": 2019, "members": 9},
        ),
        (
            "akis-kalite",
            "2025 kalite etiketi için 2024 kayıtlı 8 kişi",
            {},
            None,
            {"evaluation_year": 2025, "project_year": 2024},
        ),
        (
            "akis-kalite",
            "2026 kalite etiketi için 20 puan aldım",
            {},
            None,
            {"evaluation_year": 2026},
        ),
        (
            "akis-kalite",
            "son başvuru tarihi geçti diyelim 2024 projesi",
            {},
            None,
            {"missed_year": 2026, "project_year": 2024},
        ),
        (
            "akis-kalite",
            "son başvuru tarihi geçtiyse kalite etiketi başvurum ne olur, proje 2024 kayıtlı",
            {},
            None,
            {"missed_year": 2026, "project_year": 2024},
        ),
        ("akis-kalite", "1 başvuru 2025, 10 mu 11 mi kişi", {}, None, {"project_year": 2025}),
        ("akis-kalite", "2024te kuruldu üç yıl önceymiş pardon", {}, None, {"project_year": 2023}),
        ("akis-kalite", "bir yıl önce", JUDGED, None, {"project_year": 2025}),
        ("akis-kalite", "mayısta bitecek", {}, "state", {"state": "suruyor"}),
        ("akis-kalite", "seneye haziranda bitecek", {}, "state", {"state": "suruyor"}),
        ("akis-kalite", "gelecek ay bitecek", {}, "state", {"state": "bitmek-uzere"}),
        ("akis-kalite", "yarılandı", {}, "state", {"state": "suruyor"}),
        ("akis-kalite", "bitiremedik", {}, "state", {"state": "suruyor"}),
        ("akis-kalite", "henüz bitiremedik", {}, "state", {"state": "suruyor"}),
        (
            "akis-kalite",
            "Kayıt yılı: 2025. Üye: 10. Başvuru sayısı: 7. Sıra: 4.",
            {},
            None,
            {"project_year": 2025, "members": 10, "applications": 7, "order": 4},
        ),
        (
            "akis-kalite",
            "üye 8 başvuru 6 sıra 6",
            {},
            None,
            {"members": 8, "applications": 6, "order": 6},
        ),
        (
            "akis-kalite",
            "Türk üye sayısı 9. Başvuru 3.",
            {},
            None,
            {"members": 9, "applications": 3},
        ),
        (
            "akis-kalite",
            "üye: 9, kayıt: 2025, başvuru: 2",
            {},
            None,
            {"members": 9, "applications": 2, "project_year": 2025},
        ),
        ("akis-kalite", "sonuncusu", {"applications": 5, "members": 8}, "order", {"order": 5}),
        ("akis-kalite", "en son", {"applications": 5, "members": 8}, "order", {"order": 5}),
        ("akis-kalite", "en sondaki", {"applications": 5, "members": 8}, "order", {"order": 5}),
        ("akis-kalite", "ilki", {"applications": 5, "members": 8}, "order", {"order": 1}),
        ("akis-kalite", "bitmemiş olsaydı", JUDGED, None, {"state": "suruyor"}),
        ("akis-kalite", "henüz bitmeseydi", JUDGED, None, {"state": "suruyor"}),
        ("akis-kalite", "kapanmasaydı", JUDGED, None, {"state": "suruyor"}),
        (
            "akis-itiraz",
            "2020de proje eski diye reddedildi",
            {},
            None,
            {"evaluation_year": 2020, "reason": "eski-proje"},
        ),
        ("akis-itiraz", "herkese aynı metni göndermişler", {}, None, {"reason": "ayni-gerekce"}),
        (
            "akis-itiraz",
            "ortaklara verdiler bize vermediler",
            {},
            "reason",
            {"reason": "yurt-disi"},
        ),
        ("akis-itiraz", "fazla üye", {}, "reason", {"reason": "uye-sayisi"}),
        ("akis-itiraz", "yazı yok sadece reddedildi diyor", {}, "reason", {}),
        (
            "akis-itiraz",
            "9 ekime kadar cevap gelmedi",
            {"evaluation_year": 2020, "reason": "puan", "sent": "2020-09-15"},
            None,
            {},
        ),
        (
            "akis-itiraz",
            "2021de tekrar başvurabilir miyim",
            {"evaluation_year": 2020, "reason": "uye-sayisi", "sent": "2020-09-10"},
            None,
            {},
        ),
        (
            "akis-itiraz",
            "üye sayımız on bir ve projemiz 2019da kurulmuştu",
            {"evaluation_year": 2021, "reason": "uye-sayisi"},
            None,
            {"project_year": 2019},
        ),
        (
            "akis-uyelik",
            "emekli öğretmenim özel okulda çalışıyorum şimdi üye olabilir miyim",
            {},
            None,
            {"role": "ogretmen", "institution": "ozel-okul"},
        ),
        (
            "akis-uyelik",
            "emekli öğretmenim ama özel okulda ders veriyorum",
            {},
            None,
            {"role": "ogretmen", "institution": "ozel-okul"},
        ),
        ("akis-uyelik", "emekli öğretmenim", {}, None, {"role": "ogretmen", "working": False}),
        (
            "akis-uyelik",
            "özel okuldan emekli oldum",
            {},
            None,
            {"role": "ogretmen", "working": False, "institution": "ozel-okul"},
        ),
        (
            "akis-uyelik",
            "tti ne ki",
            {"role": "egitim-fakultesi-ogrencisi", "institution": "egitim-fakultesi"},
            "tti",
            {},
        ),
        (
            "akis-uyelik",
            "TTI ne demek açıklar mısınız",
            {"role": "egitim-fakultesi-ogrencisi", "institution": "egitim-fakultesi"},
            "tti",
            {},
        ),
        (
            "akis-uyelik",
            "üniversitede hocayım eğitim fakültesi tti de üye olabilir miyim",
            {},
            None,
            {"role": "akademisyen", "institution": "egitim-fakultesi", "tti": True},
        ),
        (
            "akis-uyelik",
            "eğitim fakültesinde hocayım üye olur muyum",
            {},
            None,
            {"role": "akademisyen", "institution": "egitim-fakultesi"},
        ),
        (
            "akis-uyelik",
            "mühendislik fakültesinde hocayım",
            {},
            None,
            {"role": "akademisyen", "institution": "baska-fakulte"},
        ),
        (
            "akis-uyelik",
            "aday öğretmenim ilkokulda çalışıyorum eTwinning hesabı açabilir miyim",
            {},
            None,
            {"role": "ogretmen", "institution": "meb-okulu"},
        ),
        (
            "akis-uyelik",
            "stajyer öğretmenim (aday) devlet ilkokulunda",
            {},
            None,
            {"role": "ogretmen", "institution": "meb-okulu"},
        ),
        (
            "akis-uyelik",
            "stajyer öğretmenim üniversitede okuyorum eğitim fakültesi",
            {},
            None,
            {"role": "egitim-fakultesi-ogrencisi", "institution": "egitim-fakultesi"},
        ),
        (
            "akis-uyelik",
            "peki koro kursam olur mu",
            {"role": "yonetici", "institution": "meb-okulu", "pupil_group": False},
            None,
            {"pupil_group": True},
        ),
        (
            "akis-uyelik",
            "bir kurs grubu kurarsam",
            {"role": "yonetici", "institution": "meb-okulu", "pupil_group": False},
            None,
            {"pupil_group": True},
        ),
        (
            "akis-uyelik",
            "hayır grubum yok",
            {"role": "yonetici", "institution": "meb-okulu"},
            "pupil_group",
            {"pupil_group": False},
        ),
        (
            "akis-uyelik",
            "peki müdür olursam",
            {"role": "ogretmen", "institution": "meb-okulu", "working": False},
            None,
            {"role": "yonetici", "working": None},
        ),
        (
            "akis-uyelik",
            "peki bilseme geçsem",
            {"role": "ogretmen", "institution": "meb-okulu", "working": False},
            None,
            {"institution": "baska", "working": None},
        ),
        (
            "akis-koordinator",
            "mersinin koordinatörü bircan keleş mi hala",
            {},
            None,
            {"province": "Mersin"},
        ),
        (
            "akis-koordinator",
            "MERSİN İL KOORDİNATÖRÜ BİRCAN KELEŞ HANIMIN NUMARASI NEDİR",
            {},
            None,
            {"province": "Mersin"},
        ),
        ("akis-koordinator", "keleş koordinatörü kim", {}, None, {"province": "Bursa"}),
    ],
)
def test_what_is_told_in_hurried_words(
    flow: str, text: str, known: Facts, asked: str | None, facts: Facts
) -> None:
    found = stated(flow, text, known, asked)
    assert {name: found.get(name) for name in facts} == facts
    if not facts:
        assert found == {}


def test_a_bare_number_changes_the_fact_told_last() -> None:
    known: Facts = {"members": 8, "project_year": 2019, "evaluation_year": 2020, "points": 17}
    known |= {"applications": 2, "state": "bitti"}
    state = after("akis-kalite", "puanım 20 olsa", known).state
    for text, facts in (("15 olsaydı", {"points": 15}), ("12 alsam", {"points": 12})):
        assert state is not None
        state = go_on(CALCULATED["akis-kalite"], state, read(text, TODAY), Meaning(), WORLD).state
        assert state is not None
        assert state.facts == {**known, **facts}


def test_points_under_the_threshold_are_said_beside_the_conclusion() -> None:
    known: Facts = {"members": 9, "project_year": 2019, "evaluation_year": 2020, "points": 15}
    turn = after("akis-kalite", "2 başvuru, bitti", known | {"state": "bitti"})
    assert "2020 yılının sınırının altında" in turn.replies[0].text.partition("\n")[0]


def test_a_fact_that_cannot_be_leaves_the_verdict_as_it_was() -> None:
    sent = {"applications": 4, "order": 4}
    text = after("akis-kalite", "beşincisi olsa", {**JUDGED, **sent}).replies[0].text
    assert "büyük olamaz" in text
    assert "Önceki sonuç geçerli: Bu başvuru 2026 değerlendirmesine alınır." in text


PROJECTS = "akis-proje-siniri"


@pytest.mark.parametrize(
    ("text", "asked", "facts"),
    [
        ("tam bilmiyorum ama 20yi geçiyor", "active", {"more_than": 20, "active": None}),
        ("yirmiden fazla", "active", {"more_than": 20, "active": None}),
        ("yirmi küsur", "active", {"more_than": 20, "active": None}),
        ("20 küsur aktif projem var", None, {"more_than": 20, "active": None}),
        ("20den fazla aktif projem var", None, {"more_than": 20, "active": None}),
        ("yirmiyi geçtim", None, {"more_than": 20, "active": None}),
        ("20'nin üzerinde projem var", None, {"more_than": 20, "active": None}),
        ("20+ projem var", None, {"more_than": 20, "active": None}),
        (
            "19 projem var, 20'den fazla olunca",
            None,
            {"active": 19, "more_than": None},
        ),
    ],
)
def test_more_than_so_many_projects(text: str, asked: str | None, facts: Facts) -> None:
    assert stated(PROJECTS, text, asked=asked) == facts


@pytest.mark.parametrize(
    ("more_than", "outcome", "missing"),
    [(20, "no", ()), (30, "no", ()), (10, "depends", ("active",))],
)
def test_more_than_the_limit_decides(
    more_than: int, outcome: str, missing: tuple[str, ...]
) -> None:
    verdict = CALCULATED[PROJECTS].judge(
        {"joining": "kurucu", "more_than": more_than}, TODAY, WORLD.figures
    )
    assert (verdict.outcome, verdict.missing) == (outcome, missing)
    assert outcome != "no" or f"{more_than}'d" in verdict.conclusion


@pytest.mark.parametrize(
    ("text", "active"),
    [
        ("hiç aktif projem yok, geçen sene 25 projem vardı hepsi bitti", 0),
        ("eskiden 30 projem vardı şimdi hiçbiri aktif değil", 0),
        ("24 projem var, hepsini kapatsam", 0),
        ("geçen yıl 25 projem vardı şu an 6 projem var", 6),
        ("30 projem vardı 12si kaldı", 12),
        ("22 aktif projem var 5ini bitirirsem", 17),
        ("24 projeden 4ünü kapattım", 20),
        ("23 aktif projem var 3 tanesini kapatırsam", 20),
        ("25 projem var kaç tanesini kapatmam lazım", 25),
        ("21 adet projem vardı yarısı kapandı", 11),
    ],
)
def test_ended_projects_are_not_active(text: str, active: int) -> None:
    assert stated(PROJECTS, text)["active"] == active


@pytest.mark.parametrize(
    ("text", "known", "facts"),
    [
        ("23 aktif projem var 3 tanesini kapatırsam", {"active": 25}, {"active": 20}),
        ("25 projem var kaç tanesini kapatmam lazım", {"active": 20}, {"active": 25}),
        ("3 tane açsam", {"active": 19, "opening": 2}, {"active": 19, "opening": 3}),
        ("6 tanesini daha kapattım", {"active": 15}, {"active": 9}),
    ],
)
def test_a_count_told_anew_is_no_number_of_ended_projects(
    text: str, known: Facts, facts: Facts
) -> None:
    found = facts_after(PROJECTS, text, {"joining": "kurucu", **known})
    assert {name: found.get(name) for name in facts} == facts


@pytest.mark.parametrize(
    ("text", "joining"),
    [
        ("30 projede üyeyim, kurucu değilim ama kurucu olarak proje açmak istiyorum", "kurucu"),
        ("50 projeye üyeyim hiç kurucu değilim kendi projemi açabilir miyim", "kurucu"),
        ("üye olduğum 15 proje var kurucu olarak yeni proje açmak istiyorum", "kurucu"),
        ("kurucuyum 22 projede, üye olarak başka projeye katılabilir miyim", "uye"),
        ("kurucu değil üye olarak", "uye"),
        ("23 aktif projem var yeni proje açabilir miyim üye olarak kaçına katılabilirim", "ikisi"),
        ("25 projem var, hem proje açabilir miyim hem de üye olarak katılabilir miyim", "ikisi"),
        ("22 projem var yeni proje kurabilir miyim, üye olarak katılabilir miyim", "ikisi"),
    ],
)
def test_the_part_in_the_new_project_is_not_the_old_one(text: str, joining: str) -> None:
    assert stated(PROJECTS, text)["joining"] == joining


def test_who_asks_about_both_parts_is_told_of_both() -> None:
    facts = {"joining": "ikisi", "active": 23}
    verdict = CALCULATED[PROJECTS].judge(facts, TODAY, WORLD.figures)
    assert "onaylanmaz: 23" in verdict.conclusion
    assert "Üye olarak" in verdict.conclusion
    assert "en az 3" in verdict.changes[0]


def test_how_many_more_projects_can_be_opened() -> None:
    text = after(PROJECTS, "o zaman kaç tane daha açabilirim", {"joining": "kurucu", "active": 19})
    assert "en fazla 2 yeni proje" in text.replies[0].text


@pytest.mark.parametrize(
    ("text", "founders", "members"),
    [
        ("kurucularımız Türkiye-Romanya, üyeler Türkiye", ["Türkiye", "Romanya"], ["Türkiye"]),
        ("kurucular türkiye italya, üyeler romanya", ["Türkiye", "İtalya"], ["Romanya"]),
        (
            "kurucular: ben (türkiye) + ukraynalı. üyeler bulgar, rumen",
            ["Türkiye", "Ukrayna"],
            ["Bulgaristan", "Romanya"],
        ),
        ("proje kurucuları türkiye polonya", ["Türkiye", "Polonya"], None),
        ("kurucular türk ve yunan", ["Türkiye", "Yunanistan"], None),
        ("kurucular azeri ve türk", ["Türkiye", "Azerbaycan"], None),
        ("kurucular ikisi de türkiye, italyan üye var", ["Türkiye", "Türkiye"], ["İtalya"]),
    ],
)
def test_two_countries_side_by_side_are_the_founders(
    text: str, founders: list[str], members: list[str] | None
) -> None:
    facts = stated("akis-avrupa", text)
    assert (facts["founder_countries"], facts.get("member_countries")) == (founders, members)


@pytest.mark.parametrize(
    ("text", "held", "labels"),
    [
        ("portekiz de aldı", ["Türkiye"], ["Türkiye", "Portekiz"]),
        ("portekizde de etiket var", ["Fransa"], ["Fransa", "Portekiz"]),
        ("bizde de var artık", ["Portekiz"], ["Portekiz", "Türkiye"]),
    ],
)
def test_a_label_that_comes_to_others_too_is_added(
    text: str, held: list[str], labels: list[str]
) -> None:
    known = {"founder_countries": ["Türkiye", "Portekiz"], "label_countries": held}
    assert facts_after("akis-avrupa", text, known)["label_countries"] == labels


@pytest.mark.parametrize(
    ("text", "known", "facts"),
    [
        ("2022 haziran", {"founded": "once", "joined": "sonra"}, {"joined": "haziran-2022"}),
        ("2022 haziran", {"joined": "sonra", "founded": "once"}, {"founded": "haziran-2022"}),
        ("azerbaycandan üye katıldı 2022 mayısta", {}, {"joined": "once"}),
    ],
)
def test_a_bare_moment_is_of_what_was_talked_about_last(
    text: str, known: Facts, facts: Facts
) -> None:
    found = stated("akis-avrupa", text, known)
    moments = {name: found[name] for name in ("founded", "joined") if name in found}
    assert moments == facts


@pytest.mark.parametrize(
    ("flow", "facts", "rule"),
    [
        ("akis-okul-etiketi", {**SCHOOL, "registered": "2024-11"}, "registered"),
        ("akis-okul-etiketi", {**SCHOOL, "last_european": "2024-11"}, "last_european"),
        (
            "akis-itiraz",
            {"evaluation_year": 2020, "reason": "puan", "sent": "2020-09"},
            "until",
        ),
    ],
)
def test_a_rule_that_the_day_decides_stands_open_where_the_month_is_known(
    flow: str, facts: Facts, rule: str
) -> None:
    verdict = CALCULATED[flow].judge(facts, TODAY, WORLD.figures)
    assert verdict.outcome == "depends"
    assert verdict.state_of(rule) == "unknown"


@pytest.mark.parametrize(
    ("text", "documents"),
    [
        (
            "ulusal kalite etiketim ve eğitim sertifikam var hangileri hizmet puanına sayılır",
            ["ulusal-kalite-etiketi", "egitim-sertifikasi"],
        ),
        (
            "proje kayıt belgesi, eğitim sertifikası ve avrupa kalite etiketi sayılıyor mu",
            ["proje-kayit-belgesi", "egitim-sertifikasi", "avrupa-kalite-etiketi"],
        ),
        (
            "ulusal kalite etiketi mi sayılıyor yoksa eğitim sertifikası mı",
            ["ulusal-kalite-etiketi", "egitim-sertifikasi"],
        ),
    ],
)
def test_several_documents_are_judged_together(text: str, documents: list[str]) -> None:
    facts = stated("akis-hizmet-puani", text)
    assert [facts["document"], *facts["also"]] == documents


def test_one_document_after_several_is_judged_alone() -> None:
    several = {"document": "ulusal-kalite-etiketi", "also": ["egitim-sertifikasi"]}
    facts = facts_after("akis-hizmet-puani", "proje kayıt belgesi olsa", several)
    assert facts == {"document": "proje-kayit-belgesi"}


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("2 yıl 3 ay önce kaydolduk", "2024-08"),
        ("1 yıl 11 ay önce", "2024-12"),
        ("iki buçuk yıl önce", "2024-05"),
        ("2,5 yıl önce", "2024-05"),
        ("3 yıl oldu kaydolalı", "2023"),
        ("iki yıldır kayıtlıyız", "2024"),
        ("2024 aralık 10", "2024-12-10"),
    ],
)
def test_how_long_ago_a_school_was_registered(text: str, registered: str) -> None:
    facts = stated("akis-okul-etiketi", text, asked="registered")
    assert facts == {"registered": registered}


@pytest.mark.parametrize(
    ("flow", "text", "known", "asked", "facts"),
    [
        ("akis-yas", "6-A sınıfı ile lise 2 öğrencileri", {}, None, {"ages": [11, 15]}),
        ("akis-yas", "ilkokul 2 ile lise 3", {}, None, {"ages": [7, 16]}),
        ("akis-yas", "lise 1 ile ortaokul 2 yaş uygun mu", {}, None, {"ages": [14, 11]}),
        ("akis-yas", "7/A ile lise 3 öğrencileri", {}, None, {"ages": [12, 16]}),
        ("akis-yas", "okul öncesi ve 1. sınıf", {}, None, {"ages": [5, 6]}),
        ("akis-yas", "kreş ile ilkokul", {}, None, {"ages": [4, 6, 9]}),
        ("akis-yas", "7-11", {}, "ages", {"ages": [7, 11]}),
        ("akis-yas", "lise 10. sınıf ile 12 yaş", {}, None, {"ages": [15, 12]}),
        (
            "akis-okul-etiketi",
            "proje hala sürüyor kalite etiketi de aldı",
            {},
            "last_european",
            {"last_european": "2026-11-20"},
        ),
        (
            "akis-okul-etiketi",
            "15 aralık 2026",
            {},
            "last_european",
            {"last_european": "2026-11-20"},
        ),
        ("akis-okul-etiketi", "etiketi yok daha", {}, "last_european", {"unlabelled": True}),
        (
            "akis-proje-siniri",
            "tam bilmiyorum ama 20yi geçiyor",
            {"joining": "kurucu", "more_than": 20},
            None,
            {"more_than": 20, "active": None},
        ),
    ],
)
def test_classes_running_projects_and_more_than_so_many(
    flow: str, text: str, known: Facts, asked: str | None, facts: Facts
) -> None:
    assert stated(flow, text, known, asked) == facts
