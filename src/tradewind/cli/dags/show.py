"""`tradewind dags show`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.specs import current_spec
from tradewind.cli.tree import by_group
from tradewind.model.errors import ConfigurationError
from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec
from tradewind.model.states import TriggerRule

FORMATS = ("tree", "mermaid", "dot", "svg")
FORMAT_OF = {
    ".svg": "svg",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".md": "mermaid",
    ".dot": "dot",
    ".gv": "dot",
    ".txt": "tree",
}


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("-f", "--format", "form", type=click.Choice(FORMATS), help="Default: a tree, or what FILE's ending says.")
@click.option("-s", "--save", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it to FILE.")
def show(dag: str, dag_id: str | None, form: str | None, file: Path | None) -> None:
    """Draw a DAG: in the terminal, or as mermaid (.mmd, .md), Graphviz (.dot) or SVG (.svg)."""
    chosen = form or (_format_of(file) if file else "tree")
    spec = current_spec(dag, dag_id)
    text = drawn(spec, chosen)
    if file is None:
        click.echo(text, nl=False)
        return
    if file.suffix == ".md" and chosen == "mermaid":
        text = f"```mermaid\n{text}```\n"
    file.write_text(click.unstyle(text), encoding="utf-8")
    click.echo(f"wrote {file}")


def drawn(spec: DagSpec, form: str) -> str:
    if form == "tree":
        return _tree(spec)
    from tradewind.cli import picture  # only where a picture is wanted

    return {"mermaid": picture.mermaid, "dot": picture.dot, "svg": picture.svg}[form](spec)


def _format_of(file: Path) -> str:
    found = FORMAT_OF.get(file.suffix.lower())
    if found is None:
        raise ConfigurationError(
            f"{file.suffix or file.name!r} is not a form that a DAG can be drawn in",
            hint=f"the file's ending may be {', '.join(FORMAT_OF)}; or say --format",
        )
    return found


def _tree(spec: DagSpec) -> str:
    """Groups, tasks, what each waits for, and the labels of those edges."""
    labels = {(edge.upstream, edge.downstream): edge.label for edge in spec.edge_labels}
    title = click.style(spec.label or spec.dag_id, bold=True)
    lines = [f"{title}  {spec.schedule.summary}" + (f"  {spec.description}" if spec.description else "")]
    for line in by_group(spec):
        mapped = click.style(" []", fg="cyan") if line.node.expansion else ""
        if isinstance(line.node, GroupSpec):
            lines.append(f"{line.indent}{click.style(line.name, bold=True)}{mapped}")
        else:
            lines.append(f"{line.indent}{line.name}{mapped}{_remarks(line.node, labels)}")
    return "\n".join(lines) + "\n"


def _remarks(task: TaskSpec, labels: Mapping[tuple[str, str], str]) -> str:
    names = [
        parent + (f" ({labels[parent, task.task_id]})" if (parent, task.task_id) in labels else "")
        for parent in task.upstream
    ]
    kind = "setup " if task.is_setup else "teardown " if task.is_teardown else ""
    rule = f"  {task.trigger_rule}" if task.trigger_rule is not TriggerRule.ALL_SUCCESS else ""
    waits = f"  ← {', '.join(names)}" if names else ""
    return click.style(f"  {kind}{task.operator}", dim=True) + waits + click.style(rule, fg="yellow")
