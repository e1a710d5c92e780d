// Notebooks that were run: as a page without scripts, and to download.
import { durationText } from "~/time/format";
import { DownloadFile, FramedPage } from "~/views/ml/files/JournalFile";
import css from "../try.module.css";
import type { TryJournal } from "./queries";
import { Section } from "./Section";

export function Notebooks({ notebooks }: { notebooks: TryJournal["notebooks"] }) {
  return notebooks.map(({ entry_id: entryId, name, said }) => (
    <Section key={entryId} title={`Notebook ${name}`}>
      <p className={css.facts}>
        <span>{said.cells} cells</span>
        <span>{durationText(said.seconds)}</span>
        {said.failed_cell !== null && <span>cell [{said.failed_cell}] failed</span>}
        {said.executed_artifact && <DownloadFile of={{ entryId, artifact: said.executed_artifact }} label={name} />}
      </p>
      {said.html_artifact && <FramedPage of={{ entryId, artifact: said.html_artifact }} label={`Notebook ${name}`} />}
    </Section>
  ));
}
