import pytest

from tradewind.authoring.exceptions import AirflowOptionalProviderFeatureException
from tradewind.authoring.object_storage import ObjectStoragePath


@pytest.fixture
def root():
    path = ObjectStoragePath("memory://bucket/run")
    yield path
    path.fs.store.clear()


def test_names():
    path = ObjectStoragePath("s3://conn@bucket/a/b.tar.gz")

    assert (path.protocol, path.conn_id, path.bucket, path.key) == ("s3", "conn", "bucket", "a/b.tar.gz")
    assert (path.name, path.stem, path.suffix) == ("b.tar.gz", "b.tar", ".gz")
    assert str(path.parent / "c") == "s3://conn@bucket/a/c"
    assert str(path.with_suffix(".zip")) == "s3://conn@bucket/a/b.tar.zip"
    assert ObjectStoragePath("s3://bucket/a@b").conn_id is None
    assert ObjectStoragePath("gs://b", "k", conn_id="c") == ObjectStoragePath("gs://c@b/k")


def test_reading_and_writing(root):
    file = root / "x.txt"

    file.write_text("hé")
    with (root / "y.bin").open("wb") as stream:
        stream.write(b"12")

    assert (file.read_text(), file.exists(), file.is_file(), file.stat()["size"]) == ("hé", True, True, 3)
    assert sorted(path.name for path in root.iterdir()) == ["x.txt", "y.bin"]
    assert [path.name for path in root.glob("*.txt")] == ["x.txt"]
    file.unlink()
    file.unlink(missing_ok=True)
    assert not file.exists()


def test_copying_between_stores(root, tmp_path):
    (root / "x.txt").write_text("data")

    (root / "x.txt").copy(f"file://{tmp_path}/x.txt")
    (root / "x.txt").move(root / "z.txt")

    assert (tmp_path / "x.txt").read_text() == "data"
    assert [path.name for path in root.iterdir()] == ["z.txt"]


def test_a_local_path_is_a_path(tmp_path):
    local = ObjectStoragePath(tmp_path) / "a"
    local.mkdir(parents=True)

    assert local.is_dir()
    with pytest.raises(FileExistsError):
        local.mkdir()
    with open(local / "f", "w") as stream:
        stream.write("x")
    assert (local / "f").read_bytes() == b"x"


def test_a_store_whose_package_is_missing(monkeypatch):
    import fsspec

    def missing(protocol, **options):
        raise ImportError(protocol)

    monkeypatch.setattr(fsspec, "filesystem", missing)

    with pytest.raises(AirflowOptionalProviderFeatureException, match="pip install gcsfs"):
        ObjectStoragePath("gs://b/k").exists()
