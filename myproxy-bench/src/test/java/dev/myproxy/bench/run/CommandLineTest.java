package dev.myproxy.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.bench.run.Invocation.Misuse;
import dev.myproxy.bench.run.Invocation.Run;
import dev.myproxy.bench.run.Invocation.Show;
import dev.myproxy.bench.run.Settings.Kind;
import dev.myproxy.bench.run.Settings.Load;
import dev.myproxy.bench.subject.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {

    private static final Path HOME = Path.of("/nowhere/myproxy");
    private static final Path IMAGE = Path.of("/nowhere/image");

    @Test
    void withoutArgumentsEverythingIsMeasured() {
        Settings settings = settings(Optional.of(Path.of("/usr/sbin/haproxy")));

        assertThat(settings.targets()).extracting(Target::name).containsExactly("direct", "myproxy", "haproxy");
        assertThat(settings.workloads()).containsExactly(Kind.values());
        assertThat(settings.selects()).containsExactly(1, 8, 64, 512);
        assertThat(settings.repetitions()).isEqualTo(3);
    }

    @Test
    void withoutHaproxyTheOthersAreMeasured() {
        assertThat(settings(Optional.empty()).targets()).extracting(Target::name).containsExactly("direct",
                "myproxy");
        assertThat(misuse("--target", "haproxy")).contains("haproxy is not installed");
    }

    @Test
    void quickCanBeChangedInDetail() {
        Settings settings = settings(Optional.empty(), "--quick", "--seconds=0.5", "--workloads=select,start",
                "--connections=2,4", "--load=native");

        assertThat(settings.length()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.warmUp()).isEqualTo(Pace.QUICK.warmUp());
        assertThat(settings.workloads()).containsExactly(Kind.SELECT, Kind.START);
        assertThat(settings.selects()).containsExactly(2, 4);
        assertThat(settings.load()).isEqualTo(Load.NATIVE);
    }

    @Test
    void startMeansThePackageAndItsMemory() {
        Settings settings = settings(Optional.of(Path.of("/usr/sbin/haproxy")), "--start", "--build", "--starts=20");

        assertThat(settings.targets()).containsExactly(new Target.MyProxy("package", IMAGE, Map.of()),
                new Target.HaProxy("haproxy", Path.of("/usr/sbin/haproxy")));
        assertThat(settings.workloads()).containsExactlyInAnyOrder(Kind.START, Kind.IDLE);
        assertThat(settings.starts()).isEqualTo(20);
    }

    @Test
    void withoutAPackageItSaysHowToMakeOne() {
        Invocation parsed = new CommandLine(new Targets(HOME, Optional.empty(), Optional.empty())).parse("--start");

        assertThat(((Misuse) parsed).text()).contains("./mvnw -Pdist package -DskipTests");
    }

    @Test
    void otherTargetsAreNamed(@TempDir Path directory) throws IOException {
        Path program = Files.createDirectories(directory.resolve("bin")).resolve("myproxy");
        Files.createFile(program, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        Settings settings = settings(Optional.empty(), "--target=direct",
                "--target=old=" + directory + ";MYPROXY_JAVA_OPTS=-Xmx1g,-Xmx2g",
                "--target=other=127.0.0.1:6033;pid=77");

        assertThat(settings.targets()).element(1).isEqualTo(
                new Target.MyProxy("old", directory, Map.of("MYPROXY_JAVA_OPTS", "-Xmx1g,-Xmx2g")));
        assertThat(settings.targets()).element(2).isEqualTo(
                new Target.Running("other", Targets.inet("127.0.0.1", 6033), OptionalLong.of(77)));
    }

    @Test
    void mistakesSayWhatWouldBeRight() {
        assertThat(misuse("--workloads=slect")).contains("\"slect\"", "select, connect");
        assertThat(misuse("--target=x=/nowhere")).contains("There is no bin/myproxy in /nowhere");
        assertThat(misuse("--target=direct", "--target=direct")).contains("two targets are called direct");
        assertThat(misuse("--seconds=0")).contains("--seconds must be positive");
        assertThat(misuse("--user=u")).contains("--user goes with --server");
        assertThat(misuse("--speed")).contains("--speed");
    }

    @Test
    void helpShowsAllOptions() {
        assertThat(parse(Optional.empty(), "--help")).isInstanceOfSatisfying(Show.class,
                show -> assertThat(show.text()).contains("--quick", "--server", "--record"));
    }

    private static Settings settings(Optional<Path> haproxy, String... arguments) {
        return ((Run) parse(haproxy, arguments)).settings();
    }

    private static String misuse(String... arguments) {
        return ((Misuse) parse(Optional.empty(), arguments)).text();
    }

    private static Invocation parse(Optional<Path> haproxy, String... arguments) {
        return new CommandLine(new Targets(HOME, Optional.of(IMAGE), haproxy)).parse(arguments);
    }
}
