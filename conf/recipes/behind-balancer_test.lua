local policy = test.load('behind-balancer.lua')

local function client(address, front)
    return policy:client{ proxy_address = '10.0.0.10', address = address, local_address = front }
end

test.case('the address at the balancer says which server it is, and the server is told the client', function()
    local first = client('192.0.2.77', '198.51.100.7')

    test.includes(first:login{ user = 'shop', password = 'secret', database = 'orders' },
        { action = 'connect', target = '10.0.0.1:3306', user = 'shop', password = 'secret', database = 'orders' })
    test.equal(first.account, 'shop')
    test.equal(client('192.0.2.77', '198.51.100.8'):login{ user = 'shop' }.target, '10.0.0.2:3306')
end)

test.case('some users may come from their own network alone', function()
    test.equal(client('192.0.2.77', '198.51.100.7'):login{ user = 'report' }.action, 'connect')
    test.equal(client('203.0.113.5', '198.51.100.7'):login{ user = 'report' },
        { action = 'err', message = "Access denied for user 'report'", code = 1045, sqlstate = '28000' })
    test.equal(client('203.0.113.5', '198.51.100.7'):login{ user = 'shop' }.action, 'connect')
end)

test.case('addresses without a server are told so', function()
    test.equal(client('192.0.2.77', '198.51.100.9'):login{ user = 'shop' }.message,
        'There is no database at this address')
    test.equal(policy.printed, { 'no server for 198.51.100.9:3306' })
end)

test.case('the balancer itself has no account', function()
    test.equal(policy:client{ address = '10.0.0.10' }:login{ user = 'shop' }.message,
        'Only clients of the balancer log in here')
end)
