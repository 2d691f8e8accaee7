"""The fake as tests use it: a world, its changes, and a server that shows it as both products."""
from . import control, jira
from .change import Changes
from .clock import http_date
from .cloud import service as cloud_service
from .cloud.paging import Walks
from .cloud.pipelines import ranged
from .cloud.repositories import Listings
from .credentials import Credentials
from .datacenter import service as datacenter_service
from .faults import Faults, wait
from .http_message import Response
from .limits import Limits
from .oauth import OAuth
from .request_log import RequestLog
from .server import Server, safely, tls_context
from .settings import Settings
from .world import World


class FakeBitbucket:
    """A context manager. `tls`: (certificate, key); without it plain HTTP. `host`: where it listens."""
    def __init__(self, world=None, tls=None, port=0, host="127.0.0.1"):
        self.world = world or World()
        self.change = Changes(self.world)
        self.settings = Settings()
        self.credentials = Credentials()
        self.limits = Limits()
        self.faults = Faults()
        self.log = RequestLog()
        self.oauth = OAuth(self)
        self.walks = Walks()
        self.listings = Listings()
        self.observers = []  # called with (request, response) for what a product answered itself
        self.merge_tasks = {}  # task -> how often it is still PENDING
        self.jira_projects = set()
        self.lock = self.change.lock  # held while a request is answered
        context = tls_context(*tls) if tls else None
        self._server = Server((host, port), self._serve, self.settings, context)
        self._storage = Server((host, 0), self._serve, self.settings, context)
        self.host, self.port = host, self._server.server_address[1]

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        self._server.start()
        self._storage.start()
        return self

    def stop(self):
        self._server.stop()
        self._storage.stop()

    @property
    def url(self):
        return f"{self._server.scheme}://{self.host}:{self.port}"

    @property
    def cloud_api(self):
        return f"{self.url}/2.0"

    @property
    def datacenter_api(self):
        return self.url + self.settings.context_path

    def storage_origin(self, _request):
        """Another host's address, as far as a client can tell."""
        return f"{self._storage.scheme}://{self.host}:{self._storage.server_address[1]}"

    @staticmethod
    def actor(request):
        """Who a change is by."""
        return request.credential.user

    def _serve(self, handler, request):
        request.fake = self
        if request.segments[0] == "_fake":
            with self.lock:
                handler.send(safely(control.answer, request))
            return
        with self.lock:
            fault = self.faults.find(request)
            response = None
            if not fault or not fault.replaces() or fault.run:
                response = safely(self._route, request)
                if response.status == 200 and self.settings.own_dates:
                    response.headers.setdefault("Date", http_date(self.world.clock.now))
                for observer in self.observers:
                    observer(request, response)
            if fault and fault.status is not None:
                response = fault.response(request)
            self.log.add(request, 0 if fault and fault.drop else response.status)
        wait(fault)
        if fault and fault.drop:
            handler.abort()
        else:
            handler.send(response, fault.cut if fault else None)

    def _route(self, request):
        """By path; the product is what the path says."""
        context = [part for part in self.settings.context_path.split("/") if part]
        if context and request.segments[:len(context)] == context:
            request.segments = request.segments[len(context):]
            request.origin += self.settings.context_path
        top = request.segments[:3]
        if top[0] == "2.0":
            return cloud_service.answer(request)
        if top[:2] == ["site", "oauth2"]:
            return self.oauth.answer(request, "oauth2")
        if top[:2] == ["rest", "oauth2"]:
            return self.oauth.answer(request, "dc_oauth2")
        if top == ["rest", "api", "3"]:
            return jira.answer(request)
        if top[0] == "rest":
            return datacenter_service.answer(request)
        if top[0] == "log-storage":
            return self._stored_log(request)
        return Response(404)

    def _stored_log(self, request):
        """Like the storage behind the real service: an address that is signed by itself takes no credential beside."""
        if request.headers.get("Authorization"):
            return Response(400, b"Only one auth mechanism allowed", "text/plain")
        for repo in self.world.made:
            for pipeline in repo.pipelines:
                for step in pipeline.steps:
                    if step.uuid.strip("{}") == request.segments[-1] and step.log is not None:
                        return ranged(request, step.log)
        return Response(404)
