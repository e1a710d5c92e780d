// One question: what is asked, by which task, and the answers there are, with the form that goes with them.
import { Button, Checkbox, Group, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { api, body } from "~/api/client";
import type { AnswerBody, Question } from "~/api/schema";
import { ErrorCard } from "~/components/ErrorCard";
import { JsonTree } from "~/components/JsonTree";
import { Markdown } from "~/components/Markdown";
import { When } from "~/components/When";
import { ParamInput } from "../trigger/ParamInput";
import { initialOf, readForm } from "../trigger/schema";
import { fieldsOf } from "./fields";
import css from "./waiting.module.css";

export function QuestionCard({ question }: { question: Question }) {
  return (
    <article className={css.card} aria-label={question.subject}>
      <header className={css.head}>
        <h2 className={css.subject}>{question.subject}</h2>
        <span className="quiet">
          asked <When at={question.asked_at} relative />
          {question.respond_by && (
            <>
              , until <When at={question.respond_by} />
            </>
          )}
        </span>
      </header>
      <Asker question={question} />
      {question.body && (
        <div className={css.body}>
          <Markdown text={question.body} />
        </div>
      )}
      {question.answered_at ? <Given question={question} /> : <Asked question={question} />}
    </article>
  );
}

/** Who answered, when, and what. */
function Given({ question }: { question: Question }) {
  const filled = Object.entries(question.params_input ?? {});
  return (
    <Stack gap="xs" mt={8}>
      <span>
        <strong>{question.chosen?.join(", ") || "Answered"}</strong>{" "}
        <span className="quiet">
          by {question.answered_by ?? "nobody"}, {question.answered_at && <When at={question.answered_at} />}
        </span>
      </span>
      {filled.length > 0 && <JsonTree value={question.params_input} />}
    </Stack>
  );
}

function Asked({ question }: { question: Question }) {
  const fields = fieldsOf(question.params);
  const [held, setHeld] = useState<Record<string, unknown>>(() =>
    Object.fromEntries(fields.map((field) => [field.name, initialOf(field)])),
  );
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [chosen, setChosen] = useState<string[]>(question.defaults ?? []);
  const answer = useAnswer(question);
  const send = (options: string[]) => {
    const read = readForm(fields, held);
    setErrors(read.errors);
    if (Object.keys(read.errors).length === 0) answer.mutate({ chosen: options, params_input: read.params });
  };
  return (
    <>
      <Stack gap="sm" maw={480}>
        {fields.map((field) => (
          <ParamInput
            key={field.name}
            field={field}
            value={held[field.name]}
            error={errors[field.name]}
            onChange={(value) => setHeld((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
      </Stack>
      {answer.isError && <ErrorCard error={answer.error} />}
      {question.may_answer ? (
        <Options question={question} chosen={chosen} onChoose={setChosen} isSending={answer.isPending} onSend={send} />
      ) : (
        <p className="quiet">
          {question.assigned_users.length > 0
            ? `${question.assigned_users.join(", ")} may answer this.`
            : "You may not answer this."}
        </p>
      )}
    </>
  );
}

function Asker({ question }: { question: Question }) {
  const { dag_id: dagId, run_id: runId, task_id: taskId } = question;
  const map = question.map_path.join(".");
  return (
    <div className={css.asker}>
      <Link to="/dags/$dagId" params={{ dagId }}>
        {dagId}
      </Link>
      <Link to="/dags/$dagId/runs/$runId" params={{ dagId, runId }}>
        {runId}
      </Link>
      <Link
        to="/dags/$dagId/runs/$runId/tasks/$taskId"
        params={{ dagId, runId, taskId }}
        search={{ map: map || undefined }}
      >
        {taskId}
        {map && ` [${map}]`}
      </Link>
    </div>
  );
}

interface OptionsProps {
  question: Question;
  chosen: string[];
  onChoose: (chosen: string[]) => void;
  isSending: boolean;
  onSend: (chosen: string[]) => void;
}

function Options({ question, chosen, onChoose, isSending, onSend }: OptionsProps) {
  if (!question.multiple) {
    return (
      <Group gap={8} mt={12}>
        {question.options.map((option, at) => (
          <Button
            key={option}
            size="sm"
            variant={at === 0 ? "filled" : "default"}
            disabled={isSending}
            onClick={() => onSend([option])}
          >
            {option}
          </Button>
        ))}
      </Group>
    );
  }
  return (
    <Stack gap="xs" mt={12} align="flex-start">
      <Checkbox.Group value={chosen} onChange={onChoose} aria-label="Answers">
        <Stack gap={6}>
          {question.options.map((option) => (
            <Checkbox key={option} size="xs" value={option} label={option} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Button size="sm" loading={isSending} onClick={() => onSend(chosen)}>
        Answer
      </Button>
    </Stack>
  );
}

function useAnswer(question: Question) {
  const queries = useQueryClient();
  const { dag_id, run_id, task_id } = question;
  const map = question.map_path.join(".");
  return useMutation({
    mutationFn: (sent: AnswerBody) =>
      body(
        api.POST("/api/tradewind/v1/dags/{dag_id}/runs/{run_id}/tasks/{task_id}/answer", {
          params: { path: { dag_id, run_id, task_id }, query: map ? { map } : {} },
          body: sent,
        }),
      ),
    onSuccess: (made) => {
      notifications.show({ message: `${question.subject}: ${made.chosen.join(", ") || "answered"}`, color: "wind" });
    },
    // Also where somebody else was faster: the list is asked again.
    onSettled: () => {
      for (const queryKey of [["asks"], ["home"], ["task", dag_id, run_id, task_id]]) {
        void queries.invalidateQueries({ queryKey });
      }
    },
  });
}
