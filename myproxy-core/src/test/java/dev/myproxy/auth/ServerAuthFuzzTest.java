package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Optional;

/**
 * Whatever a server says in an authentication, the plugin answers, waits or gives up.
 *
 * <pre>
 * 1  bits 0, 1 and 6: plugin; bits 2 and 3: who can listen; bit 4: whether the password may go in clear; bit 5: none
 * 1  length of the salt, and the salt
 *    -- then AuthMoreData
 * 1  length and data
 * </pre>
 */
class ServerAuthFuzzTest {

    private static final ByteString[] PLUGINS = {NativePassword.NAME, CachingSha2Password.NAME, ClearPassword.NAME,
            Ed25519.NAME, Parsec.NAME, ByteString.of("mysql_old_password")};
    private static final Safety[] SAFETIES = {Safety.UNIX_SOCKET, Safety.LOOPBACK, Safety.NETWORK, Safety.NETWORK};
    private static final int LARGEST_ANSWER = 8 << 10;

    @FuzzTest
    void dialogue(byte[] input) {
        ByteBuf rest = Unpooled.wrappedBuffer(input);
        int options = rest.isReadable() ? rest.readUnsignedByte() : 0;
        String password = (options & 0x20) != 0 ? "" : "password";
        Credentials credentials = new Credentials(ByteString.of("user"),
                Secret.wrap(ByteString.of(password).toByteArray()), Optional.empty(), ByteString.EMPTY);
        BackendAuths auths = new BackendAuths(credentials, SAFETIES[options >> 2 & 3],
                (options & 0x10) != 0);
        int plugin = ((options & 3) | (options >> 4 & 4)) % PLUGINS.length;
        Optional<BackendAuth> known = auths.forSwitch(new AuthSwitchRequest(PLUGINS[plugin], counted(rest)));
        if (known.isEmpty()) {
            assertThat(plugin).isEqualTo(PLUGINS.length - 1);
            return;
        }
        BackendAuth auth = known.get();
        check(auth.start());
        while (rest.isReadable()) {
            check(auth.more(counted(rest)));
        }
    }

    private static ByteString counted(ByteBuf rest) {
        return rest.isReadable()
                ? ByteString.read(rest, Math.min(rest.readUnsignedByte(), rest.readableBytes()))
                : ByteString.EMPTY;
    }

    private static void check(AuthStep step) {
        switch (step) {
            case AuthStep.Send(var answer) -> assertThat(answer.length()).isLessThan(LARGEST_ANSWER);
            case AuthStep.Wait() -> {
            }
            case AuthStep.Fail(_, var message) -> assertThat(message).isNotEmpty().doesNotContain("password1");
        }
    }
}
