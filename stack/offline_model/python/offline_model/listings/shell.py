"""List the frames of IPython's shell that tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

RECORDED = r'''
run_code
File ~/IPython/core/interactiveshell.py:3747, in InteractiveShell.run_code(self, code_obj, result, async_)
:
   3745         await eval(code_obj, self.user_global_ns, self.user_ns)
   3746     else:
-> 3747         exec(code_obj, self.user_global_ns, self.user_ns)
   3748 finally:
   3749     # Reset our crash handler in place
   3750     sys.excepthook = old_excepthook
---
run_line_magic
File ~/IPython/core/interactiveshell.py:2532, in InteractiveShell.run_line_magic(self, magic_name, line, _stack_depth)
: 2531-2536
   2530     kwargs['local_ns'] = self.get_local_scope(stack_depth)
   2531 with self.builtin_trap:
-> 2532     result = fn(*args, **kwargs)
   2534 # The code below prevents the output from being displayed
   2535 # when using magics with decorator @output_can_be_silenced
   2536 # when the last Python token in the expression is a ';'.
   2537 if getattr(fn, magic.MAGIC_OUTPUT_CAN_BE_SILENCED, False):
---
run_cell_magic
File ~/IPython/core/interactiveshell.py:2593, in InteractiveShell.run_cell_magic(self, magic_name, line, cell)
: 2592-2597
   2591 with self.builtin_trap:
   2592     args = (magic_arg_s, cell)
-> 2593     result = fn(*args, **kwargs)
   2595 # The code below prevents the output from being displayed
   2596 # when using magics with decorator @output_can_be_silenced
   2597 # when the last Python token in the expression is a ';'.
   2598 if getattr(fn, magic.MAGIC_OUTPUT_CAN_BE_SILENCED, False):
---
parse
File ~/IPython/core/compilerop.py:86, in CachingCompiler.ast_parse(self, source, filename, symbol)
: 82-86
     81 def ast_parse(self, source, filename='<unknown>', symbol='exec'):
     82     """Parse code to an AST with the current compiler flags active.
     83 
     84     Arguments are exactly the same as ast.parse (in the standard library),
     85     and are passed to the built-in compile function."""
---> 86     return compile(source, filename, symbol, self.flags | PyCF_ONLY_AST, 1)
---
open
File ~/IPython/core/interactiveshell.py:346, in _modified_open(file, *args, **kwargs)
: 340-346
    339 if file in {0, 1, 2}:
    340     raise ValueError(
    341         f"IPython won't let you open fd={file} by default "
    342         "as it is likely to crash IPython. If you know what you are doing, "
    343         "you can use builtins' open."
    344     )
--> 346 return io_open(file, *args, **kwargs)
---
open_standard
File ~/IPython/core/interactiveshell.py:340, in _modified_open(file, *args, **kwargs)
: 339-346
    337 @functools.wraps(io_open)
    338 def _modified_open(file, *args, **kwargs):
    339     if file in {0, 1, 2}:
--> 340         raise ValueError(
    341             f"IPython won't let you open fd={file} by default "
    342             "as it is likely to crash IPython. If you know what you are doing, "
    343             "you can use builtins' open."
    344         )
    346     return io_open(file, *args, **kwargs)
---
open_unhashable
File ~/IPython/core/interactiveshell.py:339, in _modified_open(file, *args, **kwargs)
: 337-344
    337 @functools.wraps(io_open)
    338 def _modified_open(file, *args, **kwargs):
--> 339     if file in {0, 1, 2}:
    340         raise ValueError(
    341             f"IPython won't let you open fd={file} by default "
    342             "as it is likely to crash IPython. If you know what you are doing, "
    343             "you can use builtins' open."
    344         )
    346     return io_open(file, *args, **kwargs)
'''.strip()
