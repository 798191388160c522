/**
 * Draws SVGs as PNG on a thread of its own, so that everything else goes on meanwhile.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import { SvgError } from "./svg_error.ts";
import { DRAWING_MODULE } from "./svg_to_png.ts";

/** How long one picture may take, in milliseconds: more than ten times what the limits of drawing come to. */
const DEADLINE_MS = 20_000;

/** How many threads that did not answer are left behind. Each may keep a processor busy until the process ends. */
const MAX_ABANDONED = 2;

/** What the thread answers: the PNG, why the SVG cannot be drawn, or why the thread cannot draw at all. */
type Reply = { png: Uint8Array<ArrayBuffer> } | { refused: string } | { unable: string };

/** Options that tests set. */
export interface DrawingThreadOptions {
  /** The module that draws, which exports `svgToPng`. Default: `svg_to_png.ts`. */
  module?: string;
  /** Measures the time that a picture takes. Default: the machine's clock. */
  clock?: Clock;
}

/** A thread that draws one picture after another. It is started for the first one, and ended by disposing of it. */
export class DrawingThread implements Disposable {
  readonly #module: string;
  readonly #clock: Clock;
  #worker: Worker | undefined;
  #abandoned = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #interruption = new AbortController();

  constructor({ module = DRAWING_MODULE, clock = systemClock }: DrawingThreadOptions = {}) {
    this.#module = module;
    this.#clock = clock;
  }

  /**
   * Draws an SVG at twice its size, after those that were asked for before.
   *
   * @param svg its source, with its namespace; nothing that it refers to is fetched
   * @returns the PNG
   * @throws {SvgError} it cannot be drawn, or takes too long; or the thread cannot be started, or is interrupted
   */
  draw(svg: string): Promise<Uint8Array<ArrayBuffer>> {
    const { signal } = this.#interruption;
    const drawing = this.#turn.then(() => this.#drawNow(svg, signal));
    this.#turn = drawing.catch(() => {});
    return drawing;
  }

  /** Gives up the pictures that are asked for and not drawn. Those that are asked for later are drawn. */
  interrupt(): void {
    this.#interruption.abort(new SvgError("drawing it was interrupted"));
    this.#interruption = new AbortController();
  }

  /** Ends the thread, and gives up what is not drawn. */
  [Symbol.dispose](): void {
    this.interrupt();
    this.#end();
  }

  async #drawNow(svg: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    signal.throwIfAborted();
    if (this.#abandoned >= MAX_ABANDONED) {
      throw new SvgError(`${MAX_ABANDONED} earlier pictures were never finished, so no more are drawn; start again`);
    }
    const reply = await this.#ask(svg, signal);
    if ("png" in reply) return reply.png;
    if ("refused" in reply) throw new SvgError(reply.refused);
    this.#end();
    throw new SvgError(`the thread that draws could not be used: ${reply.unable}`);
  }

  /** Sends an SVG to the thread, and awaits its reply. A thread that owes one is ended: there is no other way to stop it. */
  async #ask(svg: string, signal: AbortSignal): Promise<Reply> {
    const worker = this.#worker ??= startWorker(this.#module);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const onAbort = () => reject(signal.reason);
    const cancelDeadline = this.#clock.setTimer(() => {
      this.#abandoned++;
      reject(new SvgError(`drawing it did not end within ${DEADLINE_MS / 1_000} s`));
    }, DEADLINE_MS);
    signal.addEventListener("abort", onAbort);
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => {
      event.preventDefault();
      resolve({ unable: event.message });
    };
    worker.postMessage(svg);
    try {
      return await promise;
    } catch (error) {
      this.#end();
      throw error;
    } finally {
      cancelDeadline();
      signal.removeEventListener("abort", onAbort);
    }
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}

/**
 * Starts a thread that draws what it is sent.
 *
 * It begins with a text that needs no permission to be read, and loads the module itself, so that a module that may not be
 * read is an answer and not an error of the whole process.
 */
function startWorker(module: string): Worker {
  const source = `
    const loading = import(${JSON.stringify(module)});
    loading.catch(() => {});
    onmessage = async ({ data }) => {
      const reply = await loading.then(
        ({ svgToPng }) => svgToPng(data).then((png) => ({ png }), ({ message }) => ({ refused: message })),
        ({ message }) => ({ unable: message }),
      );
      postMessage(reply, reply.png ? [reply.png.buffer] : []);
    };`;
  return new Worker(`data:text/javascript,${encodeURIComponent(source)}`, { type: "module" });
}
