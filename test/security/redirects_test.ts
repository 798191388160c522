import assert from "node:assert/strict";
import { ModelError, SyncUnreachableError } from "../../src/errors.ts";
import { type LogFields, silentLogger } from "../../src/logger.ts";
import { checkApiKey } from "../../src/model/check_api_key.ts";
import { listModels } from "../../src/model/list_models.ts";
import { OpenAIModel } from "../../src/model/openai_model.ts";
import { ArtifactError, uploadArtifact } from "../../src/notebook/output/artifacts.ts";
import { fetchIdentity } from "../../src/notebook/identity.ts";
import { refusalReason } from "../../src/notebook/sync/refusal.ts";
import { SyncSocket } from "../../src/notebook/sync/socket.ts";
import { socketUrl } from "../../src/notebook/sync/sync_url.ts";
import { redirectTarget } from "../../src/redirect.ts";

const STATUSES = [301, 302, 303, 307, 308];
const signal = AbortSignal.timeout(60_000);

/** Starts a server that redirects all requests to another server, which records the requests that arrive. */
function startRedirect() {
  const came: string[] = [];
  const asked: string[] = [];
  const options = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
  const second = Deno.serve(options, ({ method, url }) => {
    came.push(`${method} ${url}`);
    return Response.json({ id: "someone", artifactId: "taken", data: [] });
  });
  const target = `http://127.0.0.1:${second.addr.port}`;
  let status = 302;
  const first = Deno.serve(options, async (request) => {
    asked.push(new URL(request.url).pathname);
    await request.body?.cancel();
    return new Response(null, { status, headers: { location: `${target}/stolen` } });
  });
  const host = `127.0.0.1:${first.addr.port}`;
  return {
    host,
    baseUrl: `http://${host}/v1`,
    syncUrl: `ws://${host}/livestore`,
    target,
    asked,
    came,
    answerWith: (code: number) => status = code,
    async [Symbol.asyncDispose]() {
      await Promise.all([first.shutdown(), second.shutdown()]);
    },
  };
}

/** Returns the error with which a promise rejects. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return await promise.then(() => assert.fail("the promise was not rejected"), (error) => error);
}

Deno.test("a model request does not follow a redirect, and its error names the target", async () => {
  await using server = startRedirect();
  const model = new OpenAIModel({
    model: "any",
    apiKey: "secret-api-key",
    baseUrl: server.baseUrl,
    firstByteTimeoutMs: 10_000,
    stallTimeoutMs: 10_000,
  });
  for (const status of STATUSES) {
    server.answerWith(status);
    const answer = model.stream({ messages: [{ role: "user", content: "In [1]:" }], tools: [], signal });
    const error = await rejection(answer.next());
    assert(error instanceof ModelError);
    assert.equal(error.status, status);
    assert.equal(
      error.message,
      `${server.host} redirects to ${server.target} (${status}). Nothing was sent there, because the API key and the code are ` +
        "meant for one server. If that is the right server, give its address with --base-url (OPENAI_BASE_URL).",
    );
  }
  assert.equal(server.asked.length, STATUSES.length, "no request is repeated");
  assert.deepEqual(server.came, []);
});

Deno.test("the request for a server's models does not follow a redirect, and the target is logged", async () => {
  await using server = startRedirect();
  const warnings: [string, LogFields?][] = [];
  const logger = { ...silentLogger, warn: (...line: [string, LogFields?]) => void warnings.push(line) };
  for (const status of STATUSES) {
    server.answerWith(status);
    const list = await listModels({ apiKey: "secret-api-key", baseUrl: server.baseUrl }, signal);
    assert.deepEqual(list, { status, models: undefined, redirectedTo: server.target });
  }
  await checkApiKey({ model: "any", apiKey: "secret-api-key", baseUrl: server.baseUrl, logger }, signal);
  assert.match(warnings[0][0], /redirects to another server/);
  assert.deepEqual(warnings[0][1], { server: server.host, to: server.target });
  assert.deepEqual(server.came, []);
});

Deno.test("requests with the token do not follow redirects of the notebook's server", async () => {
  await using server = startRedirect();
  const credentials = { syncUrl: server.syncUrl, authToken: "secret-token", notebookId: "notebook" };
  for (const status of STATUSES) {
    server.answerWith(status);
    const identity = await rejection(fetchIdentity(credentials, signal));
    assert(identity instanceof SyncUnreachableError);
    assert(identity.message.includes(`redirects to ${server.target} (HTTP ${status}). The token was not sent there`));
    const upload = { ...credentials, mimeType: "image/png", bytes: new Uint8Array(9) };
    const artifact = await rejection(uploadArtifact(upload));
    assert(artifact instanceof ArtifactError);
    assert(artifact.message.includes(server.target));
    const url = socketUrl(server.syncUrl, "notebook", { authToken: "secret-token" });
    const socket = await SyncSocket.open(url, { onFrame() {}, onClose() {} });
    assert.equal(typeof socket, "string", "no connection was opened");
    assert.doesNotMatch(String(socket), /secret-token/);
    assert.equal(await refusalReason(url, signal), undefined);
  }
  assert.equal(server.asked.length, 4 * STATUSES.length);
  assert.deepEqual(server.came, []);
});

Deno.test("redirectTarget() returns only the origin of any location", () => {
  const at = (location?: string) => {
    const headers = new Headers(location === undefined ? {} : { location });
    return redirectTarget({ status: 302, headers }, "https://model.example/v1");
  };
  assert.equal(at("/elsewhere"), "https://model.example");
  assert.equal(at("http://model.example/v1?key=secret"), "http://model.example");
  assert.equal(at("https://user:secret@other.example:8443/v1"), "https://other.example:8443");
  for (const odd of [undefined, "http://[", "javascript:alert(1)"]) assert.equal(at(odd), "an unnamed address");
  assert.equal(
    redirectTarget({ status: 200, headers: new Headers({ location: "/" }) }, "https://a.example"),
    undefined,
  );
});
