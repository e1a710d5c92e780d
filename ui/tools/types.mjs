// Regenerates src/api/schema.d.ts from the server's OpenAPI document, joined by every Struct of our own API: what
// travels on the live stream is in no operation's answer.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import openapiTS, { astToString } from "openapi-typescript";

const PRINT = `
import importlib, json, pkgutil
import msgspec
from tradewind.api.app import operations
from tradewind.api.openapi import document
from tradewind.api.ours import bodies

made = document(operations())
modules = [importlib.import_module(one.name) for one in pkgutil.iter_modules(bodies.__path__, bodies.__name__ + ".")]
kinds = {kind for module in modules for kind in vars(module).values()
         if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and kind is not msgspec.Struct}
_, extra = msgspec.json.schema_components(sorted(kinds, key=lambda kind: kind.__name__),
                                          ref_template="#/components/schemas/{name}")
made["components"]["schemas"] = {**extra, **made["components"]["schemas"]}
print(json.dumps(made, sort_keys=True))
`;

// A field with a default may be left out of an answer (`omit_defaults`), so it is optional here.
const OPTIONS = { alphabetize: true, rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false };

const root = fileURLToPath(new URL("../..", import.meta.url));
const python = process.env.PYTHON ?? `${root}/.venv/bin/python`;
const printed = execFileSync(python, ["-c", PRINT], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
const types = astToString(await openapiTS(opened(JSON.parse(printed.toString())), OPTIONS));
writeFileSync(
  fileURLToPath(new URL("../src/api/schema.d.ts", import.meta.url)),
  `// Made by \`npm run types\` from the server's OpenAPI document. Do not edit.\n${types}`,
);

/** An object without named properties holds anything (`dict[str, Any]`), not nothing. */
function opened(value) {
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== "object" || value === null) return value;
  const found = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, opened(one)]));
  if (found.type === "object" && !found.properties && !found.additionalProperties) found.additionalProperties = {};
  return found;
}
