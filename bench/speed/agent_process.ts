/**
 * The agent as a process of its own, with its settings in the environment.
 *
 * @module
 */

import { AIPythonAgent } from "../../mod.ts";
import { tellUsage } from "./process_usage.ts";

const agent = new AIPythonAgent();
await agent.start();
await tellUsage();
await agent.shutdown();
