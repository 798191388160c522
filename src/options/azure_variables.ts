/**
 * The variables that Azure's own tools read, and what they stand for here.
 *
 * @module
 */

/** By the setting that they are read for; the version completes the base URL. The first one that is set counts. */
export const azureVariables = {
  baseUrl: ["AZURE_OPENAI_ENDPOINT"],
  apiKey: ["AZURE_OPENAI_API_KEY"],
  model: ["AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"],
  apiVersion: ["OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION"],
} as const;

/** All of them. */
export const azureVariableNames: readonly string[] = Object.values(azureVariables).flat();
