"""The actions of a resource: update, save and delete."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import tzinfo
from typing import Self, cast

from cachet_sdk.core.models.resource_data import ResourceData, binding_of, refresh
from cachet_sdk.errors import ClientStateError


class AsyncBinding:
    """Binds resources to their manager. All resources of a manager share one.

    Attributes:
        change: Sends changed values to a path and returns the resource in the response.
        delete: Deletes the resource at a path.
        zone: The client's time zone.
    """

    __slots__ = ("change", "delete", "zone")

    def __init__(
        self,
        change: Callable[[str, dict[str, object]], Awaitable[ResourceData]],
        delete: Callable[[str], Awaitable[None]],
        zone: tzinfo | None,
    ) -> None:
        self.change: Callable[[str, dict[str, object]], Awaitable[ResourceData]] = change
        self.delete: Callable[[str], Awaitable[None]] = delete
        self.zone: tzinfo | None = zone


class AsyncResource(ResourceData):
    """A resource bound to a manager."""

    __slots__ = ()

    async def update(self) -> Self:
        """Send every writable value to the server.

        Returns:
            The resource from the server's response. This object does not change.

        Raises:
            ClientStateError: If the resource is not bound to a client.

        Example:
            >>> component = await client.components.get(1)
            >>> component.description = "All of it"
            >>> component = await component.update()
        """
        return cast("Self", await self._bound().change(self._path(), self._all_wire_values()))

    async def save(self) -> Self:
        """Send only the values that changed since the resource was loaded. If none did, send nothing.

        Returns:
            This resource, updated from the server's response.

        Raises:
            ClientStateError: If the resource is not bound to a client.

        Example:
            >>> component = await client.components.get(1)
            >>> component.name = "Public API"
            >>> component = await component.save()
            >>> component.changes()
            {}
        """
        binding, changed = self._bound(), self._changed_wire_values()
        if changed:
            refresh(self, cast("Self", await binding.change(self._path(), changed)))
        return self

    async def delete(self) -> None:
        """Delete the resource from the server.

        Raises:
            ClientStateError: If the resource is not bound to a client.
            NotFoundError: If it no longer exists.
        """
        await self._bound().delete(self._path())

    def _path(self) -> str:
        """Return the path of this resource below the endpoint."""
        raise NotImplementedError

    def _bound(self) -> AsyncBinding:
        binding = binding_of(self)
        if not isinstance(binding, AsyncBinding):
            raise self._unbound_error()
        return binding

    def _unbound_error(self) -> ClientStateError:
        return ClientStateError(
            f"this {type(self).__name__} is not bound to a client, because it was unpickled or not created by a "
            "manager; bind it with a manager's bind(resource)"
        )
