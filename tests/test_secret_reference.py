import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bot.reference import ALPHABET, new_reference, reference_of
from bot.secret import stored_secret


def test_a_secret_is_made_once_and_only_for_its_owner(tmp_path: Path) -> None:
    first = stored_secret(tmp_path / "var", "web-secret")
    assert stored_secret(tmp_path / "var", "web-secret") == first
    assert stored_secret(tmp_path / "var", "other") != first
    assert len(first) >= 48
    assert stat.S_IMODE((tmp_path / "var" / "web-secret").stat().st_mode) == 0o600


def test_processes_that_start_at_once_share_a_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as threads:
        found = set(threads.map(lambda _: stored_secret(tmp_path, "s"), range(40)))
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_reference_is_read_back_however_it_is_typed() -> None:
    for code in {new_reference() for _ in range(200)}:
        assert reference_of(code) == code
        assert reference_of(f" {code.lower().replace('-', ' ')} ") == code
        assert not set(code) & set("0O1IL")
    assert "".join(sorted(ALPHABET)) == ALPHABET


def test_other_text_is_no_reference() -> None:
    assert [reference_of(text) for text in ("", "K7F2-9QX", "K7F2-9QX0", "merhaba hocam")] == [
        None
    ] * 4
