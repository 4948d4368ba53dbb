package dev.myproxy.lua.testing;

import dev.myproxy.lua.script.LuaScriptEngine;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PureLibrariesTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @MethodSource("dev.myproxy.lua.Engines#available")
    void testFilesSignAndSealForPolicies(LuaScriptEngine engine) {
        new TestBench(engine, directory)
                .policy("""
                        local keys = json.parse(env.KEYS)
                        local sk = sodium.hex2bin(keys.sk)
                        mysql_listen('@unix', {
                            on_handshake_response = function(client, login)
                                local claims, message = jwt.verify(login.password, sodium.hex2bin(keys.pk))
                                if not claims then return client:err(message) end
                                local right = sodium.crypto_pwhash_str_verify(claims.hash, 'secret')
                                local password = sodium.crypto_box_seal_open(sodium.hex2bin(claims.box),
                                    sodium.crypto_scalarmult_base(sk), sk)
                                return client:connect('10.0.0.1', {user = tostring(right), password = password})
                            end,
                        })
                        """)
                .passes("""
                        local pk, sk = sodium.crypto_sign_keypair()
                        local box_pk, box_sk = sodium.crypto_box_keypair()
                        local hash = assert(sodium.crypto_pwhash_str('secret'))
                        local keys = json.dump{ pk = sodium.bin2hex(pk), sk = sodium.bin2hex(box_sk) }
                        local policy = test.load('config.lua', { env = { KEYS = keys } })

                        test.case('what was sealed and signed is opened', function()
                            local box = sodium.bin2hex(sodium.crypto_box_seal('at the server', box_pk))
                            local claims = { hash = hash, box = box, exp = policy.clock.now() + 10 }
                            local login = { user = 'joe', password = jwt.sign(sk, {}, claims) }

                            test.includes(policy:client():login(login), { user = 'true', password = 'at the server' })

                            policy.clock:advance(10)
                            test.equal(policy:client():login(login).message, 'token has expired')
                        end)
                        """);
    }
}
