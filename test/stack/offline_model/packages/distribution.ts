/**
 * A distribution of packages on this machine: a lock, wheels, and a server that records the fetched files.
 *
 * @module
 */

import { hashOf } from "../../../../stack/offline_model/packages/wheel_cache.ts";
import { type Content, makeZip } from "./wheels.ts";

/** A package of a test's distribution. */
export interface TestPackage {
  /** The files of its wheel. */
  files?: Readonly<Record<string, Content>>;
  /** The content of its file. Default: a wheel with `files`. */
  bytes?: Uint8Array<ArrayBuffer>;
  /** The packages that it needs. */
  depends?: string[];
  /** The modules that it contains. Default: one with its name. */
  imports?: string[];
  /** Its file's name. Default: that of a wheel of version 1.0. */
  fileName?: string;
  /** Its type in the lock. Default: `package`. */
  type?: string;
}

/** Answers a request for a file. */
export type Answer = (request: Request, bytes: Uint8Array<ArrayBuffer>) => Response | Promise<Response>;

/** A distribution with a running server. */
export interface Distribution extends AsyncDisposable {
  /** Its address. */
  url: string;
  /** Its host and port. */
  host: string;
  /** The path of its lock. */
  lock: string;
  /** A folder for cached wheels. */
  cacheDir: string;
  /** The names of the requested files, in order. */
  fetched: string[];
  /** Sets how requests are answered from now on. Default: with the files. */
  answerWith(answer?: Answer): void;
  /** Resolves at the first request that no earlier call has awaited. */
  nextRequest(): Promise<void>;
  /** Returns the hash of a package's file. */
  hash(name: string): string;
}

/** Serves packages until disposal. */
export async function serveDistribution(packages: Readonly<Record<string, TestPackage>>): Promise<Distribution> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const entries: Record<string, { sha256: string }> = {};
  for (
    const [name, { files: content = {}, bytes, depends = [], imports = [name], fileName, type }] of Object.entries(
      packages,
    )
  ) {
    const file = fileName ?? `${name}-1.0-py3-none-any.whl`;
    const data = bytes ?? makeZip(content);
    files.set(file, data);
    const entry = { name, version: "1.0", file_name: file, sha256: await hashOf(data), depends, imports };
    entries[name] = Object.assign(entry, { package_type: type ?? "package" });
  }
  const folder = await Deno.makeTempDir();
  const lock = `${folder}/lock.json`;
  await Deno.writeTextFile(lock, JSON.stringify({ packages: entries }));

  const fetched: string[] = [];
  let answer: Answer | undefined;
  let arrived = 0;
  let waiting = () => {};
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const name = decodeURIComponent(new URL(request.url).pathname.split("/").at(-1)!);
    fetched.push(name);
    arrived++;
    waiting();
    const bytes = files.get(name);
    if (bytes === undefined) return new Response(null, { status: 404 });
    return answer?.(request, bytes) ?? new Response(bytes);
  });
  const host = `127.0.0.1:${server.addr.port}`;
  return {
    url: `http://${host}/full/`,
    host,
    lock,
    cacheDir: `${folder}/cache`,
    fetched,
    answerWith: (other) => answer = other,
    async nextRequest() {
      while (arrived === 0) await new Promise<void>((resolve) => waiting = resolve);
      arrived--;
    },
    hash: (name) => entries[name].sha256,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await Deno.remove(folder, { recursive: true });
    },
  };
}
