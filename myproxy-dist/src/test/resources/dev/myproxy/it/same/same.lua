-- The configuration of the daemon that is compared with its server. DIRECTORY and SERVER are filled in.

local function through(server)
  return {
    on_handshake_response = function(client, login)
      client.account = login.user
      return client:connect(server, login)
    end
  }
end

local function listen(name, handlers, ...)
  mysql_listen('DIRECTORY/' .. name, handlers, ...)
end

listen('plain', through('SERVER'))
listen('split', through('DIRECTORY/relay-split'))
listen('coalesced', through('DIRECTORY/relay-coalesced'))

-- Looks at everything, and changes nothing.

local handled = through('SERVER')

function handled.on_connect(client)
  client.notes.statements = 0
end

function handled.on_command_phase(client)
  sleep(0)
end

function handled.on_init_db(client, database)
  return client:init_db(database)
end

function handled.on_query(client, sql)
  client.notes.statements = client.notes.statements + 1
  if #sql % 7 == 0 then
    sleep(0)
  end
end

listen('handled', handled, {max_query_bytes = 2 ^ 26})
