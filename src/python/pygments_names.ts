/**
 * The names that Pygments 2.20 highlights.
 *
 * @module
 */

import { BUILTINS } from "./python_names.ts";

const words = (list: string): string[] => list.split(" ");
const special = (list: string): string[] => words(list).map((word) => `__${word}__`);

/** Keywords of statements. `def`, `class`, `from` and `import` have their own rules. */
export const STATEMENT_KEYWORDS: ReadonlySet<string> = new Set(words(
  "assert async await break continue del elif else except finally for global if lambda pass raise nonlocal return try while yield " +
    "as with True False None",
));

/** Keywords of expressions. Only these occur in the fields of f-strings. */
export const EXPRESSION_KEYWORDS: ReadonlySet<string> = new Set(
  words("await else for if lambda yield True False None"),
);

export const WORD_OPERATORS: ReadonlySet<string> = new Set(words("and or not in is"));

/** Built-in functions that Pygments does not highlight. */
const UNKNOWN = words("anext ascii exec help");

/** The names that Pygments highlights as built-in. `cls` and `self` are so only by convention. */
export const BUILTIN_NAMES: ReadonlySet<string> = new Set([
  ...BUILTINS.filter((name) => !UNKNOWN.includes(name)),
  ...words("__import__ cls self Ellipsis NotImplemented"),
]);

/** The exceptions that Pygments highlights. It lacks exception groups and has some that Python no longer has. */
export const EXCEPTION_NAMES: ReadonlySet<string> = new Set(words(
  "ArithmeticError AssertionError AttributeError BaseException BlockingIOError BrokenPipeError BufferError BytesWarning " +
    "ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning " +
    "EOFError EncodingWarning EnvironmentError Exception FileExistsError FileNotFoundError FloatingPointError FutureWarning " +
    "GeneratorExit IOError ImportError ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError " +
    "KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError " +
    "OverflowError PendingDeprecationWarning PermissionError ProcessLookupError RecursionError ReferenceError ResourceWarning " +
    "RuntimeError RuntimeWarning StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit TabError " +
    "TimeoutError TypeError UnboundLocalError UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError " +
    "UnicodeWarning UserWarning VMSError ValueError Warning WindowsError ZeroDivisionError",
));

const SPECIAL_METHODS = special(
  "abs add aenter aexit aiter and anext await bool bytes call complex contains del delattr delete delitem dir divmod enter eq " +
    "exit float floordiv format ge get getattr getattribute getitem gt hash iadd iand ifloordiv ilshift imatmul imod imul index " +
    "init instancecheck int invert ior ipow irshift isub iter itruediv ixor le len length_hint lshift lt matmul missing mod mul " +
    "ne neg new next or pos pow prepare radd rand rdivmod repr reversed rfloordiv rlshift rmatmul rmod rmul ror round rpow " +
    "rrshift rshift rsub rtruediv rxor set setattr setitem str sub subclasscheck truediv xor",
);

const SPECIAL_ATTRIBUTES = special(
  "annotations bases class closure code defaults dict doc file func globals kwdefaults module mro name objclass qualname self " +
    "slots weakref",
);

export const SPECIAL_NAMES: ReadonlySet<string> = new Set([...SPECIAL_METHODS, ...SPECIAL_ATTRIBUTES]);
