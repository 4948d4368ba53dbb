package dev.myproxy.dist;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Date;

/** The arrows between packages, and a few habits, for all modules. */
@AnalyzeClasses(packages = "dev.myproxy", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {

    /** Leaves out the tests of this module and the test jars of the others. */
    static final class MainClasses implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("/test-classes/") && !location.contains("-tests.jar");
        }
    }

    @ArchTest
    static final ArchRule PROTOCOL_IS_PURE = classes().that().resideInAPackage("dev.myproxy.protocol..").should()
            .onlyDependOnClassesThat(resideInAnyPackage("dev.myproxy.protocol..", "io.netty.buffer..", "java..",
                    "org.jspecify..", "com.google.errorprone.annotations.."));

    /**
     * Timers and ages go by {@code System.nanoTime}, so that a clock that jumps ends no session and holds no health check up. The time
     * of day is for people and for scripts.
     */
    @ArchTest
    static final ArchRule FEW_READ_THE_TIME_OF_DAY = noClasses().that().resideInAPackage("dev.myproxy..").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.cluster.Moment").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.admin.AdminSite").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.tls.SelfSigned").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.dist.Asking").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.dist.Status").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.dist.ReloadMeters").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.dist.log.Entry").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.lua.luaj.std.DateLib").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.lua.lib.RealOutside").and()
            .doNotHaveFullyQualifiedName("dev.myproxy.lua.check.outside.CheckedOutside").and()
            .resideOutsideOfPackage("dev.myproxy.bench..").should()
            .callMethod(System.class, "currentTimeMillis").orShould().callMethod(Instant.class, "now").orShould()
            .callMethod(Clock.class, "systemUTC").orShould().callMethod(Clock.class, "systemDefaultZone").orShould()
            .callMethod(LocalDateTime.class, "now").orShould().callMethod(ZonedDateTime.class, "now").orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule AUTH_KNOWS_THE_PROTOCOL = mayUse("auth", "protocol");

    @ArchTest
    static final ArchRule ADDRESS_KNOWS_STRINGS_OF_BYTES = mayUse("address", "protocol");

    @ArchTest
    static final ArchRule BUS_STANDS_ALONE = mayUse("bus");

    @ArchTest
    static final ArchRule TEXT_STANDS_ALONE = mayUse("text");

    @ArchTest
    static final ArchRule TRANSPORT_KNOWS_ADDRESSES = mayUse("transport", "address", "posix", "protocol");

    @ArchTest
    static final ArchRule HEADERS_OF_BALANCERS_KNOW_ADDRESSES = mayUse("proxyheader", "address", "protocol");

    @ArchTest
    static final ArchRule CONTROL_KNOWS_LISTENERS = mayUse("control", "address", "inherit", "listen", "posix",
            "protocol",
            "transport");

    @ArchTest
    static final ArchRule CONTROL_DATAGRAMS_KNOW_STRINGS_OF_BYTES = noClasses().that()
            .resideInAPackage("dev.myproxy.control").should().dependOnClassesThat(
                    resideInAnyPackage("dev.myproxy..").and(com.tngtech.archunit.base.DescribedPredicate
                            .not(resideInAnyPackage("dev.myproxy.control", "dev.myproxy.protocol"))));

    @ArchTest
    static final ArchRule POSIX_STANDS_ALONE = mayUse("posix");

    @ArchTest
    static final ArchRule CGROUP_KNOWS_PROCESSES_AND_FILES = mayUse("cgroup", "address", "posix", "protocol");

    @ArchTest
    static final ArchRule SCRIPT_KNOWS_VALUES = mayUse("script", "address", "auth", "bus", "cgroup", "control",
            "protocol", "proxyheader", "tls");

    @ArchTest
    static final ArchRule LISTEN_KNOWS_NO_SESSION = mayUse("listen", "address", "inherit", "posix",
            "protocol", "transport");

    @ArchTest
    static final ArchRule INHERITED_SOCKETS_KNOW_ADDRESSES = mayUse("inherit", "address", "posix");

    @ArchTest
    static final ArchRule CONNECTION_STRINGS_KNOW_SECRETS = mayUse("pg.conninfo", "auth", "text");

    @ArchTest
    static final ArchRule THE_POSTGRESQL_CLIENT_KNOWS_NO_SCRIPT = mayUse("pg", "auth", "protocol", "text");

    @ArchTest
    static final ArchRule CONNECTION_STRINGS_KNOW_NO_CLIENT = noClasses().that()
            .resideInAPackage("dev.myproxy.pg.conninfo..").should().dependOnClassesThat()
            .resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule HTTP_KNOWS_LISTENERS = mayUse("http", "address", "listen", "transport");

    @ArchTest
    static final ArchRule METRICS_KNOW_PAGES = mayUse("metrics", "address", "http");

    @ArchTest
    static final ArchRule BACKEND_LOGINS_KNOW_NO_SESSION = mayUse("backend", "tls", "auth", "protocol", "proxyheader",
            "transport", "address");

    @ArchTest
    static final ArchRule OFFERS_KNOW_SERVERS = mayUse("offer", "address", "protocol");

    @ArchTest
    static final ArchRule SESSION_IS_THE_TOP_OF_CORE = mayUse("session", "address", "auth", "backend", "bus", "cgroup",
            "listen", "metrics", "offer", "protocol",
            "proxyheader", "script", "tls", "transport");

    @ArchTest
    static final ArchRule TLS_STANDS_ALONE = mayUse("tls");

    @ArchTest
    static final ArchRule CLUSTERS_KNOW_SERVERS = mayUse("cluster", "address", "auth",
            "backend", "bus", "metrics", "protocol", "script", "session", "transport");

    @ArchTest
    static final ArchRule CLUSTERS_KNOW_NO_SESSION = noClasses().that().resideInAPackage("dev.myproxy.cluster..")
            .should().dependOnClassesThat(resideInAnyPackage("dev.myproxy.session..").and(
                    com.tngtech.archunit.base.DescribedPredicate.not(nameStartingWith(
                            "dev.myproxy.session.SessionBus"))));

    @ArchTest
    static final ArchRule ADMIN_KNOWS_WHAT_IT_SHOWS = mayUse("admin", "address", "bus", "cluster", "control", "http",
            "listen",
            "protocol", "script", "session", "text", "tls", "transport");

    @ArchTest
    static final ArchRule COMMANDS_START_FAST = noClasses().that().resideInAPackage("dev.myproxy.admin.client..")
            .should()
            .dependOnClassesThat().resideInAnyPackage("io.vertx..", "io.netty..");

    @ArchTest
    static final ArchRule COMMANDS_KNOW_NO_DAEMON = mayUse("admin.client");

    @ArchTest
    static final ArchRule NOBODY_KNOWS_THE_DAEMON = noClasses().that().resideOutsideOfPackage("dev.myproxy.dist..")
            .should().dependOnClassesThat().resideInAPackage("dev.myproxy.dist..");

    @ArchTest
    static final ArchRule CORE_AND_CLUSTER_KNOW_NO_SCRIPTING_LANGUAGE_AND_NO_DATABASE_CLIENT = noClasses().that()
            .resideOutsideOfPackages("dev.myproxy.lua..", "dev.myproxy.pg..", "dev.myproxy.dist..").should()
            .dependOnClassesThat().resideInAnyPackage("dev.myproxy.lua..", "dev.myproxy.pg..", "org.luaj..",
                    "party.iroiro..", "io.vertx.pgclient..",
                    "io.vertx.sqlclient..");

    @ArchTest
    static final ArchRule LIBRARIES_KNOW_NO_ENGINE = noClasses().that().resideInAPackage("dev.myproxy.lua.lib..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.myproxy.lua.luajit..", "dev.myproxy.lua.luaj..",
                    "org.luaj..", "party.iroiro..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule EACH_ENGINE_USES_ITS_LIBRARY_ALONE = noClasses().that()
            .resideOutsideOfPackage("dev.myproxy.lua.luajit..").should().dependOnClassesThat()
            .resideInAnyPackage("party.iroiro..", "dev.myproxy.lua.luajit..").allowEmptyShould(true);

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching("dev.myproxy.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NAMES_SAY_WHAT_IT_IS = noClasses().that()
            // the protocol documentation's own words
            .doNotHaveSimpleName("AuthMoreData").and().doNotHaveSimpleName("ClientData").should()
            .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Info|Data)(\\$.*)?");

    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses all) {
        Set<String> unmarked = all.stream().map(JavaClass::getPackage)
                .filter(p -> p.getClasses().stream().anyMatch(c -> !c.getSimpleName().equals("package-info")))
                .filter(p -> !p.isAnnotatedWith(NullMarked.class)).map(JavaPackage::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(unmarked).isEmpty();
    }

    @ArchTest
    static void nothingIsLeftOut(JavaClasses all) {
        assertThat(all.stream().map(JavaClass::getPackageName).distinct()).contains("dev.myproxy.protocol",
                "dev.myproxy.session", "dev.myproxy.dist", "dev.myproxy.lua");
        assertThat(all.stream().map(JavaClass::getSimpleName)).doesNotContain("ArchitectureTest", "RawClient");
    }

    private static ArchRule mayUse(String name, String... others) {
        List<String> allowed = new java.util.ArrayList<>(List.of("dev.myproxy." + name + ".."));
        for (String other : others) {
            allowed.add("dev.myproxy." + other + "..");
        }
        return noClasses().that().resideInAPackage("dev.myproxy." + name + "..").should().dependOnClassesThat(
                resideInAnyPackage("dev.myproxy..").and(com.tngtech.archunit.base.DescribedPredicate
                        .not(resideInAnyPackage(allowed.toArray(String[]::new)))))
                .as("package " + name + " may use only " + List.of(others));
    }
}
