/**
 * The options of a command that runs as a service: what a restart may take, and where the service says how it is.
 *
 * @module
 */

import { hostName, port, truthValue } from "./option_kind.ts";
import type { OptionTable } from "./option_entry.ts";

/** Restarts and health. */
export const serviceOptions = {
  takeBack: {
    flag: "take-back",
    label: "choice of taking back",
    environment: ["AIPYTHON_TAKE_BACK"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help:
      "Whether to take a notebook back that another runtime has taken over since this one (by its --runtime-id) served it.",
  },
  healthPort: {
    flag: "health-port",
    placeholder: "PORT",
    label: "health port",
    environment: ["AIPYTHON_HEALTH_PORT"],
    kind: port,
    help: "The port on which aipython answers health checks (default: none).",
  },
  healthHost: {
    flag: "health-host",
    placeholder: "HOST",
    label: "health host",
    environment: ["AIPYTHON_HEALTH_HOST"],
    kind: hostName,
    fallback: { kind: "value", value: "127.0.0.1" },
    help: "The address that it answers them at; 0.0.0.0 is reached from other machines, too.",
  },
} satisfies Partial<OptionTable>;
