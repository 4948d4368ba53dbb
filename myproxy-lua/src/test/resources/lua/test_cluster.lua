dofile('src/test/resources/lua/check.lua')

local function cluster(...)
    local args, n = {...}, select('#', ...)
    return function() local made = mysql_cluster(unpack(args, 1, n)) return made end
end

local two = {'192.168.0.2', '192.168.0.3:3307'}

-- arguments
raises_at('Not enough parameters', cluster())
raises_at('Too many parameters', cluster({'127.0.0.1'}, {}, nil))
for _, bad in ipairs{true, 5, '127.0.0.1', print} do
    raises_at("bad argument #1 to 'mysql_cluster' (Table expected)", cluster(bad))
end
raises_at("bad argument #1 to 'mysql_cluster' (Table expected)", cluster(nil))
raises_at("bad argument #1 to 'mysql_cluster' (Cluster is empty)", cluster({}))
raises_at("bad argument #1 to 'mysql_cluster' (Key is not a number)", cluster({a = '127.0.0.1'}))
raises_at("bad argument #1 to 'mysql_cluster' (address expected, got boolean)", cluster({true}))
raises_at("bad argument #1 to 'mysql_cluster' (address expected, got table)", cluster({'127.0.0.1', {}}))
equal(raises('localhost', cluster({'localhost'})),
    'Failed to resolve "localhost":"3306": Name or service not known; use mysql_resolve for host names')
raises('Failed to extract host name', cluster({''}))
raises('too long', cluster({'/' .. ('x'):rep(107)}))

local many = {}
for i = 1, 1001 do
    many[i] = '@' .. i
end
raises_at("bad argument #1 to 'mysql_cluster' (a cluster has at most 1000 nodes, not 1001)", cluster(many))

-- options
for _, bad in ipairs{true, 5, 'x', print} do
    raises_at("bad argument #2 to 'mysql_cluster' (table expected, got " .. type(bad) .. ')', cluster(two, bad))
end
raises_at("bad argument #2 to 'mysql_cluster' (table expected, got nil)", cluster(two, nil))
raises_at("bad argument #2 to 'mysql_cluster' (Bad key type)", cluster(two, {[true] = 1}))
raises_at([[bad argument #2 to 'mysql_cluster' (Unknown option "1")]], cluster(two, {1}))
raises_at([[bad argument #2 to 'mysql_cluster' (Unknown option "monitor"; did you mean "monitoring"?)]],
    cluster(two, {monitor = true}))

local function refuses(text, options)
    raises_at("bad argument #2 to 'mysql_cluster' (" .. text .. ')', cluster(two, options))
end

for _, key in ipairs{'monitoring', 'disconnect_unavailable'} do
    for _, bad in ipairs{1, 'true', {}} do
        refuses('Bad `' .. key .. '` option: expected true or false', {[key] = bad})
    end
end
for _, key in ipairs{'user', 'password', 'check'} do
    refuses("Bad '" .. key .. "' value: expected a string", {monitoring = true, [key] = true})
end
for _, key in ipairs{'no_read_only', 'galera', 'group_replication'} do
    refuses("Bad '" .. key .. "' value: expected true or false", {monitoring = true, [key] = 1})
end
local bounds = {
    interval = {0.1, 86400}, timeout = {0.1, 3600}, ready_timeout = {0.1, 3600}, rise = {1, 100}, fall = {1, 100},
    max_lag = {0, 604800},
}
for key, range in pairs(bounds) do
    for _, bad in ipairs{range[1] - 1, range[2] + 1, 0 / 0, 1 / 0, '5', true} do
        refuses(("Bad '%s' value: expected a number from %s to %s"):format(key, range[1], range[2]),
            {monitoring = true, user = 'u', [key] = bad})
    end
    for _, good in ipairs(range) do
        mysql_cluster(two, {monitoring = true, user = 'u', [key] = good})
    end
end
for _, key in ipairs{'rise', 'fall'} do
    refuses("Bad '" .. key .. "' value: expected a whole number from 1 to 100", {monitoring = true, [key] = 1.5})
end
for _, bad in ipairs{0, 3, 1.5, '1', true} do
    refuses("Bad 'proxy_protocol' value: expected 1 or 2, the version of the header", {proxy_protocol = bad})
end
refuses("Bad 'check' value: expected a SELECT statement", {monitoring = true, user = 'u', check = 'DROP TABLE t'})
refuses("Bad 'check' value: expected a SELECT statement", {monitoring = true, user = 'u', check = ''})
refuses("Bad 'check' value: expected at most 65536 bytes",
    {monitoring = true, user = 'u', check = 'SELECT ' .. ('1'):rep(65530)})

-- options that need others
refuses("'password' without 'user'", {monitoring = true, password = 'p'})
refuses("'no_read_only' without 'user'", {monitoring = true, no_read_only = true})
refuses("'check' without 'user'", {monitoring = true, check = 'SELECT 1'})
refuses("'max_lag' without 'user'", {monitoring = true, max_lag = 0})
refuses("'galera' without 'user'", {monitoring = true, galera = true})
refuses("'group_replication' without 'user'", {monitoring = true, user = '', group_replication = true})
refuses("'galera' and 'group_replication' exclude each other",
    {monitoring = true, user = 'u', galera = true, group_replication = true})
for key, value in pairs{user = 'u', password = 'p', no_read_only = true, disconnect_unavailable = true,
        check = 'SELECT 1', max_lag = 5, galera = true, group_replication = true, interval = 5, timeout = 5, rise = 2,
        fall = 2, ready_timeout = 5} do
    refuses("'" .. key .. "' without 'monitoring'", {[key] = value})
    refuses("'" .. key .. "' without 'monitoring'", {[key] = value, monitoring = false})
end

-- weights
refuses("Bad 'weights' value: expected a table", {weights = 2})
refuses("Bad 'weights' value: expected addresses of nodes as keys", {weights = {[true] = 2}})
refuses("Bad 'weights' value: expected nodes of the cluster as keys; 192.168.0.3:3306 is no node of the cluster, "
    .. 'which has 192.168.0.2:3306, 192.168.0.3:3307', {weights = {['192.168.0.3'] = 2}})
refuses("Bad 'weights' value: expected each node once; 192.168.0.2:3306 is there twice",
    {weights = {['192.168.0.2'] = 2, ['192.168.0.2:3306'] = 3}})
raises('use mysql_resolve', cluster(two, {weights = {localhost = 2}}))
for _, bad in ipairs{-1, 1001, 0 / 0, '2', true} do
    refuses("Bad 'weights' value: expected numbers from 0 to 1000; that of 192.168.0.2:3306 is something else",
        {weights = {['192.168.0.2'] = bad}})
end

for _, bad in ipairs{'', 'two words', ('x'):rep(65)} do
    refuses("Bad 'name' value: expected 1 to 64 letters, digits, '_', '-' or '.'", {name = bad})
end

-- what is not given, or not asked for, needs nothing
mysql_cluster(two, {})
mysql_cluster(two, {proxy_protocol = 2})
mysql_cluster(two, {tls = true})
mysql_cluster(two, {proxy_protocol = 2, tls = {verify = 'none'}})
mysql_cluster(two, {monitoring = false, user = '', password = '', no_read_only = false, disconnect_unavailable = false})
mysql_cluster(two, {monitoring = true, user = 5, password = 6, no_read_only = true, disconnect_unavailable = true,
    interval = 1, timeout = 0.5, rise = 2, fall = 3, check = ' select 1', max_lag = 5.5, galera = true, ready_timeout = 5})

-- every kind of node, in the order of their keys
local address = mysql_resolve('127.0.0.1:3308')
local kinds = mysql_cluster({[3] = '@abstract', [1] = '127.0.0.1', [2.5] = '/path', [7] = address, [8] = '[::1]:3307',
    [9] = '127.0.0.1:3306'}, {weights = {['127.0.0.1'] = 0, [address] = 2}, name = 'some-nodes.1'})
local nodes = kinds:nodes()
local expected = {'127.0.0.1:3306', '/path', '@abstract', '127.0.0.1:3308', '[::1]:3307'}
equal(#nodes, #expected)
for i, node in ipairs(nodes) do
    equal(node.address, expected[i])
    equal(node.state, 'unknown')
    equal(node.weight, ({0, 1, 1, 2, 1})[i])
    equal(node.suspect, false)
    equal(node.reason, '')
    equal(type(node.since), 'number')
    equal(node.check_seconds, nil)
    equal(node.lag_seconds, nil)
end

-- methods
equal(kinds:state('127.0.0.1'), 'unknown')
equal(kinds:state(address), 'unknown')
equal(kinds:state('@abstract'), 'unknown')
raises_at("bad argument #1 to 'state' (127.0.0.9:3306 is no node of the cluster, which has "
    .. table.concat(expected, ', ') .. ')', function() kinds:state('127.0.0.9') end)
raises_at("bad argument #1 to 'state' (address expected, got nil)", function() local _ = kinds:state(nil) end)
raises('Not enough parameters', kinds.state, kinds)
raises('Too many parameters', kinds.nodes, kinds, 1)
raises('and 990 more', function()
    many[1001] = nil
    mysql_cluster(many):state('127.0.0.1')
end)
raises_at("the nodes of a cluster without 'monitoring' never change", function() kinds:on_change(print) end)
local watched = mysql_cluster(two, {monitoring = true})
raises_at("bad argument #1 to 'on_change' (function expected, got nil)", function() watched:on_change(nil) end)
raises('Not enough parameters', watched.on_change, watched)
for _ = 1, 16 do
    watched:on_change(function() end)
end
raises_at('more than 16 functions for the changes of a cluster: add them once, while the configuration loads',
    function() watched:on_change(print) end)
equal(type(kinds), 'userdata')
equal(kinds.name, 'some-nodes.1')
equal(tostring(kinds), 'some-nodes.1')
equal(mysql_cluster(two).name, '192.168.0.2:3306 +1')
raises('', function() kinds.name = 'x' end)
assert(rawequal(mysql_cluster(two), mysql_cluster({'192.168.0.2:3306', '192.168.0.3:3307'}, {})))
assert(mysql_cluster(two) ~= mysql_cluster(two, {name = 'x'}))
local closed = mysql_cluster({'@closed'}, {monitoring = true})
closed:on_change(print)
equal(select('#', closed:close()), 0)
closed:close()
equal(closed:state('@closed'), 'unknown')
raises_at('the cluster is closed', function() closed:on_change(print) end)
raises('Too many parameters', closed.close, closed, 1)
local again = mysql_cluster({'@closed'}, {monitoring = true})
assert(again ~= closed)
again:on_change(function() end)
equal(kinds.nonsense, nil)
raises('', function() kinds.nodes = 1 end)
raises('myproxy.cluster expected', kinds.nodes, address)

mysql_listen('@test', {
    on_connect = function(client)
        equal(mysql_cluster(two):state('192.168.0.2'), 'unknown')
        raises_at("bad argument #1 to 'mysql_cluster' (Cluster is empty)", cluster({}))
        equal(type(client:connect(kinds, {})), 'userdata')
        equal(type(client:connect(kinds, {user = 'u'}, {read_only = true})), 'userdata')
        raises("address expected, got table", function() client:connect({}, {}) end)
    end,
    on_handshake_response = no_login,
})
