/**
 * Writes an untrained model file, with which a real llama.cpp server can be started.
 *
 * The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
 *
 * @module
 */

import { joinBytes } from "../../src/join_bytes.ts";

/** The types of values in a GGUF file. */
const U32 = 4, I32 = 5, F32 = 6, STRING = 8, ARRAY = 9;

/** The alignment of tensors and metadata, in bytes. */
const ALIGNMENT = 32;

const WIDTH = 32;
const CONTEXT = 65_536;

/** The token that ends a text. */
const END = "<|endoftext|>";

/**
 * Creates a model with a token for each byte, one layer, and weights of 0. It stops immediately or never, and has 100
 * KB.
 */
export function makeTinyGguf(): Uint8Array {
  const tokens = [...byteLetters(), "\u0120\u0120", END];
  const end = tokens.length - 1;
  const entries = [
    text("general.architecture", "qwen2"),
    number("general.alignment", ALIGNMENT),
    number("qwen2.block_count", 1),
    number("qwen2.context_length", CONTEXT),
    number("qwen2.embedding_length", WIDTH),
    number("qwen2.feed_forward_length", WIDTH),
    number("qwen2.attention.head_count", 2),
    number("qwen2.attention.head_count_kv", 2),
    real("qwen2.attention.layer_norm_rms_epsilon", 1e-6),
    text("tokenizer.ggml.model", "gpt2"),
    text("tokenizer.ggml.pre", "gpt-2"),
    list("tokenizer.ggml.tokens", STRING, tokens.map(string)),
    list("tokenizer.ggml.token_type", I32, tokens.map((token) => uint32(token === END ? 3 : 1))),
    list("tokenizer.ggml.merges", STRING, [string("\u0120 \u0120")]),
    number("tokenizer.ggml.bos_token_id", end),
    number("tokenizer.ggml.eos_token_id", end),
  ];
  const square = [WIDTH, WIDTH];
  const tensors: [name: string, shape: number[]][] = [
    ["token_embd.weight", [WIDTH, tokens.length]],
    ["output_norm.weight", [WIDTH]],
    ["blk.0.attn_norm.weight", [WIDTH]],
    ["blk.0.ffn_norm.weight", [WIDTH]],
    ...["attn_q", "attn_k", "attn_v"].map((name): [string, number[]] => [`blk.0.${name}.bias`, [WIDTH]]),
    ...["attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"].map(
      (name): [string, number[]] => [`blk.0.${name}.weight`, square],
    ),
  ];
  let offset = 0;
  const infos = tensors.map(([name, shape]) => {
    const info = [string(name), uint32(shape.length), ...shape.map(uint64), uint32(0), uint64(offset)];
    // The length of each tensor is a multiple of the alignment, because the width is.
    offset += 4 * shape.reduce((product, size) => product * size);
    return joinBytes(info);
  });
  const magic = new TextEncoder().encode("GGUF");
  const head = joinBytes([magic, uint32(3), uint64(tensors.length), uint64(entries.length), ...entries, ...infos]);
  const size = Math.ceil(head.length / ALIGNMENT) * ALIGNMENT + offset;
  return joinBytes([head, new Uint8Array(size - head.length)]);
}

/** Returns GPT-2's letter for each byte: the byte itself if it is printable, otherwise a letter from U+0100 on. */
function byteLetters(): string[] {
  let hidden = 0x100;
  return Array.from({ length: 0x100 }, (_, byte) => {
    const isSeen = (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
    return String.fromCharCode(isSeen ? byte : hidden++);
  });
}

const text = (key: string, value: string) => joinBytes([string(key), uint32(STRING), string(value)]);
const number = (key: string, value: number) => joinBytes([string(key), uint32(U32), uint32(value)]);
const real = (key: string, value: number) =>
  joinBytes([string(key), uint32(F32), new Uint8Array(new Float32Array([value]).buffer)]);
const list = (key: string, type: number, values: Uint8Array[]) =>
  joinBytes([string(key), uint32(ARRAY), uint32(type), uint64(values.length), ...values]);

function string(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value);
  return joinBytes([uint64(bytes.length), bytes]);
}

function uint32(value: number): Uint8Array {
  return new Uint8Array(new Uint32Array([value]).buffer);
}

function uint64(value: number): Uint8Array {
  return new Uint8Array(new BigUint64Array([BigInt(value)]).buffer);
}
