// A unified diff, file by file. Added and removed lines are told by sign and by colour.
import { useMemo } from "react";
import css from "./Diff.module.css";
import { type DiffFile, parseDiff } from "./unifiedDiff";

export function Diff({ unified, empty }: { unified: string; empty?: string }) {
  const files = useMemo(() => parseDiff(unified), [unified]);
  if (files.length === 0) return <div className="quiet">{empty ?? "Nothing changed."}</div>;
  return (
    <div className={css.files}>
      {files.map((file) => (
        <File key={file.name} file={file} />
      ))}
    </div>
  );
}

function File({ file }: { file: DiffFile }) {
  return (
    <section className={css.file} aria-label={`Changes of ${file.name}`}>
      <header className={css.head}>
        <span className="mono">{file.name}</span>
        <span className={css.added}>+{file.added}</span>
        <span className={css.removed}>−{file.removed}</span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key */}
      <section className={css.body} tabIndex={0} aria-label="Lines">
        {file.hunks.map((hunk, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: hunks have no other name
          <div key={at}>
            <div className={css.hunk}>⋯ {hunk.within}</div>
            {hunk.lines.map((line) => (
              <div key={`${line.old}:${line.new}`} className={css.line} data-kind={line.kind}>
                <span className={css.number}>{line.old}</span>
                <span className={css.number}>{line.new}</span>
                <span className={css.sign}>{line.kind === "added" ? "+" : line.kind === "removed" ? "−" : " "}</span>
                <span className={css.text}>{line.text || " "}</span>
              </div>
            ))}
          </div>
        ))}
      </section>
    </section>
  );
}
