"""The form between Rasa and the flows: routes as the rules, session start, whole turns."""

import datetime
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from ruamel.yaml import YAML

from actions.flow_form import ROUTES, ValidateFlowForm
from actions.flows.catalogue import FLOW_IDS
from actions.session import ActionSessionStart
from bot import clock
from bot.knowledge import load
from bot.settings import ROOT, Settings, SettingsError
from tests.conftest import Talk


def test_the_routes_inside_a_flow_are_those_of_the_rules() -> None:
    rules = YAML(typ="safe").load((ROOT / "data/rules/rules.yml").read_text(encoding="utf-8"))
    steps = [rule["steps"] for rule in rules["rules"] if "intent" in rule["steps"][0]]
    outside = {step[0]["intent"]: step[1]["action"] for step in steps}
    assert outside.pop("akis") == "akis_form"
    inside = {
        intent: route if isinstance(route, str) else route().name()
        for intent, route in ROUTES.items()
    }
    assert inside == outside


def test_every_flow_has_a_title_and_nothing_else_has() -> None:
    assert set(load(ROOT / "knowledge").flows) == set(FLOW_IDS)


def tracker(slots: dict[str, Any], text: str = "") -> Tracker:
    message = {"text": text, "intent": {"name": "akis"}, "entities": []}
    return Tracker("x", slots, message, [], False, None, {"name": "akis_form"}, None)


def test_a_new_session_keeps_only_where_the_guides_stopped() -> None:
    kept = {"akis-esep": {"track": "yeni", "step": 1}}
    old = tracker({"guides": kept, "flow": {"flow": "akis-kalite"}, "pending": {}})
    events = ActionSessionStart().run(CollectingDispatcher(), old, {})
    slots = {event["name"]: event["value"] for event in events if event["event"] == "slot"}
    assert slots == {"guides": kept}
    assert events[0]["event"] == "session_started"
    assert events[-1] == {**events[-1], "event": "action", "name": "action_listen"}


def test_a_flow_that_is_gone_ends_the_form() -> None:
    said = CollectingDispatcher()
    events = ValidateFlowForm().run(said, tracker({"flow": {"begin": "akis-yok"}}), {})
    assert "artık bilgi bankasında yok" in said.messages[0]["text"]
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


def test_all_actions_have_names_of_the_domain() -> None:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    own = [cls for cls in Action.__subclasses__() if cls.__module__.startswith("actions.")]
    assert {cls().name() for cls in own} <= set(domain["actions"])


def test_the_clock_is_the_setting_or_today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: Settings(today=datetime.date(2021, 1, 2)))
    assert clock.today() == datetime.date(2021, 1, 2)
    monkeypatch.setattr(clock, "settings", Settings)
    assert abs((clock.today() - datetime.datetime.now(clock.TURKIYE).date()).days) <= 1


@pytest.mark.parametrize("value", ["dün", "31.02.2026", "2026-02-31", "2026"])
def test_a_clock_that_is_no_day_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="bir gün değil"):
        Settings.read({"BOT_TODAY": value})


@pytest.mark.model
def test_the_day_changes_the_answer(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "okulumuz 12 Mart 2024'te kayıt oldu, 3 öğretmen katıldı, son proje 1 Ocak 2026"

    def verdict(day: datetime.date) -> Any:
        monkeypatch.setattr(clock, "settings", lambda: Settings(today=day))
        talk.start()
        talk.say(text + " ne zaman okul etiketine aday oluruz")
        return talk.slots()["flow"]["verdict"]["outcome"]

    assert verdict(datetime.date(2026, 3, 12)) == "no"
    assert verdict(datetime.date(2026, 3, 13)) == "yes"


@pytest.mark.model
def test_the_state_of_a_flow_is_plain_data(talk: Talk) -> None:
    talk.say("projemizde 14 türk öğretmen var, başvursam kabul olur mu")
    state = talk.slots()["flow"]
    assert state["flow"] == "akis-kalite"
    assert state["facts"] == {"members": 14}
    assert state["verdict"]["outcome"] == "no"


@pytest.mark.model
def test_nothing_is_left_after_iptal(talk: Talk) -> None:
    talk.say("22 aktif projem var yeni proje kurabilir miyim")
    talk.say("iptal")
    assert talk.slots()["flow"] is None
    assert "Merhaba" in talk.say("selam")[0]["text"]


@pytest.mark.model
def test_a_flow_can_be_chosen_from_an_offer_by_its_number(talk: Talk) -> None:
    replies = talk.say("öğrencilerin yaş aralığı nasıl seçilir")
    titles = [b["title"] for reply in replies for b in reply.get("buttons", [])]
    index = next(i for i, title in enumerate(titles, 1) if "yaşları uygun mu" in title)
    replies = talk.say(str(index))
    assert "kaç yaşında" in replies[0]["text"]
    assert talk.slots()["flow"]["flow"] == "akis-yas"
