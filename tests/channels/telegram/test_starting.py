"""How a bot starts: with a token alone, later than the assistant, or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.channels.telegram import channel, texts
from bot.settings import ROOT, Settings
from tests.channels.pages import QUESTION
from tests.channels.telegram.emulator import TOKEN, Emulator, Refusal
from tests.channels.telegram.people import MEDIA, Person, post
from tests.channels.telegram.people import texts as said
from tests.servers import Server, free_port, wait_for


def telegram_lines(server: Server) -> list[str]:
    return [line.strip() for line in server.said().splitlines() if "Telegram " in line]


def start(folder: Path, **settings: str) -> Server:
    server = Server(folder, **settings)
    try:
        server.wait_ready()
    except BaseException:
        server.stop()
        raise
    return server


@pytest.mark.model
@pytest.mark.server
def test_a_token_alone_is_enough_and_an_api_that_is_away_is_waited_for(
    model: Path, tmp_path: Path
) -> None:
    port = free_port()
    api = f"http://127.0.0.1:{port}"
    server = start(tmp_path, TELEGRAM_TOKEN=TOKEN, BOT_TELEGRAM_API=api)
    try:
        (line,) = telegram_lines(server)
        assert f"{api} yanıt vermiyor" in line
        assert "Kendiliğinden yeniden denenecek" in line
        assert "Kaynak:" in server.ask(QUESTION)[0]["text"]
        emulator = Emulator(port=port)
        refusals = iter([Refusal(500, "Internal Server Error", {})])
        emulator.trouble = lambda method, chat: (
            next(refusals, None) if method == "setMyCommands" else None
        )
        with emulator:
            talk_by_asking(emulator, server)
            wait_for(lambda: emulator.commands, server.log)
        log = server.log()
    finally:
        server.stop()
    assert TOKEN not in log + server.said()
    assert f"Telegram: {texts.POLLING.format(name='etw_yardim_bot')}" in log


def talk_by_asking(emulator: Emulator, server: Server) -> None:
    """Talk to a bot that asks for its updates; the first one is none it can read."""
    emulator._pending.append({"update_id": 1, "message": {"text": "?"}})
    wait_for(lambda: "telegram: no updates" in server.log(), server.log)
    emulator._pending.clear()
    person = Person(emulator, server)
    assert "Kaynak:" in said(person.write(QUESTION))
    assert "Okul Ekle" in said(person.press("Okul değiştirdim: profil güncelleme"))
    for name, medium in MEDIA.items():
        wanted = texts.MEDIA.get(name, texts.OTHER_MEDIA)
        assert said(person.send(**{name: medium})) == wanted
    assert "Komutlar" in said(person.write("/yardim"))
    asked = [values for name, values in emulator.calls if name == "getUpdates"]
    assert asked[0]["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    # Nobody knows the secret that was made: the webhook stays closed.
    assert post(server, {"update_id": 1}, "x")[0] == 403
    assert emulator.violations == []


@pytest.mark.model
@pytest.mark.server
def test_a_wrong_token_is_said_in_one_line_and_the_rest_runs_on(
    model: Path, tmp_path: Path
) -> None:
    wrong = "123456789:yanlis-belirtec"
    with Emulator() as emulator:
        server = start(tmp_path, BOT_TELEGRAM_API=emulator.url, BOT_TELEGRAM_TOKEN=wrong)
        try:
            assert telegram_lines(server) == [
                f"Telegram  {texts.OFF.format(why=texts.NOT_ACCEPTED)}"
            ]
            assert "Kaynak:" in server.ask(QUESTION)[0]["text"]
            assert wrong not in server.log() + server.said()
        finally:
            server.stop()


def test_a_bot_set_by_half_is_said_in_one_line_and_has_no_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"BOT_TELEGRAM_WEBHOOK_URL": "https://a.example", "BOT_VAR_DIR": str(tmp_path)}
    chosen = Settings.read(given)
    monkeypatch.setattr(channel, "settings", lambda: chosen)
    assert channel.TelegramInput().blueprint(None)._future_routes == set()
    said = chosen.telegram_state.read_text(encoding="utf-8")
    assert said.startswith("kapalı: BOT_TELEGRAM_WEBHOOK_URL yazıldı ama BOT_TELEGRAM_TOKEN")
    assert "\n" not in said


def test_without_a_token_nothing_of_the_bot_is_loaded() -> None:
    code = (
        "import sys\n"
        "from bot.channels.telegram.channel import TelegramInput\n"
        "routes = TelegramInput().blueprint(None)\n"
        "assert not routes._future_routes\n"
        "loaded = {'telegram', 'httpx', 'markdown_it'} & set(sys.modules)\n"
        "assert not loaded, loaded"
    )
    environment = {name: text for name, text in os.environ.items() if "TELEGRAM" not in name}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
