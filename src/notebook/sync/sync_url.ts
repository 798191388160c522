/**
 * The addresses that belong to a notebook's server.
 *
 * @module
 */

/**
 * The address of a notebook's sync socket.
 *
 * @param syncUrl the WebSocket base: `wss://app.runt.run/livestore`
 * @param storeId the notebook's id
 * @param payload what the server checks before it lets us in; encoded twice, as the protocol wants it
 */
export function socketUrl(syncUrl: string, storeId: string, payload: unknown): URL {
  const url = new URL(`${syncUrl.replace(/\/+$/, "")}/websocket`);
  url.searchParams.set("storeId", storeId);
  if (payload !== undefined) url.searchParams.set("payload", encodeURIComponent(JSON.stringify(payload)));
  return url;
}

/** The same address read as HTTP: `wss` as `https`, `ws` as `http`. */
export function httpUrl(url: URL): URL {
  return new URL(url.href.replace(/^ws/, "http"));
}

/** The HTTP API on the server of a sync URL: `wss://host/livestore` and `/api/me` give `https://host/api/me`. */
export function apiUrl(syncUrl: string, path: string): URL {
  return new URL(path, httpUrl(new URL(syncUrl)));
}

/** An address as it may be shown: without the user, the password and the query that it may carry. */
export function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username =
    url.password =
    url.search =
    url.hash =
      "";
  return url.href;
}
