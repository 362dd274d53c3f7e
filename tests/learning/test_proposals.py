"""What may be taught: the rules of data/nlu, each with its sentence."""

import pytest

from bot.evaluation import read_rows
from bot.learning.phrases import Taught, read_phrases
from bot.learning.proposals import HELD_OUT, LEAST_FOR_ENTRY, Proposal, check
from bot.nlu.labels import public_id
from bot.settings import ROOT
from bot.text.fold import normalize
from tests.learning.conftest import Project

KNOWN = "etiket için son gün hangi ay oluyor"
NEW = "komisyon üyeleri etiketi kaç günde değerlendirir"
ROW = next(row.text for row in read_rows(HELD_OUT) if len(normalize(row.text)) > 20)


@pytest.mark.parametrize(
    ("text", "target", "rule", "words"),
    [
        ("", "ke-01", "empty", "boş"),
        (" ?! 🙂", "ke-01", "empty", "boş"),
        ("12", "ke-01", "number", "sayı"),
        ("uzun " * 300, "ke-01", "long", "1000 karakterden uzun"),
        ("[etiket](belge) ne zaman", "ke-01", "markup", "işaretleri olamaz"),
        ("beni 0505 111 22 33 ten arayın etiket için", "ke-01", "personal", "kişisel bilgi"),
        ("ali@okul.k12.tr adresine yazın", "ke-01", "personal", "kişisel bilgi"),
        (ROW, "ke-01", "held_out", "ölçme sorularından"),
        (ROW.upper(), "ke-01", "held_out", "ölçme sorularından"),
        (NEW, "ke-99", "target", "“ke-99” diye bir hedef yok"),
        (NEW, "faq/ke-01", "target", "hedef yok"),
        (KNOWN, "ke-01", "near", "zaten öğretilmiş"),
        (KNOWN.upper(), "ke-01", "near", "zaten öğretilmiş"),
        (KNOWN + "?", "ke-01", "near", "zaten öğretilmiş"),
        ("etiket için son gün hangi ay oluyo", "ke-01", "near", "neredeyse aynı"),
        (KNOWN, "ke-02", "elsewhere", "şu anda ke-01 altında"),
        ("etiket için son gün hangi ay oluyo", "akis-kalite", "elsewhere", "şu anda ke-01"),
    ],
)
def test_a_phrase_that_breaks_a_rule_is_refused(
    project: Project, text: str, target: str, rule: str, words: str
) -> None:
    phrases, (finding,) = check([Proposal(text, target)])
    assert phrases == ()
    assert finding.rule == rule
    assert words in finding.message


@pytest.mark.parametrize(
    ("target", "label"),
    [
        ("ke-01", "faq/ke-01"),
        ("akis-okul-etiketi", "akis/okul-etiketi"),
        ("oos", "oos"),
        ("tesekkur", "tesekkur"),
    ],
)
def test_a_phrase_goes_under_the_label_of_its_target(
    project: Project, target: str, label: str
) -> None:
    assert check([Proposal(f"  {NEW}\n lütfen ", target)]).phrases == (
        Taught(label, f"{NEW} lütfen"),
    )


def test_a_phrase_is_moved_when_that_is_meant(project: Project) -> None:
    phrases, findings = check([Proposal(KNOWN, "ke-02", move=True)])
    assert findings == ()
    assert phrases == (Taught("faq/ke-02", KNOWN, (("faq/ke-01", KNOWN),)),)


def test_phrases_of_one_teaching_are_held_to_each_other(project: Project) -> None:
    twice = [Proposal(NEW, "ke-01"), Proposal(NEW + " acaba", "ke-01"), Proposal(NEW, "ke-02")]
    phrases, findings = check(twice)
    assert [one.text for one in phrases] == [NEW, NEW + " acaba"]
    assert [one.rule for one in findings] == ["elsewhere"]


def test_a_new_entry_wants_several_phrases(project: Project) -> None:
    texts = [f"{word} ile ilgili kural nedir" for word in ("kantin", "servis", "bahçe", "anfi")]
    phrases, (finding,) = check([Proposal(text, "ke-07") for text in texts], ["ke-07"])
    assert {one.label for one in phrases} == {"faq/ke-07"}
    assert (finding.rule, finding.text) == ("few", "ke-07")
    assert f"en az {LEAST_FOR_ENTRY}" in finding.message


def test_every_phrase_of_the_project_is_known_to_the_rules(project: Project) -> None:
    some = [phrase for phrase in read_phrases(ROOT / "data")[::200] if phrase.label != "secim"]
    phrases, findings = check([Proposal(one.text, public_id(one.label)) for one in some])
    assert phrases == ()
    assert {finding.rule for finding in findings} == {"near"}
