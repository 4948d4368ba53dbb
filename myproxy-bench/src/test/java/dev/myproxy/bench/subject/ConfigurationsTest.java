package dev.myproxy.bench.subject;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.bench.load.Endpoint;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConfigurationsTest {

    @Test
    void aPasswordCannotLeaveItsLiteral() {
        assertThat(Configurations.quoted("it's\\ä\n1".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("'it\\039s\\092\\195\\164\\0101'");
    }

    @Test
    void haproxyKnowsUnixSocketsByAPrefix() {
        assertThat(Configurations.haproxy(1, new Address.UnixPath("/run/s"), 5)).contains("server one unix@/run/s\n",
                "nbthread 1", "maxconn 5", "bind 127.0.0.1:1\n");
    }

    @Test
    void theScriptLooksTheAccountUp() {
        assertThat(Configurations.myproxy(3307, new Address.UnixPath("/run/s"), Endpoint.account("u", "p", "d")))
                .contains("mysql_resolve('/run/s')",
                        "['u'] = {user = 'u', password = 'p', hash = '*7B9EBEED26AA52ED10C0F549FA863F13C39E0209'}",
                        "'127.0.0.1:3307'");
    }
}
