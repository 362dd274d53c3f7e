from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu.gate import Thresholds, decide
from bot.settings import ROOT
from bot.tuning import Scored, choose, costs, thresholds_of, write

GATE = Thresholds(answer=0.6, off_topic=0.5, small_talk=0.3, offer=0.4, option=0.1)
ID_A, ID_B = "ke-01", "ke-02"
A, B, C, D = "faq/ke-01", "faq/ke-02", "faq/ke-03", "faq/ke-04"


@pytest.mark.parametrize(
    ("scores", "outcome", "label", "options"),
    [
        ([(A, 0.60), (B, 0.30), ("oos", 0.1)], "answer", A, ()),
        ([(A, 0.59), (B, 0.31), ("oos", 0.1)], "offer", None, (A, B)),
        ([(A, 0.3), (B, 0.2), (C, 0.2), (D, 0.2), ("oos", 0.1)], "offer", None, (A, B, C)),
        ([(A, 0.5), (B, 0.09), (C, 0.01)], "offer", None, (A,)),
        ([("selamlama", 0.5), (A, 0.3), (B, 0.2)], "answer", "selamlama", ()),
        ([("selamlama", 0.29), (A, 0.28), (B, 0.2)], "offer", None, (A, B)),
        ([(A, 0.2), ("veda", 0.19), (B, 0.19)], "hand_over", None, ()),
        ([(A, 0.9), ("oos", 0.5)], "hand_over", None, ()),
        # Small talk is answered where it is likelier than off-topic: it misleads nobody.
        ([("veda", 0.6), ("oos", 0.5)], "answer", "veda", ()),
        ([("veda", 0.45), ("oos", 0.5)], "hand_over", None, ()),
        ([("oos", 0.49), (A, 0.45)], "offer", None, (A,)),
        ([], "hand_over", None, ()),
        ([("oos", 0.1)], "hand_over", None, ()),
    ],
)
def test_gate_answers_offers_or_hands_over(
    scores: list[tuple[str, float]], outcome: str, label: str | None, options: tuple[str, ...]
) -> None:
    decision = decide(scores, GATE)
    assert (decision.outcome, decision.label, decision.options) == (outcome, label, options)


@pytest.mark.parametrize(
    ("scores", "outcome", "options"),
    [
        ([(A, 0.7), ("oos", 0.2)], "offer", (A,)),
        ([(A, 0.59), ("oos", 0.2)], "hand_over", ()),
        ([(A, 0.65), ("oos", 0.3)], "hand_over", ()),  # likelier off-topic than not
        ([("veda", 0.7), ("oos", 0.2)], "hand_over", ()),
    ],
)
def test_a_doubtful_question_is_offered_its_best_title(
    scores: list[tuple[str, float]], outcome: str, options: tuple[str, ...]
) -> None:
    gate = Thresholds(answer=0.5, off_topic=0.05, small_talk=0.8, doubt=0.6)
    decision = decide(scores, gate)
    assert (decision.outcome, decision.options) == (outcome, options)


@given(st.dictionaries(st.sampled_from([A, B, C, D, "ret", "oos"]), st.floats(0, 1)))
def test_a_decision_is_always_whole(values: dict[str, float]) -> None:
    scores = sorted(values.items(), key=lambda item: -item[1])
    decision = decide(scores, GATE)
    assert (decision.outcome == "answer") == (decision.label is not None)
    assert (decision.outcome == "offer") == bool(decision.options)
    assert len(decision.options) <= 3
    assert all(option.startswith("faq/") for option in decision.options)


def test_a_threshold_outside_zero_and_one_is_refused() -> None:
    with pytest.raises(ValueError, match="offer"):
        Thresholds(offer=1.5)


def test_a_wrong_answer_costs_ten_refusals() -> None:
    wrong, refused = costs([Scored((ID_B,), [(A, 0.9)]), Scored((ID_B,), [(A, 0.1)])], GATE)
    assert wrong == 10 * refused


def test_tuning_prefers_asking_to_wrong_answers() -> None:
    rows = [
        *[Scored((ID_B,), [(A, 0.7), (B, 0.2)])] * 20,
        *[Scored((ID_A,), [(A, 0.95)])] * 20,
        *[Scored(("oos",), [(A, 0.5), ("oos", 0.4)])] * 20,
    ]
    thresholds, price = choose(rows)
    outcomes = [decide(rows[index].scores, thresholds).outcome for index in (0, 20, 40)]
    assert outcomes == ["offer", "answer", "hand_over"]
    assert price == pytest.approx(sum(costs(rows, thresholds)) / len(rows))


def test_one_odd_row_does_not_make_everybody_be_asked_back() -> None:
    rows = [
        *[Scored((ID_A,), [(A, 0.6)])] * 60,
        *[Scored((ID_A,), [(A, 0.95)])] * 60,
        Scored((ID_B,), [(A, 0.65), (B, 0.3)]),
    ]
    thresholds, _ = choose(rows)
    assert decide(rows[0].scores, thresholds).outcome == "answer"


def test_thresholds_are_written_into_config_with_its_comments(tmp_path: Path) -> None:
    path = tmp_path / "config.yml"
    original = (ROOT / "config.yml").read_text(encoding="utf-8")
    path.write_text(original, encoding="utf-8")
    write(path, GATE)
    assert thresholds_of(path) == GATE
    write(path, thresholds_of(ROOT / "config.yml"))
    assert path.read_text(encoding="utf-8") == original
