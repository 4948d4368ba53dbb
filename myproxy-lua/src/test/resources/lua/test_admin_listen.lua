dofile('src/test/resources/lua/check.lua')

raises_at('Invalid parameter count', function() admin_listen() end)
raises_at('Invalid parameter count', function() admin_listen('@a', {}, 1) end)
raises_at("bad argument #1 to 'admin_listen' (path expected)", function() admin_listen({}) end)
raises_at("bad argument #1 to 'admin_listen' (path expected)", function() admin_listen(nil) end)
raises('Failed to resolve "localhost":"9101"', function() admin_listen('localhost') end)
raises('Failed to bind to /nonexistent/x: No such file or directory', function() admin_listen('/nonexistent/x') end)

local function bad(text, address, options)
    raises_at("bad argument #2 to 'admin_listen' (" .. text .. ')', function() admin_listen(address, options) end)
end

bad('table expected, got string', '/a', '0660')
bad([[Unknown option "mod"; did you mean "mode"?]], '/a', {mod = '0660'})
for _, mode in ipairs{660, '', '66', '0680', '00660', 'rw-rw----', true, {}} do
    bad("Bad 'mode' value: expected octal digits in a string, such as '0660'", '/a', {mode = mode})
end
bad("'mode' is of use for Unix sockets in the file system only", '@a', {mode = '0660'})
bad("'mode' is of use for Unix sockets in the file system only", '127.0.0.1', {mode = '0660'})
bad("Bad 'allow' value: expected a table", '/a', {allow = 'unix:uid=0'})
raises('"joe" names no senders', function() admin_listen('/a', {allow = {'joe'}}) end)
raises("'allow' lets nobody", function() admin_listen('/a', {allow = {'10.0.0.0/8'}}) end)
raises("'allow' lets nobody", function() admin_listen('127.0.0.1', {allow = {'unix:uid=0'}}) end)
bad("Bad 'hosts' value: expected a table", '127.0.0.1', {hosts = 'a'})
bad("Bad 'hosts' value: expected names of hosts, without ports", '127.0.0.1', {hosts = {'a:80'}})
bad("Bad 'hosts' value: expected names of hosts, without ports", '127.0.0.1', {hosts = {false}})
bad("Bad 'hosts' value: expected a list of names of hosts, such as {'db1.example.com'}", '127.0.0.1', {hosts = {a = 'b'}})

for _, address in ipairs{'/run/admin', '@admin', '127.0.0.1', '[::1]:9101', mysql_resolve('/run/admin2')} do
    equal(select('#', admin_listen(address)), 0)
end
admin_listen('/run/admin3', {mode = '660', allow = {'unix:gid=33'}, hosts = {'db1.example.com'}})

local listen = admin_listen
mysql_listen('@a', {
    on_handshake_response = function(client, login)
        equal(admin_listen, nil)
        raises_at('admin_listen is for configuration time only', function() listen('@x') end)
        return no_login(client, login)
    end,
})
