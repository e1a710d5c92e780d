"""Writes one workload as a Metaflow flow, whose steps are methods that have to stand in the file.

make_flow.py WORKLOAD FILE
"""

import sys

import work

HEAD = "import work\nfrom metaflow import FlowSpec, step\n\n\nclass {name}(FlowSpec):\n"
TAIL = '\n\nif __name__ == "__main__":\n    {name}()\n'

FAN = """    @step
    def start(self):
        self.indices = list(range(work.FAN_WIDTH))
        self.next(self.leaf, foreach="indices")

    @step
    def leaf(self):
        self.next(self.join)

    @step
    def join(self, inputs):
        self.next(self.end)

    @step
    def end(self):
        pass
"""
ML = (
    "self.frame = work.load()",
    "self.parts = work.prepare(self.frame)",
    "self.model = work.train(self.parts)",
    "self.accuracy = work.evaluate(self.model, self.parts)",
    "work.deploy(self.accuracy)",
)
FRAME = ("self.frame = work.make_frame(); work.note_made()", "work.note_used(self.frame)")


def sequence(bodies):
    names = ["start", *(f"step_{index}" for index in range(1, len(bodies) - 1)), "end"]
    steps = []
    for index, (name, body) in enumerate(zip(names, bodies, strict=True)):
        following = f"\n        self.next(self.{names[index + 1]})" if name != "end" else ""
        steps.append(f"    @step\n    def {name}(self):\n        {body}{following}\n")
    return "\n".join(steps)


BODIES = {
    "chain": lambda: sequence(["pass"] * work.CHAIN_LENGTH),
    "fib_short": lambda: sequence(["work.fib(10)"] * work.FIB_SHORT_COUNT),
    "fib_long": lambda: sequence(["work.fib(33)"] * work.FIB_LONG_COUNT),
    "fan": lambda: FAN,
    "ml": lambda: sequence(ML),
    "frame": lambda: sequence(FRAME),
}


def main(workload, file):
    name = "Benchmark" + workload.title().replace("_", "")
    with open(file, "w") as target:
        target.write(HEAD.format(name=name) + BODIES[workload]() + TAIL.format(name=name))


if __name__ == "__main__":
    main(*sys.argv[1:])
