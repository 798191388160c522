/**
 * Describes files whose content is not shown.
 *
 * @module
 */

import { formatFileSize } from "./file_size.ts";

/**
 * The size of the largest file that is read: 16 MiB, as the largest artifact of the sync server. A request contains only a few
 * thousand characters of it.
 */
export const MAX_FILE_BYTES = 16 * 1_024 * 1_024;

/** Describes a file that was deleted. */
export function describeGoneFile(): string {
  return "deleted; it does not exist any more";
}

/**
 * Describes a file that is larger than {@linkcode MAX_FILE_BYTES}.
 *
 * @param bytes the file's size. Default: unknown
 */
export function describeLargeFile(bytes?: number): string {
  const size = bytes === undefined ? "" : `${formatFileSize(bytes)}, `;
  return `${size}it exists; its content is not shown, because it has more than 16 MiB`;
}

/** Describes a file that exists and whose content must not be sent. */
export function describeHiddenFile(): string {
  return "it exists; its content is not shown";
}

/** Describes a file that exists but could not be read. */
export function describeUnreadableFile(): string {
  return "it exists; its content could not be read and is not shown";
}
