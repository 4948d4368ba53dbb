package dev.myproxy.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.myproxy.address.Address;
import dev.myproxy.address.PeerCredentials;
import dev.myproxy.control.AllowedSenders;
import dev.myproxy.control.SenderRules;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

    private static final Address UNNAMED = new Address.UnixPath("");

    private static TrustedProxies of(String... rules) {
        return new TrustedProxies(new AllowedSenders(Stream.of(rules).map(SenderRules::parse).toList()));
    }

    private static boolean includesHost(TrustedProxies trusted, String ip) {
        return trusted.include(Address.inet(InetAddress.ofLiteral(ip), 40000), Optional.empty());
    }

    private static boolean includesUser(TrustedProxies trusted, int uid) {
        return trusted.include(UNNAMED, Optional.of(new PeerCredentials(4711, uid, 100)));
    }

    @Test
    void networks() {
        TrustedProxies trusted = of("192.0.2.0/24", "::1");

        assertThat(includesHost(trusted, "192.0.2.77")).isTrue();
        assertThat(includesHost(trusted, "::1")).isTrue();
        assertThat(includesHost(trusted, "::ffff:192.0.2.77")).as("at a socket for both kinds").isTrue();
        assertThat(includesHost(trusted, "192.0.3.77")).isFalse();
        assertThat(includesUser(trusted, 0)).isFalse();
    }

    @Test
    void processes() {
        TrustedProxies user = of("unix:uid=1000");
        assertThat(includesUser(user, 1000)).isTrue();
        assertThat(includesUser(user, 1001)).isFalse();
        assertThat(user.include(UNNAMED, Optional.empty())).as("not known").isFalse();
        assertThat(includesHost(user, "127.0.0.1")).isFalse();
        assertThat(includesUser(of("unix:gid=100"), 7)).isTrue();
        assertThat(includesUser(of("unix:any"), -2)).isTrue();
        assertThat(of("unix:any").include(new Address.Abstract("x"), Optional.empty())).isTrue();
    }

    @Test
    void nobody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TrustedProxies(new AllowedSenders(List.of())));
    }
}
