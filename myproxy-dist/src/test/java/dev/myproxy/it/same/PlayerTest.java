package dev.myproxy.it.same;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Flags;
import dev.myproxy.peers.ServerConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that answers but a little differently is told from the server. */
class PlayerTest {

    private static final Script SCRIPT = ScriptReader.read("test", List.of("query SELECT 1", "ping"));

    /** What is done to the answer to a query. */
    enum Change {
        NOTHING, SWAPPED_SEQUENCE_IDS, NO_EOF, OTHER_STATUS, OTHER_VALUE, ONE_PACKET_MORE, ONE_PACKET_LESS, END,
        NOTHING_AT_ALL
    }

    @TempDir
    private Path directory;

    @Test
    void whatIsTheSameIsTheSame() {
        assertThatCode(() -> compare(Change.NOTHING)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOTHING")
    void whatIsChangedIsFound(Change change) {
        assertThatThrownBy(() -> compare(change)).isInstanceOf(Difference.class);
    }

    private void compare(Change change) throws IOException {
        try (FakeServer right = server("right", Change.NOTHING); FakeServer wrong = server("wrong", change)) {
            Played direct = Player.record(SCRIPT, side(right), FlagSet.CLASSIC);
            Player.compare(SCRIPT, side(wrong), FlagSet.CLASSIC, Delivery.AS_SENT, direct, Duration.ofSeconds(1));
        }
    }

    private static Side side(FakeServer server) {
        return new Side(server.address(), Server.Kind.MARIADB, "mysql_native_password", false);
    }

    private FakeServer server(String name, Change change) throws IOException {
        return FakeServer.start(Endpoints.unix(directory.resolve(name)), connection -> {
            connection.greet();
            connection.acceptAll();
            connection.read();
            answer(connection, change);
            if (change != Change.END) {
                connection.read();
                connection.ok();
                connection.read();
            }
        });
    }

    private static void answer(ServerConnection connection, Change change) throws IOException {
        if (change == Change.NOTHING_AT_ALL || change == Change.END) {
            return;
        }
        byte[] column = ServerConnection.definition("1");
        boolean swapped = change == Change.SWAPPED_SEQUENCE_IDS;
        connection.send(1, new byte[]{1});
        connection.send(swapped ? 3 : 2, column);
        if (change != Change.NO_EOF) {
            connection.send(swapped ? 2 : 3, eof(change == Change.OTHER_STATUS ? 0 : Flags.AUTOCOMMIT));
        }
        connection.send(4, new byte[]{1, (byte) (change == Change.OTHER_VALUE ? '2' : '1')});
        if (change != Change.ONE_PACKET_LESS) {
            connection.send(5, eof(Flags.AUTOCOMMIT));
        }
        if (change == Change.ONE_PACKET_MORE) {
            connection.send(6, eof(Flags.AUTOCOMMIT));
        }
    }

    private static byte[] eof(int status) {
        return new byte[]{(byte) 0xfe, 0, 0, (byte) status, 0};
    }
}
