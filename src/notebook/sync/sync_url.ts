/**
 * The URLs of a notebook's server.
 *
 * @module
 */

/**
 * The URL of a notebook's sync socket.
 *
 * @param syncUrl the WebSocket base URL: `wss://app.runt.run/livestore`
 * @param storeId the notebook's id
 * @param payload the credentials that the server checks; encoded twice, as the protocol requires
 */
export function socketUrl(syncUrl: string, storeId: string, payload: unknown): URL {
  const url = new URL(`${syncUrl.replace(/\/+$/, "")}/websocket`);
  url.searchParams.set("storeId", storeId);
  if (payload !== undefined) url.searchParams.set("payload", encodeURIComponent(JSON.stringify(payload)));
  return url;
}

/** Converts a WebSocket URL to HTTP: `wss` to `https`, `ws` to `http`. */
export function httpUrl(url: URL): URL {
  return new URL(url.href.replace(/^ws/, "http"));
}

/** The URL of the server's HTTP API. For example, `wss://host/livestore` and `/api/me` give `https://host/api/me`. */
export function apiUrl(syncUrl: string, path: string): URL {
  return new URL(path, httpUrl(new URL(syncUrl)));
}

/** Removes the user, the password, the query and the fragment of a URL, so that it can be shown. */
export function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username =
    url.password =
    url.search =
    url.hash =
      "";
  return url.href;
}
