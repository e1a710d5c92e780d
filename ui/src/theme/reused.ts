// Successes that were not run: the cache has taken over those of another run. Pure.
const SAME_AS = "the same as in run ";

/** `why`: of a task instance, as `model/cached.py` begins it. */
export const isReused = (why: string | null | undefined): boolean => why?.startsWith(SAME_AS) ?? false;

/** For a tooltip. */
export const reusedText = (why: string): string => `Not run: ${why}`;
