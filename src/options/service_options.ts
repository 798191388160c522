/**
 * The options of a command that runs as a service: the restart, and the health checks.
 *
 * @module
 */

import { hostName, port, truthValue } from "./option_kind.ts";
import type { OptionTable } from "./option_entry.ts";

export const serviceOptions = {
  takeBack: {
    flag: "take-back",
    label: "take back",
    environment: ["AIPYTHON_TAKE_BACK"],
    kind: truthValue,
    fallback: { kind: "value", value: true },
    help:
      "Whether to take back a notebook that another runtime has taken over since this one (by its --runtime-id) served it.",
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
    help: "The address of the health checks; 0.0.0.0 can be reached from other machines, too.",
  },
} satisfies Partial<OptionTable>;
