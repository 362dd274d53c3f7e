"""The staff's guide holds what there is."""

import re

import pytest

from bot.desk.codes import Closing, Delivery, Reason, Role
from bot.desk.navigation import ITEMS
from bot.desk.views.health import RULES
from bot.learning.teaching import STATES
from bot.settings import ROOT

GUIDE = (ROOT / "docs/destek-masasi.md").read_text(encoding="utf-8")
TEACHING = (ROOT / "docs/ogretme.md").read_text(encoding="utf-8")
PICTURE_BYTES = 60_000


@pytest.mark.parametrize(("guide", "kind"), [(GUIDE, "masa"), (TEACHING, "ogretme")])
def test_every_picture_is_there_and_small_and_shown(guide: str, kind: str) -> None:
    shown = set(re.findall(r"\]\(ekran/([\w-]+\.png)\)", guide))
    found = (ROOT / "docs/ekran").glob(f"{kind}-*.png")
    files = {file.name: file.stat().st_size for file in found}
    assert shown == set(files)
    assert max(files.values()) < PICTURE_BYTES


@pytest.mark.parametrize(
    "label",
    [
        *(role.label for role in Role),
        *(reason.label for reason in Reason),
        *(closing.label for closing in Closing if closing is not Closing.DUPLICATE),
        *(state.label for state in Delivery if state is not Delivery.SENDING),
        *(item.label for item in ITEMS),
    ],
)
def test_the_guide_names_what_the_pages_show(label: str) -> None:
    # A heading names two pages, the second in small letters.
    assert label in GUIDE or label.lower() in GUIDE


@pytest.mark.parametrize("label", [*STATES.values(), *RULES.values()])
def test_the_guide_of_teaching_names_what_the_pages_show(label: str) -> None:
    assert f"| {label} |" in TEACHING


def test_the_guide_names_every_command() -> None:
    source = (ROOT / "bot/desk/commands.py").read_text(encoding="utf-8")
    names = re.findall(r'\badd\("([a-z]+)"', source)
    assert len(names) > 4
    for name in names:
        assert f"python -m bot desk {name}" in GUIDE
