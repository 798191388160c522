/**
 * Tests that requests are refused.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import type { ModelFamily } from "../../../stack/strict_model/family.ts";
import type { Json } from "./requests.ts";

/** A request that is refused: what is wrong, its body, and the status and the body of the answer. */
export type Refused = [what: string, body: Json, status: number, answer: unknown];

/** Makes a test of each. */
export function refuses(family: ModelFamily, cases: readonly Refused[]): void {
  for (const [what, body, status, answer] of cases) {
    Deno.test(`${family} refuses ${what}`, () => assert.deepEqual(refuse(body, family), { status, body: answer }));
  }
}
