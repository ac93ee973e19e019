"""The slips that `make mutants` puts into the code, and which tests it tries them on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants
from tests.mutants import Outcome, callers, files_for, first_failure, marked
from tests.slips import Slip, changed, slips, valid

SOURCE = '''"""海"""
WORDS = "甲 乙 丙".split()

def f(x: int = 3) -> bool:
    """Says."""
    if x > 2 and not x % 2:
        raise ValueError(f"no {x}")
    return x in (5,)
'''


def of(source: str) -> list[tuple[int, str]]:
    """Line and text of each slip that still compiles."""
    return [
        (slip.line, changed(slip, source).split("\n")[slip.line - 1].strip())
        for slip in slips("m.py", source)
        if valid(slip, source)
    ]


def test_every_place_that_decides_something_is_changed() -> None:
    assert of(SOURCE) == [
        (2, "WORDS = '甲 乙 '.split()"),
        (2, "WORDS = '甲 丙'.split()"),
        (4, "def f(x: int = 4) -> bool:"),
        (6, "if not (x > 2 and not x % 2):"),
        (6, "if x > 2 or not x % 2:"),
        (6, "if x >= 2 and not x % 2:"),
        (6, "if x > 3 and not x % 2:"),
        (6, "if x > 2 and x % 2:"),
        (6, "if x > 2 and not x % 3:"),
        (8, "return x not in (5,)"),
        (8, "return x in (6,)"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a = "(?:甲|乙|丙)丁"', ["a = '(?:甲|乙|丙)'", "a = '(?:甲|丙)丁'"]),  # each is still a pattern
        ("a = True", ["a = False"]),
        ("a = 0.5", ["a = 0.25"]),
        ("a = b if c else d", ["a = b if not (c) else d"]),
        ("for a in b:\n    continue", ["for a in b:\n    break"]),
        ("a += 1", ["pass", "a += 2"]),
        ("f(2)", ["pass", "f(3)"]),
        ("a: int = 1", ["a: int = 2"]),
        ('f.read_text("utf-8")', ["pass"]),
        ("a = zip(b, c, strict=True)", []),
        ('Role = Literal["work", "notice"]', []),
        ('Precision = Literal["day", "month"]', ["Precision = Literal['da', \"month\"]", "Precision = Literal[\"day\", 'mont']"]),
        ("assert a > 1", []),
        ("import a", []),
    ],
)
def test_how_a_place_is_changed(before: str, after: list[str]) -> None:
    assert [changed(slip, before) for slip in slips("m.py", before) if valid(slip, before)] == after


def test_a_slip_is_tried_on_the_files_that_call_its_function(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "SECONDS", 10)
    outcomes = {
        "test_slow.py": Outcome("", 9, frozenset(["pipeline/extract/a.py:4"])),
        "test_quick.py": Outcome("", 1, frozenset(["pipeline/extract/a.py:4", "pipeline/b.py:1"])),
        "test_other.py": Outcome("", 2, frozenset(["pipeline/extract/b.py:14"])),
        "test_endless.py": Outcome("", 99, frozenset(["pipeline/extract/a.py:4"])),
    }
    inside, outside = Slip("pipeline/extract/a.py", 6, 0, 0, ""), Slip("pipeline/extract/a.py", 2, 0, 0, "")
    assert callers(inside, SOURCE, outcomes) == ["test_quick.py", "test_slow.py"]
    assert callers(outside, SOURCE, outcomes) == ["test_quick.py", "test_other.py"]  # more would take too long
    assert callers(inside._replace(module="pipeline/extract/c.py"), SOURCE, outcomes) == []


def test_slow_files_are_run_for_their_namesakes_only() -> None:
    assert "test_workers.py" not in files_for([Slip("pipeline/ask.py", 1, 0, 0, "")])
    assert "test_workers.py" in files_for([Slip("pipeline/workers.py", 1, 0, 0, "")])


def test_a_run_says_what_failed_and_what_was_called(tmp_path: Path) -> None:
    """In a project of one module, whose test starts a process as well."""
    for folder in ("pipeline", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.pytest.ini_options]\n", encoding="utf-8")
    (tmp_path / "pipeline" / "__init__.py").write_text("", encoding="utf-8")
    (tmp_path / "pipeline" / "ran.py").write_text(mutants.RAN, encoding="utf-8")
    code = "def f():\n    return 1\n\ndef g():\n    return 2\n\ndef h():\n    return 3\n"
    (tmp_path / "pipeline" / "a.py").write_text(marked("pipeline/a.py", code), encoding="utf-8")
    apart = (
        "import sys, subprocess\n\ndef test_f():\n    subprocess.run([sys.executable, '-c', 'import pipeline.a as a; a.g()'])\n"
    )
    no = "    from pipeline.a import f\n    assert f() == 1\n\ndef test_no():\n    assert False\n"
    (tmp_path / "tests" / "test_a.py").write_text(apart + no, encoding="utf-8")
    outcome = first_failure(tmp_path, ["test_a.py"])
    assert outcome.failed == "tests/test_a.py::test_no"
    assert outcome.called == {"pipeline/a.py:1", "pipeline/a.py:4"}
