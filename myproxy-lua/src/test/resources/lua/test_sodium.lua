dofile('src/test/resources/lua/check.lua')

local hex, bin = sodium.bin2hex, sodium.hex2bin

local max_arguments = {bin2hex = 1, hex2bin = 1, randombytes = 1, crypto_box_keypair = 0, crypto_box_seal = 2,
    crypto_box_seal_open = 3, crypto_scalarmult_base = 1, crypto_sign_keypair = 0, crypto_sign_detached = 2,
    crypto_sign_verify_detached = 3, crypto_pwhash_str = 1, crypto_pwhash_str_verify = 2, memcmp = 2, sha1 = 1,
    sha256 = 1}

local function check_arguments()
    for name, count in pairs(max_arguments) do
        local args = {}
        for i = 1, count + 1 do args[i] = '' end
        raises_at('Too many parameters', function() sodium[name](unpack(args)) end)
        raises_at('Too many parameters', function() sodium[name](unpack({}, 1, count + 1)) end)
        if count > 0 then
            local expected = name == 'randombytes' and 'number' or 'string'
            raises("bad argument #1 to '" .. name .. "' (" .. expected .. " expected, got no value)", sodium[name])
            raises("bad argument #1 to '" .. name .. "' (" .. expected .. " expected, got table)", sodium[name], {})
        end
    end
    for name in pairs(sodium) do
        assert(max_arguments[name], name)
    end
end

local function check_hex()
    equal(hex(''), '')
    equal(hex('\0\1\127\128\255aB'), '00017f80ff6142')
    equal(hex(12), '3132')
    equal(bin(''), '')
    equal(bin('00017f80FFaB'), '\0\1\127\128\255\171')
    equal(bin(12), '\18')
    for _, bad in ipairs{'0', 'abc', 'xy', '0x', '00 ', ' 00', '0\0', '00:11', '\\x00', 'gg', '00g', '\255\255'} do
        equal(select('#', bin(bad)), 0, bad)
    end
    local long = ('\0\255'):rep(100000)
    equal(bin(hex(long)), long)
end

local function check_random()
    equal(#sodium.randombytes(1), 1)
    equal(#sodium.randombytes(2^20), 2^20)
    equal(#sodium.randombytes('32'), 32)
    equal(#sodium.randombytes(2.9), 2)
    assert(sodium.randombytes(32) ~= sodium.randombytes(32))
    for _, n in ipairs{0, -1, 0.9, 0/0, -1/0} do
        raises_at("bad argument #1 to 'randombytes' (Size is too small)", function() sodium.randombytes(n) end)
    end
    for _, n in ipairs{2^20 + 1, 1e300, 1/0} do
        raises_at("bad argument #1 to 'randombytes' (Size is too large)", function() sodium.randombytes(n) end)
    end
    raises_at("bad argument #1 to 'randombytes' (number expected, got string)", function() sodium.randombytes('x') end)
end

local function check_box()
    -- RFC 7748, section 6.1
    local sk = bin('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a')
    local pk = sodium.crypto_scalarmult_base(sk)
    equal(hex(pk), '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a')
    local other = bin('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb')
    equal(hex(sodium.crypto_scalarmult_base(other)), 'de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f')

    -- sealed by libsodium 1.0.18
    local open = sodium.crypto_box_seal_open
    local box = bin('a65ffc5c73ec1a02065d2c007c44391d1ab663f6867d02cacce923b812d3bd4f'
        .. 'd9879f6d06558ce97205a4ff3db7f9366b53bab5ee90b27823b5681f34')
    equal(open(box, pk, sk), 'secret of joe')
    equal(open(bin('8b39a9797c7d798f0fbd85937ef27de99f340b87ee0e9d5fc840593e6422006b'
        .. '185456c43c5835577a8bd350fb8063b4'), pk, sk), '')

    for _, message in ipairs{'', 'x', 'a\0b', ('\255'):rep(100000)} do
        local sealed = sodium.crypto_box_seal(message, pk)
        equal(#sealed, #message + 48)
        equal(open(sealed, pk, sk), message)
    end
    assert(sodium.crypto_box_seal('x', pk) ~= sodium.crypto_box_seal('x', pk))
    for i = 1, #box, 7 do
        local flipped = string.char((box:byte(i) + 1) % 256)
        equal(select('#', open(box:sub(1, i - 1) .. flipped .. box:sub(i + 1), pk, sk)), 0)
    end
    equal(select('#', open(box .. 'x', pk, sk)), 0)
    equal(select('#', open(box, pk, other)), 0)
    equal(select('#', open(('\0'):rep(48), pk, sk)), 0)

    local new_pk, new_sk, more = sodium.crypto_box_keypair()
    equal(#new_pk .. ' ' .. #new_sk .. ' ' .. tostring(more), '32 32 nil')
    equal(sodium.crypto_scalarmult_base(new_sk), new_pk)
    assert(new_sk ~= select(2, sodium.crypto_box_keypair()))

    raises_at("bad argument #2 to 'crypto_box_seal' (Malformed public key)",
        function() sodium.crypto_box_seal('x', pk .. 'x') end)
    raises_at("bad argument #2 to 'crypto_box_seal' (Malformed public key)", function() sodium.crypto_box_seal('x', '') end)
    raises_at("bad argument #2 to 'crypto_box_seal' (Malformed public key)",
        function() sodium.crypto_box_seal('x', ('\0'):rep(32)) end)
    raises_at("bad argument #2 to 'crypto_box_seal' (string expected, got no value)",
        function() sodium.crypto_box_seal('x') end)
    raises_at("bad argument #1 to 'crypto_box_seal_open' (Malformed ciphertext)", function() open(box:sub(1, 47), pk, sk) end)
    raises_at("bad argument #1 to 'crypto_box_seal_open' (Malformed ciphertext)", function() open('', pk, sk) end)
    raises_at("bad argument #2 to 'crypto_box_seal_open' (Malformed public key)", function() open(box, pk:sub(2), sk) end)
    raises_at("bad argument #3 to 'crypto_box_seal_open' (Malformed secret key)", function() open(box, pk, sk .. sk) end)
    raises_at("bad argument #1 to 'crypto_scalarmult_base' (Malformed secret key)",
        function() sodium.crypto_scalarmult_base(sk .. 'x') end)
    raises_at("bad argument #1 to 'crypto_scalarmult_base' (Malformed secret key)",
        function() sodium.crypto_scalarmult_base(sk:sub(2)) end)
end

local function check_sign()
    local sign, verify = sodium.crypto_sign_detached, sodium.crypto_sign_verify_detached
    -- RFC 8032, section 7.1: seed, public key, message, signature
    local sk, pk, signature
    for _, test in ipairs{
        {'9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
            'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
            'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155'
            .. '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'},
        {'4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
            '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
            '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da'
            .. '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'},
        {'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
            'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
            '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac'
            .. '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'},
    } do
        sk, pk, signature = bin(test[1] .. test[2]), bin(test[2]), bin(test[4])
        equal(hex(sign(bin(test[3]), sk)), test[4])
        equal(verify(signature, bin(test[3]), pk), true)
        equal(verify(signature, bin(test[3]) .. 'x', pk), false)
        equal(verify(('\0'):rep(64), bin(test[3]), pk), false)
        equal(verify(signature, bin(test[3]), ('\0'):rep(32)), false)
    end
    equal(select('#', verify(signature .. 'x', 'm', pk)), 0)
    equal(select('#', verify(signature:sub(2), 'm', pk)), 0)
    equal(select('#', verify('', 'm', pk)), 0)

    local new_pk, new_sk, more = sodium.crypto_sign_keypair()
    equal(#new_pk .. ' ' .. #new_sk .. ' ' .. tostring(more), '32 64 nil')
    equal(new_sk:sub(33), new_pk)
    equal(verify(sign('text', new_sk), 'text', new_pk), true)
    equal(verify(sign('text', new_sk), 'text', pk), false)

    raises_at("bad argument #2 to 'crypto_sign_detached' (Malformed secret key)", function() sign('x', sk:sub(1, 32)) end)
    raises_at("bad argument #2 to 'crypto_sign_detached' (Malformed secret key)", function() sign('x', sk .. 'x') end)
    raises_at("bad argument #2 to 'crypto_sign_detached' (string expected, got nil)", function() sign('x', nil) end)
    raises_at("bad argument #3 to 'crypto_sign_verify_detached' (Malformed public key)",
        function() verify(signature, 'x', sk) end)
    raises_at("bad argument #3 to 'crypto_sign_verify_detached' (Malformed public key)", function() verify('', 'x', '') end)
end

local function check_password_hashes()
    local hash, verify = sodium.crypto_pwhash_str, sodium.crypto_pwhash_str_verify
    -- from the tests of Argon2's reference implementation
    local known = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'
    equal(verify(known, 'password'), true)
    equal(verify(known, 'Password'), false)
    local own = hash('pass\0word')
    assert(own:find('^%$argon2id%$v=19%$m=65536,t=2,p=1%$[%w+/]+%$[%w+/]+$'), own)
    equal(verify(own, 'pass\0word'), true)
    equal(verify(own, 'pass'), false)
    equal(verify('$argon2id$nonsense', 'password'), false)
    for _, bad in ipairs{'', 'password', '$2y$10$abc', known .. ('A'):rep(128), known .. '\0'} do
        raises_at("bad argument #1 to 'crypto_pwhash_str_verify' (Malformed hash)", function() verify(bad, 'password') end)
    end
    raises_at("bad argument #2 to 'crypto_pwhash_str_verify' (string expected, got no value)", function() verify(known) end)
end

local function check_digests()
    equal(hex(sodium.sha1('abc')), 'a9993e364706816aba3e25717850c26c9cd0d89d')
    equal(hex(sodium.sha1('')), 'da39a3ee5e6b4b0d3255bfef95601890afd80709')
    equal(hex(sodium.sha256('abc')), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    equal(hex(sodium.sha256('')), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
    equal(sodium.memcmp('a\0b', 'a\0b'), true)
    equal(sodium.memcmp('', ''), true)
    equal(sodium.memcmp('a\0b', 'a\0c'), false)
    equal(sodium.memcmp('a', 'ab'), false)
    equal(sodium.memcmp('1', 1), true)
end

-- the pauses are for slow machines: nothing may compute for long without waiting
local function check(hashes)
    check_arguments()
    check_hex()
    check_random()
    sleep(0)
    check_box()
    sleep(0)
    check_sign()
    check_digests()
    if hashes then
        check_password_hashes()
    end
end

check(true)

local hashed
mysql_listen('@test', {
    on_connect = function()
        -- hashes are slow
        check(not hashed)
        hashed = true
    end,
    on_handshake_response = no_login,
})
