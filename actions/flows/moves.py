"""What moves about in a calculation and answers nothing: back, a pause, the case before."""

import re

from actions.flows import texts
from actions.flows.asking import ask_again
from actions.flows.base import Flow
from actions.flows.judged import verdict_again
from actions.flows.reading import Reading
from actions.flows.state import State
from actions.flows.turn import Turn, World

_POLITE = r"(?: (?:lutfen|hocam|ya|yaa|simdi|hemen))*"
_BACK = re.compile(
    r"(?:(?:bir |bi )?onceki(?:ne|ye)?(?: (?:soru|adim)\w*)?|(?:bir |bi )?geri(?:ye)?)"
    r"(?: (?:al|don|donelim|donsene|donebilir|git|gidelim|gel|soruya|m[iu]y[iu]\w))*" + _POLITE
)
_PAUSE = re.compile(
    r"(?:(?:dur\w*|tamam|bir|bi|bekle\w*|az|biraz|hele|lutfen|hocam|ya|hemen|bakip|gelicem|"
    r"gelecegim|geliyorum|donuyorum|donecegim) ?)*"
)
_WAIT = re.compile(
    r"\bbekle(?:yin|r|rmi|sene|y?in[iu]z)?\b|\b(?:bir|bi) ?(?:dk|dak\w*|sn|saniye\w*)\b"
)
#: "Az önceki projede 11 kişi olsa".
_EARLIER = re.compile(
    r"\baz once(?:ki)?\w*|\bdemin(?:ki)?\b|\bonceki (?:hesa[pb]|proje|basvuru)\w*"
)
_GO_ON = re.compile(
    r"(?:evet |tamam |hadi |haydi |peki )?(?:devam|kaldigimiz yerden(?: devam)?)"
    r"(?: (?:et|edin|edelim|edeyim|edebiliriz|edelim mi))?" + _POLITE
)
_CALCULATION = re.compile(r"\b(?:onceki|obur|oteki|ilk|diger) hesa[pb]\w*")
FEW_WORDS = 4


def goes_back(reading: Reading) -> bool:
    """Tell whether a message asks for the question before: "geri", "bir önceki soru"."""
    return bool(_BACK.fullmatch(reading.folded))


def pauses(reading: Reading) -> bool:
    """Tell whether somebody asks to wait: "dur bi dk", "bekler misiniz"."""
    rest = _WAIT.sub("", reading.folded)
    rest = re.sub(r"\bm[iu]s[iu]n\w*", "", rest)
    waits = rest != reading.folded
    return waits and bool(_PAUSE.fullmatch(" ".join(rest.split())))


def names_earlier(reading: Reading) -> bool:
    """Tell whether a message speaks of the calculation before this one."""
    return bool(_EARLIER.search(reading.folded))


def returns(reading: Reading, done: bool) -> bool:
    """Tell whether somebody wants the calculation before; "devam" does when this is over."""
    if _CALCULATION.search(reading.folded) and len(reading.words) <= FEW_WORDS:
        return True
    return done and goes_on(reading)


def goes_on(reading: Reading) -> bool:
    """Tell whether somebody wants to go on: "devam edelim"; not "proje devam ediyor"."""
    return bool(_GO_ON.fullmatch(reading.folded))


def back(flow: Flow, state: State, world: World) -> Turn:
    """Ask the question before again; what its answer brought is forgotten."""
    if not state.trail:
        return ask_again(flow, state, world, texts.FIRST_QUESTION)
    asked, *brought = state.trail.pop()
    for name in (asked, *brought):
        state.facts.pop(name, None)
    state.unknown = [name for name in state.unknown if name != asked]
    state.asked, state.done, state.misses = asked, False, 0
    return ask_again(flow, state, world, texts.BACK_AGAIN)


def taken_up(flow: Flow, state: State, world: World) -> Turn:
    """Go on with a calculation that was left: its question, or its verdict once more."""
    state.asides = 0
    if state.done:
        return verdict_again(flow, state, world)
    return ask_again(flow, state, world, texts.TAKEN_UP)
