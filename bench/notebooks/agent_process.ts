/**
 * The command `aipython` as a process of its own that also tells of its memory. It takes its settings from the environment, answers
 * every question with its vital signs, and leaves when there are no more.
 *
 * @module
 */

// First, so that it counts from the beginning.
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
// An agent that ends too soon must not leave the parent waiting.
void ended.then((code) => Deno.exit(code));
await answerParent(readVitalSigns);
leaving.resolve();
await ended;
