/**
 * `deno task bench:telemetry`: measures the cost of OpenTelemetry for a cell and for a start, with it off and on. The
 * ratios are of one run.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { modelEnvironment } from "../../test/cli/run/run_process.ts";
import { startOtlpReceiver } from "../../test/support/otlp_receiver.ts";
import { answer, stdout } from "../../test/support/scripted_answer.ts";
import { startScriptedModel } from "../../test/support/scripted_model_server.ts";
import { median } from "../speed/quantile.ts";

const STARTS = 15;

const usage = `Usage: deno task bench:telemetry

Compares the time of a cell in a shell with OpenTelemetry and in one without it, with OTEL_DENO off and on,
without the model's time. Also compares the time of aipython run with one cell, from start to end.
`;

const write = (text: string) => Deno.stdout.writeSync(new TextEncoder().encode(text));

if (Deno.args.length > 0) {
  write(usage);
  Deno.exit(Deno.args.includes("--help") ? 0 : 2);
}

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

async function deno(args: readonly string[], env: Record<string, string>): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), { args: ["run", "-A", "--quiet", ...args], env, stdin: "null" });
  const { code, stdout, stderr } = await child.output();
  if (code !== 0) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

await using receiver = startOtlpReceiver();
await using model = await startScriptedModel(answer(stdout("a\n")));
const folder = await Deno.makeTempDir();
try {
  for (const [name, environment] of [["off", {}], ["on", receiver.environment]] as const) {
    const { bare, offered } = JSON.parse(await deno([path("./cells_child.ts")], environment));
    write(`a cell, OpenTelemetry ${name}: ${(offered / bare).toFixed(2)} times one without it\n`);
  }
  await Deno.writeTextFile(`${folder}/cell.py`, "f()");
  const times = { off: [] as number[], on: [] as number[] };
  for (let start = 0; start < STARTS; start++) {
    for (const name of start % 2 === 0 ? ["off", "on"] as const : ["on", "off"] as const) {
      const begun = performance.now();
      const environment = { ...modelEnvironment(model), ...(name === "on" && receiver.environment) };
      await deno([path("../../bin/aipython.ts"), "run", `${folder}/cell.py`], environment);
      times[name].push(performance.now() - begun);
    }
  }
  write(
    `aipython run with one cell, from start to end: on ${
      (median(times.on) / median(times.off)).toFixed(2)
    } times off\n`,
  );
} finally {
  await Deno.remove(folder, { recursive: true });
}
