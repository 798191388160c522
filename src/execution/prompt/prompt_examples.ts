/**
 * Example tracebacks in the prompt, as IPython prints them.
 *
 * @module
 */

/** An exception in the second line of a cell. */
export const TRACEBACK_EXAMPLE = `\
---------------------------------------------------------------------------
ZeroDivisionError                         Traceback (most recent call last)
Cell In[7], line 2
      1 x = 1
----> 2 x / 0
      3 print(x)

ZeroDivisionError: division by zero`;

/** Code that cannot be parsed. */
export const SYNTAX_ERROR_EXAMPLE = `\
  Cell In[7], line 1
    x = = 2
        ^
SyntaxError: invalid syntax`;
