"""Run the trained graph node by node, in an order found once.

Rasa gives the graph to Dask, which orders it anew for each message and each prediction. One
process runs one node at a time either way.
"""

from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


class Step(NamedTuple):
    """A node, and the nodes and inputs it needs, by name."""

    name: str
    node: GraphNode
    needs: tuple[str, ...]


class OrderedRunner(DaskGraphRunner):
    """Rasa's runner, without Dask."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Load the components."""
        super().__init__(*args, **kwargs)
        self._steps: dict[tuple[str, ...], list[Step]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return what the targets give, by their names; without `targets` the graph's own.

        Raises:
            GraphRunError: if a node needs what is neither a node nor an input.
        """
        wanted = tuple(targets or self._graph_schema.target_names)
        if wanted not in self._steps:
            self._steps[wanted] = self._ordered(wanted)
        # A node takes its inputs as pairs of name and value, and returns such a pair.
        done: dict[str, Any] = {name: (name, value) for name, value in (inputs or {}).items()}
        for step in self._steps[wanted]:
            # A name that nothing gives is handed over bare: the node's error says which.
            done[step.name] = step.node(*(done.get(need, need) for need in step.needs))
        return dict(done[name] for name in wanted)

    def _ordered(self, targets: tuple[str, ...]) -> list[Step]:
        nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        return [
            Step(name, self._instantiated_nodes[name], needs[name])
            for name in order
            if name in nodes
        ]
