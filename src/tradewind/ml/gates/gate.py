"""`ml.gate`: a task that decides whether a challenger takes the champion's place."""

from __future__ import annotations

import logging
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, cast

import msgspec

from tradewind.authoring import branching
from tradewind.authoring.deferral_failures import FAIL_METHOD, TRIGGER_TIMEOUT
from tradewind.authoring.exceptions import TaskDeferred
from tradewind.authoring.operator import BaseOperator
from tradewind.ml import journal
from tradewind.ml.gates.comparing import Guesses, Holdout, Line, compare, holdout_of
from tradewind.ml.gates.figure import differences
from tradewind.ml.gates.metrics import METRICS
from tradewind.ml.gates.rules import Rule, against_threshold
from tradewind.ml.registry.load import load_model
from tradewind.ml.registry.naming import version_of
from tradewind.ml.registry.reading import Registry
from tradewind.ml.tracking.logged import log_figure, log_table
from tradewind.ml.tracking.models import ModelError
from tradewind.ml.tracking.place import place_of_process
from tradewind.model.entries import GateDecision, MetricCompared
from tradewind.model.journal import EntryQuery
from tradewind.model.outcomes import Question
from tradewind.operators.branch import BranchMixIn

Decision = Literal["promote", "hold", "ask"]
PROMOTE, HOLD = "Promote", "Hold"
_log = logging.getLogger("tradewind.task")


def gate(model: str = "", **wishes: Any) -> GateOperator:
    """Decides on a challenger, by rules about metrics, and follows the branch for it.

    `model`: its name in the registry; the alias `champion` is what it is compared with, on `data` (a DataFrame with the
    column `target`, or a pair of features and truth). `challenger`: what `ml.register` returned, a version, an alias, a
    URI, or a model itself. Without data, `metrics` (name → number) are held against thresholds, and against what was
    recorded of the champion.

    `rules`: `ml.Rule`s, or names of metrics in which it has to be better. `promote`, `hold`, `ask`: ids of the tasks to
    follow; where there is none for a decision, `promote` goes on, `hold` skips what comes after, and `ask` waits here
    for a person's answer (`tradewind approvals`). `when_passed`, `when_unsure` (the data cannot tell) and `when_broken`
    (the champion does not load) say what each comes to. The value it hands on has decision, reason, challenger and
    champion. What else an operator takes, it takes."""
    return GateOperator(model=model, **wishes)


class GateOperator(BaseOperator, BranchMixIn):
    """See `gate`."""

    template_fields: Collection[str] = ("model", "challenger", "data", "metrics")
    inherits_from_skipmixin = True
    modules_ahead: tuple[str, ...] = ()

    def __init__(
        self,
        *,
        model: str = "",
        challenger: Any = None,
        data: Any = None,
        target: str | None = None,
        metrics: Any = None,
        rules: Sequence[Rule | str],
        promote: Any = None,
        hold: Any = None,
        ask: Any = None,
        when_passed: Literal["promote", "ask"] = "promote",
        when_unsure: Decision = "hold",
        when_broken: Literal["ask", "hold"] = "ask",
        response_timeout: timedelta | None = None,
        task_id: str = "gate",
        **kwargs: Any,
    ) -> None:
        super().__init__(task_id=task_id, **kwargs)
        self.model = model
        if model:
            self.modules_ahead = ("tradewind.ml.tracking.ahead",)  # numbers alone need no registry
        self.challenger = challenger
        self.data = data
        self.target = target
        self.metrics = metrics
        self.rules = tuple(Rule(one, better_by=0.0) if isinstance(one, str) else one for one in rules)
        self.branches = {"promote": _ids(promote), "hold": _ids(hold), "ask": _ids(ask)}
        self.when_passed: Decision = when_passed
        self.when_unsure: Decision = when_unsure
        self.when_broken: Decision = when_broken
        self.response_timeout = response_timeout
        self._check()

    def _check(self) -> None:
        if not self.rules:
            raise ValueError("a gate without rules lets everything through: give rules=[ml.Rule(…)]")
        if self.data is None and self.metrics is None:
            raise ValueError("a gate needs data=, to compare on, or metrics=, to hold against thresholds")
        if self.data is not None and self.challenger is None:
            raise ValueError("a gate with data= needs challenger=")
        logged = [rule.name for rule in self.rules if rule.known.is_logged]
        if self.metrics is None and logged:
            raise ValueError(
                f"a gate cannot compute {logged[0]!r} from data=: it computes {', '.join(sorted(METRICS))}, "
                "or a function (truth, prediction) → number"
            )

    def execute(self, context: Any) -> Any:
        decided = self._decide()
        journal.write(decided, self.model or self.task_id)
        _log.info("%s: %s", decided.decision, decided.reason)
        if decided.decision == "ask" and not self.branches["ask"]:
            raise TaskDeferred(
                trigger=None,
                method_name="answered",
                kwargs={"decided": msgspec.to_builtins(decided)},
                timeout=self.response_timeout,
                question=self._question(decided),
            )
        return self._follow(context, decided)

    def answered(self, context: Any, event: dict[str, Any], decided: dict[str, Any]) -> Any:
        """A person has decided what the data did not."""
        asked = msgspec.convert(decided, GateDecision)
        decision: Decision = "promote" if event["chosen_options"] == [PROMOTE] else "hold"
        who = event.get("responded_by_user") or "nobody answered in time"
        name = who.get("name") or who.get("id") if isinstance(who, dict) else who  # pyright: ignore
        told = msgspec.structs.replace(
            asked, decision=decision, reason=f"{decision} by {name}; asked because: {asked.reason}"
        )
        journal.write(told, self.model or self.task_id)
        return self._follow(context, told)

    def resume_execution(self, next_method: str, next_kwargs: dict[str, Any] | None, context: Any) -> Any:
        given = next_kwargs or {}
        if next_method == "answered":
            return self.answered(context, **given)
        if next_method == FAIL_METHOD and given.get("error") == TRIGGER_TIMEOUT:
            _log.info("nobody answered in time: the champion stays")
            return self.answered(context, {"chosen_options": [HOLD]}, self._asked(context["ti"]))
        return super().resume_execution(next_method, next_kwargs, context)

    def _asked(self, ti: Any) -> dict[str, Any]:
        """What this task has asked about, by the journal."""
        query = EntryQuery("GateDecision", self.model or self.task_id, ti.dag_id, ti.run_id, self.task_id, limit=1)
        return journal.read(query)[0].body

    def _question(self, decided: GateDecision) -> Question:
        subject = f"Promote {self.model or self.task_id} {decided.challenger}?".replace("  ", " ").replace(" ?", "?")
        return Question(
            subject=subject,
            body=f"{decided.reason}\n\n{_as_text(decided.compared)}",
            options=(PROMOTE, HOLD),
            defaults=(HOLD,) if self.response_timeout is not None else None,
        )

    def _follow(self, context: Any, decided: GateDecision) -> dict[str, Any]:
        branch = self.branches[decided.decision]
        if branch:
            self.do_branch(context, branch)
        elif any(self.branches.values()):
            others = {one for ids in self.branches.values() for one in ids}
            self.skip_all_except(context["ti"], self._unless(others) if decided.decision == "promote" else [])
        elif decided.decision == "hold":
            branching.short_circuit(context, "all")
        return {"model": self.model, **msgspec.to_builtins(decided)}

    def _unless(self, others: Iterable[str]) -> list[str]:
        return [one for one in sorted(self.downstream_task_ids) if one not in others]

    # ------------------------------------------------------------------ deciding

    def _decide(self) -> GateDecision:
        champion = Registry(place_of_process()).champion(self.model) if self.model else ""
        challenger = version_of(self.model, self.challenger) if self.model else ""
        if champion and champion == challenger:
            return GateDecision("hold", f"version {champion} is the champion already", (), challenger, champion)
        if self.data is None:
            return self._decided(self._by_metrics(champion), challenger, champion)
        holdout = holdout_of(self.data, self.target)
        try:
            against = self._champion(champion, holdout)
        except ModelError as error:
            reason = f"the champion, version {champion}, cannot be compared with: {error.message}"
            _log.warning("%s", reason)
            return GateDecision(self.when_broken, reason, (), challenger, champion)
        own = Guesses(_loaded(self.model, self.challenger), holdout)
        lines = [line for rule in self.rules for line in compare(rule, holdout, own, against)]
        return self._decided(lines, challenger, champion)

    def _champion(self, version: str, holdout: Holdout) -> Guesses | None:
        """It has to load and to predict; for labels here, so that what fails does so now. Raises ModelError."""
        if not version:
            return None
        model = load_model(self.model, version)
        try:
            found = Guesses(model, holdout)
            for rule in self.rules:
                found.of(rule.known)
        except Exception as error:
            raise ModelError(f"it does not predict on this data: {type(error).__name__}: {error}") from error
        return found

    def _decided(self, lines: Sequence[Line], challenger: str, champion: str) -> GateDecision:
        compared = tuple(one.compared for one in lines)
        decision, reason = self._verdict(lines)
        if not champion and self.model:
            reason += "; there is no champion yet"
        return GateDecision(decision, reason, compared, challenger, champion, _kept_figures(compared))

    def _verdict(self, lines: Sequence[Line]) -> tuple[Decision, str]:
        for verdict, decision in (("failed", "hold"), ("unsure", self.when_unsure)):
            found = [one.compared for one in lines if one.verdict == verdict]
            if found:
                return cast("Decision", decision), "; ".join(f"{_name(one)} {one.reason}" for one in found)
        return self.when_passed, "all rules passed" if lines else "there was nothing to compare"

    def _by_metrics(self, champion: str) -> list[Line]:
        """Numbers as they were logged: no rows, so no test."""
        given: Mapping[str, float] = self.metrics
        recorded = _recorded(self.model, champion)
        return [line for rule in self.rules for line in _recorded_lines(rule, given, recorded, champion != "")]


def _recorded_lines(
    rule: Rule, given: Mapping[str, float], recorded: Mapping[str, float | None], has_champion: bool
) -> Iterable[Line]:
    if rule.name not in given:
        raise ValueError(f"there is no metric {rule.name!r} among those given: {', '.join(map(str, given)) or 'none'}")
    value, old = float(given[rule.name]), recorded.get(rule.name)
    shown = value if math.isfinite(value) else None
    if rule.threshold is not None or math.isnan(value):
        limit = rule.threshold if rule.threshold is not None else value
        verdict, reason = against_threshold(value, limit, rule.sign)
        yield Line(
            MetricCompared(rule.name, "", shown, threshold=rule.threshold, passed=verdict == "passed", reason=reason),
            verdict,
        )
    if rule.better_by is not None and old is None and has_champion:
        reason = "nothing was recorded of the champion to compare with"
        yield Line(MetricCompared(rule.name, "", shown, passed=False, reason=reason), "unsure")
    elif rule.better_by is not None and old is not None and not math.isnan(value):
        difference = rule.sign * (value - old)
        passed = difference > rule.better_by or (difference == rule.better_by and rule.better_by != 0)
        reason = f"{difference:+.4g} against what was recorded of the champion, without a test"
        line = MetricCompared(rule.name, "", shown, old, difference=difference, passed=passed, reason=reason)
        yield Line(line, "passed" if passed else "failed")


def _recorded(model: str, champion: str) -> dict[str, float | None]:
    """None: a number that is none."""
    if not champion:
        return {}
    for one in journal.read(EntryQuery("ModelVersion", name=model)):
        if one.body.get("version") == champion:
            return dict(one.body.get("metrics", {}))
    return {}


def _loaded(model: str, challenger: Any) -> Any:
    if hasattr(challenger, "predict"):
        return challenger
    if isinstance(challenger, str) and ":/" in challenger:
        return load_model(challenger)
    return load_model(model, version_of(model, challenger))


def _kept_figures(compared: Sequence[MetricCompared]) -> tuple[str, ...]:
    keys: list[str] = []
    if (figure := differences(compared)) is not None:
        keys.append(log_figure(figure, "gate.png"))
    if compared:
        log_table([msgspec.to_builtins(one) for one in compared], "gate.csv")
    return tuple(keys)


def _as_text(compared: Sequence[MetricCompared]) -> str:
    return "\n".join(f"{'✓' if one.passed else '✗'} {_name(one)} {one.reason}" for one in compared)


def _name(one: MetricCompared) -> str:
    return f"{one.metric} ({one.slice})" if one.slice else one.metric


def _ids(given: Any) -> tuple[str, ...]:
    """Of tasks or groups, given by id or by themselves."""
    if given is None:
        return ()
    listed = cast("Sequence[Any]", given) if isinstance(given, (list, tuple)) else [given]
    return tuple(one if isinstance(one, str) else _id_of(one) for one in listed)


def _id_of(one: Any) -> str:
    found = getattr(one, "operator", one)
    return str(getattr(found, "task_id", None) or found.group_id)
