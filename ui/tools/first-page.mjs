// Fails the build when what the first page loads (entry, what it imports, its styles) is over the bound, gzipped.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const BOUND_KILOBYTES = 600;
const out = fileURLToPath(new URL("../../src/tradewind/api/static/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${out}manifest.json`, "utf8"));

function filesOf(key, seen = new Set()) {
  if (seen.has(key)) return [];
  seen.add(key);
  const chunk = manifest[key];
  return [chunk.file, ...(chunk.css ?? []), ...(chunk.imports ?? []).flatMap((name) => filesOf(name, seen))];
}

const firstViews = ["index.html", "src/views/home/index.tsx"].filter((key) => key in manifest);
const files = [...new Set(firstViews.flatMap((key) => filesOf(key)))];
const kilobytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(out + file)).length, 0) / 1000;
process.stdout.write(
  `first page: ${kilobytes.toFixed(0)} kB gzipped in ${files.length} files (bound: ${BOUND_KILOBYTES})\n`,
);
if (kilobytes > BOUND_KILOBYTES) process.exit(1);
