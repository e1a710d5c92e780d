"""What counts as code, and what of params and of the context a task's code can look at."""

from __future__ import annotations

import functools
import importlib
import logging
import shutil
import sys

import pytest

from tradewind.ml.caching import bytecode, content, packages
from tradewind.ml.caching.code import CodeWalk
from tradewind.ml.caching.context_reads import named_keys, used_params
from tradewind.ml.caching.differences import compare
from tradewind.ml.caching.parts import CannotTell, Part, key_of

PARAMS = {"a": 1, "b": 2}


def compiled(text: str):
    return compile(text, "x.py", "exec")


def function(body: str, head: str = "def f(x, params=None, **context):"):
    space: dict = {"__name__": "__main__"}
    exec("\n".join([head, *(f"    {line}" for line in body.splitlines())]), space)
    return space["f"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("def f():\n return 1", "\n\n# c\ndef f():\n  # d\n\n  return 1", True),
        ("def f():\n 'doc'\n return 1", "def f():\n 'other'\n return 1", True),
        ("def f():\n def g():\n  'doc'\n  return 1\n return g", "def f():\n def g():\n  return 1\n return g", True),
        ("def f():\n return 1", "def f():\n return 2", False),
        ("def f():\n return 1", "def f():\n return True", False),
        ("def f():\n return 'a'", "def f():\n return b'a'", False),
        ("def f(a, b):\n return a", "def f(a, b):\n return b", False),
        ("def f(x):\n return x.a", "def f(x):\n return x.b", False),
        ("def f():\n return lambda: 'a'", "def f():\n return lambda: 'b'", False),
        ("def f(x):\n return x in {'a', 'b'}", "def f(x):\n return x in {'b', 'a'}", True),
        ("def f(x):\n return x in {'a', 'b'}", "def f(x):\n return x in {'a', 'c'}", False),
    ],
)
def test_the_digest_of_code_follows_what_it_does(one, other, same):
    first, second = (
        next(code for code in bytecode.nested(compiled(text)) if code.co_name == "f") for text in (one, other)
    )
    assert (bytecode.digest(first) == bytecode.digest(second)) is same


def test_imports_inside_of_functions_are_found_with_their_level():
    code = compiled("def f():\n import a.b\n from ..c import d, e\n def g():\n  from . import h")
    assert bytecode.imported(code) == [("a.b", 0, ()), ("c", 2, ("d", "e")), ("", 1, ("h",))]


@pytest.mark.parametrize(
    ("body", "used"),
    [
        ("return params['a']", {"a"}),
        ("return params.get('a')", {"a"}),
        ("return params['a'] + params['b']", {"a", "b"}),
        ("return context['params']['a']", {"a"}),
        ("return (lambda: params['b'])()", {"a", "b"}),  # a closure: not followed
        ("return params[x]", {"a", "b"}),
        ("return dict(params)", {"a", "b"}),
        ("return {**params}", {"a", "b"}),
        ("y = context['params']\nreturn y['a']", {"a", "b"}),
        ("return x", set()),
    ],
)
def test_params_count_by_name_or_all_of_them(body, used):
    found = used_params([function(body).__code__], PARAMS).keys()
    assert used <= found if "lambda" in body else found == used


@pytest.mark.parametrize(
    ("body", "parameters", "sees_all", "keys"),
    [
        ("return 1", {"ds", "x"}, False, {"ds"}),
        ("return context['ds']", {"x"}, True, {"ds"}),
        ("return context['ds']", {"x"}, False, set()),
        ("return ti.logical_date", {"ti"}, False, {"ti", "logical_date"}),
        ("return get_current_context()['run_id']", set(), False, {"run_id"}),
    ],
)
def test_context_variables_that_code_can_look_at(body, parameters, sees_all, keys):
    assert named_keys([function(body).__code__], parameters, sees_all=sees_all) == keys


def test_closures_partials_methods_and_globals_are_walked_and_loggers_are_not():
    def outer(factor):
        def inner(x):
            return logging.getLogger(__name__) and x * factor

        return inner

    walk = CodeWalk()
    walk.reach(functools.partial(outer(3), 2), "f")
    names = {name for kind, name in walk.parts if kind in ("code", "global")}
    assert any(name.endswith("inner") for name in names)
    assert any(name.startswith("factor of") for name in names)
    assert "f (its arguments)" in names
    assert not any(name.startswith("logg") for name in names)


def test_content_hashes_tell_types_apart_and_know_no_order_of_sets():
    values = [1, True, 1.0, "1", b"1", None, [1], (1,), {1}, {"a": 1}, [[1]], list(range(500))]
    assert len({content.hash_of(value) for value in values}) == len(values)
    assert content.hash_of({"a", "b", "c"}) == content.hash_of({"c", "b", "a"})
    with pytest.raises(CannotTell, match="has no hash"):
        content.hash_of(one for one in ())


@pytest.mark.parametrize(
    ("module", "name"),
    [("msgspec", "msgspec"), ("yaml.loader", "pyyaml"), ("json", None), ("tradewind.ml", None), ("no_such_one", None)],
)
def test_installed_packages_have_versions_and_the_rest_has_none(module, name):
    found = packages.package_version(module)
    assert found is None if name is None else found is not None and found[0] == name and found[1][0].isdigit()


def test_a_difference_is_told_in_words():
    before = [Part("package", "pandas", "2.2", "2.2"), Part("code", "f", "1"), Part("input", "n", "3", "3")]
    now = [Part("package", "pandas", "2.3", "2.3"), Part("code", "f", "2"), Part("code", "g", "1")]
    found = compare(before, now, "f")
    assert found.why == "pandas 2.2 → 2.3; the function `f` changed; g, which it calls, is new; input `n` is gone"
    assert found.changed == ("package pandas", "code f", "code g", "input n")


LIBRARY = """
def bare(function):
    def called(*args):
        return function(*args)
    return called

class Fast:
    def __init__(self, function):
        self.options = {"inner": [function]}

    def __call__(self, *args):
        return self.options["inner"][0](*args)
"""
OWN = """
import functools
import importlib
import a_library

def inner(x):
    return x + {number}

wrapped = a_library.bare(inner)
fast = a_library.Fast(inner)

class Model:
    @a_library.bare
    def method(self):
        return {number}

    @functools.lru_cache
    def cached(self):
        return {number}

model = Model()

def by_decorator(x): return wrapped(x)
def by_object(x): return fast(x)
def by_method(x): return model.method()
"""


@pytest.mark.parametrize("name", ["by_decorator", "by_object", "by_method"])
def test_own_code_is_found_inside_of_what_libraries_made_of_it(name, tmp_path, monkeypatch):
    (tmp_path / "site-packages").mkdir()
    (tmp_path / "site-packages" / "a_library.py").write_text(LIBRARY)
    monkeypatch.syspath_prepend(str(tmp_path / "site-packages"))
    monkeypatch.syspath_prepend(str(tmp_path))
    keys = set()
    for number in (1, 2, 1):
        for module in ("a_library", "own_code"):
            monkeypatch.delitem(sys.modules, module, raising=False)
        (tmp_path / "own_code.py").write_text(OWN.format(number=number))
        shutil.rmtree(tmp_path / "__pycache__", ignore_errors=True)
        importlib.invalidate_caches()
        walk = CodeWalk()
        walk.reach(getattr(importlib.import_module("own_code"), name), name)
        keys.add(key_of("d", "t", walk.parts.values()))
    assert len(keys) == 2
