// Colours of terminals (ANSI SGR sequences) as spans; every other escape sequence is dropped. Nothing becomes HTML.

export interface Span {
  text: string;
  /** Words of `data-ansi`: `red`, `bold red`, … */
  look: string;
}

const COLOURS = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"] as const;
// CSI … final byte, OSC … BEL or ST, and two-byte escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for
const ESCAPE = /\x1b(?:\[([0-9;:?]*)([ -/]*[@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;

export function spansOf(text: string): Span[] {
  if (!text.includes("\x1b")) return [{ text, look: "" }];
  const spans: Span[] = [];
  const look = { colour: "", bold: false, dim: false, underline: false };
  let at = 0;
  const push = (end: number) => {
    if (end > at) spans.push({ text: text.slice(at, end), look: wordsOf(look) });
  };
  for (const found of text.matchAll(ESCAPE)) {
    push(found.index);
    at = found.index + found[0].length;
    if (found[2] === "m") apply(look, found[1] ?? "");
  }
  push(text.length);
  return spans;
}

interface Look {
  colour: string;
  bold: boolean;
  dim: boolean;
  underline: boolean;
}

function apply(look: Look, parameters: string): void {
  const codes = parameters.split(/[;:]/).map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(look, { colour: "", bold: false, dim: false, underline: false });
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 4) look.underline = true;
    else if (code === 22) Object.assign(look, { bold: false, dim: false });
    else if (code === 24) look.underline = false;
    else if (code >= 30 && code <= 37) look.colour = COLOURS[code - 30] ?? "";
    else if (code >= 90 && code <= 97) look.colour = COLOURS[code - 90] ?? "";
    else if (code === 39) look.colour = "";
    else if (code === 38 || code === 48) {
      // 256 colours and true colour: the nearest of the eight would lie, so the text keeps its own; skip what follows.
      at += codes[at + 1] === 5 ? 2 : 4;
    }
  }
}

function wordsOf(look: Look): string {
  return [look.bold && "bold", look.dim && "dim", look.underline && "underline", look.colour].filter(Boolean).join(" ");
}

/** Without its escapes: what is searched and copied. */
export function plain(text: string): string {
  return text.includes("\x1b") ? text.replace(ESCAPE, "") : text;
}
