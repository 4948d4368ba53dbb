dofile('src/test/resources/lua/check.lua')

local kept = {}

local function check_cgroup(client)
    local cgroup = client.cgroup
    equal(type(cgroup), 'userdata')
    assert(rawequal(client.cgroup, cgroup))
    equal(cgroup.path, '/shop.slice/joe.scope')
    equal(tostring(cgroup), '/shop.slice/joe.scope')
    equal(cgroup.nonsense, nil)
    equal(cgroup[1], nil)
    raises('attempt to index a userdata value', function() cgroup.path = 'x' end)

    local slice = cgroup.parent
    equal(slice.path, '/shop.slice')
    assert(rawequal(cgroup.parent, slice))
    equal(slice.parent.path, '/')
    equal(slice.parent.parent, nil)
    equal(slice.parent.parent, nil)

    local xattr = cgroup.xattr
    assert(rawequal(cgroup.xattr, xattr))
    equal(xattr.account, 'joe')
    equal(xattr['user.account'], 'joe')
    equal(xattr.binary, 'a\0b')
    equal(xattr.missing, nil)
    equal(xattr[1], nil)
    raises_at("bad argument #2 to '__index' (string expected, got table)", function() return xattr[{}] end)
    raises_at("bad argument #2 to '__index' (string expected, got boolean)", function() return xattr[true] end)
    raises('attempt to index a userdata value', function() xattr.account = 'x' end)
    raises('Failed to open "/sys/fs/cgroup": No such file or directory',
        function() return slice.parent.xattr.account end)

    -- in a coroutine of the script's own
    local found = {}
    local co = coroutine.wrap(function()
        found[1] = cgroup.xattr.account
        coroutine.yield()
        found[2] = client.cgroup.parent.xattr.account
    end)
    co()
    co()
    equal(table.concat(found, ' '), 'joe joe')
    raises_at('Unknown attribute', function() client.cgroup = nil end)
end

mysql_listen('@test', {
    on_connect = function(client)
        if client.pid then
            check_cgroup(client)
        else
            equal(client.cgroup, nil)
        end
    end,
    on_handshake_response = no_login,
})
