local policy = test.load('stored-hashes.lua', { env = { MYPROXY_DATABASE = 'host=db dbname=policy' } })

local function hex(text)
    return (text:gsub('.', function(byte)
        return ('%02x'):format(byte:byte())
    end))
end

-- both of the password "secret"
local NATIVE = hex('*14E65567ABDB5135D0CFD9A70B3032C179A49EE7')
local SHA2 = '244124303041245144533b382d4e5d2b7e737029016c7806432c0c6b44356d445539636d7673616b50627065563379734d53'
    .. '4a47764f2e7454526247384841376d4e59337934'

local function login(user, password)
    return policy:client():login{ user = user, password = password, database = 'shop' }
end

test.before(function()
    policy.db:answer('FROM password_hashes WHERE name = %$1', function(_, params)
        local hash = ({ joe = NATIVE, ann = SHA2 })[params[1]]
        return hash and { { hash = hash, server = '10.0.0.1' } } or {}
    end)
end)

test.case('who knows the password of the hash logs in with it', function()
    for _, name in ipairs{ 'joe', 'ann' } do
        local client = policy:client()

        test.includes(client:login{ user = name, password = 'secret', database = 'shop' },
            { action = 'connect', target = '10.0.0.1:3306', user = name, database = 'shop' })
        test.equal(client.account, name)
    end
end)

test.case('others are refused alike, after a second', function()
    local before = policy.clock.now()

    test.equal(login('joe', 'x'), { action = 'err', message = 'Access denied for user joe', code = 1045,
        sqlstate = '28000' })
    test.equal(login('ann', 'x').action, 'err')
    test.equal(login('eve', 'secret').message, 'Access denied for user eve')

    test.equal(policy.clock.now() - before, 3)
end)

test.case('without the database, clients are told to wait', function()
    policy.db:fail('.', 'connection refused')

    test.matches(login('joe', 'secret').message, 'try again later')
    test.matches(policy.log[1].line, 'hashes: connection refused')
end)
