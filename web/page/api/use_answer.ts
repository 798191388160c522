/**
 * Asks something once, and again when what it depends on has changed.
 *
 * @module
 */

import { useCallback, useEffect, useRef, useState } from "react";

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
  const era = useRef({ newest: -1 });
  useEffect(() => {
    // Answers of an earlier era are about something else.
    era.current = { newest: -1 };
    return () => {
      era.current = { newest: Infinity };
    };
  }, dependencies);
  useEffect(() => {
    const asked = era.current;
    // Of several answers that are on their way each is shown until a newer one is there: a server that takes longer than the pause
    // between two questions would else never be heard.
    const take = (next: { value?: Value; error?: Error }) => {
      if (asked !== era.current || round < asked.newest) return;
      asked.newest = round;
      setAnswer(next);
    };
    ask().then((value) => take({ value }), (error) => take({ error }));
  }, [round, ...dependencies]);
  return { ...answer, again: useCallback(() => setRound((now) => now + 1), []) };
}
