-- The configuration of the daemon that integration tests share. DIRECTORY and PORT are filled in.
--
-- A client's user name tells where to go: 'ACCOUNT SERVER' or 'ACCOUNT SERVER OPTION'.

local function listen(name, handlers, ...)
  mysql_listen('DIRECTORY/' .. name, handlers, ...)
end

local function route(client, login)
  local account, server, option = login.user:match('^(%S+) (%S+) ?(%S*)$')
  if not account then
    return client:err('The user name should be: ACCOUNT SERVER')
  end
  client.account = account
  login.user = account
  if option == 'cleartext' then
    return client:connect(server, login, {allow_cleartext = true})
  end
  if option == 'sha1' then
    -- SHA1('secret')
    local hash = ('e5e9fa1ba31ecd1ae84f75caaa474f3a663f05f4'):gsub('%x%x', function(hex)
      return string.char(tonumber(hex, 16))
    end)
    return client:connect(server, {user = account, password_sha1 = hash})
  end
  return client:connect(server, login)
end

local plain = {on_handshake_response = route}

-- clients of tests send their passwords in clear, over TCP too
local clear = {allow_cleartext = true}

listen('main', plain)
listen('no-tls', plain, {tls = false})
mysql_listen('127.0.0.1:PORT', plain, clear)
mysql_listen('@ABSTRACT', plain)
pcall(mysql_listen, '[::1]:PORT', plain, clear) -- not every machine has IPv6

-- on_connect

local function on_connect(name, handler)
  listen(name, {on_connect = handler, on_handshake_response = route})
end

on_connect('connect-nothing', function() end)
on_connect('connect-nil', function() return nil end)
on_connect('connect-refuse', function(client) return client:err('Not today') end)
on_connect('connect-last', function(client) return client:err('Not today'), nil end)
on_connect('connect-fail', function() error('boom') end)
on_connect('connect-number', function() return 42 end)
on_connect('connect-sleep', function() sleep(0.2) end)
on_connect('connect-forever', function() sleep(3600) end)
on_connect('connect-version', function(client) client.server_version = '10.99.1-test' end)
on_connect('connect-notes', function(client)
  client.notes.greeted = 'pid ' .. tostring(client.pid == nil) .. ' uid ' .. tostring(client.uid)
end)

-- on_handshake_response

local function on_login(name, handler)
  listen(name, {on_handshake_response = handler})
end

on_login('login-refuse', function(client, login) return client:err('Go away, ' .. login.user) end)
on_login('login-long', function(client) return client:err(string.rep('long ', 1000)) end)
on_login('login-fail', function() error('boom') end)
on_login('login-nothing', function() end)
on_login('login-wrong', function(client) return client:init_db('x') end)
on_login('login-string', function() return 'connect' end)
on_login('login-sleep', function(client, login)
  sleep(0.2)
  return route(client, login)
end)
on_login('login-forever', function() sleep(3600) end)
on_login('login-attribute', function(client) return client.no_such_thing end)
local function show(client, login)
  return client:err(('user=%s password=%s database=%s uid=%s account=%s'):format(login.user, login.password,
    tostring(login.database), tostring(client.uid), tostring(client.account)))
end

on_login('login-show', show)
-- takes no passwords in clear
mysql_listen('127.0.0.13:PORT', {on_handshake_response = show})
on_login('login-bytes', function(client, login)
  local hex = login.user:gsub('.', function(c) return ('%02x'):format(c:byte()) end)
  return client:err(hex .. ' ' .. login.user)
end)

-- Names of any bytes, behind which the server stands, or 'hex' to see what the script has got.
local function hex(bytes)
  return (bytes:gsub('.', function(c) return ('%02x'):format(c:byte()) end))
end

local any = {
  on_handshake_response = function(client, login)
    local user, server = login.user:match('^(.*) (%S+)$')
    if server == 'hex' then
      return client:err(hex(user) .. ' ' .. hex(login.password))
    end
    return client:connect(server, {user = user, password = login.password})
  end
}
listen('any', any)
mysql_listen('127.0.0.14:PORT', any)

-- The user's name ends with the hash of the password that the client must know.
listen('hash', {
  on_handshake_response = function(client, login)
    local rest, hash = login.user:match('^(.*) (%S+)$')
    login.user = rest
    if not login:verify(hash) then
      return client:err('The hash is of another password', 1045, '28000')
    end
    return route(client, login)
  end
}, {auth = 'hash'})

-- on_command_phase

local function on_phase(name, handler)
  listen(name, {on_handshake_response = route, on_command_phase = handler})
end

on_phase('phase-nothing', function(client) client.notes.x = client.server_version end)
on_phase('phase-sleep', function() sleep(0.2) end)
on_phase('phase-forever', function() sleep(3600) end)
on_phase('phase-fail', function() error('boom') end)
on_phase('phase-refuse', function(client) return client:err('no') end)
on_phase('phase-print', function(client)
  print('command phase of ' .. client.account .. ' at ' .. client.server_version)
end)

-- on_init_db

listen('init-db', {
  on_handshake_response = route,
  on_init_db = function(client, database)
    if database:match('^denied') then
      return client:err('Not your database: ' .. database)
    elseif database == 'long' then
      return client:err(string.rep('x', 5000))
    elseif database == 'fail' then
      error('boom')
    elseif database == 'nothing' then
      return
    elseif database:match('^slow') then
      sleep(0.2)
    end
    return client:init_db((database:gsub('^alias_', '')))
  end
})

-- client.database: the statement ATTRIBUTE shows it beside what the server says

local function show_database(client, sql)
  if sql == 'ATTRIBUTE' then
    local name = client.database
    return client:query('SELECT ' .. (name and "'" .. name .. "'" or 'NULL') .. ', DATABASE()')
  end
end

listen('database', {on_handshake_response = route, on_query = show_database})
listen('database-alias', {
  on_handshake_response = route,
  on_query = show_database,
  on_init_db = function(client, database)
    return client:init_db((database:gsub('^alias_', '')))
  end
})

-- on_query and on_disconnect: a firewall that also rewrites

local firewall = {
  on_handshake_response = route,
  on_query = function(client, sql)
    if sql:find('forbidden') then
      return client:err('Not allowed: ' .. sql)
    elseif sql:find('teapot') then
      return client:err('I am a teapot', 4711, '45000')
    elseif sql:find('boom') then
      error('boom')
    elseif sql:find('slow') then
      sleep(0.1)
    end
    -- tables of a tenant have a prefix, and long texts have short names
    local rewritten, count = sql:gsub('tenant_(%w+)', 'prefix_%1')
    rewritten = rewritten:gsub('<(%d+) bytes>', function(bytes)
      count = 1
      return ('x'):rep(tonumber(bytes))
    end)
    if count > 0 then
      return client:query(rewritten)
    end
  end,
  on_disconnect = function(client, cause, session)
    sleep(0.01)
    print(('%s left: %s after %d queries in phase %s'):format(tostring(client.account), cause, session.queries,
      session.phase))
  end
}

listen('query', firewall, {max_query_bytes = 100000})
listen('query-large', firewall, {max_query_bytes = 2 ^ 26})

-- for servers of one kind each, so that greetings offer what they have

listen('mariadb', plain)
listen('old', plain)
mysql_listen('127.0.0.3:PORT', plain, clear)
listen('mysql', plain)
listen('mariadb-query', firewall)
listen('mysql-query', firewall)
mysql_listen('127.0.0.2:PORT', firewall, clear)

-- what greets as the servers do

local like_servers = {server_version = 'server'}

listen('like-mariadb', plain, like_servers)
mysql_listen('127.0.0.17:PORT', plain, like_servers)
listen('like-mysql', plain, like_servers)
mysql_listen('127.0.0.16:PORT', plain, like_servers)

-- Limits of clients.

local limits = {login_timeout = 0.3, idle_timeout = 0.4, write_timeout = 0.5, local_infile = false, allow_cleartext = true}

listen('limits', plain, limits)
mysql_listen('127.0.0.11:PORT', plain, limits)
listen('few', plain, {max_pending_logins = 2})
mysql_listen('127.0.0.12:PORT', plain, {max_pending_logins = 2, allow_cleartext = true})



-- All of them, and coroutines of the script's own in between.

listen('all', {
  on_connect = function(client)
    local generator = coroutine.wrap(function()
      for i = 1, 3 do
        sleep(0.01)
        coroutine.yield(i)
      end
    end)
    client.notes.sum = generator() + generator() + generator()
  end,
  on_handshake_response = function(client, login)
    client.notes.user = login.user
    return route(client, login)
  end,
  on_command_phase = function(client)
    print('notes of ' .. client.notes.user .. ': ' .. client.notes.sum)
  end,
  on_init_db = function(client, database)
    return client:init_db(database)
  end
})

reloads = 0

function reload()
  reloads = reloads + 1
  print('reload number ' .. reloads)
  if reloads == 2 then
    error('second reload fails')
  end
end
