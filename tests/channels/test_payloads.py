import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.payloads import plain_text, target_of, typed


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("merhaba", "merhaba"),
        ("/restart", "restart"),
        ("  //session_start", "session_start"),
        ("/ /restart", "restart"),
        ("/\n/back", "back"),
        ("/faq", "faq"),
        ('/faq{"entry": "ke-01"}', '/faq{"entry": "ke-01"}'),
        ('/faydali{"entry":"ke-01"}', '/faydali{"entry":"ke-01"}'),
        ("/ret", "/ret"),
        ("/ret@1.0", "ret@1.0"),
        ('/faq{"entry": "ke-01", "x": 1}', 'faq{"entry": "ke-01", "x": 1}'),
        ('/selamlama{"entry": "ke-01"}', 'selamlama{"entry": "ke-01"}'),
        ("", ""),
    ],
)
def test_only_our_own_buttons_stay_payloads(message: str, expected: str) -> None:
    assert typed(message) == expected


@given(st.text(max_size=30))
def test_a_typed_message_is_never_an_intent(text: str) -> None:
    result = typed(f"/{text}").strip()
    assert result == "/ret" or result.startswith("/fa") or not result.startswith("/")


@given(st.text('/ \t\nfaqret{}":-01', max_size=30) | st.text(max_size=30))
def test_what_a_page_s_field_holds_is_never_an_intent(text: str) -> None:
    assert not plain_text(text).strip().startswith("/")
    opened = target_of(text)
    assert opened is None or f'"{opened}"' in text
