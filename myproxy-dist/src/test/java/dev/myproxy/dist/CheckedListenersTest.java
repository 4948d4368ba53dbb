package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.myproxy.address.Address;
import dev.myproxy.script.Handlers;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CheckedListenersTest {

    private static final Handlers HANDLERS = Handlers.of(1);

    private final CheckedListeners listeners = new CheckedListeners();

    @Test
    void countsWhatWouldBeBound() throws IOException {
        listeners.bind(new Address.Abstract("a"), HANDLERS);
        listeners.bind(new Address.Abstract("b"), HANDLERS);

        assertThat(listeners.count()).isEqualTo(2);
    }

    @Test
    void socketsForMetricsAreNoneForClients() throws IOException {
        listeners.bindMetrics(new Address.Abstract("a"));

        assertThat(listeners.count()).isZero();
        assertThatThrownBy(() -> listeners.bind(new Address.Abstract("a"), HANDLERS))
                .hasMessage("Failed to bind to @a: Address already in use");
        assertThat(listeners.count()).isZero();
    }

    @Test
    void theSameAddressTwiceIsAMistake() throws IOException {
        listeners.bind(new Address.Abstract("a"), HANDLERS);

        assertThatThrownBy(() -> listeners.bind(new Address.Abstract("a"), HANDLERS)).isInstanceOf(IOException.class)
                .hasMessage("Failed to bind to @a: Address already in use");
    }
}
