"""NumPy: arrays of every kind, mapped when they are files; scalars; SciPy's sparse matrices."""

from __future__ import annotations

import mmap

import numpy as np
import pytest
import scipy.sparse

LARGE = np.arange(100_000, dtype="f8").reshape(100, 1000)

ARRAYS = [
    ("npy", LARGE),
    ("npy", np.asfortranarray(LARGE)),
    ("npy", LARGE[::2, ::3]),
    ("npy", LARGE.T),
    ("npy", np.array(5.0)),
    ("npy", np.zeros((0, 3), "f4")),
    ("npy", np.array([], dtype="i8")),
    ("npy", np.array(["a", "bcd"])),
    ("npy", np.array([1, 2], dtype=">i4")),
    ("npy", np.array([1.5, np.nan], dtype="f2")),
    ("npy", np.array([True, False])),
    ("npy", np.array([1 + 2j])),
    ("npy", np.arange(5).astype("M8[s]")),
    ("npy", np.array([1, "NaT"], dtype="m8[ns]")),
    ("npy", np.zeros(3, [("a", "i4"), ("b", "U3", (2,))])),
    ("cloudpickle", np.array([1, None, "x"], dtype=object)),
    ("cloudpickle", np.array(["a", "longer"], dtype=np.dtypes.StringDType())),
    ("cloudpickle", np.ma.array([1, 2], mask=[False, True])),
    ("cloudpickle", np.zeros(2, [("a", "i4")]).view(np.recarray)),
]


@pytest.mark.parametrize(("codec", "array"), ARRAYS, ids=lambda a: str(getattr(a, "dtype", a)))
@pytest.mark.parametrize("limit", [1 << 20, 0], ids=["inline", "file"])
def test_comes_back_the_same(trip, codec, array, limit):
    again, encoded = trip(array, limit)
    assert (type(again), again.dtype, again.shape, encoded.codec) == (type(array), array.dtype, array.shape, codec)
    np.testing.assert_array_equal(again, array)
    assert encoded.shape == array.shape


def test_order_in_memory_is_kept(trip):
    again, _ = trip(np.asfortranarray(LARGE))
    assert again.flags.f_contiguous


def test_a_file_is_mapped_not_read(trip):
    again, encoded = trip(LARGE)
    assert encoded.artifact is not None
    assert isinstance(again.base.obj if isinstance(again.base, memoryview) else again.base, mmap.mmap)


def test_changing_it_in_place_changes_neither_the_file_nor_other_readers(trip, store):
    from tradewind.artifacts import decode

    first, encoded = trip(LARGE)
    first[:] = -1
    np.testing.assert_array_equal(decode(encoded, store), LARGE)


SCALARS = [np.float64(1.5), np.float32("nan"), np.int8(-3), np.bool_(True), np.datetime64("2020-01-01"), np.str_("x")]


@pytest.mark.parametrize("scalar", SCALARS, ids=repr)
def test_scalars_keep_their_type(trip, scalar):
    again, encoded = trip({"accuracy": scalar})
    assert type(again["accuracy"]) is type(scalar)
    assert repr(again["accuracy"]) == repr(scalar)
    assert encoded.codec == "typed"


@pytest.mark.parametrize("kind", [scipy.sparse.csr_matrix, scipy.sparse.coo_array, scipy.sparse.csc_matrix])
def test_sparse_matrices(trip, kind):
    matrix = kind(np.diag(np.arange(5000.0)[:300]))
    again, _ = trip(matrix)
    assert type(again) is kind
    assert (again != matrix).nnz == 0


def test_arrays_inside_pickled_objects_lie_beside_the_pickle_and_are_mapped(trip, store):
    again, encoded = trip(Holder(LARGE))
    assert encoded.codec == "cloudpickle"
    np.testing.assert_array_equal(again.array, LARGE)
    base = again.array
    while isinstance(base, np.ndarray):
        base = base.base
    assert isinstance(base.obj if isinstance(base, memoryview) else base, mmap.mmap)


class Holder:
    def __init__(self, array: np.ndarray) -> None:
        self.array = array
