/**
 * Python's keywords and built-in names.
 *
 * @module
 */

/** The keywords of Python 3. Source: "Keywords" in the language reference. */
export const KEYWORDS: readonly string[] = words(
  "False None True and as assert async await break class continue def del elif else except finally for from global " +
    "if import in is lambda nonlocal not or pass raise return try while with yield",
);

/** The built-in functions and types. Source: "Built-in Functions" in the library reference. */
export const BUILTINS: readonly string[] = words(
  "abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex delattr dict " +
    "dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash help hex id input int " +
    "isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr " +
    "reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip",
);

/** The exceptions that are raised most often. Source: "Built-in Exceptions" in the library reference. */
export const EXCEPTIONS: readonly string[] = words(
  "ArithmeticError AssertionError AttributeError Exception FileNotFoundError ImportError IndexError KeyError " +
    "KeyboardInterrupt LookupError ModuleNotFoundError NameError NotImplementedError OSError OverflowError RecursionError " +
    "RuntimeError StopIteration SyntaxError TimeoutError TypeError UnicodeDecodeError UnicodeEncodeError ValueError " +
    "ZeroDivisionError",
);

function words(list: string): readonly string[] {
  return list.split(" ");
}
