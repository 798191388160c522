/**
 * Tests the settings: shows each line of `aipython check` as it is found.
 *
 * @module
 */

import { useEffect, useRef, useState } from "react";
import { type CheckWords, settingsApi, type SettingsDraft } from "../api/settings_api.ts";

/** The lines so far, and whether more will follow. */
interface Check {
  lines: CheckWords[];
  isRunning: boolean;
  /** The reason the check did not finish. */
  problem?: string;
}

export function CheckPanel({ draft }: { draft: SettingsDraft }) {
  const [check, setCheck] = useState<Check>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const { signal } = running.current = new AbortController();
    const lines: CheckWords[] = [];
    setCheck({ lines: [], isRunning: true });
    try {
      for await (const line of settingsApi.check(draft, signal)) {
        lines.push(line);
        setCheck({ lines: [...lines], isRunning: true });
      }
      setCheck({ lines, isRunning: false });
    } catch (error) {
      const problem = signal.aborted ? "The test was cancelled." : (error as Error).message;
      setCheck({ lines, isRunning: false, problem });
    }
  };

  const isRunning = check?.isRunning === true;
  return (
    <section className="check" aria-label="Test">
      <button type="button" onClick={() => isRunning ? running.current?.abort() : void start()}>
        {isRunning ? "Cancel the test" : "Test"}
      </button>
      <span className="setting-about">Asks the server to answer two small cells. Nothing is saved.</span>
      <div role="log" aria-label="What the test finds" aria-busy={isRunning} className="check-log">
        {check !== undefined && (
          <ul className="check-lines">
            {check.lines.map(({ mark, label, message, remedies }) => (
              <li key={label} data-mark={mark}>
                <strong>{mark}</strong> <span className="check-label">{label}</span> <span>{message}</span>
                {remedies.map((remedy) => <p key={remedy}>→ {remedy}</p>)}
              </li>
            ))}
            {check.problem !== undefined && <li data-mark="FAIL">{check.problem}</li>}
          </ul>
        )}
      </div>
    </section>
  );
}
