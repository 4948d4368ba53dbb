package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.peers.Login;
import dev.myproxy.peers.Packet;
import dev.myproxy.peers.RawClient;
import dev.myproxy.peers.Scrambles;
import dev.myproxy.script.Decision;
import dev.myproxy.script.Handlers;
import dev.myproxy.script.ListenOptions;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PasswordWorkTest {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final PasswordWork work = new PasswordWork(waiting::add);

    @Test
    void whatNobodyWantsAnyMoreIsNotDone() {
        AtomicInteger done = new AtomicInteger();
        var unwanted = work.run(() -> false, done::incrementAndGet);
        var wanted = work.run(() -> true, done::incrementAndGet);

        waiting.forEach(Runnable::run);

        assertThat(unwanted).isCompletedWithValueMatching(Optional::isEmpty);
        assertThat(wanted).isCompletedWithValueMatching(Optional::isPresent);
        assertThat(done).hasValue(1);
    }

    /** Else clients that come and go could let work pile up. */
    @Test
    void aClientThatLeavesKeepsItsPlaceUntilItsWorkHadItsTurn() throws Exception {
        ListenOptions options = ListenOptions.builder().maxPendingLogins(1).rsaKey(TestKeys.shortKey()).build();
        try (Complaints complaints = Complaints.collect();
                TestProxy proxy = TestProxy.startWorking(work, new Handlers(1, Set.of(), options),
                        _ -> new Decision.Failed("no"))) {
            try (RawClient client = RawClient.connect(proxy.address())) {
                byte[] salt = client.readGreeting().salt();
                Packet full = client.tryLogin(Login.clear("joe", "").withAuth("caching_sha2_password",
                        Scrambles.cachingSha2("secret", salt)));
                client.stream().write(full.sequence() + 1, new byte[256]);
                await().until(() -> waiting.size() == 1);
                client.stream().wire().reset();
            }
            await().until(() -> proxy.sessions().count() == 0);
            assertThat(proxy.sessions().admissions().logins()).isEqualTo(1);
            try (RawClient next = RawClient.connect(proxy.address())) {
                assertThat(next.stream().read().err().code()).isEqualTo(1040);
            }

            waiting.remove().run();

            await().until(() -> proxy.sessions().admissions().logins() == 0);
            try (RawClient next = RawClient.connect(proxy.address())) {
                next.readGreeting();
            }
            complaints.check();
        }
    }
}
