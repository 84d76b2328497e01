# Made by "make sync" from aio/resource.py: edit that file instead of this one.
"""What can be done to a resource: change, save and delete it through the manager that it came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Self, cast

from cachet_sdk.core.models.resource_data import ResourceData, binding_of, refresh
from cachet_sdk.errors import ClientStateError


class Binding:
    """What a resource needs of its manager; one object for all resources of a manager.

    Attributes:
        change: Sends changed values to a path and gives the resource that the server answers with.
        delete: Deletes what is at a path.
        zone: The client's time zone.
    """

    __slots__ = ("change", "delete", "zone")

    def __init__(
        self,
        change: Callable[[str, dict[str, object]], ResourceData],
        delete: Callable[[str], None],
        zone: tzinfo | None,
    ) -> None:
        self.change: Callable[[str, dict[str, object]], ResourceData] = change
        self.delete: Callable[[str], None] = delete
        self.zone: tzinfo | None = zone


class Resource(ResourceData):
    """A record that knows the manager that it came from."""

    __slots__ = ()

    def update(self) -> Self:
        """Post every writable value of the resource to the server.

        Returns:
            The resource as the server has it afterwards; this one stays as it is.

        Raises:
            ClientStateError: when the resource is bound to no client.
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> component = client.components.get(1)
            >>> component.description = "All of it"
            >>> component = component.update()
        """
        return cast("Self", self._bound().change(self._path(), self._all_wire_values()))

    def save(self) -> Self:
        """Post what was changed since the resource was loaded; nothing is sent when nothing was.

        Returns:
            This resource itself, refreshed with the server's answer.

        Raises:
            ClientStateError: when the resource is bound to no client.
            HTTPError: when the server refuses.
            TransportError: when no answer comes.

        Example:
            >>> component = client.components.get(1)
            >>> component.name = "Public API"
            >>> component = component.save()
            >>> component.changes()
            {}
        """
        binding, changed = self._bound(), self._changed_wire_values()
        if changed:
            refresh(self, cast("Self", binding.change(self._path(), changed)))
        return self

    def delete(self) -> None:
        """Delete the resource from the server.

        Raises:
            ClientStateError: when the resource is bound to no client.
            NotFoundError: when it is not there any more.
            TransportError: when no answer comes.
        """
        self._bound().delete(self._path())

    def _path(self) -> str:
        """Give the path of this resource under the endpoint."""
        raise NotImplementedError

    def _bound(self) -> Binding:
        binding = binding_of(self)
        if not isinstance(binding, Binding):
            raise self._unbound_error()
        return binding

    def _unbound_error(self) -> ClientStateError:
        return ClientStateError(
            f"this {type(self).__name__} is bound to no client, since it was unpickled or not made by a manager; "
            "bind it with a manager's bind(resource)"
        )
