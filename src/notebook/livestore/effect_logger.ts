/**
 * Sends what LiveStore logs, which would go to the console, to our own logger.
 *
 * @module
 */

import { type Layer, Logger as EffectLogger, LogLevel } from "@livestore/utils/effect";
import type { Logger } from "../../logger.ts";

/** A layer for the effects that make and run a store. LiveStore's own notes are for someone who looks for a fault. */
export function effectLogger(logger: Logger): Layer.Layer<never> {
  const forward = EffectLogger.make(({ logLevel, message }) => {
    const text = [message].flat().map(String).join(" ");
    if (LogLevel.greaterThanEqual(logLevel, LogLevel.Error)) logger.warn(`LiveStore: ${text}`);
    else logger.debug(`LiveStore: ${text}`);
  });
  return EffectLogger.replace(EffectLogger.defaultLogger, forward);
}
