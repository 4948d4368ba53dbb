package dev.myproxy.session.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ResidencesTest {

    private static final Address A = new Address.Abstract("a");
    private static final Address B = new Address.Abstract("b");
    private static final Owner JOE = new Owner.Account(ByteString.of("joe"));
    private static final Owner ANN = new Owner.User(ByteString.of("joe"), A);

    private final Residences residences = new Residences();

    @Test
    void tellsWhetherTheOwnerIsElsewhereToo() {
        assertThat(residences.enter(JOE, A)).isFalse();
        assertThat(residences.enter(JOE, A)).isFalse();
        assertThat(residences.enter(ANN, B)).isFalse();
        assertThat(residences.enter(JOE, B)).isTrue();
        assertThat(residences.enter(JOE, A)).isTrue();
    }

    @Test
    void forgetsWhoHasLeft() {
        residences.enter(JOE, A);
        residences.enter(JOE, A);
        residences.enter(JOE, B);

        residences.leave(JOE, A);
        assertThat(residences.enter(JOE, B)).as("one is left at the other").isTrue();
        residences.leave(JOE, A);
        assertThat(residences.enter(JOE, B)).isFalse();
        for (int i = 0; i < 3; i++) {
            residences.leave(JOE, B);
        }
        assertThat(residences.owners()).isZero();
        residences.leave(JOE, B);
        assertThat(residences.owners()).isZero();
    }

    @Test
    void losesNobodyWhenAllComeAndGoAtOnce() {
        List<Address> servers = List.of(A, B);
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            Address server = servers.get(i % 2);
            residences.enter(JOE, server);
            residences.leave(JOE, server);
        });

        assertThat(residences.owners()).isZero();
    }
}
