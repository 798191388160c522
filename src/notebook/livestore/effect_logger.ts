/**
 * Sends what LiveStore logs to a logger of this package.
 *
 * Replaces Effect's default logger, which writes to the console, and the one that LiveStore 0.3.1 adds in `createStorePromise`
 * (`@livestore/livestore`, `src/store/create-store.ts`; `@livestore/utils`, `src/effect/Logger.ts`). LiveStore has no option for it.
 *
 * @module
 */

import { type Layer, Logger as EffectLogger, LogLevel } from "@livestore/utils/effect";
import type { Logger } from "../../logger.ts";

/**
 * Makes a layer to provide to the effect that creates a store.
 *
 * Errors become warnings, because LiveStore or its caller handles them. All else is logged at the debug level.
 */
export function effectLogger(logger: Logger): Layer.Layer<never> {
  const forward = EffectLogger.make(({ logLevel, message }) => {
    const text = [message].flat().map(String).join(" ");
    if (LogLevel.greaterThanEqual(logLevel, LogLevel.Error)) logger.warn(`LiveStore: ${text}`);
    else logger.debug(`LiveStore: ${text}`);
  });
  return EffectLogger.replace(EffectLogger.defaultLogger, forward);
}
