package dev.myproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.auth.BackendAuths;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Safety;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.ErrPacket;
import dev.myproxy.protocol.HandshakeResponse;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What goes wrong before a server has greeted. */
class BackendLoginTest {

    private final List<LoginFailure> failures = new ArrayList<>();

    private final LoginTask task = new LoginTask() {
        @Override
        public boolean isOver() {
            return !failures.isEmpty();
        }

        @Override
        public void accepted(Accepted login) {
            throw new AssertionError(login);
        }

        @Override
        public void refused(boolean greeted, String message, ErrPacket error) {
            throw new AssertionError(message);
        }

        @Override
        public void failed(LoginFailure failure) {
            failures.add(failure);
        }
    };

    private LoginFailure failure(Throwable cause) {
        HandshakeResponse client = new HandshakeResponse(Capabilities.NONE, 1, 45, ByteString.of("joe"),
                AuthAnswer.wrap(new byte[0]), Optional.empty(), ByteString.EMPTY, Optional.empty(), 0);
        BackendAuths auths = new BackendAuths(new Credentials(ByteString.of("joe"), Secret.wrap(new byte[0]),
                Optional.empty(), ByteString.EMPTY), Safety.NETWORK, false);
        EmbeddedChannel channel = new EmbeddedChannel(
                new BackendLogin(task, client, auths, Duration.ofMinutes(1), step -> {
                    throw new AssertionError("nothing blocks");
                }));
        channel.pipeline().fireExceptionCaught(cause);
        channel.finishAndReleaseAll();
        assertThat(failures).hasSize(1);
        return failures.getFirst();
    }

    @Test
    void memoryThatIsGoneSaysNothingOfTheServer() {
        LoginFailure failure = failure(new OutOfMemoryError("direct memory"));

        assertThat(failure.kind()).isEqualTo(LoginFailure.Kind.NO_MEMORY);
        assertThat(failure.greeted()).isFalse();
        assertThat(failure.message()).isEqualTo("No memory is left for a login: direct memory");
    }

    @Test
    void aConnectionThatBreaksDoes() {
        assertThat(failure(new IOException("Connection reset by peer")).kind()).isEqualTo(LoginFailure.Kind.CLOSED);
    }
}
