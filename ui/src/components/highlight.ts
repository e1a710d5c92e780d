// Python and JSON as coloured pieces, a list per line. Pure: no HTML, no eval, nothing loaded.

export type PieceKind = "plain" | "keyword" | "string" | "comment" | "number" | "name" | "decorator";

export interface Piece {
  kind: PieceKind;
  text: string;
}

const KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda match case nonlocal not or pass raise return try type while with yield true false null"
  ).split(" "),
);

// In order: the first that fits at a place wins. A string may be unfinished at the end of the file.
const TOKENS =
  /(?<comment>#[^\n]*)|(?<string>[rRbBfFuUtT]{0,2}(?:"""[\s\S]*?(?:"""|(?![\s\S]))|'''[\s\S]*?(?:'''|(?![\s\S]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<decorator>^[ \t]*@[\w.]+)|(?<number>\b\d[\w.]*)|(?<word>[A-Za-z_]\w*)/gm;

/** Lines of pieces. Source that is longer than `most` characters stays plain: colouring it would hold up the page. */
export function highlight(source: string, most = 500_000): Piece[][] {
  if (source.length > most) return source.split("\n").map((text) => [{ kind: "plain", text }]);
  return byLine(pieces(source));
}

function pieces(source: string): Piece[] {
  const found: Piece[] = [];
  let end = 0;
  let before = "";
  for (const match of source.matchAll(TOKENS)) {
    if (match.index > end) found.push({ kind: "plain", text: source.slice(end, match.index) });
    found.push({ kind: kindOf(match.groups ?? {}, before), text: match[0] });
    if (match.groups?.word) before = match.groups.word;
    end = match.index + match[0].length;
  }
  if (end < source.length) found.push({ kind: "plain", text: source.slice(end) });
  return found;
}

function kindOf(groups: Record<string, string | undefined>, before: string): PieceKind {
  if (groups.comment !== undefined) return "comment";
  if (groups.string !== undefined) return "string";
  if (groups.decorator !== undefined) return "decorator";
  if (groups.number !== undefined) return "number";
  if (KEYWORDS.has(groups.word ?? "")) return "keyword";
  return before === "def" || before === "class" ? "name" : "plain";
}

function byLine(all: Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { kind, text } of all) {
    text.split("\n").forEach((part, at) => {
      if (at > 0) lines.push([]);
      const line = lines.at(-1);
      const before = line?.at(-1);
      if (kind === "plain" && before?.kind === "plain") before.text += part;
      else if (part) line?.push({ kind, text: part });
    });
  }
  return lines;
}
