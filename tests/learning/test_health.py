"""What is due for a look, by rule; and what happens when somebody looks."""

import datetime
from typing import Any

import pytest

from bot.knowledge.current import current, figures, knowledge
from bot.learning import LearningError, store
from bot.learning.changes import Change
from bot.learning.edits import edits, make_edit
from bot.learning.health import Usage, change_wanted, due, marks_in, still_right
from bot.learning.links import LinkState
from bot.settings import settings
from tests.learning.conftest import Project

TODAY = datetime.date(2026, 11, 20)


def rules(day: datetime.date = TODAY, **more: Any) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in due(knowledge(), day, **more):
        found.setdefault(one.rule, []).append(one.key)
    return found


def test_entries_are_due_the_day_after_their_review(project: Project) -> None:
    assert "overdue" not in rules(datetime.date(2027, 6, 30))
    assert "ke-01" in rules(datetime.date(2027, 7, 1))["overdue"]


def test_figures_whose_source_is_of_an_earlier_year_are_outdated(project: Project) -> None:
    assert "akis-kalite/members_tr" in rules()["outdated"]
    assert "akis-kalite/members_tr" not in rules(datetime.date(2023, 5, 1))["outdated"]
    (one,) = [one for one in due(knowledge(), TODAY) if one.key == "akis-kalite/members_tr"]
    assert one.message == (
        "Kalite Etiketi başvurusunda projede Türkiye'den en çok üye (10): belgesi 2023 yılına "
        "ait; 2026 için taşınıyor"
    )


def test_events_without_a_day_this_year_are_named(project: Project) -> None:
    assert rules()["no_day"] == [
        "calendar/appeal_until",
        "calendar/appeal_answered_until",
        "calendar/application_until",
    ]
    assert rules(datetime.date(2020, 5, 1))["no_day"] == ["calendar/application_until"]


def test_a_dead_link_is_named_with_its_entry(project: Project) -> None:
    link = "http://etwinning.meb.gov.tr/wp-content/uploads/2020/01/KE_2020.pdf"
    dead = {link: LinkState("dead", "HTTP 404", "2026-11-20")}
    found = [one for one in due(knowledge(), TODAY, links=dead) if one.rule == "dead_link"]
    assert [one.key for one in found] == ["ke-02", "linkler-01"]
    assert {one.message for one in found} == {f"Bağlantı açılmıyor: {link} (HTTP 404)"}
    for state in ("ok", "unchecked"):
        assert "dead_link" not in rules(links={link: LinkState(state, "", "")})


@pytest.mark.parametrize(
    ("usage", "rule"),
    [
        (Usage(), "never_asked"),
        (Usage(5, datetime.date(2026, 5, 23)), "never_asked"),
        (Usage(5, datetime.date(2026, 5, 24)), None),
        (Usage(5, TODAY, helpful=3, unhelpful=2), "thumbs_down"),
        (Usage(5, TODAY, helpful=4, unhelpful=2), None),
        (Usage(5, TODAY, helpful=0, unhelpful=2), None),
        (Usage(5, TODAY, helpful=0, unhelpful=3), "thumbs_down"),
    ],
)
def test_usage_names_what_is_never_asked_or_does_not_help(
    project: Project, usage: Usage, rule: str | None
) -> None:
    asked = dict.fromkeys([*current().entries, *current().flows], Usage(1, TODAY))
    found = rules(usage={**asked, "ke-01": usage})
    names = {name for name, keys in found.items() if "ke-01" in keys}
    assert names == ({rule} if rule else set())


def test_without_usage_nothing_is_said_of_it(project: Project) -> None:
    assert not {"never_asked", "thumbs_down"} & rules().keys()
    assert len(rules(usage={})["never_asked"]) == len(current().entries) + len(current().flows)


def test_still_right_sets_the_review_a_year_on(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TODAY", "2027-07-10")
    settings.cache_clear()
    assert "ke-01" in rules(datetime.date(2027, 7, 10))["overdue"]
    edit = still_right("ayşe", "ke-01", "Duyuruya bakıldı")
    assert current().entries["ke-01"].review_by.iso() == "2028-07-09"
    assert "ke-01" not in rules(datetime.date(2027, 7, 10))["overdue"]
    assert (edit.kind, edit.note) == ("still_right", "Duyuruya bakıldı")


def test_a_figure_that_is_still_right_is_vouched_for(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TODAY", "2026-11-20")
    settings.cache_clear()
    still_right("ayşe", "akis-kalite/members_tr")
    assert figures().rules["akis-kalite"]["members_tr"].review_by.iso() == "2027-11-20"  # type: ignore[union-attr]
    assert "akis-kalite/members_tr" not in rules()["outdated"]
    assert "akis-kalite/members_tr" in rules(datetime.date(2027, 11, 21))["overdue"]


def test_a_change_wanted_is_marked_until_it_is_made(project: Project) -> None:
    change_wanted("ayşe", "ke-03", "Belge artık dijital")
    mark = due(knowledge(), TODAY, marks=marks_in(store.journal()))[0]
    assert (mark.key, mark.rule) == ("ke-03", "marked")
    assert "Belge artık dijital" in mark.message
    make_edit("veli", "x", [Change("faq/ke.yml", ("ke-03", "title"), "Dijital belge")])
    assert marks_in(store.journal()) == {}


def test_a_mark_goes_when_the_thing_is_found_right(project: Project) -> None:
    change_wanted("ayşe", "akis-kalite/members_tr", "12 olmuş olabilir")
    change_wanted("ayşe", "calendar/appeal_until", "2027 günü duyuruldu")
    still_right("veli", "akis-kalite/members_tr")
    assert list(marks_in(store.journal())) == ["calendar/appeal_until"]


@pytest.mark.parametrize("key", ["ke-99", "akis-kalite/yok", "calendar/yok", "yok", ""])
def test_what_is_not_there_cannot_be_reviewed(project: Project, key: str) -> None:
    with pytest.raises(LearningError, match="takvim olayı yok"):
        still_right("ayşe", key, "not")
    with pytest.raises(LearningError, match="takvim olayı yok"):
        change_wanted("ayşe", key, "not")
    assert edits() == []


def test_a_change_without_a_note_is_refused(project: Project) -> None:
    with pytest.raises(LearningError, match="Neyin değişmesi"):
        change_wanted("ayşe", "ke-03", " ")
