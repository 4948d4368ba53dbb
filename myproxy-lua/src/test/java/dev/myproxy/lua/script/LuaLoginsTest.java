package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.script.Decision;
import dev.myproxy.script.LoginDetails;
import dev.myproxy.script.PasswordProof;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a script sees of a login, and what it can ask the client for, on every engine. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaLoginsTest {

    /** Of the password "secret". */
    private static final String NATIVE = "*14E65567ABDB5135D0CFD9A70B3032C179A49EE7";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaLoginsTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String body, String options) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory,
                "mysql_listen('@x', {on_handshake_response = function(client, login) " + body + " end}, " + options
                        + ")"));
    }

    private static ScriptEvent.HandshakeResponse login(RunningScript script, String password, PasswordProof proof) {
        LoginDetails details = new LoginDetails(45,
                Capabilities.of(Capability.LOCAL_FILES, Capability.DEPRECATE_EOF),
                ByteString.of("\7program\4bash"), ByteString.of("caching_sha2_password"));
        return new ScriptEvent.HandshakeResponse(script.tcpClient(), ByteString.of("joe"),
                Secret.wrap(password.getBytes(StandardCharsets.UTF_8)), Optional.of(ByteString.of("shop")), details,
                proof);
    }

    private String show(String expression, String options) throws Exception {
        try (RunningScript script = load("return client:err(tostring(" + expression + "))", options)) {
            Decision decision = script.decide(
                    login(script, "secret", PasswordProof.of(Secret.wrap("secret".getBytes(StandardCharsets.UTF_8)))));
            return decision instanceof Decision.Refuse refusal ? refusal.message().utf8() : decision.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            login.user                            | joe
                                            login.database                        | shop
                                            login.auth_plugin                     | caching_sha2_password
                                            login.charset                         | 45
                                            login.capabilities.local_files        | true
                                            login.capabilities.deprecate_eof      | true
                                            login.capabilities.ssl                | nil
                                            login.attributes.program              | bash
                                            login.no_such_thing                   | nil
                                            next(login.attributes)                | program
                                            client.local_address                  | @x
                                            """)
    void theLoginTellsMore(String expression, String value) throws Exception {
        assertThat(show(expression, "{}")).isEqualTo(value);
    }

    @Test
    void onlyWhatIsForTheServerStandsInTheTable() throws Exception {
        String keys = "(function() local keys = {} for key in pairs(login) do keys[#keys + 1] = key end"
                + " table.sort(keys) return table.concat(keys, ' ') end)()";

        assertThat(show(keys, "{}")).isEqualTo("database password user");
        assertThat(show(keys, "{auth = 'hash'}")).isEqualTo("database user");
    }

    @Test
    void whereThereIsNoPasswordReadingItSaysWhy() throws Exception {
        assertThat(show("select(2, pcall(function() return login.password end))", "{auth = 'hash'}"))
                .contains("config.lua:1: there is no password", "auth = 'hash'", "verify(hash)");
        assertThat(show("select(2, pcall(function() return login.password end))",
                "{auth = 'certificate', tls = {ca = '/ca'}}"))
                .contains("auth = 'certificate'");
        assertThat(show("(function() login.password = 'mine' return login.password end)()", "{auth = 'hash'}"))
                .isEqualTo("mine");
        assertThat(show("(function() login.password = nil return login.password end)()", "{}")).isEqualTo("nil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{auth = 'hash'}", "{auth = 'certificate', tls = {ca = '/ca'}}", "{}"})
    void verifyTellsWhetherTheClientKnowsThePassword(String options) throws Exception {
        assertThat(show("login:verify('" + NATIVE + "')", options)).isEqualTo("true");
        assertThat(show("login:verify('" + NATIVE.replace('4', '5') + "')", options)).isEqualTo("false");
    }

    @Test
    void verifyWaitsInItsCoroutine() throws Exception {
        Promise<Boolean> answer = Promise.promise();
        try (RunningScript script = load("local known = coroutine.wrap(function() return login:verify('" + NATIVE
                + "') end)() return client:err(tostring(known))", "{auth = 'hash'}")) {
            var first = script.ask(login(script, "", _ -> answer.future()));
            var second = script.ask(login(script, "", _ -> Future.succeededFuture(false)));

            assertThat(RunningScript.await(second)).isEqualTo(new Decision.Refuse(ByteString.of("false")));
            assertThat(first.isComplete()).isFalse();
            answer.complete(true);
            assertThat(RunningScript.await(first)).isEqualTo(new Decision.Refuse(ByteString.of("true")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            login:verify('secret')  | bad argument #1 to 'verify' (a hash of mysql_native_password, which is
                                            login:verify('')        | expected, got 0 bytes
                                            login:verify('*12')     | a hash of mysql_native_password
                                            login:verify('$A$005$') | together 70 bytes, expected, got 7
                                            login:verify({})        | bad argument #1 to 'verify' (string expected, got table)
                                            login:verify()          | verify needs one hash, and a colon
                                            login.verify('*12')     | verify needs one hash, and a colon
                                            """)
    void verifySaysWhatWouldBeRight(String call, String message) throws Exception {
        assertThat(show("select(2, pcall(function() local known = " + call + " end))", "{auth = 'hash'}"))
                .contains("config.lua:1: ", message);
    }

    @Test
    void whatTheClientCannotBeAskedIsAnError() throws Exception {
        try (RunningScript script = load("return client:err(select(2, pcall(login.verify, login, '" + NATIVE + "')))",
                "{auth = 'hash'}")) {
            Decision decision = script.decide(login(script, "", PasswordProof.NONE));

            assertThat(decision).isEqualTo(new Decision.Refuse(
                    ByteString.of("there is no client that could be asked")));
        }
    }

    @Test
    void aLoginGoesToTheServerAsItIs() throws Exception {
        try (RunningScript script = load("return client:connect('127.0.0.1', login)", "{auth = 'hash'}")) {
            Decision.Connect connect = (Decision.Connect) script.decide(login(script, "", PasswordProof.NONE));

            assertThat(connect.credentials().hasSecret()).isFalse();
            assertThat(connect.credentials().user()).isEqualTo(ByteString.of("joe"));
        }
        for (String secret : List.of("password = ''", "password_sha1 = ('x'):rep(20)")) {
            try (RunningScript script = load(
                    "return client:connect('127.0.0.1', {user = 'joe', " + secret + "})", "{auth = 'hash'}")) {
                Decision.Connect connect = (Decision.Connect) script.decide(login(script, "", PasswordProof.NONE));

                assertThat(connect.credentials().hasSecret()).isTrue();
            }
        }
    }

    @Test
    void listenersSayHowTheirClientsLogIn() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Path key = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        try (RunningScript script = load("", "{auth = 'hash', allow_cleartext = true, rsa_private_key = '" + key
                + "'}")) {
            var options = script.host.listeners.getFirst().handlers().options();

            assertThat(options.auth()).isEqualTo(AuthMode.HASH);
            assertThat(options.allowCleartext()).isTrue();
            assertThat(options.rsaKey()).get().hasToString("RsaKey[2048 bits]");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            {auth = 'Hash'}                     | Bad 'auth' value: expected 'password', 'hash' or 'certificate'
                                            {allow_cleartext = 1}               | Bad 'allow_cleartext' value: expected true or false
                                            {rsa_private_key = '/nonexistent'}  | without passphrase; /nonexistent: No such file or directory
                                            {rsa_private_key = '/dev/null'}     | /dev/null: it has no "-----BEGIN PRIVATE KEY-----"
                                            """)
    void optionsThatAreWrongAreSaidToBe(String options, String message) {
        assertThat(RunningScript.failure(engine, RunningScript.write(directory,
                "mysql_listen('@x', {on_handshake_response = function() end}, " + options + ")"))).contains(message);
    }
}
