"""List the frames of ipykernel that tracebacks show.

The excerpts are Copyright (c) IPython Development Team, under the BSD 3-Clause License.
"""

RECORDED = r'''
raw_input
File ~/ipykernel/kernelbase.py:1402, in Kernel.raw_input(self, prompt)
: 1401-1408
   1400 if not self._allow_stdin:
   1401     msg = "raw_input was called, but this frontend does not support input requests."
-> 1402     raise StdinNotImplementedError(msg)
   1403 return self._input_request(
   1404     str(prompt),
   1405     self._get_shell_context_var(self._shell_parent_ident),
   1406     self.get_parent("shell"),
   1407     password=False,
   1408 )
---
getpass
File ~/ipykernel/kernelbase.py:1377, in Kernel.getpass(self, prompt, stream)
: 1376-1378
   1375 if not self._allow_stdin:
   1376     msg = "getpass was called, but this frontend does not support input requests."
-> 1377     raise StdinNotImplementedError(msg)
   1378 if stream is not None:
   1379     import warnings
'''.strip()
