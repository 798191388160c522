/**
 * Checks the notebook's server and the notebook: whether the server can be reached and accepts the token, and whether the notebook
 * has cells and a runtime.
 *
 * @module
 */

import { RefusedError, SyncUnreachableError } from "../errors.ts";
import { askIdentity, type Identity } from "../notebook/identity.ts";
import { withoutCredentials } from "../notebook/sync/sync_url.ts";
import { tokenRefused, TokenRefusedError } from "../notebook/token_refused.ts";
import { bareAddress } from "../options/bare_address.ts";
import { type CheckName, type CheckResult, fail, ok, skip, skipAll } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { capTimeout } from "./cap_timeout.ts";
import { requireSettings } from "./require_settings.ts";
import { readNetworkFailure } from "./network_failure.ts";
import { judgeNotebook, judgeRuntime } from "./notebook_checks.ts";
import { lookAtNotebook, type NotebookLook, type NotebookLookOptions } from "./notebook_look.ts";
import { probeSync } from "./sync_probe.ts";

/** The token for requests without a valid token. The server's refusal is enough to see that it can be reached. */
const NO_TOKEN = "aipython-check-without-a-token";

/** The notebook id if none is set. Any id works, because nothing is read. */
const NO_NOTEBOOK = "none";

const SYNC_URL = "--sync-url (LIVESTORE_SYNC_URL)";

/** Yields the results as the checks end. Writes nothing to the notebook. */
export async function* checkSyncServer(context: CheckContext): AsyncGenerator<CheckResult> {
  const { settings, quote, clock, signal } = context;
  const { syncUrl, authToken, notebookIds, connectTimeout } = settings;
  const rest = ["token", "notebook", "runtime"] as const;
  if (syncUrl === undefined) return yield* skipAll(["sync-server", ...rest], "the sync URL is wrong");
  const { host } = new URL(syncUrl);
  const seconds = capTimeout(connectTimeout);
  const identity = await ask(syncUrl, authToken ?? NO_TOKEN, seconds, signal);
  if (identity instanceof SyncUnreachableError) {
    yield unreached(identity, host, seconds, quote);
    return yield* skipAll(rest, "the sync server could not be reached");
  }
  const probe = await probeSync({
    syncUrl,
    notebookId: notebookIds?.[0] ?? NO_NOTEBOOK,
    payload: payloadOf(authToken, identity),
    timeoutMs: seconds * 1000,
    clock,
  }, signal);
  if (probe.state === "silent") {
    const address = bareAddress(withoutCredentials(syncUrl));
    const failure = new SyncUnreachableError(
      address,
      `${address} does not speak LiveStore's protocol: ${quote(probe.reason)}`,
    );
    yield fail("sync-server", failure, `Check ${SYNC_URL}: it looks like wss://app.runt.run/livestore`, { host });
    return yield* skipAll(rest, "the sync server does not speak LiveStore's protocol");
  }
  yield ok("sync-server", `${host} speaks LiveStore's protocol`, { host });
  const refusal = probe.refusal === undefined ? undefined : tokenRefused(syncUrl, probe.refusal);
  const token = judgeToken(authToken, identity, refusal, quote);
  yield token;
  if (token.status !== "ok") {
    const reason = authToken === undefined ? "there is no token" : "the token was rejected";
    return yield* skipAll(["notebook", "runtime"], reason);
  }
  const needed = requireSettings(settings, ["notebookIds", "authToken", "syncUrl"]);
  if ("unset" in needed) return yield* skipAll(["notebook", "runtime"], needed.unset);
  const { notebookIds: ids, ...server } = needed.complete;
  for (const notebookId of ids) {
    const which = ids.length === 1 ? "" : `${quote(notebookId)}: `;
    for await (const result of checkNotebook({ ...server, notebookId, timeoutS: seconds }, context)) {
      yield { ...result, message: `${which}${result.message}`, details: { notebookId, ...result.details } };
    }
  }
}

/** Checks one notebook, and whether a runtime serves it. */
async function* checkNotebook(
  options: NotebookLookOptions,
  context: CheckContext,
): AsyncGenerator<CheckResult> {
  const { quote, signal } = context;
  let look: NotebookLook;
  try {
    look = await lookAtNotebook(options, context);
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof Error ? error : new Error(String(error));
    yield failure instanceof TokenRefusedError
      ? failRefused("notebook", failure, quote)
      : fail("notebook", failure, "Check again in a while; --log-level debug shows more");
    return yield skip("runtime", "the notebook could not be opened");
  }
  yield judgeNotebook(look, quote);
  yield judgeRuntime(look, quote);
}

/** Asks once for the user that the token belongs to. */
async function ask(
  syncUrl: string,
  authToken: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Identity | TokenRefusedError | SyncUnreachableError> {
  try {
    const limit = AbortSignal.timeout(seconds * 1000);
    return await askIdentity({ syncUrl, authToken }, AbortSignal.any([signal, limit]));
  } catch (error) {
    if (error instanceof TokenRefusedError || error instanceof SyncUnreachableError) return error;
    throw error;
  } finally {
    signal.throwIfAborted();
  }
}

function unreached(error: SyncUnreachableError, host: string, seconds: number, quote: (text: string) => string) {
  if (error.cause === undefined) {
    const failure = new SyncUnreachableError(error.url, error.message.split(": ")[0], { cause: error });
    return fail("sync-server", failure, `Check ${SYNC_URL}: it looks like wss://app.runt.run/livestore`, { host });
  }
  const { kind, reason, remedy } = readNetworkFailure(error.cause, seconds);
  const failure = new SyncUnreachableError(error.url, `${host} cannot be reached: ${quote(reason)}`, { cause: error });
  return fail("sync-server", failure, `${remedy}. ${SYNC_URL} sets the address`, { host, kind });
}

function judgeToken(
  authToken: string | undefined,
  identity: Identity | TokenRefusedError,
  refusal: TokenRefusedError | undefined,
  quote: (text: string) => string,
): CheckResult {
  if (authToken === undefined) return skip("token", "there is none");
  if (identity instanceof TokenRefusedError) return failRefused("token", identity, quote);
  if (refusal !== undefined) return failRefused("token", refusal, quote);
  const user = quote(identity.name ?? identity.id);
  return ok("token", `it belongs to ${user}`, { userId: quote(identity.id) });
}

/** Makes the result for a refused token. It has the same text as the error of an agent that attaches. */
function failRefused(
  name: CheckName,
  { fact, reason, remedy }: TokenRefusedError,
  quote: (text: string) => string,
): CheckResult {
  const failure = new RefusedError("sync", `${fact} (${quote(reason)})`);
  return fail(name, failure, remedy[0].toUpperCase() + remedy.slice(1));
}

/** Returns the payload for a socket: that of an agent, or a token that is always refused if ours is missing or already refused. */
function payloadOf(authToken: string | undefined, identity: Identity | TokenRefusedError) {
  if (authToken === undefined || identity instanceof TokenRefusedError) return { authToken: NO_TOKEN };
  return { authToken, runtime: true, runtimeId: "aipython-check", sessionId: crypto.randomUUID(), userId: identity.id };
}
