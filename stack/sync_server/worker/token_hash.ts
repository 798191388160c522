/**
 * The hash under which the server stores a token.
 *
 * @module
 */

/**
 * Hashes a token for the table of tokens. Tokens are looked up by their hash and never compared, so response times
 * reveal nothing about them: clients cannot choose the digits of a hash. Tokens are long and random, so a plain hash
 * is enough.
 *
 * @returns 64 lower-case hex digits
 */
export async function tokenHash(token: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))).toHex();
}
