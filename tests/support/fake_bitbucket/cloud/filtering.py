"""Cloud's filter language `q` and its `sort`, on bodies as they are shown."""
import datetime
import re

from . import errors

TOKEN = re.compile(r'\s*(?:(\()|(\))|(,)|(!=|!~|>=|<=|=|~|>|<)|"((?:[^"\\]|\\.)*)"|([^\s(),=!~<>"]+))')
WORDS = {"AND", "OR", "IN", "NOT"}
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def tokens(text):
    """[(kind, value)], kind one of ( ) , op string word."""
    found, at = [], 0
    text = text.strip()
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise errors.bad_request("Invalid query", detail=f"unexpected {text[at:at + 10]!r}")
        at = match.end()
        open_, close, comma, op, string, word = match.groups()
        if string is not None:
            found.append(("string", re.sub(r"\\(.)", r"\1", string)))
        elif word is not None:
            found.append((word.upper(), None) if word.upper() in WORDS else ("word", word))
        else:
            found.append(("op", op) if op else (open_ or close or comma, None))
    return found


class Parser:
    """query = and {OR and}; and = term {AND term}; term = ( query ) | field op value | field [NOT] IN (values)."""
    def __init__(self, text, allowed):
        self.left = tokens(text)
        self.allowed = allowed
        self.fields = set()  # that the query looks at

    def parse(self):
        test = self._or()
        if self.left:
            raise errors.bad_request("Invalid query", detail=f"unexpected {self.left[0]}")
        return test

    def _take(self, *kinds):
        if self.left and self.left[0][0] in kinds:
            return self.left.pop(0)
        return None

    def _need(self, *kinds):
        taken = self._take(*kinds)
        if not taken:
            raise errors.bad_request("Invalid query", detail=f"wanted {' or '.join(kinds)}")
        return taken

    def _or(self):
        terms = [self._and()]
        while self._take("OR"):
            terms.append(self._and())
        return lambda row: any(term(row) for term in terms)

    def _and(self):
        terms = [self._term()]
        while self._take("AND"):
            terms.append(self._term())
        return lambda row: all(term(row) for term in terms)

    def _term(self):
        if self._take("("):
            test = self._or()
            self._need(")")
            return test
        field = self._need("word")[1]
        if self.allowed is not None and field not in self.allowed:
            raise errors.bad_request(f"Invalid field: {field} does not support filtering")
        self.fields.add(field)
        negated = self._take("NOT")
        if negated or (self.left and self.left[0][0] == "IN"):
            self._need("IN")
            return self._membership(field, bool(negated))
        op = self._need("op")[1]
        wanted = literal(self._need("string", "word"))
        return lambda row: compare(op, member(row, field), wanted)

    def _membership(self, field, negated):
        self._need("(")
        values = [literal(self._need("string", "word"))]
        while self._take(","):
            values.append(literal(self._need("string", "word")))
        self._need(")")
        return lambda row: any(compare("=", member(row, field), value) for value in values) != negated


def literal(token):
    kind, text = token
    if kind == "word":
        if text.lower() in ("null", "true", "false"):
            return {"null": None, "true": True, "false": False}[text.lower()]
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return float(text)
    return text


def member(row, path):
    """The value at a dotted path, None where there is none."""
    for name in path.split("."):
        row = row.get(name) if isinstance(row, dict) else None
    return row


def moment(text):
    """A date and time with any fraction; without an offset it is UTC."""
    text = re.sub(r"\.(\d{1,6})\d*", lambda match: "." + match[1].ljust(6, "0"), text.replace("Z", "+00:00"))
    parsed = datetime.datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=datetime.timezone.utc)


def compare(op, have, wanted):
    if isinstance(have, str) and isinstance(wanted, str) and DATE.match(have) and DATE.match(wanted):
        try:
            have, wanted = moment(have), moment(wanted)
        except ValueError as wrong:
            raise errors.bad_request("Invalid query", detail=str(wrong)) from wrong
    if op in ("=", "!="):
        return (have == wanted) == (op == "=")
    if op in ("~", "!~"):
        return (str(wanted).lower() in str(have or "").lower()) == (op == "~")
    if have is None or wanted is None or isinstance(have, str) != isinstance(wanted, str):
        return False
    return {">": have > wanted, ">=": have >= wanted, "<": have < wanted, "<=": have <= wanted}[op]


def matcher(text, allowed=None):
    """(test, fields that it looks at) of a `q`. `allowed`: the only fields that the endpoint filters by."""
    parser = Parser(text, allowed)
    return parser.parse(), parser.fields


def ordering(text, allowed):
    """(field, descending) of a `sort`; several fields are refused."""
    field = text.lstrip("-")
    if field not in allowed:
        raise errors.bad_request(f"Invalid field: {field} does not support sorting")
    return field, text.startswith("-")


def arrange(request, rows, show, filters=None, sorts=(), keys=None):
    """The rows that `q` wants, in the order that `sort` wants. `keys`: how to compare a field's text, if not as it is."""
    wanted, order = request.one("q"), request.one("sort")
    if wanted:
        test, _ = matcher(wanted, filters)
        rows = [row for row in rows if test(show(row))]
    if order:
        field, descending = ordering(order, sorts)
        key = (keys or {}).get(field, str)
        rows = sorted(rows, key=lambda row: key(str(member(show(row), field) or "")), reverse=descending)
    return rows
