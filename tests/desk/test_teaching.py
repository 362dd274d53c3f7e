"""Teaching on the pages: proposed, approved or rejected, started, and what the pages say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from bot.desk.codes import Action, ProposalState, Role
from bot.desk.lessons import log_ends
from bot.desk.models import LogEntry, Proposal
from bot.learning import store, worker
from bot.learning.proposals import LEAST_FOR_ENTRY
from bot.learning.teaching import Teaching, read, report_path, teachings
from tests.desk.conftest import a_case, a_group
from tests.desk.lessons import REPORT
from tests.learning.conftest import DRAFT, NEW

pytestmark = pytest.mark.django_db

PHRASE = "etiket almak icin hangi ay basvuru yapiliyor acaba hocam"
ENTRY = {
    "chapter": DRAFT.chapter,
    "title": DRAFT.title,
    "answer": DRAFT.answer,
    "document": "yeni",
    "document_title": NEW.title,
    "document_short": NEW.short,
    "document_date": NEW.date,
    "place": NEW.place,
    "review_by": DRAFT.review_by,
    "phrases": "\n".join(DRAFT.phrases),
}


@pytest.fixture(autouse=True)
def begun(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing is trained here: what would begin is counted."""
    found: list[str] = []
    monkeypatch.setattr(worker, "start", lambda: found.append("begun"))
    return found


def body(answer: Any) -> str:
    return str(answer.content.decode())


def lines() -> list[tuple[str, str]]:
    known = LogEntry.objects.exclude(action=Action.CAME_IN).order_by("id")
    return list(known.values_list("action", "subject"))


def test_a_phrase_goes_from_a_case_to_a_teaching(
    as_role: Callable[..., Client], begun: list[str]
) -> None:
    case = a_case(PHRASE, ranking=[["faq/ke-01", 0.4], ["faq/ke-02", 0.2]])
    staff, editor = as_role(Role.STAFF), as_role(Role.EDITOR)
    address = f"{reverse('teach-phrase')}?vaka={case.reference}"
    page = body(staff.get(address))
    assert PHRASE in page  # the case's question, and the likeliest entry chosen
    assert '<option value="ke-01" selected>' in page
    staff.post(address, {"phrases": PHRASE, "target": "ke-01"})
    proposal = Proposal.objects.get()
    assert (proposal.text, proposal.target, proposal.case) == (PHRASE, "ke-01", case)
    page = body(staff.get(reverse("case", args=[case.reference])))
    assert "Onay bekliyor" in page

    assert "Onayla: " not in body(staff.get(reverse("teaching")))
    assert f"Onayla: {PHRASE}" in body(editor.get(reverse("teaching")))
    editor.post(reverse("proposal-approve", args=[proposal.pk]))
    answer = editor.post(reverse("teaching-start"))
    (made,) = teachings()
    assert answer.headers["Location"] == reverse("teaching-one", args=[made.id])
    assert [(one.label, one.text) for one in made.phrases] == [("faq/ke-01", PHRASE)]
    assert (made.state, begun) == ("queued", ["begun"])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.teaching) == (ProposalState.TAUGHT, made.id)

    made.enter("live")
    log_ends()
    log_ends()
    assert lines() == [
        (Action.PROPOSED, "1 öneri"),
        (Action.APPROVED, f"öneri {proposal.pk}: ke-01"),
        (Action.TEACHING_STARTED, made.id),
        (Action.TEACHING_ENDED, f"{made.id} yayında"),
    ]
    assert PHRASE not in str(lines())  # the log keeps no words of a teacher


def test_a_new_entry_is_proposed_with_its_source(as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.LEAD)
    answer = editor.post(reverse("teach-entry"), ENTRY)
    assert answer.status_code == 302, body(answer)
    proposal = Proposal.objects.get()
    editor.post(reverse("proposal-approve", args=[proposal.pk]))
    editor.post(reverse("teaching-start"))
    (made,) = teachings()
    assert len(made.entries) == 1
    assert len(made.phrases) == len(DRAFT.phrases)
    assert "UDS yanıtı" in str([change.after for change in made.changes])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"phrases": "tek cümle"}, f"en az {LEAST_FOR_ENTRY} gerekir"),
        ({"document_date": ""}, "Yeni bir belge için yazın"),
        ({"document": "sss-2020", "place": "Yok", "document_title": ""}, "diye bir yer yok"),
        ({"title": "x" * 41}, "en fazla 40 karakter"),
        ({"phrases": f"{ENTRY['phrases']}\n0532 111 22 33 ara"}, "kişisel bilgi"),
        (
            {"answer": "En çok 77.", "document": "sss-2020", "place": "Kalite Etiketi 1"},
            "77 kaynağında yazmıyor",
        ),
    ],
)
def test_a_draft_that_breaks_a_rule_is_told_at_once(
    given: dict[str, str], said: str, as_role: Callable[..., Client]
) -> None:
    answer = as_role(Role.EDITOR).post(reverse("teach-entry"), {**ENTRY, **given})
    assert answer.status_code == 422
    assert said in body(answer)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("sertifikada eski okulum yazıyor, numaram 0532 111 22 33", "kişisel bilgi"),
        ("5", "Yalnız bir sayı"),
    ],
)
def test_a_phrase_that_breaks_a_rule_is_told_at_once(
    phrase: str, said: str, as_role: Callable[..., Client]
) -> None:
    given = {"phrases": phrase, "target": "ke-01"}
    answer = as_role(Role.STAFF).post(reverse("teach-phrase"), given)
    assert (answer.status_code, said in body(answer)) == (422, True)


def test_personal_data_of_a_case_are_masked_in_the_form(as_role: Callable[..., Client]) -> None:
    group = a_group("x")
    case = a_case("etiketim gelmedi, numaram 0532 111 22 33", group=group)
    a_case("etiketim hâlâ yok", group=group)
    page = body(as_role(Role.EDITOR).get(f"{reverse('teach-phrase')}?vaka={case.reference}"))
    assert "111 22 33" not in page
    assert "etiketim hâlâ yok" in page


def test_a_rejected_proposal_is_kept_with_its_reason(
    as_role: Callable[..., Client], user: Callable[..., User], begun: list[str]
) -> None:
    proposal = Proposal.objects.create(text="soru", target="ke-01", author=user(Role.STAFF))
    editor = as_role(Role.EDITOR)
    address = reverse("proposal-reject", args=[proposal.pk])
    editor.post(address, {"reason": "Zaten soruluyor"})
    assert "Zaten soruluyor" in body(editor.get(reverse("teaching")))
    again = editor.post(reverse("proposal-approve", args=[proposal.pk]), follow=True)
    assert "karar verilmiş" in body(again)
    assert "onaylanmış bir öneri yok" in body(editor.post(reverse("teaching-start"), follow=True))
    assert begun == []


def test_a_case_that_is_deleted_takes_its_proposals(user: Callable[..., User]) -> None:
    case = a_case()
    Proposal.objects.create(text="soru", target="ke-01", case=case, author=user(Role.STAFF))
    case.delete()
    assert not Proposal.objects.exists()


def refused(text: str = PHRASE) -> Teaching:
    made = Teaching("20261120-101500-abcdef", "ayse", store.now())
    store.write_json(report_path(made.id), REPORT)
    made.enter("refused", "\n".join(REPORT["reasons"]))
    return made


def test_the_page_says_which_entries_got_worse(as_role: Callable[..., Client]) -> None:
    page = body(as_role(Role.OBSERVER).get(reverse("teaching-one", args=[refused().id])))
    for part in ("Yayına alınmadı", "30 sorudan 29 yerine 24", "başvurumu nereden yaparım"):
        assert part in page
    assert "Yeniden dene" not in page  # who only reads has no button


def test_the_proposals_of_a_refused_teaching_are_taken_back_or_tried_again(
    as_role: Callable[..., Client], user: Callable[..., User], begun: list[str]
) -> None:
    made, editor = refused(), as_role(Role.EDITOR)
    proposal = Proposal.objects.create(
        text="soru",
        target="ke-01",
        author=user(Role.STAFF),
        state=ProposalState.TAUGHT,
        teaching=made.id,
    )
    editor.post(reverse("teaching-again", args=[made.id]), {"expected": ["hava nasıl"]})
    assert (read(made.id).state, read(made.id).expected, begun) == (
        *("queued", ["hava nasıl"], ["begun"]),
    )
    waiting = editor.post(reverse("teaching-take-back", args=[made.id]), follow=True)
    assert "Yalnız yayına girmeyen" in body(waiting)
    read(made.id).enter("failed", "Yarıda kaldı")
    editor.post(reverse("teaching-take-back", args=[made.id]))
    proposal.refresh_from_db()
    assert (proposal.state, proposal.teaching) == (ProposalState.OPEN, "")


def test_a_teaching_under_way_shows_how_far_it_is(as_role: Callable[..., Client]) -> None:
    made = Teaching("20261120-101500-abcdef", "ayse", store.now())
    made.enter("queued")
    client, address = as_role(Role.STAFF), reverse("teaching-one", args=[made.id])
    page = body(client.get(address))
    assert '<progress max="100" value="0"' in page
    assert "Yenile" in page  # for a page without scripts
    part = client.get(address, headers={"HX-Request": "true"})
    assert "<html" not in body(part)
    made.enter("live")
    assert client.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"


def test_one_that_died_is_not_shown_as_working(as_role: Callable[..., Client]) -> None:
    made = Teaching("20261120-101500-abcdef", "ayse", store.now())
    made.enter("training")
    page = body(as_role(Role.EDITOR).get(reverse("teaching-one", args=[made.id])))
    assert "yarıda kaldı" in page
    assert "Yeniden başlatın" in page


def test_nothing_to_undo_is_said(as_role: Callable[..., Client]) -> None:
    answer = as_role(Role.EDITOR).post(reverse("teaching-undo"), follow=True)
    assert "Geri alınacak bir öğretme yok" in body(answer)


def test_an_unknown_teaching_is_not_found(as_role: Callable[..., Client], tmp_path: Path) -> None:
    client = as_role(Role.EDITOR)
    for name in ("yok", "live"):
        assert client.get(reverse("teaching-one", args=[name])).status_code == 404
