-- The configuration of the daemon that all clients log in to. The end of the user's name tells which server it goes to.

local servers = {SERVERS}
local hashes = {HASHES}

local function sum(bytes)
  local all = 0
  for i = 1, #bytes do
    all = (all * 31 + bytes:byte(i)) % 2147483647
  end
  return ('%d:%d'):format(#bytes, all)
end

local function handlers(encrypted, version)
  return {
    on_connect = function(client)
      if version then
        client.server_version = version
      end
    end,
    on_handshake_response = function(client, login)
      if encrypted ~= nil and (client.tls ~= nil) ~= encrypted then
        return client:err(encrypted and 'This login came without TLS' or 'This login came with TLS')
      end
      if login.user:find('^show ') then
        return client:err(sum(login.user) .. ' ' .. sum(login.password))
      end
      return client:connect(servers[login.user:match('_([^_]+)$')] or servers.native, login)
    end
  }
end

mysql_listen('DIRECTORY/socket', handlers())
mysql_listen('127.0.0.1:PLAIN_PORT', handlers(false), {tls = false})
-- as it is when nobody says anything about TLS
mysql_listen('*:TLS_PORT', handlers(true))
-- says that its servers are MySQL
mysql_listen('127.0.0.1:MYSQL_PORT', handlers(true, 'VERSION'))

local hashing = {
  on_handshake_response = function(client, login)
    if not login:verify(hashes[login.user:match('_([^_]+)$')]) then
      return client:err(("Access denied for user '%s'@'HOST' (using password: YES)"):format(login.user), 1045, '28000')
    end
    return client:connect(servers.native, login)
  end
}

mysql_listen('DIRECTORY/hash', hashing, {auth = 'hash'})
mysql_listen('127.0.0.1:HASH_PORT', hashing, {auth = 'hash', tls = false})
mysql_listen('*:HASH_TLS_PORT', hashing, {auth = 'hash'})
