"""What runs on commits: statuses, pipelines, deployments, reports."""
from ..entities import Deployment, Pipeline, Report, Status, Step, braced_uuid
from .base import Base


class RunChanges(Base):
    def set_status(self, repo, commit, key, state, url="https://ci.acme.example/1", name=None, description="",
                   ref_name=None, user="ada"):
        """Creates a status, or overwrites the one of that key."""
        self.world.keep(repo)
        now, of_commit = self.world.clock.tick(), repo.statuses.setdefault(commit, {})
        old = of_commit.get(key)
        made = Status(key, state, url, name or key, description, ref_name, old.created_on if old else now, now)
        of_commit[key] = made
        self._tell("status_updated" if old else "status_created", repo, self._user(user), status=made, commit=commit)
        return made

    def run_pipeline(self, repo, branch="main", user="ada", trigger="PUSH", pattern=None, variables=(),
                     steps=("Build", "Test")):
        self.world.keep(repo)
        number = len(repo.pipelines) + 1
        made = Pipeline(braced_uuid("pipeline", repo.id, number), number, branch, repo.branches[branch], self._user(user),
                        self.world.clock.tick(), trigger=trigger, pattern=pattern, variables=list(variables))
        made.steps = [Step(braced_uuid("step", repo.id, number, at), name) for at, name in enumerate(steps)]
        repo.pipelines.append(made)
        self._tell("pipeline", repo, made.creator, pipeline=made)
        return made

    def start_pipeline(self, repo, pipeline):
        """Its first step runs and has a log."""
        pipeline.state, pipeline.stage = "IN_PROGRESS", "RUNNING"
        first = pipeline.steps[0]
        first.state, first.started_on, first.log = "IN_PROGRESS", self.world.clock.tick(), b"+ make\n"
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def finish_pipeline(self, repo, pipeline, result="SUCCESSFUL"):
        """Every step ends with the result, those that had not begun with NOT_RUN unless it is a success. So does what goes
        on being deployed."""
        for step in pipeline.steps:
            begun = step.started_on is not None or result == "SUCCESSFUL"
            step.state, step.result = "COMPLETED", result if begun else "NOT_RUN"
            if begun:
                step.started_on = step.started_on or self.world.clock.tick()
                step.completed_on = self.world.clock.tick()
                step.log = f"+ make {step.name}\n{result}\n".encode()
        for deployment in repo.deployments:
            if deployment.pipeline is pipeline and deployment.state == "IN_PROGRESS":
                self.finish_deployment(repo, deployment, result)
        pipeline.state, pipeline.stage, pipeline.result = "COMPLETED", None, result
        pipeline.completed_on = self.world.clock.tick()
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def rerun_pipeline(self, repo, pipeline):
        """Once more, under the same UUID."""
        pipeline.run_number += 1
        pipeline.state, pipeline.stage, pipeline.result, pipeline.completed_on = "PENDING", None, None, None
        for step in pipeline.steps:
            step.state, step.result, step.started_on, step.completed_on, step.log = "PENDING", None, None, None, None
        self._tell("pipeline", repo, pipeline.creator, pipeline=pipeline)

    def stop_pipeline(self, repo, pipeline, user="ada"):
        pipeline.terminator = self._user(user)
        self.finish_pipeline(repo, pipeline, "STOPPED")

    def deploy(self, repo, pipeline, environment="Production", state="COMPLETED", status="SUCCESSFUL"):
        """A deployment of the pipeline's, as it has come so far."""
        number = len(repo.deployments) + 1
        made = Deployment(braced_uuid("deployment", repo.id, number), number, environment, pipeline, "UNDEPLOYED")
        repo.deployments.append(made)
        self._tell("deployment", repo, pipeline.creator, deployment=made)
        if state != "UNDEPLOYED":
            self.start_deployment(repo, made)
        if state == "COMPLETED":
            self.finish_deployment(repo, made, status)
        return made

    def start_deployment(self, repo, deployment):
        self.world.keep(repo)
        deployment.state, deployment.started_on = "IN_PROGRESS", self.world.clock.tick()
        deployment.last_update = deployment.started_on
        self._tell("deployment", repo, deployment.pipeline.creator, deployment=deployment)

    def finish_deployment(self, repo, deployment, status="SUCCESSFUL"):
        deployment.state, deployment.status = "COMPLETED", status
        deployment.completed_on = deployment.last_update = self.world.clock.tick()
        self._tell("deployment", repo, deployment.pipeline.creator, deployment=deployment)

    def report(self, repo, commit, report_id, fields, user="ada"):
        """Creates or replaces a Code Insights report; its annotations stay."""
        self.world.keep(repo)
        now, of_commit = self.world.clock.tick(), repo.reports.setdefault(commit, {})
        old = of_commit.get(report_id)
        of_commit[report_id] = Report(report_id, fields, old.created_on if old else now, now,
                                      old.annotations if old else [])
        self._tell("report", repo, self._user(user), report=of_commit[report_id], commit=commit)
        return of_commit[report_id]
