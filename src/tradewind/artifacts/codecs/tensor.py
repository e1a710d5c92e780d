"""PyTorch tensors and dicts of them (a state dict) as safetensors; only where torch and safetensors are installed."""

from __future__ import annotations

import importlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, cast

import msgspec

from tradewind.artifacts.codecs.base import CannotCarryError, class_name, is_from
from tradewind.artifacts.sink import Sink
from tradewind.artifacts.source import Source

SMALL_BYTES = 64 * 1024
_KIND, _NAMES = "tradewind.kind", "tradewind.names"


class TensorCodec:
    name = "safetensors"
    suffix = "safetensors"

    def takes(self, value: Any) -> bool:
        if type(value) in (dict, OrderedDict):
            tensors = cast("dict[Any, Any]", value)
            return bool(tensors) and all(type(k) is str and _is_plain_tensor(t) for k, t in tensors.items())
        return _is_plain_tensor(value)

    def write(self, value: Any, sink: Sink) -> Sequence[Any]:
        kind = "tensor" if _is_plain_tensor(value) else class_name(value)
        tensors: dict[str, Any] = {"tensor": value} if kind == "tensor" else dict(value)
        about = {_KIND: kind, _NAMES: msgspec.json.encode(list(tensors)).decode()}
        try:
            library = importlib.import_module("safetensors.torch")  # optional, imports torch
            plain = {name: tensor.contiguous() for name, tensor in tensors.items()}
            if sum(tensor.nbytes for tensor in plain.values()) <= SMALL_BYTES:
                sink.write(library.save(plain, metadata=about))
            else:
                library.save_file(plain, str(sink.path_to_fill()), metadata=about)
        except (ImportError, RuntimeError, ValueError, KeyError) as error:
            raise CannotCarryError(str(error)) from error  # not installed, or tensors that share their memory
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        library = importlib.import_module("safetensors.torch")
        loaded = library.load_file(str(source.path)) if source.path else library.load(bytes(source.memory))
        about = _metadata(source.memory)
        names = msgspec.json.decode(about[_NAMES], type=list[str])
        tensors = {name: loaded[name] for name in names}  # safetensors itself keeps another order
        match about[_KIND]:
            case "tensor":
                return tensors["tensor"]
            case "OrderedDict":
                return OrderedDict(tensors)
            case _:
                return tensors


def _metadata(file: memoryview) -> dict[str, str]:
    """The texts in a safetensors header: eight bytes of length, then JSON."""
    length = int.from_bytes(file[:8], "little")
    header = msgspec.json.decode(file[8 : 8 + length], type=dict[str, Any])
    return header["__metadata__"]


def _is_plain_tensor(value: Any) -> bool:
    """Dense, on the CPU, without a gradient: all of the tensor is then in its numbers."""
    return (
        is_from(value, "torch")
        and class_name(value) == "Tensor"
        and not value.requires_grad
        and str(value.layout) == "torch.strided"
        and value.device.type == "cpu"
        and not value.is_quantized
    )
