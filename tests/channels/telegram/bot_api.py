"""What the Bot API documents of its objects: every one sent to it is held to that.

Figures and names are those of https://core.telegram.org/bots/api; the replies' wording is
the server's own (https://github.com/tdlib/telegram-bot-api).
"""

import json
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

TEXT = 4096
CAPTION = 1024
FILE = 50 * 1024 * 1024
ACTIONS = {"typing", "upload_document"}
UPDATES = {"message", "edited_message", "callback_query", "my_chat_member"}
_TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "a"}
_TAGS |= {"blockquote", "tg-spoiler", "span"}
_NAMED = {"lt", "gt", "amp", "quot"}

#: The parameters each method takes here; another one is a mistake of ours.
PARAMETERS: Mapping[str, set[str]] = {
    "getMe": set(),
    "setWebhook": {"url", "secret_token", "allowed_updates", "max_connections"},
    "deleteWebhook": {"drop_pending_updates"},
    "getUpdates": {"offset", "limit", "timeout", "allowed_updates"},
    "setMyCommands": {"commands"},
    "sendMessage": {"chat_id", "text", "parse_mode", "link_preview_options", "reply_markup"},
    "sendDocument": {"chat_id", "document", "caption", "parse_mode", "reply_markup"},
    "sendChatAction": {"chat_id", "action"},
    "answerCallbackQuery": {"callback_query_id", "text", "show_alert"},
    "editMessageReplyMarkup": {"chat_id", "message_id", "reply_markup"},
}


class BadRequestError(Exception):
    """A request the Bot API would refuse with 400."""


def units(text: str) -> int:
    """Telegram counts in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def visible(html: str) -> str:
    """Return the text of a message after its tags are read, as Telegram reads them."""
    parser = _Reader()
    parser.feed(html)
    parser.close()
    if parser.opened:
        raise BadRequestError(f"can't parse entities: can't find end tag of {parser.opened[-1]}")
    return "".join(parser.text)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []
        self.opened: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        allowed = {"a": ["href"], "span": ["class"], "code": ["class"]}.get(tag, [])
        if tag not in _TAGS or [name for name in names if name not in allowed]:
            raise BadRequestError(f"can't parse entities: unsupported start tag {tag}")
        if tag == "a" and names != ["href"]:
            raise BadRequestError("can't parse entities: a link without an address")
        if {"pre", "code"} & set(self.opened) and (tag, self.opened[-1]) != ("code", "pre"):
            raise BadRequestError("can't parse entities: a tag inside of code")
        if tag in self.opened:
            raise BadRequestError(f"can't parse entities: nested {tag}")
        self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.opened or self.opened.pop() != tag:
            raise BadRequestError(f"can't parse entities: unexpected end tag {tag}")

    def handle_data(self, data: str) -> None:
        if re.search("[<>&]", data):
            raise BadRequestError(f"can't parse entities: unescaped sign in {data!r}")
        self.text.append(data)

    def handle_entityref(self, name: str) -> None:
        if name not in _NAMED:
            raise BadRequestError(f"can't parse entities: unknown entity {name}")
        self.text.append({"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name])

    def handle_charref(self, name: str) -> None:
        self.text.append(chr(int(name[1:], 16) if name[:1] in "xX" else int(name)))

    def handle_comment(self, data: str) -> None:
        raise BadRequestError("can't parse entities: a comment")

    def handle_decl(self, decl: str) -> None:
        raise BadRequestError("can't parse entities: a declaration")

    def unknown_decl(self, data: str) -> None:
        raise BadRequestError("can't parse entities: a declaration")

    def handle_pi(self, data: str) -> None:
        raise BadRequestError("can't parse entities: an instruction")


def text_of(parameters: Mapping[str, Any], name: str, least: int, most: int) -> str:
    """Return the visible text of a message or a caption."""
    given = str(parameters.get(name, ""))
    if parameters.get("parse_mode") not in {None, "HTML"}:
        raise BadRequestError("unsupported parse_mode")
    shown = visible(given) if parameters.get("parse_mode") else given
    shown = shown.strip()
    if units(shown) < least:
        raise BadRequestError("message text is empty")
    if units(shown) > most:
        raise BadRequestError("message is too long" if name == "text" else "caption is too long")
    return shown


def keyboard_of(markup: Any) -> list[tuple[str, str]]:
    """Return the buttons of an inline keyboard as (text, callback_data)."""
    if markup is None:
        return []
    rows = markup.get("inline_keyboard")
    if set(markup) != {"inline_keyboard"} or not isinstance(rows, list):
        raise BadRequestError("object expected as reply markup")
    found = []
    for row in rows:
        if not isinstance(row, list) or not row:
            raise BadRequestError("a row of an inline keyboard is an array of buttons")
        for button in row:
            if set(button) != {"text", "callback_data"}:
                raise BadRequestError("text buttons are unallowed in the inline keyboard")
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise BadRequestError("BUTTON_DATA_INVALID")
            if not button["text"].strip():
                raise BadRequestError("inline keyboard button text is empty")
            found.append((button["text"], button["callback_data"]))
    if len(found) > 100:
        raise BadRequestError("reply markup is too long")
    return found


def check_commands(commands: Any) -> None:
    """Hold a list of commands to its limits."""
    if not isinstance(commands, list) or len(commands) > 100:
        raise BadRequestError("expected a list of at most 100 commands")
    for command in commands:
        if not re.fullmatch("[a-z0-9_]{1,32}", command["command"]):
            raise BadRequestError("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise BadRequestError("BOT_COMMAND_DESCRIPTION_INVALID")


def check_webhook(parameters: Mapping[str, Any], local: bool) -> None:
    """Hold a webhook to what Telegram takes; a server of one's own takes http too."""
    if not re.match("https?://" if local else "https://", str(parameters.get("url"))):
        raise BadRequestError("bad webhook: an HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(parameters.get("secret_token"))):
        raise BadRequestError("secret token contains unallowed characters")
    check_updates(parameters)


def check_updates(parameters: Mapping[str, Any]) -> None:
    """Hold the kinds of updates asked for to those there are."""
    if set(parameters.get("allowed_updates") or []) - UPDATES:
        raise BadRequestError("unknown kind of update")
    if not 1 <= int(parameters.get("limit", 100)) <= 100:
        raise BadRequestError("limit out of range")


def parameters_of(form: Mapping[str, Any]) -> dict[str, Any]:
    """Read a form's values; objects and lists come as JSON."""
    structured = ("reply_markup", "allowed_updates", "commands", "link_preview_options")
    return {
        name: json.loads(value) if name in structured else value for name, value in form.items()
    }
