"""Which modules are the user's own, and in which version the others are installed."""

from __future__ import annotations

import importlib.util
import os
import re
import sys
from functools import cache
from types import ModuleType
from typing import Any

from tradewind.authoring.own_files import is_own_file, python_folders

NAMED_OTHERWISE = {
    "sklearn": "scikit-learn",
    "skimage": "scikit-image",
    "cv2": "opencv-python",
    "PIL": "pillow",
    "yaml": "pyyaml",
    "bs4": "beautifulsoup4",
    "dateutil": "python-dateutil",
    "dotenv": "python-dotenv",
    "jwt": "pyjwt",
    "fitz": "pymupdf",
    "umap": "umap-learn",
    "lightning": "lightning",
    "git": "gitpython",
    "serial": "pyserial",
    "magic": "python-magic",
    "attr": "attrs",
    "xgboost": "xgboost",
    "faiss": "faiss-cpu",
}
"""Import name → distribution, for the well-known that differ."""
_DIST_INFO = re.compile(r"^(?P<name>.+?)-(?P<version>[^-]+)\.(?:dist|egg)-info$")
_NOT_PACKAGES = frozenset({"tradewind", "airflow", "__main__", "builtins"})


def prepare() -> None:
    """What all tries ask for, found out in the process that they are forked from."""
    installed()
    python_folders()


@cache
def installed() -> dict[str, str]:
    """Distribution (lower case, with dashes) → version, as the names of the folders beside the packages say it: reading
    the metadata of three hundred packages takes a second. Asked once a process, where it is started: what it has
    imported stays what it was, whatever is installed meanwhile."""
    found: dict[str, str] = {}
    for folder in reversed(sys.path):
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        for name in names:
            if (match := _DIST_INFO.match(name)) is not None:
                found[_plain(match["name"])] = match["version"]
    return found


def package_version(module: str) -> tuple[str, str] | None:
    """(distribution, version) of what `import module` gives; None for the standard library, for Tradewind itself and
    for the user's own modules."""
    root = module.partition(".")[0]
    if root in sys.stdlib_module_names or root in _NOT_PACKAGES:
        return _provider(module) if module.startswith("airflow.providers.") else None
    name = _plain(NAMED_OTHERWISE.get(root, root))
    if (version := installed().get(name)) is not None:
        return name, version
    loaded = sys.modules.get(root)
    version = getattr(loaded, "__version__", None)
    if isinstance(version, str):
        return name, version
    return _by_its_files(root)


def is_own(module: ModuleType | str | None) -> bool:
    """Whether a module, or a file, is the user's: neither installed, nor Python's, nor ours."""
    if module is None:
        return False
    if isinstance(module, str):
        return is_own_file(module)
    if module.__name__ in ("__main__", "__mp_main__"):
        return True
    file = getattr(module, "__file__", None)
    if file is None:  # a namespace package: as its folders are
        folders = list(getattr(module, "__path__", ()))
        return bool(folders) and all(is_own_file(os.path.join(folder, "x.py")) for folder in folders)
    return is_own_file(file)


def own_spec(name: str) -> Any:
    """The spec of one of the user's modules, which is not imported for it (its package may be); else None."""
    root = name.partition(".")[0]
    # To find `sklearn.datasets`, Python imports `sklearn`: a second, for a try that is not even run.
    if root != name and _is_installed(root):
        return None
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError, AttributeError):
        return None
    return spec if spec is not None and spec.origin and is_own_file(spec.origin) else None


def _is_installed(root: str) -> bool:
    try:
        spec = importlib.util.find_spec(root)
    except (ImportError, ValueError, AttributeError):
        return False
    if spec is None:
        return False
    if spec.origin:
        return not is_own_file(spec.origin)
    folders = list(spec.submodule_search_locations or ())  # a namespace package: parts of it may be the user's
    return bool(folders) and not any(is_own_file(os.path.join(folder, "x.py")) for folder in folders)


@cache
def _by_its_files(root: str) -> tuple[str, str] | None:
    """The slow way, for a package that is named otherwise than its distribution."""
    spec = importlib.util.find_spec(root) if root.isidentifier() else None
    if spec is None or (spec.origin and is_own_file(spec.origin)):
        return None
    from importlib import metadata  # reads what every package says of itself: seldom needed

    for distribution in metadata.packages_distributions().get(root, ()):
        return _plain(distribution), metadata.version(distribution)
    return root, ""


def _provider(module: str) -> tuple[str, str] | None:
    """`airflow.providers.amazon.aws.hooks.s3` → apache-airflow-providers-amazon."""
    steps = module.split(".")[2:]
    for count in range(min(3, len(steps)), 0, -1):
        name = _plain("-".join(["apache-airflow-providers", *steps[:count]]))
        if (version := installed().get(name)) is not None:
            return name, version
    return None


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
