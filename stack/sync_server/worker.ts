/**
 * The notebook server that runs on workerd: who am I, the LiveStore sync socket of sync-cf 0.3.1, and artifacts. Locally it stands
 * in for the hosted server, on the same routes.
 *
 * | route | |
 * | --- | --- |
 * | `GET /api/me` | the user of the Bearer token, or 401 |
 * | `GET /livestore/websocket?storeId&payload` | the sync socket, or 400 with the reason |
 * | `POST /api/artifacts` | stores the body for `x-notebook-id`, answers `{artifactId}` |
 * | `GET /api/artifacts/NOTEBOOK/UUID` | the stored bytes, without a token |
 *
 * It is bundled by `worker_bundle.ts` and never runs under Deno.
 *
 * @module
 */

import { handleWebSocket, makeDurableObject } from "@livestore/sync-cf/cf-worker";

/** A user, as a token stands for one. */
export interface SyncUser {
  /** What `/api/me` answers as `id`, and what a runtime must send as `userId`. */
  id: string;
  /** Mail address. */
  email: string;
  /** The name shown in the notebook. */
  name: string;
}

/** The part of Cloudflare's R2 that is used here. */
interface Bucket {
  put(key: string, value: ArrayBuffer, options: { httpMetadata: { contentType: string } }): Promise<unknown>;
  get(key: string): Promise<{ body: ReadableStream; httpMetadata?: { contentType?: string } } | null>;
}

/** What miniflare binds to the worker, besides what sync-cf alone uses (`DB`, `WEBSOCKET_SERVER`). */
interface Env {
  ARTIFACTS: Bucket;
  /** Token -> user. */
  USERS: Record<string, SyncUser>;
}

/** A request to this host is answered when all that was acknowledged is stored; it comes from the process that is about to stop workerd. */
const drainHost = "drain.invalid";

const defaultContentType = "application/octet-stream";

// deno-lint-ignore no-explicit-any -- Cloudflare's own types are not installed, and sync-cf's class is declared with them
const SyncObject: new (context: any, env: any) => any = makeDurableObject();

/** Messages that are being answered: sync-cf acknowledges and broadcasts a push before it has stored it. */
const inFlight = new Set<Promise<unknown>>();

/** One notebook's sync room: sync-cf's, with its work counted. */
export class WebSocketServer extends SyncObject {
  constructor(context: unknown, env: Env) {
    super(context, env);
    const answer: (socket: unknown, message: unknown) => Promise<unknown> | undefined = this.webSocketMessage;
    this.webSocketMessage = async (socket: unknown, message: unknown): Promise<void> => {
      const answered = Promise.resolve(answer(socket, message));
      inFlight.add(answered);
      await answered.finally(() => inFlight.delete(answered));
    };
  }
}

function bearerUser(request: Request, env: Env): SyncUser | undefined {
  const token = request.headers.get("authorization")?.match(/^Bearer (.+)$/i)?.[1];
  return token === undefined ? undefined : userOf(token, env);
}

function userOf(token: unknown, env: Env): SyncUser | undefined {
  return typeof token === "string" && Object.hasOwn(env.USERS, token) ? env.USERS[token] : undefined;
}

function problem(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

/** Throws the reason for which a socket with this payload is refused. */
function checkPayload(payload: unknown, env: Env): void {
  const fields = (typeof payload === "object" && payload !== null ? payload : {}) as Record<string, unknown>;
  const user = userOf(fields.authToken, env);
  if (user === undefined) throw new Error("User must be authenticated");
  if (fields.runtime === true && fields.userId !== user.id) {
    throw new Error(`Runtime userId mismatch: payload has ${fields.userId}, the token belongs to ${user.id}`);
  }
}

async function storeArtifact(request: Request, env: Env): Promise<Response> {
  if (bearerUser(request, env) === undefined) return problem(401, "Unauthorized");
  const notebookId = request.headers.get("x-notebook-id");
  if (notebookId === null || !/^[\w-]+$/.test(notebookId)) {
    return problem(400, "x-notebook-id must be the id of a notebook");
  }
  const artifactId = `${notebookId}/${crypto.randomUUID()}`;
  const contentType = request.headers.get("content-type") ?? defaultContentType;
  await env.ARTIFACTS.put(artifactId, await request.arrayBuffer(), { httpMetadata: { contentType } });
  return Response.json({ artifactId });
}

async function readArtifact(artifactId: string, env: Env): Promise<Response> {
  const artifact = await env.ARTIFACTS.get(artifactId);
  if (artifact === null) return problem(404, `No artifact ${artifactId}`);
  return new Response(artifact.body, {
    headers: { "content-type": artifact.httpMetadata?.contentType ?? defaultContentType },
  });
}

/** The worker: one request in, one response out. */
export default {
  async fetch(request: Request, env: Env, context: unknown): Promise<Response> {
    const { hostname, pathname } = new URL(request.url);
    if (hostname === drainHost) {
      await Promise.allSettled(inFlight);
      return new Response();
    }
    const route = `${request.method} ${pathname}`;
    if (route === "GET /") return new Response("Local sync server for notebooks.\n");
    if (route === "GET /api/me") {
      const user = bearerUser(request, env);
      return user === undefined ? problem(401, "Unauthorized") : Response.json({ ...user, isAnonymous: false });
    }
    if (route === "GET /livestore/websocket") {
      // deno-lint-ignore no-explicit-any -- declared with Cloudflare's types, which are not installed
      return await handleWebSocket(request as any, env as any, context as any, {
        validatePayload: (payload) => checkPayload(payload, env),
      });
    }
    if (route === "POST /api/artifacts") return await storeArtifact(request, env);
    const artifactId = route.match(/^GET \/api\/artifacts\/([\w-]+\/[\w-]+)$/)?.[1];
    if (artifactId !== undefined) return await readArtifact(artifactId, env);
    return problem(404, `No route ${route}`);
  },
};
