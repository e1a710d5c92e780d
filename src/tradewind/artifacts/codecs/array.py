"""NumPy arrays as .npy. Read back in place: the array's memory is the mapped file."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable, Sequence
from typing import Any

from tradewind.artifacts.codecs.base import CannotCarryError, class_name, is_from
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

MAX_HEADER_BYTES = 1 << 20


class ArrayCodec:
    name = "npy"
    suffix = "npy"

    def takes(self, value: Any) -> bool:
        """Subclasses (masked arrays, matrices) know more than .npy keeps; objects and StringDType need pickle."""
        return is_from(value, "numpy") and class_name(value) == "ndarray" and not value.dtype.hasobject

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        numpy = _numpy()
        if not _survives(value.dtype, numpy):
            raise CannotCarryError(str(value.dtype))
        is_fortran = value.flags.f_contiguous and not value.flags.c_contiguous
        array = value if is_fortran else numpy.ascontiguousarray(value).reshape(value.shape)
        _write_header(array, sink, numpy)
        if array.size:
            sink.write(array.ravel(order="F" if is_fortran else "C").view(numpy.uint8))
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        numpy = _numpy()
        stream = io.BytesIO(source.memory[:MAX_HEADER_BYTES])
        version = numpy.lib.format.read_magic(stream)
        read_header = numpy.lib.format.read_array_header_1_0 if version == (1, 0) else _reader_of_version_2(numpy)
        shape, is_fortran, dtype = read_header(stream, max_header_size=MAX_HEADER_BYTES)
        order = "F" if is_fortran else "C"
        if 0 in shape:
            return numpy.empty(shape, dtype, order=order)
        return numpy.ndarray(shape, dtype, buffer=source.memory, offset=stream.tell(), order=order)


def _numpy() -> Any:
    return importlib.import_module("numpy")  # heavy, and an optional extra: only for values that are arrays


def _survives(dtype: Any, numpy: Any) -> bool:
    """Whether .npy brings this dtype back: not so for dtypes of other packages (bfloat16) and zero-size texts."""
    try:
        described = numpy.lib.format.dtype_to_descr(dtype)
        return bool(dtype.itemsize) and numpy.lib.format.descr_to_dtype(described) == dtype
    except (TypeError, ValueError):
        return False


def _write_header(array: Any, sink: Sink, numpy: Any) -> None:
    about = numpy.lib.format.header_data_from_array_1_0(array)
    header = io.BytesIO()
    try:
        numpy.lib.format.write_array_header_1_0(header, about)
    except ValueError:  # many fields: the longer header of version 2
        header = io.BytesIO()
        try:
            numpy.lib.format.write_array_header_2_0(header, about)
        except ValueError as error:
            raise CannotCarryError(str(array.dtype)) from error
    sink.write(header.getvalue())


def _reader_of_version_2(numpy: Any) -> Any:
    return numpy.lib.format.read_array_header_2_0
