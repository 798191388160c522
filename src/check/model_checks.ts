/**
 * Checks the model server: whether it can be reached, accepts the key, has the model, and answers a cell.
 *
 * @module
 */

import { ConfigurationError, ModelError, RefusedError } from "../errors.ts";
import { chooseModel } from "../model/choose_model.ts";
import type { ModelList } from "../model/list_models.ts";
import { type LocatedServer, locateServer } from "../model/locate_server.ts";
import { findModel, findModelName } from "../model/same_model.ts";
import { isAuthorized, type ServerAccess } from "../model/server_access.ts";
import { ServerLearner } from "../model/servers/server_learner.ts";
import { isAzure } from "../options/azure_address.ts";
import { bareAddress } from "../options/bare_address.ts";
import { isOpenAI } from "../options/model_server.ts";
import { closest } from "../options/closest.ts";
import { CheckFailedError, type CheckResult, fail, ok, skip, skipAll, warn } from "./check_result.ts";
import type { CheckContext } from "./check_context.ts";
import { judgeTrialCell, runTrialCell, type TrialCell, trialCellSettings } from "./trial_cell.ts";
import { capTimeout } from "./cap_timeout.ts";
import { requireSettings } from "./require_settings.ts";
import { FIRST_QUESTION, makeHistoryQuestion, type TrialQuestion } from "./trial_question.ts";
import { type NetworkFailure, readNetworkFailure } from "./network_failure.ts";

/** The server's list of models, or the failure of the request for it. */
type Listing = LocatedServer | { failure: NetworkFailure };

/** The remedy for a refused key. */
const OTHER_KEY = "Give a key that is valid there with --api-key (OPENAI_API_KEY), or the server that it is for with " +
  "--base-url (OPENAI_BASE_URL)";

/** The maximum number of models that a message names, so that it stays short. */
const MODELS_NAMED = 3;

/** The checks that run cells. */
const trials = ["exchange", "history"] as const;

/** The checks that need a server that was reached. */
const asked = ["api-key", "model", ...trials] as const;

export async function* checkModelServer(context: CheckContext): AsyncGenerator<CheckResult> {
  const { settings: { baseUrl: address, ...given }, logger, quote, clock, signal } = context;
  if (address === undefined) {
    return yield* skipAll(["model-server", ...asked], "the base URL is wrong");
  }
  const { host } = new URL(address);
  const { apiKey, headers, organization, project } = given;
  const listing = await askForModels({ baseUrl: address, apiKey, headers, organization, project }, context);
  if ("failure" in listing) {
    yield unreached(listing.failure, host, quote);
    return yield* skipAll(asked, "the model server could not be reached");
  }
  const { list, baseUrl } = listing;
  yield judgeServer(listing, address);
  const access = { baseUrl, apiKey, headers, organization, project };
  const key = judgeKey(list, host, access);
  yield key;
  if (key.status === "fail") return yield* skipAll(asked.slice(1), "the API key was rejected");
  const choice = choose(list, baseUrl, context);
  if (choice instanceof ConfigurationError) {
    yield fail("model", choice, "Choose one with --model (AIPYTHON_MODEL)");
    return yield* skipAll(trials, "no model was chosen");
  }
  const settings = { ...given, baseUrl, ...choice };
  const model = judgeModel(list, host, { ...context, settings });
  const isListed = model.status !== "warn" || model.details.listed === true;
  if (isListed) yield model;
  const needed = requireSettings(settings, trialCellSettings);
  if ("unset" in needed) {
    if (!isListed) yield model;
    return yield* skipAll(trials, needed.unset);
  }
  if (isOpenAI(baseUrl) && !isAuthorized(access)) {
    if (!isListed) yield model;
    return yield* skipAll(trials, "there is no API key");
  }
  const cellSettings = { ...needed.complete, ...access };
  const learner = new ServerLearner({ ...cellSettings, logger, clock });
  await learner.learn(list, signal);
  const run = (question: TrialQuestion) => runTrialCell(question, cellSettings, learner, context);
  const trial = await run(FIRST_QUESTION);
  if (!isListed) {
    // A server may know more names than it lists: aliases, fine-tuned models. The cell has shown whether it knows this one.
    if (isUnknown(trial)) {
      const failure = new CheckFailedError(`${host} has no model ${JSON.stringify(settings.model)}`);
      yield fail("model", failure, model.remedy ?? "", model.details);
      return yield* skipAll(trials, "the model is not there");
    }
    yield model;
  }
  const first = judgeTrialCell(trial, quote);
  yield first;
  if (first.status === "fail") return yield skip("history", "the first cell was not answered");
  yield judgeTrialCell(await run(makeHistoryQuestion(crypto.randomUUID().slice(0, 8))), quote);
}

/** Returns the model that attaching would use, or the error that it would end with. */
function choose(
  { models: listed }: ModelList,
  baseUrl: string,
  { settings: { model }, isModelChosen }: CheckContext,
): { model?: string } | ConfigurationError {
  if (model === undefined) return {};
  try {
    return { model: chooseModel({ model, isChosen: isModelChosen, baseUrl, listed }).model };
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

async function askForModels(access: ServerAccess, { settings, signal }: CheckContext): Promise<Listing> {
  const seconds = capTimeout(settings.firstByteTimeout);
  try {
    return await locateServer(access, AbortSignal.any([signal, AbortSignal.timeout(seconds * 1000)]));
  } catch (error) {
    signal.throwIfAborted();
    return { failure: readNetworkFailure(error, seconds) };
  }
}

function unreached({ kind, reason, remedy }: NetworkFailure, host: string, quote: (text: string) => string) {
  const failure = new CheckFailedError(`${host} cannot be reached: ${quote(reason)}`);
  return fail("model-server", failure, `${remedy}. --base-url (OPENAI_BASE_URL) sets the address`, { host, kind });
}

function judgeServer({ list: { status }, baseUrl, hasNoInterface }: LocatedServer, address: string): CheckResult {
  const { host } = new URL(baseUrl);
  const foundAt = baseUrl === address ? undefined : bareAddress(baseUrl);
  const details = { host, httpStatus: status, ...(foundAt === undefined ? {} : { baseUrl: foundAt }) };
  if (status >= 300 && status < 400) {
    const remedy = "Give that address with --base-url (OPENAI_BASE_URL)";
    return warn("model-server", `${host} redirects to another address (HTTP ${status})`, remedy, details);
  }
  // A server without a list of models answers 501.
  if (status >= 500 && status !== 501) {
    const remedy = "Check again in a while; if this persists, look at the server's log";
    return warn("model-server", `${host} responds, but fails (HTTP ${status})`, remedy, details);
  }
  if (hasNoInterface) {
    const remedy = "Give an address that has a path, with --base-url (OPENAI_BASE_URL): most end in /v1";
    return warn("model-server", `${host} responds, but has nothing at the base URL`, remedy, details);
  }
  return ok("model-server", `${host} responds${foundAt === undefined ? "" : `, at ${foundAt}`}`, details);
}

function judgeKey({ status, models }: ModelList, host: string, access: ServerAccess): CheckResult {
  const details = { httpStatus: status };
  const hasKey = isAuthorized(access);
  if (!hasKey && isOpenAI(access.baseUrl)) return skip("api-key", "there is none");
  if (status === 401 && isOpenAI(access.baseUrl)) {
    const failure = new RefusedError("model", `${host} does not accept the API key (HTTP 401)`);
    return fail("api-key", failure, OTHER_KEY, details);
  }
  if (status === 401) {
    const message = hasKey ? "it is not accepted for the list of models" : `${host} requires one, and there is none`;
    const remedy = hasKey ? OTHER_KEY : "Give the key of that server with --api-key (OPENAI_API_KEY)";
    return warn(
      "api-key",
      `${message} (HTTP 401)`,
      `Cells may still work: see the check of one cell below. ${remedy}`,
      details,
    );
  }
  if (status === 403) {
    // A key of OpenAI may be restricted to completions.
    const remedy = "Cells may still work: see the check of one cell below. If they do not, use another key";
    return warn("api-key", "it may not list models (HTTP 403)", remedy, details);
  }
  const isListed = models !== undefined || listsDeployable(status, access.baseUrl);
  if (!isListed) return skip("api-key", `${host} has no list of models to try it with (HTTP ${status})`);
  return ok("api-key", hasKey ? `${host} accepts it` : `there is none, and ${host} requires none`, details);
}

/** Whether the server is Azure, whose list has the models that could be deployed. */
function listsDeployable(status: number, baseUrl: string | undefined): boolean {
  return status === 200 && baseUrl !== undefined && isAzure(baseUrl);
}

function judgeModel({ status, models, entries }: ModelList, host: string, context: CheckContext): CheckResult {
  const { settings: { model, baseUrl }, quote } = context;
  if (model === undefined) return skip("model", "its name is wrong");
  if (listsDeployable(status, baseUrl)) {
    return skip("model", `${host} lists the models that could be deployed, not those that are`);
  }
  if (models === undefined) return skip("model", `${host} does not list its models (HTTP ${status})`);
  const details = { model, listed: findModelName(models, model) !== undefined };
  const until = findModel(entries ?? [], model)?.shutdownDate;
  if (until !== undefined) {
    const message = `${host} has ${model}, and will switch it off on ${quote(until)}`;
    return warn("model", message, "Choose another with --model (AIPYTHON_MODEL) by then", { ...details, until });
  }
  if (details.listed) return ok("model", `${host} has ${model}`, details);
  const meant = closest(model, models);
  const choice = models.slice(0, MODELS_NAMED).map(quote).join(", ");
  const remedy = "Choose another with --model (AIPYTHON_MODEL)" +
    (meant !== undefined ? `: did you mean ${quote(meant)}?` : choice === "" ? "" : `, such as ${choice}`);
  return warn("model", `${host} does not list ${model}`, remedy, details);
}

/** Whether the server rejected the request, as it does if it does not have the model. */
function isUnknown({ answer: { failure } }: TrialCell): boolean {
  return failure instanceof ModelError && failure.kind === "bad_request";
}
