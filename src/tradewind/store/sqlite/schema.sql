-- The schema at head, for a new home. tests/store holds it equal to schema.py and to the migrations.
-- Instants are microseconds since 1970 (UTC). Plain data is msgpack, a DAG's summary JSON.
-- Deleting a run takes all its rows along. Row ids of runs are never used again, so that nobody who remembers one
-- writes into another run. Foreign keys are said per table: Alembic loses the ON DELETE of those said per column.

CREATE TABLE dag (
    dag_id TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    file TEXT NOT NULL,
    hash TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    is_paused INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    retired_at INTEGER,
    summary BLOB NOT NULL
);
CREATE TABLE dag_version (
    dag_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    spec BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (dag_id, hash)
);
CREATE TABLE import_error (
    id INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    file TEXT NOT NULL,
    message TEXT NOT NULL,
    line INTEGER NOT NULL,
    hint TEXT NOT NULL,
    traceback TEXT NOT NULL,
    dag_id TEXT,
    seen_at INTEGER NOT NULL
);
CREATE INDEX import_error_file ON import_error (root, file);

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    dag_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    state TEXT NOT NULL,
    run_type TEXT NOT NULL,
    logical_date INTEGER,
    data_interval_start INTEGER,
    data_interval_end INTEGER,
    run_after INTEGER NOT NULL,
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    running_since INTEGER,
    ended_at INTEGER,
    dag_hash TEXT NOT NULL,
    snapshot TEXT NOT NULL,
    conf BLOB NOT NULL,
    params BLOB NOT NULL,
    note TEXT NOT NULL,
    triggered_by TEXT NOT NULL,
    owner_id TEXT,
    owner_pid INTEGER,
    owner_host TEXT,
    epoch INTEGER NOT NULL DEFAULT 0,
    claimed_at INTEGER,
    UNIQUE (dag_id, run_id),
    UNIQUE (dag_id, logical_date)
);
CREATE INDEX run_state ON run (state);
CREATE INDEX run_dag ON run (dag_id, id);

CREATE TABLE expansion (
    run INTEGER NOT NULL,
    node_id TEXT NOT NULL,
    prefix TEXT NOT NULL,
    length INTEGER NOT NULL,
    PRIMARY KEY (run, node_id, prefix),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE task_instance (
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    state TEXT NOT NULL,
    try_id TEXT,
    try_number INTEGER NOT NULL,
    lost_count INTEGER NOT NULL,
    tries_before_clear INTEGER NOT NULL,
    due_at INTEGER,
    started_at INTEGER,
    ended_at INTEGER,
    label TEXT,
    why TEXT NOT NULL,
    PRIMARY KEY (run, task_id, map_path),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE try (
    try_id TEXT PRIMARY KEY,
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    number INTEGER NOT NULL,
    state TEXT NOT NULL,
    purpose TEXT NOT NULL,
    executor TEXT NOT NULL,
    pool TEXT NOT NULL,
    pool_slots INTEGER NOT NULL,
    log_path TEXT NOT NULL,
    queued_at INTEGER NOT NULL,
    started_at INTEGER,
    ended_at INTEGER,
    pid INTEGER,
    host TEXT,
    exit_code INTEGER,
    signal INTEGER,
    max_rss_bytes INTEGER,
    why TEXT NOT NULL DEFAULT '',
    error_type TEXT,
    error TEXT,
    traceback TEXT,
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX try_run ON try (run, task_id, map_path);
CREATE INDEX try_live ON try (pool) WHERE state IN ('queued', 'running');

CREATE TABLE xcom (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    path_key TEXT NOT NULL,
    key TEXT NOT NULL,
    try_id TEXT NOT NULL,
    length INTEGER,
    value BLOB NOT NULL,
    UNIQUE (run, task_id, path_key, key),
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE TABLE artifact_use (
    artifact TEXT NOT NULL,
    xcom INTEGER NOT NULL,
    PRIMARY KEY (artifact, xcom),
    FOREIGN KEY (xcom) REFERENCES xcom (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX artifact_use_xcom ON artifact_use (xcom);
CREATE TABLE artifact_garbage (
    artifact TEXT PRIMARY KEY
) WITHOUT ROWID;
CREATE TABLE value_read (
    try_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (try_id, hash),
    FOREIGN KEY (try_id) REFERENCES try (try_id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX value_read_hash ON value_read (hash);

CREATE TABLE metric (
    id INTEGER PRIMARY KEY,
    try_id TEXT NOT NULL,
    name TEXT NOT NULL,
    value REAL,
    step INTEGER,
    at INTEGER NOT NULL,
    FOREIGN KEY (try_id) REFERENCES try (try_id) ON DELETE CASCADE
);
CREATE INDEX metric_try ON metric (try_id);
CREATE TABLE progress (
    try_id TEXT PRIMARY KEY,
    done REAL,
    total REAL,
    message TEXT NOT NULL,
    at INTEGER NOT NULL,
    FOREIGN KEY (try_id) REFERENCES try (try_id) ON DELETE CASCADE
) WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    entity TEXT NOT NULL,
    task_id TEXT,
    map_path TEXT,
    try_id TEXT,
    old TEXT,
    new TEXT,
    why TEXT NOT NULL,
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX history_run ON history (run, task_id);

CREATE TABLE request (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    dag_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    payload BLOB NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX request_run ON request (dag_id, run_id);

CREATE TABLE variable (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    description TEXT
);
CREATE TABLE connection (
    conn_id TEXT PRIMARY KEY,
    secret TEXT NOT NULL
);
CREATE TABLE pool (
    name TEXT PRIMARY KEY,
    slots INTEGER NOT NULL,
    description TEXT NOT NULL,
    include_deferred INTEGER NOT NULL
);
