"""What the service needs: clocks of DAGs, waiting tasks, assets, backfills, deadlines and processes.

Columns are added in place (no table is made anew), so that a database with a long history is upgraded in a moment.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

COLUMNS = (
    ("dag", "bundle TEXT NOT NULL DEFAULT ''"),
    ("dag", "bundle_version TEXT NOT NULL DEFAULT ''"),
    ("dag", "changed_at INTEGER NOT NULL DEFAULT 0"),
    ("dag", "next_run_after INTEGER"),
    ("dag", "next_logical_date INTEGER"),
    ("dag", "next_interval_start INTEGER"),
    ("dag", "next_interval_end INTEGER"),
    ("dag", "last_interval_start INTEGER"),
    ("dag", "last_interval_end INTEGER"),
    ("dag", "held_why TEXT NOT NULL DEFAULT ''"),
    ("dag_version", "number INTEGER NOT NULL DEFAULT 0"),
    ("dag_version", "snapshot TEXT NOT NULL DEFAULT ''"),
    ("dag_version", "bundle_version TEXT NOT NULL DEFAULT ''"),
    ("run", "backfill_id INTEGER"),
    ("run", "partition_key TEXT"),
    ("run", "triggering_assets BLOB"),
    ("try", "rendered BLOB"),
)
INDEXES = """
DROP INDEX run_state;
CREATE INDEX run_state ON run (state, id);
CREATE INDEX run_state_dag ON run (state, dag_id, id);
CREATE INDEX dag_changed ON dag (changed_at);
CREATE INDEX dag_file_of ON dag (root, file);
CREATE INDEX dag_paused ON dag (dag_id) WHERE is_paused = 1;
CREATE INDEX run_waiting ON run (state, owner_id, dag_id, id, backfill_id)
WHERE state = 'queued' AND owner_id IS NULL;
CREATE INDEX run_busy ON run (dag_id, backfill_id)
WHERE (state = 'running' OR (state = 'queued' AND owner_id IS NOT NULL));
CREATE INDEX run_ended ON run (dag_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX run_undated ON run (dag_id, run_after) WHERE logical_date IS NULL;
CREATE INDEX run_claimed ON run (owner_id) WHERE owner_id IS NOT NULL;
"""
NEW_INDEXES = (
    "dag_changed",
    "dag_file_of",
    "dag_paused",
    "run_state_dag",
    "run_waiting",
    "run_busy",
    "run_ended",
    "run_undated",
    "run_claimed",
)
FILL = """
UPDATE dag SET changed_at = seen_at;
UPDATE dag_version SET
    number = (
        SELECT count(*) FROM dag_version o WHERE o.dag_id = dag_version.dag_id
        AND (o.created_at < dag_version.created_at
             OR (o.created_at = dag_version.created_at AND o.hash <= dag_version.hash))
    ),
    snapshot = coalesce(
        (SELECT d.snapshot FROM dag d WHERE d.dag_id = dag_version.dag_id AND d.hash = dag_version.hash),
        (SELECT max(r.snapshot) FROM run r WHERE r.dag_id = dag_version.dag_id AND r.dag_hash = dag_version.hash),
        ''
    );
"""
TABLES = """
CREATE TABLE stamp (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE dag_file (
    root TEXT NOT NULL,
    file TEXT NOT NULL,
    parsed_at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    dag_count INTEGER NOT NULL,
    snapshot TEXT NOT NULL,
    PRIMARY KEY (root, file)
) WITHOUT ROWID;
CREATE TABLE deferral (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    try_id TEXT NOT NULL,
    trigger_path TEXT NOT NULL,
    trigger_kwargs BLOB NOT NULL,
    method TEXT NOT NULL,
    kwargs BLOB NOT NULL,
    snapshot TEXT NOT NULL,
    file TEXT NOT NULL,
    queue TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    timeout_at INTEGER,
    triggerer_id TEXT,
    outcome TEXT,
    event BLOB,
    error TEXT NOT NULL DEFAULT '',
    ended_at INTEGER,
    is_resumed INTEGER NOT NULL DEFAULT 0,
    UNIQUE (run, task_id, map_path),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX deferral_ended ON deferral (ended_at) WHERE outcome IS NOT NULL AND is_resumed = 0;
CREATE INDEX deferral_open ON deferral (triggerer_id, id) WHERE outcome IS NULL;
CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    try_id TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    options BLOB NOT NULL,
    defaults BLOB NOT NULL,
    multiple INTEGER NOT NULL,
    params BLOB NOT NULL,
    assigned_users BLOB NOT NULL,
    asked_at INTEGER NOT NULL,
    respond_by INTEGER,
    responded_at INTEGER,
    responded_by TEXT,
    chosen BLOB,
    params_input BLOB,
    UNIQUE (run, task_id, map_path),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX approval_open ON approval (asked_at) WHERE responded_at IS NULL;
CREATE TABLE asset (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    uri TEXT NOT NULL,
    group_name TEXT NOT NULL,
    extra BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_event_at INTEGER,
    UNIQUE (name, uri)
);
CREATE INDEX asset_uri ON asset (uri);
CREATE TABLE asset_ref (
    dag_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    task_id TEXT NOT NULL,
    name TEXT NOT NULL,
    uri TEXT NOT NULL,
    alias TEXT NOT NULL,
    PRIMARY KEY (dag_id, kind, task_id, name, uri, alias),
    FOREIGN KEY (dag_id) REFERENCES dag (dag_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX asset_ref_alias ON asset_ref (alias);
CREATE INDEX asset_ref_name ON asset_ref (name);
CREATE INDEX asset_ref_uri ON asset_ref (uri);
CREATE TABLE asset_alias (
    alias TEXT NOT NULL,
    asset INTEGER NOT NULL,
    PRIMARY KEY (alias, asset),
    FOREIGN KEY (asset) REFERENCES asset (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX asset_alias_asset ON asset_alias (asset);
CREATE TABLE asset_event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    asset INTEGER NOT NULL,
    at INTEGER NOT NULL,
    extra BLOB NOT NULL,
    source_dag_id TEXT,
    source_run_id TEXT,
    source_task_id TEXT,
    source_map_path TEXT NOT NULL,
    alias TEXT,
    partition_key TEXT,
    who TEXT NOT NULL,
    FOREIGN KEY (asset) REFERENCES asset (id) ON DELETE CASCADE
);
CREATE INDEX asset_event_alias ON asset_event (alias, id) WHERE alias IS NOT NULL;
CREATE INDEX asset_event_asset ON asset_event (asset, id);
CREATE INDEX asset_event_at ON asset_event (at);
CREATE TABLE asset_event_use (
    dag_id TEXT NOT NULL,
    event INTEGER NOT NULL,
    run INTEGER,
    PRIMARY KEY (dag_id, event),
    FOREIGN KEY (dag_id) REFERENCES dag (dag_id) ON DELETE CASCADE,
    FOREIGN KEY (event) REFERENCES asset_event (id) ON DELETE CASCADE,
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX asset_event_use_event ON asset_event_use (event);
CREATE INDEX asset_event_use_run ON asset_event_use (run, dag_id, event);
CREATE TABLE backfill (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dag_id TEXT NOT NULL,
    from_date INTEGER NOT NULL,
    to_date INTEGER NOT NULL,
    is_reverse INTEGER NOT NULL,
    reprocess TEXT NOT NULL,
    max_active_runs INTEGER NOT NULL,
    conf BLOB NOT NULL,
    is_paused INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    ended_at INTEGER,
    is_cancelled INTEGER NOT NULL DEFAULT 0,
    on_latest_version INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX backfill_active ON backfill (dag_id) WHERE ended_at IS NULL;
CREATE INDEX backfill_dag ON backfill (dag_id, id);
CREATE TABLE backfill_date (
    backfill INTEGER NOT NULL,
    place INTEGER NOT NULL,
    logical_date INTEGER NOT NULL,
    interval_start INTEGER NOT NULL,
    interval_end INTEGER NOT NULL,
    run_id TEXT,
    why_not TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (backfill, place),
    FOREIGN KEY (backfill) REFERENCES backfill (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE TABLE deadline (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    callback BLOB NOT NULL,
    warned_at INTEGER,
    missed_at INTEGER,
    UNIQUE (run, name),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX deadline_missed ON deadline (missed_at) WHERE missed_at IS NOT NULL;
CREATE TABLE job (
    job_id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    pid INTEGER NOT NULL,
    host TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    heartbeat_at INTEGER NOT NULL,
    lease_until INTEGER NOT NULL,
    version TEXT NOT NULL,
    detail BLOB NOT NULL,
    ended_at INTEGER
) WITHOUT ROWID;
CREATE INDEX job_alive ON job (kind) WHERE ended_at IS NULL;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    action TEXT NOT NULL,
    dag_id TEXT,
    run_id TEXT,
    task_id TEXT,
    detail BLOB NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_dag ON audit (dag_id, id);
"""
FILL_NEW = "INSERT INTO stamp (name, at) SELECT 'dags', max(changed_at) FROM dag HAVING max(changed_at) IS NOT NULL"
NEW_TABLES = (
    "audit",
    "job",
    "deadline",
    "backfill_date",
    "backfill",
    "asset_event_use",
    "asset_event",
    "asset_alias",
    "asset_ref",
    "asset",
    "approval",
    "deferral",
    "dag_file",
    "stamp",
)
"""In an order in which they can be dropped."""


def upgrade() -> None:
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for script in (INDEXES, FILL, TABLES, FILL_NEW):
        _run(script)


def downgrade() -> None:
    """What the older version knows nothing of is lost: schedules' clocks, waiting triggers, asset events, backfills."""
    for table in NEW_TABLES:
        op.execute(f"DROP TABLE {table}")
    for name in NEW_INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("DROP INDEX run_state")
    op.execute("CREATE INDEX run_state ON run (state)")
    for table, column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")


def _run(script: str) -> None:
    for statement in script.split(";"):
        if statement.strip():
            op.execute(statement)
