package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRules;
import dev.myproxy.peers.Endpoints;
import dev.myproxy.peers.FakeServer;
import dev.myproxy.peers.Login;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.ServerConnection;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.proxyheader.HeaderVersion;
import dev.myproxy.proxyheader.ProxyHeader;
import dev.myproxy.proxyheader.ProxyHeaderReader;
import dev.myproxy.script.Candidates;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import dev.myproxy.script.ScriptEvent;
import dev.myproxy.script.ServerLink;
import dev.myproxy.script.TrustedProxies;
import dev.myproxy.script.Upstream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers are told about who a connection is for. */
class IntroductionTest {

    private static final Address CLIENT = Address.inet(InetAddress.ofLiteral("2001:db8::9"), 4711);
    private static final Address BALANCER = Address.inet(InetAddress.ofLiteral("192.0.2.1"), 3306);
    private static final ServerLink V1 = new ServerLink(Optional.of(HeaderVersion.V1));
    private static final ServerLink V2 = new ServerLink(Optional.of(HeaderVersion.V2));

    private final Queue<ProxyHeader> headers = new ConcurrentLinkedQueue<>();
    private FakeServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = FakeServer.start(Endpoints.tcp(0), c -> {
            headers.add(readHeader(c));
            c.greet();
            c.acceptAll();
            c.serve();
        });
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private static ProxyHeader readHeader(ServerConnection connection) throws IOException {
        ProxyHeaderReader reader = new ProxyHeaderReader();
        while (true) {
            ByteBuffer next = ByteBuffer.allocate(1);
            connection.stream().wire().readFully(next);
            Optional<ProxyHeader> header = reader.read(Unpooled.wrappedBuffer(next.flip()));
            if (header.isPresent()) {
                return header.get();
            }
        }
    }

    /** A proxy behind a balancer that may be any process of this machine. */
    private TestProxy behindBalancer(Upstream upstream, ConnectOptions options) {
        TrustedProxies all = new TrustedProxies(new AllowedSenders(List.of(SenderRules.parse("127.0.0.1"))));
        return proxy(upstream, options, ListenOptions.builder().proxyProtocol(all).build());
    }

    private TestProxy proxy(Upstream upstream, ConnectOptions options, ListenOptions listen) {
        return TestProxy.start(new Handlers(1, Set.of(), listen), event -> {
            ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
            event.client().setAccount(Optional.of(login.user()));
            return new Decision.Connect(upstream,
                    new Credentials(login.user(), Secret.empty(), Optional.empty(), ByteString.EMPTY), options);
        });
    }

    private Upstream upstream(ServerLink link) {
        return new Upstream() {

            @Override
            public Future<Candidates> candidates(ByteString account, boolean readOnly) {
                return Future.succeededFuture(Candidates.of(server.address()));
            }

            @Override
            public ServerLink link() {
                return link;
            }
        };
    }

    private static ConnectOptions linked(ServerLink link) {
        return ConnectOptions.builder().link(link).build();
    }

    private static RawClient login(TestProxy proxy) throws IOException {
        RawClient client = RawClient.connect(proxy.address()).login(Login.clear("joe", ""));
        client.ping();
        return client;
    }

    private static void send(RawClient client, ProxyHeader header) throws IOException {
        ByteBuf bytes = Unpooled.buffer();
        HeaderVersion.V2.write(header, bytes);
        client.stream().raw(ByteBufUtil.getBytes(bytes));
    }

    @ParameterizedTest
    @EnumSource(HeaderVersion.class)
    void clientsThatComeByTcp(HeaderVersion version) throws Exception {
        ConnectOptions options = linked(new ServerLink(Optional.of(version)));
        try (TestProxy proxy = proxy(Upstream.of(server.address()), options, ListenOptions.DEFAULT);
                RawClient client = login(proxy)) {
            Address here = Address.of(client.stream().wire().channel().getLocalAddress());

            assertThat(headers).containsExactly(new ProxyHeader.Forwarded(here, proxy.address()));
        }
    }

    /** A server that says why it closes the connection may not be heard. */
    @Test
    void serversThatLeaveMayNotTakeTheHeader() throws Exception {
        try (FakeServer silent = FakeServer.start(Endpoints.tcp(0), c -> {
            readHeader(c);
            c.greet();
            c.read();
        });
                TestProxy proxy = proxy(Upstream.of(silent.address()), linked(V2), ListenOptions.DEFAULT);
                RawClient client = RawClient.connect(proxy.address())) {
            assertThat(client.tryLogin(Login.clear("joe", "")).err().message()).isEqualTo(
                    "Server closed the connection; it may not take headers of the PROXY protocol from this proxy");
        }
    }

    @Test
    void theHeaderOfABalancerIsPassedOn() throws Exception {
        try (TestProxy proxy = behindBalancer(upstream(V1), ConnectOptions.DEFAULT);
                RawClient client = RawClient.connect(proxy.address())) {
            send(client, new ProxyHeader.Forwarded(CLIENT, BALANCER));
            client.login(Login.clear("joe", ""));

            assertThat(headers).containsExactly(new ProxyHeader.Forwarded(CLIENT, BALANCER));
        }
    }

    @Test
    void aBalancerThatSpeaksForItselfIsTheClient() throws Exception {
        try (TestProxy proxy = behindBalancer(upstream(V2), ConnectOptions.DEFAULT);
                RawClient client = RawClient.connect(proxy.address())) {
            send(client, new ProxyHeader.Local());
            client.login(Login.clear("joe", ""));
            Address here = Address.of(client.stream().wire().channel().getLocalAddress());

            assertThat(headers).containsExactly(new ProxyHeader.Forwarded(here, proxy.address()));
        }
    }

    /** MariaDB would give a client of a Unix socket, wherever that is, the accounts of its own machine. */
    @Test
    void clientsWithoutIpAddressesComeFromUs() throws Exception {
        Address unix = new Address.UnixPath("/run/client");
        for (ProxyHeader header : List.of(new ProxyHeader.Unknown(), new ProxyHeader.Forwarded(unix, unix))) {
            try (TestProxy proxy = behindBalancer(upstream(V2), ConnectOptions.DEFAULT);
                    RawClient client = RawClient.connect(proxy.address())) {
                send(client, header);
                client.login(Login.clear("joe", ""));
            }
        }

        assertThat(headers).containsExactly(new ProxyHeader.Local(), new ProxyHeader.Local());
    }

    @Test
    void whatTheScriptSaysAtLastHolds() throws Exception {
        try (TestProxy proxy = behindBalancer(upstream(V2), linked(V1));
                RawClient client = RawClient.connect(proxy.address())) {
            send(client, new ProxyHeader.Unknown());
            client.login(Login.clear("joe", ""));

            assertThat(headers).as("version 1 has no other word").containsExactly(new ProxyHeader.Unknown());
        }
    }

    /** Who KILLs at another server comes there by a connection of ours. */
    @Test
    void errandsSpeakForThemselves() throws Exception {
        try (FakeServer other = FakeServer.start(Endpoints.tcp(0), c -> {
            headers.add(readHeader(c));
            c.greet();
            c.acceptAll();
            c.serve();
        });
                TestProxy proxy = TestProxy.start(Handlers.of(1), event -> {
                    ScriptEvent.HandshakeResponse login = (ScriptEvent.HandshakeResponse) event;
                    event.client().setAccount(Optional.of(ByteString.of("joe")));
                    Address where = login.user().equals(ByteString.of("b")) ? other.address() : server.address();
                    return new Decision.Connect(Upstream.of(where),
                            new Credentials(login.user(), Secret.empty(), Optional.empty(), ByteString.EMPTY),
                            linked(V2));
                });
                RawClient target = RawClient.connect(proxy.address()).login(Login.clear("b", ""));
                RawClient killer = RawClient.connect(proxy.address()).login(Login.clear("a", ""))) {
            killer.query("KILL QUERY " + target.greeting().connectionId()).good();

            await().until(() -> headers.size() == 3);
            assertThat(headers).last().isEqualTo(new ProxyHeader.Local());
        }
    }
}
