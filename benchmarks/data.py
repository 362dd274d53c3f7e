"""The sets: our phrases and development questions, and public ones where a copy is at hand."""

import csv
import os
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.evaluation import read_rows
from bot.nlu.labels import OOS, public_id
from bot.settings import ROOT

HINT3_BOTS = ("curekart", "powerplay11", "sofmattress")
HINT3_OUTSIDE = "NO_NODES_DETECTED"
#: Folders of the public sets' checkouts, by environment variable.
PLACES = {"HINT3": "BENCH_HINT3", "xSID": "BENCH_XSID"}


class Row(NamedTuple):
    """A question and the labels that answer it; only `oos` for none."""

    text: str
    accept: tuple[str, ...]
    style: str = "-"


class Dataset(NamedTuple):
    """Training pairs (text, label) and test rows."""

    name: str
    train: list[tuple[str, str]]
    test: list[Row]


def own() -> Dataset:
    """Return our training phrases and development questions, labels by their ids."""
    pairs = []
    for path in sorted((ROOT / "data/nlu").glob("*.yml")):
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            label = public_id(item["intent"])
            lines = item["examples"].splitlines()
            pairs += [(line.removeprefix("- "), label) for line in lines]
    rows = read_rows([ROOT / "tests/nlu/dev.jsonl"])
    return Dataset("etwinning", pairs, [Row(row.text, row.accept, row.style) for row in rows])


def hint3(folder: Path, bot: str) -> Dataset:
    """Return one bot of HINT3 v1 (Arora et al. 2020): the full training set and the test set."""

    def read(part: str) -> list[tuple[str, str]]:
        path = folder / "dataset/v1" / part / f"{bot}_{part}.csv"
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return [(row["sentence"], row["label"]) for row in csv.DictReader(stream)]

    test = [Row(text, (OOS if label == HINT3_OUTSIDE else label,)) for text, label in read("test")]
    train = [(text, OOS if label == HINT3_OUTSIDE else label) for text, label in read("train")]
    return Dataset(f"HINT3 {bot}", train, test)


def xsid_turkish(folder: Path) -> Dataset:
    """Return xSID 0.6's Turkish intents (van der Goot et al. 2021), a small-data setting.

    Trained on the validation part, which people translated: the large training part is
    machine-made.
    """

    def read(part: str) -> list[tuple[str, str]]:
        pairs, text = [], ""
        path = folder / "data/xSID-0.6" / f"tr.{part}.conll"
        for line in path.read_text(encoding="utf-8").splitlines():
            name, _, value = line.partition(" = ")
            if name == "# text":
                text = value
            elif name == "# intent":
                pairs.append((text, value))
        return pairs

    test = [Row(text, (label,)) for text, label in read("test")]
    return Dataset("xSID tr", read("valid"), test)


def public_sets() -> tuple[list[Dataset], dict[str, str]]:
    """Return the public sets at hand, and why each other one is missing."""
    found, missing = [], {}
    for name, variable in PLACES.items():
        place = os.environ.get(variable, "")
        try:
            if not place:
                raise FileNotFoundError(f"{variable} kopyanın klasörünü göstermiyor")
            folder = Path(place)
            sets = [hint3(folder, bot) for bot in HINT3_BOTS] if name == "HINT3" else []
            found += sets or [xsid_turkish(folder)]
        except (OSError, KeyError) as error:
            missing[name] = str(error)
    missing["MASSIVE tr"] = "yalnızca bir nesne deposundan indirilir; kod deposunda veri yok"
    return found, missing
