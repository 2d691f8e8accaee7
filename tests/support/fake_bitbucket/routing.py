"""Paths with named parts, and the handlers behind them."""


class Route:
    def __init__(self, method, template, handler, needs):
        self.method = method
        self.template = template
        self.parts = template.strip("/").split("/")
        self.handler = handler
        self.needs = needs  # what the credential must be allowed, in the product's own words

    def match(self, segments):
        """The named parts; None where the path is another. `{name...}` takes all that is left."""
        params = {}
        for at, part in enumerate(self.parts):
            if part.endswith("...}"):
                rest = "/".join(segments[at:])
                return {**params, part[1:-4]: rest} if rest else None
            if at >= len(segments):
                return None
            if part.startswith("{"):
                if not segments[at]:
                    return None
                params[part[1:-1]] = segments[at]
            elif part != segments[at]:
                return None
        return params if len(segments) == len(self.parts) else None


class Router:
    """`trailing_slash`: whether a path may end with one."""
    def __init__(self):
        self.routes = []

    def add(self, method, template, needs=None):
        def register(handler):
            self.routes.append(Route(method, template, handler, needs))
            return handler

        return register

    def get(self, template, needs=None):
        return self.add("GET", template, needs)

    def post(self, template, needs=None):
        return self.add("POST", template, needs)

    def put(self, template, needs=None):
        return self.add("PUT", template, needs)

    def delete(self, template, needs=None):
        return self.add("DELETE", template, needs)

    def find(self, method, segments):
        """(route, params), or (None, whether another method would have done)."""
        if len(segments) > 1 and not segments[-1]:
            segments = segments[:-1]
        other = False
        for route in self.routes:
            params = route.match(segments)
            if params is not None:
                if route.method == method:
                    return route, params
                other = True
        return None, other
