// A unified diff as files, hunks and numbered lines. Pure.

export interface DiffLine {
  kind: "same" | "added" | "removed";
  text: string;
  /** Line numbers on either side. */
  old: number | undefined;
  new: number | undefined;
}

export interface DiffHunk {
  /** What follows the second `@@`: usually the function the change is in. */
  within: string;
  lines: DiffLine[];
}

export interface DiffFile {
  name: string;
  hunks: DiffHunk[];
  added: number;
  removed: number;
}

const HUNK = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;

export function parseDiff(unified: string): DiffFile[] {
  const files: DiffFile[] = [];
  let file: DiffFile | undefined;
  let hunk: DiffHunk | undefined;
  let [old, next, oldName] = [0, 0, ""];
  const lines = unified.split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const follows = lines[at + 1] ?? "";
    if (line.startsWith("--- ") && follows.startsWith("+++ ")) {
      oldName = nameOf(line);
      file = { name: nameOf(follows) === "/dev/null" ? oldName : nameOf(follows), hunks: [], added: 0, removed: 0 };
      files.push(file);
      hunk = undefined;
      at += 1;
      continue;
    }
    const begins = HUNK.exec(line);
    if (begins && file) {
      hunk = { within: begins[3] ?? "", lines: [] };
      file.hunks.push(hunk);
      [old, next] = [Number(begins[1]), Number(begins[2])];
    } else if (hunk && file && line.startsWith("+")) {
      hunk.lines.push({ kind: "added", text: line.slice(1), old: undefined, new: next });
      next += 1;
      file.added += 1;
    } else if (hunk && file && line.startsWith("-")) {
      hunk.lines.push({ kind: "removed", text: line.slice(1), old, new: undefined });
      old += 1;
      file.removed += 1;
    } else if (hunk && line.startsWith(" ")) {
      hunk.lines.push({ kind: "same", text: line.slice(1), old, new: next });
      old += 1;
      next += 1;
    }
  }
  return files;
}

/** `--- a/dags/x.py	2026-11-21` is `dags/x.py`. */
function nameOf(line: string): string {
  const name = line.slice(4).split("\t")[0]?.trim() ?? "";
  return name.replace(/^[ab]\//, "");
}
