"""The report on understanding: its part of docs/olcumler.md with tables and plot."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.data import Dataset
from benchmarks.figures import figures
from benchmarks.page import PAGE, write_part
from benchmarks.peers import NAMES
from bot.nlu.labels import OOS

PLOT = PAGE.with_suffix(".svg")
#: The share of in-scope questions each peer may leave unanswered.
REFUSAL = 0.05
#: HINT3 v1, in scope, without threshold, in percent: Arora et al. 2020, table 3.
PUBLISHED = {
    "HINT3 curekart": {
        "Dialogflow": 75.0,
        "Rasa": 84.1,
        "LUIS": 73.7,
        "Haptik": 80.8,
        "BERT": 83.6,
    },
    "HINT3 powerplay11": {
        "Dialogflow": 59.6,
        "Rasa": 49.1,
        "LUIS": 52.4,
        "Haptik": 67.3,
        "BERT": 58.5,
    },
    "HINT3 sofmattress": {
        "Dialogflow": 73.2,
        "Rasa": 69.3,
        "LUIS": 63.6,
        "Haptik": 72.3,
        "BERT": 73.6,
    },
}


def write_report(
    results: Sequence[Mapping[str, Any]],
    sets: Sequence[Dataset],
    failed: Mapping[str, str],
    machine: str,
    note: str = "",
) -> None:
    """Write the part and the plot."""
    parts = [
        "## Anlama",
        "",
        (
            "Bu bölümü `make bench` yazar. Bütün yöntemler aynı cümlelerle eğitildi ve aynı "
            f"sorularla, tek makinede, art arda ölçüldü ({machine}). Yanıt süreleri için yöntemler "
            "aynı iletileri sırayla, yirmişer yirmişer yanıtladı."
        ),
        "",
        "- **İlk**: ilk sıradaki yanıt doğru. **İlk üç**: doğru yanıt ilk üçte.",
        (
            f"- **Yanlış**: her yöntem konu içi soruların en çok %{100 * REFUSAL:.0f}'ini yanıtsız "
            "bırakacak bir eşik aldı; o eşikte yanlış yanıtlananların payı."
        ),
        "- **Konu dışı**: aynı eşikte, konu dışı soruların yanıtsız bırakılan payı.",
        (
            "- **Eğitim, işlemci**: eğitimin süresi ve o sırada işlemcilerin çalıştığı süre, "
            "saniye; ikincisi makinede başka ne çalıştığından az etkilenir."
        ),
        (
            "- **p50, p95**: bir iletiyi anlama süresi, milisaniye. **Bellek**: sürecin en çok "
            "kullandığı bellek, eğitim içinde."
        ),
        "",
    ]
    if note:
        parts += [f"Bu ölçüm için not: {note}", ""]
    for dataset in sets:
        mine = [result for result in results if result["dataset"] == dataset.name]
        if mine:
            parts += _section(dataset, mine)
    if failed:
        parts += ["### Ölçülemeyenler", ""]
        parts += [f"- {name}: {reason}" for name, reason in failed.items()]
        parts.append("")
    parts += _how_to()
    curves = [result for result in results if result["curves"]]
    if curves:
        _plot(curves)
        at = parts.index("<!-- plot -->") if "<!-- plot -->" in parts else len(parts)
        parts[at : at + 1] = _curve_table(curves)
    write_part("anlama", parts)


def _section(dataset: Dataset, results: Sequence[Mapping[str, Any]]) -> list[str]:
    inside = sum(row.accept != (OOS,) for row in dataset.test)
    title = "eTwinning soruları" if dataset.name == "etwinning" else dataset.name
    lines = [
        f"### {title}",
        "",
        (
            f"{len(dataset.train)} eğitim cümlesi, {inside} konu içi ve "
            f"{len(dataset.test) - inside} konu dışı soru."
        ),
        "",
        (
            "| yöntem | ilk | ilk üç | yanlış | konu dışı | eğitim | işlemci | p50 | p95 "
            "| bellek (MB) | model (MB) |"
        ),
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for result in results:
        got = figures(dict(result), dataset.test, REFUSAL)
        outside = f"{100 * got['outside_refused']:.1f} %" if inside < len(dataset.test) else "–"
        lines.append(
            f"| {NAMES[result['peer']]} | {100 * got['first']:.1f} % "
            f"| {100 * got['among_three']:.1f} % | {100 * got['wrong_at_refusal']:.1f} % "
            f"| {outside} | {got['train_seconds']:.1f} | {got['train_cpu_seconds']:.1f} "
            f"| {got['p50']:.2f} | {got['p95']:.2f} "
            f"| {got['peak_mb']:.0f} | {got['mb']:.1f} |"
        )
    if published := PUBLISHED.get(dataset.name):
        cells = ", ".join(f"{name} {value:.1f}" for name, value in published.items())
        lines += ["", f"Yayımlanmış sonuçlar (ilk, eşiksiz, %; Arora vd. 2020): {cells}."]
    lines.append("")
    if dataset.name == "etwinning":
        lines += ["<!-- plot -->", ""]
    return lines


def _curve_table(results: Sequence[Mapping[str, Any]]) -> list[str]:
    rates = list(results[0]["curves"]["typos"])
    heads = [f"%{100 * float(rate):.0f} hata" for rate in rates]
    lines = [
        "#### Yazım bozulunca",
        "",
        "İlk sıradaki yanıtın doğruluğu; hata oranı, yanlış basılan harflerin payıdır.",
        "",
        "| yöntem | " + " | ".join([*heads, "Türkçe harfsiz", "BÜYÜK HARF", "noktalamasız"]) + " |",
        "|---|" + "--:|" * (len(heads) + 3),
    ]
    for result in results:
        curves = result["curves"]
        rest = ("without_turkish_letters", "upper_case", "without_punctuation")
        values = [*(curves["typos"][rate] for rate in rates), *(curves[name] for name in rest)]
        cells = " | ".join(f"{100 * value:.1f} %" for value in values)
        lines.append(f"| {NAMES[result['peer']]} | {cells} |")
    return [*lines, "", "![Yazım hatası arttıkça doğruluk](olcumler.svg)", ""]


def _plot(results: Sequence[Mapping[str, Any]]) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "olcumler"
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7.5, 4.2))
    for result in results:
        typed = result["curves"]["typos"]
        points = [(100 * float(rate), 100 * value) for rate, value in typed.items()]
        axes.plot(*zip(*points, strict=True), marker="o", markersize=3, label=NAMES[result["peer"]])
    axes.set_xlabel("yanlış basılan harf (%)")
    axes.set_ylabel("ilk sıradaki yanıt doğru (%)")
    axes.set_ylim(0, 100)
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Date": None})


def _how_to() -> list[str]:
    return [
        "### Yinelemek için",
        "",
        (
            "`make bench` yöntemleri ayrı bir ortama (`.venv-bench`) kurar ve hepsini art arda "
            'ölçer. Yalnız birkaçı için: `make bench PEERS="ours bm25"`; ötekilerin saklanan '
            "sonuçları kalır."
        ),
        "",
        "Herkese açık kümeler depoda durmaz. Kopyalarını alıp klasörlerini gösterin:",
        "",
        "```",
        "git clone https://github.com/hellohaptik/HINT3",
        "git clone https://github.com/mainlp/xsid",
        "make bench BENCH_HINT3=HINT3 BENCH_XSID=xsid",
        "```",
        "",
        (
            "HINT3: Open Database License; xSID: CC BY-SA 4.0. HINT3'te ayar aynıdır; İngilizce "
            "için hiçbir şey değişmez. xSID'de insan çevirisi olan doğrulama bölümüyle eğitilir."
        ),
        "",
    ]
