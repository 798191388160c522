/**
 * The options with the addresses and the credentials of the notebook and the model.
 *
 * @module
 */

import { headerLines } from "./header_lines.ts";
import { modelAddress } from "./model_address.ts";
import {
  address,
  headerText,
  identifier,
  identifierList,
  namedIdentifier,
  oneOf,
  text,
  truthValue,
} from "./option_kind.ts";
import type { OptionTable } from "./option_entry.ts";
import { apiSettings } from "./settings.ts";

const required = { kind: "required" } as const;

/** The option that names notebooks: one in the library, one or more in the command. */
const notebook = {
  flag: "notebook",
  placeholder: "ID",
  label: "notebook id",
  environment: ["NOTEBOOK_ID"],
  fallback: required,
};

export const connectionOptions = {
  notebookId: { ...notebook, kind: identifier, help: "The notebook to attach to." },
  notebookIds: {
    ...notebook,
    kind: identifierList,
    help: "The notebook to attach to. For several notebooks, repeat the flag or separate the ids by commas.",
  },
  authToken: {
    flag: "auth-token",
    placeholder: "TOKEN",
    label: "auth token",
    environment: ["AUTH_TOKEN", "RUNT_API_KEY"],
    kind: headerText,
    secret: true,
    fallback: required,
    help: "The token that the notebook's server requires. Prefer the environment: `ps` shows flags to everyone.",
  },
  apiKey: {
    flag: "api-key",
    placeholder: "KEY",
    label: "API key",
    environment: ["OPENAI_API_KEY"],
    kind: headerText,
    secret: true,
    help:
      "The API key of OpenAI, or of the server at --base-url if it requires one. Prefer the environment: `ps` shows flags to everyone.",
  },
  model: {
    flag: "model",
    placeholder: "NAME",
    label: "model",
    environment: ["AIPYTHON_MODEL"],
    kind: text,
    fallback: { kind: "value", value: "gpt-4o-mini" },
    help: "The model that plays IPython.",
  },
  syncUrl: {
    flag: "sync-url",
    placeholder: "URL",
    label: "sync URL",
    environment: ["LIVESTORE_SYNC_URL"],
    kind: address("ws", "wss"),
    fallback: { kind: "value", value: "wss://app.runt.run/livestore" },
    help: "The notebook's LiveStore server (ws:// or wss://).",
  },
  baseUrl: {
    flag: "base-url",
    placeholder: "URL",
    label: "base URL",
    environment: ["OPENAI_BASE_URL"],
    kind: modelAddress,
    fallback: { kind: "value", value: "https://api.openai.com/v1" },
    help: "The API of any OpenAI-compatible server.",
  },
  headers: {
    flag: "header",
    placeholder: "HEADER",
    label: "HTTP headers",
    environment: ["AIPYTHON_HEADERS"],
    kind: headerLines,
    secret: true,
    help:
      "An HTTP header that the model server's gateway requires, 'Name: value'. For several headers, repeat the flag; in " +
      "the variable, write one per line.",
  },
  api: {
    flag: "api",
    placeholder: "NAME",
    label: "interface",
    environment: ["AIPYTHON_API"],
    kind: oneOf(apiSettings),
    fallback: { kind: "value", value: "auto" },
    help: "OpenAI's interface: responses, chat, or auto, the one that the server accepts.",
  },
  insecure: {
    flag: "insecure",
    label: "insecure addresses",
    environment: ["AIPYTHON_INSECURE"],
    kind: truthValue,
    fallback: { kind: "value", value: false },
    help: "Whether to allow ws:// and http:// to other machines, although others on the network can read the secrets.",
  },
  organization: {
    flag: "organization",
    placeholder: "ID",
    label: "organization",
    environment: ["OPENAI_ORGANIZATION"],
    kind: headerText,
    help: "The OpenAI organization that pays.",
  },
  project: {
    flag: "project",
    placeholder: "ID",
    label: "project",
    environment: ["OPENAI_PROJECT"],
    kind: headerText,
    help: "The OpenAI project that pays.",
  },
  runtimeId: {
    flag: "runtime-id",
    placeholder: "ID",
    label: "runtime id",
    environment: ["RUNTIME_ID"],
    kind: namedIdentifier,
    fallback: { kind: "made", make: (randomId) => `aipython-${randomId()}`, shown: "generated at start" },
    help: "This runtime's id in the notebook; not a number.",
  },
} satisfies Partial<OptionTable>;
