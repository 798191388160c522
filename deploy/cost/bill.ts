/**
 * Computes the cost of a month of many notebooks, and how near it comes to the limits of the services.
 *
 * @module
 */

import { database, framesPerRequest, prices, roomGigabytes, subscription } from "./prices.ts";

/** Events in the log, and their bytes as stored. */
export interface LogShare {
  events: number;
  bytes: number;
}

/** The growth of the log by each activity, as measured. */
export interface LogCosts {
  /** Writing and running a cell with one short output. */
  cell: LogShare;
  /** A second of streamed output. */
  streamedSecond: LogShare;
  /** A figure of a cell: an SVG in the log. */
  figure: LogShare;
  /** A renewal of the runtime session. */
  renewal: LogShare;
  /** An agent that attaches and detaches. */
  attachment: LogShare;
}

/** The use of a notebook in a month, as assumed. */
export interface Usage {
  notebooks: number;
  /** How often an agent attaches, and for how long each time, in hours. */
  attachments: number;
  attachedHours: number;
  cells: number;
  /** The time for which an average cell streams. */
  streamedSeconds: number;
  /** Figures of up to 256 KB. */
  figures: number;
  /** Larger figures, which are stored as artifacts, each read {@linkcode readsPerArtifact} times. */
  artifacts: number;
  /** How often a person opens the notebook, which reads all of its log. */
  openings: number;
}

/** How often a session is renewed, in seconds: the notebook contract. */
const renewedEvery = 15;

/** How long a room works for a push, in seconds, including the wait for D1. Assumed: the documentation does not say. */
const secondsPerPush = 0.02;

/** The size of an artifact, in bytes: a figure above the 256 KB that an event may contain. Assumed. */
const artifactBytes = 400_000;

/** How often an artifact is requested, not counting caches. Assumed. */
const readsPerArtifact = 5;

const hoursPerMonth = 720;

/** A month's amounts, by the names of {@linkcode prices}. */
export type Amounts = Record<keyof typeof prices, number>;

export interface Month {
  /** The growth of one notebook's log. */
  log: LogShare;
  /** The part of `log` that is renewals. */
  renewals: LogShare;
  /** All notebooks' amounts. */
  amounts: Amounts;
  /** US dollars, by purpose. */
  dollars: Record<keyof typeof prices | "subscription" | "total", number>;
  /** Events a second that reach D1, on average over the hours in which all agents are attached at the same time. */
  eventsPerSecond: number;
  /** Days until one D1 database is full. */
  daysUntilFull: number;
  /** The number of D1 databases needed: for the writes a second, and for a month's growth. */
  databases: { byWrites: number; byGrowth: number };
}

export function monthOf(usage: Usage, costs: LogCosts): Month {
  const { notebooks, attachments, attachedHours, cells, streamedSeconds, figures, artifacts, openings } = usage;
  const hours = Math.min(attachments * attachedHours, hoursPerMonth);
  const renewals = times(costs.renewal, hours * 3600 / renewedEvery);
  const log = sum(
    renewals,
    times(costs.attachment, attachments),
    times(costs.cell, cells),
    times(costs.streamedSecond, cells * streamedSeconds),
    times(costs.figure, figures),
  );
  const sockets = attachments + openings;
  // An upper bound: one batch may hold several events.
  const pushes = log.events;
  const ofOne: Amounts = {
    // Opening a socket also asks for the user's identity.
    workerRequests: 2 * sockets + artifacts * (1 + readsPerArtifact),
    roomRequests: sockets + pushes / framesPerRequest,
    roomGigabyteSeconds: pushes * secondsPerPush * roomGigabytes,
    roomRowsWritten: pushes,
    rowsWritten: log.events,
    // On average, the log is half as long as at the month's end. A token is a row.
    rowsRead: sockets * (log.events / 2 + 2),
    eventGigabytes: log.bytes / 1e9,
    artifactsWritten: artifacts,
    artifactsRead: artifacts * readsPerArtifact,
    artifactGigabytes: artifacts * artifactBytes / 1e9,
  };
  const amounts = mapValues(ofOne, (amount) => amount * notebooks);
  const dollars = mapValues(
    amounts,
    (amount, name) => Math.max(0, amount - prices[name].included) * prices[name].perUnit,
  );
  const total = subscription + Object.values(dollars).reduce((added, each) => added + each, 0);
  const eventsPerSecond = notebooks * log.events / (hours * 3600);
  return {
    log,
    renewals,
    amounts,
    dollars: { ...dollars, subscription, total },
    eventsPerSecond,
    daysUntilFull: 30 * database.bytes / (notebooks * log.bytes),
    databases: {
      byWrites: Math.ceil(eventsPerSecond / database.writesPerSecond),
      byGrowth: Math.ceil(notebooks * log.bytes / database.bytes),
    },
  };
}

function times({ events, bytes }: LogShare, factor: number): LogShare {
  return { events: events * factor, bytes: bytes * factor };
}

function sum(...shares: LogShare[]): LogShare {
  return shares.reduce((a, b) => ({ events: a.events + b.events, bytes: a.bytes + b.bytes }));
}

function mapValues<Name extends string>(
  values: Record<Name, number>,
  change: (value: number, name: Name) => number,
): Record<Name, number> {
  const names = Object.keys(values) as Name[];
  return Object.fromEntries(names.map((name) => [name, change(values[name], name)])) as Record<Name, number>;
}
