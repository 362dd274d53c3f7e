"""The linear model out of a packed one, without Rasa."""

import tarfile
import tempfile
from pathlib import Path

from bot.nlu.linear import LinearModel


def linear_model(model: Path) -> LinearModel:
    """Read the linear model out of a packed one.

    Raises:
        OSError, ValueError, KeyError: if the file is broken or holds none.
    """
    with tempfile.TemporaryDirectory() as name, tarfile.open(model) as archive:
        members = [
            member
            for member in archive.getmembers()
            if member.isfile() and "LinearQuestionClassifier" in member.name
        ]
        folder = Path(name)
        for member in members:
            source = archive.extractfile(member)
            assert source is not None, member.name
            (folder / Path(member.name).name).write_bytes(source.read())
        return LinearModel.load(folder)
