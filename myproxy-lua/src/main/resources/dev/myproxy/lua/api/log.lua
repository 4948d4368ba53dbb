---@meta

--- The log
---
--- Writes lines into the daemon's log. In a client's handler they begin with the name of the connection in brackets.

--- Everything about the log.
---@class log
log = {}

--- Writes a line if the log level is `debug`.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.debug(text, fields) end

--- Writes a line to stdout.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.info(text, fields) end

--- Writes a line to stderr.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.warn(text, fields) end

--- Writes a line to stderr.
---@param text string
---@param fields? table<string, any> what follows the text as `key=value`, sorted by key
function log.error(text, fields) end
