// A change that a section makes: afterwards its list is asked again, the editor closes, and a line says what was done.
import { notifications } from "@mantine/notifications";
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";

interface Options<Sent, Made> {
  send: (sent: Sent) => Promise<Made>;
  stale: QueryKey;
  said?: (sent: Sent) => string;
  onDone?: (made: Made) => void;
}

export function useChange<Sent, Made = unknown>({ send, stale, said, onDone }: Options<Sent, Made>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (made, sent) => {
      if (said) notifications.show({ message: said(sent), color: "wind" });
      onDone?.(made);
      await queries.invalidateQueries({ queryKey: stale });
    },
  });
}
