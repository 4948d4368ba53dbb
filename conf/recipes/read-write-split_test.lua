local policy = test.load('read-write-split.lua', { env = { MYPROXY_CHECK_PASSWORD = 'secret' } })

local PRIMARY = '10.0.0.1:3306'

test.before(function()
    policy:node('10.0.0.2', 'read_only')
    policy:node('10.0.0.3', 'read_only')
end)

local function target(user)
    return policy:client():login{ user = user }.target
end

test.case('writers go to the primary', function()
    for i = 1, 20 do
        test.equal(target('account' .. i), PRIMARY)
    end
end)

test.case('readers are spread over the replicas', function()
    local seen = {}
    for i = 1, 50 do
        local server = target('account' .. i .. '_ro')
        test.differs(server, PRIMARY)
        seen[server] = true
    end
    test.equal(seen, { ['10.0.0.2:3306'] = true, ['10.0.0.3:3306'] = true })
    test.differs(target('reports'), PRIMARY)
    test.equal(policy:client():login{ user = 'backup' }.read_only, true)
end)

test.case('readers go to the primary when no replica works', function()
    policy:node('10.0.0.2', 'dead', 'Connection refused')
    policy:node('10.0.0.3', 'dead', 'replica is 3600 s behind (max_lag 10 s)')

    test.equal(target('reports'), PRIMARY)
end)

test.case('after a promotion writers go to the new primary', function()
    policy:node('10.0.0.1', 'dead', 'Connection refused')
    policy:node('10.0.0.3', 'alive')

    test.equal(target('joe'), '10.0.0.3:3306')
    test.equal(target('reports'), '10.0.0.2:3306')
end)
