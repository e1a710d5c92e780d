// The Markdown that people write in `doc_md`, as blocks and pieces: data, never HTML. What isn't understood stays text.

export type Block =
  | { kind: "heading"; level: number; text: Inline[] }
  | { kind: "paragraph" | "quote"; text: Inline[] }
  | { kind: "list"; ordered: boolean; items: Inline[][] }
  | { kind: "code"; text: string }
  | { kind: "table"; head: Inline[][]; rows: Inline[][][] }
  | { kind: "rule" };

export type Inline =
  | { kind: "text" | "code" | "strong" | "emphasis"; text: string }
  | { kind: "link"; text: string; href: string };

/** Longer documents are cut: a DAG's doc is for reading. */
const MOST_CHARACTERS = 100_000;
const BEGINS = /^(#{1,6} |```|>|[-*+] |\d+[.)] |\||(?:-{3,}|\*{3,}|_{3,})\s*$)/;

export function parseMarkdown(source: string): Block[] {
  const lines = dedented(source.slice(0, MOST_CHARACTERS)).split("\n");
  const blocks: Block[] = [];
  let at = 0;
  const take = (fits: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    while (at < lines.length && fits(lines[at] ?? "")) {
      taken.push(lines[at] ?? "");
      at += 1;
    }
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6}) +(.*?)#*\s*$/.exec(line);
    if (line.trim() === "") at += 1;
    else if (line.startsWith("```")) {
      at += 1;
      const text = take((one) => !one.startsWith("```")).join("\n");
      at += 1;
      blocks.push({ kind: "code", text });
    } else if (heading) {
      at += 1;
      blocks.push({ kind: "heading", level: heading[1]?.length ?? 1, text: inline(heading[2] ?? "") });
    } else if (/^(?:-{3,}|\*{3,}|_{3,})\s*$/.test(line)) {
      at += 1;
      blocks.push({ kind: "rule" });
    } else if (line.startsWith(">"))
      blocks.push({
        kind: "quote",
        text: inline(
          take((one) => one.startsWith(">"))
            .map((one) => one.slice(1).trim())
            .join(" "),
        ),
      });
    else if (/^\s*([-*+]|\d+[.)]) /.test(line))
      blocks.push(list(take((one) => /^\s*([-*+]|\d+[.)]) |^\s{2,}\S/.test(one))));
    else if (line.startsWith("|")) blocks.push(table(take((one) => one.startsWith("|"))));
    else {
      at += 1;
      const rest = take((one) => one.trim() !== "" && !BEGINS.test(one));
      blocks.push({ kind: "paragraph", text: inline([line, ...rest].map((one) => one.trim()).join(" ")) });
    }
  }
  return blocks;
}

/** Docstrings are indented as the code around them is. */
function dedented(source: string): string {
  const lines = source.replaceAll("\r\n", "\n").split("\n");
  const indents = lines
    .slice(1)
    .filter((line) => line.trim())
    .map((line) => line.length - line.trimStart().length);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((line, at) => (at === 0 ? line.trimStart() : line.slice(common))).join("\n");
}

function list(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const item = /^\s*(?:[-*+]|\d+[.)]) (.*)$/.exec(line);
    if (item) items.push(item[1] ?? "");
    else items[items.length - 1] += ` ${line.trim()}`;
  }
  return { kind: "list", ordered: /^\s*\d/.test(lines[0] ?? ""), items: items.map(inline) };
}

function table(lines: readonly string[]): Block {
  const cells = (line: string) =>
    line
      .replace(/^\||\|\s*$/g, "")
      .split("|")
      .map((cell) => inline(cell.trim()));
  const rows = lines.filter((line) => !/^\|[\s:|-]+\|?\s*$/.test(line)).map(cells);
  return { kind: "table", head: rows[0] ?? [], rows: rows.slice(1) };
}

const INLINE =
  /`([^`\n]+)`|\*\*([^*\n]+)\*\*|__([^_\n]+)__|\[([^\]\n]+)\]\(([^()\s]+)\)|\*([^*\n]+)\*|(?<!\w)_([^_\n]+)_(?!\w)|(https?:\/\/[^\s<>"')\]]+)/g;

export function inline(source: string): Inline[] {
  const found: Inline[] = [];
  let end = 0;
  for (const match of source.matchAll(INLINE)) {
    if (match.index > end) found.push({ kind: "text", text: source.slice(end, match.index) });
    found.push(pieceOf(match));
    end = match.index + match[0].length;
  }
  if (end < source.length) found.push({ kind: "text", text: source.slice(end) });
  return found;
}

function pieceOf(match: RegExpMatchArray): Inline {
  const [whole, code, strong, strongToo, text, href, emphasis, emphasisToo, bare] = match;
  if (code !== undefined) return { kind: "code", text: code };
  if (strong ?? strongToo) return { kind: "strong", text: strong ?? strongToo ?? "" };
  if (text !== undefined && href !== undefined) return link(text, href);
  if (emphasis ?? emphasisToo) return { kind: "emphasis", text: emphasis ?? emphasisToo ?? "" };
  return bare === undefined ? { kind: "text", text: whole } : link(bare, bare);
}

/** Only addresses of the web and of mail become links; anything else, `javascript:` among it, stays text. */
function link(text: string, href: string): Inline {
  return /^(https?:\/\/|mailto:)/i.test(href) ? { kind: "link", text, href } : { kind: "text", text };
}
