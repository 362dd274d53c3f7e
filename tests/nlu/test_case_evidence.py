"""A concrete case goes to the flow, a general question to the entry."""

import datetime

import pytest

from bot.nlu.cases import cases_of
from bot.nlu.gate import Thresholds, decide, settle_cases
from bot.nlu.mentions import mentions_in
from bot.nlu.words import words_of
from tests.conftest import Talk

TODAY = datetime.date(2026, 11, 20)
FLOW, ENTRY, OTHER = "akis/kalite", "faq/ke-01", "faq/proje-01"
BESIDE = {FLOW: [ENTRY]}


@pytest.mark.parametrize(
    ("text", "flow", "stated"),
    [
        ("projemizde 14 türk öğretmen var, başvursam kabul olur mu", "akis-kalite", True),
        ("Türkiye'den 10'dan fazla öğretmen olursa başvuru ne olur", "akis-kalite", False),
        ("en fazla kaç başvuru yapılır", "akis-kalite", False),
        ("okulumuz 12 Mart 2024'te kayıt oldu", "akis-okul-etiketi", True),
        ("okul etiketi koşulları neler", "akis-okul-etiketi", False),
        ("22 aktif projem var", "akis-proje-siniri", True),
        ("20'den fazla proje olursa", "akis-proje-siniri", False),
        ("ilk defa üye oldum, üyeliğim aktifleşmedi", "akis-proje-siniri", False),
        ("mersin il koordinatörü kim", "akis-koordinator", True),
        ("il koordinatörü ne yapar", "akis-koordinator", False),
        ("proje kayıt belgem var", "akis-hizmet-puani", True),
        ("hangi belgeler hizmet puanı sayılır", "akis-hizmet-puani", False),
        ("müdür yardımcısıyım", "akis-uyelik", True),
        ("müdürler üye olabilir mi", "akis-uyelik", False),
        ("7-11 yaş grubu", "akis-yas", True),
        ("polonyalı ortağımla kurduk", "akis-avrupa", True),
        ("21 eylül 2020'de itiraz ettim", "akis-itiraz", True),
        ("bu yıl reddedildim", "akis-itiraz", False),
    ],
)
def test_what_states_a_case(text: str, flow: str, stated: bool) -> None:
    assert (flow in cases_of(mentions_in(text, TODAY), words_of(text))) == stated


def test_a_stated_case_gives_the_flow_its_entries_share() -> None:
    settled = dict(settle_cases([(ENTRY, 0.6), (FLOW, 0.3), (OTHER, 0.1)], BESIDE, {FLOW}))
    assert settled == {FLOW: pytest.approx(0.864), ENTRY: pytest.approx(0.036), OTHER: 0.1}


@pytest.mark.parametrize(("entry", "flow", "winner"), [(0.6, 0.3, ENTRY), (0.2, 0.7, FLOW)])
def test_without_a_case_the_likelier_takes_the_share(
    entry: float, flow: float, winner: str
) -> None:
    settled = settle_cases([(ENTRY, entry), (FLOW, flow), (OTHER, 0.1)], BESIDE, ())
    assert settled[0][0] == winner
    assert settled[0][1] == pytest.approx(0.864)
    assert sum(score for _, score in settled) == pytest.approx(1.0)


def test_labels_that_are_missing_change_nothing() -> None:
    assert settle_cases([(OTHER, 1.0)], BESIDE, {FLOW}) == [(OTHER, 1.0)]


def test_a_stated_case_needs_less() -> None:
    gate = Thresholds(answer=0.9, case=0.5)
    assert decide([(FLOW, 0.6)], gate, {FLOW}).label == FLOW
    assert decide([(FLOW, 0.6)], gate).label is None


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("projemizde 14 türk öğretmen var, başvursam kabul olur mu", FLOW),
        ("kalite etiketine ne zaman başvurulur", ENTRY),
        ("mersin il koordinatörü kim", "akis/koordinator"),
        ("22 aktif projem var yeni proje kurabilir miyim", "akis/proje-siniri"),
        ("okulumuz 12 Mart 2024'te kayıt oldu, ne zaman aday oluruz", "akis/okul-etiketi"),
    ],
)
def test_the_model_sends_each_where_it_belongs(talk: Talk, text: str, label: str) -> None:
    assert talk.parse(text)["decision"]["label"] == label


@pytest.mark.parametrize(
    ("text", "account", "ages"),
    [
        ("çocuğum 10 yaşında portala üye olabilir mi", True, False),
        ("9 yaşındaki öğrencim hesap açabilir mi", True, False),
        ("öğrencilerim 9 ve 12 yaşında aynı projeye girebilir mi", False, True),
    ],
)
def test_an_account_for_a_child_is_no_case_of_ages(text: str, account: bool, ages: bool) -> None:
    cases = cases_of(mentions_in(text, TODAY), words_of(text))
    assert ("akis-uyelik" in cases, "akis-yas" in cases) == (account, ages)
