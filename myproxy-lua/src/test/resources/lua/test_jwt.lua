dofile('src/test/resources/lua/check.lua')

-- RFC 8037, appendix A
local pk = sodium.hex2bin('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a')
local sk = sodium.hex2bin('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60') .. pk

local digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

-- base64url without padding, written once more so that the library is not its own judge
local function base64(text)
    local out = {}
    for i = 1, #text, 3 do
        local a, b, c = text:byte(i, i + 2)
        local n = a * 65536 + (b or 0) * 256 + (c or 0)
        for j = 1, c and 4 or b and 3 or 2 do
            local d = math.floor(n / 64 ^ (4 - j)) % 64 + 1
            out[#out + 1] = digits:sub(d, d)
        end
    end
    return table.concat(out)
end

local function token(header, payload)
    local signed = base64(header) .. '.' .. base64(payload)
    return signed .. '.' .. base64(sodium.crypto_sign_detached(signed, sk))
end

local function check_sign()
    equal(jwt.sign(('\0'):rep(64), {kid = 'foo'}, {iss = 'joe', exp = 1300819380}),
        'eyJhbGciOiJFZERTQSIsImtpZCI6ImZvbyIsInR5cCI6IkpXVCJ9.eyJleHAiOjEzMDA4MTkzODAsImlzcyI6ImpvZSJ9.'
        .. '9I32LS2324DzGHfJRpRmAiC06qI-DFURmLad-ZlNBOMD0ARVm35Z1QseRXOPQEWy03HGZQhErGv8vwSLcxy6Bg')
    equal(jwt.sign(sk, {}, {}), token('{"alg":"EdDSA","typ":"JWT"}', '{}'))
    local header = {alg = 'none', typ = 1, kid = 'k'}
    equal(jwt.sign(sk, header, {admin = true, list = {1, 2}, ratio = 0.5, nothing = json.null}),
        token('{"alg":"EdDSA","kid":"k","typ":"JWT"}', '{"admin":true,"list":[1,2],"nothing":null,"ratio":0.5}'))
    equal(header.alg .. header.typ, 'none1')

    raises_at('Not enough parameters', function() jwt.sign() end)
    raises_at('Not enough parameters', function() jwt.sign(sk, {}) end)
    raises_at('Too many parameters', function() jwt.sign(sk, {}, {}, nil) end)
    raises_at("bad argument #1 to 'sign' (Malformed secret key)", function() jwt.sign('', {}, {}) end)
    raises_at("bad argument #1 to 'sign' (Malformed secret key)", function() jwt.sign(sk .. 'x', {}, {}) end)
    raises_at("bad argument #1 to 'sign' (string expected, got nil)", function() jwt.sign(nil, {}, {}) end)
    raises_at("bad argument #2 to 'sign' (table expected, got string)", function() jwt.sign(sk, '{}', {}) end)
    raises_at("bad argument #3 to 'sign' (table expected, got nil)", function() jwt.sign(sk, {}, nil) end)
    raises_at("bad argument #2 to 'sign' (names and values expected, got an array)", function() jwt.sign(sk, {1}, {}) end)
    raises_at("bad argument #3 to 'sign' (names and values expected, got an array)",
        function() jwt.sign(sk, {}, json.array()) end)
    raises_at("bad argument #3 to 'sign' (cannot write a table with the key boolean as JSON)",
        function() jwt.sign(sk, {}, {[true] = 1}) end)
    raises_at("bad argument #3 to 'sign' (cannot write a function as JSON at .a[1])",
        function() jwt.sign(sk, {}, {a = {print}}) end)
    raises_at("bad argument #2 to 'sign' (cannot write nan as JSON at .a)", function() jwt.sign(sk, {a = 0/0}, {}) end)
end

local function check_verify()
    local now = os.time()
    local payload, header = jwt.verify(jwt.sign(sk, {kid = 'k'}, {sub = 'joe', roles = {'a', 'b'}, exp = now + 1000}), pk)
    equal(payload.sub .. payload.roles[2] .. payload.exp - now, 'joeb1000')
    equal(header.kid .. header.alg .. header.typ, 'kEdDSAJWT')
    equal(jwt.verify(token('{"alg":"EdDSA"}', '{"a":1}'), pk).a, 1)
    equal(jwt.verify(token(' {"alg":"EdDSA","typ":"at+jwt"}', '{ "a" : 1 }'), pk).a, 1)
    equal(json.dump((jwt.verify(token('{"alg":"EdDSA"}', '{"list":[],"n":null}'), pk))), '{"list":[]}')

    local function refused(text, message, options)
        equal(select('#', jwt.verify(text, pk, options or {})), 2)
        local value, got = jwt.verify(text, pk, options or {})
        equal(value, nil)
        equal(got, message)
    end

    -- RFC 8037, appendix A.4: the signature is right, the payload is a text
    local example = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.'
        .. 'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg'
    equal(token('{"alg":"EdDSA"}', 'Example of Ed25519 signing'), example)
    refused(example, 'malformed token')
    refused(example:gsub('hgyY', 'hgyZ'), 'bad signature')

    local good = token('{"alg":"EdDSA"}', '{"a":1}')
    assert(jwt.verify(good, pk))
    for _, text in ipairs{'', '.', '..', '...', 'x', 'a.b', good .. '.', good .. '.x', good .. '=', ' ' .. good, good .. '\n',
        good:gsub('%.', '. ', 1), good:gsub('%.', '..', 1), 'ä.ö.ü', '\255.\255.\255', token('[]', '{}'), token('{', '{}'),
        token('"alg"', '{}'), token('', '{}'), token('{"alg":"EdDSA"}', '[]'), token('{"alg":"EdDSA"}', '1'),
        token('{"alg":"EdDSA"}', ''), token('{"alg":"EdDSA"}', '{"a":\255}'), (good:gsub('Q%.', 'R.', 1))} do
        if text ~= good then refused(text, 'malformed token') end
    end
    -- the last digit of a signature has four bits that mean nothing: only one form is good
    local last = digits:find(good:sub(-1), 1, true)
    refused(good:sub(1, -2) .. digits:sub(last + 1, last + 1), 'malformed token')

    for _, head in ipairs{'{}', '{"alg":"none"}', '{"alg":"HS256"}', '{"alg":"eddsa"}', '{"alg":null}', '{"alg":["EdDSA"]}',
        '{"alg":"EdDSA","alg":"none"}'} do
        refused(token(head, '{}'), "the token's algorithm is not EdDSA")
    end
    refused(base64('{"alg":"none"}') .. '.' .. base64('{}') .. '.', "the token's algorithm is not EdDSA")
    refused(token('{"alg":"EdDSA","crit":["b64"],"b64":false}', '{}'), 'the token has critical header parameters')

    local head, body, signature = good:match('^(.*)%.(.*)%.(.*)$')
    refused(head .. '.' .. base64('{"a":2}') .. '.' .. signature, 'bad signature')
    refused(base64('{"alg":"EdDSA","x":1}') .. '.' .. body .. '.' .. signature, 'bad signature')
    refused(head .. '.' .. body .. '.', 'bad signature')
    refused(head .. '.' .. body .. '.' .. base64(('\0'):rep(64)), 'bad signature')
    refused(head .. '.' .. body .. '.' .. base64(sodium.crypto_sign_detached(head .. '.' .. body, sk) .. 'xxx'), 'bad signature')
    local other = sodium.crypto_sign_keypair()
    equal(select(2, jwt.verify(good, other)), 'bad signature')
    refused(token('{"alg":"EdDSA"}', '{"a":"' .. ('x'):rep(20000) .. '"}'), 'token is longer than 16384 bytes')

    local function claims(text) return token('{"alg":"EdDSA"}', text) end
    refused(claims('{"exp":' .. now - 10 .. '}'), 'token has expired')
    refused(claims('{"exp":0}'), 'token has expired')
    refused(claims('{"exp":-1e300}'), 'token has expired')
    refused(claims('{"exp":' .. now - 100 .. '}'), 'token has expired', {leeway = 20})
    assert(jwt.verify(claims('{"exp":' .. now - 10 .. '}'), pk, {leeway = 1000}))
    assert(jwt.verify(claims('{"exp":' .. now + 999.5 .. '}'), pk))
    refused(claims('{"nbf":' .. now + 1000 .. '}'), 'token is not valid yet')
    refused(claims('{"nbf":' .. now + 1000 .. '}'), 'token is not valid yet', {leeway = 10})
    assert(jwt.verify(claims('{"nbf":' .. now + 1000 .. '}'), pk, {leeway = 2000}))
    assert(jwt.verify(claims('{"nbf":' .. now - 1 .. ',"exp":' .. now + 1000 .. '}'), pk))
    assert(jwt.verify(claims('{"nbf":null,"exp":null}'), pk))
    refused(claims('{"exp":"' .. now + 1000 .. '"}'), 'claim exp is not a number')
    refused(claims('{"exp":true}'), 'claim exp is not a number')
    refused(claims('{"nbf":{}}'), 'claim nbf is not a number')

    raises_at('Not enough parameters', function() jwt.verify(good) end)
    raises_at('Too many parameters', function() jwt.verify(good, pk, {}, nil) end)
    raises_at("bad argument #1 to 'verify' (string expected, got nil)", function() jwt.verify(nil, pk) end)
    raises_at("bad argument #2 to 'verify' (Malformed public key)", function() jwt.verify(good, sk) end)
    raises_at("bad argument #3 to 'verify' (table expected, got number)", function() jwt.verify(good, pk, 5) end)
    raises_at("bad argument #3 to 'verify' (Unknown option \"leway\"; did you mean \"leeway\"?)",
        function() jwt.verify(good, pk, {leway = 1}) end)
    raises("Bad 'leeway' value", jwt.verify, good, pk, {leeway = -1})
end

local function check()
    check_sign()
    sleep(0)
    check_verify()
end

check()
mysql_listen('@test', {on_connect = check, on_handshake_response = no_login})
