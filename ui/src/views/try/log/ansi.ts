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
// biome-ignore lint/suspicious/noControlCharactersInRegex: a bell, a backspace: they would be drawn as boxes
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]/g;

export function spansOf(text: string): Span[] {
  if (!text.includes("\x1b")) return [{ text: text.replace(CONTROL, ""), look: "" }];
  const spans: Span[] = [];
  const look = { ...PLAIN };
  let at = 0;
  const push = (end: number) => {
    if (end > at) spans.push({ text: text.slice(at, end).replace(CONTROL, ""), look: wordsOf(look) });
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
  /** Behind the text: `on-red`. */
  ground: string;
  bold: boolean;
  dim: boolean;
  italic: boolean;
  underline: boolean;
  strike: boolean;
}

const PLAIN: Look = {
  colour: "",
  ground: "",
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
};

function apply(look: Look, parameters: string): void {
  const codes = parameters.split(/[;:]/).map(Number);
  for (let at = 0; at < codes.length; at += 1) {
    const code = codes[at] ?? 0;
    if (code === 0) Object.assign(look, PLAIN);
    else if (code === 1) look.bold = true;
    else if (code === 2) look.dim = true;
    else if (code === 3) look.italic = true;
    else if (code === 4) look.underline = true;
    else if (code === 9) look.strike = true;
    else if (code === 22) Object.assign(look, { bold: false, dim: false });
    else if (code === 23) look.italic = false;
    else if (code === 24) look.underline = false;
    else if (code === 29) look.strike = false;
    else if (code >= 30 && code <= 37) look.colour = COLOURS[code - 30] ?? "";
    else if (code >= 90 && code <= 97) look.colour = COLOURS[code - 90] ?? "";
    else if (code === 39) look.colour = "";
    else if (code >= 40 && code <= 47) look.ground = `on-${COLOURS[code - 40]}`;
    else if (code >= 100 && code <= 107) look.ground = `on-${COLOURS[code - 100]}`;
    else if (code === 49) look.ground = "";
    else if (code === 38 || code === 48) {
      // 256 colours and true colour: the nearest of the eight would lie, so the text keeps its own; skip what follows.
      at += codes[at + 1] === 5 ? 2 : 4;
    }
  }
}

function wordsOf(look: Look): string {
  const styles = (["bold", "dim", "italic", "underline", "strike"] as const).filter((name) => look[name]);
  return [...styles, look.colour, look.ground].filter(Boolean).join(" ");
}

/** Without its escapes: what is searched and copied. */
export function plain(text: string): string {
  return text.replace(ESCAPE, "").replace(CONTROL, "");
}
