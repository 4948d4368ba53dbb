package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConninfoTest {

    @TempDir
    Path home;

    private Here here;

    @BeforeEach
    void setUp() {
        here = new Here(home);
    }

    @Test
    void anEmptyStringIsEnough() {
        ConnectionSettings settings = here.read("");

        assertThat(Here.places(settings)).containsExactly("localhost:5432");
        assertThat(settings.user()).isEqualTo("ann");
        assertThat(settings.database()).isEqualTo("ann");
        assertThat(Here.password(settings)).isEmpty();
        assertThat(settings.parameters()).isEqualTo(Map.of("application_name", "myproxy"));
        assertThat(settings.connectTimeout()).isEmpty();
        assertThat(settings.order()).isEqualTo(HostOrder.DISABLE);
        assertThat(settings.target()).isEqualTo(TargetSession.ANY);
        assertThat(settings.tcp())
                .isEqualTo(new TcpSettings(true, Optional.empty(), Optional.empty(), OptionalInt.empty(),
                        Optional.empty()));
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void theEnvironmentFillsInWhatTheStringLeavesOpen() {
        here.with("PGHOST", "a").with("PGPORT", "7").with("PGUSER", "joe").with("PGDATABASE", "shop")
                .with("PGPASSWORD", "geheim").with("PGOPTIONS", "-c geqo=off").with("PGAPPNAME", "app")
                .with("PGTARGETSESSIONATTRS", "read-write").with("PGCONNECT_TIMEOUT", "9")
                .with("PGLOADBALANCEHOSTS", "random").with("PGTZ", "UTC").with("PGDATESTYLE", "default");

        ConnectionSettings settings = here.read("");

        assertThat(Here.places(settings)).containsExactly("a:7");
        assertThat(settings.user()).isEqualTo("joe");
        assertThat(settings.database()).isEqualTo("shop");
        assertThat(Here.password(settings)).isEqualTo("geheim");
        assertThat(settings.parameters())
                .isEqualTo(Map.of("options", "-c geqo=off", "application_name", "app", "timezone", "UTC"));
        assertThat(settings.target()).isEqualTo(TargetSession.READ_WRITE);
        assertThat(settings.connectTimeout()).contains(Duration.ofSeconds(9));
        assertThat(settings.order()).isEqualTo(HostOrder.RANDOM);
    }

    @Test
    void theStringCountsMoreThanTheEnvironment() {
        here.with("PGHOST", "a").with("PGUSER", "joe").with("PGHOSTADDR", "10.0.0.1");

        ConnectionSettings settings = here.read("host=b user='' hostaddr=''");

        assertThat(Here.places(settings)).containsExactly("b:5432");
        assertThat(settings.user()).isEqualTo("ann");
    }

    @ParameterizedTest
    @CsvSource({"application_name=a fallback_application_name=b,a", "fallback_application_name=b,b"})
    void theFallbackNamesTheApplicationIfNothingElseDoes(String text, String name) {
        assertThat(here.read(text).parameters()).containsEntry("application_name", name);
    }

    @Test
    void anEmptyNameOfTheApplicationIsNone() {
        assertThat(here.read("application_name='' fallback_application_name=b").parameters()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-1,0", "1,2", "2,2", "30,30"})
    void shortTimeoutsAreTwoSeconds(String given, int seconds) {
        assertThat(here.read("connect_timeout=" + given).connectTimeout())
                .isEqualTo(seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)));
    }

    @Test
    void socketOptionsAreRead() {
        assertThat(here.read("keepalives=0 keepalives_idle=30 keepalives_interval=5 keepalives_count=3 "
                + "tcp_user_timeout=1500").tcp())
                .isEqualTo(new TcpSettings(false, Optional.of(Duration.ofSeconds(30)),
                        Optional.of(Duration.ofSeconds(5)), OptionalInt.of(3), Optional.of(Duration.ofMillis(1500))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  connect_timeout=soon       | invalid integer value "soon" for connection option "connect_timeout"
                                                                  connect_timeout=           | invalid integer value "" for connection option "connect_timeout"
                                                                  keepalives=yes             | invalid integer value "yes" for connection option "keepalives"
                                                                  target_session_attrs=write | invalid target_session_attrs value: "write" (can be any, read-write, read-only, primary, standby, prefer-standby)
                                                                  load_balance_hosts=yes     | invalid load_balance_hosts value: "yes" (can be disable, random)
                                                                  """)
    void valuesAreChecked(String text, String message) {
        here.refuses(text, message);
    }

    @Test
    void nulEndsNothingSilently() {
        here.refuses("host=a\0b", "connection info string contains a NUL byte");
    }

    @Test
    void aProcessWithoutUserMustSayWho() throws Exception {
        assertThatThrownBy(() -> Conninfo.read("host=a", here.surroundings(Optional.empty()))).hasMessage(
                "no user name: the operating system has none for this process; give user or PGUSER");
        assertThat(Conninfo.read("user=joe", here.surroundings(Optional.empty())).database()).isEqualTo("joe");
    }

    @Test
    void passwordsAreNotPrinted() {
        here.with("PGPASSWORD", "geheim");

        assertThat(here.read("host=a").toString()).doesNotContain("geheim");
        assertThat(here.surroundings().toString()).doesNotContain("geheim");
    }

    @Test
    void theProcessHasSurroundings() {
        Surroundings surroundings = Surroundings.ofProcess();

        assertThat(surroundings.socketDirectories()).first().isEqualTo(Path.of("/var/run/postgresql"));
        assertThat(surroundings.serviceFiles()).isNotEmpty();
    }
}
