// Tries a connection as the form has it, saved or not: a process of its own does it, and says what it found.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { asProblem } from "~/api/problem";
import type { ConnectionBody } from "~/api/schema";

export function TestButton({ connection }: { connection: () => ConnectionBody | undefined }) {
  const test = useMutation({
    mutationFn: (sent: ConnectionBody) => body(api.POST("/api/v2/connections/test", { body: sent })),
    onSuccess: ({ status, message }) =>
      notifications.show({
        title: status ? "The connection works" : "The connection does not work",
        message,
        styles: { description: { whiteSpace: "pre-line" } },
        color: status ? "green" : "red",
        autoClose: status ? 5000 : false,
      }),
    onError: (error) =>
      notifications.show({ title: "It could not be tested", message: wordsOf(error), color: "red", autoClose: false }),
  });
  const run = () => {
    const sent = connection();
    if (sent) test.mutate(sent);
  };
  return (
    <Button variant="default" loading={test.isPending} onClick={run}>
      Test
    </Button>
  );
}

function wordsOf(error: unknown): string {
  const problem = asProblem(error);
  return [problem.detail || problem.title, problem.hint].filter(Boolean).join(". ");
}
