package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.myproxy.peers.Err;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.PacketStream;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.tls.TestEngines;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import javax.net.ssl.SSLEngine;

/** Where a client can stop in its login. */
enum SlowStep {

    HEADER_LINE(Answer.HEADER) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.stream().raw("PROXY TCP4".getBytes(StandardCharsets.US_ASCII));
            return " 192.0.2.1 192.0.2.2 1".getBytes(StandardCharsets.US_ASCII);
        }
    },
    HEADER_BINARY(Answer.HEADER) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.stream().raw(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2000ffff"));
            return new byte[60_000];
        }
    },
    RESPONSE(Answer.after(0)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            return PacketStream.frame(1, LARGE.write());
        }
    },
    REST_OF_RESPONSE(Answer.after(1)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            return beginning(client, 1, LARGE.write(), 40);
        }
    },
    REST_OF_SSL_REQUEST(Answer.after(1)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            // A byte less: with the last one this would be a request.
            byte[] rest = beginning(client, 1, RawClient.sslRequest(LOGIN), 5);
            return Arrays.copyOf(rest, rest.length - 1);
        }
    },
    CLIENT_HELLO(Answer.NOTHING) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            client.stream().write(1, RawClient.sslRequest(LOGIN));
            return hello();
        }
    },
    REST_OF_CLIENT_HELLO(Answer.NOTHING) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            client.stream().write(1, RawClient.sslRequest(LOGIN));
            byte[] hello = hello();
            client.stream().raw(Arrays.copyOf(hello, 100));
            return Arrays.copyOfRange(hello, 100, hello.length);
        }
    },
    FINISHED(Answer.NOTHING) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            client.stream().write(1, RawClient.sslRequest(LOGIN));
            client.stream().raw(hello());
            ByteBuffer flight = ByteBuffer.allocate(1 << 15);
            if (client.stream().wire().readSome(flight) < 0) {
                throw new IOException("no flight of the server");
            }
            // What would be encrypted, and is not all there.
            byte[] record = new byte[1000];
            System.arraycopy(HexFormat.of().parseHex("1703034000"), 0, record, 0, 5);
            return record;
        }
    },
    RESPONSE_IN_TLS(Answer.after(1)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.encrypt(LOGIN, TestEngines.client());
            return PacketStream.frame(2, LARGE.write());
        }
    },
    REST_OF_RESPONSE_IN_TLS(Answer.after(2)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.encrypt(LOGIN, TestEngines.client());
            return beginning(client, 2, LARGE.write(), 40);
        }
    },
    PASSWORD_IN_TLS(Answer.after(3)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.encrypt(LOGIN, TestEngines.client());
            asked(client.tryEncryptedLogin(scrambled(client)), 3, 1);
            return PacketStream.frame(4, new byte[1000]);
        }
    },
    SWITCH(Answer.after(2)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            asked(client.tryLogin(LOGIN.withAuth("mysql_native_password", new byte[20])), 2, 0xfe);
            return PacketStream.frame(3, new byte[1000]);
        }
    },
    REST_OF_SWITCH(Answer.after(3)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            client.readGreeting();
            asked(client.tryLogin(LOGIN.withAuth("mysql_native_password", new byte[20])), 2, 0xfe);
            return beginning(client, 3, new byte[1000], 10);
        }
    },
    PASSWORD(Answer.after(2)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            asked(client.tryLogin(scrambled(client)), 2, 1);
            return PacketStream.frame(3, new byte[1000]);
        }
    },
    REST_OF_PASSWORD(Answer.after(2)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            asked(client.tryLogin(scrambled(client)), 2, 1);
            return beginning(client, 3, new byte[1000], 2);
        }
    },
    ENCRYPTED_PASSWORD(Answer.after(4)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            askForKey(client);
            return PacketStream.frame(5, new byte[256]);
        }
    },
    REST_OF_ENCRYPTED_PASSWORD(Answer.after(5)) {
        @Override
        byte[] goTo(RawClient client) throws IOException {
            askForKey(client);
            return beginning(client, 5, new byte[256], 100);
        }
    };

    /** What a client hears when its time is over. */
    sealed interface Answer {

        Answer NOTHING = new Nothing();
        Answer HEADER = new Refusal(0, new Err(1043, "",
                "Bad handshake: connections to this proxy begin with a header of the PROXY protocol"));

        /** The error follows the client's last packet, of which the header is there. */
        static Answer after(int sequence) {
            return new Refusal(sequence + 1, new Err(1043, "08S01", "Login timeout"));
        }

        void check(RawClient client) throws IOException;

        /** An error packet. */
        record Refusal(int sequence, Err error) implements Answer {
            @Override
            public void check(RawClient client) throws IOException {
                Packet packet = client.stream().read();
                assertThat(packet.err()).isEqualTo(error);
                // The time may be over just before the last header arrives, or there is one more since.
                assertThat(packet.sequence()).isCloseTo(sequence, within(1));
                client.expectEnd();
            }
        }

        /** Nothing that it could understand. */
        record Nothing() implements Answer {
            @Override
            public void check(RawClient client) {
                ByteBuffer rest = ByteBuffer.allocate(1 << 15);
                try {
                    while (client.stream().wire().readSome(rest) >= 0) {
                        assertThat(rest.hasRemaining()).isTrue();
                    }
                } catch (SocketTimeoutException e) {
                    throw new AssertionError("the connection stays", e);
                } catch (IOException _) {
                    // A reset ends it as well.
                }
            }
        }
    }

    private static final Login LOGIN = Login.clear("joe", "secret");
    private static final Login LARGE = LOGIN.withAttributes(Map.of("a", "x".repeat(60_000)));

    @SuppressWarnings("ImmutableEnumChecker") // answers are records
    private final Answer answer;

    SlowStep(Answer answer) {
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    /** Whether nobody does so over a Unix socket. */
    boolean isForNetworks() {
        return this == ENCRYPTED_PASSWORD || this == REST_OF_ENCRYPTED_PASSWORD;
    }

    /** Whether it comes before everything else, behind a balancer. */
    boolean isForHeaders() {
        return answer.equals(Answer.HEADER);
    }

    /**
     * Does what comes before.
     *
     * @return what should follow; nothing if the time was over before
     */
    byte[] reach(RawClient client) {
        try {
            return goTo(client);
        } catch (IOException | IllegalStateException _) {
            return new byte[0];
        }
    }

    abstract byte[] goTo(RawClient client) throws IOException;

    private static void asked(Packet question, int sequence, int first) throws IOException {
        if (question.sequence() != sequence || question.first() != first) {
            throw new IOException("asked " + question);
        }
    }

    private static void askForKey(RawClient client) throws IOException {
        asked(client.tryLogin(scrambled(client)), 2, 1);
        client.stream().write(3, new byte[]{2});
        asked(client.stream().read(), 4, 1);
    }

    private static Login scrambled(RawClient client) throws IOException {
        return LOGIN.withAuth("caching_sha2_password",
                Scrambles.cachingSha2("secret", client.greeting().salt()));
    }

    /** Sends the header and some bytes of a packet, and gives the others. */
    private static byte[] beginning(RawClient client, int sequence, byte[] payload, int bytes) throws IOException {
        byte[] packet = PacketStream.frame(sequence, payload);
        client.stream().raw(Arrays.copyOf(packet, bytes));
        return Arrays.copyOfRange(packet, bytes, packet.length);
    }

    private static byte[] hello() throws IOException {
        SSLEngine engine = TestEngines.client();
        engine.setUseClientMode(true);
        ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), hello);
        return Arrays.copyOf(hello.array(), hello.position());
    }
}
