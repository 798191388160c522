/**
 * The context of the checks of servers.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { Logger } from "../logger.ts";
import type { CommandSettings } from "../options/settings.ts";

export interface CheckContext {
  /** The valid settings. */
  settings: Partial<CommandSettings>;
  /** Whether the settings choose the model. Otherwise it is the default. */
  isModelChosen: boolean;
  /** Sanitizes a server's text so that it can be shown. */
  quote(text: string): string;
  logger: Logger;
  clock: Clock;
  signal: AbortSignal;
}
