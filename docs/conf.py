"""How Sphinx builds the documentation: MyST pages, and the reference from docstrings. Needs no network."""

from cachet_sdk import __version__

project = "cachet_sdk"
author = "The cachet_sdk developers"
copyright = f"2026, {author}"  # noqa: A001  (the name that Sphinx reads)
release = __version__
version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
# Both versions have a Component; annotations name it without its module, and Sphinx then takes the first, Cachet 2's,
# whose page alone has such an annotation.
suppress_warnings = ["ref.python"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"cachet_sdk {release}"
html_show_sphinx = False
templates_path: list[str] = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {"members": True, "show-inheritance": True}
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = False
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False
