"""Make text from outside safe to store, without touching what a person wrote."""

import re

# Control characters but tab and line feed; a NUL ends a PostgreSQL write with an error
# at which Rasa leaves the process. Lone surrogates cannot be encoded at all.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""Return `text` without characters that no store can hold.

    >>> clean("merhaba\x00 hocam")
    'merhaba hocam'
    """
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
