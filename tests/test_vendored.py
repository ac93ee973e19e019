"""What others wrote lies here as they published it, with their licences."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest

from tests.samples import ROOT

FOLDERS = (ROOT / "pipeline" / "serve" / "static" / "vendor", ROOT / "tests" / "vendor")


@pytest.mark.parametrize("folder", FOLDERS, ids=["served", "tests"])
def test_files_of_others_are_those_that_the_list_names(folder: Path) -> None:
    told = (folder / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([\w.]+) \| .* `([0-9a-f]{64})` \|$", told, re.MULTILINE)
    files = [file for file in folder.iterdir() if file.suffix in (".js", ".css")]
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert found == dict(listed)
    for name in found:
        assert (folder / f"{name.partition('.')[0]}.LICENSE.txt").stat().st_size > 1000
