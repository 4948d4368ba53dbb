---@meta

--- Clocks
---
--- What time it is, with fractions of a second.

--- Everything about clocks.
---@class clock
clock = {}

--- Gives the seconds since the beginning of 1970. The clock may be set.
---@return number seconds
function clock.now() end

--- Gives the seconds since the script was started, of a clock that is never set: for measuring how long something takes.
---@return number seconds
function clock.monotonic() end
