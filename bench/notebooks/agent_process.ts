/**
 * Runs the command `aipython` in a separate process that also reports its memory. It reads its settings from the
 * environment, answers each question with its vital signs, and ends when its stdin ends.
 *
 * @module
 */

// First, so that it counts all listeners.
import { readVitalSigns } from "../endurance/vital_signs.ts";
import { createDenoHost } from "../../src/cli/host/deno_host.ts";
import { runProgram } from "../../src/cli/program.ts";
import { answerParent } from "./child.ts";

const leaving = Promise.withResolvers<void>();
const host = createDenoHost();
const ended = runProgram([], {
  ...host,
  onStopSignal(listener) {
    leaving.promise.then(() => listener("SIGTERM"));
    return host.onStopSignal(listener);
  },
});
// If the agent ends too early, the parent must not wait forever.
void ended.then((code) => Deno.exit(code));
await answerParent(readVitalSigns);
leaving.resolve();
await ended;
