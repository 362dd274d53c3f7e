"""The directory of provincial coordinators: a CSV file that staff import and edit."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.files import replace_text
from bot.knowledge.loader import Fault, KnowledgeError
from bot.text.fold import normalize
from bot.text.partial_date import PartialDate
from bot.text.provinces import places

FILE = "coordinators.csv"
COLUMNS = ("province", "name", "phone", "email", "source", "as_of", "hidden")
#: Headings that staff may use instead.
_TURKISH = {
    "il": "province",
    "ad": "name",
    "ad soyad": "name",
    "telefon": "phone",
    "e posta": "email",
    "eposta": "email",
    "kaynak": "source",
    "tarih": "as_of",
    "gizli": "hidden",
    "as of": "as_of",
}
_REQUIRED = ("province", "name", "source", "as_of")
_HIDDEN = {"1", "evet", "x", "true", "gizli"}
_SHOWN = {"", "0", "hayir", "false"}
_DELIMITERS = ",;\t"
MAX_BYTES = 1_000_000


class Coordinator(NamedTuple):
    """One record; `as_of` is the day its source is from."""

    province: str
    name: str
    phone: str
    email: str
    source: str
    as_of: PartialDate
    hidden: bool = False

    def age(self, today_year: int) -> int:
        """Return the age in whole calendar years."""
        return today_year - self.as_of.year


def load_coordinators(folder: Path) -> tuple[Coordinator, ...]:
    """Load the directory of a knowledge folder; without the file it is empty.

    Raises:
        KnowledgeError: naming each line that cannot be used.
    """
    path = folder / FILE
    return read_coordinators(path) if path.exists() else ()


def read_coordinators(path: Path) -> tuple[Coordinator, ...]:
    """Read and check a CSV file: comma, semicolon or tab, headings English or Turkish.

    Raises:
        KnowledgeError: naming each line that cannot be used; nothing is returned then.
    """
    faults: list[Fault] = []
    records = _read(path, faults)
    if faults:
        raise KnowledgeError(faults)
    return tuple(records)


def _read(path: Path, faults: list[Fault]) -> list[Coordinator]:
    text = _text(path, faults)
    if text is None:
        return []
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    records: dict[tuple[str, str], tuple[int, Coordinator]] = {}
    try:
        columns = _columns(next(reader, []), path, faults)
        for row in reader if not faults else ():
            if any(cell.strip() for cell in row):
                _take(row, columns, path, reader.line_num, records, faults)
    except csv.Error as error:
        faults.append(Fault(path, reader.line_num, f"CSV bozuk ({error})", "Tırnakları denetleyin"))
    if not records and not faults:
        faults.append(Fault(path, 0, "dosyada kayıt yok", "En az bir satır yazın"))
    return [record for _, record in records.values()]


def _text(path: Path, faults: list[Fault]) -> str | None:
    """Return the file's text, or None after noting why it cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        faults.append(Fault(path, 0, f"dosya okunamıyor ({error.strerror})", "Yolu denetleyin"))
        return None
    if len(raw) > MAX_BYTES:
        faults.append(Fault(path, 0, "dosya çok büyük", "Bu bir rehber dosyası mı, denetleyin"))
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        mend = "Excel'de “CSV UTF-8” olarak kaydedin"
        faults.append(Fault(path, line, "dosya UTF-8 değil", mend))
        return None
    if "\x00" in text:
        faults.append(Fault(path, 0, "dosya düz metin değil", "CSV olarak kaydedin"))
        return None
    return text


def _columns(heading: list[str], path: Path, faults: list[Fault]) -> list[str]:
    columns = [_column(cell) for cell in heading]
    known = f"Bilinen başlıklar: {', '.join(COLUMNS)}"
    missing = [name for name in _REQUIRED if name not in columns]
    faults += [Fault(path, 1, f"“{name}” sütunu yok", known) for name in missing]
    strange = [cell for cell, name in zip(heading, columns, strict=True) if name not in COLUMNS]
    faults += [Fault(path, 1, f"“{cell}” diye bir sütun yok", known) for cell in strange]
    twice = sorted({name for name in columns if columns.count(name) > 1})
    faults += [Fault(path, 1, f"“{name}” sütunu iki kez var", "Birini silin") for name in twice]
    return columns


def _take(
    row: list[str],
    columns: list[str],
    path: Path,
    line: int,
    records: dict[tuple[str, str], tuple[int, Coordinator]],
    faults: list[Fault],
) -> None:
    """Add a row's record, or note what is wrong with it."""
    if len(row) != len(columns):
        what = f"{len(columns)} yerine {len(row)} sütun var"
        faults.append(Fault(path, line, what, "Ayraçları ve tırnakları denetleyin"))
        return
    record = _record(dict(zip(columns, row, strict=True)), path, line, faults)
    if record is None:
        return
    first, _ = records.setdefault((record.province, normalize(record.name)), (line, record))
    if first != line:
        what = f"{record.province} için “{record.name}” ikinci kez yazılmış"
        faults.append(Fault(path, line, what, f"Birini silin (ilki {first}. satırda)"))


def _column(cell: str) -> str:
    folded = normalize(cell.replace("_", " ")).replace("-", " ")
    return _TURKISH.get(folded, folded.replace(" ", "_"))


def _record(
    cells: dict[str, str], path: Path, line: int, faults: list[Fault]
) -> Coordinator | None:
    cells = {name: cell.strip() for name, cell in cells.items()}
    before = len(faults)
    empty = [name for name in _REQUIRED if not cells.get(name)]
    faults += [Fault(path, line, f"“{name}” boş", "Bir değer yazın") for name in empty]
    province = places().provinces.get(normalize(cells.get("province", "")))
    if cells.get("province") and province is None:
        what = f"“{cells['province']}” diye bir il yok"
        faults.append(Fault(path, line, what, "İlin adını tam yazın"))
    as_of = None
    if cells.get("as_of"):
        try:
            as_of = PartialDate.parse(_iso(cells["as_of"]))
        except ValueError as error:
            faults.append(Fault(path, line, str(error), "Tarihi 2026-09-01 gibi yazın"))
    phone = cells.get("phone", "")
    if phone and sum(sign.isdecimal() for sign in phone) not in range(10, 14):
        faults.append(Fault(path, line, f"“{phone}” telefon değil", "0 ile 11 rakam yazın"))
    email = cells.get("email", "")
    if email and ("@" not in email or " " in email):
        faults.append(Fault(path, line, f"“{email}” e-posta değil", "Adresi denetleyin"))
    hidden = normalize(cells.get("hidden", ""))
    if hidden not in _HIDDEN | _SHOWN:
        faults.append(
            Fault(path, line, f"hidden “{hidden}” olamaz", "evet yazın ya da boş bırakın")
        )
    if len(faults) > before or province is None or as_of is None:
        return None
    return Coordinator(
        province, cells["name"], phone, email, cells["source"], as_of, hidden in _HIDDEN
    )


def _iso(text: str) -> str:
    """Turn 9.11.2020 into 2020-11-09; leave anything else."""
    parts = text.replace("/", ".").split(".")
    if len(parts) == 3 and all(part.isdecimal() for part in parts) and len(parts[2]) == 4:
        return f"{parts[2]}-{parts[1]:0>2}-{parts[0]:0>2}"
    return text


def merged(
    records: Iterable[Coordinator], imported: Sequence[Coordinator]
) -> tuple[Coordinator, ...]:
    """Return the directory after an import: a province named anew loses its old records."""
    named = {record.province for record in imported}
    kept = [record for record in records if record.province not in named]
    return tuple(sorted([*kept, *imported], key=lambda record: normalize(record.province)))


def hidden_in(
    records: Iterable[Coordinator], province: str, hidden: bool
) -> tuple[Coordinator, ...]:
    """Return the directory with a province's records hidden or shown."""
    return tuple(
        record._replace(hidden=hidden) if record.province == province else record
        for record in records
    )


def write_coordinators(folder: Path, records: Iterable[Coordinator]) -> Path:
    """Write the directory in one step: a reader sees the old file or the new one."""
    path = folder / FILE
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        as_of, hidden = record.as_of.iso(), "evet" if record.hidden else ""
        writer.writerow([*record[:5], as_of, hidden])
    replace_text(path, text.getvalue())
    return path
