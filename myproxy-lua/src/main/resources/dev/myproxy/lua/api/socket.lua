---@meta

--- Sockets
---
--- Connections of the script's own, to tell other programs something or to ask them.

--- Options of `socket:connect`.
---@class SocketOptions
---@field type? "stream"|"dgram"|"seqpacket" what the socket carries; `stream` by default
---@field timeout? number how many seconds connecting may take, and each `send` and `receive` that names none; 10 by default

--- A connected socket.
---@class socket.connection
local connection = {}

--- Sends a string, or a part of it, and waits until the kernel has taken it. After a `timeout` the socket is closed.
---@param data string what to send; nothing happens if it is empty
---@param first? integer the position to begin at, in what `last` left; negative from the end; 1 by default
---@param last? integer the position to end at; negative from the end; the end by default
---@return integer|nil sent how many bytes
---@return string|nil message what went wrong
function connection:send(data, first, last) end

--- Waits for data: a message, or what there is of a stream. Of a stream, what is longer than `max` is kept for the next
--- call; of a message, it is lost.
---@param max? integer how many bytes at most, up to 1048576; 65536 by default
---@param timeout? number how many seconds to wait; 0 gives what is there
---@return string|nil data nil at the end of a connection, and if something went wrong
---@return string|nil message what went wrong, such as `timeout`
function connection:receive(max, timeout) end

--- Closes the socket. May be called again.
function connection:close() end

--- Connections to other programs.
---@class socket
socket = {}

--- Connects, and waits until the connection stands.
---@param address string|SocketAddress `/path`, `@name`, `HOST:PORT`; host names are looked up, IPv6 addresses first
---@param options? SocketOptions
---@return socket.connection|nil connection the socket
---@return string|nil message what went wrong
function socket:connect(address, options) end
