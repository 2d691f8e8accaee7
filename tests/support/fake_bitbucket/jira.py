"""Jira Cloud's REST v3, as much of it as concerns issues."""
import re

from .clock import datacenter_date
from .http_message import ApiError, Response, json_response, no_content
from .routing import Router

ROUTES = Router()
SEARCH_DEFAULT, SEARCH_MAX = 50, 100
TRANSITIONS = {"11": "To Do", "21": "In Progress", "31": "Done"}
CATEGORIES = {"To Do": ("new", 2), "In Progress": ("indeterminate", 4), "Done": ("done", 3)}
CLAUSE = re.compile(r'\s*(\w+)\s*(=|!=|~|in)\s*("(?:[^"\\]|\\.)*"|\([^)]*\)|[^\s"()]+)\s*', re.IGNORECASE)


def error(status, *messages, **fields):
    return ApiError(json_response({"errorMessages": list(messages), "errors": fields}, status))


def answer(request):
    """The response to a request below /rest/api/3."""
    request.credential = request.fake.credentials.find(request.headers.get("Authorization"), {"jira"})
    if not request.credential:
        raise error(401, "Client must be authenticated to access this resource.")
    route, params = ROUTES.find(request.method, request.segments[3:])
    if not route:
        raise error(405, "Method Not Allowed") if params else error(404, "null for uri")
    result = route.handler(request, **params)
    return result if isinstance(result, Response) else json_response(result)


def document(text):
    """Plain text as an Atlassian Document."""
    return {
        "type": "doc", "version": 1, "content": [{"type": "paragraph", "content": [{"type": "text", "text": line}]}
                                                 for line in text.splitlines() if line]
    }


def plain(value, field):
    """The text of an Atlassian Document; anything else is refused."""
    if not isinstance(value, dict) or value.get("type") != "doc" or value.get("version") != 1:
        raise error(400, **{field: "Operation value must be an Atlassian Document (see the Atlassian Document Format)"})
    return "\n".join(text_of(block) for block in value.get("content") or ())


def text_of(node):
    return node.get("text", "") + "".join(text_of(child) for child in node.get("content") or ())


def show_user(request, user):
    return {
        "self": f"{request.origin}/rest/api/3/user?accountId={user.account_id}", "accountId": user.account_id,
        "displayName": user.display_name, "emailAddress": user.email, "active": True, "accountType": "atlassian",
        "timeZone": "UTC"
    }


def show_status(request, name):
    key, number = CATEGORIES[name]
    return {
        "self": f"{request.origin}/rest/api/3/status/{number}", "id": str(number), "name": name, "description": "",
        "statusCategory": {"id": number, "key": key, "name": name, "colorName": "blue-gray"}
    }


def show_comment(request, issue, comment):
    return {
        "self": f"{request.origin}/rest/api/3/issue/{issue.id}/comment/{comment.id}", "id": str(comment.id),
        "author": show_user(request, comment.author), "body": document(comment.text), "created": date(
            comment.created_on), "updated": date(comment.updated_on), "jsdPublic": True
    }


def date(moment):
    return datacenter_date(moment, "offset").replace("+0000", ".000+0000")


def show_issue(request, issue, wanted=None):
    """`wanted`: names of fields; None: all."""
    project = issue.key.partition("-")[0]
    fields = {
        "summary": issue.title, "description": document(issue.text) if issue.text else None, "status": show_status(
            request, issue.state), "issuetype": {"id": "10001", "name": issue.kind, "subtask": False},
        "project": {"id": "10000", "key": project, "name": project.capitalize()}, "reporter": show_user(
            request, issue.reporter), "creator": show_user(
                request, issue.reporter), "assignee": show_user(request, issue.assignee) if issue.assignee else None,
        "priority": {"id": "3", "name": issue.priority.capitalize()}, "labels": [], "created": date(
            issue.created_on), "updated": date(issue.updated_on)
    }
    body = {"id": str(issue.id), "key": issue.key, "self": f"{request.origin}/rest/api/3/issue/{issue.id}", "expand": ""}
    if wanted is not None:
        fields = {name: value for name, value in fields.items() if name in wanted}
    if wanted is None or "comment" in wanted:
        comments = [show_comment(request, issue, comment) for comment in issue.comments]
        fields["comment"] = {"comments": comments, "maxResults": len(comments), "total": len(comments), "startAt": 0}
    return body | {"fields": fields}


def find(request, key):
    found = request.world.jira.get(key.upper()) or next(
        (each for each in request.world.jira.values() if str(each.id) == key), None)
    if not found:
        raise error(404, "Issue does not exist or you do not have permission to see it.")
    return found


def matching(request, jql):
    """The issues that a query of simple clauses wants, newest first unless it says otherwise."""
    query, _, order = re.sub(r"\border by\b", "\0", jql, flags=re.IGNORECASE).partition("\0")
    clauses = [clause for clause in re.split(r"\band\b", query, flags=re.IGNORECASE) if clause.strip()]
    if not clauses:
        raise error(400, "Unbounded JQL queries are not allowed here. Please add a search restriction to your query.")
    tests = [test_of(clause) for clause in clauses]
    rows = [issue for issue in request.world.jira.values() if all(test(issue) for test in tests)]
    field = "updated_on" if "updated" in order.lower() else "id"
    return sorted(rows, key=lambda issue: getattr(issue, field), reverse="asc" not in order.lower())


def test_of(clause):
    match = CLAUSE.fullmatch(clause)
    if not match:
        raise error(400, f"Error in the JQL Query: {clause.strip()!r}")
    field, op, value = match[1].lower(), match[2].lower(), match[3]
    readers = {
        "project": lambda issue: issue.key.partition("-")[0], "status": lambda issue: issue.state,
        "key": lambda issue: issue.key, "statuscategory": lambda issue: issue.state, "issuetype": lambda issue: issue.kind,
        "summary": lambda issue: issue.title, "text": lambda issue: f"{issue.title} {issue.text}"
    }
    if field not in readers:
        raise error(400, f"Field '{match[1]}' does not exist or you do not have permission to view it.")
    values = [each.strip().strip('"').lower() for each in (value.strip("()").split(",") if op == "in" else [value])]
    read = readers[field]
    if op == "~":
        return lambda issue: values[0] in read(issue).lower()
    return lambda issue: (read(issue).lower() in values) == (op != "!=")


@ROUTES.get("/myself")
def myself(request):
    return show_user(request, request.credential.user)


@ROUTES.get("/search")
def old_search(request):
    raise error(410, "The requested API has been removed. Please migrate to the /rest/api/3/search/jql API.")


@ROUTES.get("/search/jql")
def search(request):
    names = request.one("fields")
    return search_for(request,
                      request.one("jql") or "",
                      names.split(",") if names else [], request.one("maxResults"), request.one("nextPageToken"))


@ROUTES.post("/search/jql")
def search_by_post(request):
    wanted = request.json() or {}
    return search_for(request,
                      wanted.get("jql") or "",
                      wanted.get("fields") or [], wanted.get("maxResults"), wanted.get("nextPageToken"))


def search_for(request, jql, fields, maximum, token):
    """Only ids unless fields are named; pages by a token, without a total."""
    if token:
        rows = request.fake.walks.find(token)
        if rows is None:
            raise error(400, "The provided next page token is invalid.")
    else:
        rows = matching(request, jql)
    limit = min(int(maximum or SEARCH_DEFAULT), SEARCH_MAX)
    everything = any(name in ("*all", "*navigable") for name in fields)
    shown = [
        show_issue(request, issue, None if everything else fields) if fields else {"id": str(issue.id)}
        for issue in rows[:limit]
    ]
    body = {"issues": shown, "isLast": len(rows) <= limit}
    if not body["isLast"]:
        body["nextPageToken"] = request.fake.walks.begin(rows[limit:])
    return body


@ROUTES.post("/issue")
def create(request):
    fields = (request.json() or {}).get("fields") or {}
    project, summary = (fields.get("project") or {}).get("key"), fields.get("summary")
    if project not in request.fake.jira_projects:
        raise error(400, project="valid project is required")
    if not summary or "\n" in summary:
        raise error(400, summary="You must specify a summary of the issue.")
    if not (fields.get("issuetype") or {}).keys() & {"id", "name"}:
        raise error(400, issuetype="Specify an issue type")
    text = plain(fields["description"], "description") if fields.get("description") else ""
    made = request.fake.change.create_jira_issue(project, summary, text, request.credential.user,
                                                 fields["issuetype"].get("name") or "Task")
    return json_response({"id": str(made.id), "key": made.key, "self": f"{request.origin}/rest/api/3/issue/{made.id}"}, 201)


@ROUTES.get("/issue/{key}")
def issue(request, key):
    names = request.one("fields")
    return show_issue(request, find(request, key), names.split(",") if names and "*" not in names else None)


@ROUTES.delete("/issue/{key}")
def delete(request, key):
    del request.world.jira[find(request, key).key]
    return no_content()


@ROUTES.get("/issue/{key}/comment")
def comments(request, key):
    found = find(request, key)
    shown = [show_comment(request, found, comment) for comment in found.comments]
    return {"startAt": 0, "maxResults": 5000, "total": len(shown), "comments": shown}


@ROUTES.post("/issue/{key}/comment")
def comment(request, key):
    found = find(request, key)
    made = request.fake.change.comment_issue(found, plain((request.json() or {}).get("body"), "comment"),
                                             request.credential.user)
    return json_response(show_comment(request, found, made), 201)


def possible(issue):
    return {number: name for number, name in TRANSITIONS.items() if name != issue.state}


@ROUTES.get("/issue/{key}/transitions")
def transitions(request, key):
    """Only those that lead away from where the issue is."""
    return {
        "expand": "transitions", "transitions": [{
            "id": number, "name": name, "to": show_status(request, name), "hasScreen": False, "isGlobal": True,
            "isInitial": False, "isAvailable": True, "isConditional": False
        } for number, name in possible(find(request, key)).items()]
    }


@ROUTES.post("/issue/{key}/transitions")
def transition(request, key):
    found = find(request, key)
    number = str(((request.json() or {}).get("transition") or {}).get("id"))
    if number not in possible(found):
        raise error(400, "It seems that you have tried to perform an illegal workflow operation.")
    found.state, found.updated_on = TRANSITIONS[number], request.world.clock.tick()
    return no_content()
