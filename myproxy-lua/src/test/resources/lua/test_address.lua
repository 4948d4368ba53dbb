dofile('src/test/resources/lua/check.lua')

raises_at('Invalid parameter count', function() mysql_resolve() end)
raises_at('Invalid parameter count', function() mysql_resolve('x', nil) end)
raises_at("bad argument #1 to 'mysql_resolve' (string expected, got nil)", function() mysql_resolve(nil) end)
raises_at("bad argument #1 to 'mysql_resolve' (string expected, got table)", function() mysql_resolve({}) end)

local texts = {
    ['/path'] = '/path', ['@abstract'] = '@abstract', ['127.0.0.1'] = '127.0.0.1:3306', ['127.0.0.1:1'] = '127.0.0.1:1',
    ['::1'] = '[::1]:3306', ['[::1]:7'] = '[::1]:7', ['[::ffff:1.2.3.4]:5'] = '1.2.3.4:5',
    ['@a\0b'] = '@a@b',
}
for text, expected in pairs(texts) do
    equal(tostring(mysql_resolve(text)), expected, text)
end
local localhost = tostring(mysql_resolve('localhost:99'))
assert(localhost == '[::1]:99' or localhost == '127.0.0.1:99', localhost)

-- blocking: errors are raised, without position
equal(raises('', mysql_resolve, ''), 'Failed to extract host name')
equal(raises('', mysql_resolve, '_'), 'Failed to extract host name')
equal(raises('', mysql_resolve, 'foo_bar'), 'Garbage after host name')
equal(raises('', mysql_resolve, ('x'):rep(256)), 'Host name too long')
raises('Failed to resolve "does-not-exist.invalid":"3306": ', mysql_resolve, 'does-not-exist.invalid')

-- objects
local one, same, other = mysql_resolve('/a'), mysql_resolve('/a'), mysql_resolve('/b')
equal(type(one), 'userdata')
assert(one == same and one ~= other and not rawequal(one, same))
raises('attempt to index a userdata value', function() return one.x end)
raises('attempt to index a userdata value', function() one.x = 1 end)
raises('attempt to', function() return one .. 'x' end)
raises('attempt to', function() return one < same end)
raises('attempt to', function() return #one end)
raises('attempt to call', function() one() end)

blocking = mysql_resolve

mysql_listen('@test', {
    on_connect = function(client)
        assert(mysql_resolve ~= blocking)
        equal(tostring(client.address), client.pid and '?' or '192.0.2.7:40000')
        assert(rawequal(client.address, client.address))

        for text, expected in pairs(texts) do
            equal(tostring(mysql_resolve(text)), expected, text)
        end
        raises_at('Invalid parameter count', function() mysql_resolve() end)
        raises_at('Invalid parameter count', function() mysql_resolve('/x', '/y') end)
        raises_at("bad argument #1 to 'mysql_resolve' (string expected, got boolean)", function() mysql_resolve(true) end)

        -- waiting: failures are returned
        local nothing, message = mysql_resolve('foo_bar')
        equal(nothing, nil)
        equal(message, 'Garbage after host name')
        nothing, message = mysql_resolve('does-not-exist.invalid:1')
        equal(nothing, nil)
        assert(message:find('Failed to resolve "does-not-exist.invalid":"1": ', 1, true), message)
        local found = tostring(mysql_resolve('localhost:17'))
        assert(found == '[::1]:17' or found == '127.0.0.1:17', found)
    end,
    on_handshake_response = no_login,
})
