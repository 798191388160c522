/**
 * OpenAI's own address, answered by a server on loopback that the environment names as the proxy.
 *
 * @module
 */

/**
 * The variables with which a process asks a server whatever it asks OpenAI's own.
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
