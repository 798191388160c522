/**
 * What the option table says about an option. The table's type follows from the settings, so that neither can lack what the other has.
 *
 * @module
 */

import type { OptionKind } from "./option_kind.ts";
import type { AnySettings } from "./settings.ts";

/** A flag of the command line. */
export interface FlagEntry {
  /** The flag without its dashes: `auth-token`. */
  flag: string;
  /** A one-letter form, without its dash. */
  short?: string;
  /** What stands for the value in help: `TOKEN`. Absent where the flag takes none. */
  placeholder?: string;
  /** What it is for, in a few words. */
  help: string;
}

/** Where a setting comes from when nobody gave it. */
export type Fallback<T> =
  | { kind: "required" }
  | { kind: "value"; value: T }
  /** Made anew at every start; `shown` describes it in help. */
  | { kind: "made"; make: (randomId: () => string) => T; shown: string };

/** An option that ends up as a setting. */
export interface OptionEntry<T> extends FlagEntry {
  /** What it is called in messages: `auth token`. */
  label: string;
  /** The environment variables that set it, the first one that is set wins. */
  environment: readonly string[];
  /** How its value is read. */
  kind: OptionKind<T>;
  /** Whether its value must never be shown. */
  secret?: true;
  /** Where it comes from otherwise; absent where it may stay unset. */
  fallback?: Fallback<T>;
}

/** An entry for every setting: one that may not be `undefined` needs a fallback. */
export type OptionTable = {
  readonly [Name in keyof AnySettings]-?:
    & OptionEntry<NonNullable<AnySettings[Name]>>
    & (undefined extends AnySettings[Name] ? { fallback?: undefined }
      : { fallback: Fallback<NonNullable<AnySettings[Name]>> });
};
