package dev.myproxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.myproxy.address.Address;
import dev.myproxy.posix.PosixUsers;
import dev.myproxy.script.AdminOptions;
import dev.myproxy.session.SessionSnapshot;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page in a browser. Pictures of it are left in {@code target/pictures}. */
class PageTest {

    private static final Path PICTURES = Path.of("target", "pictures");

    /** What a browser would do something with if it took it for HTML. */
    private static final String EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private final ShownDaemon daemon = new ShownDaemon();
    private String url = "";

    @BeforeEach
    void listen() throws Exception {
        Assumptions.assumeTrue(Browser.missing().isEmpty(), () -> Browser.missing().orElse(""));
        Address address = daemon.listen(Address.inet(InetAddress.getLoopbackAddress(), 0), AdminOptions.DEFAULT,
                PosixUsers.effectiveUid());
        url = "http://" + address + "/";
    }

    @AfterEach
    void close() throws Exception {
        daemon.close();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100)).ignoreExceptions();
    }

    private Browser browser(String... options) throws Exception {
        Browser browser = Browser.start(options);
        browser.open(url);
        return browser;
    }

    private static List<SessionSnapshot> manySessions() {
        List<SessionSnapshot> sessions = new ArrayList<>(Rows.sessions(1199));
        sessions.add(Rows.newcomer(5000));
        return sessions;
    }

    @Test
    void showsEverything() throws Exception {
        daemon.watchedCluster();
        daemon.sessions = List.of(Rows.session(1, "joe"), Rows.session(2, "jim"), Rows.newcomer(3),
                Rows.encrypted(4));
        try (Browser browser = browser()) {
            soon().until(() -> browser.count("#rows tr") == 4);
            soon().until(() -> browser.text("#nodes").contains("alive"));

            assertThat(browser.text("#state")).isEqualTo("ready");
            assertThat(browser.text("#facts")).contains("1.2.3").contains("/etc/<config>.lua (luajit)");
            assertThat(browser.text("#listeners")).contains("@myproxy").contains("12,345");
            assertThat(browser.text("#nodes")).contains("10.0.0.1:3306").contains("read_only").contains("dead")
                    .contains("Connection refused");
            assertThat(browser.text("#rows tr")).contains("joe").contains("10.0.0.1:3306").contains("1.0 kB");
            assertThat(browser.run(String.class, "return document.title")).isEqualTo("myproxy: ready, 4 sessions");
            assertThat(browser.text("#rows tr:nth-child(3)")).contains("203.0.113.7:50000")
                    .contains("TLSv1.3, CN=web,O=Example").contains("TLSv1.2");
            assertThat(browser.run(String.class,
                    "return document.querySelector('#rows tr:nth-child(3) td:nth-child(3)').title"))
                    .isEqualTo("203.0.113.7:50000 through 10.0.0.250:41000");
            assertThat(browser.run(String.class,
                    "return document.querySelector('#rows tr:nth-child(3) td:nth-child(4)').title"))
                    .isEqualTo("TLSv1.3, TLS_AES_128_GCM_SHA256, CN=web,O=Example, " + "ab".repeat(32)
                            + ", for db.example.org");
            browser.picture(PICTURES.resolve("few.png"));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void showsAThousandSessionsAndHowManyMoreThereAre() throws Exception {
        daemon.watchedCluster();
        daemon.sessions = manySessions();
        try (Browser browser = browser("--force-dark-mode", "--blink-settings=preferredColorScheme=0")) {
            soon().until(() -> browser.count("#rows tr") == 1000);

            assertThat(browser.text("#count")).isEqualTo("the 1,000 oldest of 1,200");
            browser.picture(PICTURES.resolve("many.png"));
            browser.run(Object.class, "document.getElementById('search').focus()");
            browser.type("account117");
            soon().until(() -> browser.text("#count").equals("11 found among 1,200"));
            assertThat(browser.count("#rows tr")).isEqualTo(11);
            daemon.sessions = List.of();
            soon().until(() -> browser.text("#no-sessions").equals("No session is like that."));
            assertThat(browser.complaints()).isEmpty();
        }
    }

    @Test
    void takesNothingForHtml() throws Exception {
        daemon.sessions = List.of(Rows.session(1, EVIL), Rows.session(2, "left\u202eright\u0007"));
        try (Browser browser = browser()) {
            soon().until(() -> browser.count("#rows tr") == 2);

            assertThat(browser.text("#rows tr td:nth-child(2)")).isEqualTo(EVIL);
            assertThat(browser.text("#rows tr:nth-child(2) td:nth-child(2)")).isEqualTo("left\\u202eright\\u0007");
            assertThat(browser.count("#main img") + browser.count("#main script")).isZero();
            assertThat(browser.run(String.class, "return document.title")).isEqualTo("myproxy: ready, 2 sessions");
        }
    }

    @Test
    void canBeUsedWithTheKeyboard() throws Exception {
        daemon.sessions = Rows.sessions(20);
        try (Browser browser = browser()) {
            soon().until(() -> browser.count("#rows tr") == 20);
            assertThat(browser.text("#rows tr td")).isEqualTo("1");

            List<String> stops = new ArrayList<>();
            for (int i = 0; i < 25 && !stops.contains("Queries"); i++) {
                browser.type("\uE004");
                stops.add(browser.run(String.class,
                        "const e = document.activeElement; return e.id || e.textContent"));
            }
            assertThat(stops).contains("pause", "search", "phase", "sessions", "Id", "Account", "Queries");
            browser.type("\uE007");

            assertThat(browser.text("#rows tr td")).as("the one with the most queries").isEqualTo("20");
            assertThat(browser.count("th[aria-sort=descending]")).isEqualTo(1);
            assertThat(browser.run(String.class, "return document.activeElement.textContent")).isEqualTo("Queries");
        }
    }

    @Test
    void saysWhenTheDaemonIsGone() throws Exception {
        daemon.sessions = Rows.sessions(3);
        try (Browser browser = browser()) {
            soon().until(() -> browser.count("#rows tr") == 3);
            assertThat(browser.run(Boolean.class, "return document.getElementById('trouble').hidden")).isTrue();

            daemon.close();

            soon().until(() -> browser.text("#state").equals("no answer"));
            assertThat(browser.text("#trouble")).startsWith("The daemon does not answer; what is shown is of ");
            assertThat(browser.count("#rows tr")).isEqualTo(3);
            browser.picture(PICTURES.resolve("gone.png"));
        }
    }

    @Test
    void obeysNobodyElse() throws Exception {
        try (Browser browser = browser()) {
            soon().until(() -> browser.text("#state").equals("ready"));

            browser.run(Object.class,
                    "const s = document.createElement('script'); s.textContent = 'document.title = 1';"
                            + " document.body.append(s)");

            soon().until(
                    () -> browser.complaints().stream().anyMatch(line -> line.contains("Content Security Policy")));
            assertThat(browser.run(String.class, "return document.title")).startsWith("myproxy");
        }
    }
}
