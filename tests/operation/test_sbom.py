import json
import subprocess
from pathlib import Path

from bot.operation.audit import locked
from bot.settings import ROOT


def test_the_list_of_parts_is_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "sbom.json"
    # The schema takes ten seconds; `make sbom` holds the file to it each time.
    command = [str(ROOT / "setup/sbom.sh"), str(path), "--no-validate"]
    subprocess.run(command, check=True, capture_output=True)
    parts = json.loads(path.read_text(encoding="utf-8"))
    assert (parts["bomFormat"], parts["specVersion"]) == ("CycloneDX", "1.6")
    found = {(one["name"], one["version"]) for one in parts["components"]}
    assert locked([ROOT / "setup/run.txt"]) <= found
    names = {name for name, _ in found}
    assert "rasa" in names
    assert "tensorflow" not in names
    assert all(one["externalReferences"][0]["hashes"] for one in parts["components"])
