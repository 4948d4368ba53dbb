---@meta

--- systemd
---
--- Sockets that the daemon was started with, because systemd listens in its place (`cm4all-myproxy.socket`).

--- Where to listen: on all sockets that the daemon was started with and that nothing has taken yet. Called with a name, on
--- those of that name: systemd calls a socket as `FileDescriptorName=` in its unit says, or else like the unit.
---@class systemd
---@overload fun(name: string): systemd
systemd = {}
