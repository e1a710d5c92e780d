// Which run a run repeats, by its id: `reproduce__2__manual__…`. Pure.
export const reproducedRun = (runId: string): string | undefined => /^reproduce__\d+__(.+)$/s.exec(runId)?.[1];
