import pytest

from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.groups import TaskGroup
from tradewind.operators.branch import BaseBranchOperator, SkipMixin
from tradewind.operators.empty import EmptyOperator
from tradewind.operators.python import BranchPythonOperator, PythonOperator, ShortCircuitOperator


def test_a_function_gets_its_arguments_and_the_context_it_names(dag, context_of):
    def add(a, b, ds, templates_dict, *, c=0, **context):
        return a, b, c, ds, templates_dict, "ti" in context

    task = PythonOperator(
        task_id="t", python_callable=add, op_args=[1], op_kwargs={"b": 2, "c": 3}, templates_dict={"x": 1}
    )

    assert task.execute(context_of(task)) == (1, 2, 3, "2025-01-02", {"x": 1}, True)


def test_an_async_function_is_run_to_its_end(dag, context_of):
    async def fetch():
        return 5

    task = PythonOperator(task_id="t", python_callable=fetch)

    assert task.execute(context_of(task)) == 5


def test_what_is_not_callable_is_refused(dag):
    with pytest.raises(AirflowException, match="must be callable"):
        PythonOperator(task_id="t", python_callable="print")


def test_provide_context_is_accepted_with_a_note(dag):
    with pytest.warns(DeprecationWarning, match="provide_context"):
        PythonOperator(task_id="t", python_callable=print, provide_context=True)


def test_a_large_value_can_be_kept_out_of_the_log(dag, context_of, caplog):
    caplog.set_level("INFO")
    task = PythonOperator(task_id="t", python_callable=lambda: "hush", show_return_value_in_logs=False)

    task.execute(context_of(task))

    assert "hush" not in caplog.text


@pytest.mark.parametrize(
    ("chosen", "followed"),
    [("a", ("a",)), (["b", "a"], ("a", "b")), (None, ()), ([], ()), ("group", ("group.c", "group.d"))],
)
def test_a_branch_follows_tasks_and_groups(dag, context_of, chosen, followed):
    branch = BranchPythonOperator(task_id="branch", python_callable=lambda: chosen)
    with TaskGroup("group") as group:
        EmptyOperator(task_id="c")
        EmptyOperator(task_id="d")
    branch >> [EmptyOperator(task_id="a"), EmptyOperator(task_id="b"), group]
    context = context_of(branch)

    assert branch.execute(context) == chosen
    assert context["ti"].branch_followed == followed


@pytest.mark.parametrize(
    ("chosen", "message"),
    [
        ("nowhere", r"must contain only valid task_ids. Invalid tasks found: \['nowhere'\]"),
        ("far", r"Invalid tasks found: \['far'\]"),
        (["near", 3], r"Invalid tasks found: \(3: int\)"),
        (3, "all task IDs are strings, or None, not int"),
    ],
)
def test_a_branch_to_what_is_not_directly_downstream_fails(dag, context_of, chosen, message):
    branch = BranchPythonOperator(task_id="branch", python_callable=lambda: chosen)
    branch >> EmptyOperator(task_id="near") >> EmptyOperator(task_id="far")

    with pytest.raises(AirflowException, match=message):
        branch.execute(context_of(branch))


@pytest.mark.parametrize(
    ("value", "ignore", "reach"), [(True, True, ""), (0, True, "all"), ([], False, "direct"), ("x", False, "")]
)
def test_a_short_circuit_skips_when_the_value_is_false(dag, context_of, value, ignore, reach):
    task = ShortCircuitOperator(task_id="t", python_callable=lambda: value, ignore_downstream_trigger_rules=ignore)
    context = context_of(task)

    assert task.execute(context) == value
    assert context["ti"].short_circuited == reach


def test_own_branching_operators(dag, context_of):
    class ToA(BaseBranchOperator):
        def choose_branch(self, context):
            return "a"

    class SkipB(PythonOperator, SkipMixin):
        def execute(self, context):
            self.skip(ti=context["ti"], tasks=[dag.get_task("b")])

    chooser, skipper = ToA(task_id="t"), SkipB(task_id="s", python_callable=print)
    [chooser, skipper] >> EmptyOperator(task_id="a")
    [chooser, skipper] >> EmptyOperator(task_id="b")
    first, second = context_of(chooser), context_of(skipper)

    chooser.execute(first)
    skipper.execute(second)

    assert first["ti"].branch_followed == second["ti"].branch_followed == ("a",)
