from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import ROOT, Settings, SettingsError


def test_defaults_need_no_environment() -> None:
    assert Settings.read({}) == Settings()


def test_values_are_read_and_typed(tmp_path: Path) -> None:
    read = Settings.read({"BOT_PORT": " 6000 ", "BOT_VAR_DIR": str(tmp_path), "PATH": "/bin"})
    assert (read.port, read.var_dir) == (6000, tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("BOT_PORT", "0", "1 ile 65535 arasında"),
        ("BOT_PORT", "beş", "1 ile 65535 arasında"),
        ("BOT_PORT", "²", "1 ile 65535 arasında"),
        ("BOT_PORT", "", "boş"),
        ("BOT_PORT", "9" * 5000, "1 ile 65535 arasında"),
        ("BOT_HOST", "127.0.0.1\n[program:x]", "satır sonu"),
        ("BOT_VAR_DIR", "/tmp/a;b", "noktalı virgül"),
        ("BOT_VAR_DIR", "/tmp/%100", "noktalı virgül, %"),
        ("BOT_PORT", "5055", "aynı olamaz"),
        ("BOT_PROT", "1", "diye bir ayar yok"),
        ("BOT_MAX_MESSAGE", "10", "50 ile 10000 arasında"),
        ("BOT_DESK_PORT", "5005", "başka bir kapıyla aynı olamaz"),
        ("BOT_DESK_HOST", "0.0.0.0", "parolalar açık gider"),
        ("BOT_DESK_URL", "https://masa.example/", "sonunda / olmadan"),
        ("BOT_DESK_DATABASE", "mysql://x/y", "postgresql://"),
        ("BOT_DESK_DATABASE", "postgresql://sunucu", "postgresql://"),
        ("BOT_DESK_SECRET", "kısa", "En az 32"),
        ("BOT_BROKER_URL", "rabbitmq:5672", "amqp://"),
        ("BOT_BROKER_URL", "amqp:///", "amqp://"),
    ],
)
def test_a_setting_that_cannot_be_used_says_how_to_mend_it(
    name: str, value: str, words: str
) -> None:
    with pytest.raises(SettingsError, match=words) as error:
        Settings.read({name: value})
    assert name in str(error.value)


def test_every_setting_is_documented() -> None:
    page = (ROOT / "docs/ayarlar.md").read_text(encoding="utf-8")
    for item in fields(Settings):
        assert f"| `BOT_{item.name.upper()}` |" in page
        assert item.metadata["doc"] in page
