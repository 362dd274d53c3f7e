"""The bot over a started assistant: real servers, an emulated Telegram, real updates."""

import contextlib
import os
import re
import signal
import threading
from typing import Any

import pytest

from bot.channels import staff
from bot.channels.telegram import commands, texts
from bot.channels.telegram.channel import BAD_UPDATE, FORBIDDEN
from tests.channels.pages import QUESTION, new_id
from tests.channels.telegram.emulator import Emulator, Refusal, flood
from tests.channels.telegram.people import (
    GROUP,
    MEDIA,
    SECRET,
    Person,
    post,
    rows,
    state_of,
)
from tests.channels.telegram.people import texts as said
from tests.channels.test_staff import Desk
from tests.servers import Server, wait_for

pytestmark = [pytest.mark.model, pytest.mark.server]
STRANGE_GROUP = -1009999


def events(server: Server, chat: int) -> list[Any]:
    query = "SELECT type_name, data FROM events WHERE sender_id = ? ORDER BY id"
    return rows(server, query, f"telegram-{chat}")


def test_the_terminal_says_in_one_line_how_the_bot_is(server: Server) -> None:
    lines = [line for line in server.said().splitlines() if "Telegram" in line]
    assert [line.split()[:2] for line in lines] == [["Telegram", "@etw_yardim_bot,"]]


def test_a_question_is_answered_with_source_and_choices(person: Person) -> None:
    answer, helpful = person.write(QUESTION)
    assert "Kaynak: SSS Kalite Etiketi 3 (2020)" in answer.text
    assert "**" not in answer.text
    assert answer.buttons[0][0] == "Okul değiştirdim: profil güncelleme"
    assert [title for title, _ in helpful.buttons] == ["Evet, yaradı", "Hayır"]
    for sent in (answer, helpful):
        keyboard = sent.parameters["reply_markup"]["inline_keyboard"]
        assert [len(row) for row in keyboard] == [1, 1]
        assert sent.parameters["parse_mode"] == "HTML"
        assert sent.parameters["link_preview_options"] == {"is_disabled": True}


def test_typing_is_shown_before_the_answer(person: Person, emulator: Emulator) -> None:
    start = len(emulator.calls)
    person.write(QUESTION)
    wait_for(lambda: ("sendChatAction", "typing") in called(emulator, start), pause=0.01)
    assert called(emulator, start)[0] == ("sendChatAction", "typing")


def called(emulator: Emulator, start: int) -> list[tuple[str, str]]:
    return [(name, values.get("action", "")) for name, values in emulator.calls[start:]]


def test_a_button_is_answered_and_shows_that_it_was_pressed(
    person: Person, emulator: Emulator
) -> None:
    person.write(QUESTION)
    start = len(emulator.calls)
    assert "Okul Ekle" in said(person.press("Okul değiştirdim: profil güncelleme"))
    wait_for(lambda: {"answerCallbackQuery", "editMessageReplyMarkup"} <= names(emulator, start))
    first = person.got()[0]
    assert first.buttons[0][0] == "✓ Okul değiştirdim: profil güncelleme"


def names(emulator: Emulator, start: int) -> set[str]:
    return {name for name, _ in emulator.calls[start:]}


def test_the_judgement_of_an_answer_is_taken(person: Person, server: Server) -> None:
    person.write(QUESTION)
    assert "Sevindim" in said(person.press("Evet, yaradı"))
    assert any('"helpful": true' in data for _, data in events(server, person.id))


def test_quick_replies_of_a_flow_are_buttons_and_words_alike(person: Person) -> None:
    question = person.write("projemizde 8 türk öğretmen var, başvursam kabul olur mu")[-1]
    assert question.buttons
    person.write("2025")
    asked = person.got()[-1]
    verdict = said(person.press(asked.buttons[0][0], asked))
    assert verdict


def test_a_verdict_is_a_list_and_a_calendar_file_a_document(person: Person) -> None:
    person.write(
        "okulumuz 3 öğretmenle projelere katıldı, okul etiketine aday olabilir miyiz, "
        "etiketli avrupa projemiz 5 mayıs 2026'da bitti"
    )
    verdict = said(person.write("12 mart 2024te"))
    assert re.search(r"^• [✓✗]", verdict, re.MULTILINE)
    assert "Kaynak:" in verdict
    file = person.write("tarihi takvimime ekle")[-1]
    assert file.method == "sendDocument"
    assert file.parameters["document"]["name"] == "etwinning-tarihler.ics"
    assert file.parameters["document"]["content"].startswith(b"BEGIN:VCALENDAR")


def test_a_button_of_an_old_message_works_while_the_conversation_knows_it(
    person: Person,
) -> None:
    first = person.write(QUESTION)[0]
    person.write("merhaba")
    assert "Okul Ekle" in said(person.press("Okul değiştirdim: profil güncelleme", first))


def test_a_button_of_another_conversation_is_answered_kindly(
    person: Person, emulator: Emulator, server: Server
) -> None:
    first = person.write(QUESTION)[0]
    other = Person(emulator, server)
    for data in (first.buttons[0][1], "k:yok", "e:yok-01", "x", "c:"):
        assert [sent.text for sent in other.press_data(first, data)] == [texts.OLD_BUTTON]
    assert events(server, other.id) == []


def test_a_button_of_a_message_too_old_to_be_shown_is_taken(person: Person) -> None:
    """Telegram then leaves the message out but for its number."""
    first = person.write(QUESTION)[0]
    query = person.emulator.query(first, person.chat, first.buttons[0][1])
    bare = {"chat": person.chat, "message_id": first.number, "date": 0}
    update = person.emulator.update(callback_query={**query, "message": bare})
    assert "Okul Ekle" in said(person.hand_in(update))


# -- commands


def test_the_commands_are_registered(emulator: Emulator, server: Server) -> None:
    wait_for(lambda: emulator.commands, pause=0.01)
    registered = [command["command"] for command in emulator.commands]
    assert registered == [command.name for command in commands.COMMANDS]


def test_start_greets_with_what_is_kept(person: Person) -> None:
    greeting = said(person.write("/start"))
    assert "Merhaba!" in greeting
    assert "kişisel bilgiler yazmayın" in greeting
    assert "90 gün saklanır; ayrıntısı: /gizlilik" in greeting


@pytest.mark.parametrize("text", ["/yardim", "/YARDIM", "/help", "/yardim@etw_yardim_bot"])
def test_help_names_the_commands(person: Person, text: str) -> None:
    helped = said(person.write(text))
    assert "kendi cümlenizle" in helped
    for command in commands.COMMANDS:
        assert f"• /{command.name}: {command.description}" in helped


def test_topics_lead_to_titles_and_titles_to_answers(person: Person, server: Server) -> None:
    menu = person.write("/konular")[0]
    assert [title for title, _ in menu.buttons][1:] == list(texts.TOPICS.values())
    titles = person.press("Kalite Etiketi")[0]
    assert "Kaynak: SSS Kalite Etiketi" in said(person.press(titles.buttons[0][0]))
    # In the transcript stands the title that was pressed.
    (user,) = [data for kind, data in events(server, person.id) if kind == "user"]
    assert titles.buttons[0][0] in user.encode().decode("unicode_escape")


def test_a_topic_of_one_title_opens_it_and_cases_start_their_flow(person: Person) -> None:
    person.write("/konular")
    assert "tretwinning@gmail.com" in said(person.press("İletişim"))
    cases = person.press("Durumuma bakalım")[0]
    assert "hangi yıl" in said(person.press(cases.buttons[1][0])) or person.got()[-1].buttons


@pytest.mark.parametrize(
    ("command", "piece"), [("/esep", "Eski portalda"), ("/koordinator", "Hangi il")]
)
def test_flows_are_started_by_command(person: Person, command: str, piece: str) -> None:
    assert piece in said(person.write(command))


def test_cancel_leaves_a_flow(person: Person) -> None:
    person.write("/esep")
    assert "bıraktım" in said(person.write("/iptal"))
    assert "Merhaba" in said(person.write("merhaba"))


def test_privacy_says_what_is_kept_how_long_and_how_to_delete(
    person: Person, server: Server
) -> None:
    privacy = said(person.write("/gizlilik"))
    assert "90 gün saklanır" in privacy
    assert "kapandıktan sonra 365 gün saklanır" in privacy
    assert "/sil" in privacy
    assert events(server, person.id) == []


def test_delete_asks_then_forgets_everything(person: Person, server: Server) -> None:
    first = person.write(QUESTION)[0]
    person.write("/sil")
    assert [sent.text for sent in person.press("Vazgeç")] == [texts.KEPT]
    assert events(server, person.id)
    person.write("/sil")
    assert [sent.text for sent in person.press("Evet, sil")] == [texts.FORGOTTEN]
    assert events(server, person.id) == []
    for table in ("telegram_updates", "telegram_messages", "telegram_blocked"):
        assert rows(server, f"SELECT * FROM {table} WHERE chat = ?", person.id) == []
    old = person.press("Okul değiştirdim: profil güncelleme", first)
    assert [sent.text for sent in old] == [texts.OLD_BUTTON]


@pytest.mark.parametrize("text", ["/", "/ //"])
def test_slashes_alone_are_answered_as_no_question(person: Person, text: str) -> None:
    assert "Bunu bir soru olarak okuyamadım" in said(person.write(text))


def test_an_unknown_command_is_no_question(person: Person, server: Server) -> None:
    assert "Böyle bir komut yok" in said(person.write("/restart"))
    assert events(server, person.id) == []


@pytest.mark.parametrize("text", ['/faq{"entry": "ke-03"}', "/ret ", "  / /restart"])
def test_what_a_person_types_is_never_an_intent(person: Person, server: Server, text: str) -> None:
    assert person.write(text)
    sent = [data for kind, data in events(server, person.id) if kind == "user"]
    assert not any('"text": "/' in data for data in sent)


# -- messages that are no text


@pytest.mark.parametrize("media", MEDIA)
def test_what_cannot_be_read_is_answered_kindly(person: Person, media: str) -> None:
    (answer,) = person.send(**{media: MEDIA[media]})
    assert answer.text == texts.MEDIA.get(media, texts.OTHER_MEDIA)
    assert texts.WRITE_INSTEAD in answer.text


def test_the_words_under_a_photo_are_answered(person: Person) -> None:
    first, *rest = person.send(photo=MEDIA["photo"], caption=QUESTION)
    assert first.text == texts.CAPTION_READ
    assert "Kaynak: SSS Kalite Etiketi 3" in said(rest)


def test_an_album_is_answered_once(person: Person) -> None:
    for _ in range(3):
        person.send(photo=MEDIA["photo"], media_group_id="13")
    assert [sent.text for sent in person.got()] == [texts.MEDIA["photo"]]


def test_an_edited_message_is_not_answered_again(person: Person, server: Server) -> None:
    person.write("merhaba")
    count = len(person.got())
    edited = person.emulator.message(person.chat, text="merhabalar", edit_date=1)
    # Telegram is told not to send them; they may come all the same.
    update = person.emulator.update(edited_message=edited)
    assert post(server, update, SECRET)[0] == 200
    assert state_of(server, update["update_id"]) == "done"
    assert len(person.got()) == count


def test_messages_of_the_chat_itself_are_passed_over(person: Person) -> None:
    assert person.send(pinned_message={"message_id": 1, "date": 0, "chat": person.chat}) == []


# -- groups


def test_a_group_nobody_allowed_gets_no_answer_and_leaves_no_trace(
    emulator: Emulator, server: Server
) -> None:
    group = Person(emulator, server, STRANGE_GROUP)
    assert group.write("/start") == []
    assert group.send(sticker=MEDIA["sticker"]) == []
    assert events(server, STRANGE_GROUP) == []


def test_in_an_allowed_group_only_what_is_said_to_the_bot_is_answered(
    emulator: Emulator, server: Server
) -> None:
    group = Person(emulator, server, GROUP)
    assert group.write(QUESTION) == []
    assert group.write("/yardim@baska_bot") == []
    assert group.send(sticker=MEDIA["sticker"]) == []
    assert "Kaynak:" in said(group.write(f"@etw_yardim_bot {QUESTION}"))
    assert "Okul Ekle" in said(group.press("Okul değiştirdim: profil güncelleme"))
    assert "Komutlar" in said(group.write("/yardim@Etw_Yardim_Bot"))
    answer = {"message_id": 1, "date": 0, "chat": group.chat, "from": {"id": 123456789}}
    assert "Merhaba" in said(group.write("merhaba", reply_to_message=answer))


# -- the webhook


@pytest.mark.parametrize("secret", ["", None, "x", SECRET[:-1], SECRET + "x", "ç" * 40])
def test_a_forged_webhook_leaves_no_trace(
    person: Person, server: Server, emulator: Emulator, secret: str | None
) -> None:
    message = emulator.message(person.chat, text=QUESTION)
    assert post(server, {"update_id": 1, "message": message}, secret) == (403, FORBIDDEN)
    assert state_of(server, 1) == ""
    person.write("/gizlilik")  # the next update is answered as ever
    assert events(server, person.id) == []
    assert len(person.got()) == 1


@pytest.mark.parametrize("body", [[], {}, *({"update_id": bad} for bad in ("1", -1, None, True))])
def test_what_is_no_update_is_refused(emulator: Emulator, server: Server, body: Any) -> None:
    status, sentence = post(server, body, SECRET)
    assert status == 400
    assert sentence == BAD_UPDATE or body == []


def test_a_repeated_update_is_answered_once(person: Person, server: Server) -> None:
    update = person.emulator.update(message=person.emulator.message(person.chat, text=QUESTION))
    for _ in range(4):
        assert post(server, update, SECRET)[0] == 200
    wait_for(lambda: state_of(server, update["update_id"]) == "done", pause=0.01)
    assert post(server, update, SECRET)[0] == 200
    person.write("teşekkürler")
    assert len(person.got()) == 3


# -- trouble


def test_too_many_messages_are_sent_when_telegram_says(person: Person, emulator: Emulator) -> None:
    emulator.trouble = flood(every=2, seconds=1)
    answers = person.write(QUESTION)
    assert len(answers) == 2
    assert "Kaynak" in answers[0].text


def test_failures_of_telegram_are_tried_again(person: Person, emulator: Emulator) -> None:
    failures = iter([Refusal(502, "Bad Gateway", {}), Refusal(500, "Internal Server Error", {})])
    emulator.trouble = lambda method, chat: (
        next(failures, None) if method == "sendMessage" else None
    )
    assert len(person.write(QUESTION)) == 2


def test_a_message_that_is_refused_for_good_holds_up_nothing(
    person: Person, emulator: Emulator
) -> None:
    emulator.trouble = lambda method, chat: (
        Refusal(400, "Bad Request: chat not found", {}) if method == "sendMessage" else None
    )
    assert person.write(QUESTION) == []
    emulator.trouble = lambda method, chat: None
    assert person.write("merhaba")


def test_a_message_is_sent_once_though_the_answer_to_it_cannot_be_read(
    person: Person, emulator: Emulator
) -> None:
    emulator.unreadable.add(person.id)
    assert len(person.write(QUESTION)) == 2


def test_who_blocked_the_bot_is_recorded_and_not_tried_again(
    person: Person, emulator: Emulator, server: Server, desk: Desk
) -> None:
    person.write(QUESTION)
    emulator.blocked.add(person.id)
    start = len(emulator.calls)
    person.write("merhaba")
    assert [name for name, _ in emulator.calls[start:]].count("sendMessage") == 1
    assert rows(server, "SELECT chat FROM telegram_blocked") == [(person.id,)]
    start = len(emulator.calls)
    assert desk.post("/replies", reply_to(person)) == (200, {"delivery": "blocked"})
    assert "sendMessage" not in names(emulator, start)
    # Back again, by a message.
    emulator.blocked.clear()
    assert person.write("merhaba")
    assert desk.post("/replies", reply_to(person)) == (200, {"delivery": "sent"})


def test_blocking_and_coming_back_are_heard_of(person: Person, server: Server) -> None:
    for status, known in (("kicked", [(person.id,)]), ("member", [])):
        change = {
            "chat": person.chat,
            "date": 1,
            "from": {"id": person.id, "is_bot": False, "first_name": "Ayşe"},
            "old_chat_member": {"status": "member", "user": {"id": 123456789}},
            "new_chat_member": {"status": status, "user": {"id": 123456789}},
        }
        assert person.hand_in(person.emulator.update(my_chat_member=change)) == []
        assert rows(server, "SELECT chat FROM telegram_blocked") == known


def test_a_turn_that_fails_is_said_kindly(person: Person, server: Server) -> None:
    over = threading.Event()
    os.kill(server.children()["actions"], signal.SIGSTOP)

    def hold() -> None:
        # One that hangs is ended and another started: that one does not come up either.
        while not over.wait(0.1):
            with contextlib.suppress(KeyError, ProcessLookupError):
                os.kill(server.children()["actions"], signal.SIGSTOP)

    holding = threading.Thread(target=hold)
    holding.start()
    try:
        assert [sent.text for sent in person.write(QUESTION)] == [texts.FAILED]
    finally:
        over.set()
        holding.join()
        os.kill(server.children()["actions"], signal.SIGCONT)
    wait_for(lambda: "Kaynak:" in said(person.write(QUESTION)), server.log)


def test_actions_that_are_away_for_a_moment_delay_the_answer_only(
    person: Person, server: Server
) -> None:
    actions = server.children()["actions"]
    os.kill(actions, signal.SIGSTOP)
    ended = threading.Timer(1, os.kill, (actions, signal.SIGCONT))
    ended.start()
    assert "Kaynak:" in said(person.write(QUESTION))
    ended.join()


# -- the staff


def reply_to(person: Person, text: str = "Bunu **biz** yanıtlayalım.") -> dict[str, str]:
    return {"id": new_id(), "conversation": f"telegram-{person.id}", "text": text}


def test_a_reply_of_the_staff_is_delivered_later(person: Person, desk: Desk) -> None:
    person.write("yarın ankarada hava nasıl olacak")
    assert desk.post("/replies", reply_to(person)) == (200, {"delivery": "sent"})
    assert person.got()[-1].text == "Görevlinin yanıtı\n\nBunu biz yanıtlayalım."
    assert "Bunu <b>biz</b> yanıtlayalım." in person.got()[-1].parameters["text"]


def test_a_long_reply_is_split_between_paragraphs(person: Person, desk: Desk) -> None:
    person.write("merhaba")
    paragraph = "**Önemli** " + "çok uzun bir açıklama & dahası " * 22 + "<son>"
    before = len(person.got())
    assert desk.post("/replies", reply_to(person, "\n\n".join([paragraph] * 13)))[0] == 200
    parts = person.got()[before:]
    assert len(parts) == 3
    for part in parts:
        assert part.text.removeprefix("Görevlinin yanıtı\n\n").startswith("Önemli")
        assert part.text.endswith("<son>")


def test_a_reply_telegram_does_not_take_is_said_to_have_failed(
    person: Person, desk: Desk, emulator: Emulator
) -> None:
    person.write("merhaba")
    emulator.trouble = flood(every=1, seconds=600)
    assert desk.post("/replies", reply_to(person)) == (200, {"delivery": staff.FAILED})
    emulator.trouble = flood(every=2, seconds=1)
    assert desk.post("/replies", reply_to(person)) == (200, {"delivery": "sent"})


def test_while_the_staff_has_a_conversation_the_bot_is_silent(
    person: Person, desk: Desk, server: Server, emulator: Emulator
) -> None:
    person.write("merhaba")
    body = {"conversation": f"telegram-{person.id}"}
    assert desk.post("/pause", body) == (200, {"delivery": "sent"})
    assert person.got()[-1].text == staff.JOINED
    start = len(emulator.calls)
    assert person.write(QUESTION) == []
    assert person.send(voice=MEDIA["voice"]) == []
    assert "sendChatAction" not in names(emulator, start)
    stored = [data for kind, data in events(server, person.id) if kind == "user"]
    assert len(stored) == 3
    assert "sertifikada" in stored[1]
    assert desk.post("/resume", body) == (200, {"delivery": "sent"})
    assert "Kaynak:" in said(person.write(QUESTION))


def test_the_staff_can_have_a_conversation_forgotten(
    person: Person, desk: Desk, server: Server
) -> None:
    person.write("merhaba")
    assert desk.post("/forget", {"conversation": f"telegram-{person.id}"}) == (204, None)
    assert events(server, person.id) == []


# -- a crash


def test_a_killed_server_answers_what_it_had_taken_once(
    person: Person, server: Server, emulator: Emulator
) -> None:
    """Killed with one message sent and one held back: only that is left.

    What Telegram took while nobody lived to record it is sent again, once: the Bot API has
    no way to tell it that the message is the same.
    """
    unlucky = Person(emulator, server)
    emulator.mute.add(unlucky.id)
    kept_on = emulator.update(message=emulator.message(unlucky.chat, text="merhaba"))
    assert post(server, kept_on, SECRET)[0] == 200
    wait_for(lambda: len(unlucky.got()) == 1, pause=0.01)
    emulator.trouble = lambda method, chat: (
        emulator.open.clear()
        if (method, chat, person.got()) == ("sendMessage", person.id, [])
        else None
    )
    update = emulator.update(message=emulator.message(person.chat, text=QUESTION))
    assert post(server, update, SECRET)[0] == 200
    query = "SELECT COUNT(*) FROM telegram_messages WHERE chat = ?"
    wait_for(lambda: len(person.got()) == 1 and rows(server, query, person.id) == [(1,)])
    old = server.children()["rasa"]
    os.kill(old, signal.SIGKILL)
    wait_for(lambda: server.children().get("rasa", old) != old, server.said)
    emulator.open.set()
    emulator.mute.clear()
    for one in (kept_on, update):
        wait_for(lambda one=one: state_of(server, one["update_id"]) == "done", server.log)
    assert ["Kaynak" in sent.text for sent in person.got()] == [True, False]
    assert [sent.text[:7] for sent in unlucky.got()] == ["Merhaba"] * 2
    for somebody in (person, unlucky):
        users = [data for kind, data in events(server, somebody.id) if kind == "user"]
        assert len(users) == 1
    assert post(server, update, SECRET)[0] == 200
    assert "Rica ederim" in said(person.write("teşekkürler"))
