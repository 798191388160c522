/**
 * Recognizes local servers. A model on a local server is usually slower than a hosted one.
 *
 * @module
 */

import { isExposedAddress } from "./exposed_address.ts";

/**
 * Names and addresses in private networks (RFC 1918, 3927, 4193, 4291, 6598, 6762, 8375), as `URL` writes them. A name without a dot is
 * a container or another machine in the network.
 */
const PRIVATE = [
  /^(?:0|10)(?:\.\d+){3}$|^192\.168\.\d+\.\d+$|^172\.(?:1[6-9]|2\d|3[01])\.\d+\.\d+$|^169\.254\.\d+\.\d+$/,
  /^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.\d+\.\d+$/,
  /^\[(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):/,
  /^[a-z0-9_-]+\.?$/i,
  /\.(?:local|lan|internal|home\.arpa)\.?$/i,
];

/** Whether an address leads to this machine or to a private network. */
export function isLocalAddress(address: string): boolean {
  const { hostname } = new URL(address);
  return !isExposedAddress(`http://${hostname}`) || PRIVATE.some((pattern) => pattern.test(hostname));
}
