"""PyTorch tensors and state dicts; runs where torch is installed."""

from __future__ import annotations

from collections import OrderedDict

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")

TENSORS = [
    torch.arange(12.0).reshape(3, 4),
    torch.arange(12.0).reshape(3, 4).T,
    torch.tensor([1, 2], dtype=torch.bfloat16),
    torch.tensor(5),
    torch.zeros(0, 3),
]


@pytest.mark.parametrize("tensor", TENSORS, ids=lambda tensor: str(tuple(tensor.shape)))
def test_tensors_come_back_the_same(trip, tensor):
    again, encoded = trip(tensor)
    assert torch.equal(again, tensor)
    assert (again.dtype, encoded.codec) == (tensor.dtype, "safetensors")
    assert encoded.shape == tuple(tensor.shape)


def test_large_tensors_are_files_and_small_ones_travel_along(trip):
    large, encoded = trip(torch.arange(100_000))
    assert torch.equal(large, torch.arange(100_000))
    assert encoded.artifact.endswith(".safetensors")
    assert trip(torch.tensor(0.5))[1].inline is not None


@pytest.mark.parametrize("kind", [dict, OrderedDict])
def test_dicts_of_tensors_keep_their_order(trip, kind):
    value = kind(z=torch.ones(3), a=torch.zeros(2, dtype=torch.int64))
    again, encoded = trip(value)
    assert (type(again), [*again], encoded.codec) == (kind, ["z", "a"], "safetensors")
    assert all(torch.equal(again[name], value[name]) for name in value)


def test_a_models_state(trip):
    state = torch.nn.Linear(3, 2).state_dict()
    again, encoded = trip(state)
    torch.nn.Linear(3, 2).load_state_dict(again)
    assert encoded.codec == "safetensors"


OTHERS = {
    "with a gradient": lambda: torch.ones(2, requires_grad=True),
    "a parameter": lambda: torch.nn.Parameter(torch.ones(2)),
    "sparse": lambda: torch.eye(3).to_sparse(),
    "sharing memory": lambda: (lambda base: {"a": base, "b": base[1:]})(torch.arange(5)),
    "a module": lambda: torch.nn.Linear(3, 2),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_safetensors_cannot_say_is_pickled(trip, name):
    value = OTHERS[name]()
    again, encoded = trip(value)
    assert type(again) is type(value)
    assert encoded.codec in {"cloudpickle", "tree"}


def test_tensors_in_a_tree(trip):
    again, encoded = trip({"loss": 0.5, "weights": torch.ones(3)})
    assert torch.equal(again["weights"], torch.ones(3))
    assert [part.codec for part in encoded.parts] == ["safetensors"]
