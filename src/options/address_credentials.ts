/**
 * The user and the password that an address may hold.
 *
 * @module
 */

/** Who asks, decoded. */
export interface AddressCredentials {
  username: string;
  password: string;
}

/** Reads the user and the password of an address; nothing where it has neither. */
export function credentialsOf(address: string): AddressCredentials | undefined {
  const { username, password } = new URL(address);
  return username + password === "" ? undefined : { username: decode(username), password: decode(password) };
}

/** A `%` that begins no escape is kept. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
