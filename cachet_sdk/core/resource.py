# Made by "make sync" from aio/resource.py: edit that file instead of this one.
"""The actions of a resource: update, save and delete, through the manager that it came from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Self, cast

from cachet_sdk.core.models.resource_data import ResourceData, binding_of, refresh
from cachet_sdk.errors import ClientStateError


class Binding:
    """What a resource needs from its manager; one object for all resources of a manager.

    Attributes:
        change: Sends changed values to a path and returns the resource in the response.
        delete: Deletes the resource at a path.
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
    """A resource bound to the manager that it came from."""

    __slots__ = ()

    def update(self) -> Self:
        """Send every writable value of the resource to the server.

        Returns:
            The resource as the server has it afterwards; this object does not change.

        Raises:
            ClientStateError: If the resource is not bound to a client.
            HTTPError: If the server refuses the request.
            TransportError: If no response arrives.

        Example:
            >>> component = client.components.get(1)
            >>> component.description = "All of it"
            >>> component = component.update()
        """
        return cast("Self", self._bound().change(self._path(), self._all_wire_values()))

    def save(self) -> Self:
        """Send the values that changed since the resource was loaded; send nothing if none did.

        Returns:
            This resource itself, refreshed from the server's response.

        Raises:
            ClientStateError: If the resource is not bound to a client.
            HTTPError: If the server refuses the request.
            TransportError: If no response arrives.

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
            ClientStateError: If the resource is not bound to a client.
            NotFoundError: If it no longer exists.
            TransportError: If no response arrives.
        """
        self._bound().delete(self._path())

    def _path(self) -> str:
        """Return the path of this resource under the endpoint."""
        raise NotImplementedError

    def _bound(self) -> Binding:
        binding = binding_of(self)
        if not isinstance(binding, Binding):
            raise self._unbound_error()
        return binding

    def _unbound_error(self) -> ClientStateError:
        return ClientStateError(
            f"this {type(self).__name__} is not bound to a client, since it was unpickled or not made by a manager; "
            "bind it with a manager's bind(resource)"
        )
