"""Words that tell what a number, a date or a country is about: a small notation."""

import re


def words(text: str) -> str:
    """Return a pattern that any one of these words matches whole; `*` takes endings.

    >>> bool(re.fullmatch(words("kayit* kaydol*"), "kaydolduk"))
    True
    """
    ways = [re.escape(way).replace(r"\*", r"\w*") for way in text.split()]
    return f"(?:{'|'.join(ways)})$"


def phrases(text: str) -> re.Pattern[str]:
    r"""Return a pattern that finds any of these phrases, one to a line; `*` takes endings.

    `{n}` stands for up to n words in between.

    >>> bool(phrases("ben dahil\nikimiz {2} turk*").search("ikimiz de aslinda turkuz"))
    True
    """
    ways = []
    for line in filter(None, map(str.strip, text.splitlines())):
        way = re.escape(line).replace(r"\*", r"\w*").replace(r"\ ", " ")
        ways.append(re.sub(r" \\\{(\d)\\\} ", r" (?:\\S+ ){0,\1}", way))
    return re.compile(rf"\b(?:{'|'.join(ways)})(?!\w)")
