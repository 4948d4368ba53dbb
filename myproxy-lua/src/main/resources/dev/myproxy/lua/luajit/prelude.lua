-- What turns LuaJIT into a state as the Java side wants it. Runs once, before any script, and returns the functions that
-- Java calls. Nothing here may be reached or replaced by a script, so all library functions are taken at the start.
--
-- Every Java function answers with a kind, then its values:
--   0 results          1 an error without position     2 an error with position
--   3 a token: the coroutine has to wait until Java comes back with the token's results
--   4 stop: no Lua code may run any more

local java = ...

local raw_create, raw_resume, raw_yield = coroutine.create, coroutine.resume, coroutine.yield
local raw_status, running, isyieldable = coroutine.status, coroutine.running, coroutine.isyieldable
local getfenv, setfenv, setmetatable = getfenv, setfenv, setmetatable
local error, type, select, pairs, tostring = error, type, select, pairs, tostring
local sethook, traceback, getinfo, format = debug.sethook, debug.traceback, debug.getinfo, string.format
local sub = string.sub

local WAIT = {} -- what a coroutine yields, with a token, when it waits; no script ever sees it
local STEP = 100000 -- instructions between two looks at the clock
local MAX_DEPTH = 190 -- nested resumes; each takes some of the native stack

-- While Java runs, the thread's environment is this table: luajava sets a global variable after each call.
local scratch = {}

local weak = { __mode = 'k' }
local task_of = setmetatable({}, weak) -- a task's own coroutine -> the task's number
local waiting = setmetatable({}, weak) -- coroutines that Java will resume, and those around them
local dropped = setmetatable({}, weak) -- coroutines of cancelled tasks
local wrapped = setmetatable({}, weak) -- coroutine -> what failed last in one that it wraps
local live = {} -- number -> coroutine of each task that has not ended
local depth = 0

local bind, settle, check

-- Waiting -------------------------------------------------------------------------------------------------------------

local function woken(kind, ...)
    if kind == 0 then
        return ...
    end
    error((...), kind == 2 and 2 or 0)
end

local function wait(token)
    if not isyieldable() then
        java.abandon(token)
        return woken(2, 'cannot wait outside a coroutine')
    end
    return woken(raw_yield(WAIT, token))
end

-- All functions between here and the builtin's Lua caller end in tail calls: so level 2 is that caller.
local function leave(env, kind, ...)
    setfenv(0, env)
    if kind == 0 then
        return ...
    elseif kind == 3 then
        return wait(...)
    elseif kind == 4 then
        sethook(check, '', 1)
        error('the script was stopped', 0)
    end
    error((...), kind == 2 and 2 or 0)
end

function bind(call)
    return function(...)
        local env = getfenv(0)
        setfenv(0, scratch)
        return leave(env, call(...))
    end
end

for name, call in pairs(java) do
    java[name] = bind(call)
end

-- Computing for too long ----------------------------------------------------------------------------------------------

local expired = false
local own = getinfo(1, 'S').source

-- As error counts levels: the innermost line of the script under the function that was interrupted, if there is one.
local function interrupted()
    local level = 3
    local info = getinfo(level, 'Sl')
    while info do
        if info.currentline > 0 and info.source ~= own then
            return level - 1
        end
        level = level + 1
        info = getinfo(level, 'Sl')
    end
    return 2
end

function check()
    local stopped, message = java.overdue()
    expired = stopped or (message and running()) and true or false
    if expired then
        sethook(check, '', 1) -- so that who catches the error gets it again at once
        error(message, interrupted())
    end
    sethook(check, '', STEP)
end

-- The error is raised within the hook, where no other hook runs: a handler could then compute for ever.
local raw_xpcall = xpcall

function xpcall(f, handler, ...)
    if type(handler) ~= 'function' then
        return raw_xpcall(f, handler, ...)
    end
    return raw_xpcall(f, function(e)
        if expired then
            return e
        end
        return handler(e)
    end, ...)
end

-- Coroutines ----------------------------------------------------------------------------------------------------------

-- The stack of a coroutine that failed, with those of the wrapped ones that the error came through.
local function stack(co, value)
    local own, inner = traceback(co), wrapped[co]
    if inner and type(value) == 'string' and sub(value, -#inner.message) == inner.message then
        return inner.stack .. '\n' .. own
    end
    return own
end

-- What a task's own coroutine did, after it was resumed by Java or by another coroutine.
local function progress(co, id, ok, ...)
    if not ok then
        live[id], task_of[co] = nil, nil
        local value = ...
        local kind = type(value)
        java.failed(id, (kind == 'string' or kind == 'number') and tostring(value) or kind, stack(co, value))
    elseif (...) == WAIT then
        waiting[co] = true
        java.waits(id, (select(2, ...)))
    elseif raw_status(co) == 'dead' then
        live[id], task_of[co] = nil, nil
        java.returned(id, ...)
    end
end

local function without_mark(ok, ...)
    if ok and (...) == WAIT then
        return true
    end
    return ok, ...
end

local function again(co, ...)
    waiting[co] = nil
    depth = depth + 1
    return settle(co, raw_resume(co, ...))
end

function settle(co, ok, ...)
    depth = depth - 1
    local id = task_of[co]
    if id then
        java.leaves()
        progress(co, id, ok, ...)
        return without_mark(ok, ...)
    elseif ok and (...) == WAIT then
        local token = select(2, ...)
        if not isyieldable() then
            java.abandon(token)
            return again(co, 2, 'cannot wait outside a coroutine')
        end
        waiting[co] = true
        return again(co, raw_yield(WAIT, token))
    end
    return ok, ...
end

local function resume(co, ...)
    if dropped[co] then
        return false, 'cannot resume dead coroutine'
    elseif waiting[co] then
        return false, 'cannot resume non-suspended coroutine'
    elseif depth >= MAX_DEPTH then
        return false, 'C stack overflow'
    elseif type(co) ~= 'thread' then
        return raw_resume(co, ...)
    end
    depth = depth + 1
    local id = task_of[co]
    if id then
        java.enters(id)
    end
    return settle(co, raw_resume(co, ...))
end

local function status(co)
    if dropped[co] then
        return 'dead'
    elseif waiting[co] then
        return 'normal'
    end
    return raw_status(co)
end

local function unwrap(co, ok, ...)
    if ok then
        return ...
    end
    local caller, message = running(), ...
    if caller and type(message) == 'string' and type(co) == 'thread' then
        wrapped[caller] = { message = message, stack = stack(co, message) }
    end
    error(message, 2)
end

local function wrap(f)
    local co = raw_create(f)
    return function(...)
        return unwrap(co, resume(co, ...))
    end
end

coroutine.resume, coroutine.status, coroutine.wrap = resume, status, wrap

-- Objects -------------------------------------------------------------------------------------------------------------

do
    local object = debug.getregistry().__jobject__
    local tostring_of = java.tostring
    object.__index = java.index
    object.__newindex = java.newindex
    object.__call = java.call
    object.__eq = java.equal
    object.__tostring = function(o)
        return tostring_of(o) or format('userdata: %p', o)
    end
    object.__metatable = 'myproxy'
end

-- The world of a script -----------------------------------------------------------------------------------------------

jit.off()
_G.java = nil
package.loaded.java = nil
io.stdout:setvbuf('line')
io.stderr:setvbuf('line')
sethook(check, '', STEP)

-- For Java ------------------------------------------------------------------------------------------------------------

local function start(id, f, ...)
    local co = raw_create(f)
    task_of[co], live[id] = id, co
    depth = 1
    return progress(co, id, raw_resume(co, ...))
end

local function proceed(id, ...)
    local co = live[id]
    waiting[co] = nil
    depth = 1
    return progress(co, id, raw_resume(co, ...))
end

local function cancel(id)
    local co = live[id]
    if co then
        live[id], task_of[co], dropped[co] = nil, nil, true
    end
end

-- After a task was stopped in the midst of something: tells about those that died with it.
local function sweep(message)
    for id, co in pairs(live) do
        if raw_status(co) == 'dead' then
            live[id], task_of[co] = nil, nil
            java.failed(id, message, '')
        end
    end
end

return start, proceed, cancel, sweep, bind
