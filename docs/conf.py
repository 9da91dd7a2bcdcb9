"""Sphinx configuration: the pages of the specification are made from the code, and none of it is retyped."""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE / "_ext"))

project = "Pathproof"
copyright = "the Pathproof authors"
extensions = ["sphinx.ext.autodoc", "specification"]
exclude_patterns = ["_ext", "_pages"]
html_theme = "furo"
html_title = "Pathproof"
html_static_path = ["_static"]
html_css_files = ["pathproof.css"]
html_search_scorer = str(HERE / "_ext" / "scorer.js")
html_copy_source = False  # most sources are made, and the rest is in the repository
html_use_index = False  # the index of a document lists its sections, and the search finds ids
autodoc_typehints = "description"
highlight_language = "text"  # blocks are commands
smartquotes = False  # options begin with two hyphens
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types of other libraries have no pages here
