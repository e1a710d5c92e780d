"""Values that cannot be handed on say why; those that can show what they are, without their secrets."""

from __future__ import annotations

import socket
import sqlite3
import threading

import numpy as np
import pandas as pd
import pytest

from tradewind.artifacts import encode
from tradewind.artifacts.preview import MAX_CHARACTERS, preview
from tradewind.model.errors import ValueStoreError


class Holder:
    def __init__(self, content: object) -> None:
        self.content = content


async def coroutine() -> None:
    pass


REFUSED = [
    ((n for n in range(3)), "generator", "list"),
    ({"rows": (n for n in range(3))}, r"generator.*at \['rows'\]", "list"),
    (Holder(n for n in range(3)), r"Holder.*at \.content", "list"),
    (threading.Lock(), "lock", "leave it out"),
    ([1, {"model": [threading.Lock()]}], r"lock.*at \[1\]\['model'\]\[0\]", "leave it out"),
    (sqlite3.connect(":memory:"), "Connection", "connect again"),
    (socket.socket(), "socket", "connect again"),
    (open("/dev/null"), "TextIOWrapper", "path"),  # noqa: SIM115
]


@pytest.mark.parametrize(("value", "message", "hint"), REFUSED, ids=lambda value: str(value)[:25])
def test_refused_with_type_place_and_hint(store, value, message, hint):
    with pytest.raises(ValueStoreError, match=f"{message}(.|\n)*hint: .*{hint}"):
        encode(value, store, inline_limit_bytes=0)


def test_a_coroutine_was_never_run(store):
    never_run = coroutine()
    with pytest.raises(ValueStoreError, match="await"):
        encode(never_run, store, inline_limit_bytes=0)
    never_run.close()


class Shy:
    def __repr__(self) -> str:
        raise RuntimeError("no")


PREVIEWS = [
    (None, "None"),
    ("text", "'text'"),
    ([1, (2,), set(), {"a": {3}}], "[1, (2,), set(), {'a': {3}}]"),
    (list(range(1000)), "… 950 more"),
    (Shy(), "<Shy: its repr raised RuntimeError>"),
    (np.array([[1, 2], [3, 4]]), "array of shape (2, 2), int64: [1 2 3 4]; min 1, mean 2.5, max 4"),
    (pd.DataFrame({"age": [30]}), "age\n0   30\n[1 x 1]"),
]


@pytest.mark.parametrize(("value", "expected"), PREVIEWS, ids=lambda value: str(type(value)))
def test_previews(value, expected):
    assert expected in preview(value)


@pytest.mark.parametrize("value", ["x" * 10**6, ["y" * 1000] * 1000, {str(n): [n] * 99 for n in range(999)}], ids=type)
def test_previews_are_short(value):
    assert len(preview(value)) <= MAX_CHARACTERS


@pytest.mark.parametrize("padding", [0, 490, 495, 1990, 1995])
@pytest.mark.parametrize("wrap", [lambda text: text, lambda text: [text], lambda text: Holder(text).__dict__])
def test_secrets_are_masked_before_the_cut(padding, wrap):
    text = preview(wrap("x" * padding + "hunter2-secret"), lambda shown: shown.replace("hunter2-secret", "***"))
    assert "hunter2" not in text
    assert "hun" not in text


def test_secrets_in_frames_are_masked():
    frame = pd.DataFrame({"token": ["hunter2"]})
    assert "hunter2" not in preview(frame, lambda shown: shown.replace("hunter2", "***"))


def test_nothing_heavy_is_imported_to_look_at_plain_values():
    import subprocess
    import sys

    code = (
        "import sys, tempfile, datetime\n"
        "from tradewind.artifacts import ArtifactStore, decode, encode\n"
        "store = ArtifactStore(tempfile.gettempdir())\n"
        "for value in (1, 'a', [1.5, {'a': (1,)}], datetime.date(2025, 1, 1), object):\n"
        "    decode(encode(value, store, inline_limit_bytes=10_000), store)\n"
        "heavy = {'numpy', 'pandas', 'pyarrow', 'polars', 'torch', 'joblib', 'sklearn', 'cloudpickle', 'fsspec', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
