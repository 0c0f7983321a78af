"""Law: a page has an address. What follows the question mark narrows, pages or fills in one page, and never says which."""

import ast

import pytest

from tests.laws.test_views import views
from tests.laws.verdict import allow_none


def told_by_the_query(function):
    """The names in a function that hold something of request.GET."""
    names = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and asks(node.value, names):
            names |= {name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return names


def asks(node, names=()):
    return any(
        (isinstance(one, ast.Attribute) and ast.unparse(one) == "request.GET")
        or (isinstance(one, ast.Name) and one.id in names)
        for one in ast.walk(node)
    )


def pages_chosen(function):
    """What a function does, as in the file, that is another page for another query. To lead on to an address is none."""
    names = told_by_the_query(function)
    templates = [ast.unparse(call.args[1]) for call in calls(function) if ast.unparse(call.func) == "render"]
    for call in calls(function):
        if isinstance(call.func, ast.Name) and call.func.id in names:
            yield ast.unparse(call)
        if ast.unparse(call.func) == "render" and asks(call.args[1], names):
            yield ast.unparse(call)
    for question, then in branches(function):
        for one in (each for statement in then for each in ast.walk(statement)):
            if asks(question, names) and isinstance(one, ast.Return) and not is_the_same_page(one.value, templates):
                yield ast.unparse(one)


def branches(function):
    """(what is asked, the statements that depend on it)."""
    for node in ast.walk(function):
        if isinstance(node, ast.If):
            yield node.test, node.body + node.orelse
        if isinstance(node, ast.Match):
            yield node.subject, [statement for case in node.cases for statement in case.body]


def calls(function):
    return [node for node in ast.walk(function) if isinstance(node, ast.Call)]


def is_the_same_page(value, templates):
    """A redirect; something found that is no page; or one of a template that the function shows elsewhere too."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) == "render":
        return templates.count(ast.unparse(value.args[1])) > 1
    return isinstance(value, ast.Attribute) or (isinstance(value, ast.Call) and ast.unparse(value.func) == "redirect")


def test_no_view_chooses_its_page_by_a_query_parameter():
    wrong = [
        f"{name}:{function.lineno} {function.name}: {chosen}"
        for name, tree in views().items()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for chosen in pages_chosen(function)
    ]

    allow_none(wrong, "{}: another page is another address")


@pytest.mark.parametrize(
    "body",
    [
        'if request.GET.get("do") == "wish": return say(request)',
        'shown = BEHIND_LINK.get(request.GET.get("do"), choose); return shown(request)',
        'sheet = request.GET.get("sheet")\n if sheet in DOORS: return render(request, "door.html")\n return page',
        'if "calendar" in request.GET: return download(file)',
        'if request.GET.get("as") == "xlsx":\n  response = HttpResponse(b"")\n  return response',
        'template = "a.html" if request.GET else "b.html"; return render(request, template)',
        'match request.GET["do"]:\n  case "show": return show(request)',
    ],
)
def test_the_law_sees_a_page_that_is_chosen(body):
    assert [*pages_chosen(ast.parse(f"def view(request):\n {body}"))] != []
