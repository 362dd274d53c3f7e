"""Reference codes: what a teacher keeps of a question that went to the staff."""

import re
import secrets

#: No 0/O, 1/I/L: they are mistaken for each other, and I has two small letters in Turkish.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUP = 4
_SHAPE = re.compile(rf"[{ALPHABET}]{{{_GROUP}}}-[{ALPHABET}]{{{_GROUP}}}")


def new_reference() -> str:
    """Return a fresh code such as K7F2-9QXM; 31^8 of them make a clash unlikely."""
    signs = [secrets.choice(ALPHABET) for _ in range(2 * _GROUP)]
    return "".join(signs[:_GROUP]) + "-" + "".join(signs[_GROUP:])


def reference_of(text: str) -> str | None:
    """Return the code somebody typed, in the form we store; None if it is none.

    >>> reference_of(" k7f2 9qxm "), reference_of("merhaba")
    ('K7F2-9QXM', None)
    """
    signs = re.sub(r"[\s-]", "", text.upper())
    code = f"{signs[:_GROUP]}-{signs[_GROUP:]}"
    return code if _SHAPE.fullmatch(code) else None
