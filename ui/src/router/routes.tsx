// The route table: every URL of the UI, what its search parameters may be, and which view it loads (lazily).
import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { NotFound } from "~/shell/NotFound";
import { PageError } from "~/shell/PageError";
import { Root } from "~/shell/Root";
import { Shell } from "~/shell/Shell";
import { parseSearch, stringifySearch } from "./query_string";
import { choice, flag, integer, mapPath, reader, samePlace, text, texts } from "./search";
import { DAG_TABS, RUN_TABS, TASK_TABS } from "./tabs";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const signin = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  validateSearch: reader((raw) => ({ back: samePlace(raw, "back"), problem: text(raw, "problem", 200) })),
  component: lazyRouteComponent(() => import("~/views/signin")),
});

const shell = createRoute({ getParentRoute: () => root, id: "shell", component: Shell });

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  component: lazyRouteComponent(() => import("~/views/home")),
});

const dags = createRoute({
  getParentRoute: () => shell,
  path: "/dags",
  validateSearch: reader((raw) => ({
    q: text(raw, "q"),
    tags: texts(raw, "tags"),
    owner: text(raw, "owner"),
    show: choice(raw, "show", ["active", "paused", "failed", "running", "broken"]),
    sort: text(raw, "sort", 60),
  })),
  component: lazyRouteComponent(() => import("~/views/dags")),
});

const dag = createRoute({
  getParentRoute: () => shell,
  path: "/dags/$dagId",
  validateSearch: reader((raw) => ({
    tab: choice(raw, "tab", DAG_TABS),
    run: text(raw, "run"),
    task: text(raw, "task"),
    /** Of the task that is chosen, where it is mapped. */
    map: mapPath(raw, "map"),
    group: texts(raw, "group"),
    runs: integer(raw, "runs", 1, 1000),
    version: integer(raw, "version", 1, 1_000_000),
    against: integer(raw, "against", 1, 1_000_000),
    year: integer(raw, "year", 1970, 2200),
    q: text(raw, "q"),
    state: text(raw, "state", 40),
    type: text(raw, "type", 40),
    sort: text(raw, "sort", 60),
    /** Opens the trigger form over the DAG. */
    trigger: flag(raw, "trigger"),
    /** The run whose params and conf the trigger form starts from. */
    like: text(raw, "like"),
    /** Of the Gantt: tenths of a per cent of the whole, `120-480`. */
    zoom: text(raw, "zoom", 20),
    /** Of the graph. */
    dir: choice(raw, "dir", ["LR", "TB"]),
    /** Of the calendar: `2026-11-21`. */
    day: text(raw, "day", 10),
    f: texts(raw, "f"),
  })),
  component: lazyRouteComponent(() => import("~/views/dag")),
});

const run = createRoute({
  getParentRoute: () => shell,
  path: "/dags/$dagId/runs/$runId",
  validateSearch: reader((raw) => ({
    tab: choice(raw, "tab", RUN_TABS),
    task: text(raw, "task"),
    group: texts(raw, "group"),
    q: text(raw, "q"),
    state: text(raw, "state", 40),
    zoom: text(raw, "zoom", 20),
    dir: choice(raw, "dir", ["LR", "TB"]),
    sort: text(raw, "sort", 60),
    f: texts(raw, "f"),
  })),
  component: lazyRouteComponent(() => import("~/views/run")),
});

const task = createRoute({
  getParentRoute: () => shell,
  path: "/dags/$dagId/runs/$runId/tasks/$taskId",
  validateSearch: reader((raw) => ({
    map: mapPath(raw, "map"),
    try: integer(raw, "try", 0, 100_000),
    id: text(raw, "id", 64),
    tab: choice(raw, "tab", TASK_TABS),
    q: text(raw, "q"),
    level: text(raw, "level", 20),
    line: integer(raw, "line", 0, 1_000_000_000),
    value: text(raw, "value"),
  })),
  component: lazyRouteComponent(() => import("~/views/try")),
});

const compare = createRoute({
  getParentRoute: () => shell,
  path: "/compare",
  validateSearch: reader((raw) => ({
    dag: text(raw, "dag"),
    left: text(raw, "left"),
    right: text(raw, "right"),
    /** Of the right run, where it is another. */
    other: text(raw, "other"),
    tab: text(raw, "tab", 40),
  })),
  component: lazyRouteComponent(() => import("~/views/compare")),
});

const assets = createRoute({
  getParentRoute: () => shell,
  path: "/assets",
  validateSearch: reader((raw) => ({ q: text(raw, "q"), tab: choice(raw, "tab", ["list", "graph"]) })),
  component: lazyRouteComponent(() => import("~/views/assets")),
});

const asset = createRoute({
  getParentRoute: () => shell,
  path: "/assets/$assetId",
  validateSearch: reader((raw) => ({
    tab: choice(raw, "tab", ["lineage", "events", "values"]),
    event: text(raw, "event"),
  })),
  component: lazyRouteComponent(() => import("~/views/assets/one")),
});

const waiting = createRoute({
  getParentRoute: () => shell,
  path: "/waiting",
  validateSearch: reader((raw) => ({ show: choice(raw, "show", ["open", "answered"]), q: text(raw, "q") })),
  component: lazyRouteComponent(() => import("~/views/waiting")),
});

const models = createRoute({
  getParentRoute: () => shell,
  path: "/models",
  validateSearch: reader((raw) => ({ sort: text(raw, "sort", 60), f: texts(raw, "f") })),
  component: lazyRouteComponent(() => import("~/views/ml/models")),
});

const model = createRoute({
  getParentRoute: () => shell,
  path: "/models/$model",
  validateSearch: reader((raw) => ({ version: text(raw, "version", 60), sort: text(raw, "sort", 60) })),
  component: lazyRouteComponent(() => import("~/views/ml/models/one")),
});

const experiments = createRoute({
  getParentRoute: () => shell,
  path: "/experiments",
  validateSearch: reader((raw) => ({
    dag: text(raw, "dag"),
    /** Runs whose curves are shown. */
    run: texts(raw, "run"),
    /** The metric that says which run is good. */
    by: text(raw, "by"),
    /** Columns: `metrics f1`, `params depth`. */
    col: texts(raw, "col"),
    /** With runs that logged nothing. */
    all: flag(raw, "all"),
    sort: text(raw, "sort", 60),
    f: texts(raw, "f"),
  })),
  component: lazyRouteComponent(() => import("~/views/ml/experiments")),
});

const data = createRoute({
  getParentRoute: () => shell,
  path: "/data",
  validateSearch: reader((raw) => ({
    tab: choice(raw, "tab", ["drift", "checks", "profiles"]),
    /** The monitor, or the profile, that is chosen. */
    name: text(raw, "name"),
    sort: text(raw, "sort", 60),
    f: texts(raw, "f"),
  })),
  component: lazyRouteComponent(() => import("~/views/ml/data")),
});

const sweeps = createRoute({
  getParentRoute: () => shell,
  path: "/sweeps",
  validateSearch: reader((raw) => ({ sort: text(raw, "sort", 60), f: texts(raw, "f") })),
  component: lazyRouteComponent(() => import("~/views/ml/sweeps")),
});

const sweep = createRoute({
  getParentRoute: () => shell,
  path: "/sweeps/$sweep",
  validateSearch: reader((raw) => ({ sort: text(raw, "sort", 60), f: texts(raw, "f") })),
  component: lazyRouteComponent(() => import("~/views/ml/sweeps/one")),
});

const costs = createRoute({
  getParentRoute: () => shell,
  path: "/costs",
  validateSearch: reader((raw) => ({
    days: integer(raw, "days", 1, 90),
    sort: text(raw, "sort", 60),
    f: texts(raw, "f"),
  })),
  component: lazyRouteComponent(() => import("~/views/ml/costs")),
});

const admin = createRoute({
  getParentRoute: () => shell,
  path: "/admin/$section",
  validateSearch: reader((raw) => ({
    q: text(raw, "q"),
    sort: text(raw, "sort", 60),
    f: texts(raw, "f"),
    /** The thing whose editor is open, by its name; `+` opens an empty one. */
    edit: text(raw, "edit"),
  })),
  component: lazyRouteComponent(() => import("~/views/admin")),
});

const routeTree = root.addChildren([
  signin,
  shell.addChildren([
    home,
    dags,
    dag,
    run,
    task,
    compare,
    assets,
    asset,
    waiting,
    models,
    model,
    experiments,
    data,
    sweeps,
    sweep,
    costs,
    admin,
  ]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  defaultPreload: "intent",
  defaultErrorComponent: PageError,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
