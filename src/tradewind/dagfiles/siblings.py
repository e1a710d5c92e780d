"""What one DAG file needs from its own folder, read from its syntax tree: modules it imports, templates it names."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

from tradewind.dagfiles.folder import TEMPLATE_SUFFIXES, FoundFile, found_file

MAX_FILES = 1_000


def file_with_its_imports(file: Path, root: Path) -> list[FoundFile]:
    """The file, the modules below `root` it imports (and those import, and so on), and template files named in them."""
    found: dict[str, FoundFile] = {}
    waiting = [str(file)]
    while waiting and len(found) < MAX_FILES:
        path = waiting.pop()
        if path in found:
            continue
        entry = _look(path, root, any_size=path == str(file))
        if entry:
            found[path] = entry
            if path.endswith(".py"):
                waiting += _named_in(Path(path), root)
    return sorted(found.values(), key=lambda entry: entry.relative)


def _look(path: str, root: Path, *, any_size: bool) -> FoundFile | None:
    try:
        return found_file(path, root, any_size=any_size)
    except OSError:
        return None


def _named_in(file: Path, root: Path) -> list[str]:
    try:
        tree = ast.parse(file.read_bytes(), str(file))
    except (SyntaxError, ValueError, OSError):
        return []  # loading the file will say what is wrong with it
    named: list[str] = []
    for node in ast.walk(tree):
        for candidate in _candidates(node, file, root):
            named += [
                path for path in map(os.path.normpath, candidate) if _is_below(path, root) and os.path.isfile(path)
            ]
    return named


def _is_below(path: str, root: Path) -> bool:
    return path.startswith(f"{root}{os.sep}")


def _candidates(node: ast.AST, file: Path, root: Path) -> Iterator[list[Path]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield from (_module_files(base, alias.name) for base in (root, file.parent))
    elif isinstance(node, ast.ImportFrom):
        bases = [root, file.parent] if node.level == 0 else [_ancestor(file, node.level)]
        for base in bases:
            module = node.module or ""
            yield _module_files(base, module)
            for alias in node.names:
                yield _module_files(base, f"{module}.{alias.name}".strip("."))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value.strip()
        if len(text) < 200 and os.path.splitext(text)[1].lower() in TEMPLATE_SUFFIXES and "\0" not in text:
            yield [file.parent / text, root / text]


def _ancestor(file: Path, level: int) -> Path:
    return file.parents[min(level, len(file.parents)) - 1]


def _module_files(base: Path, name: str) -> list[Path]:
    """Files that importing `a.b.c` may touch: each package's __init__.py on the way, and the module itself."""
    files: list[Path] = []
    folder = base
    for part in filter(None, name.split(".")):
        files += [folder / f"{part}.py", folder / part / "__init__.py"]
        folder = folder / part
    return files
