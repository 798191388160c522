/**
 * Formats how long ago something was.
 *
 * @module
 */

/** The seconds from which on each unit is used. */
const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]] as const;

/** The number of days after which the date is shown. */
const DATE_AFTER_DAYS = 14;

/** For example `just now`, `5 minutes ago`, `yesterday`, `3 Mar 2026`. */
export function formatAge(then: Date, now: Date, locale = "en"): string {
  const seconds = (now.getTime() - then.getTime()) / 1000;
  if (seconds > DATE_AFTER_DAYS * 86_400) return then.toLocaleDateString(locale, { dateStyle: "medium" });
  const words = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, length] of UNITS) if (seconds >= length) return words.format(-Math.floor(seconds / length), unit);
  return "just now";
}
