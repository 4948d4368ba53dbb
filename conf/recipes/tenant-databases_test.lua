local policy = test.load('tenant-databases.lua')

local function joe(database)
    local client = policy:client()
    return client:login{ user = 'joe', password = 'secret', database = database }, client
end

test.case('the prefix is added at the login', function()
    test.includes(joe('shop'), { action = 'connect', user = 'joe', password = 'his password there',
        database = 'joe_shop' })
end)

test.case('a login without a database stays without one', function()
    test.is_nil(joe().database)
end)

test.case('real names stay as they are', function()
    local decision, client = joe('joe_shop')

    test.equal(decision.database, 'joe_shop')
    test.equal(client:init_db('joe_blog').database, 'joe_blog')
end)

test.case('another database gets the prefix too, also that of another tenant', function()
    local _, client = joe()

    test.equal(client:init_db('blog'), { action = 'init_db', database = 'joe_blog' })
    test.equal(client:init_db('ann_shop').database, 'joe_ann_shop')
    test.equal(client:init_db(('x'):rep(61)), { action = 'err', message = 'The database name is too long' })
end)

test.case('USE is translated, and nothing else', function()
    local _, client = joe()

    test.equal(client:query('use shop'), { action = 'query', sql = 'USE `joe_shop`' })
    test.equal(client:query(' USE `my shop` ; ').sql, 'USE `joe_my shop`')
    test.equal(client:query('SELECT 1').action, 'proceed')
    test.equal(client:query('USE shop; DROP TABLE x').action, 'proceed')
    test.equal(client:query('USE ' .. ('x'):rep(70)).action, 'err')
end)

test.case('wrong passwords are refused after a second', function()
    local before = policy.clock.now()

    test.equal(policy:client():login{ user = 'joe', password = 'x' }.message, 'Access denied for user joe')
    test.equal(policy:client():login{ user = 'eve', password = 'x' }.message, 'Access denied for user eve')

    test.equal(policy.clock.now() - before, 2)
end)
