"""The pure parts of the load measurement."""

from math import inf
from pathlib import Path

import pytest
import yaml

from benchmarks import page
from benchmarks.data import own
from benchmarks.figures import percentile
from benchmarks.load.dialogues import dialogues, mix
from benchmarks.load.lines import judged
from benchmarks.load.metrics import between, quantile, stages
from benchmarks.load.stock import project_files
from bot.evaluation import read_rows
from bot.settings import ROOT
from bot.text.fold import normalize

COUNTED = """
# TYPE assistant_stage_seconds histogram
assistant_stage_seconds_bucket{{le="0.01",stage="store"}} {0}
assistant_stage_seconds_bucket{{le="0.02",stage="store"}} {1}
assistant_stage_seconds_bucket{{le="+Inf",stage="store"}} {1}
"""


def test_stock_rasa_answers_each_intent_by_a_response_or_its_action() -> None:
    files = project_files()
    domain, data = (yaml.safe_load(files[name]) for name in ("domain.yml", "data/rules.yml"))
    done = {step["action"] for rule in data["rules"] for step in rule["steps"] if "action" in step}
    assert done == {*domain["responses"], *domain["actions"]}


@pytest.mark.parametrize(("share", "value"), [(0.0, 1), (0.5, 50), (0.95, 95), (1.0, 100)])
def test_percentile_is_a_value_that_was_measured(share: float, value: int) -> None:
    assert percentile(range(100, 0, -1), share) == value


def test_histograms_of_processes_add_up_and_only_what_came_between_counts() -> None:
    before = stages([COUNTED.format(5, 10)])
    after = stages([COUNTED.format(5, 20), COUNTED.format(0, 10)])
    assert between(before, after) == {"store": {0.01: 0, 0.02: 20, inf: 20}}
    assert between({}, before) == before


@pytest.mark.parametrize(
    ("ends", "share", "seconds"),
    [
        ({0.01: 50, 0.02: 100, inf: 100}, 0.25, 0.005),
        ({0.01: 50, 0.02: 100, inf: 100}, 0.75, 0.015),
        ({0.01: 0, 0.02: 100, inf: 100}, 0.5, 0.015),
        ({0.01: 1, 0.02: 1, inf: 100}, 0.99, 0.02),  # above the last end: at least that
    ],
)
def test_quantile_spreads_a_bucket_evenly(
    ends: dict[float, int], share: float, seconds: float
) -> None:
    assert quantile(ends, share) == pytest.approx(seconds)


def test_quantile_of_nothing_is_none() -> None:
    assert quantile({}, 0.5) is None
    assert quantile({0.01: 0, inf: 0}, 0.5) is None


def test_a_line_is_judged_by_the_results_at_hand() -> None:
    def step(senders: int, rate: float, p95: float) -> dict[str, object]:
        return {"channel": "rest", "senders": senders, "per_second": rate, "p95": p95}

    memory = {"rss": [250.0], "pss": [200.0]}
    common = {"memory": memory, "ready_seconds": 11.0}
    results = {
        "stock": {
            "steps": [step(1, 25, 40), step(32, 30, 500)],
            "at_rate": step(64, 28, 1_000),
            **common,
        },
        "embedded": {
            "steps": [step(1, 70, 20), step(32, 75, 450)],
            "at_rate": step(64, 30, 100),
            **common,
        },
    }
    found = {text: (shown, holds) for text, shown, _, holds in judged(results)}
    rate = "Hazır Rasa'nın en yüksek hızında p95, onunkine oranı"
    assert found == {
        "32 gönderende hız, hazır Rasa'nın katı: gömülü": ("2.5", "✗"),
        f"{rate}, ikisine de aynı sıklıkta yazılınca: gömülü": ("0.1", "✓"),
        f"{rate}, hazır Rasa'nın gönderenleri yanıtı beklerken: gömülü": ("0.2", "✗"),
        "Tek tek p95: gömülü": ("20 ms", "✓"),
        "Bir Rasa sürecinin belleği (RSS): gömülü": ("250 MB", "✓"),
        "Hazır olma: gömülü": ("11 sn", "✗"),
    }


def test_no_question_of_the_dialogues_is_trained_on_or_judged_by() -> None:
    sets = sorted((ROOT / "tests/nlu").glob("*.jsonl"))
    known = {normalize(row.text) for row in read_rows(sets)}
    known |= {normalize(text) for text, _ in own().train}
    written = {normalize(text) for one in dialogues() for text in one.texts}
    assert [text for text in known & written if len(text.split()) > 2] == []
    assert sum(mix().values()) == pytest.approx(1)


def test_a_part_of_the_page_is_replaced_and_the_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.md"
    path.write_text("# A\n\n<!-- x: baş -->\nold\n<!-- x: son -->\n\nrest\n", encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", path)
    for text in ("one \\1", "two"):
        page.write_part("x", ["## X", "", text])
        wanted = f"# A\n\n<!-- x: baş -->\n\n## X\n\n{text}\n\n<!-- x: son -->\n\nrest\n"
        assert path.read_text(encoding="utf-8") == wanted
    with pytest.raises(ValueError, match="no part y"):
        page.write_part("y", [])
