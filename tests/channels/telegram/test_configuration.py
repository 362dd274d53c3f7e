"""What can be wrong with a bot's settings, each with a sentence that says how to mend it."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.channels.telegram import commands, texts
from bot.channels.telegram.configuration import (
    PATH,
    Configuration,
    ConfigurationError,
    configuration_of,
)
from bot.knowledge import KnowledgeBase
from bot.settings import ROOT, Settings
from tests.channels.telegram import bot_api
from tests.channels.telegram.emulator import TOKEN

SECRET = "s" * 32
URL = "https://yardim.okul.example"


def configured(folder: Path, **given: str) -> Configuration | None:
    names = {f"BOT_{name.upper()}": text for name, text in given.items()}
    return configuration_of(Settings.read({"BOT_VAR_DIR": str(folder), **names}))


def test_nothing_set_is_no_bot(tmp_path: Path) -> None:
    assert configured(tmp_path) is None


@pytest.mark.parametrize("name", ["TELEGRAM_TOKEN", "BOT_TELEGRAM_TOKEN"])
def test_a_token_alone_is_enough(tmp_path: Path, name: str) -> None:
    found = configuration_of(Settings.read({"BOT_VAR_DIR": str(tmp_path), name: TOKEN}))
    assert found is not None
    assert (found.token, found.webhook_url, found.groups) == (TOKEN, "", frozenset())
    assert (found.api, found.bot_id) == ("https://api.telegram.org", 123456789)
    assert len(found.secret) >= 32


def test_our_own_name_of_the_token_wins_and_an_empty_other_one_is_none() -> None:
    both = Settings.read({"TELEGRAM_TOKEN": "1:aaaa", "BOT_TELEGRAM_TOKEN": "2:bbbb"})
    assert both.telegram_token == "2:bbbb"
    assert Settings.read({"TELEGRAM_TOKEN": " "}) == Settings()


def test_a_secret_that_is_not_given_is_made_and_stays(tmp_path: Path) -> None:
    first = configured(tmp_path, telegram_token=TOKEN, telegram_webhook_url=URL)
    again = configured(tmp_path, telegram_token=TOKEN, telegram_webhook_url=URL)
    assert first == again
    assert first is not None
    bot_api.check_webhook({"url": first.webhook_url, "secret_token": first.secret}, local=False)


@pytest.mark.parametrize(
    ("given", "address"),
    [
        (URL, URL + PATH),
        (URL + "/", URL + PATH),
        (URL + "/telegram", URL + "/telegram"),
        (URL + ":8443", URL + ":8443" + PATH),
    ],
)
def test_the_path_is_added_where_there_is_none(tmp_path: Path, given: str, address: str) -> None:
    found = configured(tmp_path, telegram_token=TOKEN, telegram_webhook_url=given)
    assert found is not None
    assert found.webhook_url == address


def test_groups_are_read(tmp_path: Path) -> None:
    found = configured(tmp_path, telegram_token=TOKEN, telegram_groups="-1001, -5")
    assert found is not None
    assert found.groups == {-1001, -5}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"webhook_url": URL}, "BOT_TELEGRAM_TOKEN yazılmadı"),
        ({"groups": "-5"}, "BOT_TELEGRAM_TOKEN yazılmadı"),
        ({"token": "belirtec"}, "bir bot belirteci değil"),
        ({"token": TOKEN, "api": "api"}, "bir sunucu adresi değil"),
        ({"token": TOKEN, "secret": SECRET}, "BOT_TELEGRAM_WEBHOOK_URL yazılmadı"),
        ({"token": TOKEN, "webhook_url": URL, "secret": "kisa"}, "En az 32"),
        ({"token": TOKEN, "webhook_url": URL, "secret": "ş" * 40}, "yalnız A-Z"),
        ({"token": TOKEN, "webhook_url": "http://a.example"}, "genel bir https adresi"),
        ({"token": TOKEN, "webhook_url": "https://a.example:5005"}, "443, 80, 88 ya da 8443"),
        ({"token": TOKEN, "webhook_url": "https://a.example:x"}, "genel bir https adresi"),
        ({"token": TOKEN, "webhook_url": "yardim.example"}, "genel bir https adresi"),
        ({"token": TOKEN, "groups": "5"}, "bir grup kimliği değil"),
    ],
)
def test_what_cannot_be_used_says_how_to_mend_it(
    tmp_path: Path, given: dict[str, str], words: str
) -> None:
    with pytest.raises(ConfigurationError, match=words) as error:
        configured(tmp_path, **{f"telegram_{name}": text for name, text in given.items()})
    assert "BOT_TELEGRAM_" in str(error.value)
    assert TOKEN not in str(error.value)


def test_the_guide_names_every_setting_and_every_command() -> None:
    guide = (ROOT / "docs/telegram.md").read_text(encoding="utf-8")
    named = {field.name for field in fields(Settings) if field.name.startswith("telegram_")}
    assert {name for name in named if f"BOT_{name.upper()}" not in guide} == set()
    assert {c.name for c in commands.COMMANDS if f"| `/{c.name}` |" not in guide} == set()


# -- commands and menus


def test_the_commands_are_what_telegram_takes() -> None:
    bot_api.check_commands(
        [{"command": c.name, "description": c.description} for c in commands.COMMANDS]
    )


def test_every_chapter_has_a_topic_and_every_topic_a_chapter(base: KnowledgeBase) -> None:
    assert {commands.chapter_of(key) for key in base.entries} == set(texts.TOPICS)


def test_every_button_of_the_menus_opens_something(base: KnowledgeBase) -> None:
    opened = set()
    (menu,) = commands.topics(base)
    for _, data in menu.buttons:
        assert len(data.encode()) <= 64
        titles = [(data, data)]
        if data.startswith(commands.TOPIC):
            (listed,) = commands.topic(base, data.removeprefix(commands.TOPIC))
            titles = list(listed.buttons)
        for _, entry in titles:
            assert len(entry.encode()) <= 64
            assert commands.entry_said(base, entry.removeprefix(commands.ENTRY))
            opened.add(entry.removeprefix(commands.ENTRY))
    assert opened == {*base.entries, *base.flows}


@pytest.mark.parametrize(
    "text", ["merhaba", "/", "/ yardim", "//yardim", "a /yardim", "/" + "a" * 40]
)
def test_what_is_no_command_is_text(text: str) -> None:
    assert commands.called(text) is None
