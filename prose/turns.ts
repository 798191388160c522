/**
 * The turns of phrase that `deno task prose` refuses, and the folders that are free of them.
 *
 * The rules are in `wording.ts`, in `grammar.ts` and below. Each has an example that it must catch and one that it must let pass, and
 * `test/prose/turns_test.ts` tries both. Add only rules that raise no false alarms. If a turn is sometimes right, its pattern has to
 * distinguish the two uses.
 *
 * @module
 */

import { docstrings, grammar } from "./grammar.ts";
import type { ProseKind, Turn } from "./turn.ts";
import { wording } from "./wording.ts";

/** The files and folders that the gate checks; a folder ends in a slash. Add each one as soon as it is clean. */
export const cleanPaths: readonly string[] = [
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "README.md",
  "SECURITY.md",
  "bench/",
  "bench/README.md",
  "bench/speed/README.md",
  "bin/",
  "deploy/",
  "docs/decisions/",
  "docs/generate/",
  "eval/",
  "eval/README.md",
  "licences/",
  "mod.ts",
  "prose/",
  "soak/",
  "src/agent.ts",
  "src/agent/",
  "src/assistant/",
  "src/async/",
  "src/check/",
  "src/cli/",
  "src/decode_text.ts",
  "src/errors.ts",
  "src/errors/",
  "src/execution/",
  "src/files/",
  "src/jupyter/",
  "src/listener.ts",
  "src/logger.ts",
  "src/media/",
  "src/model/",
  "src/nbformat/",
  "src/notebook/",
  "src/options/",
  "src/python/",
  "src/read_bounded_bytes.ts",
  "src/read_bounded_text.ts",
  "src/recent_map.ts",
  "src/redirect.ts",
  "src/repl/",
  "src/shell/",
  "src/surrogate_pair.ts",
  "src/telemetry/",
  "src/terminal/",
  "src/zmtp/",
  "stack/README.md",
  "stack/demo/",
  "stack/interruption.ts",
  "stack/main.ts",
  "stack/notebook_app/",
  "stack/notebook_id.ts",
  "stack/offline_model/child/",
  "stack/offline_model/child_command.ts",
  "stack/offline_model/kernel.ts",
  "stack/offline_model/kernels.ts",
  "stack/offline_model/model_server.ts",
  "stack/offline_model/offline_model.ts",
  "stack/offline_model/packages/",
  "stack/offline_model/python_process.ts",
  "stack/strict_model/",
  "stack/sync_server/",
  "test/prose/",
  "web/README.md",
  "web/bench/",
  "web/page/",
  "web/server/",
  "web/test/",
];

const NAMES: readonly ProseKind[] = ["name"];

/** Words to avoid in declared names. */
const names: readonly Turn[] = [
  {
    turn: "a name with mend",
    pattern: String.raw`\bmend(?:s|ed|ing)?\b`,
    write: "sanitize, normalize, repair",
    kinds: NAMES,
    catches: "mend arguments",
    passes: "normalize arguments",
  },
  {
    turn: "a name with tell",
    pattern: String.raw`\b(?:tells?|told|telling)\b`,
    write: "report, describe, notify, send",
    kinds: NAMES,
    catches: "tell past",
    passes: "describe history",
  },
  {
    turn: "a name with manners, surroundings, correspondent, wait note",
    pattern: String.raw`\b(?:manners?|surroundings?|correspondents?|strangers?|wait notes?)\b`,
    write: "dialect, context, client, unknown, status",
    kinds: NAMES,
    catches: "wait note of",
    passes: "wait status of",
  },
];

/** All rules. */
export const turns: readonly Turn[] = [...wording, ...grammar, ...docstrings, ...names];
