from tradewind.authoring.asset_decorator import asset
from tradewind.authoring.assets import Asset
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.registry import collecting


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


def test_several_assets_of_one_function():
    with collecting() as collected:

        @asset.multi(schedule=None, outlets=[Asset("a"), Asset("b")])
        def both():
            return 1

    (dag,) = collected.dags()
    assert [found.name for _, found in both.iter_assets()] == ["a", "b"]
    assert dag.get_task("both").outlets == [Asset("a"), Asset("b")]
