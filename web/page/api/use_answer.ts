/**
 * Sends a request, and sends it again when its dependencies change.
 *
 * @module
 */

import { useCallback, useEffect, useRef, useState } from "react";

/** The answer to a request. It may not have arrived yet. */
export interface Answer<Value> {
  value?: Value;
  error?: Error;
  /** Repeats the request. The old answer stays until the new one has arrived. */
  again(): void;
}

/** Sends a request, and sends it again when one of `dependencies` changes. */
export function useAnswer<Value>(ask: () => Promise<Value>, dependencies: readonly unknown[]): Answer<Value> {
  const [answer, setAnswer] = useState<{ value?: Value; error?: Error }>({});
  const [round, setRound] = useState(0);
  const era = useRef({ newest: -1 });
  useEffect(() => {
    // Answers to requests with other dependencies are ignored.
    era.current = { newest: -1 };
    return () => {
      era.current = { newest: Infinity };
    };
  }, dependencies);
  useEffect(() => {
    const asked = era.current;
    // An answer is shown even if a newer request is under way. Otherwise a server that is slower than the requests would never
    // get an answer shown.
    const take = (next: { value?: Value; error?: Error }) => {
      if (asked !== era.current || round < asked.newest) return;
      asked.newest = round;
      setAnswer(next);
    };
    ask().then((value) => take({ value }), (error) => take({ error }));
  }, [round, ...dependencies]);
  return { ...answer, again: useCallback(() => setRound((now) => now + 1), []) };
}
