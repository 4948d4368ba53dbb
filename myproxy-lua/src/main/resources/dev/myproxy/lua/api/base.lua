---@meta

--- Functions of the process
---
--- What every configuration has, besides Lua's own libraries.

--- Writes its arguments as a line to standard output, as `tostring` shows them, with tabs between them.
---@param ... any
function print(...) end

--- Lua's own, with one function that the daemon does its way.
---@class os
os = {}

--- Ends the process at once. No session is given time to end.
---@param code? integer|boolean the exit code, 0 to 255; `true`, the default, is 0 and `false` is 1
function os.exit(code) end

--- Waits. Meanwhile other handlers run.
---@param seconds number how long, fractions too; not negative
function sleep(seconds) end

--- Resolves an address. In handlers it waits for the answer and returns nil and a message if it fails; while the
--- configuration loads it raises what goes wrong.
---@param text string `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `IPV6`, `/path` or `@name`; the port is 3306 if none is given
---@return SocketAddress|nil address
---@return string|nil message what went wrong
function mysql_resolve(text) end

--- A socket address. `tostring` gives its text form, such as `192.0.2.1:3306` or `/path`; two of them are equal (`==`) if
--- they are the same address.
---@class SocketAddress
local SocketAddress = {}

--- Called without arguments, in a coroutine of its own, whenever the daemon receives SIGHUP. What it returns is ignored.
---@provided
---@type fun()?
reload = nil

--- How many seconds sessions may take to end by themselves when the daemon is stopped by SIGTERM, 60 if it is not set; with 0
--- they all end at once. It is looked at when the configuration has run, and after each `reload`.
---@provided
---@type number?
shutdown_timeout = nil

--- Loads the configuration again, in a new script, and waits until that is done. Clients that come afterwards have the new
--- one; sessions keep the handlers that they began with. If anything fails, everything stays as it was. To be called in
--- `reload`, or in another function that no client waits for; raises an error elsewhere, and while the configuration
--- loads.
---@return true|nil done
---@return string|nil message what went wrong
function reload_config() end
--- How many clients there may be, of all listeners together. What is not set has no limit.
---@class ClientLimits
---@field connections? integer clients at a time, whatever they do, 1 to 1000000
---@field per_account? integer sessions of one account at a time, as `client.account` says when the script connects them
---@field logins? integer clients at a time that have not logged in yet

--- Limits how many clients there may be, of all listeners together: those that come from now on. Each call replaces what the one
--- before has set. Clients that are too many get ERR 1040, sessions of an account that are too many ERR 1226.
---@param limits ClientLimits
function limits(limits) end

--- True to touch the I/O buffers when the daemon starts. It is accepted for the sake of old configurations; nothing
--- follows from it.
---@provided
---@type any
populate_io_buffers = nil
