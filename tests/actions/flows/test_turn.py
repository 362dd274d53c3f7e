"""One turn of a flow: what is asked, taken, refused, corrected, recalculated."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.flows.asking import start
from actions.flows.base import Flow
from actions.flows.catalogue import CALCULATED
from actions.flows.judged import MAX_ASIDES, go_on
from actions.flows.state import State
from actions.flows.turn import Meaning, Turn
from tests.actions.flows.play import TODAY, play, read, world

WORLD = world()
KALITE, OKUL = CALCULATED["akis-kalite"], CALCULATED["akis-okul-etiketi"]


def begin(flow: str, text: str) -> Turn:
    return start(CALCULATED[flow], read(text), WORLD)


def answer(turn: Turn, text: str, meaning: Meaning | None = None) -> Turn:
    assert turn.state is not None
    reading = read(text, TODAY, turn.state.asked)
    return go_on(CALCULATED[turn.state.flow], turn.state, reading, meaning or Meaning(), WORLD)


def state_of(turn: Turn) -> State:
    assert turn.state is not None
    return turn.state


def said(turn: Turn) -> str:
    return "\n".join(reply.text for reply in turn.replies)


def test_facts_of_the_opening_are_used_and_never_asked() -> None:
    turn = begin("akis-kalite", "projemizde 8 türk öğretmen var, 2025'te kaydettik, bitti")
    assert state_of(turn).facts == {"members": 8, "project_year": 2025, "state": "bitti"}
    assert state_of(turn).asked == "applications"
    turn = answer(turn, "1")
    assert state_of(turn).done
    assert said(turn).startswith("**Bu başvuru 2026 değerlendirmesine alınır.**")


def test_a_sure_no_is_said_at_once() -> None:
    turn = begin("akis-kalite", "projemizde 14 türk öğretmen var, başvursam kabul olur mu")
    assert state_of(turn).done
    assert "alınmaz" in said(turn)
    assert "en az 4 üyeyi" in said(turn)


def test_one_short_question_at_a_time_with_quick_replies() -> None:
    for flow in CALCULATED.values():
        turn = start(flow, read(""), WORLD)
        assert len(turn.replies) == 1
        assert said(turn).count("?") == 1
        assert len(said(turn)) < 300


@pytest.mark.parametrize("flow", CALCULATED.values(), ids=lambda flow: flow.id)
def test_every_quick_reply_is_understood(flow: Flow) -> None:
    for fact in flow.facts:
        for choice in fact.choices:
            reading = read(choice, TODAY, fact.name)
            found = flow.understand(reading, {"role": "yonetici"})
            if choice == "bilmiyorum":
                assert reading.unknown
                assert found == {}
                continue
            assert found, f"{fact.name}: {choice}"


@pytest.mark.parametrize("text", ["bilmiyorum", "bilmiyom valla", "hatırlamıyorum", "emin değilim"])
def test_a_fact_not_known_is_left_open(text: str) -> None:
    turn = answer(begin("akis-proje-siniri", "yeni proje kuracağım"), text)
    assert state_of(turn).done
    assert state_of(turn).unknown == ["active"]
    assert "20 taneden fazla" in said(turn)


@pytest.mark.parametrize(
    ("opening", "text", "words"),
    [
        ("akis-okul-etiketi", "31.02.2025", "“31.02.2025” diye bir gün yok"),
        ("akis-okul-etiketi", "30 Şubat 2024", "“30 Şubat 2024” diye bir gün yok"),
        ("akis-okul-etiketi", "asdf", "Bunu anlayamadım"),
        ("akis-okul-etiketi", "1 ocak 2030", "henüz gelmedi"),
        ("akis-okul-etiketi", "12 mayıs 1990", "2005 yılında başladı"),
        ("akis-kalite", "-5", "Sıfırdan küçük"),
        ("akis-kalite", "1000000", "1 ile 1000 arasında"),
        ("akis-kalite", "2030", "1 ile 1000 arasında"),
        ("akis-kalite", "10 ya da 11", "10 mi, 11 mi"),
        ("akis-kalite", "10-11 kişi", "10 mi, 11 mi"),
        ("akis-kalite", "asdf", "Örneğin: 8."),
        ("akis-kalite", "", "Bunu anlayamadım"),
        ("akis-kalite", "👍", "Bunu anlayamadım"),
        ("akis-koordinator", "Narnia", "“Narnia” adlı bir il ya da ilçe bulamadım"),
        ("akis-koordinator", "Kara", "Birden çok il olabilir"),
        ("akis-yas", "500 yaşında", "Yaş 0 ile 120 arasında"),
    ],
)
def test_wrong_input_is_explained_and_the_flow_lives(opening: str, text: str, words: str) -> None:
    turn = answer(begin(opening, ""), text)
    assert words in said(turn)
    assert not state_of(turn).done
    asked = state_of(turn).asked
    assert asked is not None
    good = {"members": "8", "registered": "1 ocak 2020", "province": "Karabük", "ages": "7"}
    after = answer(turn, good[asked])
    assert asked in state_of(after).facts


def test_after_two_misses_a_person_is_offered() -> None:
    turn = answer(answer(begin("akis-kalite", ""), "asdf"), "qwer")
    assert "görevliye de ulaşabilirsiniz" in said(turn)
    assert "Görevliye ulaşmak istiyorum" in turn.replies[0].choices
    turn = answer(turn, "8")
    assert state_of(turn).misses == 0


def test_an_earlier_fact_is_corrected_while_another_is_asked() -> None:
    turn = begin("akis-kalite", "8 türk üyemiz var")
    assert state_of(turn).asked == "project_year"
    turn = answer(turn, "pardon 9 kişiyiz")
    assert state_of(turn).facts["members"] == 9
    assert state_of(turn).asked == "project_year"


def test_a_question_in_the_middle_is_an_aside_and_the_flow_goes_on() -> None:
    turn = begin("akis-kalite", "8 türk üyemiz var")
    turn = answer(turn, "kalite etiketine ne zaman başvurulur?", Meaning(entry="ke-01"))
    assert turn.aside
    assert "Kaldığımız yerden" in said(turn)
    assert state_of(turn).asked == "project_year"


def test_a_greeting_in_the_middle_is_returned() -> None:
    turn = answer(begin("akis-kalite", ""), "selam", Meaning(talk="selamlama"))
    assert turn.aside
    assert state_of(turn).asked == "members"


@pytest.mark.parametrize(
    ("opening", "what_if", "fact", "value", "outcome"),
    [
        ("14 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "peki 4 tanesi çıkarsa?",
         "members", 10, "yes"),
        ("14 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "9 olsa?", "members", 9,
         "yes"),
        ("9 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "3 kişi daha eklensek",
         "members", 12, "no"),
        ("9 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "pardon 12", "members", 12,
         "no"),
        ("9 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "2021'de olsaydı?",
         "project_year", 2021, "no"),
        ("9 türk öğretmen var, 2025'te kaydettik bitti tek başvurum", "proje 2022'de kaydedilseydi",
         "project_year", 2022, "no"),
    ],
)  # fmt: skip
def test_what_ifs_recalculate_and_say_what_changed(
    opening: str, what_if: str, fact: str, value: Any, outcome: str
) -> None:
    turn = answer(begin("akis-kalite", opening), what_if)
    after = state_of(turn)
    assert after.facts[fact] == value
    assert after.verdict is not None
    assert after.verdict["outcome"] == outcome
    assert "**Değişen:**" in said(turn)
    assert "→" in said(turn)
    assert said(turn).startswith("**Bu başvuru")


def test_the_same_outcome_is_said_to_be_the_same() -> None:
    turn = begin("akis-proje-siniri", "22 aktif projem var yeni proje kuracağım")
    turn = answer(turn, "peki 22 olsa")
    assert "zaten öyleydi" in said(turn)


def test_a_what_if_that_opens_a_new_gap_asks_for_it() -> None:
    turn = begin("akis-kalite", "projemizde 14 türk öğretmen var, başvursam kabul olur mu")
    turn = answer(turn, "peki 5 tanesi çıkarsa?")
    assert state_of(turn).facts["members"] == 9
    assert state_of(turn).asked == "project_year"


def test_a_second_case_of_the_same_flow_starts_clean() -> None:
    turn = begin("akis-proje-siniri", "22 aktif projem var yeni proje kuracağım")
    meaning = Meaning(flow="akis-proje-siniri")
    turn = answer(turn, "bir arkadaşım yeni proje kurmak istiyor nasıl olacak", meaning)
    assert "active" not in state_of(turn).facts


def test_after_the_verdict_ordinary_questions_are_answered_and_in_the_end_the_case_forgotten() -> (
    None
):
    turn = begin("akis-proje-siniri", "22 aktif projem var yeni proje kuracağım")
    question = "telif hakkı için neye dikkat etmeliyim"
    for _ in range(MAX_ASIDES):
        turn = answer(turn, question, Meaning(entry="proje-01"))
        assert turn.aside
        assert state_of(turn).facts["active"] == 22
    turn = answer(turn, question, Meaning(entry="proje-01"))
    assert turn.aside
    assert turn.state is None


def test_after_the_verdict_thanks_do_not_leave_it() -> None:
    turn = begin("akis-proje-siniri", "22 aktif projem var yeni proje kuracağım")
    turn = answer(turn, "teşekkürler", Meaning(talk="tesekkur"))
    assert turn.aside
    assert turn.state is not None


def test_a_month_is_enough_where_the_day_changes_nothing() -> None:
    turn = begin("akis-okul-etiketi", "okul ekim 2020'de kaydoldu, 3 öğretmen katıldı")
    turn = answer(turn, "mayıs 2026")
    assert state_of(turn).done
    assert "dönemin ilk günü sayıldı" in said(turn)


def test_where_the_day_decides_it_is_asked_for() -> None:
    turn = begin("akis-okul-etiketi", "okul kasım 2024'te kaydoldu, 3 öğretmen katıldı")
    turn = answer(turn, "mayıs 2026")
    assert state_of(turn).asked == "registered"
    turn = answer(turn, "bilmiyorum")
    assert state_of(turn).done
    assert state_of(turn).verdict == {**(state_of(turn).verdict or {}), "outcome": "depends"}


def test_dates_come_as_a_calendar_file_on_request() -> None:
    turn = begin(
        "akis-okul-etiketi", "okul 1 ocak 2020 kaydoldu, 3 öğretmen katıldı, 5 mayıs 2026 son proje"
    )
    turn = answer(turn, "tarihi takvimime ekle")
    file = turn.replies[0].file
    assert file is not None
    assert file["type"] == "text/calendar"
    assert "BEGIN:VEVENT" in file["content"]


def test_without_dates_no_file_is_made() -> None:
    turn = begin("akis-proje-siniri", "22 aktif projem var yeni proje kuracağım")
    turn = answer(turn, "takvime ekle")
    assert "tarih yok" in said(turn)
    assert turn.replies[0].file is None


def test_what_was_understood_is_said_back_in_the_verdict() -> None:
    played = play(
        {"flow": "akis-itiraz", "text": "2020de puan düşük diye reddedildim 25 eylülde mail attım"},
        WORLD,
    )
    assert "25 Eylül 2020" in played.text
    assert "puan düşük" in played.text
    assert "değerlendirme yılı: 2020" in played.text


@pytest.mark.parametrize(
    ("first", "second", "province"),
    [
        ("Ereğli'deyim koordinatör kim", "zonguldak", "Zonguldak"),
        ("Edremit'te çalışıyorum koordinatör kim", "Van", "Van"),
        ("Hatay'dan Kilis'e tayin oldum koordinatör kim", None, "Kilis"),
        ("Konya Ereğli koordinatörü", None, "Konya"),
    ],
)
def test_districts_of_several_provinces(first: str, second: str | None, province: str) -> None:
    turn = begin("akis-koordinator", first)
    if second:
        assert "province" not in state_of(turn).facts
        turn = answer(turn, second)
    assert state_of(turn).facts["province"] == province


def test_the_phone_is_shown_only_when_asked_for_in_words() -> None:
    turn = begin("akis-koordinator", "mersin il koordinatörü kim")
    assert "0505" not in said(turn)
    turn = answer(turn, "telefon numarası var mı")
    assert "0505 356 72 77" in said(turn)
    assert "değişmiş olabilir" in said(turn)


@settings(max_examples=40)
@given(st.text(max_size=120))
def test_no_message_breaks_a_flow(text: str) -> None:
    for flow in CALCULATED.values():
        turn = start(flow, read(text), WORLD)
        assert turn.replies
        again = answer(turn, text)
        assert again.replies or again.aside


def test_a_state_of_an_older_version_is_no_state() -> None:
    assert State.of({"flow": "akis-kalite", "gone": 1}) is None
    assert State.of("x") is None
    assert State.of(State("akis-yas").value()) == State("akis-yas")
