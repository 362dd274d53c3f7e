"""Everything a message names that a fact can be made of, free of context."""

import datetime

from bot.nlu.countries import countries_in
from bot.nlu.counts import counts_in
from bot.nlu.mention import Mention
from bot.nlu.patterns import patterns
from bot.nlu.places import places_in
from bot.nlu.words import words_of
from bot.text.dates import dates_in

#: Longer messages are read by their beginning; nobody's case needs more.
MAX_CHARACTERS = 1_000


def mentions_in(text: str, today: datetime.date) -> list[Mention]:
    """Return the mentions of a message in the order of their first word."""
    raw = words_of(text[:MAX_CHARACTERS])
    if not raw:
        return []
    table = patterns()
    words = table.repaired(raw)
    taken: set[int] = set()
    found: list[Mention] = []
    for date in dates_in(" ".join(word.text for word in words), today):
        value = {"date": date.date.iso() if date.date else None, "assumed": date.assumed}
        found.append(Mention("tarih", value, date.first, date.last))
        taken.update(range(date.first, date.last + 1))
    found += counts_in(words, taken)
    found += countries_in(raw)
    found += places_in(raw)
    found += table.mentions(words)
    return sorted(found, key=lambda mention: (mention.first, mention.last))
