package dev.myproxy.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.transport.Sockets;
import org.junit.jupiter.api.Test;

class BuildFactsTest {

    @Test
    void namesWhatTheDaemonConsistsOf() {
        BuildFacts facts = BuildFacts.of(Sockets.EPOLL);

        assertThat(facts.java()).isEqualTo(Runtime.version().toString());
        assertThat(facts.netty()).matches("4\\..+");
        assertThat(facts.vertx()).matches("5\\..+");
        assertThat(facts.transport()).isEqualTo("epoll");
        assertThat(facts.version()).isEqualTo(CommandLine.version());
    }
}
