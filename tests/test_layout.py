"""The house keeps its own rules: roots, imports that point one way, names, sizes, and no stray words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[1]
ROOTS = {
    "spec": set(),
    "model": {"spec"},
    "proofs": {"spec", "model"},
    "reference": {"spec"},
    "conformance": {"spec", "model", "proofs", "reference"},
}
SOURCES = sorted(path for root in ROOTS for path in (HOUSE / root).rglob("*.py"))
LONGEST_FUNCTION = 60
LONGEST_FILE = 280


def name_of(path: Path) -> str:
    """A source as it is shown in the list of tests."""
    return str(path.relative_to(HOUSE))


def root_of(path: Path) -> str:
    """The import root that a source belongs to."""
    return path.relative_to(HOUSE).parts[0]


def imported(path: Path) -> set[str]:
    """The roots of `pathproof` that a source imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        found |= {name.split(".")[1] for name in names if name.startswith("pathproof.")}
    return found


def test_the_namespace_has_no_init() -> None:
    """A `pathproof/__init__.py` in one root would hide the other roots."""
    assert [name_of(path) for path in HOUSE.glob("*/pathproof/__init__.py")] == []


@pytest.mark.parametrize("root", ROOTS)
def test_every_root_is_typed_and_nothing_squats_beside_it(root: str) -> None:
    """Each root holds the namespace and nothing else, and its package is marked as typed."""
    entries = {entry.name for entry in (HOUSE / root).iterdir() if entry.name != "__pycache__"}
    assert entries == {"pathproof"}
    packages = {entry.name for entry in (HOUSE / root / "pathproof").iterdir() if entry.name != "__pycache__"}
    assert packages == {root}
    assert (HOUSE / root / "pathproof" / root / "py.typed").exists()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    """A root imports only the roots below it, and the reference never the model."""
    assert imported(path) <= ROOTS[root_of(path)] | {root_of(path)}


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_sources_are_small_and_documented(path: Path) -> None:
    """Every module, public class and public function says what it is for, and none is long."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert ast.get_docstring(tree), "no module docstring"
    assert text.count("\n") <= LONGEST_FILE
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_FUNCTION, node.name
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{node.name} has no docstring"


def test_tests_mirror_the_roots() -> None:
    """There is a folder of tests for every root, and no other but the benchmark's."""
    folders = {e.name for e in (HOUSE / "tests").iterdir() if e.is_dir() and e.name != "__pycache__"}
    assert folders <= set(ROOTS) | {"bench"}


def test_sources_name_no_machine() -> None:
    """No path of a machine is in what is published."""
    words = ["/" + "work/", "/" + "home/", "/" + "root/", "/" + "tmp/"]
    texts = [*SOURCES, *(HOUSE / "tests").rglob("*.py"), *HOUSE.glob("*.md"), HOUSE / "Makefile"]
    found = [name_of(path) for path in texts if any(word in path.read_text("utf-8") for word in words)]
    assert found == []
