"""How Sphinx builds the documentation: MyST pages, and the reference from docstrings. Needs no network."""

import sys
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from docutils import nodes
from docutils.nodes import Text, document
from sphinx.addnodes import desc_addname, desc_signature
from sphinx.application import Sphinx

sys.path.insert(0, str(Path(__file__).parent))

from cli_reference import write_reference

import cachet_sdk
from cachet_sdk import __version__, testing, v1, v3, webhooks
from cachet_sdk.core.models.base import Model, ensure_built
from cachet_sdk.webhooks import events

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
# A name that leads nowhere is a mistake, unless it is
nitpicky = True
nitpick_ignore_regex = [
    # what pydantic's own JsonValue is annotated with,
    ("py:class", "_PydanticGeneralMetadata"),
    # another package's, whose reference is not at hand here,
    ("py:.*", r"(collections|contextlib|datetime|enum|httpx|os|pathlib|pydantic|ssl|types)\..*"),
    # one that only type checkers see, and autodoc as text,
    ("py:.*", r"(cachet_sdk\.testing\.fake\.)?(Async)?Client(T|V[13])|Response|Mapping\[str|Proxy|datetime"),
    # or one that the reference leaves out: a base class, a type variable, what is passed around inside.
    ("py:.*", r"cachet_sdk\.sites\..*|(Any)?Client|Kind|Format|Key|Tag|Meta|ComponentState|SkipJsonSchema|FieldInfo"),
    ("py:.*", r"NoneType|AllowInfNan|_Pydantic\w+|\w+Progress|\w+Entry|PathLike.*|list\[tuple.*"),
    ("py:.*", r"cachet_sdk\.core\..*|cachet_sdk\.options\.Settings|cachet_sdk\.errors\.(_ResponseError|AnyBatch)"),
    ("py:class", r"cachet_sdk\.v[13]\.(aio\.)?incidents\.(Async)?IncidentManager"),
    ("py:.*", r"cachet_sdk\.v[13]\.(aio\.)?(manager|release)\..*|cachet_sdk\.v[13]\.models\..*Data"),
    ("py:.*", r"cachet_sdk\.v3\.(aio\.)?resources\.(Async)?DocumentResource|cachet_sdk\.webhooks\.bodies\.Delivered"),
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["narrow.css"]
html_title = f"cachet_sdk {release}"
html_show_sphinx = False
templates_path: list[str] = []

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_default_options = {
    "members": True,
    "show-inheritance": True,
    "exclude-members": "__init__, __new__, model_config, binding, relate, mutations, PATH, CHANGES, PARENT",
}
autodoc_class_signature = "mixed"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
add_module_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_rtype = False


def setup(app: Sphinx) -> None:
    """Have attributes shown with their types, their docstrings as they are written, and the command's reference."""
    write_reference()
    app.connect("doctree-read", _title_cells)
    app.connect("builder-inited", _spell_types)
    app.connect("autodoc-process-docstring", _keep_colons, priority=400)  # napoleon has 500
    app.connect("autodoc-process-signature", _hide_constructors_of_models)
    app.connect("doctree-read", _show_public_paths)


def _title_cells(_: Sphinx, document: nodes.document) -> None:
    # For _static/narrow.css, which stacks the cells of a row on a phone, where the titles of columns are out of sight.
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


def _spell_types(app: Sphinx) -> None:
    # Annotations carry how to read a field, as objects whose repr autodoc cannot parse, and it does not look into base
    # classes, since names in the annotations of pydantic's own are not to be had at run time. So it would show no type
    # at all. pydantic has taken the annotations apart: each class gets what came of them, with what it inherits.
    for module in ("v1.client", "v1.aio.client", "v3.client", "v3.aio.client", "webhooks"):
        import_module(f"cachet_sdk.{module}")
    # Managers are attributes of a client's class for mocks alone: what is shown is their type, not a value.
    for client in (v1.Client, v1.AsyncClient, v3.Client, v3.AsyncClient):
        for name in client.__annotations__:
            if name in vars(client):
                delattr(client, name)
    kinds = [Model]
    for kind in kinds:
        kinds += kind.__subclasses__()
    fields = {kind: dict(ensure_built(kind).model_fields) for kind in kinds}  # all, before any loses its annotations
    for kind, known in fields.items():
        kind.__annotations__ = {name: _plain(field.annotation) for name, field in known.items()}


def _hide_constructors_of_models(_: Sphinx, what: str, __: str, thing: object, *___: object) -> tuple[str, str] | None:
    # Managers make them. pydantic's signature repeats every attribute, with all that is annotated.
    return ("", "") if what == "class" and isinstance(thing, type) and issubclass(thing, Model) else None


def _show_public_paths(_: Sphinx, page: document) -> None:
    # What stands before a name is what to import it from, not the module that defines it.
    public = {
        (getattr(package, name).__module__, name): package.__name__
        for package in (v3, v1, cachet_sdk, testing, webhooks)
        for name in package.__all__
        if hasattr(getattr(package, name), "__module__")
    }
    public |= {(events.__name__, name): webhooks.__name__ for name in ("Event", "KnownEvent")}  # unions know no module
    for signature in page.findall(desc_signature):
        path = public.get((signature.get("module"), signature.get("fullname")))
        for shown in signature.findall(desc_addname) if path else ():
            shown.children = [Text(f"{path}.")]


def _plain(annotation: object) -> object:
    """Return a type without what is annotated inside it."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in {Union, UnionType}:
        return Union[tuple(_plain(part) for part in get_args(annotation))]  # noqa: UP007  (of parts that are not known)
    return annotation


def _keep_colons(app: Sphinx, what: str, name: str, thing: object, options: object, lines: list[str]) -> None:
    # napoleon takes a first line "One thing: another" of what is no function for "its type: what it is". It looks no
    # further than that line, so an empty comment takes its place.
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]
