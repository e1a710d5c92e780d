// Made by `npm run types` from the server's OpenAPI document. Do not edit.
export type paths = Record<string, never>;
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** ArrayPreview */
        ArrayPreview: {
            dtype: string;
            shape: number[];
            stats: components["schemas"]["ColumnStats"] | null;
            values: unknown[];
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
        /** AssetEdge */
        AssetEdge: {
            source: string;
            target: string;
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
        /** AuditLine */
        AuditLine: {
            action: string;
            at: string;
            dag_id: string | null;
            detail: Record<string, never>;
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
        /** CalendarDay */
        CalendarDay: {
            counts: {
                [key: string]: number;
            };
            /** Format: date */
            day: string;
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
        /** Code */
        Code: {
            file: string;
            source: string | null;
            version: components["schemas"]["VersionInfo"];
            versions: components["schemas"]["VersionInfo"][];
        };
        /** CodeDiff */
        CodeDiff: {
            changes: string[];
            unified: string;
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
        /**
         * ConnectionTest
         * @description What a worker found when it tried a connection.
         */
        ConnectionTest: {
            message: string;
            state: string;
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
            /** @default null */
            started_at?: string | null;
            state: string;
            /** @default 0 */
            try_number?: number;
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
            waiting: components["schemas"]["AskLine"][];
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
            hash: string;
            read_by: components["schemas"]["ValueUse"][];
            written_by: components["schemas"]["ValueUse"][];
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
            data?: Record<string, never>;
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
        /** LogLine */
        LogLine: {
            /** @default  */
            at?: string;
            /** @default  */
            level?: string;
            number: number;
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
        /** Me */
        Me: {
            grants: components["schemas"]["GrantInfo"][];
            must_change_password: boolean;
            name: string;
            roles: string[];
            version: string;
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
        /** ParamField */
        ParamField: {
            default: unknown;
            /** @default  */
            description?: string;
            has_default: boolean;
            name: string;
            schema: Record<string, never>;
        };
        /** PartHealth */
        PartHealth: {
            heartbeat_at: string | null;
            name: string;
            /** @enum {unknown} */
            state: "absent" | "healthy" | "unhealthy";
            why: string;
        };
        /** PasswordChange */
        PasswordChange: {
            new: string;
            old: string;
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
        /** RoleInfo */
        RoleInfo: {
            grants: components["schemas"]["GrantInfo"][];
            is_built_in: boolean;
            name: string;
            /** @default 0 */
            users?: number;
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
            conf: Record<string, never>;
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
            may_edit: boolean;
            next_run_id: string | null;
            nodes: components["schemas"]["GridNode"][];
            note: string;
            params: Record<string, never>;
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
         * @description How a try's time was spent: `waiting`, `queued`, `importing`, `running`, `finishing`.
         */
        Stage: {
            name: string;
            seconds: number;
        };
        /** TablePreview */
        TablePreview: {
            columns: components["schemas"]["ColumnStats"][];
            is_sample: boolean;
            rows: unknown[][];
            total_rows: number;
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
            rendered: Record<string, never>;
            retries: number;
            row: components["schemas"]["TaskRow"];
            tries: components["schemas"]["TryInfo"][];
            trigger_rule: string;
            upstream: string[];
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
        /** Timeline */
        Timeline: {
            bars: components["schemas"]["Bar"][];
            critical_path: string[];
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
        /** TriggerForm */
        TriggerForm: {
            conf_example: Record<string, never>;
            dag_id: string;
            fields: components["schemas"]["ParamField"][];
            is_paused: boolean;
            next_logical_date: string | null;
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
            model?: Record<string, never> | null;
            /** @default null */
            table?: components["schemas"]["TablePreview"] | null;
            /** @default null */
            text?: string | null;
            /** @default  */
            why_not?: string;
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ArrayPreview = components['schemas']['ArrayPreview'];
export type AskLine = components['schemas']['AskLine'];
export type AssetEdge = components['schemas']['AssetEdge'];
export type AssetGraph = components['schemas']['AssetGraph'];
export type AssetNode = components['schemas']['AssetNode'];
export type AuditLine = components['schemas']['AuditLine'];
export type AuditPage = components['schemas']['AuditPage'];
export type Bar = components['schemas']['Bar'];
export type CalendarDay = components['schemas']['CalendarDay'];
export type ClearBody = components['schemas']['ClearBody'];
export type Code = components['schemas']['Code'];
export type CodeDiff = components['schemas']['CodeDiff'];
export type ColumnStats = components['schemas']['ColumnStats'];
export type Comparison = components['schemas']['Comparison'];
export type ConnectionTest = components['schemas']['ConnectionTest'];
export type CrashCard = components['schemas']['CrashCard'];
export type DagCard = components['schemas']['DagCard'];
export type DagCards = components['schemas']['DagCards'];
export type DagPage = components['schemas']['DagPage'];
export type Difference = components['schemas']['Difference'];
export type DurationPoint = components['schemas']['DurationPoint'];
export type Failure = components['schemas']['Failure'];
export type GrantInfo = components['schemas']['GrantInfo'];
export type Graph = components['schemas']['Graph'];
export type GraphEdge = components['schemas']['GraphEdge'];
export type GraphNode = components['schemas']['GraphNode'];
export type Grid = components['schemas']['Grid'];
export type GridCell = components['schemas']['GridCell'];
export type GridNode = components['schemas']['GridNode'];
export type GridRun = components['schemas']['GridRun'];
export type HistoryLine = components['schemas']['HistoryLine'];
export type Hit = components['schemas']['Hit'];
export type Holder = components['schemas']['Holder'];
export type Home = components['schemas']['Home'];
export type LateLine = components['schemas']['LateLine'];
export type Lineage = components['schemas']['Lineage'];
export type LiveEvent = components['schemas']['LiveEvent'];
export type LogLine = components['schemas']['LogLine'];
export type LogPage = components['schemas']['LogPage'];
export type MarkBody = components['schemas']['MarkBody'];
export type Me = components['schemas']['Me'];
export type MetricSeries = components['schemas']['MetricSeries'];
export type NewToken = components['schemas']['NewToken'];
export type NewUser = components['schemas']['NewUser'];
export type NextLine = components['schemas']['NextLine'];
export type ParamField = components['schemas']['ParamField'];
export type PartHealth = components['schemas']['PartHealth'];
export type PasswordChange = components['schemas']['PasswordChange'];
export type PoolHolder = components['schemas']['PoolHolder'];
export type PoolPage = components['schemas']['PoolPage'];
export type Problem = components['schemas']['Problem'];
export type ProgressInfo = components['schemas']['ProgressInfo'];
export type ResourceSeries = components['schemas']['ResourceSeries'];
export type RoleInfo = components['schemas']['RoleInfo'];
export type RunBar = components['schemas']['RunBar'];
export type RunLine = components['schemas']['RunLine'];
export type RunPage = components['schemas']['RunPage'];
export type SettingLine = components['schemas']['SettingLine'];
export type Side = components['schemas']['Side'];
export type SignIn = components['schemas']['SignIn'];
export type SignInOptions = components['schemas']['SignInOptions'];
export type Stage = components['schemas']['Stage'];
export type TablePreview = components['schemas']['TablePreview'];
export type TaskPage = components['schemas']['TaskPage'];
export type TaskRow = components['schemas']['TaskRow'];
export type TaskRows = components['schemas']['TaskRows'];
export type Timeline = components['schemas']['Timeline'];
export type TokenInfo = components['schemas']['TokenInfo'];
export type TokenMade = components['schemas']['TokenMade'];
export type Touched = components['schemas']['Touched'];
export type TouchedList = components['schemas']['TouchedList'];
export type TriggerForm = components['schemas']['TriggerForm'];
export type TryInfo = components['schemas']['TryInfo'];
export type UserChange = components['schemas']['UserChange'];
export type UserInfo = components['schemas']['UserInfo'];
export type UserMade = components['schemas']['UserMade'];
export type ValueDifference = components['schemas']['ValueDifference'];
export type ValueInfo = components['schemas']['ValueInfo'];
export type ValuePreview = components['schemas']['ValuePreview'];
export type Values = components['schemas']['Values'];
export type ValueUse = components['schemas']['ValueUse'];
export type VersionInfo = components['schemas']['VersionInfo'];
export type WhyAnswer = components['schemas']['WhyAnswer'];
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
