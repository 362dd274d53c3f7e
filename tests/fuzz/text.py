"""Fuzz what reads people's text: `python -m tests.fuzz.text SECONDS [READER…]`.

atheris grows inputs that reach new branches of `bot.text` and `bot.nlu` and stops at the
first that breaks a promise; it is written into `var/fuzz/`, with the seeds of the next run.
"""

import datetime
import sys
from collections.abc import Callable

import atheris

with atheris.instrument_imports(include=["bot.text", "bot.nlu", "bot.channels.payloads"]):
    from bot.channels.payloads import plain_text, target_of, typed
    from bot.nlu.mentions import mentions_in
    from bot.text.clean import clean
    from bot.text.dates import dates_in
    from bot.text.fold import fold, lower, normalize
    from bot.text.masking import mask
    from bot.text.numbers import numbers_in

from bot.settings import ROOT

FOLDER = ROOT / "var/fuzz"
TODAY = datetime.date(2026, 11, 20)
#: Longer messages are refused at the door.
LENGTH = 1_000


def folding(text: str) -> None:
    """Folding twice is folding once, whatever the letters; words stay words."""
    assert lower(lower(text)) == lower(text)
    assert fold(fold(text)) == fold(text)
    words = normalize(text)
    assert normalize(words) == words
    assert words == " ".join(words.split())


def dates(text: str) -> None:
    """Every date stands in the text, and is one of the calendar."""
    words = normalize(text).split()
    for found in dates_in(" ".join(words), TODAY):
        assert 0 <= found.first <= found.last < len(words)
        if found.date:
            found.date.iso()


def numbers(text: str) -> None:
    """Every number stands in the text, and none twice."""
    words = normalize(text).split()
    last = -1
    for number in numbers_in(" ".join(words)):
        assert last < number.first <= number.last < len(words)
        last = number.last


def mentions(text: str) -> None:
    """What a message names stands in its words."""
    for mention in mentions_in(text, TODAY):
        assert 0 <= mention.first <= mention.last


def masking(text: str) -> None:
    """What is masked holds no more to mask, and can be stored."""
    shown = mask(clean(text))
    assert mask(shown) == shown
    shown.encode()


def payloads(text: str) -> None:
    """Nothing typed is an intent."""
    assert not plain_text(text).strip().startswith("/")
    assert typed(typed(text)) == typed(text)
    target_of(text)


READERS: dict[str, Callable[[str], None]] = {
    reader.__name__: reader for reader in (folding, dates, numbers, mentions, masking, payloads)
}
SEEDS = (
    "12 mart 2024'te kayıt olduk, 3 öğretmen ve on iki öğrenciyle",
    "yirmi kasım iki bin yirmi dört; 31.02.2025 olmaz, geçen yılın ocağında",
    "Iğdır'dan İSTANBUL'a, plakamız 06, Almanya ve Romanya ile",
    "0505 111 22 33 ya da ali@okul.k12.tr, TR33 0006 1005 1978 6457 8413 26",
    '/faq{"entry": "ke-01"} //ret / /restart',
    "ﬁ İi̇ ñ ﷺ ℌ ９９ \u202eabc\u200d👩‍👩‍👧 e\u0301\u0323",
)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace")


def main() -> None:
    """Fuzz the named readers, or all, for so many seconds; leaves by itself."""
    seconds, names = int(sys.argv[1]), sys.argv[2:] or list(READERS)
    readers = [READERS[name] for name in names]
    corpus = FOLDER / "-".join(names)
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS):
        for which in range(len(readers)):
            (corpus / f"seed-{number}-{which}").write_bytes(bytes([which]) + seed.encode())

    def read(data: bytes) -> None:
        if data:
            # As JSON brings it: any character, lone halves of a pair too.
            readers[data[0] % len(readers)](_decoded(data[1:]))

    options = [
        *(f"-max_total_time={seconds}", f"-max_len={LENGTH}", "-timeout=10", "-rss_limit_mb=2000"),
        *(f"-artifact_prefix={FOLDER}/", "-print_final_stats=1", str(corpus)),
    ]
    atheris.Setup([sys.argv[0], *options], read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
