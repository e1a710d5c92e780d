"""Airflow's exceptions under Airflow's names, one class per concept on every import path.

All of them are Tradewind errors too, so they can carry a `hint`; what a DAG file did wrong is a `DagFileError` besides.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any

from tradewind.model.errors import ConfigurationError, DagFileError, NotFoundError, TradewindError
from tradewind.model.outcomes import Question


class AirflowException(TradewindError):
    """Root of what DAG authors raise and catch. Takes any arguments, as every exception does."""

    status_code = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, *args: object, hint: str = "") -> None:
        message = "" if not args else str(args[0]) if len(args) == 1 else str(args)
        super().__init__(message, hint=hint)
        self.args = args


# ------------------------------------------------------------------------------------ how a task says its end


class AirflowSkipException(AirflowException):
    """Raised by a task: end it as skipped."""


class AirflowFailException(AirflowException):
    """Raised by a task: end it as failed, without further tries."""


class AirflowRescheduleException(AirflowException):
    """Raised by a sensor in reschedule mode: free the slot and come back at `reschedule_date` (aware)."""

    def __init__(self, reschedule_date: datetime) -> None:
        super().__init__(f"reschedule at {reschedule_date.isoformat()}")
        self.args = (reschedule_date,)
        self.reschedule_date = reschedule_date


class AirflowSensorTimeout(AirflowException):
    """A sensor waited longer than its `timeout`."""


class AirflowTaskTimeout(BaseException):
    """A task ran longer than its `execution_timeout`. Not an Exception, so that `except Exception` lets it through."""


class AirflowTaskTerminated(BaseException):
    """The task's process was told to end."""


class AirflowInternalRuntimeError(BaseException):
    """Something is wrong that no user code should catch."""


class TaskDeferred(BaseException):
    """Raised by `self.defer(...)`: free the slot until `trigger` fires, then call `method_name`."""

    def __init__(
        self,
        *,
        trigger: Any,
        method_name: str,
        kwargs: dict[str, Any] | None = None,
        timeout: timedelta | float | None = None,
        question: Question | None = None,
    ) -> None:
        """With a `question` a person's answer takes the trigger's place."""
        super().__init__()
        self.question = question
        self.trigger = trigger
        self.method_name = method_name
        self.kwargs = kwargs
        self.timeout = timedelta(seconds=timeout) if isinstance(timeout, int | float) else timeout

    def __repr__(self) -> str:
        return f"<TaskDeferred trigger={self.trigger} method={self.method_name}>"


class TaskDeferralError(AirflowException):
    """A deferred task's trigger failed."""


class TaskDeferralTimeout(TaskDeferralError):
    """A deferred task waited longer than its timeout."""


class HITLTriggerEventError(AirflowException):
    """A question to a person was answered by an error."""


class HITLTimeoutError(HITLTriggerEventError):
    """Nobody answered a question in time."""


class HITLRejectException(AirflowException):
    """A person said no."""


class DagRunTriggerException(AirflowException):
    """Raised by TriggerDagRunOperator: start a run of another DAG. Its fields are the operator's arguments."""

    def __init__(self, **fields: Any) -> None:
        super().__init__(f"trigger a run of {fields.get('trigger_dag_id')}")
        self.__dict__.update(fields)


class DownstreamTasksSkipped(AirflowException):
    """Raised by a task: it succeeded, and these downstream tasks are to be skipped."""

    def __init__(self, *, tasks: Sequence[str | tuple[str, int]]) -> None:
        super().__init__(f"skip {', '.join(map(str, tasks))}")
        self.tasks = tasks


class TaskAwaitingInput(AirflowException):
    """A task waits for a person."""


# ------------------------------------------------------------------------------------ something is not there


class AirflowNotFoundException(AirflowException, NotFoundError):
    """What was asked for does not exist."""

    status_code = HTTPStatus.NOT_FOUND


class DagNotFound(AirflowNotFoundException):
    """There is no such DAG."""


class DagCodeNotFound(AirflowNotFoundException):
    """The source of a DAG is not known."""


class DagRunNotFound(AirflowNotFoundException):
    """There is no such run."""


class TaskNotFound(AirflowNotFoundException):
    """There is no such task in the DAG."""


class TaskInstanceNotFound(AirflowNotFoundException):
    """There is no such task instance."""


class PoolNotFound(AirflowNotFoundException):
    """There is no such pool."""


class XComNotFound(AirflowException):
    """A task's value is needed but was never pushed."""

    def __init__(self, dag_id: str, task_id: str, key: str) -> None:
        super().__init__(
            f"no XCom {key!r} from task {task_id!r} of DAG {dag_id!r}",
            hint=f"let {task_id!r} return or push a value, or test for it with ti.xcom_pull",
        )
        self.args = (dag_id, task_id, key)
        self.dag_id, self.task_id, self.key = dag_id, task_id, key


class TaskNotInDag(AirflowException):
    """A task is used that has no DAG."""


class NotMapped(AirflowException):
    """A task or group is asked for its mapping, but is not mapped."""


NodeNotFound = AirflowNotFoundException


# ------------------------------------------------------------------------------------ a DAG file's mistakes


class DuplicateTaskIdFound(DagFileError, AirflowException):
    """Two tasks or groups of one DAG have the same id."""


class TaskAlreadyInTaskGroup(DagFileError, AirflowException):
    """A task or group is added to a second group."""


class AirflowDagCycleException(DagFileError, AirflowException):
    """The DAG's tasks form a cycle."""


class AirflowDagInconsistent(DagFileError, AirflowException):
    """The DAG contradicts itself."""


class AirflowDagDuplicatedIdException(DagFileError, AirflowException):
    """Two DAGs have the same id."""


class AirflowTimetableInvalid(DagFileError, AirflowException):
    """A schedule cannot be used."""


class ParamValidationError(DagFileError, AirflowException):
    """A param's value does not fit its schema."""


class FailFastDagInvalidTriggerRule(DagFileError, AirflowException):
    """A `fail_fast` DAG holds a trigger rule other than all_success."""


FailStopDagInvalidTriggerRule = FailFastDagInvalidTriggerRule


class UnmappableOperator(DagFileError, AirflowException):
    """The operator cannot be mapped."""


class AirflowClusterPolicyViolation(DagFileError, AirflowException):
    """A DAG or task breaks a rule of this installation."""


class AirflowClusterPolicySkipDag(AirflowException):
    """A rule of this installation says not to load the DAG."""


class AirflowClusterPolicyError(AirflowException):
    """A rule of this installation failed."""


class AirflowFileParseException(AirflowException):
    """A file of variables, connections or pools cannot be parsed."""

    def __init__(self, msg: str, file_path: str, parse_errors: Sequence[Any] = ()) -> None:
        super().__init__(f"{file_path}: {msg}")
        self.args = (msg, file_path, parse_errors)
        self.file_path, self.parse_errors = file_path, parse_errors


# ------------------------------------------------------------------------------------ values and mapping


class UnmappableXComTypePushed(AirflowException):
    """A value is to be mapped over but is neither a list nor a dict."""

    def __init__(self, value: object, *values: object) -> None:
        chain = " in ".join(type(v).__qualname__ for v in (*values[::-1], value))
        super().__init__(f"unmappable return type {chain!r}", hint="return a list or a dict to map over it")
        self.args = (value, *values)
        self.value = value


class UnmappableXComLengthPushed(AirflowException):
    """A value is to be mapped over but is too long."""

    def __init__(self, value: Collection[Any], max_length: int) -> None:
        super().__init__(
            f"unmappable return value length: {len(value)} > {max_length}",
            hint="raise the setting max_map_length, or hand on fewer, larger pieces",
        )
        self.args = (value, max_length)
        self.value, self.max_length = value, max_length


class DeserializingResultError(ValueError):
    """A result that came back from another interpreter cannot be read here."""


class SerializationError(AirflowException):
    """A value cannot be turned into plain data."""


# ------------------------------------------------------------------------------------ the surroundings


class AirflowConfigException(AirflowException, ConfigurationError):
    """A setting cannot be used."""


class AirflowBadRequest(AirflowException):
    """A request or an argument makes no sense."""

    status_code = HTTPStatus.BAD_REQUEST


class AirflowOptionalProviderFeatureException(AirflowException):
    """A part of a provider needs a package that is not installed."""


class AirflowPluginException(AirflowException):
    """A plugin cannot be loaded."""


class AirflowRuntimeError(AirflowException):
    """A request to the supervisor failed."""

    def __init__(self, error: object, *, hint: str = "") -> None:
        super().__init__(error, hint=hint)
        self.error = error


class DagRunAlreadyExists(AirflowBadRequest):
    """There is a run with this id or logical date already."""


class DagFileExists(AirflowBadRequest):
    """There is a DAG file of this name already."""


class DagIsPaused(AirflowException):
    """The DAG is paused."""


class DagInvalidTriggerRule(DagFileError, AirflowException):
    """A trigger rule cannot be used here."""


class PoolAlreadyExists(AirflowBadRequest):
    """There is a pool of this name already."""


class NoAvailablePoolSlot(AirflowException):
    """The pool has no free slot."""


class ConnectionNotUnique(AirflowException):
    """A connection id is used twice."""


class VariableNotUnique(AirflowException):
    """A variable's key is used twice."""


class InvalidStatsNameException(AirflowException):
    """A metric's name cannot be used."""


class PodMutationHookException(AirflowException):
    """The pod mutation hook failed."""


class PodReconciliationError(AirflowException):
    """A pod's parts contradict each other."""


class TaskInstanceHeartbeatTimeout(AirflowException):
    """A task gave no sign of life."""


class AirflowDuplicateDagIdException(AirflowDagDuplicatedIdException):
    """Two DAG files define the same DAG id (newer name of AirflowDagDuplicatedIdException)."""


# ------------------------------------------------------------------------------------ warnings


class RemovedInAirflow3Warning(DeprecationWarning):
    """Used by DAG files and providers for what went away with Airflow 3."""

    deprecated_since: str | None = None


class RemovedInAirflow4Warning(DeprecationWarning):
    """Used by DAG files and providers for what goes away with Airflow 4."""

    deprecated_since: str | None = None


class AirflowProviderDeprecationWarning(DeprecationWarning):
    """Used by provider packages for what they will drop."""

    deprecated_provider_since: str | None = None


class AirflowContextDeprecationWarning(DeprecationWarning):
    """A key of the context that newer versions drop."""


class UnknownExecutorException(ValueError):
    """There is no executor of that name."""
