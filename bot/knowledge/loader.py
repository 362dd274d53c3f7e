"""Read `knowledge/` and refuse what is broken, naming file, line, fault and mend.

A clerk edits these files, so the messages are Turkish and every fault of a run is
reported at once.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError
from rapidfuzz import fuzz, process
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from bot.knowledge.entries import Document, Entry, FlowTitle, KnowledgeBase
from bot.knowledge.lined import line_of, read_lined
from bot.text.fold import normalize

_Model = TypeVar("_Model", bound=BaseModel)


class Fault(NamedTuple):
    """One thing wrong in a file. `line` counts from 1; 0 means the file as a whole."""

    path: Path
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else str(self.path)
        return f"{where}: {self.what}. {self.mend}."


class KnowledgeError(Exception):
    """The knowledge base cannot be used. `faults` lists every reason."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("Bilgi bankası yüklenemedi:\n" + "\n".join(f"  {f}" for f in faults))


def load(folder: Path) -> KnowledgeBase:
    """Load and check the whole knowledge base.

    Raises:
        KnowledgeError: if anything is missing, unreadable, unknown, double or dangling.
    """
    faults: list[Fault] = []
    documents = _load_documents(folder / "sources.yml", faults)
    entries: dict[str, Entry] = {}
    lines: dict[str, tuple[Path, int]] = {}
    paths = sorted((folder / "faq").glob("*.yml"))
    if not paths:
        faults.append(Fault(folder / "faq", 0, "hiç bilgi dosyası yok", "Klasör adını denetleyin"))
    for path in paths:
        for line, entry in _load_entries(path, faults):
            if entry.id in entries:
                first = lines[entry.id]
                what = f"“{entry.id}” kimliği ikinci kez kullanılmış (ilki {first[0]}:{first[1]})"
                faults.append(Fault(path, line, what, "Kayıtlardan birine yeni kimlik verin"))
                continue
            entries[entry.id] = entry
            lines[entry.id] = (path, line)
    if documents is not None:
        faults += _check_links(entries, documents, lines)
    flows = _load_flows(folder / "flows.yml", entries, faults)
    if faults or documents is None:
        raise KnowledgeError(faults)
    return KnowledgeBase.construct(
        entries=MappingProxyType(entries),
        documents=MappingProxyType(documents),
        flows=MappingProxyType(flows),
    )


def read_yaml(path: Path, faults: list[Fault]) -> Any:
    """Return the parsed file with line numbers kept, or None after noting a fault."""
    try:
        data = _parsed(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        faults.append(Fault(path, 0, "dosya yok", "Dosyayı geri koyun"))
    except OSError as error:
        mend = "Dosyanın okuma iznini denetleyin"
        faults.append(Fault(path, 0, f"dosya okunamıyor ({error.strerror})", mend))
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        faults.append(Fault(path, line, "dosya UTF-8 değil", "Dosyayı UTF-8 olarak kaydedin"))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        what = f"YAML yazımı bozuk ({str(error.problem).splitlines()[0]})"
        mend = "Girintileri, iki noktaları ve tırnakları bu satırda ve bir üstünde denetleyin"
        faults.append(Fault(path, line, what, mend))
    except YAMLError as error:  # e.g. a NUL byte: no mark, only a sentence
        what = f"YAML okunamıyor ({str(error).splitlines()[0]})"
        faults.append(Fault(path, 0, what, "Dosyayı düz metin düzenleyicisiyle yeniden kaydedin"))
    else:
        if data is None:
            faults.append(Fault(path, 0, "dosya boş", "İçeriğini geri koyun ya da dosyayı silin"))
        return data
    return None


@lru_cache(maxsize=128)
def _parsed(text: str) -> Any:
    """Return the parsed text, which nobody changes: a folder loaded again is mostly the same."""
    return read_lined(text)


def parse(
    model: type[_Model], data: Any, path: Path, line: int, faults: list[Fault]
) -> _Model | None:
    """Return `data` as `model`, or None after noting each fault with its line."""
    try:
        return model.parse_obj(data)
    except ValidationError as error:
        faults += [_fault(path, line, data, item, model) for item in error.errors()]
        return None


def _load_documents(path: Path, faults: list[Fault]) -> dict[str, Document] | None:
    data = read_yaml(path, faults)
    if data is None:
        return None
    tables = data.get("documents") if isinstance(data, dict) else None
    if not isinstance(tables, dict) or list(data) != ["documents"]:
        faults.append(Fault(path, 1, "en üstte yalnızca “documents:” olmalı", "Girintiyi düzeltin"))
        return None
    documents: dict[str, Document] = {}
    for key, table in tables.items():
        document = parse(Document, table, path, line_of(tables, key), faults)
        if document:
            documents[key] = document
    return documents if len(documents) == len(tables) else None


def _load_entries(path: Path, faults: list[Fault]) -> Iterator[tuple[int, Entry]]:
    data = read_yaml(path, faults)
    if data is None:
        return
    if not isinstance(data, list):
        mend = "Her kaydı “- id: …” satırıyla başlatın"
        faults.append(Fault(path, 1, "dosya bir kayıt listesi değil", mend))
        return
    for index, table in enumerate(data):
        line = line_of(data, index)
        entry = parse(Entry, table, path, line, faults)
        if entry:
            yield line, entry


def _load_flows(path: Path, entries: dict[str, Entry], faults: list[Fault]) -> dict[str, FlowTitle]:
    data = read_yaml(path, faults)
    if data is None:
        return {}
    if not isinstance(data, dict):
        faults.append(Fault(path, 1, "dosya bir akış tablosu değil", "Girintiyi düzeltin"))
        return {}
    flows: dict[str, FlowTitle] = {}
    offering: dict[str, str] = {}
    for key, table in data.items():
        line = line_of(data, key)
        flow = parse(FlowTitle, table, path, line, faults)
        if flow is None:
            continue
        flows[key] = flow.copy(update={"id": key})
        for entry in flow.entries:
            if entry not in entries:
                what = f"entries: “{entry}” diye bir kayıt yok"
                faults.append(Fault(path, line, what, _suggest(entry, entries)))
            elif offering.setdefault(entry, key) != key:
                what = f"“{entry}” iki akışta birden ({offering[entry]})"
                faults.append(Fault(path, line, what, "Birinden silin"))
    return flows


def _check_links(
    entries: dict[str, Entry],
    documents: dict[str, Document],
    lines: dict[str, tuple[Path, int]],
) -> list[Fault]:
    """Return the faults between entries, and between entries and documents."""
    faults: list[Fault] = []
    titles: dict[str, str] = {}
    for entry in entries.values():
        found = [*_check_references(entry, entries), *_check_sources(entry, documents)]
        twin = titles.setdefault(normalize(entry.title), entry.id)
        if twin != entry.id:
            what = f"“{entry.title}” başlığı {twin} ile aynı"
            found.append((what, "Düğmede ayırt edilecek bir başlık yazın"))
        faults += [Fault(*lines[entry.id], what, mend) for what, mend in found]
    return faults


def _check_references(entry: Entry, entries: dict[str, Entry]) -> Iterator[tuple[str, str]]:
    for key, ids in (
        ("superseded_by", [entry.superseded_by]),
        ("completed_by", [entry.completed_by]),
        ("see_also", entry.see_also),
    ):
        for other in filter(None, ids):
            if other not in entries:
                yield f"{key}: “{other}” diye bir kayıt yok", _suggest(other, entries)
            elif other == entry.id:
                yield f"{key}: kayıt kendisini gösteriyor", "Başka bir kaydın kimliğini yazın"
    if entry.superseded_by and entry.completed_by:
        yield "superseded_by ile completed_by birlikte kullanılmış", "Birini silin"
    if entry.newer in entries and entries[entry.newer].newer:
        yield f"“{entry.newer}” kaydının da yenisi var", "En yeni kaydın kimliğini yazın"
    if entry.review_by <= entry.as_of:
        yield "review_by as_of tarihinden önce", "Daha geç bir gözden geçirme günü yazın"


def _check_sources(entry: Entry, documents: dict[str, Document]) -> Iterator[tuple[str, str]]:
    known = True
    for source in entry.sources:
        document = documents.get(source.document)
        if document is None:
            known = False
            yield f"“{source.document}” diye bir belge yok", _suggest(source.document, documents)
        elif source.place not in document.places:
            known = False
            what = f"{source.document} belgesinde “{source.place}” diye bir yer yok"
            yield what, _suggest(source.place, document.places)
    if known:
        base = KnowledgeBase.construct(entries={}, documents=documents)
        newest = max(base.date_of(source) for source in entry.sources)
        if entry.as_of != newest:
            what = f"as_of {entry.as_of.iso()}, ama en yeni kaynağının tarihi {newest.iso()}"
            yield what, f"as_of: {newest.iso()} yazın ya da kaynağı düzeltin"


def _fault(path: Path, line: int, data: Any, error: Any, model: type[BaseModel]) -> Fault:
    """Turn one pydantic error into a Turkish sentence with the line it stands on."""
    location: tuple[Any, ...] = error["loc"]
    for key in location[:-1]:
        if (isinstance(data, dict) and key in data) or isinstance(data, list):
            line = line_of(data, key) or line
            data = data[key]
    last = location[-1]
    line = line_of(data, last) or line
    name = ".".join(str(part) for part in location if part != "__root__")
    kind, context = error["type"], error.get("ctx", {})
    if kind == "value_error.missing":
        return Fault(path, line, f"“{name}” yazılmamış", f"“{last}: …” satırını ekleyin")
    if kind == "value_error.extra":
        return Fault(path, line, f"“{name}” bilinmeyen bir anahtar", _suggest(last, _keys(model)))
    if kind == "value_error.any_str.max_length":
        limit = context["limit_value"]
        return Fault(path, line, f"“{name}” {limit} karakterden uzun", "Kısaltın")
    if kind.endswith(("min_length", "min_items")):
        return Fault(path, line, f"“{name}” boş", "Bir değer yazın")
    if kind == "value_error.str.regex":
        return Fault(path, line, f"“{name}” biçimi yanlış", "proje-01 gibi bir kimlik yazın")
    if kind == "value_error":  # one of our own validators: its sentence is already Turkish
        return Fault(path, line, f"“{name}”: {error['msg']}", "Değeri düzeltin")
    mend = "Anahtarın türünü docs/bilgi-bankasi.md ile karşılaştırın"
    return Fault(path, line, f"“{name}” beklenen türde değil", mend)


def _keys(model: type[BaseModel]) -> set[str]:
    """Return the keys of a model and of the models inside it."""
    keys = set(model.__fields__)
    for field in model.__fields__.values():
        if isinstance(field.type_, type) and issubclass(field.type_, BaseModel):
            keys |= _keys(field.type_)
    return keys


def _suggest(word: object, known: Iterable[str]) -> str:
    found = process.extractOne(str(word), list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"“{found[0]}” mi demek istediniz" if found else "Yazımı denetleyin ya da satırı silin"
