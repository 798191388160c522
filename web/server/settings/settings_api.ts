/**
 * The settings panel's API.
 *
 * | request | |
 * | --- | --- |
 * | `GET /api/settings` | each value and its source; of keys only their origins |
 * | `PUT /api/settings {values, key?}` | stores settings, and restarts agents with them |
 * | `DELETE /api/settings/key {origin}` | removes the key that was entered for an origin |
 * | `POST /api/settings/models {values, key?}` | the models of that server; stores nothing |
 * | `POST /api/settings/check {values, key?}` | the result of `aipython check`, line by line; stores nothing |
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { readBody } from "../read_body.ts";
import { listServerModels } from "./listed_models.ts";
import type { ModelSettings } from "./model_settings.ts";
import { readDraft, readOrigin } from "./settings_draft.ts";
import { type SettingsView, viewSettings } from "./settings_view.ts";
import { streamCheck } from "./trial_check.ts";

export interface SettingsApiOptions {
  settings: ModelSettings;
  offline(): Pick<SettingsView, "isOffline" | "isOfflineForced">;
  /** Called when settings were stored. */
  onChange(): void;
}

/** The largest request body, in bytes: a key and a dozen values. */
const LARGEST_BODY = 64 * 1024;

/** Creates the API, to be mounted at `/settings`. */
export function makeSettingsApi({ settings, offline, onChange }: SettingsApiOptions): Hono {
  const view = () => viewSettings(settings, offline());
  const read = async ({ req }: Context) => await readBody(req.raw, LARGEST_BODY);
  /** Aborts the current check. A new check aborts the previous one. */
  let checking = new AbortController();
  return new Hono()
    .get("/", (c) => c.json(view()))
    .put("/", async (c) => {
      settings.save(readDraft(await read(c)));
      onChange();
      return c.json(view());
    })
    .delete("/key", async (c) => {
      settings.removeKey(readOrigin(await read(c)).origin);
      onChange();
      return c.json(view());
    })
    .post("/models", async (c) => {
      const draft = readDraft(await read(c));
      return c.json(await listServerModels(settings.resolve(draft), settings.secrets(draft), c.req.raw.signal));
    })
    .post("/check", async (c) => {
      const draft = readDraft(await read(c));
      const collected = settings.resolve(draft);
      checking.abort(new Error("another check has begun"));
      checking = new AbortController();
      const lines = streamCheck(collected, settings.secrets(draft), checking.signal);
      return new Response(lines, { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" } });
    });
}
