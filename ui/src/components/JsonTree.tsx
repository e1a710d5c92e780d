// Any JSON as a tree that folds. Nothing that is folded is drawn, so large values cost what is open.
import { useState } from "react";
import css from "./JsonTree.module.css";

interface Props {
  value: unknown;
  /** Levels that are open at first. */
  open?: number;
  name?: string;
  /** Entries of the whole, where the value is only its beginning. */
  length?: number;
}

const PAGE = 100;
/** What is longer begins folded, but for the value itself. */
const MOST_OPEN = 20;

export function JsonTree({ value, open = 1, name, length }: Props) {
  return (
    <div className={css.tree}>
      <Node value={value} name={name} open={open} length={length} />
    </div>
  );
}

function Node({ value, name, open, length }: { value: unknown; name?: string; open: number; length?: number }) {
  const entries = entriesOf(value);
  if (entries === undefined) {
    return (
      <div className={css.leaf}>
        {name !== undefined && <span className={css.name}>{name}: </span>}
        <Leaf value={value} />
      </div>
    );
  }
  return <Branch entries={entries} isList={Array.isArray(value)} name={name} open={open} length={length} />;
}

interface BranchProps {
  entries: [string, unknown][];
  isList: boolean;
  name?: string;
  open: number;
  length?: number;
}

function Branch({ entries, isList, name, open, length = entries.length }: BranchProps) {
  const [isOpen, setOpen] = useState(
    open > 0 && entries.length > 0 && (name === undefined || entries.length <= MOST_OPEN),
  );
  const [shown, setShown] = useState(PAGE);
  const brackets = isList ? "[]" : "{}";
  const size = entries.length === 0 ? brackets : `${brackets[0]} ${length.toLocaleString("en")} ${brackets[1]}`;
  return (
    <div>
      <button type="button" className={css.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span className={css.arrow} data-open={isOpen || undefined} aria-hidden>
          ›
        </span>
        {name !== undefined && <span className={css.name}>{name}: </span>}
        <span className="quiet">{size}</span>
      </button>
      {isOpen && (
        <div className={css.children}>
          {entries.slice(0, shown).map(([key, child]) => (
            <Node key={key} name={key} value={child} open={open - 1} />
          ))}
          {entries.length > shown && (
            <button type="button" className={css.fold} onClick={() => setShown(shown + PAGE * 10)}>
              {entries.length - shown} more …
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function entriesOf(value: unknown): [string, unknown][] | undefined {
  if (Array.isArray(value)) return value.map((one, at) => [String(at), one]);
  return typeof value === "object" && value !== null ? Object.entries(value) : undefined;
}

function Leaf({ value }: { value: unknown }) {
  const kind = value === null ? "null" : typeof value;
  return (
    <span className={css.value} data-kind={kind}>
      {kind === "string" ? JSON.stringify(value) : String(value)}
    </span>
  );
}
