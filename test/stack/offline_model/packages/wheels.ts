/**
 * Makes wheels: zip archives of a few files, without compression.
 *
 * @module
 */

import { crc32 } from "node:zlib";

/** A file's text, or its bytes. */
export type Content = string | Uint8Array;

const VERSION = 20; // of the zip format: 2.0

/**
 * Makes a zip archive.
 *
 * @param files the contents by their paths
 */
export function makeZip(files: Readonly<Record<string, Content>>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = encoder.encode(path);
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    const common = [word(0), word(0), word(0), word(0x21), long(crc32(bytes)), long(bytes.length), long(bytes.length)];
    const head = [long(0x04034b50), word(VERSION), ...common, word(name.length), word(0), name];
    directory.push(
      ...[long(0x02014b50), word(VERSION), word(VERSION), ...common, word(name.length), word(0), word(0), word(0)],
      ...[word(0), long(0), long(offset), name],
    );
    pieces.push(...head, bytes);
    offset += lengthOf(head) + bytes.length;
  }
  const count = Object.keys(files).length;
  const end = [long(0x06054b50), word(0), word(0), word(count), word(count), long(lengthOf(directory)), long(offset)];
  return joined([...pieces, ...directory, ...end, word(0)]);
}

function word(value: number): Uint8Array {
  return new Uint8Array(new Uint16Array([value]).buffer);
}

function long(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

function lengthOf(pieces: Uint8Array[]): number {
  return pieces.reduce((length, piece) => length + piece.length, 0);
}

function joined(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(lengthOf(pieces));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/**
 * A native module `native` with an attribute `answer`, as a side module of WebAssembly:
 *
 * ```wat
 * (module
 *   (@dylink.0 (mem-info (memory 66 2)))
 *   (import "env" "memory" (memory 0))
 *   (import "env" "__memory_base" (global $base i32))
 *   (import "env" "PyModule_Create2" (func $create (param i32 i32) (result i32)))
 *   (import "env" "PyModule_AddIntConstant" (func $add (param i32 i32 i32) (result i32)))
 *   ;; a PyModuleDef with m_size -1 in 52 bytes, "native" and "answer"
 *   (func (export "PyInit_native") (result i32) (local $module i32)
 *     (i32.store offset=20 (global.get $base) (i32.add (global.get $base) (i32.const 52))) ;; m_name
 *     (local.set $module (call $create (global.get $base) (i32.const 1013)))
 *     (drop (call $add (local.get $module) (i32.add (global.get $base) (i32.const 59)) (i32.const 42)))
 *     (local.get $module)))
 * ```
 */
export const NATIVE_MODULE = Uint8Array.fromBase64(
  "AGFzbQEAAAAADwhkeWxpbmsuMAEEQgIAAAESA2ACf38Bf2ADf39/AX9gAAF/AlkEA2VudgZtZW1vcnkCAAADZW52DV9fbWVtb3J5X2Jhc2UDfwADZW52" +
    "EFB5TW9kdWxlX0NyZWF0ZTIAAANlbnYXUHlNb2R1bGVfQWRkSW50Q29uc3RhbnQAAQMCAQIHEQENUHlJbml0X25hdGl2ZQACCiUBIwEBfyMAIwBBNGo2" +
    "AhQjAEH1BxAAIgAjAEE7akEqEAEaIAALC0gBACMAC0IBAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/////wAAAAAAAAAAAAAAAAAAAAAAAAAAbmF0" +
    "aXZlAGFuc3dlcgA=",
);
