// What the server says when it refuses (RFC 9457), and what we make of an answer that never came.

export interface Problem {
  title: string;
  status: number;
  detail: string;
  hint?: string;
  /** Names of body fields in dotted form, with what is wrong with each. */
  errors?: Record<string, string>;
}

/** An answer that was a refusal. `status` 0: there was no answer at all. */
export class ApiError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
    this.problem = problem;
  }

  get status(): number {
    return this.problem.status;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

/** A problem from whatever body came with a refusal; bodies of other servers (a proxy's HTML) give the status alone. */
export function problemOf(status: number, body: unknown): Problem {
  const fallback = { title: TITLES[status] ?? `The server answered ${status}`, status, detail: "" };
  if (!isRecord(body)) return fallback;
  const said = (name: string) => (typeof body[name] === "string" ? (body[name] as string) : undefined);
  return {
    title: TITLES[status] ?? said("title") ?? fallback.title,
    status,
    detail: said("detail") ?? "",
    hint: said("hint"),
    errors: fieldErrors(body.errors),
  };
}

function fieldErrors(value: unknown): Record<string, string> | undefined {
  if (!isRecord(value)) return undefined;
  return Object.fromEntries(Object.entries(value).map(([name, what]) => [name, String(what)]));
}

const TITLES: Record<number, string> = {
  400: "The server did not understand this",
  401: "You are not signed in",
  403: "You may not do this",
  404: "This does not exist (any more)",
  409: "This does not go with what is there",
  412: "It was changed meanwhile",
  422: "Something in this is not right",
  429: "Too many attempts; wait a little",
  500: "The server failed at this",
  501: "Tradewind does not have this",
  502: "The server is away",
  503: "The server is not ready",
};

/** Any thrown thing as a problem that a page can show. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (error instanceof TypeError)
    return {
      title: "The server does not answer",
      status: 0,
      detail: "",
      hint: "Is it running? `tradewind standalone`",
    };
  return { title: "This page failed", status: 0, detail: error instanceof Error ? error.message : String(error) };
}
