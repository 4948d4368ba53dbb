package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.myproxy.transport.IoUringLoops;
import dev.myproxy.transport.Sockets;
import dev.myproxy.transport.Transport;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportChoiceTest {

    @Test
    void chosenByItselfByDefault() throws FatalException {
        assertThat(TransportChoice.of(Map.<String, String>of()::get)).isEqualTo(TransportChoice.AUTO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "IO_URING", "kqueue", "io-uring"})
    void otherWordsAreRefused(String word) {
        assertThatThrownBy(() -> TransportChoice.of(Map.of("MYPROXY_TRANSPORT", word)::get))
                .isInstanceOfSatisfying(FatalException.class,
                        fatal -> assertThat(fatal.exitCode()).isEqualTo(ExitCode.CONFIG))
                .hasMessage("MYPROXY_TRANSPORT is \"" + word + "\", but must be one of auto, io_uring, epoll, nio");
    }

    @ParameterizedTest
    @CsvSource({"epoll, EPOLL, EPOLL", "io_uring, EPOLL, IO_URING", "nio, NIO, NIO", "auto, EPOLL, EPOLL"})
    void sessionsAndTheRestGetWhatWasChosen(String word, Sockets rest, Sockets sessions) throws FatalException {
        assumeTrue(sessions != Sockets.IO_URING || IoUringLoops.unavailable().isEmpty(), "io_uring does not work here");
        TransportChoice choice = TransportChoice.of(Map.of("MYPROXY_TRANSPORT", word)::get);
        Vertx vertx = Vertx.builder().withTransport(choice.ofVertx()).build();
        try (Transport transport = choice.ofSessions(vertx, 3)) {
            assertThat(Transport.quiet(vertx).sockets()).isEqualTo(rest);
            assertThat(transport.sockets()).isEqualTo(sessions);
            if (sessions == Sockets.IO_URING) {
                assertThat(transport.loops()).hasSize(3);
            }
        } finally {
            vertx.close().await();
        }
    }

    /** As in a container whose seccomp profile forbids it. */
    @Test
    void epollWhereIoUringIsForbidden() throws FatalException {
        Vertx vertx = Vertx.builder().withTransport(TransportChoice.IO_URING.ofVertx()).build();
        try {
            assertThat(TransportChoice.IO_URING.ofSessions(vertx, 1, () -> Optional.of("Operation not permitted"))
                    .sockets()).isEqualTo(Sockets.EPOLL);
        } finally {
            vertx.close().await();
        }
    }
}
