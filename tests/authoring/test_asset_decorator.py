from tradewind.authoring import ports
from tradewind.authoring.asset_decorator import asset
from tradewind.authoring.assets import Asset
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.registry import collecting
from tradewind.model.messages import GetAsset


def test_a_function_becomes_an_asset_a_dag_and_a_task():
    with collecting() as collected:

        @asset(schedule=Asset("raw"), uri="s3://b/clean", tags=["x"])
        def clean(self, context, ds, raw):
            """Cleans."""
            return self, context, ds, raw

    (dag,) = collected.dags()
    spec = compile_dag(dag)
    task = dag.get_task("clean")
    assert (clean.name, clean.uri) == ("clean", "s3://b/clean")
    assert (spec.dag_id, spec.tags, spec.description) == ("clean", ("x",), "Cleans.")
    assert spec.tasks[0].outlets == (clean.as_plain(),)
    context = {"ds": "2025-01-01"}
    assert task.execute(context) == (clean, context, "2025-01-01", Asset.ref(name="raw"))


class Known:
    """A supervisor that knows one asset."""

    def ask(self, request):
        assert request == GetAsset("raw")
        return {"asset_id": 1, "name": "raw", "uri": "s3://b/raw", "group": "files", "extra": {"owner": "ada"}}

    def tell(self, notice):
        raise AssertionError(notice)


def test_a_parameter_without_a_default_is_the_asset_of_that_name():
    with collecting() as collected:

        @asset(schedule=None)
        def clean(raw, ds=None, limit=5, *rest, **more):
            return raw, ds, limit, rest, more["run_id"]

    task = collected.dags()[0].get_task("clean")
    assert task.inlets == [Asset.ref(name="raw")]
    ports.install(Known())
    try:
        raw, *others = task.execute({"ds": "2025-01-01", "run_id": "r"})
    finally:
        ports.install(None)
    assert raw == Asset("raw", "s3://b/raw")
    assert (raw.group, raw.extra) == ("files", {"owner": "ada"})
    assert others == ["2025-01-01", 5, (), "r"]


def test_several_assets_of_one_function():
    with collecting() as collected:

        @asset.multi(schedule=None, outlets=[Asset("a"), Asset("b")])
        def both():
            return 1

    (dag,) = collected.dags()
    assert [found.name for _, found in both.iter_assets()] == ["a", "b"]
    assert dag.get_task("both").outlets == [Asset("a"), Asset("b")]
