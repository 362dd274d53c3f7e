"""The files of `deploy/`, each held to the tool or the schema of those that read it."""

import base64
import hashlib
import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from bot import metrics
from bot.desk import metrics as desk_metrics
from bot.settings import IN_FILE, PREFIX, ROOT, Settings

DEPLOY = ROOT / "deploy"
TOOLS = ROOT / ".venv-operation/bin"
COMPOSE = DEPLOY / "compose.yml"
BASE = DEPLOY / "kubernetes/base"
UNITS = sorted(path for path in (DEPLOY / "systemd").iterdir() if path.suffix != ".example")
#: Ends when its work is done, or only ever reads: nothing to ask it.
UNASKED = {"migrate", "backup", "reader"}
#: The databases write where they like inside their volume; RabbitMQ into its own folders.
WRITING = {"rabbitmq"}


def tool(name: str, *arguments: str, given: str = "") -> str:
    """Run a program of the environment for operation; it must find no fault."""
    done = subprocess.run(
        [str(TOOLS / name), *arguments],
        cwd=ROOT,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def documents(path: Path) -> list[dict[str, Any]]:
    return [one for one in yaml.safe_load_all(path.read_text(encoding="utf-8")) if one]


def resources() -> Iterator[dict[str, Any]]:
    for path in sorted(BASE.glob("*.yaml")):
        if path.name != "kustomization.yaml":
            yield from documents(path)


def composed() -> dict[str, Any]:
    """Return the compose file with its variables filled in and its anchors laid out."""
    text = COMPOSE.read_text(encoding="utf-8")
    filled = re.sub(r"\$\{\w+(?::-([^}]*)|:\?[^}]*)\}", lambda found: found[1] or "x.example", text)
    whole: dict[str, Any] = yaml.safe_load(filled)
    return {name: part for name, part in whole.items() if not name.startswith("x-")}


def test_container_files() -> None:
    tool("hadolint", *(str(path) for path in (DEPLOY / "container").glob("*Containerfile")))


def test_the_image_is_given_what_it_copies_and_nothing_else() -> None:
    allowed = {
        line[1:]
        for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        if line.startswith("!")
    }
    text = "".join(path.read_text() for path in (DEPLOY / "container").glob("*Containerfile"))
    lines = re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE)
    copied = {name for line in lines for name in line.split()[:-1]}
    for name in copied:
        assert (ROOT / name).exists(), name
        assert any(Path(name).match(one) or name.startswith(f"{one}/") for one in allowed), name


def test_yaml_files() -> None:
    tool("yamllint", "--strict", "--config-file", str(DEPLOY / ".yamllint"), str(DEPLOY))


def test_telegram_changes_servers_there_are() -> None:
    (more,) = documents(DEPLOY / "compose.telegram.yml")
    assert set(more["services"]) == {"rasa-1", "rasa-2"} <= set(composed()["services"])
    for service in more["services"].values():
        assert set(service["secrets"]) == set(more["secrets"])


def test_compose_file_fits_its_schema() -> None:
    class Plain(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    text = yaml.dump(composed(), Dumper=Plain, allow_unicode=True)
    names = tool("python", str(ROOT / "tests/deploy/composed.py"), given=text).split()
    assert set(names) == set(composed()["services"])


def test_every_container_is_confined_and_asked_how_it_is() -> None:
    whole = composed()
    for name, service in whole["services"].items():
        assert "no-new-privileges:true" in service["security_opt"], name
        assert service["mem_limit"], name
        assert service["logging"]["options"]["max-size"], name
        assert service.get("read_only") or name in WRITING, name
        assert "healthcheck" in service or name in UNASKED, name
        assert "ports" not in service or name == "nginx", name
        given = set(service.get("secrets", []))
        assert given <= set(whole["secrets"]), name
        used = {
            str(value).removeprefix("/run/secrets/")
            for key, value in service.get("environment", {}).items()
            if key.startswith(PREFIX) and key.endswith(IN_FILE)
        }
        assert used <= given, name
    # Only those that speak to the world reach it.
    outside = {name for name, one in whole["services"].items() if "outside" in one["networks"]}
    assert outside == {"nginx", "rasa-1", "rasa-2", "reader"}


def test_the_secrets_are_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    command = [str(DEPLOY / "secrets.sh"), str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert "tls_key.pem" in done.stderr
    first = {path.name: path.read_text() for path in folder.iterdir()}
    wanted = {Path(one["file"]).name for one in composed()["secrets"].values()}
    assert wanted - {"tls_certificate.pem", "tls_key.pem"} <= set(first)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    subprocess.run(command, check=True, capture_output=True)
    assert {path.name: path.read_text() for path in folder.iterdir()} == first
    for name in (
        *("tracker_database", "desk_database", "redis_url", "broker_url"),
        *("web_secret", "desk_secret"),
    ):
        Settings.read({f"{PREFIX}{name.upper()}{IN_FILE}": str(folder / name)})
    (user,) = json.loads(first["rabbitmq_definitions.json"])["users"]
    salted = base64.b64decode(user["password_hash"])
    password = first["rabbitmq_password"].encode()
    assert salted[4:] == hashlib.sha256(salted[:4] + password).digest()


def settings_named() -> Iterator[tuple[str, str]]:
    """Yield every setting a file of `deploy/` gives, with the file's name."""
    for path in sorted(DEPLOY.rglob("*")):
        if path.is_file() and path.suffix not in {".json", ".py", ".pyc"}:
            for name in re.findall(rf"\b{PREFIX}[A-Z_]+", path.read_text(encoding="utf-8")):
                yield name, path.name


def test_every_setting_given_is_one() -> None:
    known = {f"{PREFIX}{item.name.upper()}" for item in fields(Settings)}
    found = list(settings_named())
    assert {"compose.yml", "desk.yaml", "settings.env.example"} <= {path for _, path in found}
    for name, path in found:
        assert name.removesuffix(IN_FILE) in known, (name, path)


def test_rasa_counts_teachers_and_not_the_proxy() -> None:
    """Without this Sanic sees one address, nginx's, and its quota is everybody's."""
    for path in ("compose.yml", "systemd/assistant-rasa@.service", "kubernetes/base/rasa.yaml"):
        text = (DEPLOY / path).read_text(encoding="utf-8")
        assert re.search(r"SANIC_PROXIES_COUNT\W+(?:value: \W?)?1\b", text), path


@pytest.fixture(scope="module")
def units(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The units with a Python that is there."""
    folder = tmp_path_factory.mktemp("units")
    for path in UNITS:
        text = path.read_text(encoding="utf-8")
        text = text.replace("/srv/assistant/.venv/bin/python", sys.executable)
        (folder / path.name).write_text(text, encoding="utf-8")
    return [str(folder / path.name) for path in UNITS]


def test_systemd_finds_no_fault(units: list[str]) -> None:
    command = ["systemd-analyze", "verify", "--man=no", *units]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "assistant" in line]
    assert (done.returncode, ours) == (0, [])


def test_every_service_is_confined(units: list[str]) -> None:
    """systemd's own measure of exposure, 0 to 10: tenths; a plain service has 96."""
    services = [path for path in units if path.endswith(".service")]
    assert len(services) == 5
    command = ["systemd-analyze", "security", "--offline=yes", "--threshold=20", *services]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def test_kubernetes_takes_every_resource() -> None:
    paths = [str(path) for path in BASE.glob("*.yaml") if path.name != "kustomization.yaml"]
    tool("kubernetes-validate", "--strict", "--kubernetes-version", "1.31", *sorted(paths))


def test_kustomization_names_every_file_and_image() -> None:
    (base,) = documents(BASE / "kustomization.yaml")
    there = {path.name for path in BASE.glob("*.yaml")} - {"kustomization.yaml"}
    assert set(base["resources"]) == there
    (example,) = documents(DEPLOY / "kubernetes/example/kustomization.yaml")
    used = {one["image"] for _, one in containers()}
    assert {image["name"] for image in example["images"]} == used
    made = {one["name"] for one in base["configMapGenerator"]}
    assert {one["name"] for one in example["configMapGenerator"]} <= made
    for _, one in containers():
        for source in one["envFrom"]:
            assert source["configMapRef"]["name"] in made


def pod(resource: dict[str, Any]) -> dict[str, Any] | None:
    spec = resource.get("spec", {})
    if resource["kind"] == "CronJob":
        spec = spec["jobTemplate"]["spec"]
    found: dict[str, Any] | None = spec.get("template", {}).get("spec")
    return found


def containers() -> Iterator[tuple[str, dict[str, Any]]]:
    for resource in resources():
        if found := pod(resource):
            for one in [*found.get("initContainers", []), *found["containers"]]:
                yield resource["metadata"]["name"], one


def test_every_pod_is_confined_and_has_limits() -> None:
    for resource in resources():
        if (found := pod(resource)) is None:
            continue
        assert found["securityContext"]["runAsNonRoot"]
        assert found["automountServiceAccountToken"] is False
    for name, one in containers():
        context = one["securityContext"]
        assert context["readOnlyRootFilesystem"], name
        assert context["allowPrivilegeEscalation"] is False, name
        assert context["capabilities"]["drop"] == ["ALL"], name
        assert {"requests", "limits"} <= set(one["resources"]), name


def test_every_server_is_asked_replaced_one_by_one_and_kept_by_a_budget() -> None:
    every = list(resources())
    budgets = {one["metadata"]["name"] for one in every if one["kind"] == "PodDisruptionBudget"}
    for one in every:
        if one["kind"] != "Deployment" or one["metadata"]["name"] == "reader":
            continue
        name, spec = one["metadata"]["name"], one["spec"]
        assert name in budgets
        assert spec["replicas"] >= 2
        assert spec["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
        (server,) = spec["template"]["spec"]["containers"]
        assert {"readinessProbe", "livenessProbe"} <= set(server)
        assert "startupProbe" in server or name == "nginx"


def test_secrets_are_files() -> None:
    for name, one in containers():
        for variable in one.get("env", []):
            assert "SECRET" not in variable["name"] or variable["name"].endswith(IN_FILE), name


def queries() -> Iterator[tuple[str, str]]:
    (alerts,) = documents(DEPLOY / "prometheus/alerts.yml")
    for group in alerts["groups"]:
        for rule in group["rules"]:
            yield rule["alert"], rule["expr"]
    board = json.loads((DEPLOY / "grafana/assistant.json").read_text(encoding="utf-8"))
    for panel in board["panels"]:
        for target in panel["targets"]:
            yield panel["title"], target["expr"].replace("$__rate_interval", "5m")


def test_every_query_can_be_read() -> None:
    program = "import sys, promql_parser\nfor line in sys.stdin: promql_parser.parse(line)"
    lines = "\n".join(query for _, query in queries())
    tool("python", "-c", program, given=lines)


def test_every_query_asks_for_a_metric_there_is() -> None:
    told = [*vars(metrics).values(), *vars(desk_metrics).values()]
    ours = [value for value in told if isinstance(value, MetricWrapperBase)]
    known = {family.name for metric in ours for family in metric.describe()}
    for where, query in queries():
        for name in re.findall(r"\bassistant_\w+", query):
            plain = re.sub(r"_(total|bucket|count|sum)$", "", name)
            assert plain in known, (where, name)


def test_every_panel_has_its_place() -> None:
    board = json.loads((DEPLOY / "grafana/assistant.json").read_text(encoding="utf-8"))
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert at["x"] + at["w"] <= 24
        assert not cells & taken, panel["title"]
        taken |= cells
    assert len({panel["id"] for panel in board["panels"]}) == len(board["panels"])


def anchors(page: str) -> set[str]:
    """Return what a link may name in a page, as the usual Markdown viewers make it."""
    headings = (line.lstrip("# ") for line in page.splitlines() if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", one).lower().replace(" ", "-") for one in headings}


def test_every_alert_names_a_page_that_says_what_to_do() -> None:
    (alerts,) = documents(DEPLOY / "prometheus/alerts.yml")
    known = anchors((ROOT / "docs/isletim.md").read_text(encoding="utf-8"))
    for group in alerts["groups"]:
        for rule in group["rules"]:
            file, _, anchor = rule["annotations"]["runbook"].partition("#")
            assert file == "docs/isletim.md"
            assert anchor in known, anchor


@pytest.mark.parametrize("name", ["isletim.md", "tehdit-modeli.md"])
def test_the_guides_name_only_what_there_is(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        page = (ROOT / "docs" / (file or name)).read_text(encoding="utf-8")
        assert not anchor or anchor in anchors(page), target
    for path in re.findall(r"`((?:deploy|tests)/[\w./-]+\.\w+)`", text):
        assert (ROOT / path).exists(), path
    for setting in re.findall(rf"\b{PREFIX}[A-Z_]+[A-Z]\b", text):
        settings_known = {f"{PREFIX}{item.name.upper()}" for item in fields(Settings)}
        assert setting.removesuffix(IN_FILE) in settings_known, setting


def test_every_threat_names_tests_that_are_there() -> None:
    text = (ROOT / "docs/tehdit-modeli.md").read_text(encoding="utf-8")
    rows = [
        line for line in text.splitlines() if line.startswith("| ") and "Ne durdurur" not in line
    ]
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("*.py"))
    for row in rows:
        named = re.findall(r"`(test_\w+)`", row)
        assert named or "`tests/" in row, row
        for one in named:
            assert f"def {one}(" in sources, one
