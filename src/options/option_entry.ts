/**
 * The entries of the option table. The table's type is derived from the settings, so that each setting has an entry and vice versa.
 *
 * @module
 */

import type { OptionKind } from "./option_kind.ts";
import type { AnySettings } from "./settings.ts";

export interface FlagEntry {
  /** The flag without its dashes: `auth-token`. */
  flag: string;
  /** A one-letter form, without its dash. */
  short?: string;
  /** The placeholder of the value in help: `TOKEN`. Absent if the flag takes no value. */
  placeholder?: string;
  /**
   * The placeholder of a second value; absent if the flag takes one value at most. Such a flag may be repeated: its value has a line of
   * JSON, `["NAME", "VALUE"]`, for each repetition.
   */
  second?: string;
  /** The help text: one or two short sentences. */
  help: string;
}

/** The default of a setting. */
export type Fallback<T> =
  | { kind: "required" }
  | { kind: "value"; value: T }
  /** Made at every start. It may depend on the settings before it in the table. `shown` describes it in help. */
  | { kind: "made"; make: (randomId: () => string, settings: Partial<AnySettings>) => T; shown: string };

/** An option that becomes a setting. */
export interface OptionEntry<T> extends FlagEntry {
  /** Its name in messages: `auth token`. */
  label: string;
  /** The environment variables that set it. The first one that is set counts. */
  environment: readonly string[];
  kind: OptionKind<T>;
  /** Whether its value must never be shown. */
  secret?: true;
  /** Its default; absent if it may stay unset. */
  fallback?: Fallback<T>;
}

/** An entry for every setting: one that may not be `undefined` needs a fallback. */
export type OptionTable = {
  readonly [Name in keyof AnySettings]-?:
    & OptionEntry<NonNullable<AnySettings[Name]>>
    & (undefined extends AnySettings[Name] ? { fallback?: undefined }
      : { fallback: Fallback<NonNullable<AnySettings[Name]>> });
};
