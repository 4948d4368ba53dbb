---@meta

--- Control datagrams
---
--- Tells other programs of CM4all what to do, with datagrams that nobody answers.

--- Commands that are collected for one datagram. Methods give the builder itself, so that calls can be chained.
---@class control_client.builder
local builder = {}

--- Ends child processes when they have nothing to do.
---@param ... string the names of the children, one command for each; an empty string means all
---@return control_client.builder builder this builder
function builder:fade_children(...) end

--- Empties the cache of filters.
---@param ... string tags, one command for each
---@return control_client.builder builder this builder
function builder:flush_filter_cache(...) end

--- Forgets HTTP sessions.
---@param ... string the names of the sessions, one command for each
---@return control_client.builder builder this builder
function builder:discard_session(...) end

--- Empties the HTTP cache.
---@param ... string tags, one command for each
---@return control_client.builder builder this builder
function builder:flush_http_cache(...) end

--- Ends child processes at once.
---@param ... string the names of the children, one command for each
---@return control_client.builder builder this builder
function builder:terminate_children(...) end

--- Closes the database connections of accounts, in all proxies that listen.
---@param ... string the accounts, one command for each
---@return control_client.builder builder this builder
function builder:disconnect_database(...) end

--- Resets limiters.
---@param ... string the names of the limiters, one command for each
---@return control_client.builder builder this builder
function builder:reset_limiter(...) end

--- Refuses requests of addresses for some time.
---@param ... string|integer IP addresses, one command for each; a number after them says for how many seconds, 60 if there is none
---@return control_client.builder builder this builder
function builder:reject_client(...) end

--- Delays requests of addresses for some time.
---@param ... string|integer IP addresses, one command for each; a number after them says for how many seconds, 60 if there is none
---@return control_client.builder builder this builder
function builder:tarpit_client(...) end

--- Cancels a job of a workshop.
---@param partition string the workshop's partition
---@param job string the job
---@return control_client.builder builder this builder
function builder:cancel_job(partition, job) end

--- Sends control datagrams to one place.
---@class control_client.client
local client = {}

--- Begins a new datagram, without commands.
---@return control_client.builder builder where the commands are collected
function client:build() end

--- Sends what a builder has collected, and waits until the kernel has taken it.
---@param builder control_client.builder the commands
---@return true|nil sent whether it was sent, not whether anybody did what it says
---@return string|nil message what went wrong
function client:send(builder) end

--- Control datagrams to other programs.
---@class control_client
control_client = {}

--- Makes a client.
---@param where string|SocketAddress `/path`, `@name`, or `HOST:PORT` for UDP; the port is 5478 if none is given
---@return control_client.client|nil client the client
---@return string|nil message what went wrong
function control_client:new(where) end

--- Resolves an address for control datagrams, as the C library does, IPv6 addresses first. In handlers it waits for the
--- answer and returns nil and a message if it fails; while the configuration loads it raises what goes wrong.
---@param text string `HOST`, `HOST:PORT`, `[IPV6]:PORT`, `IPV6`, `/path` or `@name`; the port is 5478 if none is given
---@return SocketAddress|nil address the address
---@return string|nil message what went wrong
function control_resolve(text) end
