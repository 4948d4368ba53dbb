-- Clients come through a TCP balancer such as HAProxy; script, log and servers know where they really come from.
--
-- When to use it: several proxies share an address, or the network's clients reach databases through one machine only. The
-- balancer sends headers of the PROXY protocol, in HAProxy by `server one 10.0.0.20:3306 send-proxy-v2 check`; the proxy sends
-- them on to the servers, so that accounts such as 'report'@'192.0.2.%' and SHOW PROCESSLIST go by the clients' addresses.
--
-- Adapt: the balancers' addresses in `trusted`, which nobody else may have; `fronts`, which server is behind which address of the
-- balancer; `only_from`.
-- Needs: servers that read headers: MariaDB, with `proxy-protocol-networks = 10.0.0.20`, the proxy's address. MySQL reads none:
-- leave `proxy_protocol` out of `telling` for it.

local telling = { proxy_protocol = 2 }

-- Where clients connected to at the balancer, and who answers there.
local fronts = {
    ['198.51.100.7:3306'] = '10.0.0.1:3306',
    ['198.51.100.8:3306'] = '10.0.0.2:3306',
}

-- Users who may come from certain hosts alone; all others may come from everywhere.
local only_from = {
    report = '^192%.0%.2%.%d+:',
}

local handlers = {}

-- The balancer's checks come here, too. They are told apart by having come through nobody.
function handlers.on_handshake_response(client, login)
    if not client.proxy_address then
        return client:err('Only clients of the balancer log in here')
    end
    local server = fronts[tostring(client.local_address)]
    if not server then
        print('no server for ' .. tostring(client.local_address))
        return client:err('There is no database at this address')
    end
    local hosts = only_from[login.user]
    if hosts and not tostring(client.address):match(hosts) then
        return client:err("Access denied for user '" .. login.user .. "'", 1045, '28000')
    end
    client.account = login.user
    return client:connect(server, login, telling)
end

mysql_listen('*:3306', handlers, {
    proxy_protocol = { trusted = { '10.0.0.10', '10.0.0.11' } },
})
