/**
 * Replaces OpenAI's server by a server on loopback that the environment sets as the proxy.
 *
 * @module
 */

/**
 * Returns the variables with which a process sends its requests for OpenAI's server to another server.
 *
 * @param proxy the server's host and port
 */
export function openAIByProxy(proxy: string): Record<string, string> {
  return {
    OPENAI_BASE_URL: "http://api.openai.com/v1",
    AIPYTHON_INSECURE: "true",
    HTTP_PROXY: `http://${proxy}`,
    NO_PROXY: "127.0.0.1",
  };
}
