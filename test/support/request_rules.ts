/**
 * Checks the requests to a test's model server against the rules of a real server.
 *
 * @module
 */

import type { Refusal } from "../../stack/strict_model/chat_request.ts";
import { type Fields, isFields } from "../../stack/strict_model/fields.ts";
import { refuse } from "../../stack/strict_model/chat_rules.ts";
import type { ModelFamily } from "../../stack/strict_model/family.ts";
import { refuseResponsesRequest } from "../../stack/strict_model/responses_rules.ts";

/** The rules for requests. */
export interface RequestRulesOptions {
  /**
   * The family whose server must accept every request. Otherwise the test fails. `none`: for tests that send odd
   * requests. Default: `openai`.
   */
  rules?: ModelFamily | "none";
  /** The family whose rejections are sent instead of the server's own answers. They do not fail the test. */
  strict?: ModelFamily;
}

/** The maximum number of invalid requests that are reported. */
const MAX_REPORTED = 3;

/** Checks the requests of one server. */
export class RequestRules {
  readonly #options: RequestRulesOptions;
  readonly #broken: string[] = [];

  /** @param options the rules to apply */
  constructor(options: RequestRulesOptions = {}) {
    this.#options = options;
  }

  /**
   * Checks a request.
   *
   * @param request its number from 0, its path and its JSON body
   * @returns the rejection to send instead of the server's own answer
   */
  check({ number, path, body }: { number: number; path: string; body: unknown }): Refusal | undefined {
    const { strict, rules = "openai" } = this.#options;
    const family = strict ?? rules;
    if (family === "none" || !isFields(body)) return undefined;
    const refusal = refusalOf(path.replace(/\?.*/, ""), body, family);
    if (strict !== undefined || refusal === undefined) return refusal;
    this.#broken.push(
      `A real ${family} server refuses request ${number} with ${refusal.status}: ${JSON.stringify(refusal.body)}`,
    );
  }

  /**
   * Ends the checks.
   *
   * @throws {Error} describes the requests that violated the rules
   */
  end(): void {
    const broken = this.#broken.splice(0);
    if (broken.length === 0) return;
    const more = broken.length > MAX_REPORTED ? [`and ${broken.length - MAX_REPORTED} more`] : [];
    throw new Error([...broken.slice(0, MAX_REPORTED), ...more].join("\n"));
  }
}

/** Returns the rejection of a request. Only OpenAI's server has the Responses interface. */
function refusalOf(path: string, body: Fields, family: ModelFamily): Refusal | undefined {
  if (path.endsWith("/chat/completions")) return refuse(body, family);
  if (path.endsWith("/responses") && family === "openai") return refuseResponsesRequest(body);
}
