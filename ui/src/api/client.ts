// The one door to the server: typed by its OpenAPI document, with the session's cookie and the CSRF token.
import createClient, { type Middleware } from "openapi-fetch";
import { ApiError, problemOf } from "./problem";
import type { paths } from "./schema";
import { signInAgain } from "./session";

const PASSWORD_CHANGE = "urn:tradewind:password_change_required";
const CHANGES = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The CSRF token of this session; empty when signed out. */
export function csrfToken(cookies: string = document.cookie): string {
  const found = cookies.split("; ").find((one) => one.startsWith("tradewind_csrf="));
  return found ? decodeURIComponent(found.slice("tradewind_csrf=".length)) : "";
}

const guard: Middleware = {
  onRequest({ request }) {
    if (CHANGES.has(request.method)) request.headers.set("X-CSRF-Token", csrfToken());
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok || response.status === 304) return;
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    if (isAnotherPasswordWanted(body)) signInAgain();
    if (response.status === 401 && !new URL(request.url).pathname.startsWith("/auth/")) signInAgain();
    throw new ApiError(problemOf(response.status, body));
  },
};

/** The sign-in page asks for one; nothing else answers before. */
const isAnotherPasswordWanted = (problem: unknown): boolean =>
  typeof problem === "object" && problem !== null && "type" in problem && problem.type === PASSWORD_CHANGE;

export const api = createClient<paths>({ baseUrl: window.location.origin, credentials: "same-origin" });
api.use(guard);

/** The body of a good answer. Refusals have been thrown by then, so that every query's `error` is an ApiError. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  const { data } = await call;
  return data as T;
}

/** For what is not JSON (logs, artifacts): a plain fetch with the same habits. */
export async function raw(path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(new URL(path, window.location.origin), { credentials: "same-origin", ...init });
  if (CHANGES.has(request.method)) request.headers.set("X-CSRF-Token", csrfToken());
  const response = await fetch(request);
  if (response.ok || response.status === 304) return response;
  const said: unknown = await response.json().catch(() => null);
  if (response.status === 401 || isAnotherPasswordWanted(said)) signInAgain();
  throw new ApiError(problemOf(response.status, said));
}
