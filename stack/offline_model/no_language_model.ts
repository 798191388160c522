/**
 * The answer to requests for text.
 *
 * @module
 */

import type { AnswerMaker } from "./model_request.ts";

/** Says that Python answers here, and how to connect a language model instead. */
export const NO_LANGUAGE_MODEL: AnswerMaker = {
  answer: {
    calls: [],
    text:
      "There is no language model here: this is Python running offline, which runs code cells and cannot answer questions. " +
      "Set `OPENAI_API_KEY`, or `OPENAI_BASE_URL` and `AIPYTHON_MODEL` for another server, and start again to have them answered.",
  },
  async *deltas() {
    yield [];
  },
};
