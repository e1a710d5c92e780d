"""The bundles of the settings: named places that DAG files come from."""

from __future__ import annotations

import os
import re
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from tradewind.dag_processor.intake import Place
from tradewind.model.errors import ConfigurationError
from tradewind.settings import BundleSetting, Settings

Bundle = BundleSetting
DEFAULT_NAME = "dags-folder"
MORE_THAN_A_LONE_FILES = 20
"""A folder that the settings name is meant to hold DAG files, all of them; the bounds for the folder that some file
happens to lie in are lower."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")


class Limits(Struct, frozen=True):
    """Of the code in a DAG folder."""

    files: int
    size_bytes: int


def bundles_of(settings: Settings) -> list[Bundle]:
    """`dags_folder` alone where the settings name none. Raises ConfigurationError naming the bundle."""
    if not settings.bundles:
        return [Bundle(name=DEFAULT_NAME, kind="local", path=str(settings.dags_folder))]
    seen: set[str] = set()
    for bundle in settings.bundles:
        _check(bundle, seen)
        seen.add(bundle.name)
    return [_absolute(bundle, settings) for bundle in settings.bundles]


def limits_of(settings: Settings) -> Limits:
    return Limits(
        settings.snapshot_max_files * MORE_THAN_A_LONE_FILES, settings.snapshot_max_bytes * MORE_THAN_A_LONE_FILES
    )


def place_of(settings: Settings, root: Path, snapshot: str) -> Place:
    """A folder as a place of DAG files; without a bundle where the dag-processor does not look after it."""
    for bundle in bundles_of(settings):
        if bundle.kind == "local" and Path(bundle.path) == root:
            return Place(str(root), snapshot, bundle.name)
        trees = trees_of(settings.home, bundle.name)
        if bundle.kind == "git" and root.is_relative_to(trees):
            commit = root.relative_to(trees).parts[0]
            return Place(str(root), snapshot, bundle.name, commit, prefix_of(settings.home, bundle.name))
    return Place(str(root), snapshot)


def commit_of(home: Path, root: Path) -> str:
    """The commit whose checkout this folder is; "" where it is none of a git bundle's."""
    bundles = home / "bundles"
    parts = root.relative_to(bundles).parts if root.is_relative_to(bundles) else ()
    return parts[2] if len(parts) > 2 and parts[1] == "trees" else ""


def trees_of(home: Path, name: str) -> Path:
    """Folder of a git bundle's checkouts, one a commit."""
    return home / "bundles" / name / "trees"


def prefix_of(home: Path, name: str) -> str:
    """What the paths of all its checkouts begin with."""
    return f"{trees_of(home, name)}{os.sep}"


def _check(bundle: Bundle, seen: set[str]) -> None:
    if not _NAME.fullmatch(bundle.name):
        raise ConfigurationError(
            f"a bundle cannot be named {bundle.name!r}", hint="use letters, digits, dots, dashes and underscores"
        )
    if bundle.name in seen:
        raise ConfigurationError(f"two bundles are named {bundle.name!r}")
    wanted, other = ("path", "url") if bundle.kind == "local" else ("url", "path")
    if not getattr(bundle, wanted):
        raise ConfigurationError(f"the bundle {bundle.name!r} of kind {bundle.kind!r} needs a {wanted}")
    if getattr(bundle, other):
        raise ConfigurationError(f"the bundle {bundle.name!r} of kind {bundle.kind!r} has no {other}")
    if Path(bundle.subdir).is_absolute() or ".." in Path(bundle.subdir).parts:
        raise ConfigurationError(f"the subdir of the bundle {bundle.name!r} has to lie in its repository")
    if bundle.refresh_seconds < 0:
        raise ConfigurationError(f"refresh_seconds of the bundle {bundle.name!r} is negative", hint="0: only on demand")


def _absolute(bundle: Bundle, settings: Settings) -> Bundle:
    if bundle.kind == "git":
        return bundle
    path = Path(bundle.path).expanduser()
    return replace(bundle, path=str(path if path.is_absolute() else (settings.home / path)))
