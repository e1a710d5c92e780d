"""`tradewind`: a table of commands, each imported only when it is called, and one place where errors become text."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from tradewind import __version__
from tradewind.cli import old_words
from tradewind.cli.first_process import stand_aside
from tradewind.cli.lazy import LazyGroup
from tradewind.cli.remote.target import remote
from tradewind.model.errors import TradewindError

COMMANDS: dict[str, tuple[str, str]] = {
    "run": ("tradewind.cli.run:run", "Run a DAG file or a DAG, with live progress."),
    "standalone": ("tradewind.cli.standalone:standalone", "Run the whole service: schedules, DAG files, waiting."),
    "up": ("tradewind.cli.standalone:standalone", "The same as standalone."),
    "scheduler": ("tradewind.cli.scheduler:scheduler", "Run the scheduler alone."),
    "dag-processor": ("tradewind.cli.dag_processor:dag_processor", "Watch DAG files and parse what changes, alone."),
    "triggerer": ("tradewind.cli.triggerer:triggerer", "Wait for what deferred tasks wait for, alone."),
    "api-server": ("tradewind.cli.api_server:api_server", "Serve the REST API and the user interface, alone."),
    "health": ("tradewind.cli.health:health", "Say whether every part of the service is alive and moving."),
    "jobs": ("tradewind.cli.jobs:jobs", "Airflow's probe of the service's parts."),
    "debug": ("tradewind.cli.debug:debug", "Open a try again: a prompt, pdb or a notebook, with what it had."),
    "why": ("tradewind.cli.why:why", "Say what a DAG, a run or a task waits for, and who has it."),
    "watch": ("tradewind.cli.follow:watch", "Watch a run that somebody else drives, live, to its end."),
    "runs": ("tradewind.cli.runs:runs", "List, show, resume, run again, mark, cancel and delete runs."),
    "dags": ("tradewind.cli.dags:dags", "List, show, trigger, pause, compare and test DAGs."),
    "tasks": ("tradewind.cli.tasks:tasks", "List, test, render, clear and mark tasks; read their logs."),
    "xcom": ("tradewind.cli.xcom:xcom", "Look at the values that tasks handed on."),
    "backfills": ("tradewind.cli.backfills:backfills", "Run a DAG for past dates; watch, pause, cancel that."),
    "assets": ("tradewind.cli.assets:assets", "List assets and their updates; update one from outside."),
    "data": ("tradewind.cli.data:data", "Profiles of frames that tasks handed on; checks of data."),
    "drift": ("tradewind.cli.drift:drift", "What monitors found in data and models."),
    "deadlines": ("tradewind.cli.deadlines:deadlines", "By when runs are to have ended, and which have not."),
    "approvals": ("tradewind.cli.approvals:approvals", "List, show and answer questions to people."),
    "hitl": ("tradewind.cli.approvals:approvals", "The same as approvals."),
    "models": ("tradewind.cli.models:models", "List, show, promote and roll back registered models."),
    "serve": ("tradewind.cli.serve:serve", "Serve a registered model over HTTP."),
    "experiments": ("tradewind.cli.experiments:experiments", "List, compare and export what runs logged."),
    "sweeps": ("tradewind.cli.sweeps:sweeps", "What was tried in search of parameters, with what result."),
    "simulate": ("tradewind.cli.simulate:simulate", "Play DAGs ahead: what would run, wait, be late."),
    "variables": ("tradewind.cli.variables:variables", "Get, set, list, import and export variables."),
    "connections": ("tradewind.cli.connections:connections", "Get, set, list, import and export connections."),
    "pools": ("tradewind.cli.pools:pools", "Get, set, list, import and export pools."),
    "users": ("tradewind.cli.people.users:users", "List, make, change and delete users."),
    "roles": ("tradewind.cli.people.roles:roles", "List, make and delete roles: what users may do."),
    "tokens": ("tradewind.cli.people.tokens:tokens", "Make, list and revoke tokens of the API."),
    "audit": ("tradewind.cli.people.audit:audit", "What people did, and whether that record is whole."),
    "rotate-key": ("tradewind.cli.rotate_key:rotate_key", "Encrypt all secrets with a new key."),
    "bundles": ("tradewind.cli.bundles:bundles", "Where DAG files come from: folders and git repositories."),
    "db": ("tradewind.cli.db:db", "Migrate, check, export, import, clean and reset the database."),
    "config": ("tradewind.cli.config:config", "Show settings; import an airflow.cfg."),
    "airflow-names": ("tradewind.cli.airflow_names:airflow_names", "Answer `import airflow` in every Python here."),
    "login": ("tradewind.cli.remote.login:login", "Have commands talk to a server from now on."),
    "logout": ("tradewind.cli.remote.login:logout", "Have commands work on this machine's own home again."),
    "init": ("tradewind.cli.init:init", "Write a starter project: a DAG, a test, a README."),
    "info": ("tradewind.cli.info:info", "Say what this machine and this home have."),
    "providers": ("tradewind.cli.providers:providers", "List the installed provider packages."),
    "cheat-sheet": ("tradewind.cli.cheat_sheet:cheat_sheet", "Every command on one page."),
    "completion": ("tradewind.cli.completion:completion", "Print the shell's completion script."),
    "version": ("tradewind.cli.info:version", "Print the version."),
}
SERVICE = frozenset({"standalone", "up", "scheduler", "dag-processor", "triggerer", "api-server"})
LOCAL_ONLY = SERVICE | {"db", "bundles"}


@click.group(
    cls=LazyGroup,
    table=COMMANDS,
    aliases={"backfill": "backfills", "webserver": "api-server", "rotate-fernet-key": "rotate-key"},
    notes=old_words.TOP,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--home", metavar="FOLDER", help="Where everything is kept (default: $TRADEWIND_HOME or ~/.tradewind).")
@click.version_option(__version__, message="%(version)s")
def tradewind(home: str | None) -> None:
    """Workflows for machine learning: Airflow's DAG files, run from one command."""
    if home:
        os.environ["TRADEWIND_HOME"] = home
    command = click.get_current_context().invoked_subcommand
    _not_on_a_server(command)
    if command in SERVICE:
        stand_aside()


def _not_on_a_server(command: str | None) -> None:
    """Parts of the service work on this machine's home: whoever means a server shall not start one here by mistake."""
    if command not in LOCAL_ONLY:
        return
    found = remote()
    if found is not None:
        raise TradewindError(
            f"`tradewind {command}` works on this machine's own home, not on the server {found.url}",
            hint=f"{found.origin} names the server; for this machine: TRADEWIND_URL= tradewind {command} …",
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Entry point of the `tradewind` command. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    try:
        tradewind.main(arguments, prog_name="tradewind", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except TradewindError as error:
        click.secho(f"Error: {error}", fg="red", err=True)
        sys.exit(1)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
