"""The report's tables: the same rows for the page and for the file."""

import csv
import io
from dataclasses import dataclass

from bot.desk.labels import channel_label, duration, target_title
from bot.desk.reports.figures import Report, Tally

#: What a spreadsheet takes for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_COUNTS = (
    ("visits", "Konuşma"),
    ("questions", "Soru"),
    ("at_once", "Hemen yanıtlanan"),
    ("after_offer", "Seçimle yanıtlanan"),
    ("by_staff", "Görevlinin yanıtladığı"),
    ("never", "Yanıtsız"),
    ("up", "Yaradı"),
    ("down", "Yaramadı"),
)
OUTCOMES = _COUNTS[2:6]


@dataclass(frozen=True)
class Table:
    """A table: its name in the address, a caption, a head, rows of equal length."""

    name: str
    caption: str
    head: tuple[str, ...]
    rows: list[tuple[str | int, ...]]


def tables(report: Report) -> list[Table]:
    """Return every table of a report."""
    heads = tuple(label for _, label in _COUNTS)
    return [
        Table("toplam", "Toplam", heads, [_counts(report.total)]),
        Table(
            "sure",
            "Görevlilerin yanıt süresi",
            ("Yanıt", "Ortanca", "Onda dokuzu şundan kısa", "Süresinde"),
            [_waiting(report)],
        ),
        Table(
            "gun",
            "Güne göre",
            ("Gün", *heads),
            [(day.isoformat(), *_counts(tally)) for day, tally in report.days.items()],
        ),
        Table(
            "kanal",
            "Kanala göre",
            ("Kanal", *heads),
            [(channel_label(name), *_counts(tally)) for name, tally in report.channels.items()],
        ),
        Table(
            "baslik",
            "Başlığa göre",
            ("Kimlik", "Başlık", *heads[1:]),
            [
                (key, target_title(key), *_counts(tally)[1:])
                for key, tally in report.entries.items()
            ],
        ),
        Table(
            "yanitsiz",
            "En çok sorulan yanıtsız sorular",
            ("Soru", "Soran", "Vaka", "Açık vaka"),
            [(one.text, one.people, one.cases, one.still_open) for one in report.groups],
        ),
    ]


def _counts(tally: Tally) -> tuple[int, ...]:
    return tuple(getattr(tally, name) for name, _ in _COUNTS)


def _waiting(report: Report) -> tuple[str | int, ...]:
    waiting = report.waiting
    in_time = "–" if waiting.in_time is None else f"%{round(100 * waiting.in_time)}"
    return waiting.answers, duration(waiting.median), duration(waiting.slow), in_time


def as_csv(table: Table) -> str:
    """Return a table as a file that a Turkish spreadsheet opens as it is."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for row in ([*table.head], *table.rows):
        writer.writerow([_safe(cell) for cell in row])
    # Excel takes a file without the mark for another encoding.
    return "\ufeff" + file.getvalue()


def _safe(cell: str | int) -> str | int:
    """Return a cell that no spreadsheet runs as a formula."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return cell
