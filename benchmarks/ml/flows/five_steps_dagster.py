"""The five steps as Dagster's assets with code versions: what its automation conditions ask for is materialised."""

import dagster
import work

WANTED = (
    dagster.AutomationCondition.missing()
    | dagster.AutomationCondition.code_version_changed()
    | dagster.AutomationCondition.any_deps_updated()
)


def asset(function):
    return dagster.asset(function, code_version="1", automation_condition=WANTED)


@asset
def frame():
    return work.load()


@asset
def parts(frame):
    return work.prepare(frame)


@asset
def model(parts):
    return work.train(parts)


@asset
def accuracy(model, parts):
    return work.evaluate(model, parts)


@asset
def deployed(accuracy):
    return work.deploy(accuracy)


ASSETS = [frame, parts, model, accuracy, deployed]

if __name__ == "__main__":
    instance = dagster.DagsterInstance.get()
    asked = dagster.evaluate_automation_conditions(dagster.Definitions(assets=ASSETS), instance)
    print(f"{asked.total_requested} asked for")
    if asked.total_requested:
        assert dagster.materialize(ASSETS, instance=instance).success
