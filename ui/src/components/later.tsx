// A part of a page that is loaded when it is first shown. Not React's `lazy`: that keeps what has come for up to 300 ms
// behind the sign that it loads, and what a part asks the server for begins only when it is shown.
import { Loader } from "@mantine/core";
import { type ComponentType, createElement, useEffect, useState } from "react";

export function later<Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
): ComponentType<Props> {
  let found: ComponentType<Props> | undefined;
  let loading: Promise<unknown> | undefined;
  const begin = () => {
    loading ??= load().then((loaded) => {
      found = loaded.default;
    });
    return loading;
  };
  return function Later(props: Props) {
    const [failure, fail] = useState<unknown>();
    const [, come] = useState(false);
    const isThere = found !== undefined;
    if (!isThere) void begin().catch(() => undefined);
    useEffect(() => {
      // Also where it came between this drawing and now.
      if (isThere) return;
      begin().then(
        () => come(true),
        (error: unknown) => {
          loading = undefined; // whoever comes back tries again
          fail(error ?? new Error("a part of the page could not be loaded"));
        },
      );
    }, [isThere]);
    if (failure) throw failure;
    return found ? createElement(found, props) : <Loader size="sm" mt="lg" aria-label="Loading" />;
  };
}
