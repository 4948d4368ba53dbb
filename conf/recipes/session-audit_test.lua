local policy = test.load('session-audit.lua')

local function session(user, cause, numbers)
    local client = policy:client{ uid = 1000 }
    client:login{ user = user }
    client:disconnect(cause, numbers)
end

local function rows_of(query)
    local rows = {}
    for i = 1, query.params[1] and 8 or 0 do
        rows[i] = query.params[i]
    end
    return rows
end

test.case('a session leaves a row', function()
    policy.db:answer('INSERT INTO sessions', { count = 1 })

    session('joe', 'client_quit', { queries = 7, received_bytes = 100, sent_bytes = 2000, total_ms = 1500 })

    test.equal(rows_of(policy.db.queries[1]), { '{"joe"}', '{"uid 1000"}', '{"10.0.0.1:3306"}', '{"client_quit"}',
        '{"7"}', '{"100"}', '{"2000"}', '{"1.5"}' })
end)

test.case('so does one that never came to a server', function()
    policy.db:answer('INSERT INTO sessions', { count = 1 })

    policy:client{ uid = 5 }:disconnect('client_closed')

    test.equal(policy.db.queries[1].params[1], '{NULL}')
    test.equal(policy.db.queries[1].params[3], '{NULL}')
end)

test.case('while the database is down, rows wait for it', function()
    local attempts = 0
    policy.db:answer('INSERT INTO sessions', function()
        attempts = attempts + 1
        if attempts < 3 then
            return nil, 'connection refused'
        end
    end)

    session('joe', 'client_quit')
    session('ann', 'server_closed')

    test.equal(attempts, 4)
    test.matches(policy.log[1].line, 'sessions not written lost=0 reason="connection refused" waiting=1')
    test.equal(policy.db.queries[4].params[1], '{"ann"}')
    test.equal(policy.errors, {})
end)

test.case('sessions that end while rows are written go together', function()
    policy.db:answer('INSERT INTO sessions', function()
        if #policy.db.queries == 1 then
            session('ann', 'client_quit')
            session('bob', 'client_quit')
        end
    end)

    session('joe', 'client_quit')

    test.equal(#policy.db.queries, 2)
    test.equal(policy.db.queries[2].params[1], '{"ann","bob"}')
end)

test.case('names that are not plain text do not stop the rest', function()
    policy.db:answer('INSERT INTO sessions', { count = 1 })

    session('j\228\246', 'client_quit')

    test.equal(policy.db.queries[1].params[1], '{"j??"}')
end)
