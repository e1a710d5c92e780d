"""A tracking server that is down: training goes on, and what is logged is kept in the home until it can be delivered.

Down when a try first asks for it: the try's runs go to the home's own store, whole, with all that MLflow can log. Down
later: what the server does not take is written to the spool, call by call.
"""

from __future__ import annotations

import logging
import os
import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from tradewind.ml.tracking import spool
from tradewind.ml.tracking.database import make_database
from tradewind.ml.tracking.place import Place, mlflow_module

PROBE_SECONDS = 3.0
SECONDS_UNTIL_ASKED_AGAIN = 30.0
FEWER_RETRIES = "3"
"""MLflow's own default tries a request for four minutes."""
_log = logging.getLogger("tradewind.task")


def is_up(uri: str) -> bool:
    """Whether somebody answers there; what they say does not matter."""
    try:
        with urllib.request.urlopen(f"{uri.rstrip('/')}/health", timeout=PROBE_SECONDS):
            return True
    except urllib.error.HTTPError:
        return True
    except (OSError, ValueError, HTTPException):  # no such name, nobody there, no address at all
        return False


class _Outages:
    """Of this process."""

    def __init__(self) -> None:
        self.place: Place | None = None
        self.fallen: set[str] = set()
        """Servers that were down when they were first asked for: the home's store stands for them in this try."""
        self.failed_at: dict[str, float] = {}
        self.is_installed = False

    def is_down(self, uri: str) -> bool:
        """Asked after a failure: the network is tried once in a while, not for every number."""
        since = self.failed_at.get(uri)
        if since is not None and time.monotonic() - since < SECONDS_UNTIL_ASKED_AGAIN:
            return True
        if is_up(uri):
            self.failed_at.pop(uri, None)
            return False
        if since is None:
            _log.warning("the MLflow server %s is down: what is logged is kept, and delivered later", uri)
        self.failed_at[uri] = time.monotonic()
        return True


_outages = _Outages()


def install(place: Place) -> None:
    """Stand before MLflow's stores in this process; again for each try, since a server may have come back."""
    utils = mlflow_module("mlflow.tracking._tracking_service.utils")
    registry: Any = utils._tracking_store_registry
    if _outages.place != place or _outages.fallen:
        registry._get_store_with_resolved_uri.cache_clear()
        _outages.fallen.clear()
    _outages.place = place
    if _outages.is_installed:
        return
    _outages.is_installed = True
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", FEWER_RETRIES)
    rest, database = utils._get_rest_store, utils._get_sqlalchemy_store

    def server(store_uri: str, artifact_uri: str | None = None) -> Any:
        if is_up(store_uri):
            return _guarded(rest(store_uri), store_uri)
        _fall(store_uri)
        assert _outages.place is not None
        return own(_outages.place.embedded_uri, artifact_uri)

    def own(store_uri: str, artifact_uri: str | None = None) -> Any:
        here = _outages.place
        if artifact_uri is None and here is not None and store_uri == here.embedded_uri:
            artifact_uri = here.artifact_folder.as_uri()
        if here is not None:
            make_database(here, store_uri, artifact_uri)
        return database(store_uri, artifact_uri)

    for scheme in ("http", "https"):
        registry.register(scheme, server)
    registry.register("sqlite", own)
    _guard_files()


def real_uri(uri: str) -> str:
    """Where what is logged to `uri` really goes in this try."""
    return _outages.place.embedded_uri if uri in _outages.fallen and _outages.place is not None else uri


def remember(place: Place, uri: str, run_id: str, parent_id: str) -> None:
    """Runs in the home's store that belong to a server that is down."""
    if uri in _outages.fallen:
        spool.keep_run(place, uri, run_id, parent_id)


def deliver_in_passing(place: Place) -> None:
    """At the end of a try that had a server: what others could not hand over."""
    if not place.spool.is_dir() or not any(place.spool.iterdir()):
        return
    from tradewind.ml.tracking import deliver  # only where something waits

    for uri in spool.servers(place):
        if uri not in _outages.fallen and not _outages.is_down(uri):
            deliver.deliver(place, uri)


def _fall(uri: str) -> None:
    if uri not in _outages.fallen:
        _log.warning("the MLflow server %s is down: this try is tracked in the home, and delivered later", uri)
    _outages.fallen.add(uri)


# ------------------------------------------------------------------------------------ while a try runs


def _guarded(store: Any, uri: str) -> Any:
    """The same store, whose writes go to the spool where the server cannot be reached."""

    def guard(name: str) -> None:
        real = getattr(store, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            if uri not in _outages.failed_at or not _outages.is_down(uri):
                try:
                    return real(*args, **kwargs)
                except Exception:
                    if not _outages.is_down(uri):
                        raise
            assert _outages.place is not None
            return spool.keep_call(_outages.place, uri, name, args, kwargs)

        setattr(store, name, call)

    for name in spool.CALLS:
        guard(name)
    _remember_runs(store, uri)
    return store


def _remember_runs(store: Any, uri: str) -> None:
    """What MLflow looks up before it writes (where a run's files are) is known of the last time."""
    known: dict[str, Any] = {}
    get_run, create_run = store.get_run, store.create_run

    def get(run_id: str) -> Any:
        try:
            known[run_id] = get_run(run_id)
        except Exception:
            if run_id not in known or not _outages.is_down(uri):
                raise
        return known[run_id]

    def create(*args: Any, **kwargs: Any) -> Any:
        made = create_run(*args, **kwargs)
        known[made.info.run_id] = made
        return made

    store.get_run, store.create_run = get, create


def _guard_files() -> None:
    repository = mlflow_module("mlflow.store.artifact.http_artifact_repo").HttpArtifactRepository

    def guard(name: str) -> None:
        real = getattr(repository, name)

        def call(self: Any, local: Any, artifact_path: str | None = None) -> Any:
            parts = urlsplit(str(self.artifact_uri))
            uri = f"{parts.scheme}://{parts.netloc}"
            if uri not in _outages.failed_at or not _outages.is_down(uri):
                try:
                    return real(self, local, artifact_path)
                except Exception:
                    if not _outages.is_down(uri):
                        raise
            assert _outages.place is not None
            return spool.keep_files(_outages.place, uri, self.artifact_uri, str(local), artifact_path)

        setattr(repository, name, call)

    for name in ("log_artifact", "log_artifacts"):
        guard(name)
