local policy = test.load('sticky-accounts.lua', { env = { MYPROXY_CHECK_PASSWORD = 'secret' } })

local function node_of(user)
    return policy:client():login{ user = user, password = 'x' }.target
end

local function nodes_of_many()
    local nodes, count = {}, {}
    for i = 1, 300 do
        local node = node_of('account' .. i)
        nodes[i] = node
        count[node] = (count[node] or 0) + 1
    end
    return nodes, count
end

test.case('an account stays at its node, and the larger node has twice as many', function()
    test.equal(node_of('joe'), node_of('joe'))

    local _, count = nodes_of_many()

    test.is_true(count['10.0.0.3:3306'] > 110, 'the larger node has ' .. count['10.0.0.3:3306'])
    test.is_true(count['10.0.0.1:3306'] < 110, 'a smaller node has ' .. count['10.0.0.1:3306'])
    test.is_true(count['10.0.0.2:3306'] < 110, 'a smaller node has ' .. count['10.0.0.2:3306'])
end)

test.case('only the accounts of a dead node move, and they come back', function()
    local before = nodes_of_many()

    policy:node('10.0.0.2', 'dead', 'Connection refused')
    local after = nodes_of_many()
    policy:node('10.0.0.2', 'alive')

    for i = 1, #before do
        if before[i] == '10.0.0.2:3306' then
            test.differs(after[i], '10.0.0.2:3306')
        else
            test.equal(after[i], before[i])
        end
    end
    test.equal(nodes_of_many(), before)
end)

test.case('the log says what happens to nodes, and why', function()
    policy:node('10.0.0.1', 'dead', 'not synced: Donor')
    policy:node('10.0.0.1', 'alive', 'ok')

    test.equal(policy.log[1].level, 'warn')
    test.matches(policy.log[1].line, 'node 10.0.0.1:3306 is dead before=alive reason="not synced: Donor"')
    test.equal(policy.log[2].level, 'info')
end)
