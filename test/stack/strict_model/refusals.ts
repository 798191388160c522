/**
 * Declares tests of refused requests.
 *
 * @module
 */

import assert from "node:assert/strict";
import { refuse } from "../../../stack/strict_model/chat_rules.ts";
import type { ModelFamily } from "../../../stack/strict_model/family.ts";
import type { Json } from "./requests.ts";

/** A refused request: what is wrong, its body, and the status and the body of the answer. */
export type Refused = [what: string, body: Json, status: number, answer: unknown];

/** Declares a test for each refused request. */
export function refuses(family: ModelFamily, cases: readonly Refused[]): void {
  for (const [what, body, status, answer] of cases) {
    Deno.test(`the ${family} rules refuse ${what}`, () =>
      assert.deepEqual(refuse(body, family), { status, body: answer }));
  }
}
