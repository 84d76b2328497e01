"""The command ``cachet``: a thin layer on public names of this package, installed with the extra ``cli``.

``app`` is the root command, which imports its subcommands lazily. ``settings``, ``config`` and ``tokens`` determine the
server and the token, ``references`` resolves names to ids, ``output`` prints data, ``exit_codes`` maps errors.
"""
