package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Whatever a client answers, it is asked a few times at most before it is known or refused; in clear its password is taken only
 * where that may be.
 *
 * <pre>
 * 1  bits 0 to 2: plugin; bits 3 and 4: who can listen; bit 5: whether passwords may come in clear;
 *    bit 6: whether it can switch; bit 7: whether it knows its salt
 * 1  bit 0: whether it is asked by mysql_native_password
 *    -- then its answers
 * 1  length and data
 * </pre>
 */
class ClientAuthFuzzTest {

    private static final ByteString SALT = ByteString.of("12345678901234567890");
    private static final ByteString[] PLUGINS = {PasswordRequest.PLUGIN, NativeRequest.PLUGIN, ClientPassword.PLUGIN,
            ByteString.of("sha256_password"), ByteString.EMPTY, ByteString.of("dummy_fallback_auth"),
            ByteString.of("client_ed25519"), ByteString.of("parsec")};
    private static final Safety[] SAFETIES = {Safety.UNIX_SOCKET, Safety.TLS, Safety.LOOPBACK, Safety.NETWORK};
    private static final int MOST_QUESTIONS = 3;

    @FuzzTest
    void dialogue(byte[] input) {
        ByteBuf rest = Unpooled.wrappedBuffer(input);
        int options = rest.isReadable() ? rest.readUnsignedByte() : 0;
        int more = rest.isReadable() ? rest.readByte() : 0;
        boolean byNative = (more & 1) != 0;
        Safety safety = SAFETIES[options >> 3 & 3];
        boolean allowed = (options & 0x20) != 0;
        ByteString plugin = PLUGINS[options & 7];
        ClientAnswer first = new ClientAnswer(plugin, answer(rest), SALT, (options & 0x40) != 0,
                (options & 0x80) != 0);
        ClientAuth auth = byNative
                ? new NativeRequest(first, () -> SALT)
                : new PasswordRequest(first, safety, allowed, () -> SALT, (more & 2) != 0);
        ClientStep step = auth.begin();
        int questions = 0;
        while (step instanceof ClientStep.Switch || step instanceof ClientStep.More
                || step instanceof ClientStep.SendKey) {
            questions++;
            assertThat(questions).isLessThanOrEqualTo(MOST_QUESTIONS);
            step = auth.next(answer(rest));
        }
        if (step instanceof ClientStep.Password(var password) && !password.isEmpty()) {
            assertThat(allowed || safety.isSecureTransport()).isTrue();
            assertThat(byNative).isFalse();
        }
    }

    private static AuthAnswer answer(ByteBuf rest) {
        int length = rest.isReadable() ? Math.min(rest.readUnsignedByte(), rest.readableBytes()) : 0;
        byte[] bytes = new byte[length];
        rest.readBytes(bytes);
        return AuthAnswer.wrap(bytes);
    }
}
