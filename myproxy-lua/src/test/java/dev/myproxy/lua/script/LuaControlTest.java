package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What control clients send, on every engine; the checks of arguments are in test_control_client.lua. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaControlTest {

    private static final String MAGIC = "63046101";

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaControlTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String where, String onConnect) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, """
                                                                         local c = assert(control_client:new('%s'))
                                                                         mysql_listen('@x', {
                                                                             on_connect = function(client)
                                                                                 %s
                                                                             end,
                                                                             on_handshake_response = function(client)
                                                                                 return client:err('no')
                                                                             end,
                                                                         })
                                                                         """.formatted(where, onConnect)));
    }

    private static String receive(DatagramSocket peer) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        peer.receive(packet);
        return HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            :disconnect_database('acct')         | 0004001461636374
                                            :fade_children('a'):reset_limiter(1) | 00010008610000000001001631000000
                                            :flush_filter_cache('a', 'b')        | 0001000c610000000001000c62000000
                                            :discard_session('')                 | 0000000e
                                            :flush_http_cache('a')               | 0001000f61000000
                                            :terminate_children('a')             | 0001001061000000
                                            :cancel_job('p', 'job')              | 0005001970006a6f62000000
                                            :reject_client('1.2')                | 000700170000003c312e3200
                                            :reject_client('1.2', 300)           | 000700170000012c312e3200
                                            :reject_client('1', '2', 258)        | 000500170000010231000000000500170000010232000000
                                            :tarpit_client('::1', 4294967295)    | 00070018ffffffff3a3a3100
                                            """, quoteCharacter = '"')
    void commandsLookLikeThis(String calls, String expected) throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningScript script = load("127.0.0.1:" + peer.getLocalPort(),
                        "assert(c:send(c:build()" + calls + ") == true)")) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(new Decision.Proceed());
            assertThat(receive(peer)).isEqualTo(MAGIC + expected);
        }
    }

    @Test
    void anEmptyBuilderSendsTheMagic() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningScript script = load("127.0.0.1:" + peer.getLocalPort(), "assert(c:send(c:build()))")) {
            script.connect(script.tcpClient());

            assertThat(receive(peer)).isEqualTo(MAGIC);
        }
    }

    @Test
    void aProgramThatWasRestartedIsFoundAgain() throws Exception {
        Path path = directory.resolve("control");
        AFUNIXDatagramSocket first = AFUNIXDatagramSocket.newInstance();
        first.bind(AFUNIXSocketAddress.of(path));
        try (RunningScript script = load(path.toString(), """
                                                          local sent, message = c:send(c:build():fade_children('a'))
                                                          return client:err(tostring(sent) .. ' ' .. tostring(message))
                                                          """)) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("true nil"));
            assertThat(receive(first)).isEqualTo(MAGIC + "0001000861000000");
            first.close();
            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("nil send() failed: Connection refused"));

            Files.deleteIfExists(path);
            try (AFUNIXDatagramSocket second = AFUNIXDatagramSocket.newInstance()) {
                second.bind(AFUNIXSocketAddress.of(path));

                assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("true nil"));
                assertThat(receive(second)).isEqualTo(MAGIC + "0001000861000000");
            }
        }
    }

    @Test
    void nobodyListening() throws Exception {
        int port;
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = peer.getLocalPort();
        }
        try (RunningScript script = load("127.0.0.1:" + port, """
                                                              assert(c:send(c:build()))
                                                              local message
                                                              for i = 1, 1000 do
                                                                  message = select(2, c:send(c:build()))
                                                                  if message then break end
                                                                  sleep(0.01)
                                                              end
                                                              return client:err(message)
                                                              """)) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("send() failed: Connection refused"));
        }
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
    }
}
