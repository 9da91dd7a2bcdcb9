"""Sphinx configuration: the documents splice their tables from the code and retype none of it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Pathproof"
copyright = "the Pathproof authors"
extensions = ["sphinx.ext.autodoc", "splice"]
exclude_patterns = ["_ext"]
html_theme = "alabaster"
html_theme_options = {
    "description": "QUIC connection migration, checked",
    "page_width": "1100px",
    "fixed_sidebar": True,
}
autodoc_typehints = "description"
smartquotes = False  # options begin with two hyphens
nitpicky = True
nitpick_ignore_regex = [("py:.*", ".*")]  # types of other libraries have no pages here
