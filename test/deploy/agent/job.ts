/**
 * Reads the Kubernetes Job of `deploy/agent/`.
 *
 * @module
 */

import type { Job } from "kubernetes-types/batch/v1";
import type { Container } from "kubernetes-types/core/v1";
import { parse } from "yaml";

/** The Job, as `kubectl` reads it. */
export const job: Job = parse(await Deno.readTextFile(new URL("../../../deploy/agent/job.yaml", import.meta.url)));

/** Its only container. */
export const agentContainer: Container = job.spec!.template.spec!.containers[0];

/**
 * Returns the container's environment.
 *
 * @param secrets the data of the Secret
 * @throws {Error} the Secret lacks a value that the Job uses
 */
export function environmentOf(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries((agentContainer.env ?? []).map(({ name, value, valueFrom }) => {
    const found = value ?? secrets[valueFrom?.secretKeyRef?.key ?? ""];
    if (found === undefined) throw new Error(`the Secret has no value for ${name}`);
    return [name, found];
  }));
}
