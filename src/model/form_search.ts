/**
 * Searches for the form in which a server accepts a request. Each refusal leads to the next form.
 *
 * @module
 */

import type { ApiSetting } from "../options/settings.ts";
import { readTooLong } from "./failure/too_long.ts";
import { learnFromRefusal, mayDependOnForm, portableForms, type RefusedRequest } from "./learn_from_refusal.ts";
import { readRefusal, type Refusal } from "./refusal.ts";
import { describeForm, type RequestForm } from "./request_form.ts";

/** The maximum number of forms that are tried without a rule that asks for them. After that the error is reported. */
const MAX_GUESSES = 4;

/** Messages that say that a request belongs to the other interface, by the interface that was used. */
const OTHER_API: Record<RequestForm["api"], RegExp> = {
  chat: /\/v1\/responses|responses api/i,
  responses: /\/v1\/chat\/completions|chat completions api/i,
};

/** Found in a 404 that is about the model and not about the address. */
const ABOUT_THE_MODEL = /model/i;

/** The search for the form of one request. */
export class FormSearch {
  readonly #setting: ApiSetting;
  readonly #tried = new Set<string>();
  readonly #triedApis = new Set<RequestForm["api"]>();
  #form: RequestForm;
  #guesses: RequestForm[] | undefined;
  /** The refused request after which the interface was changed. */
  #left: RefusedRequest | undefined;
  /** The first error that no rule explains. */
  #unexplained: unknown;
  /** The first error of an interface that the server does not have. */
  #missing: unknown;

  /**
   * @param form the form to try first
   * @param setting the interfaces that may be used
   */
  constructor(form: RequestForm, setting: ApiSetting) {
    this.#form = form;
    this.#setting = setting;
    this.#note(form);
  }

  /** The form to try. */
  get form(): RequestForm {
    return this.#form;
  }

  /**
   * Returns the error to report when the search has failed: the first refusal that no rule explains. If the server has neither
   * interface, it is the error of the interface that was tried first.
   */
  errorToReport(last: unknown): unknown {
    const refusal = readRefusal(last);
    if (refusal === undefined) return last;
    return this.#unexplained ?? (isMissing(refusal) ? this.#missing : undefined) ?? last;
  }

  /** Returns whether the search has failed because the server has none of the interfaces that may be used. */
  hasNoInterface(last: unknown): boolean {
    const refusal = readRefusal(last);
    const isSearched = this.#setting !== "auto" || this.#triedApis.size === 2;
    return refusal !== undefined && isMissing(refusal) && isSearched;
  }

  /** Changes the form after an attempt that failed. Returns whether there is another form to try. */
  advance(error: unknown, body: object): boolean {
    const refusal = readRefusal(error);
    if (refusal === undefined || readTooLong(refusal.text, refusal.status) !== undefined) return false;
    const request = { refusal, form: this.#form, body };
    const next = this.#named(request) ?? this.#learn(request) ?? this.#elsewhere(request, error) ??
      this.#guess(refusal, error);
    if (next === undefined) return false;
    this.#form = next;
    this.#note(next);
    return true;
  }

  #note(form: RequestForm): void {
    this.#tried.add(describeForm(form));
    this.#triedApis.add(form.api);
  }

  /** Returns a form of the other interface if the server names that one. */
  #named(request: RefusedRequest): RequestForm | undefined {
    return OTHER_API[request.form.api].test(request.refusal.text) ? this.#otherApi(request) : undefined;
  }

  /** Returns a form of the other interface if the server does not have this one. */
  #elsewhere(request: RefusedRequest, error: unknown): RequestForm | undefined {
    if (!isMissing(request.refusal)) return undefined;
    this.#missing ??= error;
    return this.#otherApi(request);
  }

  #otherApi(request: RefusedRequest): RequestForm | undefined {
    if (this.#setting !== "auto") return undefined;
    const { form } = request;
    const other = form.api === "chat" ? "responses" : "chat";
    if (!this.#triedApis.has(other)) {
      this.#left = request;
      return { ...form, api: other };
    }
    // Neither interface accepts the request as it is. The change that the first one asked for is the better guess.
    const first = this.#left;
    this.#left = undefined;
    return first === undefined || first.form.api !== other ? undefined : this.#learn(first);
  }

  #learn(request: RefusedRequest): RequestForm | undefined {
    const learnt = learnFromRefusal(request);
    return learnt === undefined || this.#tried.has(describeForm(learnt)) ? undefined : learnt;
  }

  #guess(refusal: Refusal, error: unknown): RequestForm | undefined {
    if (!mayDependOnForm(refusal)) return undefined;
    this.#unexplained ??= error;
    this.#guesses ??= portableForms(this.#form).slice(0, MAX_GUESSES);
    while (this.#guesses.length > 0) {
      const form = this.#guesses.shift()!;
      if (!this.#tried.has(describeForm(form))) return form;
    }
    return undefined;
  }
}

/** Whether a refusal says that the address does not exist. */
function isMissing({ status, text }: Refusal): boolean {
  return (status === 404 || status === 405) && !ABOUT_THE_MODEL.test(text);
}
