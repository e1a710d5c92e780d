"""A trial: a mapped task instance whose arguments are what the study chose for it, when it starts.

The map index is the trial's number, and what was chosen is in the journal before the task runs: a retry, a lost try, a
run taken up after `kill -9` have the same parameters again.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.authoring.expand import ExpandInput
from tradewind.ml import journal
from tradewind.ml.sweeping.config import SweepConfig
from tradewind.ml.sweeping.past import Past
from tradewind.ml.sweeping.plan import Plan, read_plan, sweep_name
from tradewind.model.entries import TrialEnded, TrialNoted, TrialStarted
from tradewind.model.spec import Expansion, Literals

REFRESH_SECONDS = 0.25
"""How old what a pruner compares with may be: a loop that reports a thousand times a second need not ask each time."""
LABEL = "trial_label"
"""In the context: what the instance is called in lists."""
MAX_LABEL_VALUE_CHARACTERS = 24
LIVE = "tradewind_sweep_trial"
"""In the context: the LiveTrial."""


class Trials(ExpandInput):
    """As many instances as trials. `value` is the plan, which the sweep's first task hands on."""

    def __init__(self, config: SweepConfig, plan: Any, wants_trial: bool) -> None:
        self.config = config
        self.value = plan
        self._wants_trial = wants_trial

    def expansion(self) -> Expansion:
        return Expansion((("trial", Literals(self.config.n_trials)),))

    def names(self) -> list[str] | None:
        return [*self.config.space.dimensions, *(["trial"] if self._wants_trial else [])] or None

    def length(self, context: Mapping[str, Any]) -> int:
        return self.config.n_trials

    def resolve(self, context: Mapping[str, Any], index: int) -> tuple[dict[str, Any], set[int]]:
        """Ask the study. Raises AirflowSkipException where the budget is used up."""
        live = begin_trial(self.config, read_plan(self.value.resolve(context)), context, index)
        if isinstance(context, dict):
            context[LIVE], context[LABEL] = live, label_of(live.shown)
        arguments = {**live.arguments, **({"trial": live.trial} if self._wants_trial else {})}
        return arguments, {id(value) for value in arguments.values()}


class LiveTrial:
    """The trial that this process is."""

    def __init__(self, config: SweepConfig, past: Past, mirror: Any, number: int) -> None:
        self.config = config
        self.past = past
        self.mirror = mirror
        self.number = number
        self.trial = mirror.own_trial()
        self.arguments: dict[str, Any] = {}
        self.shown: dict[str, Any] = {}
        """As Optuna has them: plain."""
        self.steps: dict[int, float] = {}
        self.begun = time.monotonic()
        self._refreshed = time.monotonic()

    def should_prune(self, step: int, value: float) -> bool:
        """Note an intermediate value; whether the pruner gives this trial up."""
        self.steps[step] = value
        self.trial.report(value, step)
        if self.config.pruner == "none":
            return False
        if time.monotonic() - self._refreshed > REFRESH_SECONDS:
            self.mirror.refresh()
            self._refreshed = time.monotonic()
        is_hopeless = bool(self.trial.should_prune())
        if attrs := self.mirror.storage.taken_attrs():
            journal.write(TrialNoted(self.number, attrs, self.past.study), self.past.name)
        return is_hopeless

    def end(self, state: Any, value: float | None = None, reason: str = "") -> None:
        """Write down how it ended."""
        reported = {**self.trial_steps(), **self.steps}
        if self.mirror.storage.own is not None and state in ("complete", "pruned"):
            self._tell(state, value)
        journal.write(
            TrialEnded(
                self.number,
                state,
                self.shown,
                value,
                round(time.monotonic() - self.begun, 6),
                tuple(sorted(reported.items())),
                reason,
                self.past.study,
                self.past.started[self.number].distributions,
                self.kept_attrs(),
            ),
            self.past.name,
        )

    def kept_attrs(self) -> dict[str, Any]:
        """What Optuna keeps with it."""
        return dict(self.mirror.storage.get_trial_system_attrs(self.mirror.storage.own))

    def trial_steps(self) -> dict[int, float]:
        """Reports that went to Optuna's trial itself."""
        return dict(self.mirror.storage.get_trial(self.mirror.storage.own).intermediate_values)

    def _tell(self, state: str, value: float | None) -> None:
        """Samplers may note something at the end of a trial. A grid that is done wants to stop a loop that is not
        there."""
        from optuna.trial import TrialState  # an optional extra

        try:
            if state == "complete":
                self.mirror.study.tell(self.trial, value)
            else:
                self.mirror.study.tell(self.trial, state=TrialState.PRUNED)
        except RuntimeError:
            if not self.mirror.storage.get_trial(self.mirror.storage.own).state.is_finished():
                raise


def begin_trial(config: SweepConfig, plan: Plan, context: Mapping[str, Any], number: int) -> LiveTrial:
    """The trial with its parameters: those it has already, else new ones, which are noted down at once."""
    from tradewind.ml.sweeping.study import Mirror  # imports Optuna

    ti = context["ti"]
    past = Past(sweep_name(context, config.group_id, ti.map_path[:-1]), plan.study, ti.run_id)
    past.read()
    if number not in past.started and (why := over_budget(config, plan, past, datetime.now(UTC), number)):
        journal.write(TrialEnded(number, "skipped", {}, reason=why, study=plan.study), past.name)
        raise AirflowSkipException(why)
    mirror = Mirror(config, plan, past, number)
    live = LiveTrial(config, past, mirror, number)
    live.arguments = config.space.suggest(live.trial)
    live.shown = dict(live.trial.params)
    if number not in past.started:
        past.started[number] = TrialStarted(
            number,
            live.shown,
            plan.study,
            {} if config.space.dimensions else _asked_for(live.trial),
            live.kept_attrs(),
            dict(mirror.storage.study_attrs),
            number < len(plan.queue),
        )
        journal.write(past.started[number], past.name)
    mirror.storage.taken_attrs()
    return live


def over_budget(config: SweepConfig, plan: Plan, past: Past, now: datetime, number: int) -> str:
    """A sentence, or "" where this trial may begin."""
    budget = config.budget
    if budget.seconds is not None and (now - plan.begun_at).total_seconds() >= budget.seconds:
        return f"the sweep's budget of {budget.seconds:g} s is used up"
    complete = past.of_state("complete")
    done = len(complete) + len(past.of_state("pruned"))
    if budget.trials is not None and done >= budget.trials:
        return f"the sweep's budget of {budget.trials} trials is used up"
    target = budget.target
    if target is not None:
        for one in complete:
            if one.value is not None and config.is_better(one.value, target):
                return f"trial {one.number} has reached the sweep's target: {one.value:g}"
    if config.sampler == "grid" and (grid := config.space.grid()) is not None:
        points = 1
        for values in grid.values():
            points *= len(values)
        if number >= points:
            return f"the grid has {points} points, and all have a trial"
    return ""


def _asked_for(trial: Any) -> dict[str, str]:
    from tradewind.ml.sweeping.spaces import texts_of  # beside Optuna

    return texts_of(trial.distributions)


def label_of(params: Mapping[str, Any]) -> str:
    """`lr=0.0123 depth=4`: what tells instances apart in lists."""
    return " ".join(f"{name}={_short(value)}" for name, value in params.items())


def _short(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)[:MAX_LABEL_VALUE_CHARACTERS]
