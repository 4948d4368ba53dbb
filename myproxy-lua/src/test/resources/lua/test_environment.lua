dofile('src/test/resources/lua/check.lua')

local function check()
    equal(_VERSION, 'Lua 5.1')
    for _, name in ipairs{'io', 'os', 'debug', 'package', 'string', 'table', 'math', 'coroutine', 'bit'} do
        equal(type(_G[name]), 'table', name)
    end
    for _, name in ipairs{'print', 'pcall', 'xpcall', 'unpack', 'setfenv', 'getfenv', 'loadstring', 'load', 'dofile',
        'require', 'module', 'select', 'tostring', 'tonumber', 'rawget', 'rawset', 'rawequal', 'collectgarbage',
        'mysql_resolve', 'sleep'} do
        equal(type(_G[name]), 'function', name)
    end
    for _, name in ipairs{'java', 'luajava', 'reload', 'populate_io_buffers', '__jthrowable__'} do
        equal(rawget(_G, name), nil, name)
    end

    equal(string.format('%5.2f|%5s|%q', 3.14159, 'ab', 'a"b'), ' 3.14|   ab|"a\\"b"')
    equal(('x'):rep(3), 'xxx')
    equal(tostring(1e15) .. ' ' .. 2^53 .. ' ' .. 0.1, '1e+15 9.007199254741e+15 0.1')
    equal(tonumber('0x10'), 16)
    equal(bit.band(0xff, 0x0f), 15)
    equal(select(2, xpcall(function(a) return a end, print, 'passed')), 'passed')
    equal(select('#', unpack({}, 1, 3)), 3)
    equal(setfenv(function() return x end, {x = 'env'})(), 'env')
    equal(loadstring('return ...')(7), 7)
    equal(coroutine.wrap(function(...) return select('#', ...) end)(nil, nil), 2)
    local co = coroutine.create(function() error('inside') end)
    local ok, message = coroutine.resume(co)
    equal(ok, false)
    assert(message:find('inside', 1, true) and coroutine.status(co) == 'dead')
    assert(debug.traceback('x'):find('stack traceback', 1, true))
    raises("attempt to index", function() return undefined_thing.x end)
    raises("undefined_thing", function() return undefined_thing.x end)
    raises('attempt to call', function() undefined_thing() end)
    raises('bad argument #1', string.rep)
end

check()
equal(coroutine.running(), nil)

-- functions that scripts replace stay theirs
local stock = tostring
mysql_listen('@test', {
    on_connect = function()
        check()
        equal(type(coroutine.running()), 'thread')
        tostring = function(value) return 'replaced ' .. stock(value) end
        print('line')
        tostring = stock
        raises("'tostring' must return a string to 'print'", function()
            tostring = function() return {} end
            print('line')
        end)
        tostring = stock
    end,
    on_handshake_response = no_login,
})
