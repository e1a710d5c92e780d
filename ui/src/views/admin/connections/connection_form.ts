// Between a connection's form and what the API takes. Pure.
import type { ConnectionBody, ConnectionResponse } from "~/api/schema";

export interface Values {
  connection_id: string;
  conn_type: string;
  host: string;
  port: number | string;
  login: string;
  password: string;
  schema: string;
  extra: string;
  description: string;
}

/** Offered, not required: any name of a hook's own is taken. */
export const TYPES = [
  "aws",
  "azure",
  "fs",
  "ftp",
  "gcp",
  "generic",
  "http",
  "mlflow",
  "mysql",
  "postgres",
  "redis",
  "s3",
  "sftp",
  "slack",
  "smtp",
  "snowflake",
  "sqlite",
  "ssh",
  "wandb",
];

export function valuesOf(one: ConnectionResponse | undefined): Values {
  return {
    connection_id: one?.connection_id ?? "",
    conn_type: one?.conn_type ?? "",
    host: one?.host ?? "",
    port: one?.port ?? "",
    login: one?.login ?? "",
    password: "",
    schema: one?.schema ?? "",
    extra: tidy(one?.extra ?? ""),
    description: one?.description ?? "",
  };
}

const MASK = "***";

/** An empty password keeps the one there is. */
export function bodyOf(values: Values, before: ConnectionResponse | undefined): ConnectionBody {
  const text = (value: string) => value || null;
  return {
    connection_id: values.connection_id,
    conn_type: values.conn_type.trim(),
    host: text(values.host.trim()),
    port: values.port === "" ? null : Number(values.port),
    login: text(values.login),
    password: values.password || (before?.password ? MASK : null),
    schema: text(values.schema.trim()),
    extra: text(values.extra.trim()),
    description: text(values.description.trim()),
  };
}

export function wrongExtra(text: string): string | null {
  if (!text.trim()) return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? null : "A JSON object: { … }";
  } catch (error) {
    return `Not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function tidy(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
