/**
 * The environment variables of Azure's own tools, and the settings that they set here.
 *
 * @module
 */

/** The variables of each setting. The first one that is set counts. The version completes the base URL. */
export const azureVariables = {
  baseUrl: ["AZURE_OPENAI_ENDPOINT"],
  apiKey: ["AZURE_OPENAI_API_KEY"],
  model: ["AZURE_OPENAI_DEPLOYMENT", "AZURE_OPENAI_DEPLOYMENT_NAME"],
  apiVersion: ["OPENAI_API_VERSION", "AZURE_OPENAI_API_VERSION"],
} as const;

export const azureVariableNames: readonly string[] = Object.values(azureVariables).flat();
