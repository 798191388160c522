/**
 * The notebook server: the user's identity, the LiveStore sync socket of sync-cf 0.3.1, and artifacts, on the routes
 * of the hosted server. The same module runs locally on workerd and, deployed, on Cloudflare Workers.
 *
 * | route | |
 * | --- | --- |
 * | `GET /api/me` | the user of the Bearer token, or 401 |
 * | `GET /livestore/websocket?storeId&payload`, `Upgrade: websocket` | the sync socket, or 400 with the reason |
 * | `POST /api/artifacts` | stores the body for `x-notebook-id`, answers `{artifactId}` |
 * | `GET /api/artifacts/NOTEBOOK/UUID` | the stored bytes, without a token |
 * | any other `GET` outside `/api` | a page, as the hosted app answers with its own |
 *
 * If tokens cannot be looked up, the answer is 503 and the client should retry. It is bundled by `worker_bundle.ts`
 * and never runs under Deno.
 *
 * @module
 */

import { handleWebSocket } from "@livestore/sync-cf/cf-worker";
import { readArtifact, storeArtifact } from "./artifacts.ts";
import type { Bindings } from "./bindings.ts";
import { isNotebookId } from "./notebook_id.ts";
import { drained } from "./notebook_room.ts";
import { page } from "./page.ts";
import { problem } from "./problem.ts";
import { bearerUser, checkPayload, TokensUnavailableError } from "./users.ts";

export { WebSocketServer } from "./notebook_room.ts";

/**
 * A request to this host is answered when everything that was acknowledged is stored. The process that is about to
 * stop workerd sends it.
 */
const drainHost = "drain.invalid";

async function openSocket(request: Request, env: Bindings, context: unknown): Promise<Response> {
  if (!isNotebookId(new URL(request.url).searchParams.get("storeId") ?? "")) {
    return new Response("storeId must be the id of a notebook", { status: 400 });
  }
  let unavailable: TokensUnavailableError | undefined;
  // deno-lint-ignore no-explicit-any -- declared with Cloudflare's types, which are not installed
  const response = await handleWebSocket(request as any, env as any, context as any, {
    validatePayload: async (payload) => {
      try {
        await checkPayload(payload, env.TOKENS);
      } catch (error) {
        // sync-cf answers 400 to any error here, and agents do not retry after a refusal.
        if (error instanceof TokensUnavailableError) unavailable = error;
        throw error;
      }
    },
  });
  if (unavailable !== undefined) throw unavailable;
  return response;
}

async function answer(request: Request, env: Bindings, context: unknown): Promise<Response> {
  const route = `${request.method} ${new URL(request.url).pathname}`;
  if (route === "GET /api/me") {
    const user = await bearerUser(request, env.TOKENS);
    return user === undefined ? problem(401, "Unauthorized") : Response.json({ ...user, isAnonymous: false });
  }
  if (route === "GET /livestore/websocket" && request.headers.get("upgrade") === "websocket") {
    return await openSocket(request, env, context);
  }
  if (route === "POST /api/artifacts") {
    const user = await bearerUser(request, env.TOKENS);
    return user === undefined ? problem(401, "Unauthorized") : await storeArtifact(request, env.ARTIFACTS);
  }
  const artifactId = route.match(/^GET \/api\/artifacts\/([\w-]+\/[\w-]+)$/)?.[1];
  if (artifactId !== undefined) return await readArtifact(artifactId, env.ARTIFACTS);
  if (/^GET (?!\/api(?:\/|$))/.test(route)) return page();
  return problem(404, `No route ${route}`);
}

export default {
  async fetch(request: Request, env: Bindings, context: unknown): Promise<Response> {
    if (new URL(request.url).hostname === drainHost) {
      await drained();
      return new Response();
    }
    try {
      return await answer(request, env, context);
    } catch (error) {
      if (error instanceof TokensUnavailableError) return problem(503, error.message);
      throw error;
    }
  },
};
