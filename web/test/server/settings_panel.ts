/**
 * A site with its settings panel.
 *
 * @module
 */

import assert from "node:assert/strict";
import type { CheckWords } from "../../../src/check/check_text.ts";
import type { ModelListing } from "../../server/settings/listed_models.ts";
import type { SettingsView } from "../../server/settings/settings_view.ts";
import { startTestSite, type TestSiteOptions } from "./test_site.ts";

export const KEY = "sk-secret-of-the-panel-0123456789";

/** Starts a site and returns functions that send the panel's requests. */
export async function openPanel(options: TestSiteOptions = {}) {
  const site = await startTestSite(options);
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await site.ask(`/api/settings${path}`, {
      method,
      body: body === undefined ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text() };
  };
  const view = async (answer = send("GET", "")): Promise<SettingsView> => {
    const { status, text } = await answer;
    assert.equal(status, 200, text);
    return JSON.parse(text);
  };
  return {
    site,
    send,
    view,
    save: (body: unknown) => view(send("PUT", "", body)),
    /** Sends a request that must be refused, and returns the reason. */
    refused: async (status: number, method: string, path: string, body: unknown) => {
      const answer = await send(method, path, body);
      assert.equal(answer.status, status, answer.text);
      return JSON.parse(answer.text).error as string;
    },
    models: async (body: unknown): Promise<ModelListing> => JSON.parse((await send("POST", "/models", body)).text),
    check: async (body: unknown): Promise<CheckWords[]> => {
      const { text } = await send("POST", "/check", body);
      return text.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line));
    },
    [Symbol.asyncDispose]: () => site[Symbol.asyncDispose](),
  };
}
