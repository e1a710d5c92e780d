import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from tradewind.authoring import templates
from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.authoring.template_errors import TemplateError
from tradewind.authoring.templates import TemplateEnvironment, environment_for, literal, render, render_fields
from tradewind.model.errors import SourceLocation

CONTEXT = {"ds": "2025-01-01", "items": [1, 2], "params": {"n": 3}}
Pair = namedtuple("Pair", "left right")


class Volume:
    template_fields = ("name",)

    def __init__(self, name):
        self.name = name


class Task(SimpleNamespace):
    """An operator of which only templates matter."""

    task_id = "load"
    location = SourceLocation("dags/sales.py", 12)
    template_ext = (".sql",)
    folder = "."

    def get_template_env(self):
        return environment_for(self, None)

    def render_template(self, value, context, env=None):
        return render(value, context, env or self.get_template_env(), self)


def rendered(value, native=False, **options):
    return render(value, CONTEXT, TemplateEnvironment(native=native, **options))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("{{ ds }}", "2025-01-01"),
        ("day\r\n{{ ds }}\n", "day\n2025-01-01"),
        ("plain\r\ntext\n\n", "plain\ntext\n"),
        (["{{ ds }}", 1, None], ["2025-01-01", 1, None]),
        (("{{ ds }}",), ("2025-01-01",)),
        ({"{{ ds }}"}, {"2025-01-01"}),
        ({"{{ ds }}": {"k": "{{ params.n }}"}}, {"{{ ds }}": {"k": "3"}}),
        (Pair("{{ ds }}", 2), Pair("2025-01-01", 2)),
        (literal("{{ ds }}"), "{{ ds }}"),
        ([literal(["{{ ds }}"])], [["{{ ds }}"]]),
        (Path("{{ ds }}"), Path("{{ ds }}")),
        (b"{{ ds }}", b"{{ ds }}"),
        ("{% do items.append(3) %}{{ items }}", "[1, 2, 3]"),
    ],
)
def test_values_are_rendered_in_all_their_depth(value, expected):
    found = render(value, {**CONTEXT, "items": [1, 2]}, TemplateEnvironment())
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("text", ["", "12", "[1, 2]", "'a'", "a b", " 1", "None", "1 +", "x\n", "2025-01-01", "{1: 2}"])
def test_plain_text_gives_what_jinja_would_make_of_it(text):
    for native in (False, True):
        environment = TemplateEnvironment(native=native)
        assert render(text, CONTEXT, environment) == render(text, CONTEXT, environment.jinja)


def test_native_rendering_keeps_the_type():
    assert rendered("{{ params }}", native=True) == {"n": 3}
    assert rendered("{{ params.n }}{{ params.n }}", native=True) == 33
    assert rendered("{{ params.n }}") == "3"


def test_an_object_with_template_fields_is_rendered_in_place_once():
    volume = Volume("{{ '{{ ds }}' }}")
    assert rendered([volume, {"again": volume}]) == [volume, {"again": volume}]
    assert volume.name == "{{ ds }}"


def test_a_value_with_resolve_is_resolved():
    assert rendered([SimpleNamespace(resolve=lambda context: context["params"])]) == [{"n": 3}]


def test_values_from_tasks_are_not_taken_for_templates():
    value = "{{ from_outside }}"
    task = Task(mapped_arguments_from_tasks=frozenset({id(value)}))
    assert task.render_template([value], CONTEXT) == [value]


def test_macros_and_filters_of_the_dag():
    dag = SimpleNamespace(
        folder=".",
        user_defined_macros={"twice": lambda x: 2 * x, "ds": "shadowed by the context"},
        user_defined_filters={"back": lambda text: text[::-1]},
        jinja_environment_kwargs={"variable_start_string": "<<", "variable_end_string": ">>"},
        template_undefined=jinja2.Undefined,
    )
    environment = environment_for(None, dag)
    assert render("<< twice(2) >> << ds | back >> << nothing >>", CONTEXT, environment) == "4 10-10-5202 "


def test_a_template_reads_only_what_it_names():
    class Noting(dict):
        def __missing__(self, key):
            raise KeyError(key)

        def __getitem__(self, key):
            asked.append(key)
            return dict.__getitem__(self, key)

    asked = []
    render("{{ ds }}", Noting(CONTEXT), TemplateEnvironment())
    assert asked == ["ds"]


# ------------------------------------------------------------------------------------ files


def test_a_template_file_is_found_beside_the_dag_or_in_the_search_path(tmp_path):
    (tmp_path / "dags").mkdir()
    (tmp_path / "sql").mkdir()
    (tmp_path / "dags" / "a.sql").write_text("select '{{ ds }}'\n")
    (tmp_path / "sql" / "b.sql").write_text("{% include 'a.sql' %}!")
    dag = SimpleNamespace(folder=str(tmp_path / "dags"), template_searchpath=str(tmp_path / "sql"))
    environment = environment_for(None, dag)
    assert render(["a.sql", "b.sql"], CONTEXT, environment, Task()) == ["select '2025-01-01'", "select '2025-01-01'!"]
    assert render("a.sql", CONTEXT, environment) == "a.sql"


def test_template_files_may_come_from_a_snapshot():
    templates.use_files(lambda folders: jinja2.DictLoader({"a.sql": f"{folders[0]} {{{{ ds }}}}"}))
    try:
        environment = environment_for(None, SimpleNamespace(folder="/dags"))
        assert render("a.sql", CONTEXT, environment, Task()) == "/dags 2025-01-01"
    finally:
        templates.use_files(None)


def test_files_can_be_read_before_rendering(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.sql").write_text("select {{ ds }}")
    task = Task(template_fields=("sql", "more"), sql="a.sql", more=["a.sql", "missing.sql", 1])
    templates.resolve_files(task)
    assert (task.sql, task.more) == ("select {{ ds }}", ["select {{ ds }}", "missing.sql", 1])


# ------------------------------------------------------------------------------------ mistakes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ dss }}", ["'dss' is undefined", "did you mean 'ds'?"]),
        ("{{ unheard_of }}", ["user_defined_macros"]),
        ("{{ logical_date }}", ["no logical date"]),
        ("{{ params.m }}", ["no attribute 'm'", "default"]),
        ("a\n{{ ds }", ["line 2", "braces"]),
        ("{{ ds | nofilter }}", ["nofilter"]),
        ("{{ 1 / 0 }}", ["ZeroDivisionError: division by zero"]),
        ("{{ ds.__class__.__mro__ }}", ["unsafe", "out of a template's reach"]),
        ("missing.sql", ["template file 'missing.sql'", "add a space at the end"]),
    ],
)
def test_a_template_that_fails_says_where_and_why(text, words):
    # given an operator of a DAG file
    task = Task(template_fields=("sql",), sql=text)
    # when its field cannot be rendered
    with pytest.raises(TemplateError) as caught:
        render_fields(task, CONTEXT)
    # then file, line, task, field, template and reason are told
    said = str(caught.value)
    assert said.startswith("dags/sales.py:12: sql of task 'load': the template")
    assert all(word in said for word in words), said


def test_a_field_that_does_not_exist_is_told():
    with pytest.raises(TemplateError, match="which has no attribute of that name"):
        render_fields(Task(template_fields=("sqll",)), CONTEXT)


def test_a_macro_may_skip_the_task():
    def skip():
        raise AirflowSkipException("not today")

    with pytest.raises(AirflowSkipException):
        rendered("{{ skip() }}", macros={"skip": skip})


def test_names_with_one_underscore_may_be_used():
    assert render("{{ thing._inner }}", {"thing": SimpleNamespace(_inner=1)}, TemplateEnvironment()) == "1"


def test_jinja_is_loaded_only_for_templates():
    code = """
import sys
from types import SimpleNamespace
from tradewind.authoring.templates import environment_for, render
for native in (False, True):
    environment = environment_for(SimpleNamespace(render_template_as_native_obj=native), None)
    render({"a": ["plain", 1]}, {}, environment, SimpleNamespace(template_ext=(".sql",)))
print([name for name in ("jinja2", "pendulum") if name in sys.modules])
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
