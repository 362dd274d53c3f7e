"""`python -m bot learn …` and `python -m bot banner …`: the staff's changes at a terminal."""

import argparse
import datetime
import getpass
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.learning import LearningError
from bot.learning.teaching import STATES

#: People who ask must not feel that somebody teaches.
NICENESS = 10
Command = Callable[[argparse.Namespace], int]


def add_parts(learn: Any, banner: Any) -> None:
    """Add the parts of both commands to their parsers."""
    parts = learn.add_subparsers(required=True, metavar="İŞ")

    def add(to: Any, name: str, text: str, part: Command) -> Any:
        sub = to.add_parser(name, help=text, description=text)
        sub.add_argument("--by", default=person(), metavar="AD", help="kim yapıyor")
        sub.add_argument("--note", default="", metavar="NOT", help="neden")
        sub.set_defaults(part=part)
        return sub

    teach = add(parts, "teach", "Cümle ya da yeni kayıt öğretir", _teach)
    teach.add_argument("phrases", nargs="*", metavar="CÜMLE")
    teach.add_argument("--to", metavar="KİMLİK", help="cümlelerin kaydı, akışı ya da niyeti")
    teach.add_argument("--move", action="store_true", help="başka yerde duruyorsa oradan taşır")
    teach.add_argument("--draft", type=Path, metavar="DOSYA.json", help="yeni kayıt taslağı")
    teach.add_argument("--wait", action="store_true", help="bitene kadar bekler")
    repeat = add(parts, "again", "Reddedilen bir öğretmeyi yeniden dener", _again)
    repeat.add_argument("teaching", metavar="ÖĞRETME")
    repeat.add_argument(
        "--expected",
        action="append",
        default=[],
        metavar="SORU",
        help="konu dışı sayılan bu soruyu artık gerçekten yanıtlıyor",
    )
    repeat.add_argument("--wait", action="store_true", help="bitene kadar bekler")
    add(parts, "status", "Öğretmelerin durumunu yazar", _status)
    report = add(parts, "report", "Bir öğretmenin ölçümünü JSON olarak yazar", _report)
    report.add_argument("teaching", metavar="ÖĞRETME")
    add(parts, "rollback", "Son öğretmeyi geri alır", _rollback)
    add(parts, "patch", "Bütün değişiklikleri yama olarak yazar", _patch)
    add(parts, "edits", "Kim neyi ne zaman değiştirdi", _edits)
    settle = add(parts, "take-release", "Çakışan bir yerde sürümün değerini alır", _take_release)
    settle.add_argument("place", metavar="YER", help="status çıktısında yazdığı gibi")
    day = add(parts, "day", "Takvime bir gün yazar", _day)
    day.add_argument("event", metavar="OLAY", help="application_until, appeal_until …")
    day.add_argument("year", type=int, metavar="YIL")
    day.add_argument("day", type=datetime.date.fromisoformat, metavar="GÜN", help="2027-06-01")
    _add_source(day)
    figure = add(parts, "figure", "Bir kuralın sayısını yazar", _figure)
    for name, shown in (("rule", "AKIŞ"), ("name", "SAYI")):
        figure.add_argument(name, metavar=shown)
    for name, shown in (("value", "DEĞER"), ("first", "İLK_YIL"), ("until", "SON_YIL")):
        figure.add_argument(name, type=int, metavar=shown)
    _add_source(figure)
    health = add(parts, "health", "Gözden geçirilecek bilgileri yazar", _health)
    health.add_argument("--links", action="store_true", help="bağlantıları da dener")
    right = add(parts, "still-right", "Bir kaydın hâlâ doğru olduğunu yazar", _still_right)
    right.add_argument("key", metavar="KİMLİK", help="ke-01 ya da akis-kalite/members_tr")
    change = add(parts, "change", "Bir kaydın değişmesi gerektiğini yazar", _change_wanted)
    change.add_argument("key", metavar="KİMLİK")
    parts.add_parser("work").set_defaults(part=_work)

    notices = banner.add_subparsers(required=True, metavar="İŞ")
    put = add(notices, "set", "Sitedeki pencerede görünecek duyuruyu yazar", _set_banner)
    put.add_argument("text", metavar="DUYURU")
    put.add_argument("--from", dest="first", metavar="ZAMAN", help="2026-11-20 ya da … 14:30")
    put.add_argument("--until", metavar="ZAMAN", help="bu günün sonunda ya da bu saatte kalkar")
    add(notices, "clear", "Duyuruyu kaldırır", _clear_banner)
    add(notices, "show", "Duyuruyu yazar", _show_banner)


def person() -> str:
    """Return who works at this terminal."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user may have no name
        return str(os.getuid())


def _add_source(sub: Any) -> None:
    sub.add_argument("--document", required=True, metavar="BELGE", help="sources.yml'deki adı")
    sub.add_argument("--place", required=True, metavar="YER")
    sub.add_argument("--title", default="", metavar="AD", help="yeni bir belgenin tam adı")
    sub.add_argument("--short", default="", metavar="KISA_AD")
    sub.add_argument("--date", default="", metavar="TARİH")
    sub.add_argument("--stated", action="store_true", help="o yerde yazıyor, listeye eklensin")


def _citation(options: argparse.Namespace) -> Any:
    from bot.learning.sources import Citation

    return Citation(*(getattr(options, name) for name in Citation._fields))


def _teach(options: argparse.Namespace) -> int:
    from bot.learning.proposals import Proposal
    from bot.learning.teaching import propose

    if options.phrases and not options.to:
        raise LearningError("Cümlelerin neye ait olduğunu --to ile yazın: --to ke-01")
    proposals = [Proposal(text, options.to, options.move) for text in options.phrases]
    drafts = [_draft(options.draft)] if options.draft else []
    return _started(propose(options.by, proposals, drafts, options.note).id, options.wait)


def _again(options: argparse.Namespace) -> int:
    from bot.learning.teaching import again

    return _started(again(options.teaching, options.expected).id, options.wait)


def _started(teaching: str, wait: bool) -> int:
    from bot.learning import worker

    worker.start()
    print(f"Öğretme {teaching}: sırada")
    if not wait:
        return 0
    done = worker.wait_for(teaching)
    print(STATES[done.state] + (f"\n{done.message}" if done.message else ""))
    return 0 if done.state == "live" else 1


def _draft(path: Path) -> Any:
    """Read a new entry from a JSON file.

    Raises:
        LearningError: if it is none.
    """
    from bot.learning.entries import Draft
    from bot.learning.sources import Citation

    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        citations = tuple(Citation(**one) for one in data.pop("citations"))
        for name in ("phrases", "see_also"):
            data[name] = tuple(data.get(name, ()))
        return Draft(**data, citations=citations)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        fields = ", ".join(Draft._fields)
        what = f"{path}: yeni kayıt taslağı değil ({error}). Alanlar: {fields}"
        raise LearningError(what) from error


def _status(options: argparse.Namespace) -> int:
    from bot.learning import servers, worker
    from bot.learning.teaching import teachings
    from bot.live import read_pointer
    from bot.settings import settings

    worker.recover()
    for one in teachings():
        head = f"{one.id}  {one.by}  {STATES[one.state]}"
        print(f"{head} %{one.percent}" if one.percent < 100 else head)
        print("".join(f"    {line}\n" for line in one.message.splitlines()), end="")
    pointer = read_pointer(settings())
    for name, title in (("conflicts", "Sürümde de değişmiş"), ("set_aside", "Kullanılamıyor")):
        for place in pointer.get(name, ()):
            why = pointer[name][place] if name == "set_aside" else ""
            print(f"{title}: {place} {why}".rstrip())
    for server in servers.running():
        print(f"Sunucu {server.url}: {server.model or 'çalışmıyor'}")
    return 0


def _report(options: argparse.Namespace) -> int:
    from bot.learning.teaching import report_of

    print(json.dumps(report_of(options.teaching), ensure_ascii=False, indent=2))
    return 0


def _rollback(options: argparse.Namespace) -> int:
    from bot.learning import worker

    step = worker.rollback(options.by, options.note)
    print(f"{step.of}: {'geri alındı' if step.state == 'live' else STATES[step.state]}")
    return 0


def _patch(options: argparse.Namespace) -> int:
    import sys

    from bot.learning.patch import left_to_do, patch

    print(patch(), end="")
    for line in left_to_do():
        print(line, file=sys.stderr)
    return 0


def _edits(options: argparse.Namespace) -> int:
    from bot.learning.edits import edits

    for edit in edits():
        print("\t".join([edit.at, edit.by, edit.what, edit.note]).rstrip())
    return 0


def _take_release(options: argparse.Namespace) -> int:
    from bot.learning.edits import take_release

    print(take_release(options.by, options.place).what)
    return 0


def _day(options: argparse.Namespace) -> int:
    from bot.learning.facts import set_day

    made = set_day(
        options.by, options.event, options.year, options.day, _citation(options), options.note
    )
    print(made.what)
    return 0


def _figure(options: argparse.Namespace) -> int:
    from bot.learning.facts import set_figure

    made = set_figure(
        options.by,
        options.rule,
        options.name,
        options.value,
        options.first,
        options.until,
        _citation(options),
        options.note,
    )
    print(made.what)
    return 0


def _health(options: argparse.Namespace) -> int:
    from bot.clock import today
    from bot.knowledge.current import knowledge
    from bot.learning import store
    from bot.learning.health import due, marks_in
    from bot.learning.links import check_links, links_of, stored_links

    if options.links:
        check_links(links_of(knowledge().base))
    marks = marks_in(store.journal())
    for finding in due(knowledge(), today(), marks=marks, links=stored_links()):
        print(f"{finding.key}\t{finding.message}")
    return 0


def _still_right(options: argparse.Namespace) -> int:
    from bot.learning.health import still_right

    print(still_right(options.by, options.key, options.note).what)
    return 0


def _change_wanted(options: argparse.Namespace) -> int:
    from bot.learning.health import change_wanted

    print(change_wanted(options.by, options.key, options.note).what)
    return 0


def _work(options: argparse.Namespace) -> int:
    import logging

    from bot.learning import worker

    os.nice(NICENESS)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    worker.work()
    return 0


def _set_banner(options: argparse.Namespace) -> int:
    from bot.learning.facts import set_banner

    if not options.text.strip():
        raise LearningError("Duyuru boş. Kaldırmak için: python -m bot banner clear")
    set_banner(options.by, options.text, options.first, options.until, options.note)
    return _show_banner(options)


def _clear_banner(options: argparse.Namespace) -> int:
    from bot.learning.facts import set_banner

    set_banner(options.by, "", note=options.note)
    return _show_banner(options)


def _show_banner(options: argparse.Namespace) -> int:
    from bot.knowledge.banner import load_banner
    from bot.live import live

    banner = load_banner(live().knowledge)
    when = f"{banner.first or 'şimdi'} → {banner.until or 'kaldırılana kadar'}"
    print(f"{banner.text}\n{when}" if banner.text else "Duyuru yok")
    return 0
