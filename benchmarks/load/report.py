"""The report on load: its part of docs/olcumler.md with tables and plot."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.load.dialogues import mix
from benchmarks.load.lines import judged
from benchmarks.load.plot import write_plot
from benchmarks.page import PAGE, write_part

PLOT = PAGE.with_name("yuk.svg")
SETUPS = {
    "embedded": "gömülü (SQLite)",
    "larger-1": "büyük, 1 süreç",
    "larger-2": "büyük, 2 süreç",
    "larger-4": "büyük, 4 süreç",
    "stock": "hazır Rasa",
}
CHANNELS = {"rest": "REST", "web": "web", "telegram": "Telegram"}
_STAGES = {
    "wait": "sıra",
    "understand": "anlama",
    "action": "eylem",
    "store": "kayıt",
    "whole": "bütün",
}
Results = Mapping[str, Mapping[str, Any]]


def write_load(results: Results) -> None:
    """Write the part and the plot from the results at hand."""
    setups = {name: results[name] for name in SETUPS if name in results}
    lines = [*_head(results), *_table(["sınama", "ölçülen", "sınır", ""], judged(results))]
    if setups:
        lines += ["", "### Gönderen sayısı arttıkça", ""]
        lines += [_STEP_TEXT, ""]
        lines += _table(_STEP_HEADS, _steps(setups))
        lines += ["", "### Süreçler", "", *_table(_PROCESS_HEADS, _processes(setups))]
        lines += ["", "### Aşama aşama, 32 gönderen", "", _STAGE_TEXT, ""]
        lines += _table(["düzen", "kanal", *_STAGES.values()], _by_stage(setups))
        lines += ["", "### İşlemci, ileti başına", "", _WORK_TEXT, ""]
        lines += _table(["düzen", *_KINDS.values(), "hepsi"], _by_kind(setups))
    lines += [*_turns(results), *_events(results), *_entries(results)]
    lines += ["", f"![Yük altında hız ve yanıt süresi]({PLOT.name})", "", *_HOW_TO]
    write_plot(results, SETUPS, PLOT)
    write_part("yük", lines)


def _head(results: Results) -> Iterator[str]:
    yield "## Yük altında"
    yield ""
    days = sorted({kept["measured"] for kept in results.values()})
    yield (
        "Bu bölümü `make load` yazar. Düzenler art arda, tek makinede, iki çekirdekte ölçüldü; "
        f"yükü üreten program da oradaydı ({', '.join(days)}). Gönderenler Locust ile yazar."
    )
    yield ""
    shares = ", ".join(f"{kind} %{100 * share:.0f}" for kind, share in mix().items())
    yield f"- **Konuşmalar** (`benchmarks/load/dialogues.yml`), iletilerin payıyla: {shares}."
    yield (
        "- **Hazır Rasa**: `rasa init` ayarı (DIET, TED), TensorFlow, konuşmalar bellekte. Aynı "
        "cümlelerle eğitilir, yanıtı bir eylem sunucusundan alır. Eğitimi iki turdur: bir yanıtın "
        "süresi tur sayısına bağlı değildir."
    )
    yield "- **Büyük**: PostgreSQL, Redis, nginx; ölçülen Rasa süreci sayısıdır."
    yield "- **p50, p95, p99**: yanıtların yarısı, yüzde 95'i, yüzde 99'u bu sürede gelir."
    yield ""
    for note in dict.fromkeys(kept["note"] for kept in results.values() if kept["note"]):
        yield f"Bu ölçüm için not: {note}"
        yield ""


_STEP_HEADS = [
    "düzen",
    "kanal",
    "gönderen",
    "ileti/sn",
    "p50",
    "p95",
    "p99",
    "Rasa",
    "hepsi",
    "yanıtsız",
]
_STEP_TEXT = (
    "Süreler milisaniye. Her gönderen, yanıtı alır almaz yeniden yazar. **Rasa, hepsi**: Rasa "
    "süreçlerinin, bir de düzenin bütün süreçlerinin bir ileti için çalıştığı süre; makinede "
    "başka ne çalıştığından az etkilenir."
)
_PROCESS_HEADS = [
    "düzen",
    "bellek, RSS (MB)",
    "bellek, PSS (MB)",
    "hazır (sn)",
    "tek tek p50",
    "tek tek p95",
    "hazır Rasa'nın hızında p95",
]
_KINDS = {
    "rasa": "Rasa",
    "actions": "eylem",
    "postgres": "PostgreSQL",
    "redis": "Redis",
    "nginx": "nginx",
    "reader": "okuyucu",
    "desk": "masa",
    "guard": "bekçi",
}
_WORK_TEXT = "32 gönderen, REST; düzenin süreçleri bir ileti için kaç milisaniye çalıştı."
_STAGE_TEXT = (
    "p50 / p95 / p99. Süreçlerin kendi sayaçlarından (`/metrics`), kova içinde eşit dağılmış "
    "sayılarak. Eylem süresine sırada bekleme de girer."
)


def _steps(setups: Results) -> Iterator[list[str]]:
    for name, kept in setups.items():
        for one in kept["steps"]:
            yield [
                SETUPS[name],
                CHANNELS[one["channel"]],
                str(one["senders"]),
                f"{one['per_second']:.1f}",
                *(_milliseconds(one.get(share)) for share in ("p50", "p95", "p99")),
                f"{one['processor_ms']['rasa']:.1f}",
                f"{sum(one['processor_ms'].values()):.1f}",
                str(sum(one["failures"].values())),
            ]


def _processes(setups: Results) -> Iterator[list[str]]:
    for name, kept in setups.items():
        alone = kept["steps"][0]
        at_rate = kept["at_rate"]
        said = f"{at_rate['p95']:.0f} ({at_rate['rate']:.0f} ileti/sn)" if at_rate else "–"
        yield [
            SETUPS[name],
            *(_span(kept["memory"][kind]) for kind in ("rss", "pss")),
            f"{kept['ready_seconds']:.1f}",
            f"{alone['p50']:.0f}",
            f"{alone['p95']:.0f}",
            said,
        ]


def _by_stage(setups: Results) -> Iterator[list[str]]:
    for name, kept in setups.items():
        for one in kept["steps"]:
            if one["senders"] == 32 and one["stages"]:
                shown = [
                    " / ".join(f"{one['stages'][stage][p]:.0f}" for p in ("p50", "p95", "p99"))
                    for stage in _STAGES
                ]
                yield [SETUPS[name], CHANNELS[one["channel"]], *shown]


def _by_kind(setups: Results) -> Iterator[list[str]]:
    for name, kept in setups.items():
        for one in kept["steps"]:
            if (one["channel"], one["senders"]) == ("rest", 32):
                spent = one["processor_ms"]
                shown = [f"{spent[kind]:.1f}" if kind in spent else "–" for kind in _KINDS]
                yield [SETUPS[name], *shown, f"{sum(spent.values()):.1f}"]


def _turns(results: Results) -> list[str]:
    if "turns" not in results:
        return []
    kept = results["turns"]
    band = kept["band"]
    rows = [
        [f"{at * band + 1}–{(at + 1) * band}"]
        + [f"{own[at][p]:.1f}" for own in kept["channels"].values() for p in ("p50", "p95")]
        for at in range(len(kept["channels"]["rest"]))
    ]
    heads = [f"{CHANNELS[name]} {p}" for name in kept["channels"] for p in ("p50", "p95")]
    text = "Tek konuşma, gömülü düzen, iletiler tek tek. Elli iletide bir aynı sorular gelir."
    return ["", "### Konuşma uzadıkça", "", text, "", *_table(["ileti", *heads], rows)]


def _events(results: Results) -> list[str]:
    kept = {name: results[f"events-{name}"] for name in _STORES if f"events-{name}" in results}
    if not kept:
        return []
    first = next(iter(kept.values()))["steps"]
    rows = [
        [_number(step["events"])]
        + [f"{own['steps'][at][p]:.1f}" for own in kept.values() for p in ("p50", "p95")]
        for at, step in enumerate(first)
    ]
    heads = [f"{_STORES[name]} {p}" for name in kept for p in ("p50", "p95")]
    text = (
        "İletiler tek tek, yeni konuşmalarda. Saklananlar, gerçekten yapılmış konuşmaların başka "
        "adlarla kopyalarıdır. Masanın okuyucusu bu sırada durur: bunlar onun için yeni değildir."
    )
    return ["", "### Saklanan olaylar arttıkça", "", text, "", *_table(["olay", *heads], rows)]


_STORES = {"embedded": "SQLite", "larger": "PostgreSQL"}


def _entries(results: Results) -> list[str]:
    if "entries" not in results:
        return []
    kept = results["entries"]
    parts = list(kept["steps"][0]["parts"])
    rows = [
        [
            _number(step["entries"]),
            f"{step['p50']:.1f}",
            f"{step['p95']:.1f}",
            *(_milliseconds(step.get(f"processor_{share}")) for share in ("p50", "p95")),
            *(f"{step['parts'][part]:.2f}" for part in parts),
            f"{step['weights_mb']:.1f}",
        ]
        for step in kept["steps"]
    ]
    text = (
        f"Programla üretilmiş kayıtlar, her birine {kept['phrases']} cümle; Rasa içinde bütün "
        "anlama, milisaniye; sonra her parçanın p50'si. "
        f"{_number(kept['trained'])} kayda kadar ağırlıklar eğitilir. Ötesinde eğitim saatler "
        "sürer; ağırlık olarak cümlelerin ortalaması konur. Bir iletinin süresi ağırlıkların "
        "değerine değil sayısına bağlıdır."
    )
    heads = ["kayıt", "p50", "p95", "işlemci p50", "işlemci p95", *parts, "ağırlıklar (MB)"]
    return ["", "### Kayıtlar arttıkça", "", text, "", *_table(heads, rows)]


_HOW_TO = [
    "### Yükü yeniden ölçmek için",
    "",
    (
        "`make load` yükü üreten programı `.venv-load`, hazır Rasa'yı `.venv-bench` ortamına kurar "
        "ve bütün parçaları art arda ölçer. Parçalar tek tek de ölçülebilir; ötekilerin saklanan "
        "sonuçları kalır. Hazır Rasa önce ölçülmelidir: ötekiler onun hızında da sınanır."
    ),
    "",
    "```",
    'make load PARTS="stock embedded"',
    'make load PARTS="larger-1 larger-2 larger-4"',
    'make load PARTS="turns events-embedded events-larger entries"',
    "```",
]


def _table(heads: Sequence[str], rows: Any) -> list[str]:
    return [
        f"| {' | '.join(heads)} |",
        "|---|" + "--:|" * (len(heads) - 1),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _milliseconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f}"


def _span(values: Sequence[float]) -> str:
    low, high = f"{min(values):.0f}", f"{max(values):.0f}"
    return low if low == high else f"{low}–{high}"


def _number(value: int) -> str:
    return f"{value:,}".replace(",", ".")
