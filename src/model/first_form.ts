/**
 * The form in which a server that nothing is known about is asked first.
 *
 * @module
 */

import { isOpenAI } from "../options/model_server.ts";
import type { ApiSetting } from "../options/settings.ts";
import { DEFAULT_FORM, type RequestForm } from "./request_form.ts";

/**
 * Returns the form to try first. OpenAI's own server speaks Responses, where its newer models take tools and reasoning together; other
 * servers speak chat completions.
 *
 * @param baseUrl the server's address
 * @param setting the interface that was chosen, or `auto`
 */
export function firstForm(baseUrl: string, setting: ApiSetting): RequestForm {
  const usual = isOpenAI(baseUrl) ? "responses" : "chat";
  return { ...DEFAULT_FORM, api: setting === "auto" ? usual : setting };
}
