"""The command ``cachet``: a thin layer over public names of this package, installed with the extra ``cli``.

``app`` is the root command, which loads the modules of its subcommands lazily; ``settings``, ``config`` and ``tokens``
find out which page is meant; ``references`` turns names into ids, ``output`` prints, ``exit_codes`` maps errors.
"""
