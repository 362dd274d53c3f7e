"""The plot of the load measurement."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Results = Mapping[str, Mapping[str, Any]]


def write_plot(results: Results, setups: Mapping[str, str], path: Path) -> None:
    """Write the plot: against senders, turns, stored events and entries."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = path.stem
    from matplotlib import pyplot as plt

    figure, ((rate, late), (turns, sizes)) = plt.subplots(2, 2, figsize=(9.5, 7))
    for name, title in setups.items():
        steps = [one for one in results.get(name, {}).get("steps", []) if one["channel"] == "rest"]
        senders = [one["senders"] for one in steps]
        _line(rate, senders, [one["per_second"] for one in steps], title)
        _line(late, senders, [one.get("p95") for one in steps], title)
    _dress(rate, "gönderen", "ileti/sn", log="x")
    _dress(late, "gönderen", "p95 (ms)", log="xy")
    if kept := results.get("turns"):
        for channel, bands in kept["channels"].items():
            ends = [kept["band"] * (at + 1) for at in range(len(bands))]
            for share in ("p50", "p95"):
                _line(turns, ends, [band[share] for band in bands], f"{channel} {share}")
    _dress(turns, "konuşmadaki ileti", "ms")
    for name, title in (("events-embedded", "olay, SQLite"), ("events-larger", "olay, PostgreSQL")):
        steps = [one for one in results.get(name, {}).get("steps", []) if one["events"]]
        _line(sizes, [one["events"] for one in steps], [one["p95"] for one in steps], title)
    steps = results.get("entries", {}).get("steps", [])
    _line(sizes, [s["entries"] for s in steps], [s["p95"] for s in steps], "kayıt, yalnız anlama")
    _dress(sizes, "saklanan olay / kayıt", "p95 (ms)", log="x")
    figure.tight_layout()
    figure.savefig(path, metadata={"Date": None})


def _line(axes: Any, across: Sequence[Any], up: Sequence[Any], title: str) -> None:
    if across:
        axes.plot(across, up, marker="o", markersize=3, label=title)


def _dress(axes: Any, across: str, up: str, log: str = "") -> None:
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    if "x" in log:
        axes.set_xscale("log")
    if "y" in log:
        axes.set_yscale("log")
    else:
        axes.set_ylim(bottom=0)
    axes.grid(alpha=0.3)
    if axes.lines:
        axes.legend(fontsize=7)
