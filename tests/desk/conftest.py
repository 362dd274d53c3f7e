"""What the desk's tests share: an empty tracker store of Rasa's own, people, cases."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from bot.desk import door as desk_door
from bot.desk.codes import Role
from bot.desk.models import Case, Conversation, QuestionGroup
from bot.desk.reading import tracker
from bot.desk.roles import give_roles
from bot.reference import new_reference
from bot.settings import Settings, settings
from bot.text.fold import normalize
from tests.desk.doors import Door
from tests.desk.lessons import keep_refused
from tests.desk.office import QUESTIONS, DeskServer
from tests.desk.store import PASSWORD, Store
from tests.servers import free_port

_numbers = count(1)


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """Django's own way with passwords is slow on purpose; hundreds of users are made here."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path) -> Iterator[Settings]:
    """Each test has a folder of its own; nothing there is read from the project's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOT_VAR_DIR", str(tmp_path))
        settings.cache_clear()
        tracker.engine.cache_clear()
        yield settings()
    settings.cache_clear()
    tracker.engine.cache_clear()


@pytest.fixture(scope="package")
def office(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    """A started assistant that the browsers share."""
    with DeskServer(tmp_path_factory.mktemp("desk")) as started:
        started.ask_all(QUESTIONS)
        keep_refused(started)
        yield started


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path)
    yield made
    made.rasa.engine.dispose()


@pytest.fixture
def user(db: None) -> Callable[..., User]:
    """Return a maker of users by role."""

    def make(*roles: Role, name: str = "") -> User:
        number = next(_numbers)
        made = User.objects.create_user(name or f"kisi{number}", password=PASSWORD)
        give_roles(made, list(roles))
        return made

    return make


@pytest.fixture
def as_role(user: Callable[..., User]) -> Callable[..., Client]:
    """Return a maker of signed-in browsers by role."""

    def sign_in(*roles: Role) -> Client:
        client = Client()
        client.force_login(user(*roles), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def a_group(text: str = "") -> QuestionGroup:
    return QuestionGroup.objects.create(text=text)


def a_case(text: str = "Ödül töreni ne zaman?", **values: Any) -> Case:
    """Return a stored case; whatever is not named is plain."""
    now = timezone.now()
    sender = values.pop("sender", f"web-{next(_numbers)}")
    conversation, _ = Conversation.objects.get_or_create(key=sender, defaults={"channel": "web"})
    plain: dict[str, Any] = {
        "reference": new_reference(),
        "conversation": conversation,
        "text": text,
        "folded": normalize(text),
        "reason": "no_answer",
        "channel": "web",
        "asked_at": now,
        "due_at": now + datetime.timedelta(hours=8),
    }
    if "group" not in values:
        plain["group"] = a_group(text)
    return Case.objects.create(**{**plain, **values})


@pytest.fixture
def door(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Door]:
    """A door that takes everything until it is told to refuse."""
    made = Door()
    chosen = replace(own_settings, port=made.port)
    monkeypatch.setattr(desk_door, "settings", lambda: chosen)
    yield made
    made.close()


@pytest.fixture
def no_door(own_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers at the assistant's address."""
    chosen = replace(own_settings, port=free_port())
    monkeypatch.setattr(desk_door, "settings", lambda: chosen)
