"""List the frames of IPython's formatters that tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

RECORDED = r'''
format_text
File ~/IPython/core/formatters.py:770, in PlainTextFormatter.__call__(self, obj)
: 764-771
    763 stream = StringIO()
    764 printer = pretty.RepresentationPrinter(stream, self.verbose,
    765     self.max_width, self.newline,
    766     max_seq_length=self.max_seq_length,
    767     singleton_pprinters=self.singleton_printers,
    768     type_pprinters=self.type_printers,
    769     deferred_pprinters=self.deferred_printers)
--> 770 printer.pretty(obj)
    771 printer.flush()
    772 return stream.getvalue()
---
format_method
File ~/IPython/core/formatters.py:406, in BaseFormatter.__call__(self, obj)
: 405-407
    404     method = get_real_method(obj, self.print_method)
    405     if method is not None:
--> 406         return method()
    407     return None
    408 else:
---
format_bundle
File ~/IPython/core/formatters.py:1036, in MimeBundleFormatter.__call__(self, obj, include, exclude)
: 1035-1037
   1033     method = get_real_method(obj, self.print_method)
   1035     if method is not None:
-> 1036         return method(include=include, exclude=exclude)
   1037     return None
   1038 else:
---
display_itself
File ~/IPython/core/formatters.py:984, in IPythonDisplayFormatter.__call__(self, obj)
: 983-985
    982 method = get_real_method(obj, self.print_method)
    983 if method is not None:
--> 984     method()
    985     return True
---
pretty_registered
File ~/IPython/lib/pretty.py:395, in RepresentationPrinter.pretty(self, obj)
: 393-397
    392 for cls in _get_mro(obj_class):
    393     if cls in self.type_pprinters:
    394         # printer registered in self.type_pprinters
--> 395         return self.type_pprinters[cls](obj, self, cycle)
    396     else:
    397         # deferred printer
    398         printer = self._in_deferred_types(cls)
---
pretty_method
File ~/IPython/lib/pretty.py:409, in RepresentationPrinter.pretty(self, obj)
: 408-419
    407     meth = cls._repr_pretty_
    408     if callable(meth):
--> 409         return meth(obj, self, cycle)
    410 if (
    411     cls is not object
    412     # check if cls defines __repr__
   (...)    418     and callable(_safe_getattr(cls, "__repr__", None))
    419 ):
    420     return _repr_pprint(obj, self, cycle)
---
pretty_repr
File ~/IPython/lib/pretty.py:420, in RepresentationPrinter.pretty(self, obj)
: 410-422
    409                         return meth(obj, self, cycle)
    410                 if (
    411                     cls is not object
    412                     # check if cls defines __repr__
   (...)    418                     and callable(_safe_getattr(cls, "__repr__", None))
    419                 ):
--> 420                     return _repr_pprint(obj, self, cycle)
    422     return _default_pprint(obj, self, cycle)
    423 finally:
---
print_sequence
File ~/IPython/lib/pretty.py:650, in _seq_pprinter_factory.<locals>.inner(obj, p, cycle)
: 649-652
    648         p.text(',')
    649         p.breakable()
--> 650     p.pretty(x)
    651 if len(obj) == 1 and isinstance(obj, tuple):
    652     # Special case for 1-item tuples.
    653     p.text(',')
---
print_set
File ~/IPython/lib/pretty.py:680, in _set_pprinter_factory.<locals>.inner(obj, p, cycle)
: 679-681
    678         p.text(',')
    679         p.breakable()
--> 680     p.pretty(x)
    681 p.end_group(step, end)
---
print_key
File ~/IPython/lib/pretty.py:700, in _dict_pprinter_factory.<locals>.inner(obj, p, cycle)
: 699-701
    698     p.text(',')
    699     p.breakable()
--> 700 p.pretty(key)
    701 p.text(': ')
    702 p.pretty(obj[key])
---
print_value
File ~/IPython/lib/pretty.py:702, in _dict_pprinter_factory.<locals>.inner(obj, p, cycle)
: 701-703
    700     p.pretty(key)
    701     p.text(': ')
--> 702     p.pretty(obj[key])
    703 p.end_group(step, end)
---
print_repr
File ~/IPython/lib/pretty.py:795, in _repr_pprint(obj, p, cycle)
: 794-796
    793 """A pprint that just redirects to the normal repr function."""
    794 # Find newlines and replace them with p.break_()
--> 795 output = repr(obj)
    796 lines = output.splitlines()
    797 with p.group():
'''.strip()
