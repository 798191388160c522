/**
 * What the checks of servers need.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { Logger } from "../logger.ts";
import type { CommandSettings } from "../options/settings.ts";

/** What the checks of servers need. */
export interface CheckContext {
  /** The settings that are right. */
  settings: Partial<CommandSettings>;
  /** Whether somebody chose the model; otherwise it is the default. */
  isModelChosen: boolean;
  /** Makes what servers say fit to be shown. */
  quote(text: string): string;
  /** Told what goes on, for whoever looks for a fault. */
  logger: Logger;
  /** Tells the time. */
  clock: Clock;
  /** Gives up. */
  signal: AbortSignal;
}
