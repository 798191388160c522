/**
 * The settings that are about a model server.
 *
 * @module
 */

import type { AIPythonSettings } from "./settings.ts";

export const modelServerNames = [
  "apiKey",
  "model",
  "baseUrl",
  "headers",
  "api",
  "insecure",
  "organization",
  "project",
  "contextLength",
] as const satisfies readonly (keyof AIPythonSettings)[];
