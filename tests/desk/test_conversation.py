"""From events to facts, event by event."""

from typing import Any

import pytest

from bot.desk.reading.conversation import Asked, Fact, Judged, Raised, Visited, Wrote, step
from bot.desk.reading.conversation import Talk as State
from tests.desk.events import Talk


def read(events: list[dict[str, Any]], state: State | None = None) -> tuple[State, list[Fact]]:
    state, facts = state or State(), []
    for event in events:
        # What is remembered goes through JSON between two events, as it does for real.
        state, told = step(State.from_json(state.as_json()), event)
        facts += told
    return state, facts


def questions(events: list[dict[str, Any]]) -> dict[str, tuple[str, str, bool]]:
    """Return each question's last state: entry, outcome, whether by an offer."""
    _, facts = read(events)
    return {
        fact.message: (fact.entry, fact.outcome, fact.by_offer)
        for fact in facts
        if isinstance(fact, Asked)
    }


def raised(events: list[dict[str, Any]]) -> list[Raised]:
    return [fact for fact in read(events)[1] if isinstance(fact, Raised)]


def test_an_answer_makes_a_question_answered_at_once() -> None:
    talk = Talk().user("etikette eski okul", key="q1").answered("ke-03", "etikette eski okul")
    assert questions(talk.events) == {"q1": ("ke-03", "answered", False)}


def test_small_talk_is_no_question() -> None:
    assert questions(Talk().user("merhaba").bot("Merhaba!").events) == {}


def test_a_choice_answers_the_question_that_was_offered() -> None:
    talk = Talk().user("üye", key="q1").offered("üye", "esep-07", "genel-01")
    assert questions(talk.events) == {"q1": ("", "offered", False)}
    talk.user("2", key="pick").answered("genel-01")
    assert questions(talk.events) == {"q1": ("genel-01", "answered", True)}


def test_a_choice_after_small_talk_still_counts() -> None:
    talk = Talk().user("üye", key="q1").offered("üye", "esep-07")
    talk.user("merhaba").bot("Merhaba!").user("ilki").answered("esep-07")
    assert questions(talk.events) == {"q1": ("esep-07", "answered", True)}


def test_another_question_leaves_the_offer_unchosen() -> None:
    talk = Talk().user("üye", key="q1").offered("üye", "esep-07")
    talk.user("etiket ne zaman", key="q2").answered("ke-01", "etiket ne zaman")
    assert questions(talk.events) == {
        "q1": ("", "offered", False),
        "q2": ("ke-01", "answered", False),
    }


def test_an_offer_of_long_ago_is_not_chosen_from_any_more() -> None:
    talk = Talk().user("üye", key="q1").offered("üye", "esep-07")
    talk.user("başka", key="q2").answered("ke-01", "başka")
    talk.user("üye ekleme", key="q3").answered("esep-07", "üye ekleme")
    assert questions(talk.events)["q3"] == ("esep-07", "answered", False)
    assert questions(talk.events)["q1"] == ("", "offered", False)


def test_a_flow_is_answered_when_it_is_done() -> None:
    talk = Talk().user("14 kişiyiz", key="q1").flow("akis-kalite")
    assert questions(talk.events) == {"q1": ("akis-kalite", "started", False)}
    talk.user("2025").flow("akis-kalite", done=True)
    talk.user("peki 9 olsak").flow("akis-kalite").user("2024").flow("akis-kalite", done=True)
    assert questions(talk.events) == {"q1": ("akis-kalite", "answered", False)}


def test_a_question_in_the_middle_of_a_flow_is_its_own() -> None:
    talk = Talk().user("14 kişiyiz", key="q1").flow("akis-kalite")
    talk.user("etiket ne zaman", key="q2").answered("ke-01").flow("akis-kalite")
    talk.user("2025").flow("akis-kalite", done=True)
    assert questions(talk.events) == {
        "q1": ("akis-kalite", "answered", False),
        "q2": ("ke-01", "answered", False),
    }


def test_a_guide_answers_from_its_first_step_on() -> None:
    talk = Talk().user("adım adım", key="q1").flow("akis-esep").user("evet")
    talk.flow("akis-esep", track="eski")
    assert questions(talk.events) == {"q1": ("akis-esep", "answered", False)}


def test_a_flow_chosen_from_an_offer_answers_that_question() -> None:
    talk = Talk().user("kaç üye", key="q1").offered("kaç üye", "akis-kalite", "ke-01")
    talk.user("1").slot("flow", {"begin": "akis-kalite"}).slot("pending", None)
    talk.flow("akis-kalite", done=True)
    assert questions(talk.events) == {"q1": ("akis-kalite", "answered", True)}


def test_no_answer_raises_a_case_with_the_guesses() -> None:
    talk = Talk().user("hava nasıl", ("faq/genel-07", 0.2), key="q1")
    talk.slot("unanswered", None)
    talk.slot(
        "unanswered",
        {
            "text": "hava nasıl",
            "reason": "no_answer",
            "reference": "AAAA-BBBB",
            "ranking": [["faq/genel-07", 0.2]],
        },
    )
    (case,) = raised(talk.events)
    assert (case.reference, case.message, case.text) == ("AAAA-BBBB", "q1", "hava nasıl")
    assert (case.reason, case.ranking, case.channel) == (
        "no_answer",
        [("faq/genel-07", 0.2)],
        "web",
    )
    assert questions(talk.events) == {"q1": ("", "handed", False)}


@pytest.mark.parametrize(
    ("reason", "about"), [("none_fit", ""), ("not_helpful", "esep-07")], ids=str
)
def test_a_refusal_hands_over_the_question_before_it(reason: str, about: str) -> None:
    talk = Talk().user("üye ekleme", ("faq/esep-07", 0.6), key="q1")
    if reason == "none_fit":
        talk.offered("üye ekleme", "esep-07", "genel-01").user("hiçbiri", ("ret", 1.0))
    else:
        talk.answered("esep-07", "üye ekleme").user("hayır", ("ret", 1.0))
        talk.judged("esep-07", helpful=False)
    talk.handed("AAAA-BBBB", "üye ekleme", reason)
    (case,) = raised(talk.events)
    # The guesses are those on the question, not those on "hiçbiri".
    assert (case.message, case.ranking, case.about) == ("q1", [("faq/esep-07", 0.6)], about)
    assert questions(talk.events) == {"q1": (about, "handed", False)}


def test_a_wish_for_a_person_is_a_question_of_its_own() -> None:
    talk = Talk().user("etiket", key="q1").answered("ke-01", "etiket")
    talk.user("görevli istiyorum", key="q2")
    talk.handed("AAAA-BBBB", "görevli istiyorum", "person_wanted")
    assert questions(talk.events) == {
        "q1": ("ke-01", "answered", False),
        "q2": ("", "handed", False),
    }


def test_a_flow_that_failed_twice_stays_handed_over() -> None:
    talk = Talk().user("14 kişiyiz", key="q1").flow("akis-kalite")
    talk.user("asdf").flow("akis-kalite").user("zxcv").flow("akis-kalite")
    talk.handed("AAAA-BBBB", "zxcv", "flow_failed")
    (case,) = raised(talk.events)
    assert (case.message, case.about) == ("q1", "akis-kalite")
    talk.user("2025").flow("akis-kalite", done=True)
    assert questions(talk.events) == {"q1": ("akis-kalite", "handed", False)}


def test_a_verdict_judged_unhelpful_is_the_flows_question() -> None:
    talk = Talk().user("14 kişiyiz", key="q1").flow("akis-kalite", done=True)
    talk.user("etiket", key="q2").answered("ke-01", "etiket")
    talk.user("hayır").judged("akis-kalite", helpful=False)
    talk.handed("AAAA-BBBB", "14 kişiyiz", "not_helpful")
    assert questions(talk.events)["q1"] == ("akis-kalite", "handed", False)
    assert questions(talk.events)["q2"] == ("ke-01", "answered", False)


def test_thumbs_are_told() -> None:
    talk = Talk().user("etiket").answered("ke-01").user("evet").judged("ke-01", helpful=True)
    judged = [fact for fact in read(talk.events)[1] if isinstance(fact, Judged)]
    assert [(one.entry, one.helpful) for one in judged] == [("ke-01", True)]


def test_a_session_is_a_visit_from_its_first_message_on() -> None:
    talk = Talk().user("a").user("b").add("session_started").add("session_started").user("c")
    facts = read(talk.events)[1]
    written = [fact.at for fact in facts if isinstance(fact, Wrote)]
    visits = [fact.at for fact in facts if isinstance(fact, Visited)]
    assert visits == [written[0], written[2]]


def test_messages_to_a_silenced_assistant_are_for_the_staff() -> None:
    talk = Talk().user("a").add("pause").user("b")
    talk.add("session_started").add("pause").user("c").add("resume").user("d")
    wrote = [fact.unheard for fact in read(talk.events)[1] if isinstance(fact, Wrote)]
    assert wrote == [False, True, True, False]


def test_what_stands_in_the_middle_of_a_conversation_can_be_read() -> None:
    """A reader that begins late must not stumble over what it has not seen."""
    talk = Talk().user("üye").offered("üye", "esep-07").user("hiçbiri")
    talk.handed("AAAA-BBBB", "üye", "none_fit").judged("ke-01", helpful=False)
    for start in range(len(talk.events)):
        read(talk.events[start:])


@pytest.mark.parametrize(
    "event",
    [
        {"event": "user"},
        {"event": "user", "text": None, "parse_data": None},
        {"event": "slot", "name": "unanswered", "value": "metin"},
        {"event": "slot", "name": "unanswered", "value": {"text": "a"}},
        {"event": "slot", "name": "flow", "value": {}},
        {"event": "slot", "name": "pending", "value": []},
        {"event": "rewind"},
        {},
    ],
)
def test_an_event_that_says_nothing_changes_nothing(event: dict[str, Any]) -> None:
    _, facts = read([event])
    assert facts == []
