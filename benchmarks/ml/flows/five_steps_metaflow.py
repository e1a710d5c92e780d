"""The five steps as a Metaflow flow: run it, then `resume end`, which clones four steps and runs the last."""

import work
from metaflow import FlowSpec, step


class FiveSteps(FlowSpec):
    @step
    def start(self):
        self.frame = work.load()
        self.next(self.prepare)

    @step
    def prepare(self):
        self.parts = work.prepare(self.frame)
        self.next(self.train)

    @step
    def train(self):
        self.model = work.train(self.parts)
        self.next(self.evaluate)

    @step
    def evaluate(self):
        self.accuracy = work.evaluate(self.model, self.parts)
        self.next(self.end)

    @step
    def end(self):
        work.deploy(self.accuracy)


if __name__ == "__main__":
    FiveSteps()
