"""What a bot needs to run, from the settings."""

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.secret import stored_secret
from bot.settings import SECRET_LENGTH, Settings

SECRET_NAME = "telegram-secret"  # noqa: S105 - a file's name
PATH = "/webhooks/telegram/webhook"
#: The ports Telegram sends updates to; a Bot API server of one's own knows no such limit.
PORTS = {443, 80, 88, 8443}
_TOKEN = re.compile(r"\d{3,20}:[\w-]{3,100}", re.ASCII)
_SECRET = re.compile(rf"[\w-]{{{SECRET_LENGTH},256}}", re.ASCII)
_GROUP = re.compile(r"-\d{1,15}", re.ASCII)


class ConfigurationError(ValueError):
    """Telegram cannot be used as it is set; the message says why and how to mend it."""


class Configuration(NamedTuple):
    """A bot's token, its API, where updates come from, and the groups it answers in.

    Without an address for updates they are asked for (long polling).
    """

    token: str
    api: str
    webhook_url: str
    secret: str
    groups: frozenset[int]

    @property
    def bot_id(self) -> int:
        """The bot's own user id, the first part of its token."""
        return int(self.token.partition(":")[0])


def configuration_of(chosen: Settings) -> Configuration | None:
    """Return the bot's configuration, None if nothing of Telegram is set.

    Raises:
        ConfigurationError: if it is set by half or wrong.
    """
    names = chosen.telegram_names()
    if not names:
        return None
    if not chosen.telegram_token:
        raise ConfigurationError(
            f"{names[0]} yazıldı ama BOT_TELEGRAM_TOKEN yazılmadı. BotFather'dan alınan "
            "belirteci de yazın"
        )
    if not _TOKEN.fullmatch(chosen.telegram_token):
        raise ConfigurationError(
            "BOT_TELEGRAM_TOKEN bir bot belirteci değil. BotFather'ın verdiği, "
            "123456789:AA… biçimindeki belirteci yazın"
        )
    api = chosen.telegram_api.rstrip("/")
    if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", api):
        raise ConfigurationError(
            "BOT_TELEGRAM_API bir sunucu adresi değil. https://api.telegram.org gibi yazın"
        )
    own_api = api != Settings.telegram_api
    return Configuration(
        chosen.telegram_token,
        api,
        _webhook_url(chosen.telegram_webhook_url, own_api),
        _secret(chosen),
        _groups(chosen.telegram_groups),
    )


def _webhook_url(given: str, own_api: bool) -> str:
    """Return the whole address for updates, or an empty text for long polling."""
    if not given:
        return ""
    try:
        parts = urlsplit(given)
        host, port = parts.hostname, parts.port or 443
    except ValueError:
        host, port = None, 0
    schemes = {"https", "http"} if own_api else {"https"}
    if not host or parts.scheme not in schemes or (port not in PORTS and not own_api):
        raise ConfigurationError(
            "BOT_TELEGRAM_WEBHOOK_URL genel bir https adresi olmalı; kapısı 443, 80, 88 ya da "
            f"8443 olabilir. https://yardim.okul.example{PATH} gibi yazın"
        )
    return given if parts.path.strip("/") else given.rstrip("/") + PATH


def _secret(chosen: Settings) -> str:
    given = chosen.telegram_secret
    if not given:
        return stored_secret(chosen.var_dir, SECRET_NAME)
    if not chosen.telegram_webhook_url:
        raise ConfigurationError(
            "BOT_TELEGRAM_SECRET yazıldı ama BOT_TELEGRAM_WEBHOOK_URL yazılmadı. Adresi de "
            "yazın ya da sırrı kaldırın"
        )
    if not _SECRET.fullmatch(given):
        raise ConfigurationError(
            f"BOT_TELEGRAM_SECRET uygun değil. En az {SECRET_LENGTH}, en çok 256 karakter yazın; "
            "yalnız A-Z, a-z, 0-9, - ve _ kullanın"
        )
    return given


def _groups(given: str) -> frozenset[int]:
    parts = [part.strip() for part in given.split(",") if part.strip()]
    for part in parts:
        if not _GROUP.fullmatch(part):
            raise ConfigurationError(
                f"BOT_TELEGRAM_GROUPS içindeki “{part}” bir grup kimliği değil. "
                "-1001234567890 gibi, eksi işaretiyle yazın"
            )
    return frozenset(map(int, parts))
