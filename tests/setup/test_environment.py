"""The environment: the stand-in for TensorFlow, the locks, the size."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import ROOT
from tests.conftest import FULL

small = pytest.mark.skipif(FULL, reason="full environment: TENSORFLOW=1")
full = pytest.mark.skipif(not FULL, reason="needs `make setup TENSORFLOW=1`")


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@small
@pytest.mark.parametrize(
    "code",
    [
        "import tensorflow as tf; tf.keras.layers.Layer",
        "from tensorflow.python.keras.utils import tf_utils",
        "import tensorflow as tf\nclass A(tf.keras.Model): pass",
        "import tensorflow as tf\n@tf.function\ndef f(x: tf.Tensor) -> tf.Tensor: return x\nf(1)",
        "import tensorflow as tf\nx: 'tf.Tensor | int' = 1\nassert not isinstance(x, tf.Tensor)",
        "import tensorflow as tf\nassert tf.is_tensor(1) is False",
        "import aiogram, slack_sdk, twilio.rest",
        "import rasa.core.agent, rasa.nlu.classifiers.diet_classifier",
    ],
)
def test_absent_packages_can_be_imported_and_named(code: str) -> None:
    done = python(code)
    assert done.returncode == 0, done.stderr


@small
def test_answering_loads_no_scikit_learn() -> None:
    code = (
        "import rasa.core.agent, rasa.server, sys\n"
        "import bot.nlu.classifier, bot.desk.grouping\n"
        "print(sorted({'sklearn', 'scipy.stats', 'matplotlib.pyplot'} & set(sys.modules)))"
    )
    done = python(code, PYTHONPATH=str(ROOT))
    assert done.stdout.strip() == "[]", done.stderr


@small
def test_using_an_absent_package_says_what_to_do() -> None:
    done = python("import tensorflow as tf\nclass A(tf.keras.Model): pass\nA()")
    assert done.returncode == 1
    assert "make setup TENSORFLOW=1" in done.stderr


def test_an_installed_package_is_never_hidden() -> None:
    code = (
        "import rasa_environment, json, sys\n"
        "finder = rasa_environment.AbsentPackageFinder(frozenset({'sqlite3', 'numpy'}))\n"
        "sys.meta_path.append(finder)\n"
        "import sqlite3; sqlite3.connect(':memory:')\n"
        "import numpy; numpy.zeros(1)"
    )
    assert python(code).returncode == 0


def test_a_process_hides_what_it_asks_for() -> None:
    code = (
        "import rasa_environment, sqlite3\n"
        "rasa_environment.hide(frozenset({'numpy', 'sqlite3'}))\n"
        "from numpy.linalg import LinAlgError; sqlite3.connect(':memory:')\n"
        "class A(LinAlgError): pass\n"
        "A()"
    )
    assert "is not installed in this environment" in python(code).stderr


def test_the_server_starts_without_what_it_hides() -> None:
    code = (
        "from bot.rasa_server import UNUSED\n"
        "from rasa_environment import hide; hide(UNUSED)\n"
        "import rasa.__main__, rasa.core.run, rasa.server\n"
        "print('started')"
    )
    assert python(code).stdout.strip() == "started"


def test_an_unknown_missing_package_stays_missing() -> None:
    assert "ModuleNotFoundError" in python("import there_is_no_such_package").stderr


def test_telemetry_is_off_unless_switched_on() -> None:
    code = "import os; print(os.environ['RASA_TELEMETRY_ENABLED'])"
    environment = {k: v for k, v in os.environ.items() if k != "RASA_TELEMETRY_ENABLED"}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "false"


@full
def test_tensorflow_is_the_real_one() -> None:
    done = python("import tensorflow as tf; print(int(tf.constant(1) + 1))")
    assert done.stdout.strip() == "2"


@small
def test_the_environment_is_small() -> None:
    # The browser driver, the fuzzer, the type checker, stubs and ruff are the tests' alone.
    fuzzer = ("atheris*", "*_with_fuzzer.so", "libclang_rt.fuzzer*")
    tools = ("playwright", *fuzzer, "mypy", "mypyc", "*-stubs", "ruff")
    left_out = [f"--exclude={name}" for name in tools]
    done = subprocess.check_output(["du", "-sm", *left_out, sys.prefix], text=True)
    assert int(done.split()[0]) < 950


@pytest.mark.parametrize("lock", sorted((ROOT / "setup").glob("*.txt")), ids=lambda path: path.name)
def test_locks_have_hashes_and_name_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"https?://|index-url|find-links", text)
    if "overrides" not in lock.name:
        pinned = re.findall(r"^[\w.\[\]-]+==\S+.*$", text, re.MULTILINE)
        assert pinned
        assert all(line.rstrip().endswith("\\") for line in pinned)


def find_python(path: Path, **environment: str) -> str:
    """Run the search with a PATH made for the test."""
    run = subprocess.run(
        ["/bin/bash", str(ROOT / "setup/find-python.sh")],
        env={"PATH": f"{path}:/usr/bin:/bin", "HOME": str(path / "home"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return run.stdout.strip()


def executable(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/bash\n{content}\n", encoding="utf-8")
    path.chmod(0o755)


REAL = f'exec {sys.executable} "$@"'


def test_python_on_the_path_is_taken(tmp_path: Path) -> None:
    executable(tmp_path / "bin/python3.10", REAL)
    assert Path(find_python(tmp_path / "bin")).exists()


def test_a_real_python_behind_an_unusable_shim_is_found(tmp_path: Path) -> None:
    executable(
        tmp_path / "shims/python3.10", "echo 'pyenv: python3.10: command not found'; exit 127"
    )
    executable(tmp_path / "versions/3.10.13/bin/python3.10", REAL)
    expected = str(tmp_path / "versions/3.10.13/bin/python3.10")
    assert find_python(tmp_path / "shims") == expected
    assert find_python(tmp_path / "empty", PYENV_ROOT=str(tmp_path)) == expected


def test_no_usable_python_leaves_the_choice_to_uv(tmp_path: Path) -> None:
    executable(tmp_path / "bin/python3.10", "exit 1")
    assert find_python(tmp_path / "bin") == ""
