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
    summary BLOB NOT NULL,
    bundle TEXT NOT NULL DEFAULT '',
    bundle_version TEXT NOT NULL DEFAULT '',
    changed_at INTEGER NOT NULL DEFAULT 0,
    next_run_after INTEGER,
    next_logical_date INTEGER,
    next_interval_start INTEGER,
    next_interval_end INTEGER,
    last_interval_start INTEGER,
    last_interval_end INTEGER,
    held_why TEXT NOT NULL DEFAULT ''
);
CREATE INDEX dag_changed ON dag (changed_at);
CREATE INDEX dag_file_of ON dag (root, file);
CREATE INDEX dag_paused ON dag (dag_id) WHERE is_paused = 1;
CREATE TABLE dag_version (
    dag_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    spec BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    number INTEGER NOT NULL DEFAULT 0,
    snapshot TEXT NOT NULL DEFAULT '',
    bundle_version TEXT NOT NULL DEFAULT '',
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
    backfill_id INTEGER,
    partition_key TEXT,
    triggering_assets BLOB,
    UNIQUE (dag_id, run_id),
    UNIQUE (dag_id, logical_date)
);
CREATE INDEX run_state ON run (state, id);
CREATE INDEX run_state_dag ON run (state, dag_id, id);
CREATE INDEX run_dag ON run (dag_id, id);
CREATE INDEX run_after ON run (run_after);
CREATE INDEX run_logical ON run (logical_date);
CREATE INDEX run_waiting ON run (state, owner_id, dag_id, id, backfill_id)
WHERE state = 'queued' AND owner_id IS NULL;
CREATE INDEX run_busy ON run (dag_id, backfill_id)
WHERE (state = 'running' OR (state = 'queued' AND owner_id IS NOT NULL));
CREATE INDEX run_ended ON run (dag_id, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX run_undated ON run (dag_id, run_after) WHERE logical_date IS NULL;
CREATE INDEX run_claimed ON run (owner_id) WHERE owner_id IS NOT NULL;

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
CREATE INDEX task_instance_started ON task_instance (started_at) WHERE started_at IS NOT NULL;
CREATE INDEX task_instance_ended ON task_instance (ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX task_instance_unsettled ON task_instance (state, started_at) WHERE state != 'success';
CREATE INDEX task_instance_task ON task_instance (task_id, run, map_path);
CREATE INDEX task_instance_duration ON task_instance ((ended_at - started_at)) WHERE ended_at IS NOT NULL;

CREATE TABLE task_note (
    run INTEGER NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    note TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
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
    rendered BLOB,
    imported_at INTEGER,
    executed_at INTEGER,
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
    made_of BLOB,
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
    detail BLOB NOT NULL,
    hash TEXT NOT NULL DEFAULT ''
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_dag ON audit (dag_id, id);

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

CREATE TABLE account (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    roles BLOB NOT NULL,
    is_active INTEGER NOT NULL,
    comes_from TEXT NOT NULL,
    subject TEXT,
    password_hash TEXT NOT NULL,
    must_change_password INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER,
    UNIQUE (name),
    UNIQUE (subject)
);
CREATE TABLE role (
    name TEXT PRIMARY KEY,
    grants BLOB NOT NULL
) WITHOUT ROWID;
CREATE TABLE session (
    session_id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    address TEXT NOT NULL,
    agent TEXT NOT NULL,
    FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_seen ON session (seen_at);
CREATE TABLE api_token (
    token_id TEXT PRIMARY KEY,
    account INTEGER NOT NULL,
    kind TEXT NOT NULL,
    label TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    scopes BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    seen_at INTEGER,
    revoked_at INTEGER,
    FOREIGN KEY (account) REFERENCES account (id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX api_token_account ON api_token (account);
CREATE TABLE signin_failure (
    subject TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    failed_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE audit_chain (
    name TEXT PRIMARY KEY,
    first INTEGER NOT NULL,
    before TEXT NOT NULL,
    last INTEGER NOT NULL,
    head TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE journal (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    run INTEGER,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    dag_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    map_path TEXT NOT NULL,
    try_id TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    body BLOB NOT NULL,
    FOREIGN KEY (run) REFERENCES run (id) ON DELETE CASCADE
);
CREATE INDEX journal_name ON journal (kind, name, id);
CREATE INDEX journal_of_run ON journal (dag_id, run_id, kind, id);
CREATE INDEX journal_run ON journal (run) WHERE run IS NOT NULL;
CREATE TABLE cached (
    key TEXT PRIMARY KEY,
    dag_id TEXT NOT NULL,
    task_id TEXT NOT NULL,
    run_id TEXT NOT NULL,
    try_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    seconds REAL NOT NULL,
    parts BLOB NOT NULL,
    made BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX cached_task ON cached (dag_id, task_id, at);
