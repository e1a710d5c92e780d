// How many questions wait for a person, for the sidebar.
import { useHome } from "./home";

export function useWaitingCount(): number {
  return useHome().data?.waiting.length ?? 0;
}
