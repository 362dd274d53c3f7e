"""Markdown to Telegram's HTML: whole, balanced, under the length, for every answer there is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.outgoing import data_of, messages_of
from bot.channels.telegram.rendering import TEXT_LENGTH, pieces_of, units
from bot.channels.transcript import Line
from bot.knowledge import KnowledgeBase
from bot.knowledge.rendering import answer_text
from tests.channels.telegram import bot_api
from tests.channels.telegram.bot_api import visible

SIGNS = """** * _ ` - > # ``` 1. [a]( ](https://a.b/?x=1&y=2) ) [ & &amp; < <b> " --- 😀 ş kalite
2026. ![x](y) [e](mailto:a@b.c) [j](javascript:x)"""
SPACES = (" ", "   ", "\n", "\n\n", "\t")
MARKDOWN = st.lists(st.sampled_from([*SIGNS.split(), *SPACES]), max_size=60).map("".join)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**kalın** *eğik* `kod`", "<b>kalın</b> <i>eğik</i> <code>kod</code>"),
        ("5 < 6 & \"x\" > 'y'", "5 &lt; 6 &amp; \"x\" &gt; 'y'"),
        ("<b>yazı</b>", "&lt;b&gt;yazı&lt;/b&gt;"),
        ("bir\n\niki\nüç", "bir\n\niki\nüç"),
        ("- bir\n- **iki**\n\nson", "• bir\n• <b>iki</b>\n\nson"),
        ("3. üç\n4. dört", "3. üç\n4. dört"),
        ("1. bir\n   - a\n   - b\n2. iki", "1. bir\n   • a\n   • b\n2. iki"),
        ("# Başlık\nyazı", "<b>Başlık</b>\n\nyazı"),
        ("> alıntı\n> > iç", "<blockquote>alıntı\niç</blockquote>"),
        ("```\na < b\n```", "<pre>a &lt; b</pre>"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
        ('[x](https://a.b/?c=1&d="2")', '<a href="https://a.b/?c=1&amp;d=%222%22">x</a>'),
        ("[**x** y](https://a.b)", '<a href="https://a.b"><b>x</b> y</a>'),
        ("[a@b.c](mailto:a@b.c)", "a@b.c"),
        ("[yazın](mailto:a@b.c)", "yazın (a@b.c)"),
        ("[x](javascript:alert)", "[x](javascript:alert)"),
        ("[x](/yol)", "x (/yol)"),
        ("![resim](https://a.b/c.png)", "resim"),
        ("  \n \n", None),
    ],
)
def test_each_kind_of_markdown(markdown: str, html: str | None) -> None:
    assert pieces_of(markdown) == ([html] if html else [])


def test_every_answer_fits_and_keeps_its_words(base: KnowledgeBase) -> None:
    for entry in base.entries.values():
        markdown = answer_text(base, entry)
        for html in pieces_of(markdown):
            assert bot_api.text_of({"text": html, "parse_mode": "HTML"}, "text", 1, bot_api.TEXT)
        shown = "\n".join(visible(html) for html in pieces_of(markdown))
        without_addresses = re.sub(r"\]\([^)]*\)", "]", markdown)
        assert words(shown) == words(without_addresses)


@given(MARKDOWN, st.integers(20, 90))
def test_any_text_becomes_messages_that_telegram_takes(markdown: str, limit: int) -> None:
    pieces = pieces_of(markdown, limit)
    shown = [visible(piece) for piece in pieces]
    for text in shown:
        assert text == text.strip() != ""
        assert units(text) <= limit
    whole = "".join(visible(piece) for piece in pieces_of(markdown))
    assert "".join("".join(shown).split()) == "".join(whole.split())


def test_a_text_is_cut_at_paragraphs_then_lines_sentences_words() -> None:
    assert pieces_of("bir iki\n\nüç dört\n\nbeş", 18) == ["bir iki\n\nüç dört", "beş"]
    assert pieces_of("bir iki\nüç dört\nbeş", 16) == ["bir iki\nüç dört", "beş"]
    assert pieces_of("Bir iki. Üç dört beş.", 14) == ["Bir iki.", "Üç dört beş."]
    assert pieces_of("bir iki üç dört", 9) == ["bir iki", "üç dört"]
    assert pieces_of("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_no_tag_is_left_open_by_a_cut() -> None:
    assert pieces_of("**bir iki üç**", 8) == ["<b>bir iki</b>", "<b>üç</b>"]


def test_signs_that_telegram_counts_as_two_are_counted_so() -> None:
    pieces = pieces_of("😀" * TEXT_LENGTH)
    assert [bot_api.units(piece) for piece in pieces] == [TEXT_LENGTH] * 2


def test_buttons_stand_under_the_last_part_with_ids_of_few_bytes() -> None:
    payload = '/faq{"entry": "' + "ş" * 100 + '"}'
    choices = [{"title": "Seçenek", "choice": payload}, {"title": "Evet", "choice": "Evet"}]
    line = Line(author="assistant", text="söz " * 1500, choices=choices)  # type: ignore[typeddict-item]
    first, last = messages_of([line])
    assert first.buttons == ()
    assert last.buttons == (("Seçenek", data_of(payload)), ("Evet", data_of("Evet")))
    assert all(len(data.encode()) <= 64 for _, data in last.buttons)


@pytest.mark.parametrize(
    "html",
    [
        *("<b>x", "x</b>", "<b><i>x</b></i>", "<p>x</p>", "a < b", "a & b", "&nbsp;", "<a>x</a>"),
        *("<b onclick='x'>y</b>", "<!-- x -->", "<pre><b>x</b></pre>"),
        "<blockquote><blockquote>x</blockquote></blockquote>",
    ],
)
def test_the_emulator_refuses_what_telegram_would(html: str) -> None:
    with pytest.raises(bot_api.BadRequestError):
        visible(html)
