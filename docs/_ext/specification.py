"""The pages of the specification: written from the code when a build begins, and never by hand.

Templates in `_pages` are filled with what `facts` collects and written to `generated`, which git ignores. A
page that would not change is left alone, so that a second build reads only what is new. Clauses, actions,
claims, mutants and trace rules are object types of Sphinx: a role links to each, a link to none is a warning,
and other projects can link to them through the inventory. (sphinx-needs keeps the dot in ids for itself, so
that no clause could be linked to under its own id.)
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import jinja2
import layout
import markup
from breaks import Breaks
from docutils import nodes
from facts import Facts
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

OBJECTS = ("clause", "action", "claim", "mutant", "trace-rule")
ONCE = (
    "specification",
    "coverage",
    "uncovered",
    "readings",
    "wire_image",
    "error_codes",
    "judge",
    "findings",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the object types, and the event at which the pages are written."""
    for kind in OBJECTS:
        app.add_object_type(kind, kind, parse_node=_signature)
    app.add_post_transform(Breaks)
    for layout_step in ("rust-sugiyama", "connected_components"):  # it tells every step of a layout
        logging.getLogger(layout_step).setLevel(logging.WARNING)
    app.add_config_value("pathproof_tests", "../tests", "env", str)
    app.connect("builder-inited", _write)
    app.connect("html-page-context", _fold, priority=400)  # before the theme asks
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _signature(env: BuildEnvironment, text: str, node: addnodes.desc_signature) -> str:
    """Show `name: one, two` as the name with small remarks; the name itself is an anchor, too."""
    name, _, remarks = text.partition(": ")
    node += addnodes.desc_name(name, name)
    for remark in remarks.split(", ") if remarks else ():
        word = remark.lower().replace(" ", "-")
        node += nodes.Text(" ")
        node += nodes.inline(remark, remark, classes=["remark", f"remark-{word}"])
    node["ids"].append(name)
    return name


def _fold(app: Sphinx, page: str, template: str, context: dict[str, Any], tree: Any) -> None:
    """Open only the branch of the sidebar that a page is in: whole, it would be most of each page."""
    if whole := context.get("toctree"):
        context["toctree"] = lambda **options: whole(**{**options, "collapse": True})


def _write(app: Sphinx) -> None:
    source = Path(app.srcdir)
    folder = source / "generated"
    texts = {folder / path: text for path, text in pages(source / "_pages", Facts(_tests(app)))}
    for stale in {path for path in folder.rglob("*") if path.is_file()} - set(texts):
        stale.unlink()
    for path, text in texts.items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


def _tests(app: Sphinx) -> Path:
    return (Path(app.srcdir) / str(app.config.pathproof_tests)).resolve()


def pages(templates: Path, facts: Facts) -> list[tuple[str, str]]:
    """Every generated file, by its path below `generated`."""
    jinja = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    jinja.filters.update(markup.FILTERS)

    def fill(template: str, **told: Any) -> str:
        """One template, with the facts and what is special to this page."""
        return jinja.get_template(f"{template}.rst.jinja").render(facts=facts, **told)

    made = [(f"{name}.rst", fill(name)) for name in ONCE]
    for document in facts.documents:
        folder = document.name.lower()
        made.append((f"{folder}/index.rst", fill("document", document=document)))
        for section in facts.sections_of(document):
            page = fill("section", document=document, section=section)
            made.append((f"{folder}/{section.number}.rst", page))
    made += [(f"readings/{reading.name}.rst", fill("reading", reading=reading)) for reading in facts.readings]
    made += [(f"machines/{machine.name}.rst", fill("machine", machine=machine)) for machine in facts.machines]
    made += [(f"machines/{machine.name}.svg", facts.picture(machine)) for machine in facts.machines]
    made += [(f"wire/{item.name}.svg", layout.drawn(item)) for item in facts.items if item.fields]
    return made
