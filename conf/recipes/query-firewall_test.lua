local policy = test.load('query-firewall.lua')

local function client_of(user)
    local client = policy:client()
    client:login{ user = user }
    return client
end

local passed = {
    'SELECT 1',
    'DELETE FROM posts WHERE id = 1',
    'UPDATE posts SET a = 1 WHERE id = 2',
    "INSERT INTO posts VALUES ('DROP DATABASE x; DELETE FROM posts')",
    "SELECT 'it''s', 'a\\'b; DROP DATABASE x'",
    'SELECT `DROP DATABASE x`',
    'SELECT 1 -- ; DROP DATABASE x',
    'SELECT 1 /* ; DROP DATABASE x */',
    'SELECT 3-1, 4/2',
    "SELECT '",
    '',
}

test.case('ordinary statements pass', function()
    local client = client_of('joe')
    for _, sql in ipairs(passed) do
        test.equal(client:query(sql).action, 'proceed', sql)
    end
end)

local refused = {
    'DROP DATABASE shop',
    'drop\n\tdatabase shop',
    '  /* hello */ DROP DATABASE shop',
    '/*!50000 DROP DATABASE shop */',
    '/*M! DROP DATABASE shop */',
    '# a line\nDROP DATABASE shop',
    '-- a line\nDROP DATABASE shop',
    'SELECT 1; DROP DATABASE shop',
    'DROP/**/DATABASE shop',
    'DELETE FROM posts',
    'DELETE FROM `posts` ;',
    "UPDATE posts SET a = ' WHERE '",
    "LOAD DATA LOCAL INFILE 'x' INTO TABLE t",
    "SELECT * FROM t INTO OUTFILE '/tmp/x'",
    'SET GLOBAL max_connections = 1',
}

test.case('harmful statements are refused, however they are written', function()
    local client = client_of('joe')
    for _, sql in ipairs(refused) do
        test.equal(client:query(sql).action, 'err', sql)
    end
    test.equal(client.phase, 'logged_in')
    test.equal(#policy.log, #refused)
    test.matches(policy.log[1].line, '"joe"%] statement refused reason="DROP DATABASE is for administrators"')
end)

test.case('administrators may do everything', function()
    test.equal(client_of('maintenance'):query('DROP DATABASE shop').action, 'proceed')
end)
