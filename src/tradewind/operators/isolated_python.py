"""What operators have in common whose function runs in another Python interpreter."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from tradewind.authoring.exceptions import AirflowException
from tradewind.hooks.subprocess import SubprocessHook
from tradewind.operators.bash import exit_codes
from tradewind.operators.isolated_function import IsolatedCall, check_serializer, run_isolated, source_of
from tradewind.operators.python import Layered, PythonOperator

PLAIN_CONTEXT_KEYS = frozenset(
    "ds ds_nodash ts ts_nodash ts_nodash_with_tz run_id task_instance_key_str try_number test_mode params "  # noqa: SIM905
    "map_index_template next_ds next_ds_nodash prev_ds prev_ds_nodash tomorrow_ds tomorrow_ds_nodash yesterday_ds "
    "yesterday_ds_nodash data_interval_start data_interval_end logical_date execution_date start_date "
    "next_execution_date prev_execution_date prev_execution_date_success prev_data_interval_start_success "
    "prev_data_interval_end_success prev_start_date_success prev_end_date_success templates_dict".split()
)
"""Context variables that another interpreter can read. The others are live objects of this process."""


class IsolatedPythonOperator(PythonOperator):
    """What operators have in common whose function runs in another interpreter: it is sent by its source, so it has to
    hold its own imports, and gets its arguments and the plain variables of the context that it names."""

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        serializer: str | None = None,
        use_dill: bool = False,
        string_args: Sequence[str] | None = None,
        expect_airflow: bool = True,
        expect_pendulum: bool = True,
        skip_on_exit_code: int | Collection[int] | None = None,
        env_vars: Mapping[str, str] | None = None,
        inherit_env: bool = True,
        **kwargs: Any,
    ) -> None:
        if not inspect.isfunction(python_callable) or python_callable.__name__ == "<lambda>":
            raise AirflowException(
                f"{type(self).__name__} only supports functions for python_callable arg, not {python_callable!r:.60}",
                hint="define it with def; its imports go inside",
            )
        super().__init__(python_callable=python_callable, **kwargs)
        self.serializer = check_serializer(serializer, use_dill)
        self.string_args = list(string_args or ())
        self.expect_airflow = expect_airflow
        self.expect_pendulum = expect_pendulum
        self.skip_on_exit_code = exit_codes(skip_on_exit_code)
        self.env_vars = env_vars
        self.inherit_env = inherit_env
        self._hook: SubprocessHook | None = None

    def determine_kwargs(self, context: Mapping[str, Any]) -> dict[str, Any]:
        self._refuse_live_objects(context)
        return super().determine_kwargs(PlainContext(context))

    def execute_callable(self) -> Any:
        source_of(self.python_callable)  # refuse what cannot be sent before an environment is made for it
        self._hook = SubprocessHook()
        call = IsolatedCall(
            function=self.python_callable,
            args=tuple(self.op_args),
            kwargs=self.op_kwargs,
            string_args=self.string_args,
            serializer=self.serializer,
            skip_on_exit_code=self.skip_on_exit_code,
        )
        env = dict(os.environ) if self.inherit_env else {}
        python = self.interpreter(self._hook)  # may choose another hook for what follows
        return run_isolated(call, python, env | dict(self.env_vars or {}), self._hook)

    def interpreter(self, hook: SubprocessHook) -> str:
        """Path of the interpreter that runs the function."""
        raise NotImplementedError

    def on_kill(self) -> None:
        if self._hook is not None:
            self._hook.send_sigterm()

    def _refuse_live_objects(self, context: Mapping[str, Any]) -> None:
        own = Layered(dict(self.op_kwargs), {})
        for parameter in inspect.signature(self.python_callable).parameters.values():
            name = parameter.name
            if parameter.default is not parameter.empty or name in own or name in PLAIN_CONTEXT_KEYS:
                continue
            if name in context and not list(self.op_args):
                raise AirflowException(
                    f"{self.python_callable.__name__!r} asks for {name!r}, which cannot go into another interpreter",
                    hint="ask for plain ones (ds, ts, run_id, params, logical_date …), or pass values by op_kwargs",
                )


class PlainContext(Mapping[str, Any]):
    """The part of a context that another interpreter can read, as the standard library's types (pendulum need not be
    installed over there). Values are computed only when asked for."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._context = context

    def __getitem__(self, name: str) -> Any:
        if name not in PLAIN_CONTEXT_KEYS:
            raise KeyError(name)
        value = self._context[name]
        if isinstance(value, datetime):
            return datetime.fromisoformat(value.isoformat())
        return value.dump() if hasattr(value, "dump") else value

    def __contains__(self, name: object) -> bool:
        return name in PLAIN_CONTEXT_KEYS and name in self._context

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._context if name in PLAIN_CONTEXT_KEYS)

    def __len__(self) -> int:
        return sum(1 for _ in self)
