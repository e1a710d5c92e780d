// Tries a connection: a worker does it, with what is saved, and says what it found.
import { Button, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ask, change, path } from "~/api/ours";
import { asProblem } from "~/api/problem";
import type { ConnectionTest } from "~/api/schema";

const ASKED_EVERY_MILLISECONDS = 500;
const LONGEST_MILLISECONDS = 60_000;

export function TestButton({ connectionId, isChanged }: { connectionId: string; isChanged: boolean }) {
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);
  const test = useMutation({
    mutationFn: () => run(connectionId, () => left.current),
    onSuccess: (found) => tell(found),
    onError: (error) =>
      notifications.show({ title: "It could not be tested", message: wordsOf(error), color: "red", autoClose: false }),
  });
  return (
    <Tooltip label={isChanged ? "Tests what is saved: save first" : "A worker tries it"}>
      <Button variant="default" disabled={isChanged} loading={test.isPending} onClick={() => test.mutate()}>
        Test
      </Button>
    </Tooltip>
  );
}

async function run(connectionId: string, isLeft: () => boolean): Promise<ConnectionTest> {
  const where = path`/connections/${connectionId}/test`;
  let found = await change<ConnectionTest>("POST", where);
  const until = Date.now() + LONGEST_MILLISECONDS;
  while ((found.state === "queued" || found.state === "running") && Date.now() < until && !isLeft()) {
    await new Promise((resolve) => window.setTimeout(resolve, ASKED_EVERY_MILLISECONDS));
    found = await ask<ConnectionTest>(where);
  }
  return found;
}

function tell({ state, message }: ConnectionTest): void {
  const works = state === "success";
  const title = works ? "The connection works" : state === "failed" ? "The connection does not work" : "No answer yet";
  notifications.show({ title, message, color: works ? "green" : "red", autoClose: works ? 5000 : false });
}

function wordsOf(error: unknown): string {
  const problem = asProblem(error);
  return [problem.detail || problem.title, problem.hint].filter(Boolean).join(". ");
}
