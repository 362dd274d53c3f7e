"""Typing noise: what a thumb does to a sentence. Used to train and to test robustness."""

from random import Random

_WITHOUT_MARKS = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")
# Neighbours on the Turkish Q keyboard, the letters only.
_ROWS = ("qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç")
NEIGHBOURS = {
    letter: [row[i] for i in (index - 1, index + 1) if 0 <= i < len(row)]
    for row in _ROWS
    for index, letter in enumerate(row)
}


def without_turkish_letters(text: str) -> str:
    """Replace the letters a foreign keyboard lacks.

    >>> without_turkish_letters("Çağrı şöyle")
    'Cagri soyle'
    """
    return text.translate(_WITHOUT_MARKS)


def with_typos(text: str, rng: Random, rate: float = 1 / 18) -> str:
    """Drop, double, swap or mistype about `rate` of the characters, at least one.

    The result depends on `text` and the state of `rng` alone.
    """
    letters = list(text)
    for _ in range(max(1, round(len(text) * rate)) if text else 0):
        if not letters:
            break
        index = rng.randrange(len(letters))
        kind = rng.randrange(4)
        if kind == 0:
            del letters[index]
        elif kind == 1:
            letters.insert(index, letters[index])
        elif kind == 2 and index + 1 < len(letters):
            letters[index], letters[index + 1] = letters[index + 1], letters[index]
        else:
            letters[index] = rng.choice(NEIGHBOURS.get(letters[index].lower(), [letters[index]]))
    return "".join(letters)


def noisy(text: str, rng: Random) -> str:
    """Return one plausible misspelling of `text`: letterless, mistyped or both."""
    kind = rng.randrange(4)
    if kind == 0:
        return without_turkish_letters(text)
    if kind == 1:
        return with_typos(without_turkish_letters(text), rng)
    return with_typos(text, rng)
