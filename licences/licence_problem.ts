/**
 * Checks the licence of a package.
 *
 * @module
 */

// @ts-types="@types/spdx-expression-parse"
import parseExpression from "spdx-expression-parse";
import { allowedLicences, licenceExceptions } from "./policy.ts";

/**
 * Returns the reason a package may not be used under a licence.
 *
 * @param licence the licence in its `package.json`: an SPDX expression (`MIT OR Apache-2.0`) or another text (`SEE
 * LICENSE IN EULA.txt`). Of licences joined by `OR` one must be allowed, of those joined by `AND` all. Default: none
 * is stated
 * @returns a phrase; `undefined` if the package may be used
 */
export function licenceProblem(name: string, licence?: string): string | undefined {
  if (licence === undefined) return "states no licence";
  const terms = parseTerms(licence);
  if (terms === undefined) return `states its licence as ${JSON.stringify(licence)}, which is not an SPDX expression`;
  return isAllowed(terms, name) ? undefined : `is under ${licence}, which is not allowed`;
}

function parseTerms(licence: string): parseExpression.Info | undefined {
  try {
    return parseExpression(licence);
  } catch {
    return undefined;
  }
}

function isAllowed(terms: parseExpression.Info, name: string): boolean {
  if ("conjunction" in terms) {
    const { conjunction, left, right } = terms;
    return conjunction === "or"
      ? isAllowed(left, name) || isAllowed(right, name)
      : isAllowed(left, name) && isAllowed(right, name);
  }
  // "MIT+" and exceptions to a licence ("... WITH ...") only add rights to those of the licence.
  const { license } = terms;
  return allowedLicences.has(license) ||
    licenceExceptions.some((exception) => exception.licence === license && name.startsWith(exception.packages));
}
