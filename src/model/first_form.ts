/**
 * Chooses the form of the first request to an unknown server.
 *
 * @module
 */

import { isOpenAI } from "../options/model_server.ts";
import type { ApiSetting } from "../options/settings.ts";
import { DEFAULT_FORM, type RequestForm } from "./request_form.ts";

/**
 * Returns the form to try first: Responses at OpenAI's own server, where the newer models take tools and reasoning together, and chat
 * completions at other servers.
 */
export function firstForm(baseUrl: string, setting: ApiSetting): RequestForm {
  const usual = isOpenAI(baseUrl) ? "responses" : "chat";
  return { ...DEFAULT_FORM, api: setting === "auto" ? usual : setting };
}
