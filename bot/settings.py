"""Every setting of the assistant, read once from the environment.

A setting that cannot be used stops the program with a sentence that says how to mend it.
"""

import datetime
import os
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "BOT_"
#: BOT_X_FILE names a file that holds BOT_X: a secret need not stand in the environment.
IN_FILE = "_FILE"
#: Names of the environment that mean a setting of ours; our own name wins.
ALIASES = {"TELEGRAM_TOKEN": "BOT_TELEGRAM_TOKEN"}
SECRET_LENGTH = 32
_BOOLEANS = {"evet": True, "1": True, "true": True, "hayır": False, "0": False, "false": False}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, why and what to write."""


def _setting(default: Any, doc: str, low: int | None = None, high: int | None = None) -> Any:
    return field(default=default, metadata={"doc": doc, "low": low, "high": high})


@dataclass(frozen=True)
class Settings:
    """All settings. Each is read from `BOT_` and its name in capitals."""

    host: str = _setting("127.0.0.1", "Sunucunun dinlediği adres")
    port: int = _setting(5005, "Sunucunun kapısı", 1, 65_535)
    actions_port: int = _setting(5055, "Eylem sunucusunun kapısı; yalnızca bu makineden", 1, 65_535)
    actions_host: str = _setting("127.0.0.1", "Eylem sunucusunun dinlediği adres")
    actions_url: str = _setting(
        "",
        "Sunucunun eylem sunucularına ulaştığı adres, http://eylem.ic:5055/webhook gibi; boşsa "
        "bu makinedeki",
    )
    action_seconds: int = _setting(
        5, "Bir eyleme en çok bu kadar saniye beklenir; sonra bir kez daha denenir", 1, 8
    )
    knowledge_dir: Path = _setting(ROOT / "knowledge", "Bilgi bankasının klasörü")
    data_dir: Path = _setting(ROOT / "data", "Eğitim cümlelerinin ve kuralların klasörü")
    models_dir: Path = _setting(ROOT / "models", "Eğitilen modellerin klasörü")
    var_dir: Path = _setting(ROOT / "var", "Konuşmaların ve çalışma dosyalarının klasörü")
    today: datetime.date | None = _setting(
        None, "Hesapların yapıldığı gün, 2026-11-20 gibi; boşsa bugün"
    )
    language_model: str = _setting(
        "",
        "Türkçe BERT modelinin klasörü ya da adı; TENSORFLOW=1 ortamı gerekir; boşsa kullanılmaz",
    )
    web_origins: str = _setting(
        "",
        "Asistanı gömen sitelerin adresleri, virgülle: https://okul.example; boşsa yalnız kendisi",
    )
    web_secret: str = _setting(
        "", "Oturum kimliklerini imzalayan sır, en az 32 karakter; boşsa var/ içinde üretilir"
    )
    web_hours: int = _setting(24, "Bir web oturumunun ömrü, saat", 1, 720)
    web_per_minute: int = _setting(20, "Bir oturumun dakikada gönderebileceği ileti", 1, 600)
    web_per_address: int = _setting(
        120, "Bir adresten dakikada gelebilecek ileti; okullar tek adres kullanır", 1, 60_000
    )
    demo: bool = _setting(True, "Deneme sayfası kök adreste gösterilsin mi: evet ya da hayır")
    staff_secret: str = _setting(
        "",
        "Destek masası ile sunucunun ortak sırrı, en az 32 karakter; boşsa var/ içinde üretilir",
    )
    desk_host: str = _setting("127.0.0.1", "Destek masasının dinlediği adres")
    desk_port: int = _setting(5080, "Destek masasının kapısı", 1, 65_535)
    desk_url: str = _setting(
        "",
        "Masanın tarayıcıda açılan adresi, https://masa.kurum.example gibi; boşsa bu makinedeki",
    )
    tracker_database: str = _setting(
        "",
        "Konuşmaların veritabanı, postgresql://kullanıcı:parola@sunucu:5432/ad gibi; boşsa "
        "var/tracker.db",
    )
    desk_database: str = _setting(
        "",
        "Masanın veritabanı, postgresql://kullanıcı:parola@sunucu:5432/ad gibi; boşsa var/desk.db",
    )
    desk_secret: str = _setting(
        "",
        "Masanın oturum çerezlerini imzalayan sır, en az 32 karakter; boşsa var/ içinde üretilir",
    )
    desk_workers: int = _setting(1, "Masanın sunucu süreci sayısı", 1, 32)
    desk_idle_minutes: int = _setting(
        60, "Masada bu kadar dakika işlem yapmayanın oturumu kapanır", 5, 1_440
    )
    rasa_urls: str = _setting(
        "",
        "Yeni modelin yüklendiği sunucular, virgülle: http://10.0.0.5:5005; boşsa yalnız bu makine",
    )
    learn_tolerance: int = _setting(
        1, "Öğretilen bir şey yüzünden bir kaydın en çok kaç sorusu kötüleşebilir", 0, 10
    )
    check_links: bool = _setting(
        True, "Yanıtlardaki bağlantılar her gece denensin mi: evet ya da hayır"
    )
    keep_days: int = _setting(180, "Konuşmaların saklandığı gün sayısı", 1, 3_650)
    keep_case_days: int = _setting(
        365, "Kapanan vakaların, yanıtlarıyla birlikte, saklandığı gün sayısı", 1, 3_650
    )
    keep_login_days: int = _setting(
        90, "Masaya başarısız giriş denemelerinin saklandığı gün sayısı", 1, 3_650
    )
    smtp_url: str = _setting(
        "", "E-posta sunucusu, smtp://kullanıcı:parola@sunucu:587 gibi; boşsa e-posta gönderilmez"
    )
    mail_from: str = _setting("", "Gönderilen e-postaların gönderen adresi")
    telegram_token: str = _setting(
        "",
        "Telegram botunun BotFather'dan alınan belirteci, TELEGRAM_TOKEN adıyla da yazılabilir; "
        "boşsa Telegram kapalıdır",
    )
    telegram_webhook_url: str = _setting(
        "",
        "Telegram'ın güncellemeleri göndereceği genel https adresi; boşsa asistan kendisi sorar",
    )
    telegram_secret: str = _setting(
        "",
        "Telegram'ın her gönderide yazdığı sır, en az 32 harf, rakam, - ya da _; "
        "boşsa var/ içinde üretilir",
    )
    telegram_groups: str = _setting(
        "", "Asistanın yanıt verdiği Telegram gruplarının kimlikleri, virgülle; boşsa hiçbiri"
    )
    telegram_api: str = _setting("https://api.telegram.org", "Telegram Bot API sunucusunun adresi")
    redis_url: str = _setting(
        "", "Sayaçların ve kilitlerin tutulduğu Redis, redis://… gibi; boşsa bellekte"
    )
    broker_url: str = _setting(
        "",
        "Yeni olayları masaya bildiren RabbitMQ, amqp://kullanıcı:parola@sunucu:5672/ gibi; boşsa "
        "masa saniyede bir veritabanına bakar",
    )
    max_message: int = _setting(1_000, "Bir iletinin en çok karakter sayısı", 50, 10_000)

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> "Settings":
        """Read the settings.

        Raises:
            SettingsError: for a value of the wrong kind, out of range, or an unknown name.
        """
        names = {PREFIX + item.name.upper(): item for item in fields(cls)}
        values: dict[str, Any] = {}
        for name, text in _given(environment, names).items():
            if name not in names:
                known = ", ".join(sorted(names))
                raise SettingsError(f"{name} diye bir ayar yok. Bilinen ayarlar: {known}")
            item = names[name]
            values[item.name] = _convert(name, text, item.type, item.metadata)
        result = cls(**values)
        for name in ("web_secret", "staff_secret", "desk_secret"):
            if 0 < len(getattr(result, name)) < SECRET_LENGTH:
                raise SettingsError(
                    f"{PREFIX}{name.upper()} çok kısa. En az {SECRET_LENGTH} rastgele karakter "
                    "yazın ya da ayarı kaldırın"
                )
        result._check_addresses()
        result._check_channels()
        result._check_mail()
        result._check_desk()
        result._check_servers()
        result._check_ports()
        return result

    def _check_channels(self) -> None:
        if self.redis_url and not re.match(r"rediss?://", self.redis_url):
            raise SettingsError("BOT_REDIS_URL redis://… ya da rediss://… olmalı; değiştirin")
        broker = urlsplit(self.broker_url)
        if self.broker_url and (broker.scheme not in {"amqp", "amqps"} or not broker.hostname):
            raise SettingsError(
                "BOT_BROKER_URL amqp://kullanici:parola@sunucu:5672/ gibi olmalı; değiştirin"
            )

    def _check_ports(self) -> None:
        if self.port == self.actions_port:
            raise SettingsError("BOT_PORT ile BOT_ACTIONS_PORT aynı olamaz; birini değiştirin")
        if self.desk_port in {self.port, self.actions_port}:
            raise SettingsError("BOT_DESK_PORT başka bir kapıyla aynı olamaz; birini değiştirin")

    def _check_desk(self) -> None:
        if self.desk_url and not re.fullmatch(r"https?://[\w.-]+(:\d{1,5})?", self.desk_url):
            raise SettingsError(
                f"BOT_DESK_URL={self.desk_url} bir site adresi değil. "
                "https://masa.kurum.example gibi, sonunda / olmadan yazın"
            )
        if self.desk_host not in LOOPBACK and not self.desk_url.startswith("https://"):
            raise SettingsError(
                f"BOT_DESK_HOST={self.desk_host} masayı ağa açar; parolalar açık gider. Önüne "
                "https konuşan bir sunucu koyup adresini BOT_DESK_URL=https://… olarak yazın"
            )

    def _check_servers(self) -> None:
        for name in ("desk_database", "tracker_database"):
            server = urlsplit(getattr(self, name))
            if not server.geturl():
                continue
            if server.scheme != "postgresql" or not server.path.strip("/"):
                raise SettingsError(
                    f"{PREFIX}{name.upper()} postgresql://kullanici:parola@sunucu:5432/ad "
                    "gibi olmalı"
                )
        if self.actions_url and not re.match(r"https?://[\w.\[\]:-]+/", self.actions_url):
            raise SettingsError(
                f"BOT_ACTIONS_URL={self.actions_url} olmaz. http://eylem.ic:5055/webhook gibi yazın"
            )

    def _check_addresses(self) -> None:
        for name, text in (("WEB_ORIGINS", self.web_origins), ("RASA_URLS", self.rasa_urls)):
            for address in _listed(text):
                if not re.fullmatch(r"https?://[\w.-]+(:\d{1,5})?", address):
                    raise SettingsError(
                        f"{PREFIX}{name} içindeki “{address}” bir site adresi değil. "
                        "https://okul.example gibi, sonunda / olmadan yazın"
                    )

    def _check_mail(self) -> None:
        if not self.smtp_url:
            return
        server = urlsplit(self.smtp_url)
        if server.scheme not in {"smtp", "smtps"} or not server.hostname:
            raise SettingsError(
                "BOT_SMTP_URL smtp://… ya da smtps://… olmalı: smtp://kullanici:parola@sunucu:587"
            )
        if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", self.mail_from):
            raise SettingsError(
                "BOT_SMTP_URL yazıldı ama BOT_MAIL_FROM bir e-posta adresi değil. Gönderen "
                "adresini yazın: yardim@kurum.example"
            )

    def origins(self) -> tuple[str, ...]:
        """Return the sites that may embed the assistant."""
        return _listed(self.web_origins)

    def servers(self) -> tuple[str, ...]:
        """Return the Rasa servers that take a new model; the one of this machine if none is set."""
        here = f"http://{on_this_machine(self.host)}:{self.port}"
        return _listed(self.rasa_urls) or (here,)

    @property
    def tracker_address(self) -> str:
        """The conversations' database, as SQLAlchemy writes an address."""
        return self.tracker_database or f"sqlite:///{self.var_dir / 'tracker.db'}"

    @property
    def actions_address(self) -> str:
        """Where the action servers take calls."""
        return self.actions_url or f"http://127.0.0.1:{self.actions_port}/webhook"

    @property
    def run_dir(self) -> Path:
        """This run's folder; two assistants sharing `var/` differ by their ports."""
        return self.var_dir / f"run-{self.port}"

    @property
    def telegram_state(self) -> Path:
        """The file in which the Telegram channel says in one line how it is."""
        return self.run_dir / "telegram.txt"

    def telegram_names(self) -> tuple[str, ...]:
        """Return the names of the Telegram settings that were given a value."""
        return tuple(
            PREFIX + item.name.upper()
            for item in fields(self)
            if item.name.startswith("telegram_") and getattr(self, item.name) != item.default
        )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (part.strip() for part in text.split(","))))


def _given(environment: Mapping[str, str], known: Collection[str]) -> dict[str, str]:
    """Return our settings by their own names, those named with `_FILE` read from their files.

    Raises:
        SettingsError: if a file cannot be read, or a setting is given in both ways.
    """
    ours = {
        own: environment[name] for name, own in ALIASES.items() if environment.get(name, "").strip()
    }
    ours |= {name: text for name, text in environment.items() if name.startswith(PREFIX)}
    for name in [name for name in ours if name not in known and name.endswith(IN_FILE)]:
        plain, path = name.removesuffix(IN_FILE), ours[name]
        if plain not in known:
            continue
        if plain in ours:
            raise SettingsError(f"{plain} ile {name} birlikte yazılamaz; birini kaldırın")
        try:
            ours[plain] = Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{name}={path} okunamıyor ({error}). Dosyayı düzeltin") from error
        del ours[name]
    return ours


def _convert(name: str, text: str, kind: Any, limits: Mapping[str, Any]) -> Any:
    if not text.strip():
        raise SettingsError(f"{name} boş. Bir değer yazın ya da ayarı kaldırın")
    if any(sign in text for sign in ";%\n\r\x00"):  # the supervisor's file cuts there
        raise SettingsError(f"{name} içinde noktalı virgül, % ya da satır sonu olamaz; değiştirin")
    if kind is Path:
        return Path(text).resolve()
    if kind == datetime.date | None:
        try:
            return datetime.date.fromisoformat(text.strip())
        except ValueError:
            raise SettingsError(
                f"{name}={text} bir gün değil. 2026-11-20 gibi yazın ya da ayarı kaldırın"
            ) from None
    if kind is bool:
        if text.strip().lower() not in _BOOLEANS:
            raise SettingsError(f"{name}={text} olmaz. evet ya da hayır yazın")
        return _BOOLEANS[text.strip().lower()]
    if kind is int:
        low, high = limits["low"], limits["high"]
        if not re.fullmatch(r"\s*[0-9]{1,9}\s*", text) or not low <= int(text) <= high:
            raise SettingsError(f"{name}={text} olmaz. {low} ile {high} arasında bir sayı yazın")
        return int(text)
    return text.strip()


def on_this_machine(host: str) -> str:
    """Return the address by which this machine reaches a server that listens on `host`."""
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104


@lru_cache(maxsize=1)
def settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: see `Settings.read`.
    """
    return Settings.read(os.environ)
