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
            library.save_file(plain, str(sink.path_to_fill()), metadata=about)
        except (ImportError, RuntimeError, ValueError, KeyError) as error:
            raise CannotCarryError(str(error)) from error  # not installed, or tensors that share their memory
        return ()

    def read(self, source: Source, parts: Sequence[Callable[[], Any]]) -> Any:
        library = importlib.import_module("safetensors")
        assert source.path is not None, "tensors are always files"
        with library.safe_open(str(source.path), framework="pt") as opened:
            about: dict[str, str] = opened.metadata()
            names = msgspec.json.decode(about[_NAMES], type=list[str])
            tensors = {name: opened.get_tensor(name) for name in names}  # safetensors itself keeps another order
        match about[_KIND]:
            case "tensor":
                return tensors["tensor"]
            case "OrderedDict":
                return OrderedDict(tensors)
            case _:
                return tensors


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
