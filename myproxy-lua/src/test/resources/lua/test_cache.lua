dofile('src/test/resources/lua/check.lua')

local function count(t, ...)
    local n = 0
    for _ in pairs(t) do n = n + 1 end
    return n
end

local function check_arguments()
    local c = cache:new()
    raises_at('call it as cache:new(…)', function() cache.new() end)
    raises_at('Too many parameters', function() cache:new({}, 1) end)
    raises_at("bad argument #1 to 'new' (table expected, got number)", function() cache:new(5) end)
    raises_at([[bad argument #1 to 'new' (Unknown option "tll"; did you mean "ttl"?)]],
        function() cache:new{tll = 1} end)
    raises_at("bad argument #1 to 'new' (Bad 'size' value: expected a number from 1 to 10000000)",
        function() cache:new{size = 0} end)
    raises_at("bad argument #1 to 'new' (Bad 'size' value: expected a whole number)",
        function() cache:new{size = 1.5} end)
    raises_at("bad argument #1 to 'new' (Bad 'ttl' value: expected a number from 0 to 1000000000)",
        function() cache:new{ttl = -1} end)
    raises("Bad 'negative_ttl' value", function() cache:new{negative_ttl = '1'} end)
    raises_at("bad argument #1 to 'new' (Bad 'name' value: expected 1 to 64 letters, digits, '_', '-' or '.')",
        function() cache:new{name = 'a b'} end)

    raises_at("bad argument #1 to 'get' (string, number or boolean expected, got no value)",
        function() c:get() end)
    raises_at("bad argument #1 to 'get' (string, number or boolean expected, got nil)", function() c:get(nil) end)
    raises_at("bad argument #1 to 'get' (string, number or boolean expected, got table)", function() c:get({}) end)
    raises_at("bad argument #1 to 'get' (string, number or boolean expected, got number)",
        function() c:get(0/0) end)
    raises_at('Too many parameters', function() c:get(1, 2) end)
    raises_at("bad argument #2 to 'set' (value expected, got no value)", function() c:set(1) end)
    raises_at("bad argument #3 to 'set' (number expected, got table)", function() c:set(1, 2, {}) end)
    raises_at("bad argument #3 to 'set' (expected a number from 0 to 1000000000)", function() c:set(1, 2, -1) end)
    raises_at("bad argument #2 to 'fetch' (function expected, got no value)", function() local _ = c:fetch(1) end)
    raises_at("bad argument #2 to 'fetch' (function expected, got table)", function() local _ = c:fetch(1, {}) end)
    raises_at("bad argument #1 to 'fetch' (string, number or boolean expected, got nil)",
        function() local _ = c:fetch(nil, print) end)
    raises_at('Too many parameters', function() local _ = c:fetch(1, print, 3) end)
    raises('myproxy.cache expected', function() c.get(1) end)
    raises('myproxy.cache expected', function() c.fetch(1) end)
    raises_at('Too many parameters', function() c:clear(1) end)
    raises_at('Too many parameters', function() c:stats(1) end)
end

local function check_values()
    local c = cache:new{size = 100}
    equal(c.name, nil)
    equal(select('#', c:get('x')), 1)
    equal(c:get('x'), nil)
    equal(select('#', c:set('x', 'one')), 0)
    equal(c:get('x'), 'one')
    equal(select('#', c:get('x')), 1)

    -- values are the same ones
    local t, f, co = {}, function() end, coroutine.create(print)
    local address = mysql_resolve('127.0.0.1')
    c:set('table', t)
    c:set('function', f)
    c:set('thread', co)
    c:set('address', address)
    c:set('file', io.stdout)
    c:set('builtin', sleep)
    c:set('bytes', 'a\0b\255')
    c:set('number', 0.1)
    c:set('true', true)
    collectgarbage()
    equal(rawequal(c:get('table'), t), true)
    equal(c:get('function'), f)
    equal(c:get('thread'), co)
    equal(rawequal(c:get('address'), address), true)
    equal(c:get('file'), io.stdout)
    equal(c:get('builtin'), sleep)
    equal(c:get('bytes'), 'a\0b\255')
    equal(c:get('number'), 0.1)
    equal(c:get('true'), true)
    t.later = 1
    equal(c:get('table').later, 1)

    -- keys are told apart as in tables
    c:set(1, 'number')
    c:set('1', 'string')
    c:set(true, 'boolean')
    c:set('true', 'text')
    c:set('', 'empty')
    equal(c:get(1), 'number')
    equal(c:get('1'), 'string')
    equal(c:get(true), 'boolean')
    equal(c:get('true'), 'text')
    equal(c:get(''), 'empty')
    equal(c:get(false), nil)
    c:set(0, 'zero')
    equal(c:get(-0), 'zero')
    equal(c:invalidate(1), true)
    equal(c:invalidate(1), false)
    equal(c:get(1), nil)
    equal(c:get('1'), 'string')
    c:clear()
    equal(c:get('1'), nil)
    equal(c:stats().entries, 0)
end

local function check_time()
    local c = cache:new{ttl = 0.001, negative_ttl = 1000}
    c:set('short', 1)
    c:set('long', 1, 1000)
    c:set('negative', false)
    sleep(0.003)
    equal(c:get('short'), nil)
    equal(c:get('long'), 1)
    local value, cached = c:get('negative')
    equal(value, false)
    equal(cached, true)
    c:set('long', 2, 0)
    equal(c:get('long'), nil)

    local none = cache:new{ttl = 0}
    none:set('a', 1)
    equal(none:get('a'), nil)

    -- nil and false are not kept by default, and set removes what was there
    local default = cache:new()
    default:set('a', 1)
    default:set('a', nil)
    equal(default:stats().entries, 0)
    default:set('a', false)
    equal(default:stats().entries, 0)
    default:set('a', nil, 10)
    local nothing, is_cached = default:get('a')
    equal(nothing, nil)
    equal(is_cached, true)
end

local function check_size()
    local c = cache:new{size = 3}
    for i = 1, 3 do c:set(i, i) end
    equal(c:get(1), 1)
    c:set(4, 4)
    equal(c:get(2), nil)
    equal(c:get(1), 1)
    equal(c:get(3), 3)
    equal(c:get(4), 4)
    local stats = c:stats()
    equal(stats.entries, 3)
    equal(stats.evictions, 1)
    equal(stats.hits, 4)
    equal(stats.misses, 1)
    equal(stats.fetches, 0)
    equal(count(stats), 5)
end

local function check_fetch()
    local c = cache:new{negative_ttl = 1000}
    local calls = 0
    local function load(...)
        calls = calls + 1
        equal(select('#', ...), 1)
        sleep(0.001)
        return { key = ... }, 'dropped'
    end
    local first = c:fetch('a', load)
    equal(first.key, 'a')
    equal(select('#', c:fetch('a', load)), 1)
    equal(rawequal(c:fetch('a', load), first), true)
    equal(calls, 1)
    equal(c:fetch(2, load).key, 2)
    equal(calls, 2)

    -- a failing function raises and nothing is kept
    local message = raises('no such account', function() c:fetch('b', function() error('no such account') end) end)
    equal(message:match('^src/test/resources/lua/test_cache.lua:%d+: no such account$'), message)
    equal(c:fetch('b', function() return 'now' end), 'now')
    raises('table', function() c:fetch('c', function() error({}) end) end)
    raises('', function() c:fetch('c', function() error() end) end)

    -- nothing is kept too
    equal(c:fetch('d', function() end), nil)
    equal(c:fetch('d', function() return 'not called' end), nil)
    equal(c:fetch('e', function() return false end), false)
    equal(c:fetch('e', function() return 'not called' end), false)
    local default = cache:new()
    equal(default:fetch('d', function() end), nil)
    equal(default:fetch('d', function() return 'called' end), 'called')

    -- recursion
    local text = 'the function of cache:fetch fetches the key that it is called for'
    raises(text, function() c:fetch('r', function(key) return c:fetch(key, load) end) end)
    raises(text, function()
        c:fetch('r', function() return c:fetch('s', function() return c:fetch('r', load) end) end)
    end)
    equal(c:fetch('r', function() return c:fetch('s', function() return 'fine' end) .. '!' end), 'fine!')
    equal(c:get('s'), 'fine')
    equal(default:fetch('r', function(key) return c:fetch(key, load) end), 'fine!')

    -- what changes meanwhile is not overwritten
    equal(c:fetch('i', function(key) c:invalidate(key) return 'old' end), 'old')
    equal(c:get('i'), nil)
    equal(c:fetch('i', function(key) c:set(key, 'new') return 'old' end), 'old')
    equal(c:get('i'), 'new')
    equal(c:fetch('j', function() c:clear() return 'old' end), 'old')
    equal(c:stats().entries, 0)

    -- in coroutines
    local inner = coroutine.wrap(function()
        local got = c:fetch('k', load)
        coroutine.yield(got)
        return c:fetch('k', load)
    end)
    equal(inner(), inner())
    -- functions of ours are functions as well
    equal(c:fetch('sleep', function() return sleep end), sleep)
    equal(c:fetch(0, sleep), nil)
    -- and what they raise comes with the position that it would have
    raises("bad argument #1 to 'sleep' (Positive number expected)", function() c:fetch(-1, sleep) end)
end

local function check_names()
    local c = cache:new{name = 'accounts', size = 5}
    equal(c.name, 'accounts')
    equal(cache:new{name = 'accounts', size = 5}, c)
    raises_at('there is a cache "accounts" with other options', function() cache:new{name = 'accounts'} end)
end

local function check_all()
    check_arguments()
    check_values()
    check_time()
    check_size()
    check_fetch()
    check_names()
end

check_all()
-- a coroutine that is not finished when the configuration has loaded leaves nothing behind
local left = cache:new()
coroutine.wrap(function() left:fetch('x', function() coroutine.yield() end) end)()

mysql_listen('@test', {
    on_connect = function()
        check_all()
        equal(left:fetch('x', function() return 'again' end), 'again')
        raises('the function of cache:fetch called coroutine.yield',
            function() left:fetch('y', function() coroutine.yield() end) end)
        local function deeper(n)
            return left:fetch(n, function() return deeper(n + 1) end)
        end
        raises('functions of cache:fetch are nested too deep', function() deeper(1000) end)
    end,
    on_handshake_response = no_login,
})
