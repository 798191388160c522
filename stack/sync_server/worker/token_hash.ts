/**
 * The form in which the server knows a token.
 *
 * @module
 */

/**
 * Hashes a token as the table of tokens holds it. A token is looked up by its hash and compared nowhere, so that the time an
 * answer takes tells nothing: who asks cannot choose the hash's digits. Tokens are long and random, so a plain hash will do.
 *
 * @returns 64 lower-case hex digits
 */
export async function tokenHash(token: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))).toHex();
}
