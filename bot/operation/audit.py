"""Compare the locks with an advisory database on disk, without a network.

Usage: `make audit ADVISORIES=folder`: OSV records, either a checkout of PyPA's
advisory-database (`vulns/`, YAML) or OSV's own archive for PyPI laid out (JSON). An advisory
that stays needs a reason in `deploy/advisories.yml`.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.settings import ROOT

LOCKS = tuple(ROOT / f"setup/{name}.txt" for name in ("run", "dev", "operation", "uv"))
REASONS = ROOT / "deploy/advisories.yml"
USAGE = 2


class AuditError(Exception):
    """Nothing could be compared; the message says why."""


class Finding(NamedTuple):
    """An advisory that concerns a locked version."""

    package: str
    version: str
    advisory: str
    aliases: tuple[str, ...]

    def __str__(self) -> str:
        names = ", ".join((self.advisory, *self.aliases))
        return f"{self.package} {self.version}: {names}"


class Reason(NamedTuple):
    """Why an advisory may stay."""

    advisory: str
    package: str
    version: str
    reason: str


def locked(paths: Iterable[Path]) -> set[tuple[str, str]]:
    """Return names and versions that the locks install on this kind of machine."""
    found: set[tuple[str, str]] = set()
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            if "==" not in line or line.startswith((" ", "#")):
                continue
            wanted = Requirement(line.rstrip("\\ "))
            if wanted.marker is None or wanted.marker.evaluate():
                (pin,) = wanted.specifier
                found.add((canonicalize_name(wanted.name), pin.version))
    return found


def findings(packages: Iterable[tuple[str, str]], database: Path) -> list[Finding]:
    """Return the advisories of the database that concern the packages.

    Raises:
        AuditError: if the folder holds no advisories or a record cannot be read.
    """
    wanted = sorted(packages)
    found = []
    for path in _paths(database, {name for name, _ in wanted}):
        record = _read(path)
        if record.get("withdrawn"):
            continue
        aliases = tuple(sorted(str(alias) for alias in record.get("aliases", ())))
        found += [
            Finding(name, version, str(record["id"]), aliases)
            for name, version in wanted
            if _concerns(record, name, version)
        ]
    return sorted(found)


def _paths(database: Path, names: Iterable[str]) -> list[Path]:
    """Return the records on these packages; of an archive without folders, all."""
    found = [path for name in names for path in (database / "vulns" / name).glob("*.yaml")]
    found += database.glob("*.json")
    if not found and not (database / "vulns").is_dir():
        raise AuditError(f"{database} holds no advisories: neither “vulns” nor *.json")
    return sorted(found)


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        record = json.loads(text) if path.suffix == ".json" else YAML(typ="safe").load(text)
    except (YAMLError, ValueError) as error:
        raise AuditError(f"{path}: {error}") from error
    if not isinstance(record, dict) or "id" not in record:
        raise AuditError(f"{path}: not an advisory")
    return record


def _concerns(record: dict[str, Any], name: str, version: str) -> bool:
    for affected in record.get("affected", ()):
        if canonicalize_name(str(affected["package"]["name"])) != name:
            continue
        if version in {str(one) for one in affected.get("versions", ())}:
            return True
        for span in affected.get("ranges", ()):
            if span["type"] == "ECOSYSTEM" and _inside(Version(version), span["events"]):
                return True
    return False


def _inside(version: Version, events: Sequence[dict[str, Any]]) -> bool:
    """Tell whether a version lies in a range, given as introduced and fixed in order."""
    inside = False
    for event in events:
        if "introduced" in event:
            inside = inside or version >= Version(str(event["introduced"]))
        elif "fixed" in event:
            inside = inside and version < Version(str(event["fixed"]))
        elif "last_affected" in event:
            inside = inside and version <= Version(str(event["last_affected"]))
    return inside


def reasons(path: Path = REASONS) -> list[Reason]:
    """Return what is known and stays."""
    return [Reason(**one) for one in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def outdated(known: Iterable[Reason], packages: set[tuple[str, str]]) -> Iterator[Reason]:
    """Yield reasons for versions that nobody installs any more: they must be judged anew."""
    return (one for one in known if (one.package, one.version) not in packages)


def main(arguments: Sequence[str]) -> int:
    """Print what is found; 1 if something stays without a reason."""
    if len(arguments) != 1 or not arguments[0]:
        print("Name the advisories: make audit ADVISORIES=folder", file=sys.stderr)
        return USAGE
    packages, known = locked(LOCKS), reasons()
    try:
        found = findings(packages, Path(arguments[0]))
    except AuditError as error:
        print(error, file=sys.stderr)
        return USAGE
    explained = {(one.package, one.version, one.advisory): one.reason for one in known}
    new = 0
    for one in found:
        names = (one.advisory, *one.aliases)
        keys = ((one.package, one.version, name) for name in names)
        reason = next((explained[key] for key in keys if key in explained), "")
        new += not reason
        print(f"{one}\n  {reason or 'NEW: take another version or write a reason'}")
    for old in outdated(known, packages):
        new += 1
        print(f"{old.package} {old.version} is not installed: take its reason out ({REASONS.name})")
    print(f"{len(packages)} packages, {len(found)} advisories, {new} to look at")
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
