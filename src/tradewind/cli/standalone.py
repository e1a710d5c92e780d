"""`tradewind standalone` (also `up`): everything that a team needs on one machine, from one command."""

from __future__ import annotations

import os
import select
import time
from collections.abc import Callable

import click

from tradewind import settings as settings_module
from tradewind.cli.listening import listening_options, listening_settings
from tradewind.model.errors import HomeError
from tradewind.settings import Settings
from tradewind.store.folder import make_folder

EXAMPLE = "tradewind init"
API_STARTS_AFTER_SECONDS = 0.7


@click.command()
@click.option("-q", "--quiet", is_flag=True, help="Say nothing of runs; warnings and errors alone.")
@listening_options
def standalone(quiet: bool, host: str | None, port: int | None) -> None:
    """Watch the folder of DAG files, run what is due, and say what happens, until Ctrl-C.

    Starts the scheduler, the dag-processor, the triggerer and the API server with the user interface, each in a process
    of its own, and starts again what dies. The first start says the address and the password to sign in with.
    On Ctrl-C or SIGTERM running tasks may finish; on a second one they end at once, and run again with the next start.
    """
    # With all parts, so that they share what is imported here: not for --help.
    from tradewind.cli.narrator import say
    from tradewind.cli.service_logs import log_to_terminal
    from tradewind.cli.supervisor import Part, Supervisor

    found = settings_module.load(overrides=listening_settings(host, port))
    log_to_terminal("standalone", found)
    _prepare(found)
    parts = [Part(name, _in_process(name, serve, found)) for name, serve in _parts(found, quiet=quiet).items()]
    say("standalone", f"home {found.home}, database {found.shown_database_url}")
    bundles = ", ".join(bundle.name for bundle in found.bundles)
    say("standalone", f"watching {f'the bundles {bundles}' if bundles else found.dags_folder}; Ctrl-C stops")
    if not bundles and not any(found.dags_folder.glob("**/*.py")):
        say("standalone", f"no DAG file is there yet: drop one in, or make an example with `{EXAMPLE}`", "note")
    supervisor = Supervisor(parts, stop_timeout_seconds=found.stop_timeout_seconds + found.kill_grace_seconds + 10.0)
    supervisor.run()
    if supervisor.is_hopeless:
        raise SystemExit(1)


def _parts(settings: Settings, *, quiet: bool) -> dict[str, Callable[[Settings, int], None]]:
    from tradewind.cli import scheduler_process
    from tradewind.cli.narrator import Narrator
    from tradewind.dag_processor import service as dag_processor
    from tradewind.triggerer_service import serve as triggerer

    narrator = None if quiet else Narrator(settings.log_folder)

    def scheduler(settings: Settings, stop: int) -> None:
        scheduler_process.serve(settings, stop, narrator=narrator)

    return {
        "dag-processor": dag_processor.serve,
        "scheduler": scheduler,
        "triggerer": triggerer.serve,
        "api-server": _api_server(time.monotonic() + API_STARTS_AFTER_SECONDS),
    }


def _api_server(begin_at: float) -> Callable[[Settings, int], None]:
    """A moment after the others: what it imports would keep the first task waiting on a small machine."""

    def serve(settings: Settings, stop: int) -> None:
        if select.select([stop], [], [], max(0.0, begin_at - time.monotonic()))[0]:
            return
        from tradewind.cli.api_part import serve_part  # Starlette, SQLAlchemy: in its own process alone

        serve_part(settings, stop)

    return serve


def _in_process(name: str, serve: Callable[[Settings, int], None], settings: Settings) -> Callable[[int], None]:
    def run(stop: int) -> None:
        from tradewind.cli.service_logs import log_to_terminal

        log_to_terminal(name, settings)
        serve(settings, stop)

    return run


def _prepare(settings: Settings) -> None:
    """The home, its database and the folder of DAG files. By a process of its own: a database that was opened before a
    fork would be open in every part."""
    make_folder(settings.home)
    try:
        if not settings.bundles:
            settings.dags_folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(
            f"the folder {error.filename} cannot be made: {error.strerror or error}",
            hint="choose another dags_folder",
        ) from error
    pid = os.fork()
    if pid == 0:
        _make_database(settings)
    _, status = os.waitpid(pid, 0)
    if status:
        raise SystemExit(1)


def _make_database(settings: Settings) -> None:
    """In the child: never returns."""
    from tradewind.cli.home import opened_store

    code = 1
    try:
        with opened_store(settings):
            code = 0
    except Exception as error:
        click.secho(f"Error: {error}", fg="red", err=True)
    finally:
        os._exit(code)
