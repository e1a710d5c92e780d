// Checkpoints that were saved, what the next try has otherwise, and what the try took of the machine.
import { When } from "~/components/When";
import { bytesText, durationText } from "~/time/format";
import { numberText } from "~/views/ml/text";
import { Facts } from "../Facts";
import css from "../try.module.css";
import type { TryJournal } from "./queries";
import { Section } from "./Section";

export function Checkpoints({ saved }: { saved: TryJournal["checkpoints"] }) {
  if (saved.length === 0) return null;
  return (
    <Section title="Checkpoints" quiet={`${saved.length}`}>
      <ul className={css.holders}>
        {saved.slice(0, 20).map((one) => (
          <li key={one.entry_id}>
            <strong>{one.name}</strong>
            {one.said.step !== null && <span>step {one.said.step}</span>}
            <span className="numbers">{bytesText(one.said.size_bytes)}</span>
            <When at={one.at} />
            {one.said.resumed_from_try && <span className="quiet">went on from an earlier try</span>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Retries({ changed }: { changed: TryJournal["retries"] }) {
  if (changed.length === 0) return null;
  return (
    <Section title="The next try">
      <ul className={css.holders}>
        {changed.map((one) => (
          <li key={one.entry_id}>
            <strong>{one.said.failure}</strong>
            {Object.entries(one.said.changes).map(([name, [before, after]]) => (
              <span key={name}>
                {name}: {String(before)} → {String(after)}
              </span>
            ))}
            <span className="quiet">{one.said.why}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

export function Usage({ usage }: { usage: NonNullable<TryJournal["usage"]>["said"] }) {
  return (
    <Facts
      title="Used"
      facts={[
        ["Time", durationText(usage.seconds)],
        ["Processor", durationText(usage.cpu_seconds)],
        ["Memory at most", bytesText(usage.rss_bytes_max)],
        ["Read", bytesText(usage.read_bytes)],
        ["Written", bytesText(usage.written_bytes)],
        ["GPUs", usage.gpus.join(", ")],
        ["GPU at work", usage.gpu_percent_mean === null ? null : `${numberText(usage.gpu_percent_mean)} %`],
        ["GPU memory", usage.gpu_memory_bytes_max === null ? null : bytesText(usage.gpu_memory_bytes_max)],
        ["Idle GPU", usage.idle_gpu ? "it held a device and did not use it" : null],
      ]}
    />
  );
}
