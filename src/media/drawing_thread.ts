/**
 * Draws SVGs as PNG on a separate thread, so that the main thread is not blocked.
 *
 * @module
 */

import { type Clock, systemClock } from "../async/clock.ts";
import { SvgError } from "./svg_error.ts";
import { DRAWING_MODULE } from "./svg_to_png.ts";

/** The time limit for one image, in milliseconds: more than ten times what the drawing limits allow. */
const DEADLINE_MS = 20_000;

/** The number of threads that may be left behind without an answer. Each may keep a processor busy until the process ends. */
const MAX_ABANDONED = 2;

/** The thread's reply: the PNG, the reason why the SVG cannot be drawn, or the reason why the thread cannot draw at all. */
type Reply = { png: Uint8Array<ArrayBuffer> } | { refused: string } | { unable: string };

/** Options for tests. */
export interface DrawingThreadOptions {
  /** The module that draws; it exports `svgToPng`. Default: `svg_to_png.ts`. */
  module?: string;
  /** Measures the time limit. Default: the system clock. */
  clock?: Clock;
}

/** A thread that draws one image after the other. It starts with the first image and ends when it is disposed of. */
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
   * Draws an SVG at twice its size. Images are drawn in the order of the calls.
   *
   * @param svg the SVG's source, with its namespace; external references are not fetched
   * @throws {SvgError} the SVG cannot be drawn or takes too long, the thread cannot be started, or drawing was interrupted
   */
  draw(svg: string): Promise<Uint8Array<ArrayBuffer>> {
    const { signal } = this.#interruption;
    const drawing = this.#turn.then(() => this.#drawNow(svg, signal));
    this.#turn = drawing.catch(() => {});
    return drawing;
  }

  /** Aborts all images that are not finished. Later calls of {@linkcode DrawingThread.draw} are not affected. */
  interrupt(): void {
    this.#interruption.abort(new SvgError("drawing it was interrupted"));
    this.#interruption = new AbortController();
  }

  /** Ends the thread and aborts all images that are not finished. */
  [Symbol.dispose](): void {
    this.interrupt();
    this.#end();
  }

  async #drawNow(svg: string, signal: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
    signal.throwIfAborted();
    if (this.#abandoned >= MAX_ABANDONED) {
      throw new SvgError(`${MAX_ABANDONED} earlier drawings never finished, so no more are drawn; restart AIPython`);
    }
    const reply = await this.#ask(svg, signal);
    if ("png" in reply) return reply.png;
    if ("refused" in reply) throw new SvgError(reply.refused);
    this.#end();
    throw new SvgError(`the drawing thread could not be used: ${reply.unable}`);
  }

  /**
   * Sends an SVG to the thread and awaits the reply. If there is none in time, the thread is terminated, because drawing cannot be
   * stopped in any other way.
   */
  async #ask(svg: string, signal: AbortSignal): Promise<Reply> {
    const worker = this.#worker ??= startWorker(this.#module);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const onAbort = () => reject(signal.reason);
    const cancelDeadline = this.#clock.setTimer(() => {
      this.#abandoned++;
      reject(new SvgError(`drawing it took more than ${DEADLINE_MS / 1_000} s`));
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
 * Starts a thread that draws the SVGs that it receives.
 *
 * The thread starts from a data URL, which needs no read permission, and then imports the module. If the module cannot be read, the
 * thread sends a reply instead of crashing the process.
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
