/**
 * Phrases to avoid.
 *
 * @module
 */

import type { Turn } from "./turn.ts";

export const wording: readonly Turn[] = [
  {
    turn: "unless given",
    pattern: String.raw`\bunless (?:one |it |they |any )?(?:is |are )?given\b`,
    write: "Default: ...",
    catches: "The clock; the system's unless given.",
    passes: "The clock. Default: the system's.",
  },
  {
    turn: "of its own",
    pattern: String.raw`\bof (?:its|their|one's) own(?! accord)\b`,
    write: "its own, a separate, another",
    catches: "Each notebook has a process of its own.",
    passes: "Each notebook has its own process. It closes of its own accord.",
  },
  {
    turn: "for good",
    pattern: String.raw`\bfor good(?=[.,;:)]|$)`,
    write: "permanently, or nothing",
    catches: "Ends the connection for good.",
    passes: "There are no limits for good reasons.",
  },
  {
    turn: "as it were",
    pattern: String.raw`\bas it were\b`,
    write: "(nothing)",
    catches: "A person, as it were, who types.",
    passes: "Leaves the text as it was.",
  },
  {
    turn: "worth a word",
    pattern: String.raw`\bworth a word\b`,
    write: "is shown, is reported",
    catches: "The time before it is worth a word why.",
    passes: "The time before the reason is shown. It is worth it.",
  },
  {
    turn: "nobody may",
    pattern: String.raw`\bnobody (?:may|need|can but)\b`,
    write: "It need not be ...",
    catches: "Whoever cares asks; nobody may.",
    passes: "It need not be awaited. Nobody waits for it.",
  },
  {
    turn: "once more",
    pattern: String.raw`\bonce more\b`,
    write: "again",
    catches: "Asks the server once more.",
    passes: "Asks the server again, once or more often.",
  },
  {
    turn: "anew",
    pattern: String.raw`\banew\b`,
    write: "again, from scratch",
    catches: "Counting begins anew.",
    passes: "Counting starts again at a new cell.",
  },
  {
    turn: "at hand",
    pattern: String.raw`\bat hand\b`,
    write: "the current ..., available",
    catches: "The turns before the cell at hand.",
    passes: "The turns before the current cell, at handover too.",
  },
  {
    turn: "to be had",
    pattern: String.raw`\bto be had\b`,
    write: "available",
    catches: "A wheel was not to be had.",
    passes: "A wheel was not available. The lock has to be held.",
  },
  {
    turn: "in vain",
    pattern: String.raw`\bin vain\b`,
    write: "without success, timed out",
    catches: "It was waited for in vain.",
    passes: "Waiting for it timed out.",
  },
  {
    turn: "by way of",
    pattern: String.raw`\bby way of\b`,
    write: "through, via, by",
    catches: "A file that imports itself by way of others.",
    passes: "A file that imports itself through others, by the way.",
  },
  {
    turn: "is due (to do)",
    pattern: String.raw`\bas is (?:due|meet|fit)\b`,
    write: "as required",
    catches: "Answers as is due.",
    passes: "Answers when the answer is due.",
  },
  {
    turn: "lest, hence, thereof",
    pattern: String
      .raw`\b(?:lest|thereof|therein|thereby|thereto|whereof|wherein|whereupon|thence|henceforth|albeit)\b`,
    write: "so that ... not, of it, in it",
    catches: "Closes the file lest others see it.",
    passes: "Closes the file so that others do not see it, at least.",
  },
  {
    turn: "but for, save for",
    pattern: String.raw`(?:\bsave for (?:the|a|an|those|what)\b|, but for\b|\ball but for\b)`,
    write: "except",
    catches: "It comes back as it was, but for null.",
    passes: "It comes back as it was, except for null. It is slow but for other reasons.",
  },
  {
    turn: "for ever",
    pattern: String.raw`\bfor ever\b`,
    write: "forever, indefinitely",
    catches: "It waits for ever.",
    passes: "It waits forever, for every cell.",
  },
  {
    turn: "for its owner alone",
    pattern: String
      .raw`\b(?:for|of|from|to|by) (?:its|the|his|their|this|that|us|these|our|one) (?:(?!left|leaves|let)\w+ )?alone\b`,
    write: "only ...",
    catches: "A file for its owner alone.",
    passes: "A file that only its owner can read. The rest of the file is left alone.",
  },
  {
    turn: "in silence",
    pattern: String.raw`\b(?:in silence|without a word)\b`,
    write: "silently, without a message",
    catches: "It retries a refused token in silence.",
    passes: "It silently retries a refused token, without a wordy log.",
  },
  {
    turn: "mend",
    pattern: String.raw`\bmend(?:s|ed|ing)?\b`,
    write: "fix, repair, normalize",
    catches: "Mends what servers send.",
    passes: "Repairs the servers' replies. Amended.",
  },
  {
    turn: "stranger, surroundings, manners",
    pattern: String.raw`\b(?:strangers?|surroundings|manners|correspondents?|wait notes?)\b`,
    write: "unknown ..., untrusted ..., context, environment, conventions, client, status message",
    catches: "A frame that a stranger has written.",
    passes: "A frame with untrusted content; the strangest one.",
  },
];
