/**
 * Searches for the form in which a server takes a request, from one refusal to the next.
 *
 * @module
 */

import type { ApiSetting } from "../options/settings.ts";
import { readTooLong } from "./failure/too_long.ts";
import { learnFromRefusal, mayDependOnForm, portableForms, type RefusedRequest } from "./learn_from_refusal.ts";
import { readRefusal, type Refusal } from "./refusal.ts";
import { describeForm, type RequestForm } from "./request_form.ts";

/** The most forms that are tried without a rule that asks for them: beyond them a person had better be told. */
const MAX_GUESSES = 4;

/** How a server says that a request belongs to the other interface. */
const OTHER_API: Record<RequestForm["api"], RegExp> = {
  chat: /\/v1\/responses|responses api/i,
  responses: /\/v1\/chat\/completions|chat completions api/i,
};

/** What a 404 says that is about the model and not about the address. */
const ABOUT_THE_MODEL = /model/i;

/** The forms that one request is tried in. */
export class FormSearch {
  readonly #setting: ApiSetting;
  readonly #tried = new Set<string>();
  readonly #triedApis = new Set<RequestForm["api"]>();
  #form: RequestForm;
  #guesses: RequestForm[] | undefined;
  /** The refusal that made us change the interface, and the form that was refused. */
  #left: RefusedRequest | undefined;
  #unexplained: unknown;
  /** The error of an interface that the server does not have. */
  #missing: unknown;

  /**
   * Begins a search.
   *
   * @param form the form to try first
   * @param setting which interfaces may be spoken
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
   * Tells which error a person should be told when the search has failed. Of refusals that is the first one that no rule explains, and
   * where neither interface is there, that of the one that was tried first.
   *
   * @param last the last error
   */
  toTell(last: unknown): unknown {
    const refusal = readRefusal(last);
    if (refusal === undefined) return last;
    return this.#unexplained ?? (isMissing(refusal) ? this.#missing : undefined) ?? last;
  }

  /**
   * Tells whether the search has failed because the server has none of the interfaces that may be spoken.
   *
   * @param last the last error
   */
  isNowhere(last: unknown): boolean {
    const refusal = readRefusal(last);
    const isSearched = this.#setting !== "auto" || this.#triedApis.size === 2;
    return refusal !== undefined && isMissing(refusal) && isSearched;
  }

  /**
   * Changes the form after an attempt that failed.
   *
   * @param error what the attempt failed with
   * @param body the request's body
   * @returns whether there is another form to try
   */
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

  /** The other interface, where the server names it. */
  #named(request: RefusedRequest): RequestForm | undefined {
    return OTHER_API[request.form.api].test(request.refusal.text) ? this.#otherApi(request) : undefined;
  }

  /** The other interface, where the server has nothing at this one's address. */
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
    // Neither takes the request as it is: what the first one asked for is the better guess.
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

/** Whether a refusal says that there is nothing at the address. */
function isMissing({ status, text }: Refusal): boolean {
  return (status === 404 || status === 405) && !ABOUT_THE_MODEL.test(text);
}
