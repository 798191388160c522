/**
 * Asks something once, and again when what it depends on has changed.
 *
 * @module
 */

import { useCallback, useEffect, useState } from "react";

/** An answer that may not be there yet. */
export interface Answer<Value> {
  value?: Value;
  error?: Error;
  /** Asks again; the old answer stays until the new one is there. */
  again(): void;
}

/**
 * Asks, and keeps the answer.
 *
 * @param ask what is asked
 * @param dependencies what it depends on
 */
export function useAnswer<Value>(ask: () => Promise<Value>, dependencies: readonly unknown[]): Answer<Value> {
  const [answer, setAnswer] = useState<{ value?: Value; error?: Error }>({});
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    ask().then(
      (value) => isCurrent && setAnswer({ value }),
      (error) => isCurrent && setAnswer({ error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [round, ...dependencies]);
  return { ...answer, again: useCallback(() => setRound((now) => now + 1), []) };
}
