package dev.myproxy.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.dns.AddressResolverOptions;
import io.vertx.core.internal.VertxInternal;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddressResolverTest {

    private DatagramSocket silentNameServer;
    private Vertx vertx;

    @BeforeEach
    void start() throws Exception {
        silentNameServer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        vertx = Vertx.vertx(new VertxOptions().setAddressResolverOptions(new AddressResolverOptions()
                .setHostsValue(Buffer.buffer("192.0.2.7 db.example\n2001:db8::7 six\n")).setQueryTimeout(200)
                .setMaxQueries(1).addServer("127.0.0.1:" + silentNameServer.getLocalPort())));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
        silentNameServer.close();
    }

    @Test
    void asksTheHostsFileFirst() throws Exception {
        assertThat(resolve(new ParsedAddress.Named("db.example", "3310", 3310)).await()).hasToString("192.0.2.7:3310");
        assertThat(resolve(new ParsedAddress.Named("six", "1", 1)).await()).hasToString("[2001:db8::7]:1");
    }

    @Test
    void noticesChangesOfTheHostsFile(@TempDir Path directory) throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "192.0.2.1 db\n");
        Vertx reading = Vertx.vertx(
                new VertxOptions().setAddressResolverOptions(AddressResolver.options().setHostsPath(hosts.toString())));
        try {
            AddressResolver resolver = new AddressResolver(reading);
            ParsedAddress name = new ParsedAddress.Named("db", "1", 1);
            assertThat(await(resolver.resolve(name))).hasToString("192.0.2.1:1");

            Files.writeString(hosts, "192.0.2.2 db\n");

            Awaitility.await()
                    .untilAsserted(() -> assertThat(await(resolver.resolve(name))).hasToString("192.0.2.2:1"));
        } finally {
            reading.close().await();
        }
    }

    @Test
    void asksNameServersInTheSearchDomains() throws Exception {
        try (FakeNameServer server = new FakeNameServer("db.shop.test")) {
            Vertx searching = Vertx.vertx(new VertxOptions().setAddressResolverOptions(new AddressResolverOptions()
                    .setHostsValue(Buffer.buffer("")).addSearchDomain("nothing.test").addSearchDomain("shop.test")
                    .setNdots(1).addServer("127.0.0.1:" + server.port())));
            try {
                AddressResolver resolver = new AddressResolver(searching);

                assertThat(await(resolver.resolve(new ParsedAddress.Named("db", "3307", 3307)))).hasToString(
                        "192.0.2.53:3307");
                assertThat(await(resolver.resolve(new ParsedAddress.Named("db.shop.test", "1", 1)))).hasToString(
                        "192.0.2.53:1");
                assertThatThrownBy(() -> await(resolver.resolve(new ParsedAddress.Named("other", "1", 1)))).cause()
                        .hasMessage("Failed to resolve \"other\":\"1\": Name or service not known");
            } finally {
                searching.close().await();
            }
        }
    }

    @Test
    void doesNotNeedTheThreadThatAsks() throws Exception {
        Context worker = ((VertxInternal) vertx).createWorkerContext();
        CompletableFuture<Address> answer = new CompletableFuture<>();
        worker.runOnContext(_ -> {
            try {
                answer.complete(await(resolve(new ParsedAddress.Named("db.example", "1", 1))));
            } catch (Exception e) {
                answer.completeExceptionally(e);
            }
        });

        assertThat(answer.get(60, TimeUnit.SECONDS)).hasToString("192.0.2.7:1");
    }

    @Test
    void passesKnownAddressesOn() {
        Address address = new Address.Abstract("x");
        assertThat(resolve(new ParsedAddress.Known(address)).await()).isEqualTo(address);
    }

    @Test
    void aSilentNameServerIsATemporaryFailure() {
        assertThatThrownBy(() -> await(resolve(new ParsedAddress.Named("db.invalid", "mysql", 3306))))
                .extracting(Throwable::getCause, type(AddressException.class)).extracting(Throwable::getMessage)
                .isEqualTo("Failed to resolve \"db.invalid\":\"mysql\": Temporary failure in name resolution");
    }

    @Test
    void impossibleNamesFailToo() {
        for (String name : new String[]{"a b", "x".repeat(255), "a..b", "\u2028"}) {
            assertThatThrownBy(() -> await(resolve(new ParsedAddress.Named(name, "1", 1))))
                    .hasCauseInstanceOf(AddressException.class);
        }
    }

    @Test
    void blockingLookupsUseTheSystemsHostsFile() throws Exception {
        Address address = AddressResolver.resolveBlocking(new ParsedAddress.Named("localhost", "3306", 3306));
        assertThat(address.toString()).isIn("[::1]:3306", "127.0.0.1:3306");
    }

    @Test
    void blockingLookupsSayWhatTheSystemSays() {
        assertThatThrownBy(() -> AddressResolver.resolveBlocking(new ParsedAddress.Named("-bad name-", "1", 1)))
                .isInstanceOf(AddressException.class)
                .hasMessageMatching("Failed to resolve \"-bad name-\":\"1\": [A-Z][^:]+");
    }

    private Future<Address> resolve(ParsedAddress parsed) {
        return new AddressResolver(vertx).resolve(parsed);
    }

    private static Address await(Future<Address> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
