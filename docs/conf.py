"""Sphinx configuration: MyST pages, and a reference built from docstrings. Building needs no network."""

import sys
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from docutils import nodes
from docutils.nodes import Text, document
from pydantic import BaseModel
from sphinx.addnodes import desc_addname, desc_signature
from sphinx.application import Sphinx
from sphinx.util.inspect import DefaultValue

sys.path.insert(0, str(Path(__file__).parent))

from cli_reference import write_reference

import cachet_sdk
from cachet_sdk import RetryPolicy, __version__, sites, testing, v1, v3, webhooks
from cachet_sdk.core.models.base import Model, ensure_built
from cachet_sdk.sites.document import Document, Entry
from cachet_sdk.testing import FakeCachet
from cachet_sdk.webhooks import events

project = "cachet_sdk"
author = "The cachet_sdk developers"
copyright = f"2026, {author}"  # noqa: A001  (the name that Sphinx reads)
release = __version__
version = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
# Annotations name classes without their module, so "Component" is ambiguous: both API versions have one. Sphinx links
# to the first, that of Cachet 2, which is right, because only the pages of Cachet 2 have such an annotation.
suppress_warnings = ["ref.python"]
# Fail on references to unknown names, except for
nitpicky = True
nitpick_ignore_regex = [
    # the metadata of pydantic's JsonValue,
    ("py:class", "_PydanticGeneralMetadata"),
    # names of other packages, whose references are not available offline,
    ("py:.*", r"(collections|contextlib|datetime|enum|httpx|os|pathlib|pydantic|ssl|types)\..*"),
    # names that exist only for type checkers, which autodoc reads as text,
    ("py:.*", r"(cachet_sdk\.testing\.fake\.)?(Async)?Client(T|V[13])|Response|Mapping\[str|Proxy|datetime"),
    # and names that the reference omits: base classes, type variables and internal types.
    ("py:.*", r"cachet_sdk\.sites\..*|(Any)?Client|Kind|Format|Key|Tag|Meta|ComponentState|SkipJsonSchema|FieldInfo"),
    ("py:.*", r"NoneType|AllowInfNan|_Pydantic\w+|\w+Progress|\w+Entry|PathLike.*|list\[tuple.*"),
    ("py:.*", r"cachet_sdk\.core\..*|cachet_sdk\.options\.Settings|cachet_sdk\.errors\.(_ResponseError|AnyBatch)"),
    ("py:class", r"cachet_sdk\.v[13]\.(aio\.)?incidents\.(Async)?IncidentManager"),
    ("py:.*", r"cachet_sdk\.v[13]\.(aio\.)?(manager|release)\..*|cachet_sdk\.v[13]\.models\..*Data"),
    ("py:.*", r"cachet_sdk\.v3\.(aio\.)?resources\.(Async)?DocumentResource|cachet_sdk\.webhooks\.bodies\.Delivered"),
]
# The classes that users call.
CONSTRUCTED = {v1.Client, v1.AsyncClient, v3.Client, v3.AsyncClient, RetryPolicy, FakeCachet}

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["custom.css"]
html_title = f"cachet_sdk {release}"
html_show_sphinx = False
toc_object_entries_show_parents = "hide"  # a page's contents are narrow, and indent members below their class
templates_path: list[str] = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {
    "members": True,
    "show-inheritance": True,
    "exclude-members": "__init__, __new__, model_config, model_post_init, "
    "binding, relate, mutations, PATH, CHANGES, PARENT",
}
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False


def setup(app: Sphinx) -> None:
    """Write the reference of the command, and register the hooks below."""
    write_reference()
    app.connect("doctree-read", _label_cells)
    app.connect("doctree-read", _keep_options_whole)
    app.connect("builder-inited", _simplify_annotations)
    app.connect("autodoc-process-docstring", _keep_summary_lines, priority=400)  # napoleon has 500
    app.connect("autodoc-process-signature", _hide_signatures)
    app.connect("doctree-read", _show_import_paths)


def _label_cells(_: Sphinx, document: nodes.document) -> None:
    # On phones, _static/custom.css hides the header and stacks the cells of a row, so cells need a label.
    for table in document.findall(nodes.table):
        titles = [entry.astext() for head in table.findall(nodes.thead) for entry in head.findall(nodes.entry)]
        if len(titles) < 3:
            continue
        table["classes"].append("stacked")
        for row in (row for body in table.findall(nodes.tbody) for row in body.findall(nodes.row)):
            for title, cell in list(zip(titles, row.findall(nodes.entry), strict=True))[1:]:
                text = next(cell.findall(nodes.paragraph), None)
                if title and text is not None and text.astext():
                    text.insert(0, nodes.inline("", f"{title}: ", classes=["column-title"]))


def _keep_options_whole(_: Sphinx, document: nodes.document) -> None:
    # For _static/custom.css: browsers break lines after each of the hyphens in --help.
    for literal in document.findall(nodes.literal):
        if "--" in literal.astext():
            literal["classes"].append("option")


def _simplify_annotations(app: Sphinx) -> None:
    # autodoc shows no types for the fields of models: it cannot parse the validators in Annotated, and does not read
    # the annotations of base classes, because pydantic's own use names that do not exist at run time. So replace the
    # annotations of each model by the types that pydantic has resolved, including those of inherited fields.
    for module in ("v1.client", "v1.aio.client", "v3.client", "v3.aio.client", "webhooks"):
        import_module(f"cachet_sdk.{module}")
    # Client classes have managers as class attributes only so that mocks find them. Show their types, not these values.
    for client in (v1.Client, v1.AsyncClient, v3.Client, v3.AsyncClient):
        for name in client.__annotations__:
            if name in vars(client):
                delattr(client, name)
    # The repr of time.sleep is not an expression, for which autodoc would fall back to unreadable annotations.
    for function in (sites.apply, sites.import_site, sites.migrate):
        function.__kwdefaults__ = {**(function.__kwdefaults__ or {}), "wait": DefaultValue("time.sleep")}
    kinds: list[type[BaseModel]] = [Model, Entry, Document]
    for kind in kinds:
        kinds += kind.__subclasses__()
    # Read all fields before the first annotations are replaced: building a model needs those of its base classes.
    fields = {kind: dict(_built(kind).model_fields) for kind in kinds}
    for kind, known in fields.items():
        kind.__annotations__ = {name: _without_metadata(field.annotation) for name, field in known.items()}


def _built(kind: type[BaseModel]) -> type[BaseModel]:
    return ensure_built(kind) if issubclass(kind, Model) else kind


def _hide_signatures(_: Sphinx, what: str, __: str, thing: Any, *___: object) -> tuple[str, str] | None:
    # Users create few objects themselves. The signatures of the others would show internal arguments or repeat all
    # attributes.
    if what in {"class", "exception"} and thing not in CONSTRUCTED and isfunction(thing.__init__):
        return "", ""
    return None


def _show_import_paths(_: Sphinx, page: document) -> None:
    # Show the package that users import a name from, instead of the module that defines it.
    public = {
        (getattr(package, name).__module__, name): package.__name__
        for package in (v3, v1, cachet_sdk, testing, webhooks)
        for name in package.__all__
        if hasattr(getattr(package, name), "__module__")
    }
    # Unions have no __module__.
    public |= {(events.__name__, name): webhooks.__name__ for name in ("Event", "KnownEvent")}
    for signature in page.findall(desc_signature):
        path = public.get((signature.get("module"), signature.get("fullname")))
        for shown in signature.findall(desc_addname) if path else ():
            shown.children = [Text(f"{path}.")]


def _without_metadata(annotation: Any) -> Any:
    """Return a type without the Annotated metadata in it."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _without_metadata(get_args(annotation)[0])
    if origin not in {Union, UnionType, list, dict}:
        return annotation
    parts = tuple(_without_metadata(part) for part in get_args(annotation))
    return Union[parts] if origin is UnionType else origin[parts]  # noqa: UP007


def _keep_summary_lines(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    # In a docstring of an attribute, napoleon reads a first line such as "One thing: another" as "type: description".
    # It only looks at the first line, so put an empty comment there.
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]
