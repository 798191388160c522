/**
 * Reads the user and the password in an address.
 *
 * @module
 */

/** A user and a password, decoded. */
export interface AddressCredentials {
  username: string;
  password: string;
}

/** Returns `undefined` if the address has neither a user nor a password. */
export function credentialsOf(address: string): AddressCredentials | undefined {
  const { username, password } = new URL(address);
  return username + password === "" ? undefined : { username: decode(username), password: decode(password) };
}

/** Decodes percent escapes. Returns the text unchanged if an escape is invalid. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
