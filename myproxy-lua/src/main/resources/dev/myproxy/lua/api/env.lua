---@meta

--- The environment
---
--- The environment variables of the daemon.

--- The environment variables. They can be read only, and they can't be walked with `pairs`: `env.names()` gives their names.
---@class env
---@field [string] string? The value of a variable; nil if there is none of that name.
env = {}

--- Gives the names of all variables, sorted.
---@return string[]
function env.names() end
