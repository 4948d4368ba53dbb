---@meta

--- JSON
---
--- Lua values to JSON and back.

--- Options of `json.parse`.
---@class JsonParseOptions
---@field null? any what stands for null, such as `json.null`; without it members that are null vanish, and arrays get holes

--- JSON. Tables with the keys 1 to n and no other are arrays, all others are objects; `json.array` makes the difference
--- where a table is empty.
---@class json
json = {}

--- What stands for null in tables, where nil can't. `json.dump` writes it as `null`; `tostring` gives `null`; it counts as
--- true in conditions.
---@type json.null
json.null = nil

--- The type of `json.null`. There is only one object of it.
---@class json.null
local null = {}

--- Writes a value as JSON: without blanks, the members of objects sorted by the bytes of their names, numbers so that
--- they read as the same number. Raises an error for what has no form in JSON: functions, userdata, threads, numbers that
--- are not finite, strings that are not UTF-8, keys that are neither strings nor numbers, tables that contain themselves
--- or are nested more than 128 deep. The text has at most 16 MiB.
---@param value any nil becomes `null`
---@return string text
function json.dump(value) end

--- Reads a JSON text. Numbers beyond 2^53 lose digits; of members with the same name the last one counts; what is not
--- exactly one JSON value in UTF-8, is nested more than 128 deep or has more than 16 MiB is an error.
---@param text string
---@param options? JsonParseOptions
---@return any value nil for `null`, too, and then there is no message
---@return string|nil message `parse error at line L, column C: …`
function json.parse(text, options) end

--- Makes a table known as an array, so that `json.dump` writes it as one even if it is empty or has holes, which become
--- null. The arrays that `json.parse` gives are known already. The table gets a metatable with `__jsontype = 'array'`; a
--- table with a metatable of its own can have that field set there.
---@param table? table a new one if it is left out
---@return table table the same table
function json.array(table) end
