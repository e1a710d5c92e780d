"""An Optuna study made of what the journal knows, in the memory of one trial's process.

The journal is the truth: whichever process asks for parameters builds the study from it, so a killed one loses
nothing, and no further database is needed. Trials of earlier sweeps come first, then those of this one: the trial of
map index n has the number `first + n`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import optuna
from optuna.distributions import BaseDistribution
from optuna.storages import InMemoryStorage
from optuna.trial import FrozenTrial, Trial, TrialState, create_trial

from tradewind.ml.sweeping.config import SweepConfig
from tradewind.ml.sweeping.past import Past
from tradewind.ml.sweeping.plan import EarlierTrial, Plan
from tradewind.ml.sweeping.searching import make_pruner, make_sampler
from tradewind.ml.sweeping.spaces import distributions_of
from tradewind.model.entries import TrialEnded, TrialStarted

FIXED = "fixed_params"
"""Where Optuna looks for parameters that were given."""
STATES: Mapping[str, TrialState] = {
    "complete": TrialState.COMPLETE,
    "pruned": TrialState.PRUNED,
    "failed": TrialState.FAIL,
    "skipped": TrialState.FAIL,
}


class WatchedStorage(InMemoryStorage):
    """Notes what a sampler or pruner wants kept: it goes into the journal. `own` is the trial of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.own: int | None = None
        self.study_attrs: dict[str, Any] = {}
        self.own_attrs: dict[str, Any] = {}

    def set_study_system_attr(self, study_id: int, key: str, value: Any) -> None:
        self.study_attrs[key] = value
        super().set_study_system_attr(study_id, key, value)

    def set_trial_system_attr(self, trial_id: int, key: str, value: Any) -> None:
        if trial_id == self.own:
            self.own_attrs[key] = value
        super().set_trial_system_attr(trial_id, key, value)

    def taken_attrs(self) -> dict[str, Any]:
        """Those of the own trial since the last call."""
        taken, self.own_attrs = self.own_attrs, {}
        return taken


class Mirror:
    """The study as trial `number` sees it; `None` sees all of them and is none of them."""

    def __init__(self, config: SweepConfig, plan: Plan, past: Past, number: int | None) -> None:
        optuna.logging.set_verbosity(min(optuna.logging.WARNING, _quiet()))
        self.config = config
        self.past = past
        self.number = number
        self.first = len(plan.history)
        self._static = config.space.distributions()
        self.storage = WatchedStorage()
        self.study = optuna.create_study(
            storage=self.storage,
            sampler=make_sampler(
                config.sampler,
                seed=config.seed,
                number=number or 0,
                parallel=config.parallel,
                grid=config.space.grid(),
            ),
            pruner=make_pruner(config.pruner),
            study_name=past.name,
            direction=config.direction,
        )
        self._id = self.storage.get_study_id_from_name(past.name)
        for earlier in plan.history:
            self.storage.create_new_trial(self._id, _earlier(earlier))
        self._fill(plan)

    def _fill(self, plan: Plan) -> None:
        known = [*self.past.started, *self.past.ended, *(() if self.number is None else (self.number,))]
        for one in range(max(known, default=-1) + 1):
            trial_id = self.storage.create_new_trial(self._id, self._trial(one))
            if one == self.number:
                self.storage.own = trial_id
                if one not in self.past.started and one < len(plan.queue):
                    self.storage.set_trial_system_attr(trial_id, FIXED, plan.queue[one])
        for started in self.past.started.values():
            for key, value in started.study_attrs.items():
                self.storage.set_study_system_attr(self._id, key, value)
        self.storage.study_attrs.clear()

    def _trial(self, number: int) -> FrozenTrial:
        """As it is known: not begun at all, running, ended. The own one runs, whatever became of a try before."""
        started, ended = self.past.started.get(number), self.past.ended.get(number)
        if ended is not None and number != self.number:
            return _ended(ended, self._distributions(ended))
        if started is not None:
            return _running(started, self._distributions(started), self.past.noted.get(number, {}))
        return create_trial(state=TrialState.RUNNING)

    def _distributions(self, one: TrialStarted | TrialEnded) -> dict[str, BaseDistribution]:
        return distributions_of(one.distributions) if one.distributions else self._static

    def own_trial(self) -> Trial:
        """Optuna's view of it, which asks the sampler."""
        assert self.storage.own is not None, "the mirror of a trial has it"
        return Trial(self.study, self.storage.own)

    def refresh(self) -> None:
        """Take in what other trials have become since."""
        for number in self.past.read():
            if number == self.number:
                continue
            self._update(number)

    def _update(self, number: int) -> None:
        while self.storage.get_n_trials(self._id) <= self.first + number:
            self.storage.create_new_trial(self._id)
        trial_id = self.storage.get_trial_id_from_study_id_trial_number(self._id, self.first + number)
        known = self.storage.get_trial(trial_id)
        if known.state.is_finished():
            return
        now = self._trial(number)
        for name, distribution in now.distributions.items():
            if name not in known.params:
                internal = distribution.to_internal_repr(now.params[name])
                self.storage.set_trial_param(trial_id, name, internal, distribution)
        for key, value in now.system_attrs.items():
            self.storage.set_trial_system_attr(trial_id, key, value)
        for step, value in now.intermediate_values.items():
            self.storage.set_trial_intermediate_value(trial_id, step, value)
        if now.state.is_finished():
            self.storage.set_trial_state_values(trial_id, now.state, now.values)


def _quiet() -> int:
    return optuna.logging.get_verbosity() if optuna.logging.get_verbosity() > optuna.logging.INFO else 30


def _running(started: TrialStarted, distributions: Mapping[str, BaseDistribution], noted: Mapping[str, Any]) -> Any:
    own = {name: distributions[name] for name in started.params if name in distributions}
    return create_trial(
        state=TrialState.RUNNING,
        params={name: started.params[name] for name in own},
        distributions=own,
        system_attrs={**started.attrs, **noted},
    )


def _ended(ended: TrialEnded, distributions: Mapping[str, BaseDistribution]) -> FrozenTrial:
    own = {name: distributions[name] for name in ended.params if name in distributions}
    state = STATES[ended.state]
    if state is TrialState.COMPLETE and ended.value is None:
        state = TrialState.FAIL
    return create_trial(
        state=state,
        value=ended.value if state in (TrialState.COMPLETE, TrialState.PRUNED) else None,
        params={name: ended.params[name] for name in own},
        distributions=own,
        intermediate_values=dict(ended.steps),
        system_attrs=ended.attrs,
    )


def _earlier(one: EarlierTrial) -> FrozenTrial:
    distributions = distributions_of(one.distributions)
    return create_trial(
        state=STATES[one.state],
        value=one.value,
        params={name: one.params[name] for name in distributions if name in one.params},
        distributions={name: own for name, own in distributions.items() if name in one.params},
        intermediate_values=dict(one.steps),
    )
