package dev.myproxy.bench;

import dev.myproxy.auth.AuthStep;
import dev.myproxy.auth.BackendAuth;
import dev.myproxy.auth.BackendAuths;
import dev.myproxy.auth.ClientAnswer;
import dev.myproxy.auth.ClientStep;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.PasswordRequest;
import dev.myproxy.auth.Safety;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the authentication plugins compute, without any packet around it: once per login. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class AuthBenchmark {

    private static final String PASSWORD = "correct horse battery staple";
    private static final int SALT_BYTES = 20;
    private static final int LONG_SALT_BYTES = 32;
    private static final int SHA1_BYTES = 20;

    private final AuthSwitchRequest nativePassword = request("mysql_native_password", SALT_BYTES);
    private final AuthSwitchRequest cachingSha2 = request("caching_sha2_password", SALT_BYTES);
    private final AuthSwitchRequest ed25519 = request("client_ed25519", LONG_SALT_BYTES);
    private final BackendAuths password = auths(Optional.empty());
    private final BackendAuths hash = auths(Optional.of(Secret.wrap(new byte[SHA1_BYTES])));
    private final ByteString key = key();

    private static AuthSwitchRequest request(String plugin, int saltBytes) {
        return new AuthSwitchRequest(ByteString.of(plugin), ByteString.of("x".repeat(saltBytes) + '\0'));
    }

    private static BackendAuths auths(Optional<Secret> sha1) {
        return new BackendAuths(
                new Credentials(ByteString.of("user"), Secret.wrap(PASSWORD.getBytes(StandardCharsets.UTF_8)), sha1,
                        ByteString.EMPTY),
                Safety.NETWORK, false);
    }

    /** An RSA key of the size that MySQL makes, as it sends it. */
    private static ByteString key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return ByteString.of("-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPublic().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has RSA", e);
        }
    }

    private static AuthStep start(BackendAuths auths, AuthSwitchRequest request) {
        return auths.forSwitch(request).orElseThrow().start();
    }

    /** mysql_native_password with a password. */
    @Benchmark
    public AuthStep nativePassword() {
        return start(password, nativePassword);
    }

    /** mysql_native_password with the hash that a script has of the password. */
    @Benchmark
    public AuthStep nativePasswordHash() {
        return start(hash, nativePassword);
    }

    /** caching_sha2_password where the server knows the account already. */
    @Benchmark
    public AuthStep cachingSha2() {
        return start(password, cachingSha2);
    }

    /** caching_sha2_password where it does not: the password goes encrypted with RSA. */
    @Benchmark
    public AuthStep cachingSha2Full() {
        BackendAuth auth = password.forSwitch(cachingSha2).orElseThrow();
        auth.start();
        auth.more(ByteString.of("\4"));
        return auth.more(key);
    }

    /** MariaDB's Ed25519. */
    @Benchmark
    public AuthStep ed25519() {
        return start(password, ed25519);
    }

    /** The client's side: its password in clear, after a scramble. */
    @Benchmark
    public ClientStep clientPassword() {
        PasswordRequest request = new PasswordRequest(
                new ClientAnswer(PasswordRequest.PLUGIN, AuthAnswer.wrap(new byte[32]), ByteString.EMPTY, true, true),
                Safety.UNIX_SOCKET, false, () -> ByteString.EMPTY, false);
        request.begin();
        return request.next(AuthAnswer.wrap((PASSWORD + '\0').getBytes(StandardCharsets.UTF_8)));
    }
}
