-- How functions of cache:fetch are called: by a task of their own, and, while the configuration loads and there are no
-- tasks, by the caller.

local keep, look, ended = ...
local create, resume, status = coroutine.create, coroutine.resume, coroutine.status
local error, pcall, type = error, pcall, type

local function result(co, ok, ...)
    if not ok then
        error((...), 0)
    elseif status(co) ~= 'dead' then
        error('the function of cache:fetch called coroutine.yield', 0)
    end
    return (...)
end

-- A coroutine that yields here would wait for ever, with all who wait for the result.
local function guarded(f, key)
    local co = create(f)
    return result(co, resume(co, key))
end

local function finish(token, ok, ...)
    ended(token, ok, (...))
    if not ok then
        local kind = type((...))
        error((kind == 'string' or kind == 'number') and (...) or kind, 0)
    end
    return (...)
end

-- Takes fetch's arguments: the cache, the key, the function.
local function fetch(...)
    local found, value, message = look(...)
    if message then
        error(message, 2)
    elseif found then
        return value
    end
    local _, key, f = ...
    return finish(value, pcall(f, key))
end

keep(guarded, fetch)
