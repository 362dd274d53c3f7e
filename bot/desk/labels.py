"""How codes, scores and times are shown."""

import datetime

from bot.knowledge import current
from bot.nlu.labels import public_id

CHANNELS = {"web": "Web", "telegram": "Telegram", "rest": "REST", "cmdline": "Uçbirim"}
SMALL_TALK = {
    "oos": "Konu dışı",
    "selamlama": "Selam",
    "veda": "Veda",
    "tesekkur": "Teşekkür",
    "yardim": "Yardım isteği",
    "bot-musun": "“Bot musun”",
    "insan": "Görevli isteği",
    "onay": "Evet",
    "ret": "Hayır",
    "iptal": "Vazgeçme",
    "secim": "Seçim",
    "faydali": "Yaradı",
    "faydasiz": "Yaramadı",
}


def channel_label(code: str) -> str:
    """Return a channel's name."""
    return CHANNELS.get(code, code or "Bilinmiyor")


def target_title(key: str) -> str:
    """Return the title of an entry or flow; its id if the knowledge base has none."""
    base = current()
    found = base.entries.get(key) or base.flows.get(key)
    return found.title if found else SMALL_TALK.get(key, key)


def belief(label: str, score: float) -> tuple[str, str, int]:
    """Return a guess of the assistant as id, title and percent."""
    key = public_id(label)
    return key, target_title(key), round(100 * score)


def duration(span: datetime.timedelta | None) -> str:
    """Return a span in words, its largest two units.

    >>> duration(datetime.timedelta(minutes=135)), duration(None)
    ('2 saat 15 dakika', '–')
    """
    if span is None:
        return "–"
    minutes = int(span.total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "gün"), (hours, "saat"), (rest, "dakika")]
    shown = [f"{count} {unit}" for count, unit in parts if count][:2]
    return " ".join(shown) or "1 dakikadan az"
