"""Turkish lemmas by simplemma's word list, folded; a word it does not know stays itself."""

from functools import lru_cache

import simplemma

from bot.text.fold import fold, lower


@lru_cache(maxsize=50_000)
def lemma(word: str) -> str:
    """Return the folded lemma of one word with Turkish letters.

    >>> lemma("okullarımızda")
    'okul'
    """
    if not word:  # simplemma refuses it
        return ""
    return fold(simplemma.lemmatize(lower(word), lang="tr"))
