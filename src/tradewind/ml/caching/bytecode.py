"""What compiled code does, without where it stands: a digest that comments, line numbers and docstrings do not change;
the names it looks up; the modules it imports."""

from __future__ import annotations

import dis
import hashlib
import inspect
import opcode
import sys
from collections.abc import Iterator
from types import CodeType
from typing import Any, cast

_LOAD_GLOBAL = opcode.opmap["LOAD_GLOBAL"]
_LOAD_NAME = opcode.opmap["LOAD_NAME"]
_IMPORT_NAME = opcode.opmap["IMPORT_NAME"]
_EXTENDED = opcode.opmap["EXTENDED_ARG"]
_HAS_LINE_IN_CLASS = sys.version_info >= (3, 13)
_DOCSTRING_FLAG = 0x4000000 if sys.version_info >= (3, 14) else 0


def digest(code: CodeType) -> str:
    """Hex."""
    found = hashlib.sha256()
    _feed(found, code)
    return found.hexdigest()


def nested(code: CodeType) -> Iterator[CodeType]:
    """The code itself and all that is defined in it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from nested(constant)


def global_names(code: CodeType) -> set[str]:
    """Names that it and what is defined in it look up in the module."""
    found: set[str] = set()
    for one in nested(code):
        for number, argument in _instructions(one):
            if number == _LOAD_GLOBAL:
                found.add(one.co_names[argument >> 1])
            elif number == _LOAD_NAME:
                found.add(one.co_names[argument])
    return found


def imported(code: CodeType) -> list[tuple[str, int, tuple[str, ...]]]:
    """(module, level, names) of each import statement in it."""
    found: list[tuple[str, int, tuple[str, ...]]] = []
    for one in nested(code):
        if not any(number == _IMPORT_NAME for number, _ in _instructions(one)):
            continue
        before: list[Any] = []
        for instruction in dis.get_instructions(one):
            if instruction.opname == "IMPORT_NAME":
                level, names = (before[-2], before[-1]) if len(before) > 1 else (0, None)
                found.append((str(instruction.argval), level or 0, tuple(names or ())))
            elif instruction.opname in ("LOAD_CONST", "LOAD_SMALL_INT"):
                before.append(instruction.argval)
    return found


def strings(code: CodeType) -> set[str]:
    """Text constants, also inside of tuples."""
    found: set[str] = set()
    for one in nested(code):
        for constant in one.co_consts:
            if isinstance(constant, str):
                found.add(constant)
            elif isinstance(constant, (tuple, frozenset)):
                found.update(item for item in cast("tuple[Any, ...]", constant) if isinstance(item, str))
    return found


def names(code: CodeType) -> set[str]:
    """Everything it names: globals, attributes, methods."""
    return {name for one in nested(code) for name in one.co_names}


def _instructions(code: CodeType) -> Iterator[tuple[int, int]]:
    """(number, argument), faster than `dis` makes them."""
    data, argument = code.co_code, 0
    for place in range(0, len(data), 2):
        argument = argument << 8 | data[place + 1]
        if data[place] == _EXTENDED:
            continue
        yield data[place], argument
        argument = 0


def _feed(found: Any, code: CodeType) -> None:
    is_function = bool(code.co_flags & inspect.CO_OPTIMIZED)
    shape = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, code.co_flags & ~_DOCSTRING_FLAG)
    named = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    found.update(repr((shape, named)).encode())
    found.update(code.co_code)
    found.update(code.co_exceptiontable)
    for place, constant in enumerate(code.co_consts):
        if place == 0 and is_function and _is_docstring(code):
            continue
        if not is_function and _HAS_LINE_IN_CLASS and constant == code.co_firstlineno:
            continue  # `__firstlineno__` of a class
        _feed_constant(found, constant)


def _is_docstring(code: CodeType) -> bool:
    """Up to Python 3.13 the first constant of a `def` is its docstring, or None."""
    if _DOCSTRING_FLAG:
        return bool(code.co_flags & _DOCSTRING_FLAG)
    return not code.co_name.startswith("<")


def _feed_constant(found: Any, constant: Any) -> None:
    if isinstance(constant, CodeType):
        _feed(found, constant)
    elif isinstance(constant, frozenset):  # its order differs from process to process
        items = cast("frozenset[Any]", constant)
        found.update(";".join(["frozenset", *sorted(f"{type(item).__name__}:{item!r}" for item in items)]).encode())
    elif isinstance(constant, tuple):
        items = cast("tuple[Any, ...]", constant)
        found.update(f"tuple {len(items)}".encode())
        for item in items:
            _feed_constant(found, item)
    else:
        found.update(f"{type(constant).__name__}:{constant!r};".encode(errors="surrogatepass"))
