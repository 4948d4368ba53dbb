local path = os.tmpname()

local function write(text)
    local file = assert(io.open(path, 'w'))
    file:write(text)
    file:close()
end

local function load(text)
    write(text)
    return test.load('drain-servers.lua', { env = { MYPROXY_SERVERS = path } })
end

-- The nodes that a hundred accounts come to.
local function nodes(policy)
    local found = {}
    for i = 1, 100 do
        found[policy:client():login{ user = 'account' .. i }.target] = true
    end
    return found
end

test.case('accounts are spread over all servers', function()
    local policy = load("return { ['10.0.0.1'] = 1, ['10.0.0.2'] = 1 }")

    test.equal(nodes(policy), { ['10.0.0.1:3306'] = true, ['10.0.0.2:3306'] = true })
    os.remove(path)
end)

test.case('a server with weight 0 is emptied, and still there if the others fail', function()
    local policy = load("return { ['10.0.0.1'] = 1, ['10.0.0.2'] = 1 }")

    write("return { ['10.0.0.1'] = 1, ['10.0.0.2'] = 0 }")
    policy:reload()

    test.equal(nodes(policy), { ['10.0.0.1:3306'] = true })
    policy:node('10.0.0.1', 'dead', 'Connection refused')
    test.equal(nodes(policy), { ['10.0.0.2:3306'] = true })
    os.remove(path)
end)

test.case('servers come and go', function()
    local policy = load("return { ['10.0.0.1'] = 1 }")

    write("return { ['10.0.0.3'] = 1, ['10.0.0.4:3307'] = 1 }")
    policy:reload()

    test.equal(nodes(policy), { ['10.0.0.3:3306'] = true, ['10.0.0.4:3307'] = true })
    test.raises('no cluster of the policy watches 10.0.0.1', policy.node, policy, '10.0.0.1', 'dead')
    os.remove(path)
end)

test.case('the same file changes nothing', function()
    local policy = load("return { ['10.0.0.1'] = 1, ['10.0.0.2'] = 1 }")
    policy:node('10.0.0.2', 'dead', 'Connection refused')

    policy:reload()

    test.equal(nodes(policy), { ['10.0.0.1:3306'] = true })
    os.remove(path)
end)

test.case('a broken file changes nothing', function()
    for _, broken in ipairs{ 'return {', 'return {}', 'return 5', "return { ['10.0.0.2'] = 'many' }",
        'return { db1 = 1 }' } do
        local policy = load("return { ['10.0.0.1'] = 1 }")
        write(broken)
        test.raises('Lua error in reload', policy.reload, policy)
        test.equal(nodes(policy), { ['10.0.0.1:3306'] = true })
    end
    os.remove(path)
end)

test.case('without a file there are servers to try it with', function()
    local policy = test.load('drain-servers.lua', { env = { MYPROXY_SERVERS = '/nonexistent' } })

    test.equal(nodes(policy), { ['10.0.0.1:3306'] = true, ['10.0.0.2:3306'] = true })
end)
