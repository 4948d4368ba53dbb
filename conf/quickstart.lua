-- The configuration of ./quickstart: the script knows which account a client may use at the server. The client never
-- learns that account's name or password.

local server = mysql_resolve(os.getenv('QUICKSTART_SERVER'))

-- What the world may know, and what it stands for.
local accounts = {
    demo = {
        password = 'demo',
        at_server = {user = 'shop_owner', password = os.getenv('QUICKSTART_PASSWORD'), database = 'shop'},
    },
}

local handler = {}

function handler.on_handshake_response(client, login)
    local account = accounts[login.user]
    if not account or account.password ~= login.password then
        print('script: refused ' .. login.user)
        return client:err('Unknown user or wrong password', 1045)
    end

    client.account = login.user
    print('script: ' .. login.user .. ' works as ' .. account.at_server.user .. ' at ' .. tostring(server))
    return client:connect(server, account.at_server)
end

function handler.on_init_db(client, database)
    if database ~= 'shop' then
        print('script: ' .. client.account .. ' may not use ' .. database)
        return client:err('There is nothing for you but the database "shop"')
    end
    return client:init_db(database)
end

mysql_listen(os.getenv('QUICKSTART_SOCKET'), handler)
mysql_listen('127.0.0.1:' .. os.getenv('QUICKSTART_PORT'), handler)
