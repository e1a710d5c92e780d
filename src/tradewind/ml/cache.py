"""`cache=True`: a try is skipped when nothing that it depends on has changed since a success."""

from __future__ import annotations

import importlib
import logging
import os
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from msgspec import Struct, structs

from tradewind.artifacts import ArtifactStore
from tradewind.authoring import ports
from tradewind.authoring.aid import Aid, AidedTry, Reused
from tradewind.authoring.location import caller_location
from tradewind.authoring.sensor import BaseSensorOperator
from tradewind.ml import journal
from tradewind.ml.caching import packages
from tradewind.ml.caching.differences import compare
from tradewind.ml.caching.fingerprint import Declared, Fingerprint
from tradewind.ml.caching.parts import (
    CannotTell,
    Made,
    pack_made,
    pack_parts,
    unpack_made,
    unpack_parts,
    values_of,
)
from tradewind.model.cached import CachedSuccess, FoundCached, SameAs
from tradewind.model.entries import CacheOutcome
from tradewind.model.errors import DagFileError
from tradewind.model.ids import reproduced_run
from tradewind.model.messages import FindCached, KeepCached, LogMetrics, WriteEntry
from tradewind.model.outcomes import Succeeded
from tradewind.model.values import Value

_log = logging.getLogger("tradewind.task")
_BY_THE_MOMENT = frozenset(
    f"tradewind.operators.{name}"
    for name in ("datetime", "email", "hitl", "latest_only", "subdag", "trigger_dagrun", "weekday")
)


class _Looked(Struct):
    """What is known of a try between its beginning and its end."""

    fingerprint: Fingerprint
    began_at: datetime
    check: CachedSuccess | None = None
    """A hit that is run all the same, as a sample."""


class Cache(Aid):
    """The arguments of `cache=`; `cache=True` is `ml.Cache()`.

    * `ttl`: how long a success may be used again (timedelta or seconds); None: for ever.
    * `ignore`: names of what does not count: arguments, params, functions, globals, packages; or of a whole kind:
      `code`, `global`, `input`, `upstream`, `param`, `context`, `file`, `url`, `package`, `python`, `operator`.
    * `version`: whatever text; another one is a miss.
    * `files`, `urls`: what the task reads by itself. Patterns, folders and templates are fine; files count by what is
      in them, URLs by ETag and Last-Modified (http) or what fsspec knows of them (s3, gs …).

    Raises DagFileError for arguments of other types."""

    def __init__(
        self,
        ttl: timedelta | float | None = None,
        ignore: Iterable[str] = (),
        version: Any = "",
        files: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        urls: str | Sequence[str] = (),
    ) -> None:
        self.ttl = _ttl(ttl)
        self.declared = Declared(
            frozenset(_texts("ignore", ignore)),
            str(version),
            tuple(_texts("files", files)),
            tuple(_texts("urls", urls)),
        )
        self._looked: dict[str, _Looked] = {}
        packages.prepare()
        if files or urls:
            importlib.import_module("tradewind.ml.caching.declared")  # here, in the parent of all tries

    # ---- the three moments of a try

    def reuse(self, attempt: AidedTry) -> Reused | None:
        self._looked.pop(attempt.message.try_id, None)
        found: FoundCached | None = None
        try:
            found = self._look_up(attempt)
        except CannotTell as error:
            _miss(attempt, "", f"it cannot be told whether anything changed: {error.message}")
        except Exception as error:  # of an author's __reduce__, a template, a full disk: the task runs as without cache
            _log.warning("the cache could not look for an earlier success", exc_info=True)
            _miss(attempt, "", f"it cannot be told whether anything changed: {type(error).__name__}: {error}")
        if found is None or found.same is None:
            return None
        if (hook := getattr(attempt.operator, "_pre_execute_hook", None)) is not None:
            hook(attempt.context)  # `@task.skip_if` and the like decide each time
        return self._hit(attempt, found, found.same)

    def around(self, attempt: AidedTry) -> AbstractContextManager[Any]:
        """A try that was deferred goes on in another process: what it depends on is found once more."""
        if attempt.message.resume is not None:
            try:
                again = _Unrendered(attempt)
                self._looked[attempt.message.try_id] = _Looked(Fingerprint(again, self.declared), _began_at(attempt))
            except Exception as error:
                _log.warning("this success will not be kept for the cache: %s", error)
        return nullcontext()

    def made(self, attempt: AidedTry, result: object, outcome: Succeeded) -> None:
        looked = self._looked.pop(attempt.message.try_id, None)
        try:
            if looked is not None:
                self._keep(attempt, looked, outcome)
        except Exception as error:  # a value of a type that no message carries; the success stands without
            _log.warning("this success cannot be kept for the cache: %s: %s", type(error).__name__, error)

    def _keep(self, attempt: AidedTry, looked: _Looked, outcome: Succeeded) -> None:
        label = attempt.context["ti"].rendered_map_index
        made = Made(outcome, tuple(attempt.pushed().items()), attempt.rendered, label, _downstream(attempt))
        if looked.check is not None:
            _tell_of_check(attempt, looked.check, made)
            return
        seconds = max(0.0, (datetime.now(UTC) - looked.began_at).total_seconds())
        parts = looked.fingerprint.parts_with_sources() if _is_first(attempt) else looked.fingerprint.parts
        packed = pack_parts(parts), pack_made(made)
        ports.supervisor().tell(KeepCached(attempt.message.try_id, looked.fingerprint.key, seconds, *packed))

    # ---- looking

    def _look_up(self, attempt: AidedTry) -> FoundCached | None:
        """A success that may be used; None where the task is to be run, which is told."""
        message = attempt.message
        if reproduced_run(message.task.run_id) is not None or _is_always_run(attempt.operator):
            return None
        looked = _Looked(Fingerprint(attempt, self.declared), _began_at(attempt))
        self._looked[message.try_id] = looked
        key = looked.fingerprint.key
        if message.try_number > 1:
            _miss(attempt, key, "it was cleared, or its try before failed: it is run again")
            return None
        answer = ports.supervisor().ask(FindCached(message.try_id, message.task, key))
        if answer is None:  # a test or a debugger: nobody keeps successes, and the task is what is to be seen
            self._looked.pop(message.try_id)
            return None
        found = msgspec.convert(answer, FoundCached)
        if found.same is None:
            self._tell_why(attempt, looked.fingerprint, found.before)
            return None
        if why := self._why_not(attempt, found, found.same):
            _miss(attempt, key, why)
            return None
        if _is_sample(message.cache_check_share):
            looked.check = found.same
            _log.info("the same as in run %s; run all the same, as a sample", found.same.run_id)
            return None
        return found

    def _hit(self, attempt: AidedTry, answer: FoundCached, found: CachedSuccess) -> Reused:
        self._looked.pop(attempt.message.try_id, None)
        made = unpack_made(found.made)
        same = SameAs(found.dag_id, found.run_id, found.try_id)
        more = {**dict(made.pushed), **dict(made.outcome.more)}
        outcome = structs.replace(made.outcome, more=tuple(more.items()), same_as=same)
        _note(
            attempt,
            CacheOutcome(True, found.key, found.dag_id, found.run_id, found.try_id, saved_seconds=found.seconds),
        )
        _carry_over(attempt, answer)
        return Reused(outcome, same.why, made.rendered, made.label)

    def _why_not(self, attempt: AidedTry, found: FoundCached, same: CachedSuccess) -> str:
        """ "" where it may be used."""
        if not found.is_run_there:
            return f"run {same.run_id}, which made the values, was deleted"
        age = datetime.now(UTC) - same.at
        if self.ttl is not None and age > self.ttl:
            return f"the success of run {same.run_id} is older than its ttl of {self.ttl}"
        made = unpack_made(same.made)
        if made.decided and made.downstream != _downstream(attempt):
            return "it decides which tasks after it run, and those are others now"
        store = ArtifactStore(attempt.message.artifact_url)
        for name, value in values_of(made).items():
            for key in _artifacts_of(value):
                if not store.touch(key):
                    return f"the value {name!r} of run {same.run_id} was deleted from the artifact store ({key})"
        return ""

    def _tell_why(self, attempt: AidedTry, fingerprint: Fingerprint, before: CachedSuccess | None) -> None:
        if before is None:
            _miss(attempt, fingerprint.key, "first time")
            return
        then = unpack_parts(before.parts)
        found = compare(then, fingerprint.parts_with_sources(), fingerprint.main)
        _miss(attempt, fingerprint.key, found.why, found.changed, found.detail, before)


class _Unrendered:
    """A try that goes on after a deferral, with an operator whose templates are not rendered."""

    def __init__(self, attempt: AidedTry) -> None:
        self.message, self.spec, self.task, self.context = (
            attempt.message,
            attempt.spec,
            attempt.task,
            attempt.context,
        )
        self.operator = attempt.task.instance_for(attempt.context)
        self.rendered = attempt.rendered
        self.describing = attempt.describing
        self.pushed = attempt.pushed


# ------------------------------------------------------------------------------------ telling


def _miss(
    attempt: AidedTry,
    key: str,
    why: str,
    changed: tuple[str, ...] = (),
    detail: str = "",
    before: CachedSuccess | None = None,
) -> None:
    _log.info("not in the cache: %s%s", why, f"\n{detail}" if detail else "")
    compared = (before.dag_id, before.run_id, before.try_id) if before is not None else ("", "", "")
    _note(attempt, CacheOutcome(False, key, *compared, why=why, changed=changed, detail=detail))


def _tell_of_check(attempt: AidedTry, found: CachedSuccess, made: Made) -> None:
    """A hit that was run as a sample: are its values the same? If not, the task is not as pure as it claims."""
    then, now = values_of(unpack_made(found.made)), values_of(made)
    differing = sorted(name for name in then.keys() | now.keys() if not _are_same(then.get(name), now.get(name)))
    if differing:
        _log.warning(
            "the cache would have used the values of run %s, but they differ from those made now: %s. The task depends"
            " on something that the cache does not know of: name it by files=, urls= or version=, or take cache= away",
            found.run_id,
            ", ".join(differing),
        )
    _note(
        attempt,
        CacheOutcome(
            True,
            found.key,
            found.dag_id,
            found.run_id,
            found.try_id,
            why=f"values differ: {', '.join(differing)}" if differing else "",
            changed=tuple(f"value {name}" for name in differing),
            checked="different" if differing else "same",
        ),
    )


def _are_same(one: Value | None, other: Value | None) -> bool:
    return one is not None and other is not None and (one.codec, one.hash) == (other.codec, other.hash)


def _carry_over(attempt: AidedTry, found: FoundCached) -> None:
    """What the try of then logged is as true of this one."""
    try_id, supervisor = attempt.message.try_id, ports.supervisor()
    if found.metrics:
        supervisor.tell(LogMetrics(try_id, found.metrics))
    for kind, name, body in found.entries:
        supervisor.tell(WriteEntry(try_id, kind, name, body))


def _note(attempt: AidedTry, outcome: CacheOutcome) -> None:
    journal.write(outcome, attempt.message.task.task_id, try_id=attempt.message.try_id)


# ------------------------------------------------------------------------------------ small questions


def _is_always_run(operator: Any) -> bool:
    """What prepares or clears away for others, waits, or acts on the world or by the clock, has no value to be used
    again: it may have a cache from `default_args` only."""
    if operator.is_setup or operator.is_teardown or isinstance(operator, BaseSensorOperator):
        return True
    return any(kind.__module__ in _BY_THE_MOMENT for kind in type(operator).__mro__)


def _downstream(attempt: AidedTry) -> tuple[str, ...]:
    return tuple(sorted(attempt.operator.downstream_task_ids))


def _artifacts_of(value: Value) -> Iterable[str]:
    if value.artifact is not None:
        yield value.artifact
    for part in value.parts:
        yield from _artifacts_of(part)


def _is_sample(share: float) -> bool:
    """By the system's own randomness: the task's stays as it is."""
    return share > 0 and int.from_bytes(os.urandom(4), "little") < share * 2**32


def _is_first(attempt: AidedTry) -> bool:
    """Of the instances of a mapped task the first keeps the texts, for telling what changed."""
    return not any(attempt.message.task.map_path)


def _began_at(attempt: AidedTry) -> datetime:
    return attempt.message.first_started_at or datetime.now(UTC)


def _ttl(given: Any) -> timedelta | None:
    if given is None or isinstance(given, timedelta):
        return given
    if isinstance(given, (int, float)) and not isinstance(given, bool) and given >= 0:
        return timedelta(seconds=given)
    raise DagFileError(
        f"ml.Cache(ttl={given!r}): expected a timedelta, seconds or None",
        location=caller_location(),
        hint="ttl=timedelta(days=1)",
    )


def _texts(name: str, given: Any) -> list[str]:
    is_one = isinstance(given, (str, os.PathLike))
    listed: list[Any] = [given] if is_one else list(given)
    if all(isinstance(one, (str, os.PathLike)) for one in listed):
        return [os.fspath(one) for one in listed]
    raise DagFileError(f"ml.Cache({name}={given!r}): expected texts", location=caller_location(), hint=f'{name}=["…"]')
