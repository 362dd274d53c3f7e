"""`python -m bot backup | restore | nginx | model`: operation's part of the command line."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.operation.backup import back_up, restore
from bot.operation.nginx import Site, site_configuration
from bot.operation.postgresql import BackupError
from bot.settings import settings

#: Adds a command: its name, what it does, the function.
Add = Callable[[str, str, Callable[[argparse.Namespace], int]], Any]
KEEP = 14


def add_commands(add: Add) -> None:
    """Add operation's commands to the command line."""
    one = add("backup", "Verileri yedekler; asistan çalışırken de olur", _back_up)
    one.add_argument("folder", type=Path, metavar="KLASÖR", help="içinde tarihli klasör açılır")
    one.add_argument("--keep", type=int, default=KEEP, metavar="N", help="son N yedek kalır")
    one = add("restore", "Bir yedeği geri yükler; önce asistanı durdurun", _restore)
    one.add_argument("folder", type=Path, metavar="YEDEK", help="tarihli klasör")
    one.add_argument("--replace", action="store_true", help="var olan verinin yerine geçer")
    one = add("nginx", "nginx yapılandırmasını yazar", _nginx)
    for name, text in (
        ("--public-host", "öğretmenlerin ulaştığı ad"),
        ("--desk-host", "masanın adı"),
        ("--tls-certificate", "sertifika dosyası"),
        ("--tls-key", "anahtar dosyası"),
    ):
        one.add_argument(name, required=True, help=text)
    for name in ("--rasa", "--desk"):
        one.add_argument(
            name, required=True, action="append", help="SUNUCU:KAPI; birden çok kez yazılabilir"
        )


def add_model_parts(model: Any) -> None:
    """Add the parts of `python -m bot model` to its parser."""
    parts = model.add_subparsers(required=True, metavar="İŞ")
    part = parts.add_parser("use", help="Bir modeli bütün sunucularda kullanıma alır")
    part.add_argument(
        "model",
        nargs="?",
        default="",
        metavar="MODEL",
        help="list çıktısındaki adı ya da dosyası; yazılmazsa kullanılan dosyalardan eğitilen",
    )
    part.set_defaults(part=_use_model)
    part = parts.add_parser("back", help="Bir önceki modele döner")
    part.set_defaults(part=_model_back)
    part = parts.add_parser("list", help="Modelleri ve sunucuların hangisini kullandığını yazar")
    part.set_defaults(part=_list_models)


def _use_model(options: argparse.Namespace) -> int:
    from bot.learning.commands import person
    from bot.operation.models import use

    print(use(options.model, person()))
    return 0


def _model_back(options: argparse.Namespace) -> int:
    from bot.learning.commands import person
    from bot.operation.models import back

    print(back(person()))
    return 0


def _list_models(options: argparse.Namespace) -> int:
    from bot.operation.models import listing

    print(listing())
    return 0


def _back_up(options: argparse.Namespace) -> int:
    if options.keep < 1:
        raise BackupError("--keep en az 1 olmalı")
    print(f"Yedek: {back_up(settings(), options.folder, options.keep)}")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from bot.desk.commands import migrate
    from bot.serving import ServingError, check_ports

    try:
        check_ports(settings())
    except ServingError as error:
        raise BackupError("Asistan çalışıyor. Durdurup yeniden deneyin") from error
    restore(settings(), options.folder, options.replace)
    migrate()  # an older version's backup is brought up to date
    print(f"Geri yüklendi: {options.folder}")
    return 0


def _nginx(options: argparse.Namespace) -> int:
    site = Site(
        public_host=options.public_host,
        desk_host=options.desk_host,
        tls_certificate=options.tls_certificate,
        tls_key=options.tls_key,
        rasa=options.rasa,
        desk=options.desk,
    )
    print(site_configuration(site), end="")
    return 0
