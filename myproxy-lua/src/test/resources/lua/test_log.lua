dofile('src/test/resources/lua/check.lua')

local function check_log()
    for _, name in ipairs{'debug', 'info', 'warn', 'error'} do
        local f = log[name]
        equal(select('#', f('text')), 0)
        f('text', nil)
        f('text', {})
        f(5, {[1] = true, [{}] = print})
        raises_at("bad argument #1 to '" .. name .. "' (string expected, got no value)", function() f() end)
        raises_at("bad argument #1 to '" .. name .. "' (string expected, got table)", function() f({}) end)
        raises_at("bad argument #2 to '" .. name .. "' (table expected, got string)", function() f('a', 'b') end)
        raises_at('Too many parameters', function() f('a', {}, 1) end)
    end
end

local function check_clock()
    local now = clock.now()
    equal(math.abs(now - os.time()) < 10, true)
    equal(select('#', clock.now()), 1)
    local before = clock.monotonic()
    sleep(0.002)
    local after = clock.monotonic()
    equal(before >= 0, true)
    equal(after - before >= 0.002, true)
    equal(after - before < 60, true)
    raises_at('Too many parameters', function() clock.now(1) end)
    raises_at('Too many parameters', function() clock.monotonic(1) end)
end

local function check_env()
    equal(env.PATH, os.getenv('PATH'))
    equal(env.MYPROXY_NO_SUCH_VARIABLE, nil)
    equal(env[1], nil)
    equal(env[{}], nil)
    raises_at('env is read-only', function() env.PATH = 'x' end)
    raises_at('env is read-only', function() env.MYPROXY_NEW = 'x' end)
    raises_at('env is read-only', function() env.names = 'x' end)
    equal(env.PATH, os.getenv('PATH'))
    local names = env.names()
    equal(#names > 0, true)
    local found = false
    for i, name in ipairs(names) do
        equal(env[name], os.getenv(name))
        equal(i == 1 or names[i - 1] < name, true)
        found = found or name == 'PATH'
    end
    equal(found, true)
    raises_at('Too many parameters', function() env.names(1) end)
    raises("bad argument #1 to '", function() for _ in pairs(env) do end end)
    equal(tostring(env), 'env')
end

local function check_all()
    check_log()
    check_clock()
    check_env()
end

check_all()

mysql_listen('@test', {
    on_connect = check_all,
    on_handshake_response = no_login,
})
