"""What may not stand in any file that is kept: hosts of registries, paths of one machine, gossip.

The forbidden words are put together here from pieces, so that this file is clean itself.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _joined(*words: str) -> list[str]:
    return [word.replace("|", "") for word in words]


HOSTS = _joined(
    "py|pi.org", "python|hosted.org", "npm|js.org", "npm|js.com", "yarn|pkg.com", "js|delivr.net",
    "unp|kg.com", "deb|ian.org", "ubun|tu.com/ubuntu", "google|apis.com", "g|static.com",
)  # fmt: skip
MACHINE_PATHS = _joined("/wo|rk/", "/ro|ot/", "/ho|me/", "/Us|ers/", "C:|\\Users")
# How the work is done is nobody's business here; what was made is.
GOSSIP = _joined(
    "clau|de", "anthro|pic", "open|ai", "chat|gpt", "co|pilot", "gem|ini", "language mod|el",
    "ai assis|tant", "assis|tant", "sub-ag|ent", "sub|agent", "chat|bot", "pro|mpt", "l|lm",
    "vibe co|d",
)  # fmt: skip

# A word that means something else in that one file, and why. Each must still be needed.
MEANS_SOMETHING_ELSE: dict[tuple[str, str], str] = {}


def forbidden_in(text: str) -> set[str]:
    """The forbidden words a text holds."""
    small = text.lower()
    found = {word for word in HOSTS if word in small}
    # A path goes on with a name; an address of ours that ends there is no path.
    found |= {
        path for path in MACHINE_PATHS if re.search(rf"{re.escape(path.lower())}\\?\w", small)
    }
    return found | {word for word in GOSSIP if re.search(rf"\b{re.escape(word)}", small)}


def kept_files() -> list[Path]:
    """Every file that is committed or would be: known to git, or new and not ignored."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout: what is committed cannot be asked")
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def text_of(file: Path) -> str | None:
    """The text of a file; None for pictures and the like."""
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def test_no_kept_file_holds_a_forbidden_word() -> None:
    files = kept_files()
    assert len(files) > 100
    sins: dict[tuple[str, str], None] = {}
    for file in files:
        text = text_of(file)
        if text is not None:
            name = file.relative_to(ROOT).as_posix()
            sins |= dict.fromkeys((name, word) for word in forbidden_in(f"{name}\n{text}"))
    assert sorted(sin for sin in sins if sin not in MEANS_SOMETHING_ELSE) == []
    stale = [excuse for excuse in MEANS_SOMETHING_ELSE if excuse not in sins]
    assert stale == []


@pytest.mark.parametrize("word", [*HOSTS, *MACHINE_PATHS, *GOSSIP])
def test_each_forbidden_word_would_be_found(word: str) -> None:
    assert word in forbidden_in(f"see {word.upper()}x for more")


def test_this_file_is_clean_itself() -> None:
    assert forbidden_in(Path(__file__).read_text(encoding="utf-8")) == set()


def test_the_lock_of_the_assets_records_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    assert lock["packages"]
    assert not [name for name, entry in lock["packages"].items() if "resolved" in entry]


def test_requirements_are_exact_and_name_no_index() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        wanted = [line for line in lines if line and not line.startswith((" ", "#", "\t"))]
        assert wanted
        assert not [line for line in wanted if line.startswith("-")], name
        assert not [line for line in wanted if "==" not in line], name
