/**
 * Named events that one side reports and another awaits, in either order.
 *
 * @module
 */

/**
 * Promises by name. `await signposts.reached("x")` resolves when `signposts.reach("x", value)` has been called, before
 * or afterwards.
 */
export class Signposts<Value = void> {
  readonly #posts = new Map<string, PromiseWithResolvers<Value>>();

  /** Resolves when the event of this name has been reported. */
  reached(name: string): Promise<Value> {
    return this.#post(name).promise;
  }

  /** Reports an event. Only the first report of a name counts. */
  reach(name: string, value: Value): void {
    this.#post(name).resolve(value);
  }

  #post(name: string): PromiseWithResolvers<Value> {
    let post = this.#posts.get(name);
    if (post === undefined) {
      post = Promise.withResolvers<Value>();
      this.#posts.set(name, post);
    }
    return post;
  }
}
