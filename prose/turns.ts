/**
 * The turns of phrase that `deno task prose` refuses, and the files and folders that it checks.
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

/** The files and folders that the gate checks: all of them. A folder ends in a slash. */
export const cleanPaths: readonly string[] = [
  "ARCHITECTURE.md",
  "CHANGELOG.md",
  "CONTRIBUTING.md",
  "README.md",
  "RELIABILITY.md",
  "SECURITY.md",
  "bench/",
  "bin/",
  "deploy/",
  "docs/",
  "eval/",
  "licences/",
  "mod.ts",
  "prose/",
  "soak/",
  "src/",
  "stack/",
  "test/",
  "web/",
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

export const turns: readonly Turn[] = [...wording, ...grammar, ...docstrings, ...names];
