local policy = test.load('failover-primary.lua', { env = { MYPROXY_CHECK_PASSWORD = 'secret' } })

test.before(function()
    policy:node('10.0.0.2', 'read_only')
end)

local function login()
    return policy:client():login{ user = 'joe', password = 'x', database = 'shop' }
end

test.case('everybody goes to the primary', function()
    test.includes(login(), { target = '10.0.0.1:3306', user = 'joe', database = 'shop', read_only = false })
end)

test.case('without a primary clients read why', function()
    policy:node('10.0.0.1', 'dead', 'Connection refused')

    test.includes(login(), { action = 'err', code = 1290 })
end)

test.case('they go to the replica once it is promoted', function()
    policy:node('10.0.0.1', 'dead', 'Connection refused')
    policy:node('10.0.0.2', 'alive')

    test.equal(login().target, '10.0.0.2:3306')
end)

test.case('a former primary that is back as a replica gets nobody', function()
    policy:node('10.0.0.1', 'dead', 'Connection refused')
    policy:node('10.0.0.2', 'alive')
    policy:node('10.0.0.1', 'read_only')

    test.equal(login().target, '10.0.0.2:3306')
end)

test.case('changes are counted, and logged with their reason', function()
    policy:node('10.0.0.1', 'dead', 'Connection refused')

    test.equal(policy:metric('cluster_node_changes_total', { to = 'dead' }), 1)
    test.contains(policy.log[#policy.log].line, 'node 10.0.0.1:3306 is dead')
    test.contains(policy.log[#policy.log].line, 'Connection refused')
end)
