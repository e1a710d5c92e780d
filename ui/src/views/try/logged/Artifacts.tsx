// Figures, tables, texts and files that a try logged, each as it is best looked at.
import { bytesText } from "~/time/format";
import { formOf } from "~/views/ml/files/forms";
import { DownloadFile, FramedPage, Picture, TextFile } from "~/views/ml/files/JournalFile";
import css from "~/views/ml/ml.module.css";
import type { TryJournal } from "./queries";
import { Section } from "./Section";

type Artifact = TryJournal["artifacts"][number];

export function Artifacts({ artifacts }: { artifacts: Artifact[] }) {
  const newest = artifacts.filter((one, at) => artifacts.findIndex((other) => other.name === one.name) === at);
  if (newest.length === 0) return null;
  const figures = newest.filter((one) => formOf(one.said.artifact) === "picture");
  const others = newest.filter((one) => !figures.includes(one));
  return (
    <Section title="Figures and files">
      {figures.length > 0 && (
        <div className={css.pictures}>
          {figures.map((one) => (
            <figure key={one.entry_id}>
              <Picture of={fileOf(one)} label={one.name} />
              <Caption one={one} />
            </figure>
          ))}
        </div>
      )}
      {others.map((one) => (
        <Other key={one.entry_id} one={one} />
      ))}
    </Section>
  );
}

const fileOf = (one: Artifact) => ({ entryId: one.entry_id, artifact: one.said.artifact });

function Caption({ one }: { one: Artifact }) {
  return (
    <figcaption>
      <span className="mono">{one.name}</span>
      <span className="quiet">
        {one.said.what} · {bytesText(one.said.size_bytes)}
      </span>
      {one.said.artifact ? (
        <DownloadFile of={fileOf(one)} label={one.name} />
      ) : (
        <span className="quiet">{one.said.mlflow_uri}</span>
      )}
    </figcaption>
  );
}

/** Most that is read at once, to be looked at. */
const MOST_BYTES = 4 * 1024 * 1024;

function Other({ one }: { one: Artifact }) {
  const form = one.said.size_bytes > MOST_BYTES ? "download" : formOf(one.said.artifact);
  return (
    <div className={css.pictures} data-wide>
      <figure>
        <Caption one={one} />
        {form === "text" && <TextFile of={fileOf(one)} label={one.name} />}
        {form === "page" && <FramedPage of={fileOf(one)} label={one.name} />}
      </figure>
    </div>
  );
}
