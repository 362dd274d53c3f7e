"""`python -m bot desk …`: the desk's part of the command line."""

import argparse
import getpass
import os
import signal
import sys
import threading
from collections.abc import Callable
from typing import Any, NoReturn

from bot.settings import Settings, settings

CONFIGURATION = "bot.desk.configuration"
THREADS = 8


class DeskError(Exception):
    """A command of the desk cannot go on; the message is for the person at the terminal."""


def add_parts(parser: argparse.ArgumentParser) -> None:
    """Add the desk's commands to the command line."""
    parts = parser.add_subparsers(required=True, metavar="İŞ")

    def add(name: str, text: str, part: Callable[[argparse.Namespace], int]) -> Any:
        sub = parts.add_parser(name, help=text, description=text)
        sub.set_defaults(part=part)
        return sub

    add("migrate", "Veritabanını günceller", _migrate)
    user = add("user", "Kullanıcı ekler ya da parolasını ve rollerini değiştirir", _user)
    user.add_argument("name", metavar="ADI")
    roles = "gorevli, editor, yonetici, gozlemci; birden çok kez yazılabilir"
    user.add_argument("--rol", action="append", required=True, dest="roles", help=roles)
    user.add_argument("--ad", default="", help="adı ve soyadı")
    add("serve", "Masayı başlatır", _serve)
    add("read", "Konuşmaları okur, vakaları oluşturur", _read)
    add("purge", "Saklama süresi dolanları siler", _purge)
    check = add("check", "Kurulumu denetler", _check)
    check.add_argument("--deploy", action="store_true", help="yayın ayarlarını da denetler")


def set_up() -> None:
    """Make Django ready, with the database's folder for nobody else to read."""
    import django

    os.umask(0o077)
    settings().var_dir.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = CONFIGURATION
    django.setup()


def migrate() -> None:
    """Bring the database up to date."""
    set_up()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def somebody_can_sign_in() -> bool:
    """Tell whether there is a user yet."""
    set_up()
    from django.contrib.auth.models import User

    return User.objects.filter(is_active=True).exists()


def server_command(chosen: Settings) -> list[str]:
    """Return the production server's command line."""
    return [
        *(sys.executable, "-m", "gunicorn", "bot.desk.wsgi:application"),
        *("--bind", f"{chosen.desk_host}:{chosen.desk_port}"),
        *("--workers", str(chosen.desk_workers), "--threads", str(THREADS)),
        *("--worker-class", "gthread", "--timeout", "60", "--log-level", "warning"),
    ]


def _migrate(options: argparse.Namespace) -> int:
    migrate()
    print("Veritabanı güncel.")
    return 0


def _user(options: argparse.Namespace) -> int:
    set_up()
    from django.contrib.auth.models import User
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bot.desk.codes import Role
    from bot.desk.roles import give_roles

    if unknown := set(options.roles) - set(Role.values):
        known = ", ".join(Role.values)
        raise DeskError(f"{', '.join(unknown)} diye bir rol yok. Roller: {known}")
    migrate()
    user = User.objects.filter(username=options.name).first() or User(username=options.name)
    first, _, last = options.ad.rpartition(" ")
    if options.ad:
        user.first_name, user.last_name = (first, last) if first else (last, "")
    password = _password()
    try:
        user.full_clean(exclude=["password"])
        validate_password(password, user)
    except ValidationError as error:
        raise DeskError(" ".join(error.messages)) from error
    user.set_password(password)
    user.is_active = True
    user.save()
    give_roles(user, [Role(name) for name in options.roles])
    print(f"{user.username}: {', '.join(options.roles)}")
    return 0


def _password() -> str:
    """Ask for a password twice; one line from a pipe is taken as it is."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Parola: ")
    if getpass.getpass("Parola, bir daha: ") != password:
        raise DeskError("İki parola aynı değil.")
    return password


def _serve(options: argparse.Namespace) -> NoReturn:
    os.umask(0o077)
    command = server_command(settings())
    os.execv(command[0], command)


def _read(options: argparse.Namespace) -> int:
    set_up()
    from bot.desk.reading.process import run

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(stop)
    return 0


def _purge(options: argparse.Namespace) -> int:
    set_up()
    from bot.desk.door import DoorError
    from bot.desk.retention import purge

    try:
        print(f"Silindi: {purge()}")
    except DoorError as error:
        raise DeskError(str(error)) from error
    return 0


def _check(options: argparse.Namespace) -> int:
    set_up()
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError

    try:
        call_command("check", deploy=options.deploy, fail_level="WARNING")
    except SystemCheckError as error:
        raise DeskError(str(error)) from error
    return 0
