// A command, and a button that copies it.
import { CopyButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import css from "./CopyCommand.module.css";

export function CopyCommand({ command }: { command: string }) {
  return (
    <CopyButton value={command}>
      {({ copied, copy }) => (
        <button type="button" className={css.box} onClick={copy} aria-label={copied ? "Copied" : `Copy: ${command}`}>
          <code className={css.text}>{command}</code>
          {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        </button>
      )}
    </CopyButton>
  );
}
