/**
 * The frames of the sync protocol (sync-cf 0.3.1): JSON text over a WebSocket.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";

/** An event as it travels. */
export interface WireEvent {
  /** Its name, version included: `v1.CellCreated`. */
  name: string;
  /** Its encoded arguments; absent for an event without any. */
  args?: JsonValue;
  /** Its place in the notebook's log, from 1. */
  seqNum: number;
  /** The place of the event before it; 0 is the root. */
  parentSeqNum: number;
  /** Who wrote it. */
  clientId: string;
  /** The LiveStore session that wrote it. */
  sessionId: string;
}

/** An event that a server has stored. */
export interface StoredEvent extends WireEvent {
  /** When the server stored it, ISO 8601; absent if it did not say. */
  createdAt?: string;
}

/** What a server sends. */
export type ServerFrame =
  /** A page of the answer to pull `requestId`; `remaining` events are still to come. */
  | { type: "page"; requestId: string; events: StoredEvent[]; remaining: number }
  /** Events that somebody, perhaps we ourselves, has just pushed. */
  | { type: "broadcast"; events: StoredEvent[] }
  /** A request failed. */
  | { type: "error"; requestId: string; message: string }
  /** Push `requestId` was taken; this is sent before anything is stored. */
  | { type: "acknowledgement"; requestId: string }
  /** A sign of life without content: a pong. */
  | { type: "alive" };

/** The ping; the server answers these exact bytes without waking up. */
export const PING_FRAME = `{"_tag":"WSMessage.Ping","requestId":"ping"}`;

/**
 * Asks for all events after a place in the log.
 *
 * @param cursor the last sequence number held; 0 asks from the start
 */
export function pullFrame(requestId: string, cursor: number): string {
  return JSON.stringify({ _tag: "WSMessage.PullReq", requestId, ...(cursor > 0 ? { cursor } : {}) });
}

/** Offers events to the server. */
export function pushFrame(requestId: string, events: readonly WireEvent[]): string {
  return JSON.stringify({ _tag: "WSMessage.PushReq", requestId, batch: events.map(toWire) });
}

/** Copies the six fields that travel: LiveStore's own objects carry a `toJSON` that prints something else. */
export function toWire({ name, args, seqNum, parentSeqNum, clientId, sessionId }: WireEvent): WireEvent {
  return { name, args, seqNum, parentSeqNum, clientId, sessionId };
}

/**
 * Reads a frame of the server.
 *
 * @returns `undefined` for anything that is not a frame of the protocol
 */
export function readServerFrame(data: unknown): ServerFrame | undefined {
  const frame = parseObject(data);
  switch (frame?._tag) {
    case "WSMessage.PullRes":
      return readPullRes(frame);
    case "WSMessage.Error":
      return { type: "error", requestId: textOf(frame.requestId), message: textOf(frame.message) };
    case "WSMessage.PushAck":
      return { type: "acknowledgement", requestId: textOf(frame.requestId) };
    case "WSMessage.Pong":
      return { type: "alive" };
    default:
      return undefined;
  }
}

type JsonObject = { [key: string]: unknown };

function parseObject(data: unknown): JsonObject | undefined {
  if (typeof data !== "string") return undefined;
  try {
    return asObject(JSON.parse(data));
  } catch {
    return undefined;
  }
}

function asObject(value: unknown): JsonObject | undefined {
  return typeof value === "object" && value !== null ? value as JsonObject : undefined;
}

/** A value as text. `String` would call the `toString` that an object of a server's may bring along, and throw. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

/** Whether a value can count events: a whole number, from 0 on, that is exact. */
function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && value as number >= 0;
}

function readPullRes(frame: JsonObject): ServerFrame | undefined {
  const request = asObject(frame.requestId);
  if (request === undefined || !Array.isArray(frame.batch)) return undefined;
  const events: StoredEvent[] = [];
  for (const item of frame.batch) {
    const event = readStoredEvent(asObject(item));
    if (event === undefined) return undefined;
    events.push(event);
  }
  return request.context === "pull"
    ? {
      type: "page",
      requestId: textOf(request.requestId),
      events,
      remaining: isPlace(frame.remaining) ? frame.remaining : 0,
    }
    : { type: "broadcast", events };
}

function readStoredEvent(item: JsonObject | undefined): StoredEvent | undefined {
  const event = asObject(item?.eventEncoded);
  if (event === undefined) return undefined;
  const { seqNum, parentSeqNum } = event;
  if (!isPlace(seqNum) || !isPlace(parentSeqNum) || seqNum <= parentSeqNum) return undefined;
  const metadata = asObject(asObject(item?.metadata)?.value);
  return {
    name: textOf(event.name),
    // A pull says `null` where a broadcast leaves the field out. Were they not made the same, an own event would look
    // like somebody else's and be pushed twice.
    args: event.args === null ? undefined : event.args as JsonValue,
    seqNum,
    parentSeqNum,
    clientId: textOf(event.clientId),
    sessionId: textOf(event.sessionId),
    createdAt: typeof metadata?.createdAt === "string" ? metadata.createdAt : undefined,
  };
}
