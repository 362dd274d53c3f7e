"""The outage notice shown on the website's widget: a text and when it holds."""

import datetime
import io
import logging
from pathlib import Path
from typing import Any

from pydantic import Field, validator
from ruamel.yaml import YAML

from bot.clock import TURKIYE
from bot.files import replace_text
from bot.knowledge.entries import Frozen
from bot.knowledge.loader import Fault, KnowledgeError, parse, read_yaml

FILE = "banner.yml"
TEXT_MAX = 300
_MOMENT = "%Y-%m-%d %H:%M"
_DAY = datetime.timedelta(days=1)

logger = logging.getLogger(__name__)


def read_moment(value: Any) -> tuple[datetime.datetime, datetime.datetime]:
    """Read `2026-11-20` or `2026-11-20 14:30`, Türkiye's time; return its start and its end.

    Raises:
        ValueError: with a Turkish sentence.

    >>> [f"{moment:%d %H:%M}" for moment in read_moment("2026-11-20")]
    ['20 00:00', '21 00:00']
    """
    text = " ".join(str(value).replace("T", " ").split())
    try:
        if ":" in text:
            moment = datetime.datetime.strptime(text, _MOMENT).replace(tzinfo=TURKIYE)
            return moment, moment
        day = datetime.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=TURKIYE)
        return day, day + _DAY
    except (ValueError, OverflowError):
        raise ValueError(
            f"“{value}” zaman değil; 2026-11-20 ya da 2026-11-20 14:30 yazın"
        ) from None


class Banner(Frozen):
    """A notice and its first and last moment as written; without text there is none."""

    text: str = Field("", max_length=TEXT_MAX)
    first: str | None = None
    until: str | None = None

    class Config(Frozen.Config):
        """In the file the first moment is called `from`, a word Python keeps."""

        fields = {"first": "from"}  # noqa: RUF012 - read by pydantic
        allow_population_by_field_name = True

    @validator("text", pre=True)
    def _strip(cls, text: Any) -> Any:
        return text.strip() if isinstance(text, str) else text or ""

    @validator("first", "until", pre=True)
    def _written(cls, value: Any) -> str | None:
        if value is None or not str(value).strip():
            return None
        read_moment(value)
        return str(value).strip()

    @validator("until")
    def _ordered(cls, until: str | None, values: dict[str, Any]) -> str | None:
        first = values.get("first")
        if until and first and read_moment(until)[1] <= read_moment(first)[0]:
            raise ValueError(f"bitiş ({until}) başlangıçtan ({first}) sonra olmalı")
        return until

    def at(self, moment: datetime.datetime) -> str | None:
        """Return the notice if it holds at a moment (with a time zone)."""
        begun = self.first is None or read_moment(self.first)[0] <= moment
        over = self.until is not None and read_moment(self.until)[1] <= moment
        return self.text if self.text and begun and not over else None


def load_banner(folder: Path) -> Banner:
    """Load the notice of a knowledge folder; without the file there is none.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    path = folder / FILE
    if not path.exists():
        return Banner()
    faults: list[Fault] = []
    data = read_yaml(path, faults)
    banner = parse(Banner, data, path, 1, faults) if data is not None else None
    if banner is None:
        raise KnowledgeError(faults)
    return banner


_read: dict[Path, tuple[tuple[int, int], Banner]] = {}


def banner_now(folder: Path, moment: datetime.datetime) -> str | None:
    """Return the notice that holds at a moment (with a time zone), None if there is none.

    Cheap to ask often: the file is read again only when it changed. One that cannot be
    read is logged, and the notice before it stays.
    """
    path = folder / FILE
    try:
        state = path.stat()
    except OSError:
        return None
    stamp = (state.st_mtime_ns, state.st_ino)
    known, banner = _read.get(path, (None, Banner()))
    if known != stamp:
        try:
            banner = load_banner(folder)
        except KnowledgeError as error:
            logger.error("%s", error)  # noqa: TRY400 - the sentence says it all
        _read[path] = (stamp, banner)
    return banner.at(moment)


def write_banner(folder: Path, banner: Banner) -> Path:
    """Write the notice, the file's comments kept, so that it is live at once."""
    path = folder / FILE
    yaml = YAML()
    yaml.width = 10_000
    data = yaml.load(path.read_text(encoding="utf-8")) if path.exists() else None
    data = data if data is not None else {}
    data.update(banner.dict(by_alias=True))
    text = io.StringIO()
    yaml.dump(data, text)
    replace_text(path, text.getvalue())
    return path
