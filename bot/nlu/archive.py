"""The linear model inside a packed one: taken out, or put in anew."""

import io
import json
import tarfile
import tempfile
import uuid
from datetime import datetime, timezone
from pathlib import Path, PurePosixPath

from bot.nlu.linear import LinearModel

COMPONENT = "LinearQuestionClassifier"
METADATA = "metadata.json"


def linear_model(model: Path) -> LinearModel:
    """Read the linear model out of a packed one.

    Raises:
        OSError, ValueError, KeyError: if the file is broken or holds none.
    """
    with tempfile.TemporaryDirectory() as name, tarfile.open(model) as archive:
        folder = Path(name)
        for member in archive.getmembers():
            if _is_of_classifier(member):
                (folder / PurePosixPath(member.name).name).write_bytes(_bytes(archive, member))
        return LinearModel.load(folder)


def with_linear_model(model: Path, linear: LinearModel, target: Path) -> Path:
    """Write a copy of a packed model with another linear model in it; return its path.

    The copy has an identity and a time of its own; all else is the same to the byte.

    Raises:
        OSError, ValueError, KeyError: if the file is broken or holds none.
    """
    with (
        tempfile.TemporaryDirectory() as name,
        tarfile.open(model) as source,
        tarfile.open(target, "w:gz") as copy,
    ):
        linear.save(Path(name))
        for member in source.getmembers():
            if not member.isfile():
                copy.addfile(member)
                continue
            content = _bytes(source, member)
            if _is_of_classifier(member):
                content = (Path(name) / PurePosixPath(member.name).name).read_bytes()
            elif PurePosixPath(member.name).name == METADATA:
                content = _renewed(content)
            member.size = len(content)
            copy.addfile(member, io.BytesIO(content))
    return target


def _is_of_classifier(member: tarfile.TarInfo) -> bool:
    return member.isfile() and COMPONENT in member.name


def _bytes(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    stream = archive.extractfile(member)
    assert stream is not None, member.name
    return stream.read()


def _renewed(metadata: bytes) -> bytes:
    """Return Rasa's description of a model with a new identity and time."""
    now = datetime.now(timezone.utc).replace(tzinfo=None).isoformat()
    renewed = {**json.loads(metadata), "model_id": uuid.uuid4().hex, "trained_at": now}
    return json.dumps(renewed, indent=2).encode()
