---@meta

--- The state of the daemon
---
--- Where people and programs see how the daemon does, and end sessions.

--- Options of `admin_listen`.
---@class AdminListenOptions
---@field mode? string who may connect to a Unix socket: the permissions of its file, `'0600'` by default
---@field allow? string[] who may ask: `unix:uid=N`, `unix:gid=N`, `unix:any`, an IP address or `ADDRESS/BITS`
---@field hosts? string[] names that browsers may use for it, besides IP addresses and `localhost`

--- Shows the state of the daemon by HTTP: as a page at `/`, and as JSON below `/api/`. May be called several times.
---@loading
---@param address string|SocketAddress|systemd `/path`, `@name`, `*` or an IP address, either with `:PORT`; the port is 9101 if none is given. Or sockets that the daemon was started with
---@param options? AdminListenOptions
function admin_listen(address, options) end
