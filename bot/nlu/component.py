"""What the components of the pipeline have in common."""

from typing import Any, TypeVar

from rasa.engine.graph import ExecutionContext
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage

C = TypeVar("C", bound="Configured")


class Configured:
    """A component that is made from its settings alone and stores nothing."""

    @classmethod
    def create(
        cls: type[C],
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> C:
        """Make the component from its settings."""
        return cls(config)  # type: ignore[call-arg]
