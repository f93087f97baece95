"""No text that a person typed is ever compiled or turned into markup: the calls that would do it are forbidden.

Folium and branca compile what they are given as Jinja templates (a popup named `{{7*7}}` says 49), and `parse_html`
still runs `${…}` in the browser. So of Folium only the empty map is used; data reach a page as JSON and textContent.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.test_house import ROOT, tracked

# Who may know the libraries that compile text, and which of their names.
ALLOWED = {
    "web_map/assets.py": {"folium.Map"},
    "web_map/page.py": {"branca.element.Figure", "branca.element.MacroElement", "jinja2.Template"},
    "web_map/pages.py": {"jinja2.Environment", "jinja2.FileSystemLoader", "jinja2.StrictUndefined",
                         "markupsafe.Markup"},
}  # fmt: skip
# The page of the API's documentation is a constant text of ours, filled with our own addresses.
CALLS = {"api/documentation.py": {"render_template_string"}}
COMPILERS = ("folium", "branca", "jinja2", "markupsafe", "mako", "chevron")
FORBIDDEN_BUILTINS = {"eval", "exec", "compile"}
FORBIDDEN_CALLS = {"from_string", "render_template_string"}
# In a browser: everything that makes markup or code out of text.
FORBIDDEN_IN_PAGES = re.compile(
    r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc"
    r"|setHTML|dangerouslySetInnerHTML|\beval\(|new Function|\bFunction\(|\bexecScript|createPolicy"
    r"|set(?:Timeout|Interval)\(\s*[`'\"]|bindPopup|bindTooltip|divIcon|import\([^'\"]|javascript:"
    r"|setAttribute\(\s*['\"]on|\bon[a-z]+\s*=\s*['\"`]"
)
# The exceptions, each with what makes it safe.
EXCEPTIONS = {
    # the one policy, which admits Leaflet's two probes and nothing else
    ("web_map/static/map/trust.js", "createPolicy"),
    # a theme's module, by a name from the server's own list
    ("web_map/static/map/map.js", "import(`"),
}


def used(path: Path) -> set[str]:
    """Give every name of a compiling library that a file uses, as `library.name`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {one.asname or one.name: one.name for one in node.names if one.name.split(".")[0] in COMPILERS}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in COMPILERS:
            found |= {f"{node.module}.{one.name}" for one in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.add(f"{modules[node.value.id]}.{node.attr}")
    return found


def dangerous_calls(path: Path) -> set[str]:
    """Give the forbidden calls of a file, and templates that are not one constant text."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        is_builtin = isinstance(node.func, ast.Name) and name in FORBIDDEN_BUILTINS
        if is_builtin or name in FORBIDDEN_CALLS or any(word.arg == "parse_html" for word in node.keywords):
            found.add(name)
        if name == "Template" and not all(isinstance(one, ast.Constant) for one in node.args):
            found.add("Template of what is not a constant")
    return found


def test_of_folium_only_the_empty_map_is_used_and_of_templates_only_our_own() -> None:
    for path in tracked("web_map/**.py", "api/**.py", "stations/**.py", "inspections/**.py", "geo/**.py", "*.py"):
        name = str(path.relative_to(ROOT))
        if name.split("/", maxsplit=1)[0] in {"tests", "benchmarks", "docs", "migrations"} or not path.exists():
            continue
        assert used(path) <= ALLOWED.get(name, set()), name
        assert dangerous_calls(path) <= CALLS.get(name, set()), name


def test_templates_trust_only_the_maps_own_pieces() -> None:
    for path in tracked("web_map/templates/*.html"):
        safe = re.findall(r"\{\{([^}]*)\|\s*safe", path.read_text(encoding="utf-8"))
        assert {one.strip() for one in safe} <= {"pieces.header", "pieces.body", "pieces.script"}, path.name
        assert "autoescape" not in path.read_text(encoding="utf-8"), path.name


def test_no_page_makes_markup_or_code_out_of_text() -> None:
    kinds = {".js", ".ts", ".tsx", ".html"}
    seen = 0
    for path in tracked("web_map/static/**", "web_map/templates/**", "field_app/src/**", "field_app/*.html"):
        if path.suffix not in kinds or not path.exists():
            continue
        seen += 1
        name, text = str(path.relative_to(ROOT)), without_types(path.read_text(encoding="utf-8"))
        for found in FORBIDDEN_IN_PAGES.findall(text):
            assert (name, found) in EXCEPTIONS, f"{name}: {found}"
    assert seen > 50


def without_types(text: str) -> str:
    """Leave out types in comments, which name modules by `import('…')` of a quoted name anyway."""
    return re.sub(r"/\*\*.*?\*/", "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import folium\nfolium.Popup('x')", {"folium.Popup"}),
        ("from folium import Marker", {"folium.Marker"}),
        ("from folium.plugins import FastMarkerCluster as F", {"folium.plugins.FastMarkerCluster"}),
        ("import branca.element as b\nb.Html('x')", {"branca.element.Html"}),
        ("import folium\nfolium.Map()", {"folium.Map"}),
    ],
)
def test_the_rule_sees_what_it_must(tmp_path: Path, source: str, found: set[str]) -> None:
    file = tmp_path / "one.py"
    file.write_text(source)
    assert used(file) == found


@pytest.mark.parametrize(
    "line",
    ["x.innerHTML = name", "new Function(text)", "eval(text)", "layer.bindPopup(name)", "setTimeout('x()', 1)",
     "document.write(x)", "import(name)", "a.setAttribute('onclick', x)", "<b onclick='x'>"],
)  # fmt: skip
def test_the_rule_for_pages_sees_what_it_must(line: str) -> None:
    assert FORBIDDEN_IN_PAGES.search(line)


def test_the_rule_for_python_sees_what_it_must(tmp_path: Path) -> None:
    file = tmp_path / "one.py"
    for source in ("Template(name)", "Html(x, parse_html=True)", "env.from_string(x)", "eval(x)"):
        file.write_text(source)
        assert dangerous_calls(file), source
    file.write_text("Template('{{ this }}'); re.compile(x)")
    assert dangerous_calls(file) == set()
