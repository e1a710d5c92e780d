// Made by `npm run types` from the server's OpenAPI document. Do not edit.
export interface paths {
    "/api/tradewind/v1/ask/{question}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A question of the command line, as msgpack
         * @description For `tradewind` with TRADEWIND_URL; other clients are served better by the other operations.
         */
        post: operations["tradewind_ask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/assets/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which tasks update which assets, and which DAGs they start */
        get: operations["tradewind_asset_graph"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people did, newest first. */
        get: operations["get_audit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two runs */
        get: operations["tradewind_compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/connections/{conn_id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of the last test of a connection */
        get: operations["tradewind_connection_test"];
        put?: never;
        /** Have a connection tried, as it is kept */
        post: operations["tradewind_test_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/costs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What DAGs took of the machine, day by day */
        get: operations["tradewind_costs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DAGs as cards, with their last runs */
        get: operations["tradewind_dags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A DAG with its arguments */
        get: operations["tradewind_dag"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Pause a DAG, or let it go on */
        patch: operations["tradewind_set_paused"];
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/calendar": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs by day, and those that the schedule will make */
        get: operations["tradewind_calendar"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/code": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a DAG, as a version had it */
        get: operations["tradewind_code"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/code/diff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changed between two versions of a DAG */
        get: operations["tradewind_code_diff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/durations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How long the last runs took, queued and running, task by task; oldest first */
        get: operations["tradewind_durations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/graph": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups, tasks, assets and what waits for what */
        get: operations["tradewind_graph"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/grid": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs, newest first, with the state of each of their tasks */
        get: operations["tradewind_grid"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/grid/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The instances of a mapped task in some runs, by index */
        get: operations["tradewind_grid_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A run, with its first failure */
        get: operations["tradewind_run"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** End a run: its tasks are stopped, the others never start */
        post: operations["tradewind_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let task instances run again; with `dry_run`, say which that would be */
        post: operations["tradewind_clear"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/fork": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start new runs from a task of this one, with the values of all tasks before it */
        post: operations["tradewind_fork"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The environment of a run, where it was forked from, which run it repeats */
        get: operations["tradewind_run_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/mark": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what became of a run, or of some of its task instances; with `dry_run`, say of which */
        post: operations["tradewind_mark"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All metrics of a run */
        get: operations["tradewind_run_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/note": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Write a note on a run */
        post: operations["tradewind_note"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/reproduce": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Run this run once more: with its code, params, conf, data interval and seeds, and without any cache */
        post: operations["tradewind_reproduce"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/reproduction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between this run and the one that it reproduces, in its environment and in each value */
        get: operations["tradewind_reproduction"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Task instances of a run, by task and index */
        get: operations["tradewind_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A task instance with its tries */
        get: operations["tradewind_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/answer": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Answer a question: once */
        post: operations["tradewind_answer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a try logged, checked, saved and took */
        get: operations["tradewind_try_journal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A window of a try's log */
        get: operations["tradewind_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The whole log as a file */
        get: operations["tradewind_log_download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/log/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Lines of a log that have a text, or at least a level */
        get: operations["tradewind_log_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The metrics of a task instance, of all its tries or of one */
        get: operations["tradewind_task_metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/resources": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CPU, memory and GPU that a try used over time */
        get: operations["tradewind_resources"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/values/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a value looks like: rows of a table with statistics of its columns, a corner of an array, a tree of JSON */
        get: operations["tradewind_value"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/values/{key}/raw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The bytes of a value; shown by browsers only where it is a picture */
        get: operations["tradewind_value_bytes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a task instance waits for, since when, and who has it; or where its time went */
        get: operations["tradewind_why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** When each try was queued, ran and ended */
        get: operations["tradewind_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/values": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a run, by task */
        get: operations["tradewind_values"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/trigger": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Queue a run by hand: it exists when this returns */
        post: operations["tradewind_trigger"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/dags/{dag_id}/trigger-form": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a run by hand asks for */
        get: operations["tradewind_trigger_form"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/experiments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs with their params and last metrics, newest first */
        get: operations["tradewind_experiments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/home": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What runs now, what failed, what is late, what waits for people, what comes next */
        get: operations["tradewind_home"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/AliasMoved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** AliasMoved: `champion`, `challenger`, `archived` or another alias points to another version. Named as the model. */
        get: operations["tradewind_journal_AliasMoved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/CacheOutcome": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CacheOutcome: Of a try of a task with `cache=`: whether it was skipped, and if not, why not. Named as the task. */
        get: operations["tradewind_journal_CacheOutcome"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/CheckpointSaved": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** CheckpointSaved: Of a try. Named as the checkpoint. */
        get: operations["tradewind_journal_CheckpointSaved"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/DataChecked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DataChecked: Named as the schema or contract. */
        get: operations["tradewind_journal_DataChecked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/Deployed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Deployed: Named as the model. */
        get: operations["tradewind_journal_Deployed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/DriftReport": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DriftReport: Named as the monitor. */
        get: operations["tradewind_journal_DriftReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/Environment": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Environment: Of a run, once: where it ran. Named "". */
        get: operations["tradewind_journal_Environment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/files/{entry_id}/{artifact}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file that an entry of the journal names; pages run no scripts, what is no page and no picture is downloaded */
        get: operations["tradewind_journal_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/Forked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Forked: Of the new run. Named as the run that it was forked from. */
        get: operations["tradewind_journal_Forked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/GateDecision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** GateDecision: Named as the model, or as the task where no model is named. */
        get: operations["tradewind_journal_GateDecision"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/LoggedArtifact": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** LoggedArtifact: A figure, table, file or model that a try logged. Named as the artifact. */
        get: operations["tradewind_journal_LoggedArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/LoggedParams": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** LoggedParams: Params of a model or training that a try logged (`ml.log_params`). Named "". */
        get: operations["tradewind_journal_LoggedParams"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/ModelVersion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ModelVersion: A version put into the registry, with what made it. Named as the model. */
        get: operations["tradewind_journal_ModelVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/NotebookRun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** NotebookRun: Named as the notebook's file. */
        get: operations["tradewind_journal_NotebookRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/PerformanceChecked": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** PerformanceChecked: A model on labelled feedback. Named as the monitor. */
        get: operations["tradewind_journal_PerformanceChecked"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/ReferenceSet": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ReferenceSet: Data that later data is compared with: a sample of it. Named as the reference. */
        get: operations["tradewind_journal_ReferenceSet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/Reproduced": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Reproduced: Of the run that repeats another. Named as that run's id. */
        get: operations["tradewind_journal_Reproduced"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/RetryChanged": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** RetryChanged: Of a try that failed, or of the one after a try that could not say so: what the next try has otherwise, and why. */
        get: operations["tradewind_journal_RetryChanged"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/SweepEnded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SweepEnded: Named as the sweep. */
        get: operations["tradewind_journal_SweepEnded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/SweepStarted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** SweepStarted: Named as the sweep: "dag_id/run_id/group". */
        get: operations["tradewind_journal_SweepStarted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/TrackedRun": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TrackedRun: A run or a try in MLflow. Named "". */
        get: operations["tradewind_journal_TrackedRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/TrialEnded": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TrialEnded: Named as the sweep. */
        get: operations["tradewind_journal_TrialEnded"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/TrialNoted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TrialNoted: What a pruner keeps with a trial that runs. Named as the sweep. */
        get: operations["tradewind_journal_TrialNoted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/TrialStarted": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TrialStarted: A trial has its parameters; every further try of it takes them up again. Named as the sweep. */
        get: operations["tradewind_journal_TrialStarted"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/TryUsage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** TryUsage: What a try took of the machine, from its start to its end. Named as the task. */
        get: operations["tradewind_journal_TryUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/journal/ValueProfile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** ValueProfile: Of a DataFrame that a try handed on. Named as the XCom key. */
        get: operations["tradewind_journal_ValueProfile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens, as it happens: server-sent events
         * @description Each event's data is a LiveEvent. After a break the browser sends the id of the last event it had, and the stream
         *         goes on from there; `reset` means that too much was missed: load everything again.
         */
        get: operations["tradewind_live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/live/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A log as it is written: server-sent events, each with a LogPage; the last says that it has ended */
        get: operations["tradewind_live_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who calls, and what they may. */
        get: operations["get_me"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Change one's own password. All other sessions and login tokens of this user are over. */
        post: operations["change_password"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/me/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One's own tokens, newest first. */
        get: operations["list_own_tokens"];
        put?: never;
        /** Make a token for oneself; it is shown this once. It can never do more than its user, whatever its scopes say. */
        post: operations["create_own_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/me/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke one of one's own tokens. */
        delete: operations["revoke_own_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Registered models, by name */
        get: operations["tradewind_models"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/models/{model}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A registered model with its history */
        get: operations["tradewind_model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/models/{model}/alias": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let an alias (`champion`, …) mean a version; 409 where it means another than `expected` by now */
        post: operations["tradewind_move_alias"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/models/{model}/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Back to the champion before this one */
        post: operations["tradewind_roll_back"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/models/{model}/versions/{version}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a version was made of: values, tasks, code */
        get: operations["tradewind_model_lineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/oidc/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Back from the provider: begins a session. */
        get: operations["oidc_callback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/oidc/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To the provider's sign-in page. */
        get: operations["oidc_start"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pools, and who holds their slots, the longest first */
        get: operations["tradewind_pools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/roles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All roles with what they grant and how many have them. */
        get: operations["list_roles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/roles/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make or change a role. Whoever makes it cannot put into it what they may not do themselves. */
        put: operations["set_role"];
        post?: never;
        /** Delete a role; users lose it. */
        delete: operations["delete_role"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whatever has this in its name */
        get: operations["tradewind_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Begin a session of a browser: sets the cookies. */
        post: operations["sign_in"];
        /** End this session: its cookie opens nothing any more, wherever it is. */
        delete: operations["sign_out"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every setting: its value, where that comes from, what it means */
        get: operations["tradewind_settings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the sign-in page offers. */
        get: operations["sign_in_options"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everybody's tokens, newest first. */
        get: operations["list_tokens"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/tokens/{token_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke anybody's token. */
        delete: operations["revoke_token"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All users, by name. */
        get: operations["list_users"];
        put?: never;
        /** Make a user who signs in with a password. Without one in the body, one is made and shown this once. */
        post: operations["create_user"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/users/{user_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a user, with sessions and tokens. What they did stays in the audit. */
        delete: operations["delete_user"];
        options?: never;
        head?: never;
        /** Change e-mail, roles, password, or close the account. A new password signs the user out everywhere. */
        patch: operations["change_user"];
        trace?: never;
    };
    "/api/tradewind/v1/values/{hash}/lineage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which tries wrote these bytes, and which read them */
        get: operations["tradewind_lineage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tradewind/v1/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions that are open, the oldest first; or those that were answered, the last one first */
        get: operations["tradewind_waiting"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assets. */
        get: operations["get_assets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One asset. */
        get: operations["get_asset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/materialize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Start a run of the DAG that makes an asset. */
        post: operations["materialize_asset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DAGs that wait with events of an asset. */
        get: operations["get_asset_queued_events"];
        put?: never;
        post?: never;
        /** Forget an asset's events that DAGs wait with. */
        delete: operations["delete_asset_queued_events"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/state-store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What an asset's tasks remember of it. */
        get: operations["list_asset_state_store"];
        put?: never;
        post?: never;
        /** Forget all values of an asset. */
        delete: operations["clear_asset_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/{asset_id}/state-store/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One value that is remembered of an asset. */
        get: operations["get_asset_state_store"];
        /** Remember a value of an asset. */
        put: operations["set_asset_state_store"];
        post?: never;
        /** Forget a value of an asset. */
        delete: operations["delete_asset_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/aliases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Aliases under which tasks say at run time which assets they have updated. */
        get: operations["get_asset_aliases"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/aliases/{asset_alias_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One alias. */
        get: operations["get_asset_alias"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/assets/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What has updated assets, and the runs it started. */
        get: operations["get_asset_events"];
        put?: never;
        /** Say that something outside has updated an asset: DAGs that wait for it start. */
        post: operations["create_asset_event"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** To the sign-in page. */
        get: operations["login"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** End the browser's session, and to the sign-in page. */
        get: operations["logout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Backfills, of one DAG or of all. */
        get: operations["list_backfills"];
        put?: never;
        /** Run a DAG for the dates of its schedule between two instants; the scheduler makes the runs. */
        post: operations["create_backfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One backfill. */
        get: operations["get_backfill"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** End it: runs that wait are dropped, those that have begun finish. */
        put: operations["cancel_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Start no more of its runs. */
        put: operations["pause_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/{backfill_id}/unpause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Let it go on. */
        put: operations["unpause_backfill"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/backfills/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The dates that a backfill would run, and nothing is done. */
        post: operations["create_backfill_dry_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings, without what is secret: as JSON, or as text for `Accept: text/plain`. */
        get: operations["get_config"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/config/section/{section}/option/{option}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One setting. */
        get: operations["get_config_value"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Connections, by id, without what is secret of them. */
        get: operations["get_connections"];
        put?: never;
        /** Make a connection. */
        post: operations["post_connection"];
        delete?: never;
        options?: never;
        head?: never;
        /** Make, change and delete many connections. */
        patch: operations["bulk_connections"];
        trace?: never;
    };
    "/api/v2/connections/{connection_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One connection, without what is secret of it. */
        get: operations["get_connection"];
        put?: never;
        post?: never;
        /** Delete a connection. */
        delete: operations["delete_connection"];
        options?: never;
        head?: never;
        /** Change a connection: the fields of the body, or those of them that `update_mask` names. */
        patch: operations["patch_connection"];
        trace?: never;
    };
    "/api/v2/connections/defaults": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the connections that examples and hooks mean where none is named; those that exist stay as they are. */
        post: operations["create_default_connections"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections/enqueue-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What came of a test; its token is in the header Airflow-Connection-Test-Token. */
        get: operations["get_connection_test"];
        put?: never;
        /** Have a connection tried meanwhile; its token leads to the outcome. */
        post: operations["enqueue_connection_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/connections/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Log in with a connection as it is sent, in a process of its own; masked secrets are those that are kept. */
        post: operations["test_connection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DAGs, by id. */
        get: operations["get_dags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Pause or let go the DAGs that the filters let through, as many as `limit` says. `dag_id_pattern=~`: any. */
        patch: operations["patch_dags"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One DAG. */
        get: operations["get_dag"];
        put?: never;
        post?: never;
        /** Delete a DAG with its runs, their logs and values. While its file is there, it comes back when that is parsed. */
        delete: operations["delete_dag"];
        options?: never;
        head?: never;
        /** Pause a DAG, or let it go on. */
        patch: operations["patch_dag"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/assets/{asset_id}/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The event of one asset that a DAG waits with. */
        get: operations["get_dag_asset_queued_event"];
        put?: never;
        post?: never;
        /** Forget the events of one asset that a DAG waits with. */
        delete: operations["delete_dag_asset_queued_event"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/assets/queuedEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Assets whose events a DAG waits with. */
        get: operations["get_dag_asset_queued_events"];
        put?: never;
        post?: never;
        /** Forget all events that a DAG waits with. */
        delete: operations["delete_dag_asset_queued_events"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearDagRuns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The same of many runs: those that are named, or those of a partition. */
        post: operations["clear_dag_runs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearPartitions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Not here: a run keeps the partition key that it was made with. */
        post: operations["clear_dag_run_partitions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/clearTaskInstances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let task instances run again; with `dry_run` (the default) say which that would be. */
        post: operations["post_clear_task_instances"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Runs of a DAG, or of all where its id is `~`. */
        get: operations["get_dag_runs"];
        put?: never;
        /** Start a run of a DAG. It waits for a scheduler, and for the DAG where that is paused. */
        post: operations["trigger_dag_run"];
        delete?: never;
        options?: never;
        head?: never;
        /** Change and delete many runs, of one DAG or (`~`) of many. */
        patch: operations["bulk_dag_runs"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One run. */
        get: operations["get_dag_run"];
        put?: never;
        post?: never;
        /** Delete a run: its history, logs, and the values that only it used. */
        delete: operations["delete_dag_run"];
        options?: never;
        head?: never;
        /** Mark a run as a success or failed, have what failed of it run again, or write a note on it. */
        patch: operations["patch_dag_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/clear": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let all of a run, or what failed of it, run again; with `dry_run` (the default) say what that would be. */
        post: operations["clear_dag_run"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/hitlDetails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Questions of a run, or (`~`) of all; answered ones, too. */
        get: operations["get_hitl_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskGroupInstances/{group_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** The same of all task instances of a task group. */
        patch: operations["patch_task_group_instances"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskGroupInstances/{group_id}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** What that would mark. */
        patch: operations["patch_task_group_instances_dry_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Task instances of a run; of all runs of a DAG, or of all DAGs, where ids are `~`. */
        get: operations["get_task_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Mark and note many task instances, of one run or (`~`) of many. */
        patch: operations["bulk_task_instances"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task instance that is not mapped. */
        get: operations["get_task_instance"];
        put?: never;
        post?: never;
        /** Not here: a task instance belongs to its run and is not deleted alone. */
        delete: operations["delete_task_instance"];
        options?: never;
        head?: never;
        /** Mark a task instance as a success, failed or skipped, or write a note on it; of a mapped task all, or one. */
        patch: operations["patch_task_instance"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One instance of a mapped task. */
        get: operations["get_mapped_task_instance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** The same of one instance of a mapped task; -1: of a task that is not mapped. */
        patch: operations["patch_task_instance_by_map_index"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What keeps an instance of a mapped task from running. */
        get: operations["get_task_instance_dependencies_by_map_index"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** What that would mark. */
        patch: operations["patch_task_instance_dry_run_by_map_index"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The question of one task instance. */
        get: operations["get_hitl_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** Answer a question: once. */
        patch: operations["update_hitl_detail"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/hitlDetails/tries/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The question that one try of a task instance asked. Only the last one's is kept. */
        get: operations["get_hitl_detail_try_detail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every try of an instance of a mapped task. */
        get: operations["get_mapped_task_instance_tries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/{map_index}/tries/{task_try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One try of an instance of a mapped task. */
        get: operations["get_mapped_task_instance_try_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dependencies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What keeps a task instance from running. */
        get: operations["get_task_instance_dependencies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/dry_run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /** What that would mark. */
        patch: operations["patch_task_instance_dry_run"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/externalLogUrl/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Where else the log of a try is: nowhere. */
        get: operations["get_external_log_url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Links of an operator to the outside. They are made by users' code, which never runs here: there are none. */
        get: operations["get_extra_links"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/listMapped": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Instances of a mapped task. */
        get: operations["get_mapped_task_instances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/logs/{try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The log of a try: as JSON a page at a time, as `application/x-ndjson` or `text/plain` the whole. */
        get: operations["get_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a task instance remembers. */
        get: operations["list_task_state_store"];
        put?: never;
        post?: never;
        /** Have a task instance, or all of a mapped task, forget everything. */
        delete: operations["clear_task_state_store"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store/{key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One value that a task instance remembers. */
        get: operations["get_task_state_store"];
        /** Have a task instance remember a value. */
        put: operations["set_task_state_store"];
        post?: never;
        /** Have a task instance forget a value. */
        delete: operations["delete_task_state_store"];
        options?: never;
        head?: never;
        /** Change a value that a task instance remembers. */
        patch: operations["patch_task_state_store"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every try of a task instance, the oldest first. */
        get: operations["get_task_instance_tries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/tries/{task_try_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One try of a task instance. */
        get: operations["get_task_instance_try_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Values of a task, of all tasks of a run, of all runs: ids may be `~`. */
        get: operations["get_xcom_entries"];
        put?: never;
        /** Give a task instance a value under a key that it has none of. */
        post: operations["create_xcom_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/xcomEntries/{xcom_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One value: JSON as it is, text as it is, anything else by its preview. */
        get: operations["get_xcom_entry"];
        put?: never;
        post?: never;
        /** Take a value of a task instance away. */
        delete: operations["delete_xcom_entry"];
        options?: never;
        head?: never;
        /** Put another value in the place of a task instance's. */
        patch: operations["update_xcom_entry"];
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Task instances of many runs. */
        post: operations["get_task_instances_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/upstreamAssetEvents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The events of assets that started a run. */
        get: operations["get_upstream_asset_events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/wait": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A line of JSON at each look at the run, until it has ended. */
        get: operations["wait_dag_run_until_finished"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagRuns/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Runs of many DAGs. */
        post: operations["get_list_dag_runs_batch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagVersions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Versions of a DAG, or of all where its id is `~`. */
        get: operations["get_dag_versions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/dagVersions/{version_number}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a DAG. */
        get: operations["get_dag_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One DAG with what its newest version says. */
        get: operations["get_dag_details"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/favorite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Not here: the server keeps no favourites. */
        post: operations["favorite_dag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tasks of a DAG. */
        get: operations["get_tasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/tasks/{task_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One task of a DAG. */
        get: operations["get_task"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dags/{dag_id}/unfavorite": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Not here: the server keeps no favourites. */
        post: operations["unfavorite_dag"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagSources/{dag_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file of a DAG as a version had it: as JSON, or as `text/plain`. */
        get: operations["get_dag_source"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagStats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How many runs each DAG has in each state. */
        get: operations["get_dag_stats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagTags": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tags of the DAGs that there are. */
        get: operations["get_dag_tags"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/dagWarnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** DAGs with tasks in pools that do not exist: these tasks wait. */
        get: operations["list_dag_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/eventLogs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What people did, in the order they did it. */
        get: operations["get_event_logs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/eventLogs/{event_log_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One thing that somebody did. */
        get: operations["get_event_log"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/importErrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with DAG files. */
        get: operations["get_import_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/importErrors/{import_error_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One import error. */
        get: operations["get_import_error"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Processes of the service and runs from the command line, with their last sign of life. */
        get: operations["get_jobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/monitor/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether each part of the service lives. */
        get: operations["get_health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/parseDagFile/{file_token}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Have a DAG file parsed again at once. `file_token`: of one of its DAGs. */
        put: operations["reparse_dag_file"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/plugins": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plugins: there are none, since no code of a user's runs in this process. */
        get: operations["get_plugins"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/plugins/importErrors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Plugins that could not be imported: none is tried. */
        get: operations["import_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Pools, by name. */
        get: operations["get_pools"];
        put?: never;
        /** Make a pool. */
        post: operations["post_pool"];
        delete?: never;
        options?: never;
        head?: never;
        /** Make, change and delete many pools. */
        patch: operations["bulk_pools"];
        trace?: never;
    };
    "/api/v2/pools/{pool_name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pool. */
        get: operations["get_pool"];
        put?: never;
        post?: never;
        /** Delete a pool. */
        delete: operations["delete_pool"];
        options?: never;
        head?: never;
        /** Change a pool: the fields of the body, or those of them that `update_mask` names. */
        patch: operations["patch_pool"];
        trace?: never;
    };
    "/api/v2/providers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Airflow's provider packages that are installed here; their hooks and operators work in DAG files. */
        get: operations["get_providers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/variables": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Variables, by key. */
        get: operations["get_variables"];
        put?: never;
        /** Make a variable. */
        post: operations["post_variable"];
        delete?: never;
        options?: never;
        head?: never;
        /** Make, change and delete many variables. */
        patch: operations["bulk_variables"];
        trace?: never;
    };
    "/api/v2/variables/{variable_key}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One variable. */
        get: operations["get_variable"];
        put?: never;
        post?: never;
        /** Delete a variable. */
        delete: operations["delete_variable"];
        options?: never;
        head?: never;
        /** Change a variable: the fields of the body, or those of them that `update_mask` names. */
        patch: operations["patch_variable"];
        trace?: never;
    };
    "/api/v2/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Version of this server. */
        get: operations["get_version"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for a name and a password, for a day: Airflow's way in for its clients. */
        post: operations["create_token"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token/cli": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A token for a name and a password, for a day: Airflow's way in for its clients. */
        post: operations["create_token_cli"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * AccessControl
         * @description Teams do not exist here; it is read and changes nothing.
         */
        AccessControl: {
            /** @default true */
            allow_global?: boolean;
            /** @default null */
            consumer_teams?: string[] | null;
        };
        /**
         * AliasMoved
         * @description `champion`, `challenger`, `archived` or another alias points to another version. Named as the model.
         */
        AliasMoved: {
            alias: string;
            /** @default false */
            is_rollback?: boolean;
            /** @default  */
            old_version?: string;
            /** @default  */
            reason?: string;
            version: string;
        };
        /** AliasWish */
        AliasWish: {
            alias: string;
            /** @default null */
            expected?: string | null;
            /** @default  */
            reason?: string;
            version: string;
        };
        /** AnswerBody */
        AnswerBody: {
            /** @default [] */
            chosen?: string[];
            /** @default {} */
            params_input?: {
                [key: string]: unknown;
            };
        };
        /** Answered */
        Answered: {
            chosen: string[];
            params_input: {
                [key: string]: unknown;
            };
        };
        /**
         * ApiServerStatus
         * @description Of the process with the latest sign of life; Airflow has no such field, and its clients pass over it.
         */
        ApiServerStatus: {
            latest_api_server_heartbeat: string | null;
            status: string | null;
        };
        /** ArrayPreview */
        ArrayPreview: {
            dtype: string;
            /** @default [] */
            overview?: unknown[];
            shape: number[];
            stats: components["schemas"]["ColumnStats"] | null;
            values: unknown[];
        };
        /** AskBody */
        AskBody: {
            /** @default gA== */
            arguments?: string;
        };
        /** AskLine */
        AskLine: {
            asked_at: string;
            dag_id: string;
            map_path: number[];
            respond_by: string | null;
            run_id: string;
            subject: string;
            task_id: string;
        };
        /** AssetAliasCollection */
        AssetAliasCollection: {
            asset_aliases: components["schemas"]["AssetAliasResponse"][];
            total_entries: number;
        };
        /** AssetAliasResponse */
        AssetAliasResponse: {
            /** @default asset */
            group?: string;
            id: number;
            name: string;
        };
        /** AssetCollection */
        AssetCollection: {
            assets: components["schemas"]["AssetResponse"][];
            total_entries: number;
        };
        /** AssetEdge */
        AssetEdge: {
            source: string;
            target: string;
        };
        /** AssetEventCollection */
        AssetEventCollection: {
            asset_events: components["schemas"]["AssetEventResponse"][];
            /** @default null */
            next_cursor?: string | null;
            /** @default null */
            previous_cursor?: string | null;
            total_entries: number;
        };
        /** AssetEventResponse */
        AssetEventResponse: {
            asset_id: number;
            created_dagruns: components["schemas"]["RunReference"][];
            extra: {
                [key: string]: unknown;
            };
            group: string;
            id: number;
            name: string;
            partition_key: string | null;
            source_dag_id: string | null;
            source_map_index: number;
            source_run_id: string | null;
            source_task_id: string | null;
            timestamp: string;
            uri: string;
        };
        /** AssetGraph */
        AssetGraph: {
            edges: components["schemas"]["AssetEdge"][];
            nodes: components["schemas"]["AssetNode"][];
        };
        /** AssetNode */
        AssetNode: {
            /** @default  */
            group?: string;
            id: string;
            kind: string;
            label: string;
            /** @default null */
            last_event_at?: string | null;
            /** @default  */
            state?: string;
            /** @default  */
            uri?: string;
        };
        /** AssetResponse */
        AssetResponse: {
            aliases: components["schemas"]["AssetAliasResponse"][];
            consuming_tasks: components["schemas"]["TaskReference"][];
            created_at: string;
            extra: {
                [key: string]: unknown;
            };
            group: string;
            id: number;
            last_asset_event: components["schemas"]["LastAssetEvent"] | null;
            name: string;
            producing_tasks: components["schemas"]["TaskReference"][];
            scheduled_dags: components["schemas"]["DagReference"][];
            updated_at: string;
            uri: string;
            watchers: components["schemas"]["AssetWatcher"][];
        };
        /** AssetStateStoreBody */
        AssetStateStoreBody: {
            value: unknown;
        };
        /** AssetStateStoreCollection */
        AssetStateStoreCollection: {
            asset_state_store: components["schemas"]["AssetStateStoreResponse"][];
            total_entries: number;
        };
        /** AssetStateStoreResponse */
        AssetStateStoreResponse: {
            key: string;
            /** @default null */
            last_updated_by?: null;
            updated_at: string;
            value: unknown;
        };
        /** AssetWatcher */
        AssetWatcher: {
            created_date: string;
            name: string;
            trigger_id: number;
        };
        /** AsyncConnectionTest */
        AsyncConnectionTest: {
            connection_id: string;
            created_at: string;
            result_message: string | null;
            state: string;
            token: string;
        };
        /** AuditLine */
        AuditLine: {
            action: string;
            at: string;
            dag_id: string | null;
            detail: {
                [key: string]: unknown;
            };
            number: number;
            run_id: string | null;
            task_id: string | null;
            who: string;
        };
        /** AuditPage */
        AuditPage: {
            chain_is_whole: boolean;
            chain_why: string;
            lines: components["schemas"]["AuditLine"][];
            next_cursor: string | null;
            total: number;
        };
        /** BackfillCollection */
        BackfillCollection: {
            backfills: components["schemas"]["BackfillResponse"][];
            total_entries: number;
        };
        /** BackfillPostBody */
        BackfillPostBody: {
            dag_id: string;
            /** @default null */
            dag_run_conf?: {
                [key: string]: unknown;
            } | null;
            from_date: string;
            /** @default 10 */
            max_active_runs?: number;
            /**
             * @default none
             * @enum {unknown}
             */
            reprocess_behavior?: "completed" | "failed" | "none";
            /** @default false */
            run_backwards?: boolean;
            /** @default null */
            run_on_latest_version?: boolean | null;
            to_date: string;
        };
        /** BackfillResponse */
        BackfillResponse: {
            completed_at: string | null;
            created_at: string;
            dag_display_name: string;
            dag_id: string;
            dag_run_conf: {
                [key: string]: unknown;
            };
            from_date: string;
            id: number;
            is_paused: boolean;
            max_active_runs: number;
            /** @enum {unknown} */
            reprocess_behavior: "completed" | "failed" | "none";
            to_date: string;
            updated_at: string;
        };
        /**
         * Bar
         * @description One try in the timeline.
         */
        Bar: {
            /** @default null */
            ended_at?: string | null;
            map_path: number[];
            queued_at: string;
            /** @default null */
            started_at?: string | null;
            state: string;
            task_id: string;
            try_number: number;
        };
        /** BulkAnswer */
        BulkAnswer: {
            /** @default null */
            create?: components["schemas"]["BulkOutcome"] | null;
            /** @default null */
            delete?: components["schemas"]["BulkOutcome"] | null;
            /** @default null */
            update?: components["schemas"]["BulkOutcome"] | null;
        };
        /** BulkBody[BulkDAGRunBody] */
        BulkBody_BulkDAGRunBody_: {
            actions: (components["schemas"]["BulkCreate_BulkDAGRunBody_"] | components["schemas"]["BulkUpdate_BulkDAGRunBody_"] | components["schemas"]["BulkDelete_BulkDAGRunBody_"])[];
        };
        /** BulkBody[BulkTaskInstanceBody] */
        BulkBody_BulkTaskInstanceBody_: {
            actions: (components["schemas"]["BulkCreate_BulkTaskInstanceBody_"] | components["schemas"]["BulkUpdate_BulkTaskInstanceBody_"] | components["schemas"]["BulkDelete_BulkTaskInstanceBody_"])[];
        };
        /** BulkBody[ConnectionBody] */
        BulkBody_ConnectionBody_: {
            actions: (components["schemas"]["BulkCreate_ConnectionBody_"] | components["schemas"]["BulkUpdate_ConnectionBody_"] | components["schemas"]["BulkDelete_ConnectionBody_"])[];
        };
        /** BulkBody[PoolBody] */
        BulkBody_PoolBody_: {
            actions: (components["schemas"]["BulkCreate_PoolBody_"] | components["schemas"]["BulkUpdate_PoolBody_"] | components["schemas"]["BulkDelete_PoolBody_"])[];
        };
        /** BulkBody[VariableBody] */
        BulkBody_VariableBody_: {
            actions: (components["schemas"]["BulkCreate_VariableBody_"] | components["schemas"]["BulkUpdate_VariableBody_"] | components["schemas"]["BulkDelete_VariableBody_"])[];
        };
        /** BulkCreate[BulkDAGRunBody] */
        BulkCreate_BulkDAGRunBody_: {
            /** @enum {unknown} */
            action: "create";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_existence?: "fail" | "overwrite" | "skip";
            entities: components["schemas"]["BulkDAGRunBody"][];
        };
        /** BulkCreate[BulkTaskInstanceBody] */
        BulkCreate_BulkTaskInstanceBody_: {
            /** @enum {unknown} */
            action: "create";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_existence?: "fail" | "overwrite" | "skip";
            entities: components["schemas"]["BulkTaskInstanceBody"][];
        };
        /** BulkCreate[ConnectionBody] */
        BulkCreate_ConnectionBody_: {
            /** @enum {unknown} */
            action: "create";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_existence?: "fail" | "overwrite" | "skip";
            entities: components["schemas"]["ConnectionBody"][];
        };
        /** BulkCreate[PoolBody] */
        BulkCreate_PoolBody_: {
            /** @enum {unknown} */
            action: "create";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_existence?: "fail" | "overwrite" | "skip";
            entities: components["schemas"]["PoolBody"][];
        };
        /** BulkCreate[VariableBody] */
        BulkCreate_VariableBody_: {
            /** @enum {unknown} */
            action: "create";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_existence?: "fail" | "overwrite" | "skip";
            entities: components["schemas"]["VariableBody"][];
        };
        /** BulkDAGRunBody */
        BulkDAGRunBody: {
            dag_id?: string | null;
            dag_run_id: string;
            note?: string | null;
            state?: ("failed" | "queued" | "success") | null;
        };
        /** BulkDAGRunClearBody */
        BulkDAGRunClearBody: {
            /** @default null */
            dag_runs?: components["schemas"]["BulkDAGRunBody"][] | null;
            /** @default true */
            dry_run?: boolean;
            note?: string | null;
            /** @default false */
            only_failed?: boolean;
            /** @default false */
            only_new?: boolean;
            /** @default null */
            partition_date_end?: string | null;
            /** @default null */
            partition_date_start?: string | null;
            /** @default null */
            partition_key?: string | null;
            /** @default null */
            run_on_latest_version?: boolean | null;
        };
        /** BulkDelete[BulkDAGRunBody] */
        BulkDelete_BulkDAGRunBody_: {
            /** @enum {unknown} */
            action: "delete";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: (string | components["schemas"]["BulkDAGRunBody"])[];
        };
        /** BulkDelete[BulkTaskInstanceBody] */
        BulkDelete_BulkTaskInstanceBody_: {
            /** @enum {unknown} */
            action: "delete";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: (string | components["schemas"]["BulkTaskInstanceBody"])[];
        };
        /** BulkDelete[ConnectionBody] */
        BulkDelete_ConnectionBody_: {
            /** @enum {unknown} */
            action: "delete";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: (string | components["schemas"]["ConnectionBody"])[];
        };
        /** BulkDelete[PoolBody] */
        BulkDelete_PoolBody_: {
            /** @enum {unknown} */
            action: "delete";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: (string | components["schemas"]["PoolBody"])[];
        };
        /** BulkDelete[VariableBody] */
        BulkDelete_VariableBody_: {
            /** @enum {unknown} */
            action: "delete";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: (string | components["schemas"]["VariableBody"])[];
        };
        /** BulkError */
        BulkError: {
            error: string;
            status_code: number;
        };
        /** BulkOutcome */
        BulkOutcome: {
            /** @default [] */
            errors?: components["schemas"]["BulkError"][];
            /** @default [] */
            success?: string[];
        };
        /** BulkTaskInstanceBody */
        BulkTaskInstanceBody: {
            dag_id?: string | null;
            dag_run_id?: string | null;
            /** @default false */
            include_downstream?: boolean;
            /** @default false */
            include_future?: boolean;
            /** @default false */
            include_past?: boolean;
            /** @default false */
            include_upstream?: boolean;
            /** @default null */
            map_index?: number | null;
            new_state?: ("awaiting_input" | "deferred" | "failed" | "queued" | "removed" | "restarting" | "running" | "scheduled" | "skipped" | "success" | "up_for_reschedule" | "up_for_retry" | "upstream_failed") | null;
            note?: string | null;
            task_id: string;
        };
        /** BulkUpdate[BulkDAGRunBody] */
        BulkUpdate_BulkDAGRunBody_: {
            /** @enum {unknown} */
            action: "update";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: components["schemas"]["BulkDAGRunBody"][];
            /** @default null */
            update_mask?: string[] | null;
        };
        /** BulkUpdate[BulkTaskInstanceBody] */
        BulkUpdate_BulkTaskInstanceBody_: {
            /** @enum {unknown} */
            action: "update";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: components["schemas"]["BulkTaskInstanceBody"][];
            /** @default null */
            update_mask?: string[] | null;
        };
        /** BulkUpdate[ConnectionBody] */
        BulkUpdate_ConnectionBody_: {
            /** @enum {unknown} */
            action: "update";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: components["schemas"]["ConnectionBody"][];
            /** @default null */
            update_mask?: string[] | null;
        };
        /** BulkUpdate[PoolBody] */
        BulkUpdate_PoolBody_: {
            /** @enum {unknown} */
            action: "update";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: components["schemas"]["PoolBody"][];
            /** @default null */
            update_mask?: string[] | null;
        };
        /** BulkUpdate[VariableBody] */
        BulkUpdate_VariableBody_: {
            /** @enum {unknown} */
            action: "update";
            /**
             * @default fail
             * @enum {unknown}
             */
            action_on_non_existence?: "fail" | "skip";
            entities: components["schemas"]["VariableBody"][];
            /** @default null */
            update_mask?: string[] | null;
        };
        /**
         * CacheOutcome
         * @description Of a try of a task with `cache=`: whether it was skipped, and if not, why not. Named as the task.
         */
        CacheOutcome: {
            /** @default [] */
            changed?: string[];
            /**
             * @default
             * @enum {unknown}
             */
            checked?: "" | "different" | "same";
            /** @default  */
            detail?: string;
            /** @default  */
            from_dag_id?: string;
            /** @default  */
            from_run_id?: string;
            /** @default  */
            from_try_id?: string;
            is_hit: boolean;
            key: string;
            /** @default 0 */
            saved_seconds?: number;
            /** @default  */
            why?: string;
        };
        /** CalendarDay */
        CalendarDay: {
            counts: {
                [key: string]: number;
            };
            /** Format: date */
            day: string;
        };
        /** CheckFailure */
        CheckFailure: {
            check: string;
            column: string;
            /** @default [] */
            examples?: string[];
            failed_rows: number;
        };
        /**
         * CheckpointSaved
         * @description Of a try. Named as the checkpoint.
         */
        CheckpointSaved: {
            /** @default  */
            resumed_from_try?: string;
            size_bytes: number;
            step: number | null;
            url: string;
        };
        /** ClearBody */
        ClearBody: {
            /** @default true */
            downstream?: boolean;
            /** @default true */
            dry_run?: boolean;
            /** @default false */
            future?: boolean;
            /** @default false */
            only_failed?: boolean;
            /** @default false */
            past?: boolean;
            /** @default [] */
            tasks?: [
                string,
                number[]
            ][];
            /** @default false */
            upstream?: boolean;
            /** @default  */
            why?: string;
            /** @default false */
            with_newest_code?: boolean;
        };
        /** ClearTaskInstancesBody */
        ClearTaskInstancesBody: {
            /** @default null */
            dag_run_id?: string | null;
            /** @default true */
            dry_run?: boolean;
            /** @default null */
            end_date?: string | null;
            /** @default false */
            include_downstream?: boolean;
            /** @default false */
            include_future?: boolean;
            /** @default false */
            include_past?: boolean;
            /** @default false */
            include_upstream?: boolean;
            note?: string | null;
            /** @default true */
            only_failed?: boolean;
            /** @default false */
            only_running?: boolean;
            /** @default false */
            prevent_running_task?: boolean;
            /** @default true */
            reset_dag_runs?: boolean;
            /** @default null */
            run_on_latest_version?: boolean | null;
            /** @default null */
            start_date?: string | null;
            /** @default null */
            task_ids?: (string | [
                string,
                number
            ])[] | null;
        };
        /** Code */
        Code: {
            file: string;
            source: string | null;
            version: components["schemas"]["tradewind.api.ours.bodies.dags.VersionInfo"];
            versions: components["schemas"]["tradewind.api.ours.bodies.dags.VersionInfo"][];
        };
        /** CodeDiff */
        CodeDiff: {
            changes: string[];
            unified: string;
        };
        /** ColumnDrift */
        ColumnDrift: {
            column: string;
            /** @default [] */
            current_counts?: number[];
            /** @default false */
            drifted?: boolean;
            /** @enum {unknown} */
            kind: "all" | "category" | "numeric";
            /** @default [] */
            labels?: string[];
            /**
             * @default [
             *       0,
             *       0
             *     ]
             */
            nulls?: [
                number,
                number
            ];
            /** @default null */
            p_adjusted?: number | null;
            /** @default null */
            p_value?: number | null;
            /** @default  */
            reason?: string;
            /** @default [] */
            reference_counts?: number[];
            statistics: {
                [key: string]: number | null;
            };
        };
        /** ColumnProfile */
        ColumnProfile: {
            column: string;
            count: number;
            /** @default null */
            distinct?: number | null;
            dtype: string;
            /** @default [] */
            histogram_counts?: number[];
            /** @default [] */
            histogram_edges?: number[];
            /** @default null */
            maximum?: number | null;
            /** @default null */
            mean?: number | null;
            /** @default null */
            minimum?: number | null;
            /** @default 0 */
            nulls?: number;
            /** @default {} */
            quantiles?: {
                [key: string]: number;
            };
            /** @default null */
            std?: number | null;
            /** @default [] */
            top?: [
                string,
                number
            ][];
        };
        /** ColumnStats */
        ColumnStats: {
            count: number;
            dtype: string;
            /** @default [] */
            histogram?: number[];
            /** @default null */
            maximum?: unknown;
            /** @default null */
            mean?: number | null;
            /** @default null */
            minimum?: unknown;
            name: string;
            nulls: number;
            /** @default null */
            std?: number | null;
            /** @default [] */
            top?: [
                string,
                number
            ][];
            unique: number | null;
        };
        /**
         * Compared
         * @description Of one task.
         */
        Compared: {
            /** @default  */
            detail?: string;
            /** @default [] */
            follows_from?: string[];
            result: string;
            task_id: string;
        };
        /** Comparison */
        Comparison: {
            code: string;
            conf: components["schemas"]["Difference"][];
            durations: components["schemas"]["Difference"][];
            environment: components["schemas"]["Difference"][];
            left: components["schemas"]["Side"];
            metrics: components["schemas"]["Difference"][];
            params: components["schemas"]["Difference"][];
            right: components["schemas"]["Side"];
            states: components["schemas"]["Difference"][];
            values: components["schemas"]["ValueDifference"][];
        };
        /** Config */
        Config: {
            sections: components["schemas"]["ConfigSection"][];
        };
        /** ConfigOption */
        ConfigOption: {
            key: string;
            value: string;
        };
        /** ConfigSection */
        ConfigSection: {
            name: string;
            options: components["schemas"]["ConfigOption"][];
        };
        /** ConnectionBody */
        ConnectionBody: {
            conn_type: string;
            connection_id: string;
            description?: string | null;
            extra?: string | null;
            host?: string | null;
            login?: string | null;
            password?: string | null;
            port?: number | null;
            schema?: string | null;
            team_name?: string | null;
        };
        /** ConnectionCollection */
        ConnectionCollection: {
            connections: components["schemas"]["ConnectionResponse"][];
            total_entries: number;
        };
        /** ConnectionResponse */
        ConnectionResponse: {
            conn_type: string;
            connection_id: string;
            description: string | null;
            extra: string | null;
            host: string | null;
            login: string | null;
            password: string | null;
            port: number | null;
            schema: string | null;
            /** @default null */
            team_name?: string | null;
        };
        /**
         * ConnectionTest
         * @description What a worker found when it tried a connection.
         */
        ConnectionTest: {
            message: string;
            state: string;
        };
        /** ConnectionTestQueued */
        ConnectionTestQueued: {
            connection_id: string;
            state: string;
            token: string;
        };
        /** ConnectionTestRequestBody */
        ConnectionTestRequestBody: {
            /** @default false */
            commit_on_success?: boolean;
            conn_type: string;
            connection_id: string;
            description?: string | null;
            executor?: string | null;
            extra?: string | null;
            host?: string | null;
            login?: string | null;
            password?: string | null;
            port?: number | null;
            queue?: string | null;
            schema?: string | null;
            team_name?: string | null;
        };
        /** ConnectionTestResponse */
        ConnectionTestResponse: {
            message: string;
            status: boolean;
        };
        /** Costs */
        Costs: {
            days: components["schemas"]["DayCost"][];
            since: string;
        };
        /**
         * CrashCard
         * @description What is known of a try that failed or was lost.
         */
        CrashCard: {
            advice: string[];
            error: string;
            error_type: string;
            exit_code: number | null;
            last_lines: string[];
            location: string;
            max_rss_bytes: number | null;
            signal: number | null;
            signal_name: string;
            traceback: string;
        };
        /** CreateAssetEventsBody */
        CreateAssetEventsBody: {
            /** @default null */
            access_control?: components["schemas"]["AccessControl"] | null;
            asset_id: number;
            /** @default null */
            extra?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            partition_key?: string | null;
        };
        /** DagCard */
        DagCard: {
            bundle: string;
            dag_id: string;
            description: string;
            file: string;
            has_import_error: boolean;
            held_why: string;
            is_paused: boolean;
            is_retired: boolean;
            last_runs: components["schemas"]["RunBar"][];
            may_edit: boolean;
            may_trigger: boolean;
            next_run_after: string | null;
            owners: string[];
            queued: number;
            running: number;
            schedule: string;
            tags: string[];
            timezone: string;
        };
        /** DagCards */
        DagCards: {
            dags: components["schemas"]["DagCard"][];
            next_cursor: string | null;
            owners: string[];
            tags: string[];
            total: number;
        };
        /** DAGCollection */
        DAGCollection: {
            dags: components["schemas"]["DAGResponse"][];
            total_entries: number;
        };
        /** DAGDetailsResponse */
        DAGDetailsResponse: {
            active_runs_count: number;
            /** @default null */
            allowed_run_types?: string[] | null;
            asset_expression: {
                [key: string]: unknown;
            } | null;
            bundle_name: string | null;
            bundle_version: string | null;
            catchup: boolean;
            concurrency: number;
            dag_display_name: string;
            dag_id: string;
            dag_run_timeout: string | null;
            /** @default null */
            default_args?: {
                [key: string]: unknown;
            } | null;
            description: string | null;
            doc_md: string | null;
            end_date: string | null;
            file_token: string;
            fileloc: string;
            has_import_errors: boolean;
            has_task_concurrency_limits: boolean;
            is_backfillable: boolean;
            /** @default false */
            is_favorite?: boolean;
            is_paused: boolean;
            is_paused_upon_creation: boolean | null;
            is_stale: boolean;
            last_expired: string | null;
            last_parse_duration: number | null;
            last_parsed: string | null;
            last_parsed_time: string | null;
            latest_dag_version: components["schemas"]["DagVersionResponse"] | null;
            max_active_runs: number | null;
            max_active_tasks: number;
            max_consecutive_failed_dag_runs: number;
            next_dagrun_data_interval_end: string | null;
            next_dagrun_data_interval_start: string | null;
            next_dagrun_logical_date: string | null;
            next_dagrun_run_after: string | null;
            /** @default null */
            owner_links?: {
                [key: string]: string;
            } | null;
            owners: string[];
            params: {
                [key: string]: unknown;
            } | null;
            relative_fileloc: string | null;
            render_template_as_native_obj: boolean;
            /** @default null */
            rerun_with_latest_version?: boolean | null;
            start_date: string | null;
            tags: components["schemas"]["DagTagResponse"][];
            /** @default null */
            template_search_path?: string[] | null;
            timetable_description: string | null;
            timetable_partitioned: boolean;
            timetable_periodic: boolean;
            timetable_summary: string | null;
            timezone: string | null;
        };
        /** DagPage */
        DagPage: {
            bundle_version: string;
            card: components["schemas"]["DagCard"];
            catchup: boolean;
            dagrun_timeout_seconds: number | null;
            default_args: {
                [key: string]: string;
            };
            doc: string;
            downstream_assets: string[];
            end_date: string | null;
            max_active_runs: number;
            max_active_tasks: number;
            parse_seconds: number | null;
            parsed_at: string | null;
            start_date: string | null;
            task_count: number;
            timetable: string;
            upstream_assets: string[];
            version_hash: string;
            version_number: number;
        };
        /** DAGPatchBody */
        DAGPatchBody: {
            is_paused: boolean;
        };
        /** DagProcessorStatus */
        DagProcessorStatus: {
            latest_dag_processor_heartbeat: string | null;
            status: string | null;
        };
        /** DagReference */
        DagReference: {
            created_at: string;
            dag_id: string;
            updated_at: string;
        };
        /** DAGResponse */
        DAGResponse: {
            /** @default null */
            allowed_run_types?: string[] | null;
            bundle_name: string | null;
            bundle_version: string | null;
            dag_display_name: string;
            dag_id: string;
            description: string | null;
            file_token: string;
            fileloc: string;
            has_import_errors: boolean;
            has_task_concurrency_limits: boolean;
            is_backfillable: boolean;
            is_paused: boolean;
            is_stale: boolean;
            last_expired: string | null;
            last_parse_duration: number | null;
            last_parsed_time: string | null;
            max_active_runs: number | null;
            max_active_tasks: number;
            max_consecutive_failed_dag_runs: number;
            next_dagrun_data_interval_end: string | null;
            next_dagrun_data_interval_start: string | null;
            next_dagrun_logical_date: string | null;
            next_dagrun_run_after: string | null;
            owners: string[];
            relative_fileloc: string | null;
            tags: components["schemas"]["DagTagResponse"][];
            timetable_description: string | null;
            timetable_partitioned: boolean;
            timetable_periodic: boolean;
            timetable_summary: string | null;
        };
        /** DAGRunClearBody */
        DAGRunClearBody: {
            /** @default true */
            dry_run?: boolean;
            note?: string | null;
            /** @default false */
            only_failed?: boolean;
            /** @default false */
            only_new?: boolean;
            /** @default null */
            run_on_latest_version?: boolean | null;
        };
        /** DAGRunCollection */
        DAGRunCollection: {
            dag_runs: components["schemas"]["DAGRunResponse"][];
            /** @default null */
            next_cursor?: string | null;
            /** @default null */
            previous_cursor?: string | null;
            total_entries: number | null;
            /** @default null */
            total_entries_limit?: number | null;
        };
        /** DAGRunPatchBody */
        DAGRunPatchBody: {
            note?: string | null;
            state?: ("failed" | "queued" | "success") | null;
        };
        /** DAGRunResponse */
        DAGRunResponse: {
            bundle_version: string | null;
            conf: {
                [key: string]: unknown;
            } | null;
            dag_display_name: string;
            dag_id: string;
            dag_run_id: string;
            dag_versions: components["schemas"]["DagVersionResponse"][];
            data_interval_end: string | null;
            data_interval_start: string | null;
            duration: number | null;
            end_date: string | null;
            last_scheduling_decision: string | null;
            logical_date: string | null;
            note: string | null;
            /** @default null */
            partition_date?: string | null;
            partition_key: string | null;
            queued_at: string | null;
            run_after: string;
            run_type: string;
            start_date: string | null;
            state: string;
            triggered_by: string | null;
            triggering_user_name: string | null;
        };
        /** DAGSource */
        DAGSource: {
            content: string | null;
            dag_display_name: string;
            dag_id: string;
            version_number: number | null;
        };
        /** DagStats */
        DagStats: {
            dag_display_name: string;
            dag_id: string;
            stats: components["schemas"]["StateCount"][];
        };
        /** DagStatsCollection */
        DagStatsCollection: {
            dags: components["schemas"]["DagStats"][];
            total_entries: number;
        };
        /** DagTagResponse */
        DagTagResponse: {
            dag_display_name: string;
            dag_id: string;
            name: string;
        };
        /** DagVersionCollection */
        DagVersionCollection: {
            dag_versions: components["schemas"]["DagVersionResponse"][];
            total_entries: number;
        };
        /** DagVersionResponse */
        DagVersionResponse: {
            bundle_name: string | null;
            /** @default null */
            bundle_url?: string | null;
            bundle_version: string | null;
            created_at: string;
            dag_display_name: string;
            dag_id: string;
            /** Format: uuid */
            id: string;
            version_number: number;
        };
        /** DagWarning */
        DagWarning: {
            dag_display_name: string;
            dag_id: string;
            message: string;
            timestamp: string;
            warning_type: string;
        };
        /** DagWarningCollection */
        DagWarningCollection: {
            dag_warnings: components["schemas"]["DagWarning"][];
            total_entries: number;
        };
        /**
         * DataChecked
         * @description Named as the schema or contract.
         */
        DataChecked: {
            /** @enum {unknown} */
            action: "block" | "branch" | "quarantine" | "warn";
            bad_rows: number;
            /** @default  */
            error?: string;
            /** @default [] */
            failures?: components["schemas"]["CheckFailure"][];
            passed: boolean;
            /** @default  */
            quarantine_artifact?: string;
            rows: number;
        };
        /** DayCost */
        DayCost: {
            cpu_seconds: number;
            dag_id: string;
            /** Format: date */
            day: string;
            gpu_seconds: number;
            idle_gpu_seconds: number;
            lost_seconds: number;
            rss_bytes_max: number;
            seconds: number;
            tries: number;
        };
        /**
         * Deployed
         * @description Named as the model.
         */
        Deployed: {
            /** @default  */
            old_version?: string;
            place: string;
            /** @default  */
            reason?: string;
            /** @default  */
            smoke_test?: string;
            /** @enum {unknown} */
            state: "deployed" | "failed" | "rolled_back";
            target: string;
            version: string;
        };
        /**
         * Difference
         * @description One thing of two runs; None where a side lacks it.
         */
        Difference: {
            /** @default null */
            change?: number | null;
            is_same: boolean;
            left: unknown;
            name: string;
            right: unknown;
        };
        /**
         * DriftReport
         * @description Named as the monitor.
         */
        DriftReport: {
            columns: components["schemas"]["ColumnDrift"][];
            /** @default  */
            correction?: string;
            /** @default  */
            current_hash?: string;
            current_rows: number;
            drifted: boolean;
            /** @default [] */
            figures?: string[];
            /** @default  */
            held_why?: string;
            /** @default  */
            html?: string;
            /** @default  */
            markdown?: string;
            /** @default  */
            reason?: string;
            /** @default  */
            reference_hash?: string;
            reference_rows: number;
            /** @default 0 */
            sampled_rows?: number;
            share: number;
            /** @default false */
            triggered?: boolean;
        };
        /** DryRun */
        DryRun: {
            logical_date: string;
            /** @default null */
            partition_date?: string | null;
            /** @default null */
            partition_key?: string | null;
        };
        /** DryRunCollection */
        DryRunCollection: {
            backfills: components["schemas"]["DryRun"][];
            total_entries: number;
        };
        /** DurationPoint */
        DurationPoint: {
            queue_seconds: number | null;
            run_after: string;
            run_id: string;
            run_seconds: number | null;
            state: string;
            tasks: {
                [key: string]: number;
            };
        };
        /**
         * Environment
         * @description Of a run, once: where it ran. Named "".
         */
        Environment: {
            /** @default 0 */
            cpus?: number;
            /** @default  */
            git_branch?: string;
            /** @default  */
            git_commit?: string;
            /** @default  */
            git_diff_artifact?: string;
            /** @default [] */
            gpus?: string[];
            /** @default  */
            host?: string;
            /** @default false */
            is_dirty?: boolean;
            /** @default 0 */
            memory_bytes?: number;
            /** @default {} */
            packages?: {
                [key: string]: string;
            };
            /** @default  */
            platform?: string;
            /** @default  */
            python?: string;
            /** @default null */
            seed?: number | null;
        };
        /** EventLogCollection */
        EventLogCollection: {
            event_logs: components["schemas"]["EventLogResponse"][];
            /** @default null */
            next_cursor?: string | null;
            /** @default null */
            previous_cursor?: string | null;
            total_entries: number;
        };
        /** EventLogResponse */
        EventLogResponse: {
            dag_display_name: string | null;
            dag_id: string | null;
            event: string;
            event_log_id: number;
            extra: string | null;
            /** @default null */
            logical_date?: string | null;
            map_index: number | null;
            owner: string | null;
            run_id: string | null;
            task_display_name: string | null;
            task_id: string | null;
            try_number: number | null;
            when: string;
        };
        /**
         * ExperimentRow
         * @description A run with what it was given and what it measured.
         */
        ExperimentRow: {
            dag_id: string;
            git_commit: string;
            metrics: {
                [key: string]: number | null;
            };
            mlflow_url: string;
            note: string;
            params: {
                [key: string]: unknown;
            };
            run_after: string;
            run_id: string;
            seconds: number | null;
            started_at: string | null;
            state: string;
        };
        /** Experiments */
        Experiments: {
            next_before: number | null;
            runs: components["schemas"]["ExperimentRow"][];
        };
        /** ExternalLogUrl */
        ExternalLogUrl: {
            url: string;
        };
        /** ExtraLinks */
        ExtraLinks: {
            extra_links: {
                [key: string]: string | null;
            };
            total_entries: number;
        };
        /**
         * Failure
         * @description The first failure of a run: what everything else follows from.
         */
        Failure: {
            /** @default  */
            advice?: string;
            error: string;
            error_type: string;
            /** @default null */
            exit_code?: number | null;
            location: string;
            map_path: number[];
            /** @default null */
            signal?: number | null;
            task_id: string;
            try_number: number;
        };
        /** ForkBody */
        ForkBody: {
            /** @default {} */
            conf?: {
                [key: string]: unknown;
            };
            /** @default  */
            note?: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            /** @default null */
            run_id?: string | null;
            /** @default {} */
            sweep?: {
                [key: string]: unknown[];
            };
            tasks: [
                string,
                number[]
            ][];
            /** @default true */
            with_checkpoints?: boolean;
        };
        /**
         * Forked
         * @description Of the new run. Named as the run that it was forked from.
         */
        Forked: {
            /** @default {} */
            conf?: {
                [key: string]: unknown;
            };
            from_dag_id: string;
            from_run_id: string;
            /** @default 0 */
            kept?: number;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            /** @default  */
            sweep?: string;
            tasks: string[];
            /** @default true */
            with_checkpoints?: boolean;
        };
        /** ForkList */
        ForkList: {
            forks: components["schemas"]["ForkMade"][];
        };
        /**
         * ForkMade
         * @description One of the runs that came of it.
         */
        ForkMade: {
            changed_params: {
                [key: string]: unknown;
            };
            kept: number;
            logical_date: string | null;
            run: components["schemas"]["RunKey"];
            runs_again: string[];
        };
        /**
         * GateDecision
         * @description Named as the model, or as the task where no model is named.
         */
        GateDecision: {
            /** @default  */
            challenger?: string;
            /** @default  */
            champion?: string;
            /** @default [] */
            compared?: components["schemas"]["MetricCompared"][];
            /** @enum {unknown} */
            decision: "ask" | "hold" | "promote";
            /** @default [] */
            figures?: string[];
            reason: string;
        };
        /** GrantInfo */
        GrantInfo: {
            action: string;
            /** @default * */
            dags?: string;
            resource: string;
        };
        /** Graph */
        Graph: {
            critical_path: string[];
            edges: components["schemas"]["GraphEdge"][];
            nodes: components["schemas"]["GraphNode"][];
            version_number: number;
        };
        /** GraphEdge */
        GraphEdge: {
            /** @default false */
            is_data?: boolean;
            /** @default  */
            label?: string;
            source: string;
            target: string;
        };
        /** GraphNode */
        GraphNode: {
            id: string;
            /** @default false */
            is_mapped?: boolean;
            /** @default false */
            is_setup?: boolean;
            /** @default false */
            is_teardown?: boolean;
            kind: string;
            label: string;
            /** @default  */
            operator?: string;
            parent: string | null;
            /** @default  */
            tooltip?: string;
            /** @default all_success */
            trigger_rule?: string;
            /** @default  */
            ui_color?: string;
        };
        /** Grid */
        Grid: {
            next_cursor: string | null;
            nodes: components["schemas"]["GridNode"][];
            runs: components["schemas"]["GridRun"][];
        };
        /** GridCell */
        GridCell: {
            /** @default null */
            counts?: {
                [key: string]: number;
            } | null;
            /** @default null */
            ended_at?: string | null;
            /** @default false */
            reused?: boolean;
            /** @default null */
            started_at?: string | null;
            state: string;
            /** @default 0 */
            try_number?: number;
        };
        /** GridInstance */
        GridInstance: {
            label: string;
            map_path: number[];
            states: string[];
        };
        /**
         * GridInstances
         * @description Instances of a mapped task in some runs, by index.
         */
        GridInstances: {
            instances: components["schemas"]["GridInstance"][];
            is_cut: boolean;
            runs: string[];
        };
        /**
         * GridNode
         * @description A task or a group, depth first in the order the author wrote them.
         */
        GridNode: {
            /** @default 0 */
            children?: number;
            depth: number;
            id: string;
            is_group: boolean;
            is_mapped: boolean;
            label: string;
            /** @default  */
            operator?: string;
            /** @default  */
            trigger_rule?: string;
        };
        /** GridRun */
        GridRun: {
            bar: components["schemas"]["RunBar"];
            cells: {
                [key: string]: components["schemas"]["GridCell"];
            };
            logical_date: string | null;
            note: string;
            version_number: number;
        };
        /** HealthInfo */
        HealthInfo: {
            api_server: components["schemas"]["ApiServerStatus"];
            dag_processor: components["schemas"]["DagProcessorStatus"];
            metadatabase: components["schemas"]["PartStatus"];
            scheduler: components["schemas"]["SchedulerStatus"];
            triggerer: components["schemas"]["TriggererStatus"];
        };
        /** HistoryLine */
        HistoryLine: {
            at: string;
            new: string;
            old: string;
            who: string;
            why: string;
        };
        /**
         * Hit
         * @description A line of the command palette.
         */
        Hit: {
            detail: string;
            kind: string;
            label: string;
            path: string;
        };
        /** HITLDetail */
        HITLDetail: {
            assigned_users: components["schemas"]["HITLUser"][];
            body: string | null;
            chosen_options: string[] | null;
            created_at: string;
            defaults: string[] | null;
            multiple: boolean;
            options: string[];
            params: {
                [key: string]: unknown;
            };
            params_input: {
                [key: string]: unknown;
            };
            responded_at: string | null;
            responded_by_user: components["schemas"]["HITLUser"] | null;
            response_received: boolean;
            subject: string;
            task_instance: components["schemas"]["TaskInstanceResponse"];
        };
        /** HITLDetailCollection */
        HITLDetailCollection: {
            hitl_details: components["schemas"]["HITLDetail"][];
            total_entries: number;
        };
        /** HITLDetailHistory */
        HITLDetailHistory: {
            assigned_users: components["schemas"]["HITLUser"][];
            body: string | null;
            chosen_options: string[] | null;
            created_at: string;
            defaults: string[] | null;
            multiple: boolean;
            options: string[];
            params: {
                [key: string]: unknown;
            };
            params_input: {
                [key: string]: unknown;
            };
            responded_at: string | null;
            responded_by_user: components["schemas"]["HITLUser"] | null;
            response_received: boolean;
            subject: string;
            task_instance: components["schemas"]["TaskInstanceHistoryResponse"];
        };
        /** HITLDetailResponse */
        HITLDetailResponse: {
            chosen_options: string[];
            params_input: {
                [key: string]: unknown;
            };
            responded_at: string;
            responded_by: components["schemas"]["HITLUser"];
        };
        /** HITLUser */
        HITLUser: {
            id: string;
            name: string;
        };
        /**
         * Holder
         * @description A task instance that holds slots another one waits for.
         */
        Holder: {
            dag_id: string;
            map_path: number[];
            run_id: string;
            since: string | null;
            slots: number;
            task_id: string;
        };
        /** Home */
        Home: {
            counts: {
                [key: string]: number;
            };
            failed: components["schemas"]["RunLine"][];
            health: components["schemas"]["PartHealth"][];
            late: components["schemas"]["LateLine"][];
            next_hour: components["schemas"]["NextLine"][];
            running: components["schemas"]["RunLine"][];
            succeeded: components["schemas"]["RunLine"][];
            waiting: components["schemas"]["AskLine"][];
        };
        /** ImportErrorCollection */
        ImportErrorCollection: {
            import_errors: components["schemas"]["ImportErrorResponse"][];
            total_entries: number;
        };
        /** ImportErrorResponse */
        ImportErrorResponse: {
            bundle_name: string | null;
            filename: string;
            import_error_id: number;
            stack_trace: string;
            timestamp: string;
        };
        /** InstancesBody */
        InstancesBody: {
            /** @default null */
            dag_ids?: string[] | null;
            /** @default null */
            dag_run_ids?: string[] | null;
            /** @default null */
            duration_gt?: number | null;
            /** @default null */
            duration_gte?: number | null;
            /** @default null */
            duration_lt?: number | null;
            /** @default null */
            duration_lte?: number | null;
            /** @default null */
            end_date_gt?: string | null;
            /** @default null */
            end_date_gte?: string | null;
            /** @default null */
            end_date_lt?: string | null;
            /** @default null */
            end_date_lte?: string | null;
            /** @default null */
            executor?: string[] | null;
            /** @default 50 */
            limit?: number;
            /** @default null */
            logical_date_gt?: string | null;
            /** @default null */
            logical_date_gte?: string | null;
            /** @default null */
            logical_date_lt?: string | null;
            /** @default null */
            logical_date_lte?: string | null;
            /** @default 0 */
            offset?: number;
            /** @default null */
            order_by?: string | null;
            /** @default 100 */
            page_limit?: number;
            /** @default 0 */
            page_offset?: number;
            /** @default null */
            pool?: string[] | null;
            /** @default null */
            queue?: string[] | null;
            /** @default null */
            run_after_gt?: string | null;
            /** @default null */
            run_after_gte?: string | null;
            /** @default null */
            run_after_lt?: string | null;
            /** @default null */
            run_after_lte?: string | null;
            /** @default null */
            start_date_gt?: string | null;
            /** @default null */
            start_date_gte?: string | null;
            /** @default null */
            start_date_lt?: string | null;
            /** @default null */
            start_date_lte?: string | null;
            /** @default null */
            state?: (string | null)[] | null;
            /** @default null */
            task_ids?: string[] | null;
            /** @default null */
            updated_at_gt?: string | null;
            /** @default null */
            updated_at_gte?: string | null;
            /** @default null */
            updated_at_lt?: string | null;
            /** @default null */
            updated_at_lte?: string | null;
        };
        /** JobCollection */
        JobCollection: {
            jobs: components["schemas"]["JobResponse"][];
            total_entries: number;
        };
        /** JobResponse */
        JobResponse: {
            /** @default null */
            dag_display_name?: string | null;
            dag_id: string | null;
            end_date: string | null;
            executor_class: string | null;
            hostname: string | null;
            id: number;
            job_type: string | null;
            latest_heartbeat: string | null;
            start_date: string | null;
            state: string | null;
            unixname: string | null;
        };
        /** LastAssetEvent */
        LastAssetEvent: {
            id: number | null;
            timestamp: string | null;
        };
        /** LateLine */
        LateLine: {
            dag_id: string;
            due_at: string;
            is_missed: boolean;
            name: string;
            run_id: string | null;
        };
        /** Lineage */
        Lineage: {
            edges: [
                string,
                string
            ][];
            nodes: components["schemas"]["LineageNode"][];
        };
        /** LineageNode */
        LineageNode: {
            /** @default  */
            detail?: string;
            id: string;
            kind: string;
            label: string;
            /** @default  */
            path?: string;
        };
        /**
         * LiveEvent
         * @description The data of one server-sent event; its id is what `Last-Event-ID` goes on from.
         */
        LiveEvent: {
            /** @default null */
            at?: string | null;
            /** @default  */
            dag_id?: string;
            /** @default {} */
            data?: {
                [key: string]: unknown;
            };
            kind: string;
            /** @default [] */
            map_path?: number[];
            /** @default  */
            run_id?: string;
            /** @default  */
            state?: string;
            /** @default  */
            task_id?: string;
            /** @default  */
            why?: string;
        };
        /** LogAnswer */
        LogAnswer: {
            content: components["schemas"]["Message"][];
            continuation_token: string | null;
        };
        /**
         * LoggedArtifact
         * @description A figure, table, file or model that a try logged. Named as the artifact.
         */
        LoggedArtifact: {
            artifact: string;
            mime: string;
            /** @default  */
            mlflow_uri?: string;
            size_bytes: number;
            /** @enum {unknown} */
            what: "figure" | "file" | "model" | "table" | "text";
        };
        /**
         * LoggedParams
         * @description Params of a model or training that a try logged (`ml.log_params`). Named "".
         */
        LoggedParams: {
            params: {
                [key: string]: unknown;
            };
        };
        /** LogLine */
        LogLine: {
            /** @default  */
            at?: string;
            /** @default  */
            level?: string;
            number: number;
            /** @default -1 */
            offset?: number;
            /** @default  */
            source?: string;
            /** @default  */
            text?: string;
        };
        /**
         * LogPage
         * @description A window of a log; offsets are bytes of the file.
         */
        LogPage: {
            end: number;
            is_ended: boolean;
            lines: components["schemas"]["LogLine"][];
            size: number;
            start: number;
        };
        /** MarkBody */
        MarkBody: {
            /** @default false */
            downstream?: boolean;
            /** @default true */
            dry_run?: boolean;
            /** @default false */
            future?: boolean;
            /** @default false */
            past?: boolean;
            state: string;
            /** @default [] */
            tasks?: [
                string,
                number[]
            ][];
            /** @default false */
            upstream?: boolean;
            /** @default  */
            why?: string;
        };
        /**
         * MaterializeAssetBody
         * @description The run that is to be started.
         */
        MaterializeAssetBody: {
            /** @default null */
            conf?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            dag_run_id?: string | null;
            /** @default null */
            data_interval_end?: string | null;
            /** @default null */
            data_interval_start?: string | null;
            /** @default null */
            logical_date?: string | null;
            /** @default null */
            note?: string | null;
            /** @default null */
            partition_key?: string | null;
            /** @default null */
            run_after?: string | null;
        };
        /** Me */
        Me: {
            grants: components["schemas"]["GrantInfo"][];
            must_change_password: boolean;
            name: string;
            roles: string[];
            version: string;
        };
        /** Message */
        Message: {
            event: string;
            /** @default null */
            level?: string | null;
            /** @default null */
            logger?: string | null;
            /** @default null */
            timestamp?: string | null;
        };
        /**
         * MetricCompared
         * @description One line of a gate's decision.
         */
        MetricCompared: {
            challenger: number | null;
            /** @default null */
            champion?: number | null;
            /** @default null */
            difference?: number | null;
            /** @default null */
            high?: number | null;
            /** @default null */
            low?: number | null;
            metric: string;
            /** @default null */
            p_value?: number | null;
            /** @default false */
            passed?: boolean;
            /** @default  */
            reason?: string;
            /** @default 0 */
            rows?: number;
            slice: string;
            /** @default  */
            test?: string;
            /** @default null */
            threshold?: number | null;
        };
        /** MetricSeries */
        MetricSeries: {
            map_path: number[];
            name: string;
            steps: number[];
            task_id: string;
            total: number;
            try_number: number;
            values: number[];
        };
        /** ModelPage */
        ModelPage: {
            aliases: {
                [key: string]: string;
            };
            deployments: components["schemas"]["Noted_Deployed_"][];
            gates: components["schemas"]["Noted_GateDecision_"][];
            moves: components["schemas"]["Noted_AliasMoved_"][];
            name: string;
            versions: components["schemas"]["Noted_ModelVersion_"][];
        };
        /** ModelRow */
        ModelRow: {
            aliases: {
                [key: string]: string;
            };
            deployed: components["schemas"]["Noted_Deployed_"] | null;
            gate: components["schemas"]["Noted_GateDecision_"] | null;
            name: string;
            newest: components["schemas"]["Noted_ModelVersion_"] | null;
            versions: number;
        };
        /**
         * ModelVersion
         * @description A version put into the registry, with what made it. Named as the model.
         */
        ModelVersion: {
            /** @default  */
            dag_hash?: string;
            /** @default  */
            flavor?: string;
            /** @default  */
            git_commit?: string;
            /** @default [] */
            inputs?: string[];
            /** @default {} */
            metrics?: {
                [key: string]: number;
            };
            /** @default  */
            mlflow_run_id?: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            /** @default  */
            snapshot?: string;
            /** @default {} */
            tags?: {
                [key: string]: string;
            };
            /** @default  */
            tracking_uri?: string;
            uri: string;
            /** @default  */
            value_hash?: string;
            version: string;
        };
        /** NewToken */
        NewToken: {
            /** @default null */
            expires_at?: string | null;
            label: string;
            /** @default null */
            scopes?: components["schemas"]["GrantInfo"][] | null;
        };
        /** NewUser */
        NewUser: {
            /** @default  */
            email?: string;
            name: string;
            /** @default  */
            password?: string;
            /**
             * @default [
             *       "viewer"
             *     ]
             */
            roles?: string[];
        };
        /** NextLine */
        NextLine: {
            at: string;
            dag_id: string;
        };
        /** NoteBody */
        NoteBody: {
            note: string;
        };
        /**
         * NotebookRun
         * @description Named as the notebook's file.
         */
        NotebookRun: {
            /** @default 0 */
            cells?: number;
            executed_artifact: string;
            /** @default null */
            failed_cell?: number | null;
            /** @default  */
            html_artifact?: string;
            /** @default 0 */
            seconds?: number;
        };
        /**
         * Noted
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: unknown;
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[~T]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted__T_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: unknown;
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[AliasMoved]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_AliasMoved_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["AliasMoved"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[CacheOutcome]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_CacheOutcome_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["CacheOutcome"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[CheckpointSaved]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_CheckpointSaved_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["CheckpointSaved"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[DataChecked]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_DataChecked_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["DataChecked"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[Deployed]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_Deployed_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["Deployed"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[DriftReport]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_DriftReport_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["DriftReport"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[Environment]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_Environment_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["Environment"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[Forked]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_Forked_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["Forked"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[GateDecision]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_GateDecision_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["GateDecision"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[LoggedArtifact]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_LoggedArtifact_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["LoggedArtifact"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[LoggedParams]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_LoggedParams_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["LoggedParams"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[ModelVersion]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_ModelVersion_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["ModelVersion"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[NotebookRun]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_NotebookRun_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["NotebookRun"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[PerformanceChecked]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_PerformanceChecked_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["PerformanceChecked"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[ReferenceSet]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_ReferenceSet_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["ReferenceSet"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[Reproduced]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_Reproduced_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["tradewind.model.entries.Reproduced"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[RetryChanged]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_RetryChanged_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["RetryChanged"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[SweepEnded]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_SweepEnded_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["SweepEnded"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[SweepStarted]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_SweepStarted_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["SweepStarted"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[TrackedRun]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_TrackedRun_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["TrackedRun"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[TrialEnded]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_TrialEnded_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["TrialEnded"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[TrialNoted]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_TrialNoted_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["TrialNoted"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[TrialStarted]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_TrialStarted_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["TrialStarted"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[TryUsage]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_TryUsage_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["TryUsage"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Noted[ValueProfile]
         * @description An entry of the journal: who noted down what, of which try.
         */
        Noted_ValueProfile_: {
            at: string;
            dag_id: string;
            entry_id: number;
            map_path: number[];
            name: string;
            run_id: string;
            said: components["schemas"]["ValueProfile"];
            task_id: string;
            try_id: string;
            who: string;
        };
        /**
         * Notes
         * @description Newest first.
         */
        Notes: {
            entries: components["schemas"]["Noted__T_"][];
            next_before: number | null;
        };
        /**
         * Notes[AliasMoved]
         * @description Newest first.
         */
        Notes_AliasMoved_: {
            entries: components["schemas"]["Noted_AliasMoved_"][];
            next_before: number | null;
        };
        /**
         * Notes[CacheOutcome]
         * @description Newest first.
         */
        Notes_CacheOutcome_: {
            entries: components["schemas"]["Noted_CacheOutcome_"][];
            next_before: number | null;
        };
        /**
         * Notes[CheckpointSaved]
         * @description Newest first.
         */
        Notes_CheckpointSaved_: {
            entries: components["schemas"]["Noted_CheckpointSaved_"][];
            next_before: number | null;
        };
        /**
         * Notes[DataChecked]
         * @description Newest first.
         */
        Notes_DataChecked_: {
            entries: components["schemas"]["Noted_DataChecked_"][];
            next_before: number | null;
        };
        /**
         * Notes[Deployed]
         * @description Newest first.
         */
        Notes_Deployed_: {
            entries: components["schemas"]["Noted_Deployed_"][];
            next_before: number | null;
        };
        /**
         * Notes[DriftReport]
         * @description Newest first.
         */
        Notes_DriftReport_: {
            entries: components["schemas"]["Noted_DriftReport_"][];
            next_before: number | null;
        };
        /**
         * Notes[Environment]
         * @description Newest first.
         */
        Notes_Environment_: {
            entries: components["schemas"]["Noted_Environment_"][];
            next_before: number | null;
        };
        /**
         * Notes[Forked]
         * @description Newest first.
         */
        Notes_Forked_: {
            entries: components["schemas"]["Noted_Forked_"][];
            next_before: number | null;
        };
        /**
         * Notes[GateDecision]
         * @description Newest first.
         */
        Notes_GateDecision_: {
            entries: components["schemas"]["Noted_GateDecision_"][];
            next_before: number | null;
        };
        /**
         * Notes[LoggedArtifact]
         * @description Newest first.
         */
        Notes_LoggedArtifact_: {
            entries: components["schemas"]["Noted_LoggedArtifact_"][];
            next_before: number | null;
        };
        /**
         * Notes[LoggedParams]
         * @description Newest first.
         */
        Notes_LoggedParams_: {
            entries: components["schemas"]["Noted_LoggedParams_"][];
            next_before: number | null;
        };
        /**
         * Notes[ModelVersion]
         * @description Newest first.
         */
        Notes_ModelVersion_: {
            entries: components["schemas"]["Noted_ModelVersion_"][];
            next_before: number | null;
        };
        /**
         * Notes[NotebookRun]
         * @description Newest first.
         */
        Notes_NotebookRun_: {
            entries: components["schemas"]["Noted_NotebookRun_"][];
            next_before: number | null;
        };
        /**
         * Notes[PerformanceChecked]
         * @description Newest first.
         */
        Notes_PerformanceChecked_: {
            entries: components["schemas"]["Noted_PerformanceChecked_"][];
            next_before: number | null;
        };
        /**
         * Notes[ReferenceSet]
         * @description Newest first.
         */
        Notes_ReferenceSet_: {
            entries: components["schemas"]["Noted_ReferenceSet_"][];
            next_before: number | null;
        };
        /**
         * Notes[Reproduced]
         * @description Newest first.
         */
        Notes_Reproduced_: {
            entries: components["schemas"]["Noted_Reproduced_"][];
            next_before: number | null;
        };
        /**
         * Notes[RetryChanged]
         * @description Newest first.
         */
        Notes_RetryChanged_: {
            entries: components["schemas"]["Noted_RetryChanged_"][];
            next_before: number | null;
        };
        /**
         * Notes[SweepEnded]
         * @description Newest first.
         */
        Notes_SweepEnded_: {
            entries: components["schemas"]["Noted_SweepEnded_"][];
            next_before: number | null;
        };
        /**
         * Notes[SweepStarted]
         * @description Newest first.
         */
        Notes_SweepStarted_: {
            entries: components["schemas"]["Noted_SweepStarted_"][];
            next_before: number | null;
        };
        /**
         * Notes[TrackedRun]
         * @description Newest first.
         */
        Notes_TrackedRun_: {
            entries: components["schemas"]["Noted_TrackedRun_"][];
            next_before: number | null;
        };
        /**
         * Notes[TrialEnded]
         * @description Newest first.
         */
        Notes_TrialEnded_: {
            entries: components["schemas"]["Noted_TrialEnded_"][];
            next_before: number | null;
        };
        /**
         * Notes[TrialNoted]
         * @description Newest first.
         */
        Notes_TrialNoted_: {
            entries: components["schemas"]["Noted_TrialNoted_"][];
            next_before: number | null;
        };
        /**
         * Notes[TrialStarted]
         * @description Newest first.
         */
        Notes_TrialStarted_: {
            entries: components["schemas"]["Noted_TrialStarted_"][];
            next_before: number | null;
        };
        /**
         * Notes[TryUsage]
         * @description Newest first.
         */
        Notes_TryUsage_: {
            entries: components["schemas"]["Noted_TryUsage_"][];
            next_before: number | null;
        };
        /**
         * Notes[ValueProfile]
         * @description Newest first.
         */
        Notes_ValueProfile_: {
            entries: components["schemas"]["Noted_ValueProfile_"][];
            next_before: number | null;
        };
        /** ParamField */
        ParamField: {
            default: unknown;
            /** @default  */
            description?: string;
            has_default: boolean;
            name: string;
            schema: {
                [key: string]: unknown;
            };
        };
        /** PartHealth */
        PartHealth: {
            heartbeat_at: string | null;
            name: string;
            /** @enum {unknown} */
            state: "absent" | "healthy" | "unhealthy";
            why: string;
        };
        /** PartStatus */
        PartStatus: {
            status: string | null;
        };
        /** PasswordChange */
        PasswordChange: {
            new: string;
            old: string;
        };
        /** PatchTaskInstanceBody */
        PatchTaskInstanceBody: {
            /** @default false */
            include_downstream?: boolean;
            /** @default false */
            include_future?: boolean;
            /** @default false */
            include_past?: boolean;
            /** @default false */
            include_upstream?: boolean;
            new_state?: ("awaiting_input" | "deferred" | "failed" | "queued" | "removed" | "restarting" | "running" | "scheduled" | "skipped" | "success" | "up_for_reschedule" | "up_for_retry" | "upstream_failed") | null;
            note?: string | null;
        };
        /** PauseBody */
        PauseBody: {
            is_paused: boolean;
        };
        /**
         * PerformanceChecked
         * @description A model on labelled feedback. Named as the monitor.
         */
        PerformanceChecked: {
            /** @default {} */
            baseline?: {
                [key: string]: number;
            };
            /** @default false */
            degraded?: boolean;
            /** @default  */
            held_why?: string;
            metrics: {
                [key: string]: number;
            };
            model: string;
            /** @default  */
            reason?: string;
            /** @default 0 */
            rows?: number;
            /** @default false */
            triggered?: boolean;
            version: string;
        };
        /** PluginCollection */
        PluginCollection: {
            plugins: {
                [key: string]: unknown;
            }[];
            total_entries: number;
        };
        /** PluginImportErrors */
        PluginImportErrors: {
            import_errors: {
                [key: string]: string;
            }[];
            total_entries: number;
        };
        /** PoolBody */
        PoolBody: {
            description?: string | null;
            include_deferred?: boolean;
            name: string;
            slots: number;
            team_name?: string | null;
        };
        /** PoolCollection */
        PoolCollection: {
            pools: components["schemas"]["PoolResponse"][];
            total_entries: number;
        };
        /** PoolHolder */
        PoolHolder: {
            dag_id: string;
            map_path: number[];
            run_id: string;
            since: string | null;
            slots: number;
            state: string;
            task_id: string;
        };
        /** PoolPage */
        PoolPage: {
            deferred: number;
            description: string;
            holders: components["schemas"]["PoolHolder"][];
            include_deferred: boolean;
            name: string;
            queued: number;
            slots: number;
            used: number;
        };
        /** PoolPatchBody */
        PoolPatchBody: {
            description?: string | null;
            include_deferred?: boolean | null;
            pool?: string | null;
            slots?: number | null;
            team_name?: string | null;
        };
        /** PoolResponse */
        PoolResponse: {
            deferred_slots: number;
            description: string | null;
            include_deferred: boolean;
            name: string;
            occupied_slots: number;
            open_slots: number;
            queued_slots: number;
            running_slots: number;
            scheduled_slots: number;
            slots: number;
            /** @default null */
            team_name?: string | null;
        };
        Problem: {
            detail: string;
            hint?: string;
            status: number;
            title: string;
            type?: string;
        };
        /** ProgressInfo */
        ProgressInfo: {
            at: string;
            done: number;
            message: string;
            total: number | null;
        };
        /** ProviderCollection */
        ProviderCollection: {
            providers: components["schemas"]["ProviderResponse"][];
            total_entries: number;
        };
        /** ProviderResponse */
        ProviderResponse: {
            description: string;
            documentation_url: string | null;
            package_name: string;
            version: string;
        };
        /** Question */
        Question: {
            /** @default null */
            answered_at?: string | null;
            /** @default null */
            answered_by?: string | null;
            asked_at: string;
            assigned_users: string[];
            body: string;
            /** @default [] */
            chosen?: string[];
            dag_id: string;
            defaults: string[] | null;
            map_path: number[];
            may_answer: boolean;
            multiple: boolean;
            options: string[];
            params: {
                [key: string]: unknown;
            };
            /** @default {} */
            params_input?: {
                [key: string]: unknown;
            };
            respond_by: string | null;
            run_id: string;
            subject: string;
            task_id: string;
        };
        /** QueuedEventCollection */
        QueuedEventCollection: {
            queued_events: components["schemas"]["QueuedEventResponse"][];
            total_entries: number;
        };
        /** QueuedEventResponse */
        QueuedEventResponse: {
            asset_id: number;
            created_at: string;
            dag_display_name: string;
            dag_id: string;
        };
        /** ReasonBody */
        ReasonBody: {
            /** @default  */
            why?: string;
        };
        /**
         * ReferenceSet
         * @description Data that later data is compared with: a sample of it. Named as the reference.
         */
        ReferenceSet: {
            /** @default [] */
            columns?: components["schemas"]["ColumnProfile"][];
            rows: number;
            /** @default 0 */
            sampled_rows?: number;
            value: {
                [key: string]: unknown;
            };
            /** @default  */
            value_hash?: string;
        };
        /**
         * Reproduced
         * @description Of the run that repeats another. Named as that run's id.
         */
        Reproduced: {
            different: {
                [key: string]: string;
            };
            /** @default [] */
            environment?: string[];
            same: string[];
        };
        /** ReproductionReport */
        ReproductionReport: {
            dag_id: string;
            environment: string[];
            has_environment: boolean;
            is_same: boolean | null;
            reproduces: string;
            run_id: string;
            state: components["schemas"]["RunState"];
            tasks: components["schemas"]["Compared"][];
        };
        /**
         * ResourceSeries
         * @description What a try used; `at` in seconds since its start.
         */
        ResourceSeries: {
            at: number[];
            cpu_percent: number[];
            gpu_memory_bytes: number[];
            gpu_percent: number[];
            rss_bytes: number[];
        };
        /**
         * RetryChanged
         * @description Of a try that failed, or of the one after a try that could not say so: what the next try has otherwise, and why.
         *         Named as the task.
         */
        RetryChanged: {
            /** @default {} */
            changes?: {
                [key: string]: [
                    unknown,
                    unknown
                ];
            };
            failed_try: string;
            failure: string;
            /** @default  */
            why?: string;
        };
        /** RoleBody */
        RoleBody: {
            grants: components["schemas"]["GrantInfo"][];
        };
        /** RoleInfo */
        RoleInfo: {
            grants: components["schemas"]["GrantInfo"][];
            is_built_in: boolean;
            name: string;
            /** @default 0 */
            users?: number;
        };
        /** RollbackWish */
        RollbackWish: {
            /** @default  */
            reason?: string;
        };
        /**
         * RunBar
         * @description A run as a small bar.
         */
        RunBar: {
            /** @default null */
            ended_at?: string | null;
            run_after: string;
            run_id: string;
            run_type: string;
            /** @default null */
            started_at?: string | null;
            state: string;
        };
        /**
         * RunJournal
         * @description What is noted down of a run as a whole.
         */
        RunJournal: {
            environment: components["schemas"]["Noted_Environment_"] | null;
            forked: components["schemas"]["Noted_Forked_"] | null;
            reproduced: components["schemas"]["Noted_Reproduced_"] | null;
            tracked: components["schemas"]["Noted_TrackedRun_"] | null;
        };
        /**
         * RunKey
         * @description One run of one DAG. `run_id` is unique within its DAG only, as in Airflow.
         */
        RunKey: {
            dag_id: string;
            run_id: string;
        };
        /** RunLine */
        RunLine: {
            dag_id: string;
            done: number;
            ended_at: string | null;
            run_after: string;
            run_id: string;
            run_type: string;
            started_at: string | null;
            state: string;
            /** @default null */
            task_id?: string | null;
            total: number;
            what: string;
        };
        /** RunPage */
        RunPage: {
            backfill_id: number | null;
            bundle_version: string;
            conf: {
                [key: string]: unknown;
            };
            counts: {
                [key: string]: number;
            };
            dag_id: string;
            data_interval_end: string | null;
            data_interval_start: string | null;
            ended_at: string | null;
            first_failure: components["schemas"]["Failure"] | null;
            instance_total: number;
            logical_date: string | null;
            mapped: {
                [key: string]: number;
            };
            may_edit: boolean;
            next_run_id: string | null;
            nodes: components["schemas"]["GridNode"][];
            note: string;
            params: {
                [key: string]: unknown;
            };
            predicted_end: string | null;
            previous_run_id: string | null;
            queued_at: string | null;
            run_after: string;
            run_id: string;
            run_type: string;
            started_at: string | null;
            state: string;
            triggered_by: string;
            version_is_newest: boolean;
            version_number: number;
            why: string;
        };
        /**
         * RunReference
         * @description A run that an event started, or helped to start.
         */
        RunReference: {
            dag_id: string;
            data_interval_end: string | null;
            data_interval_start: string | null;
            end_date: string | null;
            logical_date: string | null;
            partition_key: string | null;
            run_id: string;
            start_date: string;
            state: string;
            /** @default true */
            triggering?: boolean;
        };
        /** RunsBody */
        RunsBody: {
            /** @default null */
            conf_contains?: string | null;
            /** @default null */
            dag_ids?: string[] | null;
            /** @default null */
            duration_gt?: number | null;
            /** @default null */
            duration_gte?: number | null;
            /** @default null */
            duration_lt?: number | null;
            /** @default null */
            duration_lte?: number | null;
            /** @default null */
            end_date_gt?: string | null;
            /** @default null */
            end_date_gte?: string | null;
            /** @default null */
            end_date_lt?: string | null;
            /** @default null */
            end_date_lte?: string | null;
            /** @default 50 */
            limit?: number;
            /** @default null */
            logical_date_gt?: string | null;
            /** @default null */
            logical_date_gte?: string | null;
            /** @default null */
            logical_date_lt?: string | null;
            /** @default null */
            logical_date_lte?: string | null;
            /** @default 0 */
            offset?: number;
            /** @default null */
            order_by?: string | null;
            /** @default 100 */
            page_limit?: number;
            /** @default 0 */
            page_offset?: number;
            /** @default null */
            run_after_gt?: string | null;
            /** @default null */
            run_after_gte?: string | null;
            /** @default null */
            run_after_lt?: string | null;
            /** @default null */
            run_after_lte?: string | null;
            /** @default null */
            start_date_gt?: string | null;
            /** @default null */
            start_date_gte?: string | null;
            /** @default null */
            start_date_lt?: string | null;
            /** @default null */
            start_date_lte?: string | null;
            /** @default null */
            states?: (string | null)[] | null;
            /** @default null */
            updated_at_gt?: string | null;
            /** @default null */
            updated_at_gte?: string | null;
            /** @default null */
            updated_at_lt?: string | null;
            /** @default null */
            updated_at_lte?: string | null;
        };
        /**
         * RunState
         * @description State of a DAG run. A cancelled run is FAILED; its history row says why.
         * @enum {unknown}
         */
        RunState: "failed" | "queued" | "running" | "success";
        /** SchedulerStatus */
        SchedulerStatus: {
            latest_scheduler_heartbeat: string | null;
            status: string | null;
        };
        /** Seen */
        Seen: {
            /** @default null */
            results?: {
                [key: string]: unknown;
            } | null;
            state: string;
        };
        /** SettingLine */
        SettingLine: {
            about: string;
            name: string;
            origin: string;
            value: string;
        };
        /** Side */
        Side: {
            dag_id: string;
            ended_at: string | null;
            run_id: string;
            started_at: string | null;
            state: string;
            version_number: number;
        };
        /** SignIn */
        SignIn: {
            password: string;
            username: string;
        };
        /**
         * SignInOptions
         * @description What the sign-in page offers; open to anybody.
         */
        SignInOptions: {
            has_password: boolean;
            oidc_name: string;
            oidc_url: string;
        };
        /**
         * Stage
         * @description How a try's time was spent: `upstream`, `slot`, `retry` (its delay, then a slot), `deferred`, `rescheduled`,
         *         `importing`, `queued` (its process starts), `running`, `finishing`.
         */
        Stage: {
            name: string;
            seconds: number;
        };
        /** StateCount */
        StateCount: {
            count: number;
            state: string;
        };
        /**
         * SweepEnded
         * @description Named as the sweep.
         */
        SweepEnded: {
            best_number: number | null;
            /** @default {} */
            best_params?: {
                [key: string]: unknown;
            };
            best_value: number | null;
            complete: number;
            failed: number;
            /** @default {} */
            importances?: {
                [key: string]: number;
            };
            pruned: number;
            /** @default  */
            reason?: string;
            /** @default 0 */
            skipped?: number;
            /** @default  */
            study?: string;
            trials: number;
        };
        /**
         * SweepStarted
         * @description Named as the sweep: "dag_id/run_id/group".
         */
        SweepStarted: {
            /** @default {} */
            budget?: {
                [key: string]: number;
            };
            /** @default null */
            budget_seconds?: number | null;
            /** @enum {unknown} */
            direction: "maximize" | "minimize";
            /** @default {} */
            distributions?: {
                [key: string]: string;
            };
            n_trials: number;
            objective: string;
            parallel: number;
            pruner: string;
            sampler: string;
            space: {
                [key: string]: unknown;
            };
            /** @default  */
            study?: string;
            /** @default [] */
            warm_started_from?: string[];
        };
        /** TablePreview */
        TablePreview: {
            columns: components["schemas"]["ColumnStats"][];
            is_sample: boolean;
            rows: unknown[][];
            total_rows: number;
        };
        /** TagCollection */
        TagCollection: {
            tags: string[];
            total_entries: number;
        };
        /** TaskCollection */
        TaskCollection: {
            tasks: components["schemas"]["TaskResponse"][];
            total_entries: number;
        };
        /** TaskDependencies */
        TaskDependencies: {
            dependencies: components["schemas"]["TaskDependency"][];
        };
        /** TaskDependency */
        TaskDependency: {
            name: string;
            reason: string;
        };
        /** TaskInstanceCollection */
        TaskInstanceCollection: {
            /** @default null */
            next_cursor?: string | null;
            /** @default null */
            previous_cursor?: string | null;
            task_instances: components["schemas"]["TaskInstanceResponse"][];
            total_entries: number | null;
            /** @default null */
            total_entries_limit?: number | null;
        };
        /** TaskInstanceHistoryCollection */
        TaskInstanceHistoryCollection: {
            task_instances: components["schemas"]["TaskInstanceHistoryResponse"][];
            total_entries: number;
        };
        /** TaskInstanceHistoryResponse */
        TaskInstanceHistoryResponse: {
            dag_display_name: string;
            dag_id: string;
            dag_run_id: string;
            dag_version: components["schemas"]["DagVersionResponse"] | null;
            duration: number | null;
            end_date: string | null;
            executor: string | null;
            /** @default {} */
            executor_config?: string;
            hostname: string | null;
            map_index: number;
            max_tries: number;
            operator: string | null;
            operator_name: string | null;
            pid: number | null;
            pool: string;
            pool_slots: number;
            priority_weight: number | null;
            queue: string | null;
            queued_when: string | null;
            scheduled_when: string | null;
            start_date: string | null;
            state: string | null;
            task_display_name: string;
            task_id: string;
            try_number: number;
            /** @default null */
            unixname?: string | null;
        };
        /** TaskInstanceResponse */
        TaskInstanceResponse: {
            dag_display_name: string;
            dag_id: string;
            dag_run_id: string;
            dag_version: components["schemas"]["DagVersionResponse"] | null;
            duration: number | null;
            end_date: string | null;
            executor: string | null;
            /** @default {} */
            executor_config?: string;
            hostname: string | null;
            /** Format: uuid */
            id: string;
            logical_date: string | null;
            map_index: number;
            max_tries: number;
            note: string | null;
            operator: string | null;
            operator_name: string | null;
            pid: number | null;
            pool: string;
            pool_slots: number;
            priority_weight: number | null;
            queue: string | null;
            queued_when: string | null;
            /** @default {} */
            rendered_fields?: {
                [key: string]: unknown;
            };
            rendered_map_index: string | null;
            run_after: string;
            scheduled_when: string | null;
            start_date: string | null;
            state: string | null;
            task_display_name: string;
            task_id: string;
            trigger: components["schemas"]["TriggerResponse"] | null;
            triggerer_job: components["schemas"]["JobResponse"] | null;
            try_number: number;
            /** @default null */
            unixname?: string | null;
        };
        /** TaskPage */
        TaskPage: {
            doc: string;
            downstream: string[];
            extra_links: {
                [key: string]: string;
            };
            history: components["schemas"]["HistoryLine"][];
            map_length: number | null;
            may_edit: boolean;
            operator: string;
            pool: string;
            rendered: {
                [key: string]: unknown;
            };
            retries: number;
            row: components["schemas"]["TaskRow"];
            tries: components["schemas"]["TryInfo"][];
            trigger_rule: string;
            upstream: string[];
        };
        /** TaskReference */
        TaskReference: {
            created_at: string;
            dag_id: string;
            task_id: string;
            updated_at: string;
        };
        /** TaskResponse */
        TaskResponse: {
            class_ref: {
                [key: string]: string | null;
            };
            depends_on_past: boolean;
            doc_md: string | null;
            downstream_task_ids: string[];
            end_date: string | null;
            execution_timeout: components["schemas"]["TimeDelta"] | null;
            /** @default [] */
            extra_links?: string[];
            is_mapped: boolean;
            operator_name: string;
            owner: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            pool: string;
            pool_slots: number;
            priority_weight: number;
            queue: string;
            retries: number;
            retry_delay: components["schemas"]["TimeDelta"];
            retry_exponential_backoff: number;
            start_date: string | null;
            task_display_name: string;
            task_id: string;
            template_fields: string[];
            trigger_rule: string;
            ui_color: string;
            /** @default #000 */
            ui_fgcolor?: string;
            wait_for_downstream: boolean;
            weight_rule: string;
        };
        /**
         * TaskRow
         * @description A task instance.
         */
        TaskRow: {
            /** @default null */
            due_at?: string | null;
            /** @default null */
            ended_at?: string | null;
            /** @default  */
            label?: string;
            /** @default  */
            log_hint?: string;
            map_path: number[];
            /** @default null */
            metrics?: {
                [key: string]: number;
            } | null;
            /** @default null */
            progress?: components["schemas"]["ProgressInfo"] | null;
            /** @default null */
            queued_at?: string | null;
            /** @default null */
            started_at?: string | null;
            state: string;
            task_id: string;
            /** @default 0 */
            tries?: number;
            /** @default 0 */
            try_number?: number;
            /** @default  */
            why?: string;
        };
        /** TaskRows */
        TaskRows: {
            next_cursor: string | null;
            tasks: components["schemas"]["TaskRow"][];
            total: number;
        };
        /** TaskStateStoreBody */
        TaskStateStoreBody: {
            /** @default null */
            expires_at?: string | null;
            value: unknown;
        };
        /** TaskStateStoreCollection */
        TaskStateStoreCollection: {
            task_state_store: components["schemas"]["TaskStateStoreResponse"][];
            total_entries: number;
        };
        /** TaskStateStorePatchBody */
        TaskStateStorePatchBody: {
            value: unknown;
        };
        /** TaskStateStoreResponse */
        TaskStateStoreResponse: {
            /** @default null */
            expires_at?: string | null;
            key: string;
            updated_at: string;
            value: unknown;
        };
        /** TimeDelta */
        TimeDelta: {
            /** @default TimeDelta */
            __type?: string;
            days: number;
            microseconds: number;
            seconds: number;
        };
        /** Timeline */
        Timeline: {
            bars: components["schemas"]["Bar"][];
            critical_path: string[];
        };
        /** Token */
        Token: {
            access_token: string;
        };
        /** TokenInfo */
        TokenInfo: {
            created_at: string;
            expires_at: string | null;
            label: string;
            last_used_at: string | null;
            revoked_at: string | null;
            scopes: components["schemas"]["GrantInfo"][] | null;
            token_id: string;
            user: string;
        };
        /** TokenMade */
        TokenMade: {
            info: components["schemas"]["TokenInfo"];
            token: string;
        };
        /**
         * Touched
         * @description A task instance that an action would change, or has been asked to.
         */
        Touched: {
            dag_id: string;
            map_path: number[];
            run_id: string;
            state: string;
            task_id: string;
        };
        /** TouchedList */
        TouchedList: {
            is_done: boolean;
            touched: components["schemas"]["Touched"][];
        };
        /**
         * TrackedRun
         * @description A run or a try in MLflow. Named "".
         */
        TrackedRun: {
            experiment_id: string;
            /** @default false */
            is_parent?: boolean;
            mlflow_run_id: string;
            tracking_uri: string;
            /** @default  */
            url?: string;
        };
        /** VersionInfo */
        "tradewind.api.ours.bodies.dags.VersionInfo": {
            bundle_version: string;
            created_at: string;
            hash: string;
            number: number;
            runs: number;
        };
        /** InstancesQuery */
        "tradewind.api.ours.grid_instances.InstancesQuery": {
            /** @default [] */
            run_id?: string[];
            task_id: string;
        };
        /** LogQuery */
        "tradewind.api.ours.logs.LogQuery": {
            /** @default null */
            end?: number | null;
            /** @default  */
            map?: string;
            /** @default 0 */
            start?: number;
            /** @default null */
            tail?: number | null;
            /** @default null */
            try?: number | null;
            /** @default  */
            try_id?: string;
        };
        /** SearchQuery */
        "tradewind.api.ours.logs.SearchQuery": {
            /** @default 0 */
            from?: number;
            /** @default  */
            level?: string;
            /** @default 200 */
            limit?: number;
            /** @default  */
            map?: string;
            /** @default  */
            q?: string;
            /** @default null */
            try?: number | null;
            /** @default  */
            try_id?: string;
        };
        /** InstanceQuery */
        "tradewind.api.ours.paths.InstanceQuery": {
            /** @default  */
            map?: string;
        };
        /** Reproduced */
        "tradewind.api.ours.reproductions.Reproduced": {
            dag_id: string;
            reproduces: string;
            run_id: string;
            state: components["schemas"]["RunState"];
        };
        /** SearchQuery */
        "tradewind.api.ours.search.SearchQuery": {
            /** @default  */
            q?: string;
        };
        /** InstanceQuery */
        "tradewind.api.v2.memories.InstanceQuery": {
            /** @default -1 */
            map_index?: number;
        };
        /** InstancesQuery */
        "tradewind.api.v2.task_filters.InstancesQuery": {
            /** @default null */
            duration_gt?: number | null;
            /** @default null */
            duration_gte?: number | null;
            /** @default null */
            duration_lt?: number | null;
            /** @default null */
            duration_lte?: number | null;
            /** @default null */
            end_date_gt?: string | null;
            /** @default null */
            end_date_gte?: string | null;
            /** @default null */
            end_date_lt?: string | null;
            /** @default null */
            end_date_lte?: string | null;
            /** @default [] */
            executor?: string[];
            /** @default 50 */
            limit?: number;
            /** @default null */
            logical_date_gt?: string | null;
            /** @default null */
            logical_date_gte?: string | null;
            /** @default null */
            logical_date_lt?: string | null;
            /** @default null */
            logical_date_lte?: string | null;
            /** @default [] */
            map_index?: number[];
            /** @default 0 */
            offset?: number;
            /** @default [] */
            operator?: string[];
            /** @default null */
            operator_name_pattern?: string | null;
            /** @default null */
            operator_name_prefix_pattern?: string | null;
            /** @default [] */
            order_by?: string[];
            /** @default [] */
            pool?: string[];
            /** @default null */
            pool_name_pattern?: string | null;
            /** @default null */
            pool_name_prefix_pattern?: string | null;
            /** @default [] */
            queue?: string[];
            /** @default null */
            queue_name_pattern?: string | null;
            /** @default null */
            queue_name_prefix_pattern?: string | null;
            /** @default null */
            rendered_map_index_pattern?: string | null;
            /** @default null */
            rendered_map_index_prefix_pattern?: string | null;
            /** @default null */
            run_after_gt?: string | null;
            /** @default null */
            run_after_gte?: string | null;
            /** @default null */
            run_after_lt?: string | null;
            /** @default null */
            run_after_lte?: string | null;
            /** @default null */
            start_date_gt?: string | null;
            /** @default null */
            start_date_gte?: string | null;
            /** @default null */
            start_date_lt?: string | null;
            /** @default null */
            start_date_lte?: string | null;
            /** @default [] */
            state?: string[];
            /** @default [] */
            try_number?: number[];
            /** @default null */
            updated_at_gt?: string | null;
            /** @default null */
            updated_at_gte?: string | null;
            /** @default null */
            updated_at_lt?: string | null;
            /** @default null */
            updated_at_lte?: string | null;
            /** @default [] */
            version_number?: number[];
        };
        /** LogQuery */
        "tradewind.api.v2.task_logs.LogQuery": {
            /** @default false */
            full_content?: boolean;
            /** @default -1 */
            map_index?: number;
            /** @default null */
            token?: string | null;
        };
        /** VersionInfo */
        "tradewind.api.v2.version.VersionInfo": {
            /** @default null */
            git_version?: string | null;
            version: string;
        };
        /** InstanceQuery */
        "tradewind.api.v2.xcom_changes.InstanceQuery": {
            /** @default -1 */
            map_index?: number;
        };
        /**
         * Reproduced
         * @description Of the run that repeats another. Named as that run's id.
         */
        "tradewind.model.entries.Reproduced": {
            different: {
                [key: string]: string;
            };
            /** @default [] */
            environment?: string[];
            same: string[];
        };
        /**
         * TrialEnded
         * @description Named as the sweep.
         */
        TrialEnded: {
            /** @default {} */
            attrs?: {
                [key: string]: unknown;
            };
            /** @default {} */
            distributions?: {
                [key: string]: string;
            };
            number: number;
            params: {
                [key: string]: unknown;
            };
            /** @default  */
            reason?: string;
            /** @default 0 */
            seconds?: number;
            /** @enum {unknown} */
            state: "complete" | "failed" | "pruned" | "skipped";
            /** @default [] */
            steps?: [
                number,
                number
            ][];
            /** @default  */
            study?: string;
            /** @default null */
            value?: number | null;
        };
        /**
         * TrialNoted
         * @description What a pruner keeps with a trial that runs. Named as the sweep.
         */
        TrialNoted: {
            attrs: {
                [key: string]: unknown;
            };
            number: number;
            /** @default  */
            study?: string;
        };
        /**
         * TrialStarted
         * @description A trial has its parameters; every further try of it takes them up again. Named as the sweep.
         */
        TrialStarted: {
            /** @default {} */
            attrs?: {
                [key: string]: unknown;
            };
            /** @default {} */
            distributions?: {
                [key: string]: string;
            };
            /** @default false */
            is_given?: boolean;
            number: number;
            params: {
                [key: string]: unknown;
            };
            /** @default  */
            study?: string;
            /** @default {} */
            study_attrs?: {
                [key: string]: unknown;
            };
        };
        /** TriggerBody */
        TriggerBody: {
            /** @default {} */
            conf?: {
                [key: string]: unknown;
            };
            /** @default null */
            logical_date?: string | null;
            /** @default  */
            note?: string;
            /** @default {} */
            params?: {
                [key: string]: unknown;
            };
            /** @default null */
            run_id?: string | null;
        };
        /** TriggerDAGRunPostBody */
        TriggerDAGRunPostBody: {
            /** @default null */
            conf?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            dag_run_id?: string | null;
            /** @default null */
            data_interval_end?: string | null;
            /** @default null */
            data_interval_start?: string | null;
            /** @default null */
            logical_date?: string | null;
            /** @default null */
            note?: string | null;
            /** @default null */
            partition_key?: string | null;
            /** @default null */
            run_after?: string | null;
        };
        /** Triggered */
        Triggered: {
            is_waiting_for: string;
            logical_date: string | null;
            run_id: string;
        };
        /** TriggererStatus */
        TriggererStatus: {
            latest_triggerer_heartbeat: string | null;
            status: string | null;
        };
        /** TriggerForm */
        TriggerForm: {
            conf_example: {
                [key: string]: unknown;
            };
            dag_id: string;
            fields: components["schemas"]["ParamField"][];
            is_paused: boolean;
            next_logical_date: string | null;
        };
        /** TriggerResponse */
        TriggerResponse: {
            classpath: string;
            created_date: string;
            id: number;
            kwargs: string;
            queue: string | null;
            triggerer_id: number | null;
        };
        /** TryInfo */
        TryInfo: {
            crash: components["schemas"]["CrashCard"] | null;
            ended_at: string | null;
            executor: string;
            has_log: boolean;
            host: string;
            max_rss_bytes: number | null;
            number: number;
            pid: number | null;
            pool: string;
            pool_slots: number;
            queued_at: string;
            stages: components["schemas"]["Stage"][];
            started_at: string | null;
            state: string;
            try_id: string;
            why: string;
        };
        /**
         * TryJournal
         * @description What a try noted down, newest first.
         */
        TryJournal: {
            artifacts: components["schemas"]["Noted_LoggedArtifact_"][];
            cache: components["schemas"]["Noted_CacheOutcome_"] | null;
            checkpoints: components["schemas"]["Noted_CheckpointSaved_"][];
            checks: components["schemas"]["Noted_DataChecked_"][];
            drifts: components["schemas"]["Noted_DriftReport_"][];
            gates: components["schemas"]["Noted_GateDecision_"][];
            models: components["schemas"]["Noted_ModelVersion_"][];
            notebooks: components["schemas"]["Noted_NotebookRun_"][];
            params: components["schemas"]["Noted_LoggedParams_"][];
            profiles: components["schemas"]["Noted_ValueProfile_"][];
            retries: components["schemas"]["Noted_RetryChanged_"][];
            tracked: components["schemas"]["Noted_TrackedRun_"] | null;
            usage: components["schemas"]["Noted_TryUsage_"] | null;
        };
        /**
         * TryUsage
         * @description What a try took of the machine, from its start to its end. Named as the task.
         */
        TryUsage: {
            /** @default 0 */
            cpu_seconds?: number;
            /** @default null */
            gpu_memory_bytes_max?: number | null;
            /** @default null */
            gpu_percent_mean?: number | null;
            /** @default 0 */
            gpu_share?: number;
            /** @default [] */
            gpus?: string[];
            /** @default false */
            idle_gpu?: boolean;
            /** @default 0 */
            read_bytes?: number;
            /** @default 0 */
            rss_bytes_max?: number;
            seconds: number;
            /** @default 0 */
            written_bytes?: number;
        };
        /** UpdateHITLDetailPayload */
        UpdateHITLDetailPayload: {
            chosen_options: string[];
            /** @default null */
            params_input?: {
                [key: string]: unknown;
            } | null;
        };
        /** UserChange */
        UserChange: {
            /** @default null */
            email?: string | null;
            /** @default null */
            is_active?: boolean | null;
            /** @default null */
            password?: string | null;
            /** @default null */
            roles?: string[] | null;
        };
        /** UserInfo */
        UserInfo: {
            comes_from: string;
            created_at: string;
            email: string;
            is_active: boolean;
            last_seen_at: string | null;
            name: string;
            roles: string[];
            user_id: number;
        };
        /** UserMade */
        UserMade: {
            password: string;
            user: components["schemas"]["UserInfo"];
        };
        /** ValueDifference */
        ValueDifference: {
            is_same: boolean;
            key: string;
            left: components["schemas"]["ValueInfo"] | null;
            map_path: number[];
            right: components["schemas"]["ValueInfo"] | null;
            task_id: string;
        };
        /** ValueInfo */
        ValueInfo: {
            codec: string;
            dag_id: string;
            hash: string;
            key: string;
            kind: string;
            length: number | null;
            map_path: number[];
            preview: string;
            run_id: string;
            schema: {
                [key: string]: string;
            } | null;
            shape: number[] | null;
            size_bytes: number;
            task_id: string;
            type: string;
            written_at: string | null;
        };
        /** ValueLineage */
        ValueLineage: {
            hash: string;
            read_by: components["schemas"]["ValueUse"][];
            written_by: components["schemas"]["ValueUse"][];
        };
        /** ValuePreview */
        ValuePreview: {
            /** @default null */
            array?: components["schemas"]["ArrayPreview"] | null;
            /** @default null */
            image_url?: string | null;
            info: components["schemas"]["ValueInfo"];
            /** @default false */
            is_cut?: boolean;
            /** @default null */
            json?: unknown;
            /** @default null */
            model?: {
                [key: string]: unknown;
            } | null;
            /** @default null */
            table?: components["schemas"]["TablePreview"] | null;
            /** @default null */
            text?: string | null;
            /** @default  */
            why_not?: string;
        };
        /**
         * ValueProfile
         * @description Of a DataFrame that a try handed on. Named as the XCom key.
         */
        ValueProfile: {
            columns: components["schemas"]["ColumnProfile"][];
            rows: number;
            /** @default 0 */
            sampled_rows?: number;
            /** @default 0 */
            seconds?: number;
            value_hash: string;
        };
        /** Values */
        Values: {
            next_cursor: string | null;
            total: number;
            values: components["schemas"]["ValueInfo"][];
        };
        /** ValueUse */
        ValueUse: {
            /** @default null */
            at?: string | null;
            dag_id: string;
            map_path: number[];
            run_id: string;
            task_id: string;
        };
        /** VariableBody */
        VariableBody: {
            description?: string | null;
            key: string;
            team_name?: string | null;
            value?: unknown;
        };
        /** VariableCollection */
        VariableCollection: {
            total_entries: number;
            variables: components["schemas"]["VariableResponse"][];
        };
        /** VariableResponse */
        VariableResponse: {
            description: string | null;
            /** @default true */
            is_encrypted?: boolean;
            key: string;
            /** @default null */
            team_name?: string | null;
            value: string;
        };
        /** VersionInfo */
        VersionInfo: {
            bundle_version: string;
            created_at: string;
            hash: string;
            number: number;
            runs: number;
        };
        /** WhyAnswer */
        WhyAnswer: {
            holders: components["schemas"]["Holder"][];
            kind: string;
            since: string | null;
            stages: components["schemas"]["Stage"][];
            text: string;
        };
        /** XComCollection */
        XComCollection: {
            /** @default null */
            next_cursor?: string | null;
            /** @default null */
            previous_cursor?: string | null;
            total_entries: number;
            xcom_entries: components["schemas"]["XComResponse"][];
        };
        /** XComCreateBody */
        XComCreateBody: {
            key: string;
            /** @default -1 */
            map_index?: number;
            value: unknown;
        };
        /** XComEntry */
        XComEntry: {
            dag_display_name: string;
            dag_id: string;
            key: string;
            logical_date: string | null;
            map_index: number;
            run_after: string;
            run_id: string;
            task_display_name: string;
            task_id: string;
            timestamp: string;
            value: unknown;
        };
        /** XComResponse */
        XComResponse: {
            dag_display_name: string;
            dag_id: string;
            key: string;
            logical_date: string | null;
            map_index: number;
            run_after: string;
            run_id: string;
            task_display_name: string;
            task_id: string;
            timestamp: string;
        };
        /** XComUpdateBody */
        XComUpdateBody: {
            /** @default -1 */
            map_index?: number;
            value: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type AccessControl = components['schemas']['AccessControl'];
export type AliasMoved = components['schemas']['AliasMoved'];
export type AliasWish = components['schemas']['AliasWish'];
export type AnswerBody = components['schemas']['AnswerBody'];
export type Answered = components['schemas']['Answered'];
export type ApiServerStatus = components['schemas']['ApiServerStatus'];
export type ArrayPreview = components['schemas']['ArrayPreview'];
export type AskBody = components['schemas']['AskBody'];
export type AskLine = components['schemas']['AskLine'];
export type AssetAliasCollection = components['schemas']['AssetAliasCollection'];
export type AssetAliasResponse = components['schemas']['AssetAliasResponse'];
export type AssetCollection = components['schemas']['AssetCollection'];
export type AssetEdge = components['schemas']['AssetEdge'];
export type AssetEventCollection = components['schemas']['AssetEventCollection'];
export type AssetEventResponse = components['schemas']['AssetEventResponse'];
export type AssetGraph = components['schemas']['AssetGraph'];
export type AssetNode = components['schemas']['AssetNode'];
export type AssetResponse = components['schemas']['AssetResponse'];
export type AssetStateStoreBody = components['schemas']['AssetStateStoreBody'];
export type AssetStateStoreCollection = components['schemas']['AssetStateStoreCollection'];
export type AssetStateStoreResponse = components['schemas']['AssetStateStoreResponse'];
export type AssetWatcher = components['schemas']['AssetWatcher'];
export type AsyncConnectionTest = components['schemas']['AsyncConnectionTest'];
export type AuditLine = components['schemas']['AuditLine'];
export type AuditPage = components['schemas']['AuditPage'];
export type BackfillCollection = components['schemas']['BackfillCollection'];
export type BackfillPostBody = components['schemas']['BackfillPostBody'];
export type BackfillResponse = components['schemas']['BackfillResponse'];
export type Bar = components['schemas']['Bar'];
export type BulkAnswer = components['schemas']['BulkAnswer'];
export type BulkBodyBulkDagRunBody = components['schemas']['BulkBody_BulkDAGRunBody_'];
export type BulkBodyBulkTaskInstanceBody = components['schemas']['BulkBody_BulkTaskInstanceBody_'];
export type BulkBodyConnectionBody = components['schemas']['BulkBody_ConnectionBody_'];
export type BulkBodyPoolBody = components['schemas']['BulkBody_PoolBody_'];
export type BulkBodyVariableBody = components['schemas']['BulkBody_VariableBody_'];
export type BulkCreateBulkDagRunBody = components['schemas']['BulkCreate_BulkDAGRunBody_'];
export type BulkCreateBulkTaskInstanceBody = components['schemas']['BulkCreate_BulkTaskInstanceBody_'];
export type BulkCreateConnectionBody = components['schemas']['BulkCreate_ConnectionBody_'];
export type BulkCreatePoolBody = components['schemas']['BulkCreate_PoolBody_'];
export type BulkCreateVariableBody = components['schemas']['BulkCreate_VariableBody_'];
export type BulkDagRunBody = components['schemas']['BulkDAGRunBody'];
export type BulkDagRunClearBody = components['schemas']['BulkDAGRunClearBody'];
export type BulkDeleteBulkDagRunBody = components['schemas']['BulkDelete_BulkDAGRunBody_'];
export type BulkDeleteBulkTaskInstanceBody = components['schemas']['BulkDelete_BulkTaskInstanceBody_'];
export type BulkDeleteConnectionBody = components['schemas']['BulkDelete_ConnectionBody_'];
export type BulkDeletePoolBody = components['schemas']['BulkDelete_PoolBody_'];
export type BulkDeleteVariableBody = components['schemas']['BulkDelete_VariableBody_'];
export type BulkError = components['schemas']['BulkError'];
export type BulkOutcome = components['schemas']['BulkOutcome'];
export type BulkTaskInstanceBody = components['schemas']['BulkTaskInstanceBody'];
export type BulkUpdateBulkDagRunBody = components['schemas']['BulkUpdate_BulkDAGRunBody_'];
export type BulkUpdateBulkTaskInstanceBody = components['schemas']['BulkUpdate_BulkTaskInstanceBody_'];
export type BulkUpdateConnectionBody = components['schemas']['BulkUpdate_ConnectionBody_'];
export type BulkUpdatePoolBody = components['schemas']['BulkUpdate_PoolBody_'];
export type BulkUpdateVariableBody = components['schemas']['BulkUpdate_VariableBody_'];
export type CacheOutcome = components['schemas']['CacheOutcome'];
export type CalendarDay = components['schemas']['CalendarDay'];
export type CheckFailure = components['schemas']['CheckFailure'];
export type CheckpointSaved = components['schemas']['CheckpointSaved'];
export type ClearBody = components['schemas']['ClearBody'];
export type ClearTaskInstancesBody = components['schemas']['ClearTaskInstancesBody'];
export type Code = components['schemas']['Code'];
export type CodeDiff = components['schemas']['CodeDiff'];
export type ColumnDrift = components['schemas']['ColumnDrift'];
export type ColumnProfile = components['schemas']['ColumnProfile'];
export type ColumnStats = components['schemas']['ColumnStats'];
export type Compared = components['schemas']['Compared'];
export type Comparison = components['schemas']['Comparison'];
export type Config = components['schemas']['Config'];
export type ConfigOption = components['schemas']['ConfigOption'];
export type ConfigSection = components['schemas']['ConfigSection'];
export type ConnectionBody = components['schemas']['ConnectionBody'];
export type ConnectionCollection = components['schemas']['ConnectionCollection'];
export type ConnectionResponse = components['schemas']['ConnectionResponse'];
export type ConnectionTest = components['schemas']['ConnectionTest'];
export type ConnectionTestQueued = components['schemas']['ConnectionTestQueued'];
export type ConnectionTestRequestBody = components['schemas']['ConnectionTestRequestBody'];
export type ConnectionTestResponse = components['schemas']['ConnectionTestResponse'];
export type Costs = components['schemas']['Costs'];
export type CrashCard = components['schemas']['CrashCard'];
export type CreateAssetEventsBody = components['schemas']['CreateAssetEventsBody'];
export type DagCard = components['schemas']['DagCard'];
export type DagCards = components['schemas']['DagCards'];
export type DagCollection = components['schemas']['DAGCollection'];
export type DagDetailsResponse = components['schemas']['DAGDetailsResponse'];
export type DagPage = components['schemas']['DagPage'];
export type DagPatchBody = components['schemas']['DAGPatchBody'];
export type DagProcessorStatus = components['schemas']['DagProcessorStatus'];
export type DagReference = components['schemas']['DagReference'];
export type DagResponse = components['schemas']['DAGResponse'];
export type DagRunClearBody = components['schemas']['DAGRunClearBody'];
export type DagRunCollection = components['schemas']['DAGRunCollection'];
export type DagRunPatchBody = components['schemas']['DAGRunPatchBody'];
export type DagRunResponse = components['schemas']['DAGRunResponse'];
export type DagSource = components['schemas']['DAGSource'];
export type DagStats = components['schemas']['DagStats'];
export type DagStatsCollection = components['schemas']['DagStatsCollection'];
export type DagTagResponse = components['schemas']['DagTagResponse'];
export type DagVersionCollection = components['schemas']['DagVersionCollection'];
export type DagVersionResponse = components['schemas']['DagVersionResponse'];
export type DagWarning = components['schemas']['DagWarning'];
export type DagWarningCollection = components['schemas']['DagWarningCollection'];
export type DataChecked = components['schemas']['DataChecked'];
export type DayCost = components['schemas']['DayCost'];
export type Deployed = components['schemas']['Deployed'];
export type Difference = components['schemas']['Difference'];
export type DriftReport = components['schemas']['DriftReport'];
export type DryRun = components['schemas']['DryRun'];
export type DryRunCollection = components['schemas']['DryRunCollection'];
export type DurationPoint = components['schemas']['DurationPoint'];
export type Environment = components['schemas']['Environment'];
export type EventLogCollection = components['schemas']['EventLogCollection'];
export type EventLogResponse = components['schemas']['EventLogResponse'];
export type ExperimentRow = components['schemas']['ExperimentRow'];
export type Experiments = components['schemas']['Experiments'];
export type ExternalLogUrl = components['schemas']['ExternalLogUrl'];
export type ExtraLinks = components['schemas']['ExtraLinks'];
export type Failure = components['schemas']['Failure'];
export type ForkBody = components['schemas']['ForkBody'];
export type Forked = components['schemas']['Forked'];
export type ForkList = components['schemas']['ForkList'];
export type ForkMade = components['schemas']['ForkMade'];
export type GateDecision = components['schemas']['GateDecision'];
export type GrantInfo = components['schemas']['GrantInfo'];
export type Graph = components['schemas']['Graph'];
export type GraphEdge = components['schemas']['GraphEdge'];
export type GraphNode = components['schemas']['GraphNode'];
export type Grid = components['schemas']['Grid'];
export type GridCell = components['schemas']['GridCell'];
export type GridInstance = components['schemas']['GridInstance'];
export type GridInstances = components['schemas']['GridInstances'];
export type GridNode = components['schemas']['GridNode'];
export type GridRun = components['schemas']['GridRun'];
export type HealthInfo = components['schemas']['HealthInfo'];
export type HistoryLine = components['schemas']['HistoryLine'];
export type Hit = components['schemas']['Hit'];
export type HitlDetail = components['schemas']['HITLDetail'];
export type HitlDetailCollection = components['schemas']['HITLDetailCollection'];
export type HitlDetailHistory = components['schemas']['HITLDetailHistory'];
export type HitlDetailResponse = components['schemas']['HITLDetailResponse'];
export type HitlUser = components['schemas']['HITLUser'];
export type Holder = components['schemas']['Holder'];
export type Home = components['schemas']['Home'];
export type ImportErrorCollection = components['schemas']['ImportErrorCollection'];
export type ImportErrorResponse = components['schemas']['ImportErrorResponse'];
export type InstancesBody = components['schemas']['InstancesBody'];
export type JobCollection = components['schemas']['JobCollection'];
export type JobResponse = components['schemas']['JobResponse'];
export type LastAssetEvent = components['schemas']['LastAssetEvent'];
export type LateLine = components['schemas']['LateLine'];
export type Lineage = components['schemas']['Lineage'];
export type LineageNode = components['schemas']['LineageNode'];
export type LiveEvent = components['schemas']['LiveEvent'];
export type LogAnswer = components['schemas']['LogAnswer'];
export type LoggedArtifact = components['schemas']['LoggedArtifact'];
export type LoggedParams = components['schemas']['LoggedParams'];
export type LogLine = components['schemas']['LogLine'];
export type LogPage = components['schemas']['LogPage'];
export type MarkBody = components['schemas']['MarkBody'];
export type MaterializeAssetBody = components['schemas']['MaterializeAssetBody'];
export type Me = components['schemas']['Me'];
export type Message = components['schemas']['Message'];
export type MetricCompared = components['schemas']['MetricCompared'];
export type MetricSeries = components['schemas']['MetricSeries'];
export type ModelPage = components['schemas']['ModelPage'];
export type ModelRow = components['schemas']['ModelRow'];
export type ModelVersion = components['schemas']['ModelVersion'];
export type NewToken = components['schemas']['NewToken'];
export type NewUser = components['schemas']['NewUser'];
export type NextLine = components['schemas']['NextLine'];
export type NoteBody = components['schemas']['NoteBody'];
export type NotebookRun = components['schemas']['NotebookRun'];
export type Noted = components['schemas']['Noted'];
export type NotedT = components['schemas']['Noted__T_'];
export type NotedAliasMoved = components['schemas']['Noted_AliasMoved_'];
export type NotedCacheOutcome = components['schemas']['Noted_CacheOutcome_'];
export type NotedCheckpointSaved = components['schemas']['Noted_CheckpointSaved_'];
export type NotedDataChecked = components['schemas']['Noted_DataChecked_'];
export type NotedDeployed = components['schemas']['Noted_Deployed_'];
export type NotedDriftReport = components['schemas']['Noted_DriftReport_'];
export type NotedEnvironment = components['schemas']['Noted_Environment_'];
export type NotedForked = components['schemas']['Noted_Forked_'];
export type NotedGateDecision = components['schemas']['Noted_GateDecision_'];
export type NotedLoggedArtifact = components['schemas']['Noted_LoggedArtifact_'];
export type NotedLoggedParams = components['schemas']['Noted_LoggedParams_'];
export type NotedModelVersion = components['schemas']['Noted_ModelVersion_'];
export type NotedNotebookRun = components['schemas']['Noted_NotebookRun_'];
export type NotedPerformanceChecked = components['schemas']['Noted_PerformanceChecked_'];
export type NotedReferenceSet = components['schemas']['Noted_ReferenceSet_'];
export type NotedReproduced = components['schemas']['Noted_Reproduced_'];
export type NotedRetryChanged = components['schemas']['Noted_RetryChanged_'];
export type NotedSweepEnded = components['schemas']['Noted_SweepEnded_'];
export type NotedSweepStarted = components['schemas']['Noted_SweepStarted_'];
export type NotedTrackedRun = components['schemas']['Noted_TrackedRun_'];
export type NotedTrialEnded = components['schemas']['Noted_TrialEnded_'];
export type NotedTrialNoted = components['schemas']['Noted_TrialNoted_'];
export type NotedTrialStarted = components['schemas']['Noted_TrialStarted_'];
export type NotedTryUsage = components['schemas']['Noted_TryUsage_'];
export type NotedValueProfile = components['schemas']['Noted_ValueProfile_'];
export type Notes = components['schemas']['Notes'];
export type NotesAliasMoved = components['schemas']['Notes_AliasMoved_'];
export type NotesCacheOutcome = components['schemas']['Notes_CacheOutcome_'];
export type NotesCheckpointSaved = components['schemas']['Notes_CheckpointSaved_'];
export type NotesDataChecked = components['schemas']['Notes_DataChecked_'];
export type NotesDeployed = components['schemas']['Notes_Deployed_'];
export type NotesDriftReport = components['schemas']['Notes_DriftReport_'];
export type NotesEnvironment = components['schemas']['Notes_Environment_'];
export type NotesForked = components['schemas']['Notes_Forked_'];
export type NotesGateDecision = components['schemas']['Notes_GateDecision_'];
export type NotesLoggedArtifact = components['schemas']['Notes_LoggedArtifact_'];
export type NotesLoggedParams = components['schemas']['Notes_LoggedParams_'];
export type NotesModelVersion = components['schemas']['Notes_ModelVersion_'];
export type NotesNotebookRun = components['schemas']['Notes_NotebookRun_'];
export type NotesPerformanceChecked = components['schemas']['Notes_PerformanceChecked_'];
export type NotesReferenceSet = components['schemas']['Notes_ReferenceSet_'];
export type NotesReproduced = components['schemas']['Notes_Reproduced_'];
export type NotesRetryChanged = components['schemas']['Notes_RetryChanged_'];
export type NotesSweepEnded = components['schemas']['Notes_SweepEnded_'];
export type NotesSweepStarted = components['schemas']['Notes_SweepStarted_'];
export type NotesTrackedRun = components['schemas']['Notes_TrackedRun_'];
export type NotesTrialEnded = components['schemas']['Notes_TrialEnded_'];
export type NotesTrialNoted = components['schemas']['Notes_TrialNoted_'];
export type NotesTrialStarted = components['schemas']['Notes_TrialStarted_'];
export type NotesTryUsage = components['schemas']['Notes_TryUsage_'];
export type NotesValueProfile = components['schemas']['Notes_ValueProfile_'];
export type ParamField = components['schemas']['ParamField'];
export type PartHealth = components['schemas']['PartHealth'];
export type PartStatus = components['schemas']['PartStatus'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type PatchTaskInstanceBody = components['schemas']['PatchTaskInstanceBody'];
export type PauseBody = components['schemas']['PauseBody'];
export type PerformanceChecked = components['schemas']['PerformanceChecked'];
export type PluginCollection = components['schemas']['PluginCollection'];
export type PluginImportErrors = components['schemas']['PluginImportErrors'];
export type PoolBody = components['schemas']['PoolBody'];
export type PoolCollection = components['schemas']['PoolCollection'];
export type PoolHolder = components['schemas']['PoolHolder'];
export type PoolPage = components['schemas']['PoolPage'];
export type PoolPatchBody = components['schemas']['PoolPatchBody'];
export type PoolResponse = components['schemas']['PoolResponse'];
export type Problem = components['schemas']['Problem'];
export type ProgressInfo = components['schemas']['ProgressInfo'];
export type ProviderCollection = components['schemas']['ProviderCollection'];
export type ProviderResponse = components['schemas']['ProviderResponse'];
export type Question = components['schemas']['Question'];
export type QueuedEventCollection = components['schemas']['QueuedEventCollection'];
export type QueuedEventResponse = components['schemas']['QueuedEventResponse'];
export type ReasonBody = components['schemas']['ReasonBody'];
export type ReferenceSet = components['schemas']['ReferenceSet'];
export type Reproduced = components['schemas']['Reproduced'];
export type ReproductionReport = components['schemas']['ReproductionReport'];
export type ResourceSeries = components['schemas']['ResourceSeries'];
export type RetryChanged = components['schemas']['RetryChanged'];
export type RoleBody = components['schemas']['RoleBody'];
export type RoleInfo = components['schemas']['RoleInfo'];
export type RollbackWish = components['schemas']['RollbackWish'];
export type RunBar = components['schemas']['RunBar'];
export type RunJournal = components['schemas']['RunJournal'];
export type RunKey = components['schemas']['RunKey'];
export type RunLine = components['schemas']['RunLine'];
export type RunPage = components['schemas']['RunPage'];
export type RunReference = components['schemas']['RunReference'];
export type RunsBody = components['schemas']['RunsBody'];
export type RunState = components['schemas']['RunState'];
export type SchedulerStatus = components['schemas']['SchedulerStatus'];
export type Seen = components['schemas']['Seen'];
export type SettingLine = components['schemas']['SettingLine'];
export type Side = components['schemas']['Side'];
export type SignIn = components['schemas']['SignIn'];
export type SignInOptions = components['schemas']['SignInOptions'];
export type Stage = components['schemas']['Stage'];
export type StateCount = components['schemas']['StateCount'];
export type SweepEnded = components['schemas']['SweepEnded'];
export type SweepStarted = components['schemas']['SweepStarted'];
export type TablePreview = components['schemas']['TablePreview'];
export type TagCollection = components['schemas']['TagCollection'];
export type TaskCollection = components['schemas']['TaskCollection'];
export type TaskDependencies = components['schemas']['TaskDependencies'];
export type TaskDependency = components['schemas']['TaskDependency'];
export type TaskInstanceCollection = components['schemas']['TaskInstanceCollection'];
export type TaskInstanceHistoryCollection = components['schemas']['TaskInstanceHistoryCollection'];
export type TaskInstanceHistoryResponse = components['schemas']['TaskInstanceHistoryResponse'];
export type TaskInstanceResponse = components['schemas']['TaskInstanceResponse'];
export type TaskPage = components['schemas']['TaskPage'];
export type TaskReference = components['schemas']['TaskReference'];
export type TaskResponse = components['schemas']['TaskResponse'];
export type TaskRow = components['schemas']['TaskRow'];
export type TaskRows = components['schemas']['TaskRows'];
export type TaskStateStoreBody = components['schemas']['TaskStateStoreBody'];
export type TaskStateStoreCollection = components['schemas']['TaskStateStoreCollection'];
export type TaskStateStorePatchBody = components['schemas']['TaskStateStorePatchBody'];
export type TaskStateStoreResponse = components['schemas']['TaskStateStoreResponse'];
export type TimeDelta = components['schemas']['TimeDelta'];
export type Timeline = components['schemas']['Timeline'];
export type Token = components['schemas']['Token'];
export type TokenInfo = components['schemas']['TokenInfo'];
export type TokenMade = components['schemas']['TokenMade'];
export type Touched = components['schemas']['Touched'];
export type TouchedList = components['schemas']['TouchedList'];
export type TrackedRun = components['schemas']['TrackedRun'];
export type TradewindApiOursBodiesDagsVersionInfo = components['schemas']['tradewind.api.ours.bodies.dags.VersionInfo'];
export type TradewindApiOursGridInstancesInstancesQuery = components['schemas']['tradewind.api.ours.grid_instances.InstancesQuery'];
export type TradewindApiOursLogsLogQuery = components['schemas']['tradewind.api.ours.logs.LogQuery'];
export type TradewindApiOursLogsSearchQuery = components['schemas']['tradewind.api.ours.logs.SearchQuery'];
export type TradewindApiOursPathsInstanceQuery = components['schemas']['tradewind.api.ours.paths.InstanceQuery'];
export type TradewindApiOursReproductionsReproduced = components['schemas']['tradewind.api.ours.reproductions.Reproduced'];
export type TradewindApiOursSearchSearchQuery = components['schemas']['tradewind.api.ours.search.SearchQuery'];
export type TradewindApiV2MemoriesInstanceQuery = components['schemas']['tradewind.api.v2.memories.InstanceQuery'];
export type TradewindApiV2TaskFiltersInstancesQuery = components['schemas']['tradewind.api.v2.task_filters.InstancesQuery'];
export type TradewindApiV2TaskLogsLogQuery = components['schemas']['tradewind.api.v2.task_logs.LogQuery'];
export type TradewindApiV2VersionVersionInfo = components['schemas']['tradewind.api.v2.version.VersionInfo'];
export type TradewindApiV2XcomChangesInstanceQuery = components['schemas']['tradewind.api.v2.xcom_changes.InstanceQuery'];
export type TradewindModelEntriesReproduced = components['schemas']['tradewind.model.entries.Reproduced'];
export type TrialEnded = components['schemas']['TrialEnded'];
export type TrialNoted = components['schemas']['TrialNoted'];
export type TrialStarted = components['schemas']['TrialStarted'];
export type TriggerBody = components['schemas']['TriggerBody'];
export type TriggerDagRunPostBody = components['schemas']['TriggerDAGRunPostBody'];
export type Triggered = components['schemas']['Triggered'];
export type TriggererStatus = components['schemas']['TriggererStatus'];
export type TriggerForm = components['schemas']['TriggerForm'];
export type TriggerResponse = components['schemas']['TriggerResponse'];
export type TryInfo = components['schemas']['TryInfo'];
export type TryJournal = components['schemas']['TryJournal'];
export type TryUsage = components['schemas']['TryUsage'];
export type UpdateHitlDetailPayload = components['schemas']['UpdateHITLDetailPayload'];
export type UserChange = components['schemas']['UserChange'];
export type UserInfo = components['schemas']['UserInfo'];
export type UserMade = components['schemas']['UserMade'];
export type ValueDifference = components['schemas']['ValueDifference'];
export type ValueInfo = components['schemas']['ValueInfo'];
export type ValueLineage = components['schemas']['ValueLineage'];
export type ValuePreview = components['schemas']['ValuePreview'];
export type ValueProfile = components['schemas']['ValueProfile'];
export type Values = components['schemas']['Values'];
export type ValueUse = components['schemas']['ValueUse'];
export type VariableBody = components['schemas']['VariableBody'];
export type VariableCollection = components['schemas']['VariableCollection'];
export type VariableResponse = components['schemas']['VariableResponse'];
export type VersionInfo = components['schemas']['VersionInfo'];
export type WhyAnswer = components['schemas']['WhyAnswer'];
export type XComCollection = components['schemas']['XComCollection'];
export type XComCreateBody = components['schemas']['XComCreateBody'];
export type XComEntry = components['schemas']['XComEntry'];
export type XComResponse = components['schemas']['XComResponse'];
export type XComUpdateBody = components['schemas']['XComUpdateBody'];
export type $defs = Record<string, never>;
export interface operations {
    tradewind_ask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                question: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/msgpack": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_asset_graph: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetGraph"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_audit: {
        parameters: {
            query?: {
                action?: string;
                after?: string | null;
                dag_id?: string;
                limit?: number;
                run_id?: string;
                who?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_compare: {
        parameters: {
            query: {
                left_dag: string;
                left_run: string;
                right_dag: string;
                right_run: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Comparison"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_connection_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_test_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                conn_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTest"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_costs: {
        parameters: {
            query?: {
                dag_id?: string | null;
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Costs"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_dags: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                order?: string;
                owners?: string[];
                paused?: boolean | null;
                search?: string;
                state?: string;
                tags?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagCards"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_set_paused: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PauseBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagCard"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_calendar: {
        parameters: {
            query: {
                end: string;
                start: string;
                zone?: string;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CalendarDay"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_code: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Code"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_code_diff: {
        parameters: {
            query: {
                new: number;
                old: number;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CodeDiff"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_durations: {
        parameters: {
            query?: {
                limit?: number;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DurationPoint"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_graph: {
        parameters: {
            query?: {
                run_id?: string;
                version?: number | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Graph"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_grid: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                run_type?: string[];
                state?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Grid"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_grid_instances: {
        parameters: {
            query: {
                run_id?: string[];
                task_id: string;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GridInstances"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReasonBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_clear: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchedList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_fork: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForkBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ForkList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_run_journal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunJournal"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_mark: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TouchedList"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_run_metrics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSeries"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_note: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NoteBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_reproduce: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tradewind.api.ours.reproductions.Reproduced"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_reproduction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReproductionReport"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_tasks: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                map?: string;
                state?: string[];
                task_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskRows"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_task: {
        parameters: {
            query?: {
                map?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_answer: {
        parameters: {
            query?: {
                map?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Answered"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_try_journal: {
        parameters: {
            query?: {
                map?: string;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TryJournal"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_log: {
        parameters: {
            query?: {
                end?: number | null;
                map?: string;
                start?: number;
                tail?: number | null;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_log_download: {
        parameters: {
            query?: {
                map?: string;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_log_search: {
        parameters: {
            query?: {
                from?: number;
                level?: string;
                limit?: number;
                map?: string;
                q?: string;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogLine"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_task_metrics: {
        parameters: {
            query?: {
                map?: string;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MetricSeries"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_resources: {
        parameters: {
            query?: {
                map?: string;
                try?: number | null;
                try_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResourceSeries"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_value: {
        parameters: {
            query?: {
                map?: string;
                offset?: number;
                rows?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                key: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValuePreview"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_value_bytes: {
        parameters: {
            query?: {
                map?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                key: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "image/png": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_why: {
        parameters: {
            query?: {
                map?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WhyAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_timeline: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Timeline"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_values: {
        parameters: {
            query?: {
                after?: string;
                limit?: number;
                task_id?: string;
            };
            header?: never;
            path: {
                dag_id: string;
                run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Values"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_trigger: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Triggered"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_trigger_form: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TriggerForm"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_experiments: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                state?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Experiments"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_home: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Home"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_AliasMoved: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_AliasMoved_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_CacheOutcome: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_CacheOutcome_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_CheckpointSaved: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_CheckpointSaved_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_DataChecked: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_DataChecked_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_Deployed: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_Deployed_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_DriftReport: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_DriftReport_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_Environment: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_Environment_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                artifact: string;
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                    "image/png": string;
                    "text/html": string;
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_Forked: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_Forked_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_GateDecision: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_GateDecision_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_LoggedArtifact: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_LoggedArtifact_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_LoggedParams: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_LoggedParams_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_ModelVersion: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_ModelVersion_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_NotebookRun: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_NotebookRun_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_PerformanceChecked: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_PerformanceChecked_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_ReferenceSet: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_ReferenceSet_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_Reproduced: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_Reproduced_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_RetryChanged: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_RetryChanged_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_SweepEnded: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_SweepEnded_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_SweepStarted: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_SweepStarted_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_TrackedRun: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_TrackedRun_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_TrialEnded: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_TrialEnded_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_TrialNoted: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_TrialNoted_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_TrialStarted: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_TrialStarted_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_TryUsage: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_TryUsage_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_journal_ValueProfile: {
        parameters: {
            query?: {
                before?: number | null;
                dag_id?: string | null;
                limit?: number;
                name?: string | null;
                newest?: boolean;
                run_id?: string | null;
                task_id?: string | null;
                try_id?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notes_ValueProfile_"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_live: {
        parameters: {
            query?: {
                dag_id?: string;
                last_event_id?: string;
                last_id?: string;
                run_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LiveEvent"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_live_log: {
        parameters: {
            query: {
                dag_id: string;
                map?: string;
                run_id: string;
                start?: number;
                task_id: string;
                try?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["LogPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_me: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PasswordChange"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_own_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenInfo"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_own_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewToken"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenMade"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_own_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_models: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelRow"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_model: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelPage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_move_alias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AliasWish"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasMoved"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_roll_back: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RollbackWish"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AliasMoved"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_model_lineage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                model: string;
                version: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Lineage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    oidc_callback: {
        parameters: {
            query?: {
                code?: string;
                error?: string;
                iss?: string | null;
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See Other */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    oidc_start: {
        parameters: {
            query?: {
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description See Other */
            303: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_pools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolPage"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_roles: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleInfo"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoleBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoleInfo"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_role: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_search: {
        parameters: {
            query?: {
                q?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Hit"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_settings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingLine"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    sign_in_options: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignInOptions"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_tokens: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TokenInfo"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revoke_token: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                token_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_users: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfo"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_user: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewUser"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserMade"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    change_user: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                user_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UserChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserInfo"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_lineage: {
        parameters: {
            query?: {
                dag_id?: string;
                run_id?: string;
            };
            header?: never;
            path: {
                hash: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValueLineage"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    tradewind_waiting: {
        parameters: {
            query?: {
                limit?: number;
                show?: "answered" | "open";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Question"][];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_assets: {
        parameters: {
            query?: {
                dag_ids?: string[];
                limit?: number;
                name_pattern?: string | null;
                name_prefix_pattern?: string | null;
                offset?: number;
                only_active?: boolean;
                order_by?: string[];
                uri_pattern?: string | null;
                uri_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    materialize_asset: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MaterializeAssetBody"] | null;
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_asset_state_store: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetStateStoreCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetStateStoreResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssetStateStoreBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_asset_state_store: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_id: string;
                key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_aliases: {
        parameters: {
            query?: {
                limit?: number;
                name_pattern?: string | null;
                name_prefix_pattern?: string | null;
                offset?: number;
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetAliasCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_alias: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                asset_alias_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetAliasResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_asset_events: {
        parameters: {
            query?: {
                asset_id?: number | null;
                cursor?: string | null;
                limit?: number;
                name_pattern?: string | null;
                name_prefix_pattern?: string | null;
                offset?: number;
                order_by?: string[];
                source_dag_id?: string | null;
                source_map_index?: number | null;
                source_run_id?: string | null;
                source_task_id?: string | null;
                timestamp_gt?: string | null;
                timestamp_gte?: string | null;
                timestamp_lt?: string | null;
                timestamp_lte?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_asset_event: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateAssetEventsBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    login: {
        parameters: {
            query?: {
                next?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Temporary Redirect */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Temporary Redirect */
            307: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_backfills: {
        parameters: {
            query?: {
                dag_id?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillPostBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancel_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pause_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unpause_backfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                backfill_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_backfill_dry_run: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillPostBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_config: {
        parameters: {
            query?: {
                section?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_config_value: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                option: string;
                section: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_connections: {
        parameters: {
            query?: {
                connection_id_pattern?: string | null;
                connection_id_prefix_pattern?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody_ConnectionBody_"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_connection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_connection: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                connection_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_default_connections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_connection_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AsyncConnectionTest"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    enqueue_connection_test: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionTestRequestBody"];
            };
        };
        responses: {
            /** @description Accepted */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTestQueued"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    test_connection: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConnectionBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConnectionTestResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dags: {
        parameters: {
            query?: {
                asset_dependency?: string | null;
                bundle_name?: string | null;
                bundle_version?: string | null;
                dag_display_name_pattern?: string | null;
                dag_display_name_prefix_pattern?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                dag_run_end_date_gt?: string | null;
                dag_run_end_date_gte?: string | null;
                dag_run_end_date_lt?: string | null;
                dag_run_end_date_lte?: string | null;
                dag_run_start_date_gt?: string | null;
                dag_run_start_date_gte?: string | null;
                dag_run_start_date_lt?: string | null;
                dag_run_start_date_lte?: string | null;
                dag_run_state?: string[];
                exclude_stale?: boolean;
                has_asset_schedule?: boolean | null;
                has_import_errors?: boolean | null;
                is_favorite?: boolean | null;
                last_dag_run_state?: components["schemas"]["RunState"] | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
                owners?: string[];
                paused?: boolean | null;
                tags?: string[];
                tags_match_mode?: ("all" | "any") | null;
                timetable_type?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_dags: {
        parameters: {
            query?: {
                asset_dependency?: string | null;
                bundle_name?: string | null;
                bundle_version?: string | null;
                dag_display_name_pattern?: string | null;
                dag_display_name_prefix_pattern?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                dag_run_end_date_gt?: string | null;
                dag_run_end_date_gte?: string | null;
                dag_run_end_date_lt?: string | null;
                dag_run_end_date_lte?: string | null;
                dag_run_start_date_gt?: string | null;
                dag_run_start_date_gte?: string | null;
                dag_run_start_date_lt?: string | null;
                dag_run_start_date_lte?: string | null;
                dag_run_state?: string[];
                exclude_stale?: boolean;
                has_asset_schedule?: boolean | null;
                has_import_errors?: boolean | null;
                is_favorite?: boolean | null;
                last_dag_run_state?: components["schemas"]["RunState"] | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
                owners?: string[];
                paused?: boolean | null;
                tags?: string[];
                tags_match_mode?: ("all" | "any") | null;
                timetable_type?: string[];
                update_mask?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGPatchBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_dag: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGPatchBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_asset_queued_event: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                asset_id: string;
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_dag_asset_queued_event: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                asset_id: string;
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuedEventCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_dag_asset_queued_events: {
        parameters: {
            query?: {
                before?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_dag_runs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkDAGRunClearBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_dag_run_partitions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_clear_task_instances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ClearTaskInstancesBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_runs: {
        parameters: {
            query?: {
                bundle_version?: string | null;
                conf_contains?: string | null;
                consuming_asset_pattern?: string | null;
                cursor?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                dag_version?: number[];
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                offset?: number;
                order_by?: string[];
                partition_date_gte?: string | null;
                partition_date_lte?: string | null;
                partition_key_pattern?: string | null;
                partition_key_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                run_id_pattern?: string | null;
                run_id_prefix_pattern?: string | null;
                run_type?: string[];
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: string[];
                triggering_user_name_pattern?: string | null;
                triggering_user_name_prefix_pattern?: string | null;
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    trigger_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TriggerDAGRunPostBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_dag_runs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody_BulkDAGRunBody_"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_dag_run: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGRunPatchBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_dag_run: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DAGRunClearBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_hitl_details: {
        parameters: {
            query?: {
                body_search?: string | null;
                created_at_gt?: string | null;
                created_at_gte?: string | null;
                created_at_lt?: string | null;
                created_at_lte?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                limit?: number;
                map_index?: number | null;
                offset?: number;
                order_by?: string[];
                responded_by_user_id?: string[];
                responded_by_user_name?: string[];
                response_received?: boolean | null;
                state?: string[];
                subject_search?: string | null;
                task_id?: string | null;
                task_id_pattern?: string | null;
                task_id_prefix_pattern?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_group_instances: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_group_instances_dry_run: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                group_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instances: {
        parameters: {
            query?: {
                cursor?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor?: string[];
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number[];
                offset?: number;
                operator?: string[];
                operator_name_pattern?: string | null;
                operator_name_prefix_pattern?: string | null;
                order_by?: string[];
                pool?: string[];
                pool_name_pattern?: string | null;
                pool_name_prefix_pattern?: string | null;
                queue?: string[];
                queue_name_pattern?: string | null;
                queue_name_prefix_pattern?: string | null;
                rendered_map_index_pattern?: string | null;
                rendered_map_index_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                run_id_pattern?: string | null;
                run_id_prefix_pattern?: string | null;
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: string[];
                task_display_name_pattern?: string | null;
                task_display_name_prefix_pattern?: string | null;
                task_group_id?: string | null;
                task_id?: string | null;
                try_number?: number[];
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
                version_number?: number[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_task_instances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody_BulkTaskInstanceBody_"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_task_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_instance: {
        parameters: {
            query?: {
                map_index?: number | null;
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_mapped_task_instance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_instance_by_map_index: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instance_dependencies_by_map_index: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDependencies"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_instance_dry_run_by_map_index: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_hitl_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetail"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_hitl_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateHITLDetailPayload"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_hitl_detail_try_detail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
                try_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HITLDetailHistory"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_mapped_task_instance_tries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_mapped_task_instance_try_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                map_index: string;
                task_id: string;
                task_try_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instance_dependencies: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskDependencies"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_instance_dry_run: {
        parameters: {
            query?: {
                map_index?: number | null;
                update_mask?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PatchTaskInstanceBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_external_log_url: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                try_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExternalLogUrl"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_extra_links: {
        parameters: {
            query?: {
                map_index?: number;
                try_number?: number | null;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExtraLinks"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_mapped_task_instances: {
        parameters: {
            query?: {
                duration_gt?: number | null;
                duration_gte?: number | null;
                duration_lt?: number | null;
                duration_lte?: number | null;
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor?: string[];
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number[];
                offset?: number;
                operator?: string[];
                operator_name_pattern?: string | null;
                operator_name_prefix_pattern?: string | null;
                order_by?: string[];
                pool?: string[];
                pool_name_pattern?: string | null;
                pool_name_prefix_pattern?: string | null;
                queue?: string[];
                queue_name_pattern?: string | null;
                queue_name_prefix_pattern?: string | null;
                rendered_map_index_pattern?: string | null;
                rendered_map_index_prefix_pattern?: string | null;
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
                state?: string[];
                try_number?: number[];
                updated_at_gt?: string | null;
                updated_at_gte?: string | null;
                updated_at_lt?: string | null;
                updated_at_lte?: string | null;
                version_number?: number[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_log: {
        parameters: {
            query?: {
                full_content?: boolean;
                map_index?: number;
                token?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                try_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LogAnswer"];
                    "application/x-ndjson": components["schemas"]["LogAnswer"];
                    "text/plain": components["schemas"]["LogAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_task_state_store: {
        parameters: {
            query?: {
                limit?: number;
                map_index?: number;
                offset?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    clear_task_state_store: {
        parameters: {
            query?: {
                all_map_indices?: boolean;
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_state_store: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                key: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    set_task_state_store: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                key: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskStateStoreBody"];
            };
        };
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_task_state_store: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                key: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_task_state_store: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                key: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskStateStorePatchBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskStateStoreResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instance_tries: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instance_try_details: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                task_try_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceHistoryResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_xcom_entries: {
        parameters: {
            query?: {
                cursor?: string | null;
                dag_display_name_pattern?: string | null;
                dag_display_name_prefix_pattern?: string | null;
                limit?: number;
                logical_date_gt?: string | null;
                logical_date_gte?: string | null;
                logical_date_lt?: string | null;
                logical_date_lte?: string | null;
                map_index?: number | null;
                map_index_filter?: number | null;
                offset?: number;
                order_by?: string[];
                run_after_gt?: string | null;
                run_after_gte?: string | null;
                run_after_lt?: string | null;
                run_after_lte?: string | null;
                run_id_pattern?: string | null;
                run_id_prefix_pattern?: string | null;
                task_id_pattern?: string | null;
                task_id_prefix_pattern?: string | null;
                xcom_key?: string | null;
                xcom_key_pattern?: string | null;
                xcom_key_prefix_pattern?: string | null;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_xcom_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["XComCreateBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComEntry"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_xcom_entry: {
        parameters: {
            query?: {
                deserialize?: boolean;
                map_index?: number;
                stringify?: boolean;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComEntry"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_xcom_entry: {
        parameters: {
            query?: {
                map_index?: number;
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    update_xcom_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
                task_id: string;
                xcom_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["XComUpdateBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["XComEntry"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task_instances_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InstancesBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskInstanceCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_upstream_asset_events: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssetEventCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    wait_dag_run_until_finished: {
        parameters: {
            query: {
                interval: number;
                result?: string[];
            };
            header?: never;
            path: {
                dag_id: string;
                dag_run_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["Seen"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_list_dag_runs_batch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RunsBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGRunCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_versions: {
        parameters: {
            query?: {
                bundle_name?: string | null;
                bundle_version?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
                version_number?: number | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagVersionCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_version: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                version_number: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagVersionResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_details: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGDetailsResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    favorite_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_tasks: {
        parameters: {
            query?: {
                order_by?: string;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_task: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
                task_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    unfavorite_dag: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Implemented */
            501: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_source: {
        parameters: {
            query?: {
                version_number?: number | null;
            };
            header?: never;
            path: {
                dag_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DAGSource"];
                    "text/plain": components["schemas"]["DAGSource"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Acceptable */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_stats: {
        parameters: {
            query?: {
                dag_ids?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagStatsCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_dag_tags: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                order_by?: string[];
                tag_name_pattern?: string | null;
                tag_name_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TagCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    list_dag_warnings: {
        parameters: {
            query?: {
                dag_id?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
                warning_type?: ("asset conflict" | "non-existent pool" | "runtime varying value") | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DagWarningCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_event_logs: {
        parameters: {
            query?: {
                after?: string | null;
                before?: string | null;
                cursor?: string | null;
                dag_id?: string | null;
                dag_id_pattern?: string | null;
                dag_id_prefix_pattern?: string | null;
                event?: string | null;
                event_pattern?: string | null;
                event_prefix_pattern?: string | null;
                excluded_events?: string[];
                included_events?: string[];
                limit?: number;
                map_index?: number | null;
                offset?: number;
                order_by?: string[];
                owner?: string | null;
                owner_pattern?: string | null;
                owner_prefix_pattern?: string | null;
                run_id?: string | null;
                run_id_pattern?: string | null;
                run_id_prefix_pattern?: string | null;
                task_id?: string | null;
                task_id_pattern?: string | null;
                task_id_prefix_pattern?: string | null;
                try_number?: number | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventLogCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_event_log: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                event_log_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventLogResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import_errors: {
        parameters: {
            query?: {
                bundle_name?: string | null;
                filename?: string | null;
                filename_pattern?: string | null;
                filename_prefix_pattern?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_import_error: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                import_error_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportErrorResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_jobs: {
        parameters: {
            query?: {
                end_date_gt?: string | null;
                end_date_gte?: string | null;
                end_date_lt?: string | null;
                end_date_lte?: string | null;
                executor_class?: string | null;
                hostname?: string | null;
                is_alive?: boolean | null;
                job_state?: string | null;
                job_type?: string | null;
                limit?: number;
                offset?: number;
                order_by?: string[];
                start_date_gt?: string | null;
                start_date_gte?: string | null;
                start_date_lt?: string | null;
                start_date_lte?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthInfo"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reparse_dag_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                file_token: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Service Unavailable */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_plugins: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    import_errors: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PluginImportErrors"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pools: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                order_by?: string[];
                pool_name_pattern?: string | null;
                pool_name_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_pool: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_pools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody_PoolBody_"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_pool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_pool: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                pool_name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PoolPatchBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoolResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_providers: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProviderCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_variables: {
        parameters: {
            query?: {
                limit?: number;
                offset?: number;
                order_by?: string[];
                variable_key_pattern?: string | null;
                variable_key_prefix_pattern?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableCollection"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    post_variable: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableBody"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Conflict */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    bulk_variables: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BulkBody_VariableBody_"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BulkAnswer"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_variable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    delete_variable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description No Content */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    patch_variable: {
        parameters: {
            query?: {
                update_mask?: string[];
            };
            header?: never;
            path: {
                variable_key: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VariableBody"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VariableResponse"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not Found */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    get_version: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["tradewind.api.v2.version.VersionInfo"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    create_token_cli: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignIn"];
            };
        };
        responses: {
            /** @description Created */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Token"];
                };
            };
            /** @description Bad Request */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthorized */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Forbidden */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unprocessable Entity */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
