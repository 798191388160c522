/**
 * Recognizes and completes the addresses of models at Azure.
 *
 * @module
 */

import { decode } from "./address_credentials.ts";
import type { ApiSetting } from "./settings.ts";

/** The hosts of Azure's model resources, also of its national clouds. */
const HOST = /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/;

/** The path of a deployment: Azure's classic form, which gateways in front of Azure use too. */
const DEPLOYMENT = /\/openai\/deployments\/([^/]+)/;

/** A version of the classic interface: `2024-10-21`. The newer interface has no version, or `preview`. */
const DATED = /^\d{4}-\d\d-\d\d/;

/**
 * The last version of the classic interface that is not a preview (https://learn.microsoft.com/azure/ai-foundry/openai/reference). It is
 * added to addresses without a version, for which Azure answers 404.
 */
const LAST_VERSION = "2024-10-21";

/** Whether an address is one of Azure's, or has its classic form. Such servers expect the key in the header `api-key`. */
export function isAzure(baseUrl: string): boolean {
  const { hostname, pathname } = new URL(baseUrl);
  return HOST.test(hostname) || DEPLOYMENT.test(pathname);
}

/** Returns the deployment in an address of the classic form; `undefined` for other addresses. */
export function deploymentOf(baseUrl: string): string | undefined {
  const name = DEPLOYMENT.exec(new URL(baseUrl).pathname)?.[1];
  return name === undefined ? undefined : decode(name);
}

/** The parts that complete an address. */
export interface AzureParts {
  /** The model, which is the name of a deployment. */
  model: string;
  /** The interface that is used. The classic form of Responses has no deployment in its path. */
  api: ApiSetting;
  /** The version of the interface, for an address without one. */
  apiVersion?: string;
}

/**
 * Completes an address of Azure. The address of a resource gets the path of the deployment if the version is a date, and otherwise
 * `/openai/v1`. An address in the classic form gets a version if it has none. Other addresses are returned unchanged.
 */
export function completeAzureAddress(baseUrl: string, { model, api, apiVersion }: AzureParts): string {
  const url = new URL(baseUrl);
  const version = url.searchParams.get("api-version") ?? apiVersion;
  if (DEPLOYMENT.test(url.pathname)) {
    if (!url.searchParams.has("api-version")) url.searchParams.set("api-version", apiVersion ?? LAST_VERSION);
  } else if (HOST.test(url.hostname) && /^\/(?:openai)?$/.test(url.pathname)) {
    const isClassic = version !== undefined && DATED.test(version);
    const classicPath = api === "responses" ? "/openai" : `/openai/deployments/${encodeURIComponent(model)}`;
    url.pathname = isClassic ? classicPath : "/openai/v1";
    if (isClassic) url.searchParams.set("api-version", version);
  } else return baseUrl;
  return url.href;
}
