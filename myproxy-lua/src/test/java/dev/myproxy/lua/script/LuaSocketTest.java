package dev.myproxy.lua.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.Decision;
import dev.myproxy.script.ScriptEvent;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sockets of scripts that have a peer, on every engine; the checks of arguments are in test_socket.lua. */
@ParameterizedClass
@MethodSource("dev.myproxy.lua.Engines#available")
class LuaSocketTest {

    @TempDir
    Path directory;

    private final LuaScriptEngine engine;

    LuaSocketTest(LuaScriptEngine engine) {
        this.engine = engine;
    }

    private RunningScript load(String source) throws Exception {
        return RunningScript.load(engine, RunningScript.write(directory, source));
    }

    private static String listener(String onConnect) {
        return """
               mysql_listen('@x', {
                   on_connect = function(client)
                       %s
                   end,
                   on_handshake_response = function(client)
                       return client:err('no')
                   end,
               })
               """.formatted(onConnect);
    }

    private static Decision.Refuse refuse(String message) {
        return new Decision.Refuse(ByteString.of(message));
    }

    /** Answers each line with its upper case, then ends. */
    private static ServerSocket upperCaseServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            while (!server.isClosed()) {
                try (Socket peer = server.accept()) {
                    StringBuilder line = new StringBuilder();
                    InputStream input = peer.getInputStream();
                    for (int c = input.read(); c >= 0 && c != '\n'; c = input.read()) {
                        line.append((char) c);
                    }
                    peer.getOutputStream().write(line.toString().toUpperCase(Locale.ROOT)
                            .getBytes(StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    if (!server.isClosed()) {
                        throw new AssertionError(e);
                    }
                }
            }
        });
        return server;
    }

    @Test
    void asksAServerByName() throws Exception {
        try (ServerSocket server = upperCaseServer()) {
            String ask = """
                         local s = assert(socket:connect('localhost:%d', {timeout = 20}))
                         assert(s:send('hello, ') == 7)
                         assert(s:send('world\\n') == 6)
                         local parts = {}
                         while true do
                             local part, message = s:receive(5)
                             assert(not message, message)
                             if not part then break end
                             assert(#part <= 5)
                             table.insert(parts, part)
                         end
                         answer = table.concat(parts)
                         s:close()
                         s:close()
                         local sent, message = s:send('x')
                         assert(sent == nil and message == 'Bad file descriptor', message)
                         local data, message = s:receive()
                         assert(data == nil and message == 'Bad file descriptor', message)
                         """.formatted(server.getLocalPort());
            // while loading, in a handler, in a coroutine of the handler's
            try (RunningScript script = load(ask + "assert(answer == 'HELLO, WORLD') answer = nil\n"
                    + listener(ask + " local first = answer coroutine.wrap(function() " + ask
                            + " end)() return client:err(first .. answer)"))) {
                assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("HELLO, WORLDHELLO, WORLD"));
            }
        }
    }

    @Test
    void othersRunWhileOneReceives() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RunningScript script = load("""
                                            local first = true
                                            """ + listener("""
                                                           if not first then return client:err('quick') end
                                                           first = false
                                                           local s = assert(socket:connect('127.0.0.1:%d'))
                                                           return client:err(s:receive(100, 20))
                                                           """.formatted(server.getLocalPort())))) {
            var waiting = script.ask(new ScriptEvent.Connect(script.tcpClient()));
            try (Socket peer = server.accept()) {
                assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("quick"));
                assertThat(waiting.isComplete()).isFalse();
                peer.getOutputStream().write("slow".getBytes(StandardCharsets.US_ASCII));

                assertThat(RunningScript.await(waiting)).isEqualTo(refuse("slow"));
            }
        }
    }

    @Test
    void aHundredWaitAtOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
                RunningScript script = load(listener("""
                                                     local s = assert(socket:connect('127.0.0.1:%d', {timeout = 20}))
                                                     local answer = assert(s:receive())
                                                     s:close()
                                                     return client:err(answer)
                                                     """.formatted(server.getLocalPort())))) {
            List<Future<Decision>> decisions = new ArrayList<>();
            List<Socket> peers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                decisions.add(script.ask(new ScriptEvent.Connect(script.tcpClient())));
            }
            // nobody gets an answer before all wait for one
            for (int i = 0; i < 100; i++) {
                peers.add(server.accept());
            }
            for (Socket peer : peers) {
                peer.getOutputStream().write('x');
                peer.close();
            }

            assertThat(RunningScript.await(Future.all(decisions)).<Decision>list()).hasSize(100)
                    .containsOnly(refuse("x"));
        }
    }

    @Test
    void aReceiveTimesOut() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RunningScript script = load(listener("""
                                                     local s = assert(socket:connect('127.0.0.1:%d', {timeout = 0.01}))
                                                     local texts = {}
                                                     for i, timeout in ipairs{0, 0.01, false} do
                                                         local data, message = s:receive(nil, timeout or nil)
                                                         texts[i] = tostring(data) .. ' ' .. message
                                                     end
                                                     return client:err(table.concat(texts, ','))
                                                     """.formatted(server.getLocalPort())))) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("nil timeout,nil timeout,nil timeout"));
        }
    }

    @Test
    void aClientThatLeavesLetsOthersReceive() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RunningScript script = load("local s = assert(socket:connect('127.0.0.1:%d'))\n"
                        .formatted(server.getLocalPort())
                        + listener("return client:err(s:receive(100, 20) or 'nothing')"));
                Socket peer = server.accept()) {
            var leaving = script.tcpClient();
            var waiting = script.ask(new ScriptEvent.Connect(leaving));
            script.gone(leaving);
            Awaitility.await().until(waiting::isComplete);

            var second = script.ask(new ScriptEvent.Connect(script.tcpClient()));
            peer.getOutputStream().write("for the second".getBytes(StandardCharsets.US_ASCII));

            assertThat(RunningScript.await(second)).isEqualTo(refuse("for the second"));
        }
    }

    @Test
    void datagramsAreMessages() throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningScript script = load("""
                                            local s = assert(socket:connect('127.0.0.1:%d', {type = 'dgram'}))
                                            assert(s:send('a\\0b') == 3)
                                            """.formatted(peer.getLocalPort())
                        + listener("return client:err(#s:receive() .. s:receive(2) .. s:receive())"))) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            peer.receive(packet);
            assertThat(packet.getLength()).isEqualTo(3);
            for (String answer : new String[]{"four", "second", "third"}) {
                packet.setData(answer.getBytes(StandardCharsets.US_ASCII));
                peer.send(packet);
            }

            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse("4sethird"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                                                                  'hello'         | hello
                                                                  'hello', 2      | ello
                                                                  'hello', 2, 4   | ell
                                                                  'hello', nil, 2 | he
                                                                  'hello', -2     | lo
                                                                  'hello', -2, -2 | ll
                                                                  'hello', 1, 5   | hello
                                                                  'hello', 5, 5   | o
                                                                  'hello', -1, 1  | h
                                                                  12              | 12
                                                                  """)
    void sendsAPart(String arguments, String expected) throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningScript _ = load("""
                                       local s = assert(socket:connect('127.0.0.1:%d', {type = 'dgram'}))
                                       assert(s:send(%s) == %d)
                                       """.formatted(peer.getLocalPort(), arguments, expected.length())
                        + listener(""))) {
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            peer.receive(packet);
            assertThat(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.US_ASCII))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                                                                  'hello', 0    | bad argument #2 to 'send' (Bad string position)
                                                                  'hello', 6    | bad argument #2 to 'send' (Bad string position)
                                                                  'hello', -6   | bad argument #2 to 'send' (Bad string position)
                                                                  'hello', 4, 3 | bad argument #2 to 'send' (Bad string position)
                                                                  'hello', 1, 0 | bad argument #3 to 'send' (Bad string position)
                                                                  'hello', 1, 6 | bad argument #3 to 'send' (Bad string position)
                                                                  '', 1         | bad argument #2 to 'send' (Bad string position)
                                                                  'hello', {}   | bad argument #2 to 'send' (number expected, got table)
                                                                  'hello', 0/0  | bad argument #2 to 'send' (Bad string position)
                                                                  {}            | bad argument #1 to 'send' (string expected, got table)
                                                                  nil           | bad argument #1 to 'send' (string expected, got nil)
                                                                  'a', 1, 1, 1  | Too many parameters
                                                                  ;             | Not enough parameters
                                                                  """)
    void refusesOtherParts(String arguments, String expected) throws Exception {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                RunningScript script = load(listener("""
                                                     local s = assert(socket:connect('127.0.0.1:%d', {type = 'dgram'}))
                                                     assert(s:send('') == 0)
                                                     local ok, message = pcall(function() s:send(%s) end)
                                                     return client:err((message:gsub('^.-lua:%%d+: ', '')))
                                                     """.formatted(peer.getLocalPort(), arguments.replace(";", ""))))) {
            assertThat(script.connect(script.tcpClient())).isEqualTo(refuse(expected));
        }
    }

    @Test
    void socketsThatNobodyHasAreClosed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                RunningScript script = load(listener("""
                                                     assert(socket:connect('127.0.0.1:%d'))
                                                     """.formatted(server.getLocalPort()))
                        + """
                          function reload() collectgarbage() collectgarbage() end
                          """)) {
            script.connect(script.tcpClient());
            try (Socket peer = server.accept()) {
                peer.setSoTimeout(50);
                Awaitility.await().pollInSameThread().until(() -> {
                    script.reload();
                    System.gc();
                    return isAtEnd(peer);
                });
            }
        }
    }

    private static boolean isAtEnd(Socket peer) throws IOException {
        try {
            return peer.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        }
    }
}
