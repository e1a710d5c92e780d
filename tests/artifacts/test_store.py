"""Files of the store: stored once, found by their hash, gone with a clear word; local folders and fsspec URLs."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest
from sklearn.linear_model import LinearRegression

from tradewind.artifacts import ArtifactStore, decode, encode
from tradewind.artifacts import sink as sinks
from tradewind.artifacts.hashing import LEAF_BYTES, TreeHash, hash_of, hash_of_file
from tradewind.model.errors import ConfigurationError, ValueStoreError

ARRAY = np.arange(10_000)


def put(store: ArtifactStore, value: object = ARRAY):
    return encode(value, store, inline_limit_bytes=0)


def files_of(store: ArtifactStore) -> list[Path]:
    return [file for file in Path(store.url).rglob("*") if file.is_file()]


def test_equal_bytes_are_stored_once(store):
    assert put(store).artifact == put(store, ARRAY.copy()).artifact
    assert len(files_of(store)) == 1


def test_files_cannot_be_changed_by_accident(store):
    put(store)
    assert files_of(store)[0].stat().st_mode & 0o777 == 0o400


def test_nothing_is_written_for_small_values(store):
    encode([1, 2], store, inline_limit_bytes=100)
    assert not Path(store.url).exists()


def test_deleted_artifacts_are_gone(store):
    value = put(store)
    assert store.delete([value.artifact, "ab/" + "0" * 64 + ".npy"]) == 1
    assert not store.exists(value.artifact)


def test_one_that_was_just_written_again_is_spared(store):
    value = put(store)
    os.utime(Path(store.url) / value.artifact, (1, 1))
    put(store)
    assert store.delete([value.artifact], unused_for_seconds=60) == 0


def test_leftovers_of_dead_processes_are_removed(store):
    old, new = store.new_file(), store.new_file()
    os.utime(old, (1, 1))
    assert store.remove_leftovers() == 1
    assert [old.exists(), new.exists()] == [False, True]


@pytest.mark.parametrize("key", ["../../etc/passwd", "ab/x.npy", "/abs/" + "0" * 64])
def test_keys_are_checked(store, key):
    with pytest.raises(ValueStoreError, match="not the key"):
        store.exists(key)


class TestDamage:
    def test_missing(self, store):
        value = put(store)
        store.delete([value.artifact])
        with pytest.raises(ValueStoreError, match=r"is not in .*\n.*clear the task"):
            decode(value, store)

    @pytest.mark.parametrize("value", [ARRAY, {"k": b"x" * 1000, "t": (1,)}, pd.DataFrame({"a": ARRAY})], ids=type)
    @pytest.mark.parametrize("change", [lambda data: data[:-3], lambda data: data[:-40] + b"?" + data[-39:]])
    def test_cut_short_or_changed(self, store, value, change):
        encoded = put(store, value)
        file = Path(store.url) / encoded.artifact
        file.chmod(0o600)
        file.write_bytes(change(file.read_bytes()))
        with pytest.raises(ValueStoreError, match="damaged"):
            decode(encoded, store)

    def test_a_class_that_is_not_known_here(self, store):
        module = type(os)("tw_elsewhere")
        made = type("Made", (), {"__module__": "tw_elsewhere"})
        module.Made = made
        import sys

        sys.modules["tw_elsewhere"] = module
        encoded = put(store, made())
        del sys.modules["tw_elsewhere"]
        with pytest.raises(ValueStoreError, match=r"tw_elsewhere(.|\n)*hint"):
            decode(encoded, store)


class TestNoRoom:
    @pytest.mark.parametrize(
        ("code", "hint"), [(errno.ENOSPC, "free some space"), (errno.EROFS, "may write"), (errno.EIO, "see whether")]
    )
    @pytest.mark.parametrize(
        "value", [ARRAY, pd.DataFrame({"a": ARRAY}), pl.DataFrame({"a": ARRAY}), LinearRegression()]
    )
    def test_says_what_to_do_and_leaves_nothing(self, store, monkeypatch, value, code, hint):
        def fail(self: object, piece: memoryview) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(sinks.Sink, "_append", fail)
        with pytest.raises(ValueStoreError, match=hint):
            put(store, value)
        assert files_of(store) == []

    def test_a_folder_that_is_a_file(self, tmp_path):
        (tmp_path / "file").write_text("")
        with pytest.raises(ValueStoreError, match="artifact store"):
            put(ArtifactStore(tmp_path / "file"))

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
    def test_a_disk_that_is_really_full(self, store, monkeypatch):
        monkeypatch.setattr(ArtifactStore, "new_file", lambda self: Path("/dev/full"))
        monkeypatch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        with pytest.raises(ValueStoreError, match="free some space"):
            put(store, np.arange(10_000_000, dtype="i1"))


VALUES = [
    ARRAY,
    {"deep": (1, ARRAY)},
    pd.DataFrame({"a": ARRAY}),
    pl.DataFrame({"a": ["x", "y"]}),
    LinearRegression().fit(ARRAY[:, None], ARRAY),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_store_behind_a_url(value):
    store = ArtifactStore(f"memory://artifacts-{time.monotonic_ns()}")
    encoded = put(store, value)
    put(store, value)
    again = decode(encoded, store)
    assert type(again) is type(value)
    keys = [part.artifact for part in encoded.parts] + [encoded.artifact]
    assert all(map(store.exists, keys))
    assert store.delete(keys) == len(keys)
    with pytest.raises(ValueStoreError, match="is not in memory://"):
        decode(encoded, store)


def test_a_url_without_its_package_says_what_to_install():
    with pytest.raises(ConfigurationError, match="s3fs"):
        put(ArtifactStore("s3://bucket/path"))


class TestHashes:
    @pytest.mark.parametrize("size", [0, 1, LEAF_BYTES - 1, LEAF_BYTES, LEAF_BYTES + 1, 3 * LEAF_BYTES + 17])
    def test_do_not_depend_on_how_the_bytes_came(self, tmp_path, size):
        data = np.random.default_rng(size).bytes(size)
        pieces = TreeHash()
        for start in range(0, size, 1_000_003):
            pieces.update(data[start : start + 1_000_003])
        (tmp_path / "file").write_bytes(data)
        assert hash_of(data) == pieces.hexdigest() == hash_of_file(tmp_path / "file")

    def test_see_one_changed_byte(self):
        data = bytearray(2 * LEAF_BYTES)
        before = hash_of(data)
        data[LEAF_BYTES + 5] = 1
        assert hash_of(data) != before

    def test_plain_sha256_up_to_a_leaf(self):
        assert hash_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
