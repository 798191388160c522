/**
 * The licences that packages may have.
 *
 * @module
 */

/**
 * The licences that any package may have, by their SPDX identifiers.
 *
 * The project is BSD-3-Clause and is published without its packages. A user's installation gets them from npm, each
 * under its own licence. So the licences must allow use in a program under another licence.
 *
 * - Permissive: 0BSD, Apache-2.0, BlueOak-1.0.0, BSD-2-Clause, BSD-3-Clause, ISC, MIT, Zlib.
 * - Given to the public: CC0-1.0, Unlicense.
 * - CC-BY-3.0, CC-BY-4.0: for data and texts, with the author's name, which the package carries.
 * - OFL-1.1: for fonts, which may go with any program.
 * - MPL-2.0: it binds the files that are under it. We use them unmodified, and they come from npm with their source.
 *
 * Left out: the GPL and the AGPL, which bind a whole program, and the LGPL, whose terms depend on how a library is linked
 * ({@linkcode licenceExceptions} has what was looked at). CC licences with NC or ND forbid uses that BSD-3-Clause allows.
 */
export const allowedLicences: ReadonlySet<string> = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MPL-2.0",
  "OFL-1.1",
  "Unlicense",
  "Zlib",
]);

/** A further licence that some packages may have, because these packages were checked. */
export interface LicenceException {
  /** The beginning of their names, or a whole name. */
  packages: string;
  /** The SPDX identifier. */
  licence: string;
  /** The reason these packages may have it. */
  reason: string;
}

/** The packages that may have a licence which others may not have. */
export const licenceExceptions: readonly LicenceException[] = [
  {
    packages: "@img/sharp-",
    licence: "LGPL-3.0-or-later",
    reason:
      "libvips as a separate shared library, which Miniflare loads for the local sync server; the published program " +
      "does not use it, and we do not distribute it",
  },
];

/** The licence of a package whose `package.json` states none. */
export interface UnstatedLicence {
  name: string;
  /** The versions that were checked. Other versions may have other licences. */
  version: string;
  /** The SPDX expression of its licence. */
  licence: string;
}

/** The packages whose licence is only in a file `LICENSE`. */
export const unstatedLicences: readonly UnstatedLicence[] = [
  { name: "@livestore/wa-sqlite", version: "1.0.5-dev.2", licence: "MIT" },
  { name: "@livestore/webmesh", version: "0.3.1", licence: "Apache-2.0" },
];
