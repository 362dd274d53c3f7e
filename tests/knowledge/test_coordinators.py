"""The coordinators' directory: read, imported whole or not at all, hidden and shown."""

import datetime
from pathlib import Path

import pytest

from actions.rules.koordinator import Facts, judge
from bot.knowledge import KnowledgeError
from bot.knowledge.coordinators import (
    FILE,
    Coordinator,
    hidden_in,
    load_coordinators,
    merged,
    read_coordinators,
    write_coordinators,
)
from bot.settings import ROOT
from bot.text.partial_date import PartialDate

HEAD = "province,name,phone,email,source,as_of,hidden\n"
GOOD = "Ankara,Deneme Kişi,0312 000 00 00,a@b.c,İl MEM yazısı,2026-09-01,\n"
TODAY = datetime.date(2026, 11, 20)


def file(folder: Path, text: str | bytes) -> Path:
    path = folder / "rehber.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_the_documented_record_is_the_only_one() -> None:
    (record,) = load_coordinators(ROOT / "knowledge")
    assert (record.province, record.name) == ("Mersin", "Bircan KELEŞ")
    assert record.as_of == PartialDate(2020, 11, 9)


def test_without_a_file_the_directory_is_empty(tmp_path: Path) -> None:
    assert load_coordinators(tmp_path) == ()


@pytest.mark.parametrize(
    "text",
    [
        HEAD + GOOD,
        (HEAD + GOOD).replace(",", ";"),
        (HEAD + GOOD).replace(",", "\t"),
        "\ufeff" + HEAD + GOOD,
        "İl;Ad Soyad;Telefon;E-posta;Kaynak;Tarih;Gizli\n" + GOOD.replace(",", ";"),
        HEAD + GOOD.replace("2026-09-01", "1.9.2026"),
        HEAD + GOOD.replace("Ankara", "ANKARA") + "\n,,,,,,\n",
    ],
)
def test_what_a_spreadsheet_writes_is_read(tmp_path: Path, text: str) -> None:
    (record,) = read_coordinators(file(tmp_path, text))
    assert record.province == "Ankara"
    assert record.as_of == PartialDate(2026, 9, 1)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + GOOD + GOOD.replace("Ankara", "Narnia"), "rehber.csv:3: “Narnia” diye bir il yok"),
        (HEAD + GOOD.replace("2026-09-01", "31.02.2026"), "diye bir gün yok"),
        (HEAD + GOOD.replace("Deneme Kişi", ""), "rehber.csv:2: “name” boş"),
        (HEAD + GOOD.replace("0312 000 00 00", "beş"), "telefon değil"),
        (HEAD + GOOD.replace("a@b.c", "adres"), "e-posta değil"),
        (HEAD + GOOD + GOOD, "ikinci kez yazılmış"),
        (HEAD + "Ankara,Deneme\n", "7 yerine 2 sütun"),
        (HEAD + GOOD.rstrip() + "belki\n", "hidden “belki” olamaz"),
        ("province,name,source\nAnkara,A,B\n", "“as_of” sütunu yok"),
        (HEAD.replace("phone", "faks") + GOOD, "“faks” diye bir sütun yok"),
        (HEAD.replace("phone", "name") + GOOD, "iki kez var"),
        (HEAD, "dosyada kayıt yok"),
        ("", "sütunu yok"),
        (HEAD.encode() + "Çankırı".encode("cp1254") + b",x,,,y,2026,\n", "dosya UTF-8 değil"),
        (HEAD + '"açık', "CSV bozuk"),
        (HEAD + "\x00", "düz metin değil"),
        (b"x" * 1_000_001, "çok büyük"),
    ],
)
def test_a_fault_is_named_by_its_line(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(KnowledgeError, match=r"rehber\.csv") as error:
        read_coordinators(file(tmp_path, text))
    assert words in str(error.value)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    rows = HEAD + GOOD.replace("Ankara", "Narnia") + GOOD.replace("2026-09-01", "dün")
    with pytest.raises(KnowledgeError) as error:
        read_coordinators(file(tmp_path, rows))
    assert len(error.value.faults) == 2


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="dosya okunamıyor"):
        read_coordinators(tmp_path / "yok.csv")


def record(province: str, name: str = "A") -> Coordinator:
    return Coordinator(province, name, "", "", "s", PartialDate(2026), False)


def test_an_import_replaces_the_provinces_it_names_and_keeps_the_others() -> None:
    after = merged([record("Mersin"), record("Van")], [record("Van", "B"), record("Van", "C")])
    assert [(r.province, r.name) for r in after] == [("Mersin", "A"), ("Van", "B"), ("Van", "C")]


def test_writing_and_reading_give_the_same(tmp_path: Path) -> None:
    records = (record("Mersin", 'tırnak " ve , virgül'), record("Van")._replace(hidden=True))
    write_coordinators(tmp_path, records)
    assert load_coordinators(tmp_path) == records
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


def test_a_hidden_record_is_not_shown() -> None:
    records = hidden_in([record("Mersin"), record("Van")], "Van", True)
    assert judge(Facts(("Van",)), records, "p", "s@t.tr", TODAY).outcome == "undocumented"
    shown = hidden_in(records, "Van", False)
    assert judge(Facts(("Van",)), shown, "p", "s@t.tr", TODAY).outcome == "yes"


@pytest.mark.parametrize(
    ("as_of", "phone", "shown"),
    [
        (PartialDate(2024, 11, 20), False, True),  # two years to the day
        (PartialDate(2024, 11, 19), False, False),
        (PartialDate(2024, 11, 19), True, True),
        (PartialDate(2024), False, True),  # known to the year: its last day counts
    ],
)
def test_the_phone_of_an_old_record_is_shown_only_if_asked_for(
    as_of: PartialDate, phone: bool, shown: bool
) -> None:
    held = Coordinator("Van", "A", "0432 000 00 00", "a@b.c", "s", as_of)
    verdict = judge(Facts(("Van",), phone), [held], "p", "s@t.tr", TODAY)
    assert ("0432" in verdict.checks[0].text) == shown
    assert "a@b.c" in verdict.checks[0].text


def test_several_coordinators_of_a_province_are_all_named() -> None:
    verdict = judge(Facts(("Van",)), [record("Van", "A"), record("Van", "B")], "p", "s@t.tr", TODAY)
    assert len(verdict.checks) == 2
