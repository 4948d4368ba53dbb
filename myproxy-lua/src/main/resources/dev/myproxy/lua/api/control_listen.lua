---@meta

--- Control listeners
---
--- Takes commands from other programs, in datagrams that nobody answers.

--- The second argument of `control_listen`.
---@class ControlListenOptions
--- Who may send: `unix:uid=N`, `unix:gid=N`, `unix:any` for processes at Unix sockets; IP addresses and networks
--- such as `10.0.0.0/8` for UDP. By default root and the daemon's own user, and loopback addresses.
---@field allow? string[]
--- The only network interface whose datagrams count, such as `eth0`; a group is joined there.
---@field interface? string
--- A multicast group to join: an IP address, with `%interface` if need be.
---@field multicast_group? string

--- Takes commands at a socket; `disconnect_database` ends the sessions of an account. Nothing is read before the
--- configuration has ended. May be called several times.
---@loading
---@param address string|SocketAddress|systemd `*`, an IP address, either with `:PORT`, `/path` or `@name`; the port is 5478 if none is given. Or sockets that the daemon was started with
---@param options? ControlListenOptions
function control_listen(address, options) end
