---@meta

--- Caches
---
--- Keeps what a script looked up, for a time, and looks it up once for all who ask at the same moment.

--- Options of `cache:new`.
---@class CacheOptions
---@field size? integer how many entries are kept at most, 1 to 10,000,000; 10,000 by default. When there are more, the one goes that was not used for the longest time
---@field ttl? number for how many seconds an entry is good, fractions too; for ever by default, and 0 keeps nothing
---@field negative_ttl? number the same for results that are nil or false; 0 by default
---@field name? string the name in the metrics, 1 to 64 letters, digits, `_`, `-` or `.`

--- How a cache does.
---@class CacheStats
---@field entries integer How many entries there are, with those that have expired and were not asked for since.
---@field hits integer How many look-ups found what they looked for.
---@field misses integer How many did not.
---@field fetches integer How often a function was called to fetch something.
---@field evictions integer How many entries made room for others.

--- Everything about caches.
---@class cache
cache = {}

--- A cache. Keys are strings, numbers or booleans; values are anything, and stay the same ones (the same table, say).
---@class myproxy.cache
---@field name? string The name that it was given.
local object = {}

--- Makes a cache. Called again with the same name it gives the same cache, if the options are the same.
---@param options? CacheOptions
---@return myproxy.cache
function cache:new(options) end

--- Gives what is kept under a key.
---@param key string|number|boolean
---@return any value nil if there is nothing
---@return true|nil cached true if the nil or false before it was kept in the cache
function object:get(key) end

--- Keeps a value under a key. A fetch of this key that runs will not replace it.
---@param key string|number|boolean
---@param value any nil and false are kept only with a `negative_ttl`, or a `ttl` here
---@param ttl? number for how many seconds; as the cache was made by default
function object:set(key, value, ttl) end

--- Forgets a key. The result of a fetch that runs for it goes to those that wait for it, and is not kept.
---@param key string|number|boolean
---@return boolean existed whether there was an entry
function object:invalidate(key) end

--- Forgets all keys, as `invalidate` does each.
function object:clear() end

--- Gives what is kept under a key; if there is nothing, what a function returns, which is kept as well. The function is
--- called once for all who ask for the key until it has returned. Waits for it.
---@param key string|number|boolean
---@param load fun(key: string|number|boolean): any called with the key; its first result counts. If it raises an error, so does `fetch` for all who wait, and nothing is kept
---@return any value
function object:fetch(key, load) end

--- Says how the cache does.
---@return CacheStats
function object:stats() end
