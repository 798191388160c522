/**
 * Runs the agent in a separate process, with its settings in the environment.
 *
 * @module
 */

import { AIPythonAgent } from "../../mod.ts";
import { reportUsage } from "./process_usage.ts";

const agent = new AIPythonAgent();
await agent.start();
await reportUsage();
await agent.shutdown();
