/**
 * The turns of phrase that `deno task prose` refuses, and the folders that are free of them.
 *
 * Each rule has an example that it must catch and one that it must let pass; `test/prose/turns_test.ts` tries both. A rule belongs
 * here only if it raises no false alarm: where a turn is sometimes right, its pattern has to tell the two uses apart.
 *
 * @module
 */

/** The kinds of text that are checked. */
export type ProseKind =
  /** A JSDoc comment. */
  | "doc"
  /** Any other comment. Line comments below each other are one text. */
  | "comment"
  /** The title of a test or of a step of one. */
  | "title"
  /** Text for the user: an error's message, an option's help, the words on the page. */
  | "message"
  /** A Markdown file without its code. */
  | "markdown"
  /** A declared name, split into lowercase words: `tellPast` is "tell past". */
  | "name";

/** A turn of phrase to avoid. */
export interface Turn {
  /** Its name in the report. */
  turn: string;
  /** A regular expression, without regard to case. A space stands for any white space, line breaks included. */
  pattern: string;
  /** The advice in the report. */
  write: string;
  /** The kinds of text it is looked for in. Default: all but names. */
  kinds?: readonly ProseKind[];
  /** A text that the pattern must find. */
  catches: string;
  /** A similar text that it must not find. */
  passes: string;
}

/** The files and folders that the gate checks; a folder ends in a slash. Add each one as soon as it is clean. */
export const cleanPaths: readonly string[] = [
  "prose/",
  "test/prose/",
  "web/README.md",
  "web/bench/",
  "web/page/",
  "web/server/",
  "web/test/browser/",
  "web/test/server/",
];

const NAMES: readonly ProseKind[] = ["name"];
const DOCS: readonly ProseKind[] = ["doc"];

/** Phrases, in all kinds of text. */
const phrases: readonly Turn[] = [
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
    turn: "whoever",
    pattern: String.raw`\bwho(?:so)?ever\b`,
    write: "the person who, anyone who, callers that",
    catches: "Whoever cares asks for `ended`.",
    passes: "Await `ended` to learn how it ended. However long that takes.",
  },
  {
    turn: "is told",
    pattern: String.raw`\b(?:am|is|are|was|were|be|been|being) told\b`,
    write: "is sent to, is called with, receives, learns, is asked to",
    catches: "The runtime is told of the change.",
    passes: "The change is sent to the runtime, as we told the user.",
  },
  {
    turn: "stands in",
    pattern: String.raw`\b(?:stands|stood) (?:in|at|behind|before|above|below|under|on|there|over|between)\b`,
    write: "is in, follows, precedes",
    catches: "The result stands in the last line.",
    passes: "The result is in the last line, and stands for the rest.",
  },
  {
    turn: "is none",
    pattern: String.raw`(?<!\bthere )\b(?:is|are|was|were|be) none(?! of (?:the|these|those|them)\b)\b`,
    write: "is missing, is invalid, is not a valid ..., is absent",
    catches: "Throws when the base URL is none.",
    passes: "Throws when the base URL is not valid, or is none of the listed ones, or if there is none.",
  },
  {
    turn: "is no X",
    pattern: String
      .raw`\b(?:that|which|what|it|this) (?:is|are|was|were) no (?!longer|more\b|other\b|one\b|such\b|need|way|point|reason|doubt|better)`,
    write: "is not a ...",
    catches: "Passes over what is no chunk.",
    passes: "Skips anything that is not a chunk, that is no longer needed.",
  },
  {
    turn: "gives up (a signal)",
    pattern: String.raw`@param \w*signal\w* (?:- )?gives? up\b`,
    write: "aborts the ...",
    catches: "@param signal gives up the attempt",
    passes: "@param signal aborts the attempt",
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
    turn: "nothing of it",
    pattern: String.raw`\bnothing of (?:it|them|what|these|those|this|that|either|all|any|the|a|an|its)\b`,
    write: "none of it, no part of it, does not ...",
    catches: "It is no output: nothing of it is left.",
    passes: "Not part of the output; removed when the wait is over. Nothing offline changes.",
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
    turn: "So it is with, Nor does",
    pattern: String
      .raw`(?:^|[.;:] )(?:So (?:it is|is it|do|does|are) (?:with|the|it)\b|Nor (?:does|is|do|are|was|has|have|can|may)\b)`,
    write: "a plain sentence: The same applies to ..., It does not ... either",
    catches: "Tests are ignored. So it is with those that ask Jupyter.",
    passes: "The same applies to the tests that ask Jupyter. So it is ignored.",
  },
  {
    turn: "be it, were it, had it",
    pattern: String
      .raw`(?:\bbe it (?:a|an|the|in|by|of|on|from|for|with|only)\b|(?:^|[.;:,] )(?:were|had) (?:it|they|there|this) \w+)`,
    write: "whether it is, even if, if",
    catches: "What cells use, be it by way of other definitions.",
    passes: "The definitions that cells use, directly or through others. It need not be it.",
  },
  {
    turn: "by way of",
    pattern: String.raw`\bby way of\b`,
    write: "through, via, by",
    catches: "A file that imports itself by way of others.",
    passes: "A file that imports itself through others, by the way.",
  },
  {
    turn: "makes of",
    pattern: String.raw`\bwhat (?:\w+ ){1,4}(?:makes?|made|is made|are made|has made|have made) of\b`,
    write: "the result of, reads ... as, turns ... into",
    catches: "What a reader makes of these events.",
    passes: "The result of reading these events, which are made of two parts.",
  },
  {
    turn: "tells of",
    pattern: String.raw`\b(?:tells?|told|telling) of\b`,
    write: "mentions, reports, describes, says",
    catches: "The first call tells of an error.",
    passes: "The first call reports an error.",
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
    turn: "what is left of it",
    pattern: String.raw`\bwhat is left of\b`,
    write: "the rest of, a truncated ...",
    catches: "What is left of it is not JSON.",
    passes: "A truncated JSON text is not JSON. What is left to do?",
  },
  {
    turn: "but for, save for",
    pattern: String.raw`(?:\bsave for (?:the|a|an|those|what)\b|, but for\b|\ball but for\b)`,
    write: "except",
    catches: "It comes back as it was, but for null.",
    passes: "It comes back as it was, except for null. It is slow but for other reasons.",
  },
  {
    turn: "is but, are but",
    pattern: String.raw`\b(?:is|are|was|were) but (?:a|an|the|one|this|that)\b`,
    write: "is only",
    catches: "This piece is but a repetition.",
    passes: "This piece is only a repetition, but a long one.",
  },
  {
    turn: "for ever",
    pattern: String.raw`\bfor ever\b`,
    write: "forever, indefinitely",
    catches: "It waits for ever.",
    passes: "It waits forever, for every cell.",
  },
  {
    turn: "what becomes of",
    pattern: String.raw`\b(?:what|that) (?:becomes|became|comes|came|has come|is to come|has become) of\b`,
    write: "the result of, the outcome of",
    catches: "What became of the answer.",
    passes: "The outcome of the answer, which comes of age.",
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

/** Openings and tags of docstrings. */
const docstrings: readonly Turn[] = [
  {
    turn: "a docstring that opens with What",
    pattern: String.raw`^What\b`,
    write: "a noun (The text of ...) or a verb (Returns ...)",
    kinds: DOCS,
    catches: "What a server answers.",
    passes: "The server's answer.",
  },
  {
    turn: "a docstring that opens with How",
    pattern: String.raw`^How (?!(?:long|many|much|often|far|soon|large|old|to)\b)`,
    write: "a noun (The form of ...) or a verb (Returns ...)",
    kinds: DOCS,
    catches: "How a server says that a request is too long.",
    passes: "How long a server may take, in milliseconds.",
  },
  {
    turn: "a docstring that opens with Why, Whose or Who",
    pattern: String.raw`^(?:Why|Whose|Who)\b`,
    write: "The reason ..., The owner of ..., The person who ...",
    kinds: DOCS,
    catches: "Why it cannot be imported.",
    passes: "The reason it cannot be imported.",
  },
  {
    turn: "@returns/@param with What or How",
    pattern: String.raw`(?:@returns|@param \w+) (?:what|how) (?!(?:long|many|much|often|far|large|to)\b)`,
    write: "a noun: the result, the text of ...",
    kinds: DOCS,
    catches: "@returns what was drawn",
    passes: "@returns the drawn text, or how many lines there are",
  },
];

/** Words in declared names. */
const names: readonly Turn[] = [
  {
    turn: "a name with mend",
    pattern: String.raw`\bmend(?:s|ed|ing)?\b`,
    write: "sanitize, normalize, repair",
    kinds: NAMES,
    catches: "mend arguments",
    passes: "normalize arguments",
  },
  {
    turn: "a name with tell",
    pattern: String.raw`\b(?:tells?|told|telling)\b`,
    write: "report, describe, notify, send",
    kinds: NAMES,
    catches: "tell past",
    passes: "describe history",
  },
  {
    turn: "a name with manners, surroundings, correspondent, wait note",
    pattern: String.raw`\b(?:manners?|surroundings?|correspondents?|strangers?|wait notes?)\b`,
    write: "dialect, context, client, unknown, status",
    kinds: NAMES,
    catches: "wait note of",
    passes: "wait status of",
  },
];

/** All rules. */
export const turns: readonly Turn[] = [...phrases, ...docstrings, ...names];
