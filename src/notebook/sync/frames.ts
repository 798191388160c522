/**
 * The frames of the sync protocol (sync-cf 0.3.1): JSON texts over a WebSocket.
 *
 * @module
 */

import type { JsonValue } from "../../media/json_value.ts";

/** An event on the wire. */
export interface WireEvent {
  /** The event's name, including its version: `v1.CellCreated`. */
  name: string;
  /** The encoded arguments; absent for an event without arguments. */
  args?: JsonValue;
  /** The position in the notebook's log, from 1. */
  seqNum: number;
  /** The position of the event before it; 0 before the first. */
  parentSeqNum: number;
  /** The client that committed it. */
  clientId: string;
  /** The LiveStore session that committed it. */
  sessionId: string;
}

/** An event that a server has stored. */
export interface StoredEvent extends WireEvent {
  /** The time when the server stored it, in ISO 8601; absent if the server does not say. */
  createdAt?: string;
}

export type ServerFrame =
  /** A page of the reply to pull `requestId`. `remaining` events follow on later pages. */
  | { type: "page"; requestId: string; events: StoredEvent[]; remaining: number }
  /** Events that a client, possibly this one, has just pushed. */
  | { type: "broadcast"; events: StoredEvent[] }
  /** The request has failed. */
  | { type: "error"; requestId: string; message: string }
  /** The server has received push `requestId`. It sends this before it stores the events. */
  | { type: "acknowledgement"; requestId: string }
  /** A pong, which shows that the connection is alive. */
  | { type: "alive" };

/** A ping. The server replies to exactly these bytes without being woken up. */
export const PING_FRAME = `{"_tag":"WSMessage.Ping","requestId":"ping"}`;

/**
 * Makes the frame that requests all events after a position in the log.
 *
 * @param cursor the sequence number of the last event received; 0 requests all events
 */
export function pullFrame(requestId: string, cursor: number): string {
  return JSON.stringify({ _tag: "WSMessage.PullReq", requestId, ...(cursor > 0 ? { cursor } : {}) });
}

export function pushFrame(requestId: string, events: readonly WireEvent[]): string {
  return JSON.stringify({ _tag: "WSMessage.PushReq", requestId, batch: events.map(toWire) });
}

/** Copies the six fields of the wire format. LiveStore's own objects have a `toJSON` with a different result. */
export function toWire({ name, args, seqNum, parentSeqNum, clientId, sessionId }: WireEvent): WireEvent {
  return { name, args, seqNum, parentSeqNum, clientId, sessionId };
}

/** Reads a frame from the server. Returns `undefined` for anything that is not a frame of the protocol. */
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

/** Converts a value to text. `String` would call a `toString` that is part of the server's data, and throw. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value) ?? "";
}

/** Whether a value can be a position or a count: an exact whole number, not negative. */
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
    // A pull has `null` where a broadcast has no field. Both become `undefined`: otherwise an event of ours would look like
    // another client's, and would be pushed twice.
    args: event.args === null ? undefined : event.args as JsonValue,
    seqNum,
    parentSeqNum,
    clientId: textOf(event.clientId),
    sessionId: textOf(event.sessionId),
    createdAt: typeof metadata?.createdAt === "string" ? metadata.createdAt : undefined,
  };
}
