/**
 * Constructions to avoid.
 *
 * @module
 */

import type { ProseKind, Turn } from "./turn.ts";

const DOCS: readonly ProseKind[] = ["doc"];

export const grammar: readonly Turn[] = [
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
    turn: "nothing of it",
    pattern: String.raw`\bnothing of (?:it|them|what|these|those|this|that|either|all|any|the|a|an|its)\b`,
    write: "none of it, no part of it, does not ...",
    catches: "It is no output: nothing of it is left.",
    passes: "Not part of the output; removed when the wait is over. Nothing offline changes.",
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
    turn: "what is left of it",
    pattern: String.raw`\bwhat is left of\b`,
    write: "the rest of, a truncated ...",
    catches: "What is left of it is not JSON.",
    passes: "A truncated JSON text is not JSON. What is left to do?",
  },
  {
    turn: "is but, are but",
    pattern: String.raw`\b(?:is|are|was|were) but (?:a|an|the|one|this|that)\b`,
    write: "is only",
    catches: "This piece is but a repetition.",
    passes: "This piece is only a repetition, but a long one.",
  },
  {
    turn: "what becomes of",
    pattern: String.raw`\b(?:what(?:ever)?|that) (?:becomes|became|comes|came|has come|is to come|has become) of\b`,
    write: "the result of, the outcome of",
    catches: "What became of the answer.",
    passes: "The outcome of the answer, which comes of age.",
  },
  {
    turn: "of which there is none",
    pattern: String.raw`\bof which (?:there (?:is|are) )?(?:no|none|nothing|nobody)\b`,
    write: "that does not exist, without",
    catches: "A picture of which nothing is known.",
    passes: "A picture without a description, the beginning of which is known.",
  },
  {
    turn: "where none is",
    pattern: String.raw`\bwhere (?:none|nothing|nobody) (?:is|are|was|were|has|have|can|may|does|listens|waits)\b`,
    write: "if there is no ..., if no ...",
    catches: "Absent where none is named.",
    passes: "Absent if it is not named, for example where a name is missing.",
  },
  {
    turn: "a title that continues another one",
    pattern: String
      .raw`^(?:and|but|so|or|nor|even|also|although|which|whose|who|whom|what|whatever|where|wherever|of|than|then)\b`,
    write: "a sentence with its own subject: the page shows ..., f() rejects ...",
    kinds: ["title"],
    catches: "and what it has not seen",
    passes: "a page shows what other pages have typed",
  },
];

/** Openings and tags to avoid in docstrings. */
export const docstrings: readonly Turn[] = [
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
    turn: "a docstring that opens with Told",
    pattern: String.raw`^Told\b`,
    write: "Called with ..., Called when ...",
    kinds: DOCS,
    catches: "Told when a connection is lost.",
    passes: "Called when a connection is lost.",
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
