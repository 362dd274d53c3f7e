"""The command line: `python -m bot run | train | ask | chat | replay | evaluate | …`."""

import argparse
import asyncio
import json
import logging
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.desk.commands import DeskError, migrate, somebody_can_sign_in
from bot.desk.commands import add_parts as add_desk_parts
from bot.learning import LearningError
from bot.learning.commands import add_parts as add_learning
from bot.learning.commands import person
from bot.live import live
from bot.operation.commands import add_commands as add_operation_commands
from bot.operation.commands import add_model_parts
from bot.operation.nginx import ProxyError
from bot.operation.postgresql import BackupError
from bot.settings import ROOT, SettingsError, settings

FIRST_USER = """Destek masasında henüz kullanıcı yok. İlkini başka bir uçbirimde ekleyin:
  .venv/bin/python -m bot desk user ADI --rol yonetici --rol gorevli
"""
#: Exit code for a mistake of the caller, as argparse uses it.
USAGE = 2


class CommandError(Exception):
    """A command cannot go on; the message is for the person at the terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    warnings.filterwarnings("ignore", module="(rasa|apscheduler|pkg_resources|sanic|ruamel)")
    warnings.filterwarnings("ignore", message="pkg_resources is deprecated")
    sys.path.insert(0, str(ROOT))
    from bot.evaluation import RowError
    from bot.knowledge import KnowledgeError
    from bot.operation.models import ModelError
    from bot.serving import ServingError
    from bot.training import TrainingError

    known = (
        *(
            BackupError,
            CommandError,
            DeskError,
            KnowledgeError,
            LearningError,
            ModelError,
            ProxyError,
            RowError,
        ),
        *(ServingError, SettingsError, TrainingError),
    )
    try:
        settings()
        command: Callable[[argparse.Namespace], int] = options.command
        return command(options)
    except known as error:
        print(error, file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bot", description="eTwinning yardım asistanı")
    commands = parser.add_subparsers(required=True, metavar="KOMUT")

    def add(name: str, text: str, command: Callable[[argparse.Namespace], int]) -> Any:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    add("run", "Sunucuları başlatır; gerekiyorsa önce modeli eğitir", _run)
    serve = add("serve", "Sunuculardan yalnızca birini çalıştırır", _serve)
    serve.add_argument("server", choices=("rasa", "actions"))
    train = add("train", "Güncel model yoksa eğitir", _train)
    train.add_argument(
        "--from",
        dest="base",
        type=Path,
        metavar="MODEL",
        help="yalnız cümleler eklendiyse: gerisini bu modelden alır, yarı sürede biter",
    )
    train.add_argument("--force", action="store_true", help="güncel model varken de eğitir")
    ask = add("ask", "Bir soruya yanıt verir", _ask)
    ask.add_argument("text", metavar="SORU")
    ask.add_argument("--json", action="store_true", help="ayrıntıları JSON olarak yazar")
    add("chat", "Uçbirimde sohbet eder", _chat)
    evaluate = add("evaluate", "Anlamayı soru dosyalarıyla ölçer", _evaluate)
    evaluate.add_argument("files", nargs="+", type=Path, metavar="DOSYA")
    evaluate.add_argument("--json", type=Path, metavar="ÇIKTI", help="sonucu bu dosyaya yazar")
    evaluate.add_argument(
        "--store", type=Path, metavar="TEMEL", help="sonucu karşılaştırma temeli olarak yazar"
    )
    tune = add("tune", "Eşikleri soru dosyalarıyla seçer ve config.yml'e yazar", _tune)
    tune.add_argument("files", nargs="+", type=Path, metavar="DOSYA")
    play = add("replay", "Konuşmaları dosyadan oynatır", _replay)
    play.add_argument("file", type=Path, metavar="DOSYA")
    directory = add("coordinators", "İl koordinatörleri rehberi", _part)
    parts = directory.add_subparsers(required=True, metavar="İŞ")
    bring = parts.add_parser("import", help="CSV dosyasındaki illerin kayıtlarını yeniler")
    bring.add_argument("file", type=Path, metavar="DOSYA.csv")
    bring.set_defaults(part=_import_coordinators)
    for name, text, part in (
        ("hide", "Bir ilin kayıtlarını gizler", _hide_coordinators),
        ("show", "Gizlenen kayıtları yeniden gösterir", _show_coordinators),
    ):
        one = parts.add_parser(name, help=text)
        one.add_argument("province", metavar="İL")
        one.set_defaults(part=part)
    parts.add_parser("list", help="Rehberi yazar").set_defaults(part=_list_coordinators)
    learn = add("learn", "Öğretme, düzenleme ve bilginin sağlığı", _part)
    add_learning(learn, add("banner", "Kesinti duyurusu", _part))
    desk = add("desk", "Destek masası", _part)
    add_desk_parts(desk)
    add_model_parts(add("model", "Sunucuların kullandığı model", _part))
    add_operation_commands(add)
    add("wait-ready", "Sunucular hazır olunca adresi yazar", _wait_ready)
    return parser


def _run(options: argparse.Namespace) -> int:
    from bot.learning import worker
    from bot.serving import check_ports, run

    check_ports(settings())
    _check_files()  # a broken file stops here, with its line
    model = _model_or_train()
    migrate()
    if worker.recover():
        worker.start()
    run(model)
    return 0


def _serve(options: argparse.Namespace) -> int:
    from bot.serving import action_server, become, rasa_server

    chosen = settings()
    become(
        action_server(chosen)
        if options.server == "actions"
        else rasa_server(chosen, _model_or_train())
    )
    return 0


def _train(options: argparse.Namespace) -> int:
    from bot.training import train, train_classifier, trained_model

    _check_files()
    model = None if options.force else trained_model()
    model = model or (train_classifier(options.base) if options.base else train())
    print(f"Model: {_shown(model)}")
    return 0


def _ask(options: argparse.Namespace) -> int:
    from bot.asking import ask

    assistant = _assistant()
    result = asyncio.run(ask(assistant, options.text, _explainer() if options.json else None))
    print(json.dumps(result.as_dict(), ensure_ascii=False, indent=2) if options.json else result)
    return 0


def _chat(options: argparse.Namespace) -> int:
    from bot.asking import chat

    asyncio.run(chat(_assistant()))
    return 0


def _replay(options: argparse.Namespace) -> int:
    from bot.asking import DialogueError, read_dialogues, replay

    try:
        dialogues = read_dialogues(options.file)
    except DialogueError as error:
        raise CommandError(str(error)) from error
    asyncio.run(replay(_assistant(), dialogues))
    return 0


def _part(options: argparse.Namespace) -> int:
    """Run the part that was named after the command."""
    part: Callable[[argparse.Namespace], int] = options.part
    return part(options)


def _import_coordinators(options: argparse.Namespace) -> int:
    from bot.learning.facts import import_coordinators

    print(import_coordinators(person(), options.file).what)
    return 0


def _hide_coordinators(options: argparse.Namespace) -> int:
    return _set_hidden(options.province, True)


def _show_coordinators(options: argparse.Namespace) -> int:
    return _set_hidden(options.province, False)


def _set_hidden(name: str, hidden: bool) -> int:
    from bot.learning.facts import hide_coordinators

    print(hide_coordinators(person(), name, hidden).what)
    return 0


def _list_coordinators(options: argparse.Namespace) -> int:
    from bot.knowledge.coordinators import load_coordinators

    for record in load_coordinators(live().knowledge):
        marks = "gizli" if record.hidden else ""
        cells = (record.province, record.name, record.phone, record.email, record.source)
        print("\t".join([*cells, record.as_of.iso(), marks]).rstrip())
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    from bot.baseline import store
    from bot.evaluation import evaluate, read_rows, table
    from bot.tuning import thresholds_of

    rows = read_rows(options.files)
    assistant = _assistant()
    result = asyncio.run(evaluate(rows, assistant.parse))
    print(table(result))
    chosen = ", ".join(f"{k} {v}" for k, v in vars(thresholds_of(ROOT / "config.yml")).items())
    print(f"eşikler       {chosen}")
    if options.store:
        store(options.store, result["rows"])
    if options.json:
        text = json.dumps(result, ensure_ascii=False, indent=1)
        options.json.write_text(text + "\n", encoding="utf-8")
    return 0


def _tune(options: argparse.Namespace) -> int:
    from bot.evaluation import read_rows
    from bot.tuning import choose, score, write

    rows = read_rows(options.files)
    scored = asyncio.run(score(_assistant(), rows))
    thresholds, price = choose(scored)
    write(ROOT / "config.yml", thresholds)
    for name, value in vars(thresholds).items():
        print(f"{name:<10} {value}")
    print(f"soru başına ortalama bedel {price:.3f}; eşikler config.yml dosyasına yazıldı")
    return 0


def _wait_ready(options: argparse.Namespace) -> int:
    from bot.serving import wait_ready

    if not wait_ready():
        return 1
    if not somebody_can_sign_in():
        print(FIRST_USER, flush=True)
    return 0


def _check_files() -> None:
    """Put the staff's changes into the project's files as they are now, and load it all once.

    Raises:
        KnowledgeError: naming file and line of whatever cannot be used.
    """
    from bot.knowledge.whole import check_knowledge
    from bot.learning.versions import refresh

    check_knowledge(settings().knowledge_dir)
    refresh()


def _model_or_train() -> Path:
    from bot.training import current_model, train

    return current_model() or train()


def _assistant() -> Any:
    """Load the current model for one process.

    Raises:
        CommandError: if there is none; asking must not start a minute of training.
    """
    from bot.training import current_model

    _check_files()
    model = current_model()
    if model is None:
        raise CommandError("Güncel model yok. Önce şunu çalıştırın: python -m bot train")
    logging.disable(logging.WARNING)
    from bot.local import LocalAssistant

    return LocalAssistant(model)


def _explainer() -> Any:
    from bot.nlu.archive import linear_model
    from bot.training import current_model

    model = current_model()
    return linear_model(model) if model else None


def _shown(path: Path) -> Path:
    return path.relative_to(ROOT) if path.is_relative_to(ROOT) else path


if __name__ == "__main__":
    sys.exit(main())
