// What a file is shown as, and tables with commas. Pure.
const PICTURES = new Set(["png", "jpg", "jpeg", "gif", "webp", "svg"]);
const TEXTS = new Set(["txt", "md", "csv", "tsv", "json", "yaml", "yml", "log"]);

export const endingOf = (artifact: string): string => artifact.slice(artifact.lastIndexOf(".") + 1);

/** As the server sends it (`api/ours/ml/files.py`); `download`: nothing that is looked at. */
export function formOf(artifact: string): "picture" | "page" | "text" | "download" {
  const ending = endingOf(artifact);
  if (PICTURES.has(ending)) return "picture";
  if (ending === "html" || ending === "htm") return "page";
  return TEXTS.has(ending) ? "text" : "download";
}

/** Of a text as RFC 4180 has it, up to `most`. */
export function rowsOf(text: string, most: number): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let isQuoted = false;
  const endRow = () => {
    rows.push([...row, cell]);
    [row, cell] = [[], ""];
  };
  for (let at = 0; at < text.length && rows.length < most; at += 1) {
    const letter = text[at];
    if (isQuoted) {
      if (letter !== '"') cell += letter;
      else if (text[at + 1] === '"') cell += text[++at];
      else isQuoted = false;
    } else if (letter === '"') isQuoted = true;
    else if (letter === ",") {
      row.push(cell);
      cell = "";
    } else if (letter === "\n") endRow();
    else if (letter !== "\r") cell += letter;
  }
  if (rows.length < most && (cell || row.length > 0)) endRow();
  return rows;
}
