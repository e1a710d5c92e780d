"""`tradewind roles`: what users may do."""

from __future__ import annotations

import click

from tradewind.api.access.rights import OF_DAGS, Action, Grant, Resource
from tradewind.api.access.roles import BUILT_IN, to_records
from tradewind.cli.audited import audited
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.people import there
from tradewind.cli.people.users import complete_role
from tradewind.model.errors import ConfigurationError, NotFoundError
from tradewind.model.people import RoleRecord

FORM = "ACTIONS:RESOURCES[@DAGS], such as read,edit:dag,run@sales_*; `all` is every one"


@click.group()
def roles() -> None:
    """List, make and delete roles."""


@roles.command("list")
@output_option
def list_roles(output: str) -> None:
    """List roles and what they grant."""
    with open_home() as home:
        own = home.store.roles()
        users = home.store.users()
    found = {name: to_records(lines) for name, lines in BUILT_IN.items()} | {role.name: role.grants for role in own}
    rows = [
        {
            "name": name,
            "built in": name in BUILT_IN,
            "users": sum(1 for user in users if name in user.roles),
            "grants": [f"{one.action}:{one.resource}" + ("" if one.dags == "*" else f"@{one.dags}") for one in lines],
        }
        for name, lines in found.items()
    ]
    print_rows(rows, output)


@roles.command("set")
@click.argument("name", shell_complete=complete_role)
@click.argument("grants", nargs=-1, required=True)
def set_role(name: str, grants: tuple[str, ...]) -> None:
    """Make a role, or change what it grants. GRANTS: ACTIONS:RESOURCES[@DAGS], such as read,edit:dag,run@sales_*

    Actions are read, create, edit, delete; `all` stands for all of them, or for all resources of DAGs.
    """
    if name in BUILT_IN:
        raise ConfigurationError(f"the role {name} is built in", hint="make one of another name")
    lines = tuple(dict.fromkeys(line for text in grants for line in parsed(text)))
    with open_home() as home:
        if home.remote is not None:
            there.set_role(home.remote, name, lines)
        else:
            home.store.set_role(RoleRecord(name, to_records(lines)))
            audited(home, "role_set", role=name, grants=list(grants))
    click.echo(f"role {name} grants {len(lines)} rights")


@roles.command(hidden=True)
@click.argument("names", nargs=-1, required=True)
def create(names: tuple[str, ...]) -> None:
    """As Airflow has it. A role without rights would be of no use: say what it grants."""
    raise ConfigurationError(
        f"what shall {' and '.join(names)} be good for?", hint=f"tradewind roles set {names[0]} read:dag,run,task,log"
    )


@roles.command()
@click.argument("name", shell_complete=complete_role)
def delete(name: str) -> None:
    """Delete a role; its users lose it."""
    if name in BUILT_IN:
        raise ConfigurationError(f"the role {name} is built in", hint="take it from its users instead")
    with open_home() as home:
        if home.remote is not None:
            there.delete_role(home.remote, name)
        elif home.store.delete_role(name):
            audited(home, "role_deleted", role=name)
        else:
            raise NotFoundError(f"there is no role {name!r}", hint="see `tradewind roles list`")
    click.echo(f"role {name} is deleted")


def parsed(text: str) -> list[Grant]:
    """Raises ConfigurationError."""
    actions, mark, rest = text.partition(":")
    resources, _, dags = rest.partition("@")
    chosen = list(Action) if actions == "all" else actions.split(",")
    about = sorted(OF_DAGS) if resources == "all" else resources.split(",")
    if not mark or not {*chosen} <= {*Action} or not {*about} <= {*Resource}:
        raise ConfigurationError(
            f"{text!r} is no grant",
            hint=f"write {FORM}; actions: {', '.join(Action)}; resources: {', '.join(Resource)}",
        )
    if dags and not {*about} <= OF_DAGS:
        raise ConfigurationError(f"{text!r} names DAGs for what belongs to none", hint=f"of DAGs: {', '.join(OF_DAGS)}")
    return [Grant(Resource(resource), Action(action), dags or "*") for resource in about for action in chosen]
