/**
 * A model server with answers for further paths.
 *
 * @module
 */

import type { PlainResponse, RecordedRequest, ScriptedModelServer } from "./scripted_model_server.ts";
import { startScriptedModel } from "./scripted_model_server.ts";

/** The answer at a path. */
export type PathAnswer = PlainResponse | ((request: RecordedRequest) => PlainResponse | Promise<PlainResponse>);

/**
 * Starts a server that answers by path, without the query, and with 404 for other paths. Its `listings` contain the GET
 * requests, and its `requests` the POST requests.
 *
 * @param answers the answer at each path, such as `{ "/v1/models": { body: { data: [] } } }`
 */
export function startPathServer(answers: Record<string, PathAnswer>): Promise<ScriptedModelServer> {
  const answer = (request: RecordedRequest): PlainResponse | Promise<PlainResponse> => {
    const found = answers[request.path.split("?")[0]] ?? { status: 404, body: { error: { message: "Not found" } } };
    return typeof found === "function" ? found(request) : found;
  };
  return startScriptedModel(answer, { models: answer });
}
