/**
 * A model server that is asked what it can, beside completions.
 *
 * @module
 */

import type { PlainResponse, RecordedRequest, ScriptedModelServer } from "./scripted_model_server.ts";
import { startScriptedModel } from "./scripted_model_server.ts";

/** The answer at one path. */
export type PathAnswer = PlainResponse | ((request: RecordedRequest) => PlainResponse | Promise<PlainResponse>);

/**
 * Starts a server that answers by path, without the query; 404 where it has nothing. Its `listings` are what was asked with GET, its
 * `requests` what was asked with POST.
 *
 * @param answers the answer at each path: `{ "/v1/models": { body: { data: [] } } }`
 */
export function startPathServer(answers: Record<string, PathAnswer>): Promise<ScriptedModelServer> {
  const answer = (request: RecordedRequest): PlainResponse | Promise<PlainResponse> => {
    const found = answers[request.path.split("?")[0]] ?? { status: 404, body: { error: { message: "Not found" } } };
    return typeof found === "function" ? found(request) : found;
  };
  return startScriptedModel(answer, { models: answer });
}
