"""A sweep's first task, which begins it, and its last, which says what came of it."""

from __future__ import annotations

import importlib
import importlib.util
from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.exceptions import AirflowException, AirflowFailException, AirflowSkipException
from tradewind.authoring.metrics import log_metric
from tradewind.authoring.operator import BaseOperator
from tradewind.ml import journal
from tradewind.ml.sweeping.config import SweepConfig
from tradewind.ml.sweeping.past import Past
from tradewind.ml.sweeping.plan import make_plan, read_plan, sweep_name
from tradewind.ml.sweeping.searching import NEEDED, name_of_searcher
from tradewind.model.entries import SweepEnded, SweepStarted, TrialEnded
from tradewind.model.messages import GetTaskStates

MISSING = "sweeps need Optuna, which is not installed"
INSTALL = "pip install 'tradewind[tune]'"
MAX_REASONS = 10


class SweepBegin(BaseOperator):
    """Notes what is searched and looks for what is known already; its value is the sweep's plan."""

    ui_color = "#e6f0e4"
    shallow_copy_attrs = ("sweep",)

    def __init__(self, *, sweep: SweepConfig, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sweep = sweep

    def execute(self, context: Any) -> dict[str, Any]:
        """Raises AirflowFailException where Optuna is missing or an earlier sweep cannot be used."""
        config = self.sweep
        need_optuna()
        _need_library_of(config.sampler)
        plan, learned_from = make_plan(config, context, datetime.now(UTC))
        name = sweep_name(context, config.group_id, context["ti"].map_path)
        journal.write(
            SweepStarted(
                config.objective_name,
                config.direction,
                config.space.described(),
                config.n_trials,
                config.parallel,
                name_of_searcher(config.sampler),
                name_of_searcher(config.pruner),
                config.budget.seconds,
                plan.study,
                learned_from,
                config.budget.others(),
                config.space.as_texts(),
            ),
            name,
        )
        self.log.info("sweep %s: %s %s", name, config.direction, config.objective_name)
        if learned_from:
            self.log.info("it knows %d trials of %s", len(plan.history), ", ".join(learned_from))
        return msgspec.to_builtins(plan)


class SweepBest(BaseOperator):
    """Waits for all trials; hands on `params`, `value`, `number` of the best, and `importances`. Fails where none is
    complete, saying why each is not."""

    template_fields: Collection[str] = ("plan",)
    ui_color = "#e6f0e4"
    shallow_copy_attrs = ("sweep",)

    def __init__(self, *, sweep: SweepConfig, plan: Any, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sweep = sweep
        self.plan = plan

    def execute(self, context: Any) -> dict[str, Any]:
        """Raises AirflowFailException where no trial is complete, AirflowSkipException where none was to run."""
        config, ti = self.sweep, context["ti"]
        if self.plan is None:
            _say_why_it_never_began(context, config)
        need_optuna()
        plan = read_plan(self.plan)
        name = sweep_name(context, config.group_id, ti.map_path)
        past = Past(name, plan.study, ti.run_id)
        past.read()
        _account_for_the_lost(context, config, past)
        ended = _summary(config, plan, past)
        journal.write(ended, name)
        _log_table(self.log, past)
        if ended.best_number is None:
            raise _failure(ended, past, config)
        if ended.reason:
            self.log.warning("%s", ended.reason)
        best = past.ended[ended.best_number]
        self.log.info("best: trial %d, %s = %g", best.number, config.objective_name, ended.best_value)
        if ended.best_value is not None:
            log_metric(config.objective_name, ended.best_value)  # what the run is known by: not its last trial
        return {
            "params": _arguments(config, context, best),
            "value": ended.best_value,
            "number": best.number,
            "importances": ended.importances,
            "trials": ended.trials,
            "sweep": name,
        }


def need_optuna() -> None:
    """Raises AirflowFailException."""
    try:
        importlib.import_module("optuna")  # an optional extra
    except ImportError:
        raise AirflowFailException(MISSING, hint=INSTALL) from None


def _need_library_of(sampler: Any) -> None:
    library = NEEDED.get(sampler) if isinstance(sampler, str) else None
    if library is not None and importlib.util.find_spec(library) is None:
        raise AirflowFailException(
            f"the sampler {sampler!r} needs the package {library}, which is not installed",
            hint=f"pip install {library}",
        )


def _say_why_it_never_began(context: Any, config: SweepConfig) -> None:
    states = _states(context, f"{config.group_id}.begin")
    if states and set(states.values()) == {"skipped"}:
        raise AirflowSkipException("the sweep was skipped")
    raise AirflowFailException("the sweep never began", hint=f"the log of {config.group_id}.begin says why")


def _states(context: Any, task_id: str) -> dict[tuple[int, ...], str]:
    ti = context["ti"]
    rows: list[dict[str, Any]] = (
        ports.supervisor().ask(GetTaskStates(ti.dag_id, run_ids=(ti.run_id,), task_ids=(task_id,))) or []
    )
    return {tuple(row["map_path"]): str(row["state"]) for row in rows}


def _account_for_the_lost(context: Any, config: SweepConfig, past: Past) -> None:
    """Trials that have not said how they ended: their process was killed, or they never got to run."""
    prefix: tuple[int, ...] = context["ti"].map_path
    states = {
        path[-1]: state
        for path, state in _states(context, config.trial_task_id).items()
        if path[:-1] == prefix and path
    }
    for number, state in states.items():
        known = past.ended.get(number)
        if known is not None and (known.state != "failed" or state == "failed"):
            continue
        started = past.started.get(number)
        why = _why_unsaid(state, started is not None)
        params = started.params if started is not None else {}
        past.ended[number] = TrialEnded(
            number, "skipped" if state == "skipped" else "failed", params, reason=why, study=past.study
        )
        journal.write(past.ended[number], past.name)


def _why_unsaid(state: str, has_begun: bool) -> str:
    if not has_begun:
        return {"skipped": "skipped before it began", "upstream_failed": "a task before it failed"}.get(
            state, "it failed before it had parameters; its log says why"
        )
    return "it ended before it could say why; its log has more" if state == "failed" else f"it ended {state}"


def _summary(config: SweepConfig, plan: Any, past: Past) -> SweepEnded:
    complete = [one for one in past.of_state("complete") if one.value is not None]
    sign = 1 if config.direction == "minimize" else -1
    best = min(complete, key=lambda one: (sign * (one.value or 0.0), one.number), default=None)
    importances, why_not = _importances(config, plan, past) if len(complete) > 1 else ({}, "")
    return SweepEnded(
        trials=len(past.ended),
        complete=len(complete),
        pruned=len(past.of_state("pruned")),
        failed=len(past.of_state("failed")),
        best_number=None if best is None else best.number,
        best_value=None if best is None else best.value,
        best_params={} if best is None else best.params,
        importances=importances,
        reason=_pruner_in_vain(config, past) or why_not,
        skipped=len(past.of_state("skipped")),
        study=past.study,
    )


def _pruner_in_vain(config: SweepConfig, past: Past) -> str:
    has_reports = any(one.steps for one in past.ended.values())
    if config.pruner == "none" or has_reports or not past.of_state("complete"):
        return ""
    return (
        f"the pruner ({name_of_searcher(config.pruner)}) had nothing to judge by: no trial has reported; "
        "call ml.report(value, step) while it trains"
    )


def _importances(config: SweepConfig, plan: Any, past: Past) -> tuple[dict[str, float], str]:
    """Of each parameter, adding up to 1; none where Optuna cannot tell, as with one value of each."""
    from optuna.importance import PedAnovaImportanceEvaluator, get_param_importances  # an optional extra

    from tradewind.ml.sweeping.study import Mirror  # imports Optuna

    study = Mirror(config, plan, past, None).study
    try:
        found = get_param_importances(study, evaluator=PedAnovaImportanceEvaluator())
    except Exception as error:  # an evaluator may find any study too small or too even
        return {}, f"importances are not known: {error}"
    total = sum(found.values())
    return {name: round(value / total, 6) if total else 0.0 for name, value in found.items()}, ""


def _arguments(config: SweepConfig, context: Any, best: TrialEnded) -> dict[str, Any]:
    """What the best trial was called with."""
    if config.space.function is None:
        return config.space.meant(best.params)
    from optuna.trial import FixedTrial  # an optional extra

    return config.space.suggest(FixedTrial(best.params, number=best.number))


def _log_table(log: Any, past: Past) -> None:
    for number in sorted(past.ended):
        one = past.ended[number]
        value = "" if one.value is None else f"{one.value:.6g}"
        log.info("trial %d %s %s %s %s", number, one.state, value, one.params, one.reason)


def _failure(ended: SweepEnded, past: Past, config: SweepConfig) -> AirflowException:
    if ended.trials and ended.skipped == ended.trials and not past.started:
        reasons = {one.reason for one in past.ended.values()}
        if reasons == {"skipped before it began"}:
            return AirflowSkipException("all trials were skipped")
    counted = Counter((one.state, one.reason) for one in past.ended.values())
    lines = [f"{count} {state}: {reason}" for (state, reason), count in counted.most_common(MAX_REASONS)]
    more = len(counted) - len(lines)
    text = "\n  ".join([*lines, *([f"and {more} further reasons"] if more > 0 else [])])
    hint = (
        "all were pruned: let the pruner wait longer (n_startup_trials, n_warmup_steps)"
        if ended.pruned and not ended.failed
        else f"their logs say more: tradewind tasks logs … {config.trial_task_id}"
    )
    return AirflowFailException(f"no trial of {ended.trials} is complete\n  {text}", hint=hint)
