/**
 * The command's logger. It writes text or JSON lines, and hides secrets.
 *
 * @module
 */

import type { Clock } from "../async/clock.ts";
import type { LogFields, Logger } from "../logger.ts";
import { createRedactor } from "../options/redactor.ts";
import { type LogFormat, type LogLevel, logLevels } from "../options/settings.ts";
import { shortenField, shortenMessage } from "./shorten_log.ts";

export interface StderrLoggerOptions {
  /** Lines below this level are discarded. */
  level: LogLevel;
  format: LogFormat;
  /** Texts that are replaced with `[hidden]` wherever they occur. */
  secrets: readonly string[];
  /** Writes a finished line, which ends with a newline. */
  write: (line: string) => void;
  clock: Pick<Clock, "date">;
}

/** The indent of continuation lines, which begin below the message: after `21:04:05 info  `. */
const indent = " ".repeat("21:04:05 debug ".length);

/** Creates a logger. Messages and fields that are too long are shortened; see {@linkcode shortenField}. */
export function createStderrLogger({ level, format, secrets, write, clock }: StderrLoggerOptions): Logger {
  const redact = createRedactor(secrets);
  const formatLine = format === "json" ? formatJsonLine : formatText;

  const logAt = (lineLevel: LogLevel) => {
    if (logLevels.indexOf(lineLevel) < logLevels.indexOf(level)) return () => {};
    return (message: string, fields: LogFields = {}) => {
      const clean: LogFields = {};
      for (const [name, value] of Object.entries(fields)) {
        if (value === undefined) continue;
        // Secrets are hidden first: a secret that was cut would not be recognized.
        const text = shortenField(name, redact(String(value)));
        clean[redact(name)] = text === String(value) ? value : text;
      }
      write(`${formatLine(clock.date(), lineLevel, shortenMessage(redact(message)), clean)}\n`);
    };
  };

  return { debug: logAt("debug"), info: logAt("info"), warn: logAt("warn"), error: logAt("error") };
}

/** Formats `{"time":"2026-11-22T21:04:05.000Z","level":"info","message":"...","key":"value"}`. A field cannot replace the first three. */
export function formatJsonLine(time: Date, level: LogLevel, message: string, fields: LogFields = {}): string {
  const head = { time: time.toISOString(), level, message };
  const json = JSON.stringify({ ...head, ...fields, ...head });
  // JSON escapes only the control characters below the space, but a terminal obeys these too.
  return json.replace(/[\x7f-\x9f]/g, (control) => `\\u00${control.charCodeAt(0).toString(16)}`);
}

/** Formats `21:04:05 info  message key=value`, in local time. Further lines of the message are indented. */
function formatText(time: Date, level: LogLevel, message: string, fields: LogFields): string {
  const [first, ...rest] = message.trimEnd().split(/\r\n|\r|\n/).map(showControls);
  const timeOfDay = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) =>
    String(part).padStart(2, "0")
  );
  const pairs = Object.entries(fields).map(([name, value]) => ` ${name}=${formatValue(value)}`);
  return [`${timeOfDay.join(":")} ${level.padEnd(5)} ${first}${pairs.join("")}`, ...rest.map((line) => indent + line)]
    .join("\n");
}

/** Formats a field's value: without quotes if it is one word, otherwise with quotes. */
function formatValue(value: LogFields[string]): string {
  const text = String(value);
  return /^[^\s"=\p{Cc}]+$/u.test(text) ? text : showControls(JSON.stringify(text));
}

/** Escapes control characters, so that text from a server cannot move the terminal's cursor or change its colours. */
function showControls(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
