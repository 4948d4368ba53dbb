package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SessionReportTest {

    @Test
    void lineHoldsEveryNumberAndQuotesTheAccount() {
        SessionReport report = new SessionReport(2147483648L, Optional.of(ByteString.of("a\nb")),
                new Address.Abstract("in"), Optional.empty(), Optional.of(new Address.UnixPath("/run/s.sock")),
                DisconnectCause.CLIENT_QUIT, Phase.COMMAND, 3, 40, 50, 0.25, 1, 2.04, 1234.56);

        assertThat(report).hasToString("end id=2147483648 account=\"a\\nb\" listener=@in server=/run/s.sock"
                + " cause=client_quit phase=command queries=3 received_bytes=40 sent_bytes=50 hook_ms=0.3"
                + " connect_ms=1.0 login_ms=2.0 total_ms=1234.6");
    }

    @Test
    void sessionThatDidNotGetFarHasEmptyFields() {
        SessionReport report = new SessionReport(1, Optional.empty(), new Address.Abstract("in"), Optional.empty(),
                Optional.empty(), DisconnectCause.LOGIN_TIMEOUT, Phase.GREETING, 0, 0, 0, 0, 0, 0, 0);

        assertThat(report.toString()).contains("account=\"\"").contains("server=- cause=login_timeout phase=greeting");
    }

    @Test
    void scriptsGetTheFieldsOfTheLine() {
        SessionReport report = new SessionReport(7, Optional.of(ByteString.of("joe")), new Address.Abstract("in"),
                Optional.of(new Address.Abstract("balancer")), Optional.of(new Address.UnixPath("/run/s.sock")),
                DisconnectCause.CLIENT_QUIT, Phase.COMMAND, 3, 40,
                50, 0.25, 1, 2.04, 9);

        assertThat(report.fields().keySet()).containsExactlyElementsOf(
                Pattern.compile(" (\\w+)=").matcher(report.toString()).results().map(r -> r.group(1)).toList());
        assertThat(report.fields()).containsEntry("id", 7L).containsEntry("account", ByteString.of("joe"))
                .containsEntry("proxy", "@balancer").containsEntry("server", "/run/s.sock")
                .containsEntry("hook_ms", 0.25);
    }

    @Test
    void scriptsDoNotGetWhatIsNotThere() {
        SessionReport report = new SessionReport(1, Optional.empty(), new Address.Abstract("in"), Optional.empty(),
                Optional.empty(), DisconnectCause.LOGIN_TIMEOUT, Phase.GREETING, 0, 0, 0, 0, 0, 0, 0);

        assertThat(report.fields()).doesNotContainKeys("account", "proxy", "server").containsEntry("listener", "@in");
    }
}
