dofile('src/test/resources/lua/check.lua')

local function bad_option(text, options, address)
    raises_at("bad argument #2 to 'control_listen' (" .. text .. ')',
        function() control_listen(address or '127.0.0.1', options) end)
end

local function check_addresses()
    raises_at('Invalid parameter count', function() control_listen() end)
    raises_at('Invalid parameter count', function() control_listen('@c', {}, nil) end)
    raises_at("bad argument #1 to 'control_listen' (path expected)", function() control_listen({}) end)
    raises_at("bad argument #1 to 'control_listen' (path expected)", function() control_listen(nil) end)
    raises('Failed to resolve "localhost":"5478": Name or service not known', function() control_listen('localhost') end)
    raises('Garbage after host name', function() control_listen('foo_bar') end)
    raises('Port number is greater than 65535', function() control_listen('127.0.0.1:70000') end)
    raises('Failed to bind to /nonexistent/c: No such file or directory', function() control_listen('/nonexistent/c') end)
end

local function check_options()
    raises_at("bad argument #2 to 'control_listen' (table expected, got string)",
        function() control_listen('@c', 'interface') end)
    bad_option('Unknown option "allowed"; did you mean "allow"?', {allowed = {}})
    bad_option('Bad key type', {[true] = 1})
    local interface = [[Bad 'interface' value: expected the name of a network interface, such as "eth0"]]
    bad_option("Bad 'interface' value: expected a string", {interface = {}})
    bad_option(interface, {interface = ''})
    bad_option(interface, {interface = 'an-interface-too-long'})
    bad_option("'interface' is of no use for Unix sockets", {interface = 'lo'}, '@c')
end

local function check_groups()
    local group = [[expected a multicast address, such as "239.0.0.1" or "ff02::1%eth0"]]
    bad_option("Bad 'multicast_group' value: expected a string", {multicast_group = true})
    bad_option("Bad 'multicast_group' value: " .. group, {multicast_group = '192.0.2.1'})
    bad_option("Bad 'multicast_group' value: " .. group, {multicast_group = '239.0.0.1:5478'})
    bad_option("Bad 'multicast_group' value: " .. group, {multicast_group = '/run/group'})
    bad_option([[Bad 'multicast_group' value: Failed to resolve "group":"0": Name or service not known; ]] .. group,
        {multicast_group = 'group'})
    bad_option("Bad 'multicast_group' value: expected an IPv4 address, since the listener has one",
        {multicast_group = 'ff02::1'})
    bad_option("'multicast_group' is of no use for Unix sockets", {multicast_group = '239.0.0.1'}, '/run/c')
end

local function check_allow()
    local examples = "'unix:uid=0', 'unix:gid=0', 'unix:any', '10.0.0.0/8' or 'fd00::/8'"
    bad_option("Bad 'allow' value: expected a table", {allow = '10.0.0.0/8'})
    bad_option("Bad 'allow' value: expected a list of senders, such as {" .. examples .. '}', {allow = {a = '::1'}})
    bad_option("Bad 'allow' value: expected strings in the list, such as " .. examples, {allow = {true}})
    bad_option([[Bad 'allow' value: "localhost" names no senders; write ]] .. examples, {allow = {'localhost'}})
    bad_option([[Bad 'allow' value: "10.0.0.1/8" is no network; write "10.0.0.0/8" for the network, or "10.0.0.1" for the host]],
        {allow = {'10.0.0.1/8'}})
    bad_option("'allow' lets nobody send to 127.0.0.1:5478: it names no hosts, such as '127.0.0.1' or '10.0.0.0/8'",
        {allow = {}})
    bad_option("'allow' lets nobody send to @c: it names no processes, such as 'unix:uid=0'",
        {allow = {'10.0.0.0/8'}}, '@c')
end

check_addresses()
check_options()
check_groups()
check_allow()

equal(select('#', control_listen('@c', {allow = {'unix:uid=0', '10.0.0.0/8'}})), 0)
control_listen('*', {interface = 'lo', multicast_group = '239.0.0.1', allow = {'10.0.0.0/8', '::1'}})
control_listen(control_resolve('127.0.0.1'))
control_listen('[::1]:5479', {multicast_group = 'ff02::1', })
local listen = control_listen

mysql_listen('@x', {
    on_connect = function()
        equal(control_listen, nil)
        raises_at('control_listen is for configuration time only', function() listen('@d') end)
    end,
    on_handshake_response = no_login,
})
