"""The house itself: what it promises in its papers is so."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED_TOP = {
    ".ci", ".gitignore", "api", "field_app", "field_app_schema", "geo", "inspections", "stations", "web_map",
    "migrations", "tests", "benchmarks", "docs", "db.py", "jobs.py", "requirements.txt", "requirements-dev.txt",
    "requirements-optional.txt", "requirements-bench.txt", "requirements-heic.txt", "pyproject.toml",
    "Makefile", "README.md",
    "CHANGELOG.md", "LICENSE",
}  # fmt: skip


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


def test_top_level_holds_only_what_was_agreed() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} <= ALLOWED_TOP


def test_version_is_the_newest_in_the_changelog() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


def test_every_make_command_in_the_papers_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in tracked("*.md"):
        named = set(re.findall(r"(?:`|^)make ([a-z]+(?:-[a-z]+)*)", page.read_text(), re.MULTILINE))
        assert named <= targets, f"{page.name} names {named - targets}"
        assert named >= {"run", "test"} or page != ROOT / "README.md"


def test_every_make_target_is_under_five_lines_and_explained() -> None:
    text = (ROOT / "Makefile").read_text()
    for block in re.split(r"\n(?=[a-z-]+:)", text)[1:]:
        lines = [line for line in block.splitlines() if line and not line.startswith((".PHONY", "#"))]
        assert len(lines) <= 5, lines[0]
        assert "##" in lines[0], lines[0]


def test_every_flask_command_in_the_papers_exists() -> None:
    from_code = "\n".join(path.read_text() for path in tracked("api/commands/*.py"))
    commands = set(re.findall(r"""command\(\s*["']([a-z-]+)["']""", from_code)) | {"run", "routes", "shell"}
    for page in tracked("*.md"):
        named = set(re.findall(r"flask (?:--app api\.app )?([a-z]+-[a-z-]+|work)\b", page.read_text()))
        assert named <= commands, f"{page.name} names {named - commands}"
        assert named >= {"resolve-unit", "explain-vitality"} or page != ROOT / "README.md"


def test_no_third_party_address_in_anything_a_browser_loads() -> None:
    here = r"127\.0\.0\.1|localhost"
    foreign = re.compile(rf"""(?:src|href|url|import|fetch)\s*[=(]?\s*["'(]\s*(?:https?:)?//(?!{here})""")
    for page in tracked("web_map/**", "field_app/src/**", "field_app/*.html", "field_app/public/**"):
        if page.suffix in {".html", ".js", ".ts", ".tsx", ".css", ".py", ".svg", ".webmanifest"}:
            found = foreign.search(page.read_text())
            assert found is None, f"{page.relative_to(ROOT)}: {found[0] if found else ''}"


def test_no_drawer_folders_and_no_file_past_its_size() -> None:
    for path in tracked("*.py"):
        parts = path.relative_to(ROOT).parts
        assert not {"utils", "core", "common", "services", "helpers"} & {part.removesuffix(".py") for part in parts}
        lines = len(path.read_text().splitlines())
        limit = 300 if parts[0] == "tests" else 250
        assert lines <= limit or "migrations" in parts, f"{'/'.join(parts)} has {lines} lines"


def test_only_the_configuration_reads_the_environment() -> None:
    for path in tracked("api/**.py", "stations/**.py", "inspections/**.py", "geo/**.py", "web_map/**.py", "*.py"):
        if path.name == "config.py" or path.relative_to(ROOT).parts[0] in {"tests", "benchmarks", "docs"}:
            continue
        assert "os.environ" not in path.read_text(), path


def test_the_ground_files_import_nothing_of_ours() -> None:
    ours = r"(?:api|stations|inspections|geo|web_map|field_app_schema|migrations)"
    for name, also in (("db.py", "|jobs"), ("jobs.py", "")):
        text = (ROOT / name).read_text()
        assert not re.search(rf"^\s*(?:from|import) (?:{ours}{also})\b", text, re.MULTILINE), name


def test_no_import_hides_inside_a_function() -> None:
    for path in tracked("*.py"):
        if path.relative_to(ROOT).parts[0] in {"tests", "docs", "benchmarks", "migrations"}:
            continue
        hidden = re.search(r"^[ \t]+(?:from [\w.]+ import|import [\w.]+)", path.read_text(), re.MULTILINE)
        inside_type_checking = "if TYPE_CHECKING" in path.read_text()
        assert hidden is None or inside_type_checking, f"{path}: {hidden[0] if hidden else ''}"
