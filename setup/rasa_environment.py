"""Let Rasa run without TensorFlow and the chat SDKs nobody here uses.

Rasa 3.6 imports TensorFlow, JAX and every chat SDK at start, also for pipelines that
use none of them: 2 GB on disk, 520 MB of memory and 6.5 s. This module is copied into
the environment together with `rasa_environment.pth`, which imports it when Python starts.
It answers imports of the missing packages with empty modules. Whatever Rasa does with
them while importing (base classes, decorators, annotations, constants) works; making
an object of one of them raises `ImportError` with a sentence that says what to do.

A package that is really installed is never hidden: the finder stands last in line. Only a
process that knows what it needs may ask for that: `hide`. Without TensorFlow the part of Rasa
that feeds it is left out too: it brings in scikit-learn, 45 MB and 0.6 s that answering does
not need.

Besides, unless they are set already, it switches off
- telemetry: Rasa 3.6 fails at start with the newer sentry-sdk, and nothing leaves a
  public service unasked;
- SQLAlchemy's notice about its 2.0 release: Rasa pins 1.4;
- OpenBLAS's further threads: the sums over a message's features are too small to be shared,
  and a second thread only spins and takes the processor from others.
"""

import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
import types
from collections.abc import Iterator, MutableSequence, Sequence
from typing import Any, NoReturn

MISSING_PACKAGES = frozenset(
    {
        "aiogram",
        "boto3",
        "botocore",
        "fbmessenger",
        "jax",
        "keras",
        "mattermostwrapper",
        "pymongo",
        "rocketchat_API",
        "slack_sdk",
        "tensorflow",
        "tensorflow_addons",
        "tensorflow_hub",
        "tensorflow_text",
        "twilio",
        "webexteamssdk",
    }
)

#: Parts of Rasa that are there for TensorFlow alone.
FOR_TENSORFLOW = frozenset({"rasa.utils.tensorflow.model_data"})


def _refuse(name: str) -> NoReturn:
    raise ImportError(
        f"{name} is not installed in this environment. Run `make setup TENSORFLOW=1` "
        "for the full set, or leave the component that needs it out of config.yml."
    )


class _PlaceholderType(type):
    """Type of every attribute of an absent package: usable as a name, not as a thing."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return _placeholder(name)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if "_is_placeholder" not in cls.__dict__:
            _refuse(cls.__name__)  # a Rasa class built on a placeholder, now instantiated
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # used as a decorator
        return cls

    def __getitem__(cls, item: Any) -> Any:
        return cls

    def __or__(cls, other: Any) -> Any:
        return object

    def __ror__(cls, other: Any) -> Any:
        return object

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __instancecheck__(cls, instance: Any) -> bool:
        return False


def _placeholder(name: str) -> _PlaceholderType:
    return _PlaceholderType(name, (object,), {"_is_placeholder": True})


class _AbsentModule(types.ModuleType):
    __path__: MutableSequence[str] = []  # noqa: RUF012 - a package has one

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        # NumPy-like libraries ask TensorFlow whether a value is a tensor: never here.
        value: Any = (lambda *_: False) if name == "is_tensor" else _placeholder(name)
        setattr(self, name, value)
        return value


class AbsentPackageFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Find the packages of a set that no other finder has found."""

    def __init__(self, packages: frozenset[str]) -> None:
        self._packages = packages

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None = None,
        target: types.ModuleType | None = None,
    ) -> importlib.machinery.ModuleSpec | None:
        """Return a spec for an absent package, one of its submodules or a part, else None."""
        if not self._packages.isdisjoint({fullname, fullname.partition(".")[0]}):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Make the empty module."""
        return _AbsentModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run."""


def hide(packages: frozenset[str]) -> None:
    """Answer imports of these packages, or parts of one, with empty modules from now on."""
    sys.meta_path.insert(0, AbsentPackageFinder(packages))


def install() -> None:
    """Put the finders in line, once, and set the switches."""
    if not any(isinstance(finder, AbsentPackageFinder) for finder in sys.meta_path):
        if importlib.util.find_spec("tensorflow") is None:
            hide(FOR_TENSORFLOW)
        sys.meta_path.append(AbsentPackageFinder(MISSING_PACKAGES))
    os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy looks here when imported


install()
