"""Messages that move about in a calculation and answer nothing."""

import pytest

from actions.flows import moves, texts
from actions.flows.asking import start
from actions.flows.catalogue import CALCULATED
from actions.flows.judged import go_on
from actions.flows.state import State
from actions.flows.turn import Meaning
from tests.actions.flows.play import TODAY, read, world

KALITE = CALCULATED["akis-kalite"]
WORLD = world()


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("geri", True),
        ("geri dön", True),
        ("bir önceki soru", True),
        ("önceki soruya dönelim", True),
        ("geri alır mısınız onu portaldan", False),
        ("2 tanesini geri çektim", False),
        ("önceki proje", False),
        ("soru", False),
    ],
)
def test_back(text: str, back: bool) -> None:
    assert moves.goes_back(read(text)) is back


@pytest.mark.parametrize(
    ("text", "pauses"),
    [
        ("dur bi dk", True),
        ("bekle", True),
        ("bir dakika lütfen", True),
        ("bekler misiniz hocam", True),
        ("biraz bekleyin hemen geliyorum", True),
        ("dur", False),
        ("bekleyen başvurum var", False),
        ("bir dakikada hallettim", False),
        ("1 kişi bekliyor", False),
    ],
)
def test_a_pause(text: str, pauses: bool) -> None:
    assert moves.pauses(read(text)) is pauses


@pytest.mark.parametrize(
    ("text", "done", "returns"),
    [
        ("önceki hesaba dönelim", False, True),
        ("devam edelim", True, True),
        ("kaldığımız yerden devam", True, True),
        ("devam edelim", False, False),
        ("ilk başvurum", False, False),
        ("önceki projem 2020 kayıtlı", True, False),
        ("proje devam ediyor", True, False),
        ("devam ediyor", True, False),
    ],
)
def test_the_calculation_before(text: str, done: bool, returns: bool) -> None:
    assert moves.returns(read(text), done) is returns


def test_back_forgets_what_the_answer_brought() -> None:
    turn = start(KALITE, read("projemizde 8 türk öğretmen var"), WORLD)
    for text in ("2025", "2", "1."):
        assert turn.state is not None
        turn = go_on(KALITE, turn.state, read(text, TODAY, turn.state.asked), Meaning(), WORLD)
    state = turn.state
    assert state is not None
    asked = []
    while state.trail:
        moves.back(KALITE, state, WORLD)
        asked.append(state.asked)
    assert asked[-1] == "project_year"
    assert state.facts == {"members": 8}
    assert texts.FIRST_QUESTION in moves.back(KALITE, state, WORLD).replies[0].text


def test_only_one_calculation_before_is_kept() -> None:
    first, second, third = State("akis-yas"), State("akis-kalite"), State("akis-itiraz")
    second.after(first)
    third.after(second)
    assert third.before == {**second.value(), "before": None}
    assert State.of(third.value()) == third
