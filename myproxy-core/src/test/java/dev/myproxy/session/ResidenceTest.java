package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ConnectOptions;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ScriptClient;
import dev.myproxy.script.Upstream;
import dev.myproxy.session.kill.KeptLogin;
import dev.myproxy.session.kill.Owner;
import dev.myproxy.session.kill.Residences;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResidenceTest {

    private static final Address LISTENER = new Address.Abstract("in");
    private static final Address A = new Address.Abstract("a");
    private static final Address B = new Address.Abstract("b");
    private static final ByteString JOE = ByteString.of("joe");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ScriptClient client = new ScriptClient(1, Handlers.of(1), A, LISTENER, Optional.empty(),
            ByteString.EMPTY);
    private final Residences all = new Residences();
    private final Residence residence = new Residence(channel.eventLoop(), client, all);
    private final Credentials credentials = new Credentials(ByteString.of("u"), Secret.wrap(new byte[]{1, 2}),
            Optional.of(Secret.wrap(new byte[]{3})), ByteString.of("db"));

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
        residence.loginAs(JOE);
    }

    @AfterEach
    void close() {
        channel.finish();
    }

    private void settle(Address server) {
        residence.settle(server,
                new Decision.Connect(Upstream.of(server), credentials,
                        ConnectOptions.builder().allowCleartext(true).build()),
                45);
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void isItsUsersUntilTheScriptNamesAnAccount() {
        assertThat(new Residence(channel.eventLoop(), client, all).owner()).isEmpty();
        assertThat(residence.owner()).contains(new Owner.User(JOE, LISTENER));

        client.setAccount(Optional.of(ByteString.of("acc")));

        assertThat(residence.owner()).contains(new Owner.Account(ByteString.of("acc")));
    }

    @Test
    void keepsNoCredentialsIfNobodyIsElsewhere() {
        all.enter(new Owner.User(JOE, LISTENER), A);
        settle(A);

        assertThat(residence.login()).isEmpty();
    }

    @Test
    void keepsACopyForTenSecondsIfSomebodyIsElsewhere() {
        all.enter(new Owner.User(JOE, LISTENER), B);
        settle(A);
        credentials.clear();
        pass(9_999);

        KeptLogin kept = residence.login().orElseThrow();
        assertThat(kept.credentials()).isEqualTo(new Credentials(ByteString.of("u"), Secret.wrap(new byte[]{1, 2}),
                Optional.of(Secret.wrap(new byte[]{3})), ByteString.EMPTY));
        assertThat(kept.options().allowCleartext()).isTrue();
        assertThat(kept.charset()).isEqualTo(45);
        kept.clear();
        assertThat(residence.login().orElseThrow().credentials().password().isEmpty()).as("a copy").isFalse();

        pass(1);
        assertThat(residence.login()).isEmpty();
    }

    @Test
    void forgetsEverythingWhenTheSessionLeavesItsServer() {
        Owner owner = new Owner.User(JOE, LISTENER);
        all.enter(owner, B);
        settle(A);
        // The script may name another account meanwhile: what was entered is what leaves.
        client.setAccount(Optional.of(ByteString.of("acc")));

        residence.leave();
        residence.leave();

        assertThat(residence.login()).isEmpty();
        assertThat(all.enter(owner, B)).as("elsewhere").isFalse();
        assertThat(all.owners()).isEqualTo(1);
    }

    @Test
    void theNextLoginHasItsOwnTime() {
        all.enter(new Owner.User(JOE, LISTENER), B);
        settle(A);
        pass(6_000);
        settle(A);
        pass(6_000);

        assertThat(residence.login()).isPresent();
        pass(4_000);
        assertThat(residence.login()).isEmpty();
    }
}
