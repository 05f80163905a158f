"""The syntax lint of the engine floor: Chromium 86 and iOS 14 must be able to run our modules.

An engine that meets a construct it cannot parse runs nothing of the whole module, so the modules
are parsed here and asked for what either engine lacks. Source: MDN's compatibility tables; the
figures behind each name are the first Chromium and the first Safari that know it.
"""

from pathlib import Path

import pytest
import tree_sitter_javascript
from tree_sitter import Language, Parser

MODULES = sorted((Path(__file__).resolve().parents[2] / "lms" / "static" / "js").rglob("*.js"))
PARSER = Parser(Language(tree_sitter_javascript.language()))
FUNCTIONS = {
    "function_declaration", "function_expression", "arrow_function", "method_definition",
    "generator_function", "generator_function_declaration",
}  # fmt: skip
NODES = {
    "class_static_block": "static block (94 · 16.4)",
    "private_property_identifier": "private name (84 · 15)",
}
# Called by these names whatever the object: none of our own functions is called so.
CALLS = {
    "at": "(92 · 15.4)", "findLast": "(97 · 15.4)", "findLastIndex": "(97 · 15.4)",
    "toSorted": "(110 · 16)", "toReversed": "(110 · 16)", "toSpliced": "(110 · 16)",
    "hasOwn": "(93 · 15.4)", "structuredClone": "(98 · 15.4)", "randomUUID": "(92 · 15.4)",
    "fromAsync": "(121 · 16.4)", "groupBy": "(117 · 17.4)", "showModal": "(37 · 15.4)",
    "requestSubmit": "(76 · 16)",
    "checkVisibility": "(105 · 17.4)", "withResolvers": "(119 · 17.4)",
    "attachInternals": "(77 · 16.4)",
}  # fmt: skip


def text(node):
    return node.text.decode()


def walk(node):
    yield node
    for child in node.children:
        yield from walk(child)


def inside_a_function(node):
    while node := node.parent:
        if node.type in FUNCTIONS:
            return True
    return False


def fault(node):
    """What is too new about this node, or None."""
    if node.type in NODES:
        return NODES[node.type]
    if node.type == "field_definition" and text(node).startswith("static"):
        return "static field (72 · 14.1)"
    if node.type in {"await_expression", "for_in_statement"} and not inside_a_function(node):
        is_await = any(child.type == "await" for child in node.children)
        return "top-level await (89 · 15)" if is_await else None
    if node.type == "regex_pattern" and ("(?<=" in text(node) or "(?<!" in text(node)):
        return "look-behind (62 · 16.4)"
    if node.type == "regex_flags" and set(text(node)) & {"d", "v"}:
        return "regular expression flag (112 · 17)"
    if node.type == "call_expression":
        called = node.child_by_field_name("function")
        name = text(called.child_by_field_name("property") or called)
        return f"{name} {CALLS[name]}" if name in CALLS else None
    return None


def lint(script):
    """Faults of a module against the engine floor, each with its line."""
    tree = PARSER.parse(script.encode())
    found = [f"{n.start_point[0] + 1}: does not parse" for n in walk(tree.root_node) if n.is_error]
    for node in walk(tree.root_node):
        if said := fault(node):
            found.append(f"{node.start_point[0] + 1}: {said}")
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_module_keeps_to_the_engine_floor(module):
    assert lint(module.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("class A { #x = 1 }", "private name (84 · 15)"),
        ("class A { static x = 1 }", "static field (72 · 14.1)"),
        ("class A { static { go() } }", "static block (94 · 16.4)"),
        ("await go()", "top-level await (89 · 15)"),
        ("for await (const each of all) go(each)", "top-level await (89 · 15)"),
        ("/(?<=a)b/.test(c)", "look-behind (62 · 16.4)"),
        ("/a/v.test(c)", "regular expression flag (112 · 17)"),
        ("all.at(-1)", "at (92 · 15.4)"),
        ("const copy = structuredClone(one)", "structuredClone (98 · 15.4)"),
        ("const = 1", "does not parse"),
    ],
)
def test_lint_finds_what_old_engines_cannot_read(script, found):
    assert f"1: {found}" in lint(script)


def test_lint_lets_pass_what_both_engines_know():
    script = (
        "class A { x = 1; go() { return this.x ?? this.y?.z } }\n"
        "async function go() { for await (const each of all) await each; a ||= /(?<n>b)/u }\n"
        'export const far = import("./b.js"), n = 1_000n, copy = { ...a };\n'
        "for (const each of all) go(each);\n"
    )

    assert lint(script) == []
