package dev.myproxy.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.it.Launch.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code bin/myproxy}. */
@OwnServers
class LauncherIT {

    @TempDir
    private Path directory;

    @Test
    void findsItselfBehindLinks() throws Exception {
        Path absolute = Files.createSymbolicLink(directory.resolve("absolute"), Launch.HOME.resolve("bin/myproxy"));
        Path relative = Files.createSymbolicLink(directory.resolve("relative"), Path.of("absolute"));

        for (Path link : new Path[]{absolute, relative, Path.of("./relative")}) {
            Outcome outcome = new Launch(link, directory).run("--version");
            assertThat(outcome.out()).startsWith("myproxy ");
            assertThat(outcome.status()).isZero();
        }
    }

    @Test
    void runsOnAnOlderJavaHome() throws Exception {
        Path old = runtime("17.0.15");

        assertThat(Launch.in(directory).with("JAVA_HOME", old.toString()).run("--version").status()).isZero();
    }

    @Test
    void refusesAChosenRuntimeThatIsTooOld() throws Exception {
        Path old = runtime("17.0.15");

        Outcome outcome = Launch.in(directory).with("MYPROXY_JAVA_HOME", old.toString()).run("--version");

        assertThat(outcome).isEqualTo(new Outcome(78, "", "myproxy: MYPROXY_JAVA_HOME is " + old
                + ", which is not a Java runtime of version 25 or newer.\n"));
    }

    @Test
    void takesAChosenRuntime() throws Exception {
        Path fake = runtime("26-ea");

        Outcome outcome = Launch.in(directory).with("MYPROXY_JAVA_HOME", fake.toString()).with("MYPROXY_JAVA_OPTS",
                "-Xmx77m -Dx=y").run("--config", "a b");

        assertThat(outcome.status()).isEqualTo(5);
        assertThat(outcome.out().lines()).contains("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Xmx77m",
                "-Dx=y", "-jar", "--config", "a b").doesNotContain("a");
    }

    @Test
    void givesTheJavaProcessItsOwnPid() throws Exception {
        Path fake = runtime("25");

        Outcome outcome = new Launch(Path.of("/bin/sh"), directory).with("MYPROXY_JAVA_HOME", fake.toString()).run("-c",
                "echo $$; exec \"$0\"", Launch.HOME.resolve("bin/myproxy").toString());

        String[] lines = outcome.out().split("\n", -1);
        assertThat(lines[1]).isEqualTo("pid " + lines[0]);
    }

    @Test
    void usesTheCacheOfItsInstallation() throws Exception {
        Path home = installation();
        Path cache = Files.createFile(home.resolve("lib/myproxy.aot"));

        assertThat(launch(home).run("--version").out().lines()).containsSubsequence("-XX:AOTCache=" + cache, "-jar",
                home.resolve("lib/myproxy.jar").toString(), "--version");
        assertThat(launch(home).with("MYPROXY_AOT_CACHE", "").run().out()).doesNotContain("AOTCache");
        Files.delete(cache);
        assertThat(launch(home).run().out()).doesNotContain("AOTCache");
    }

    @Test
    void prefersTheRuntimeAndTheNativeLibrariesOfItsInstallation() throws Exception {
        Path home = installation();
        Path natives = Files.createDirectory(home.resolve("lib/native"));
        Files.move(runtime("25"), home.resolve("runtime"));

        assertThat(new Launch(home.resolve("bin/myproxy"), directory).with("JAVA_HOME", "/nowhere").run().out().lines())
                .containsSubsequence("-Djava.library.path=" + natives, "-Djna.boot.library.path=" + natives,
                        "-Djna.library.path=" + natives, "-jar");
    }

    @Test
    void startsWithACacheThatDoesNotFit() throws Exception {
        Path foreign = Files.writeString(directory.resolve("foreign"), "no cache");

        Outcome outcome = Launch.in(directory).with("MYPROXY_AOT_CACHE", foreign.toString()).run("--version");

        assertThat(outcome.out()).startsWith("myproxy ");
        assertThat(outcome.err()).contains("AOT cache");
        assertThat(outcome.status()).isZero();
    }

    @Test
    void trainsWithOptionsOfItsOwnAndReplacesTheCache() throws Exception {
        Path home = installation();
        Files.writeString(home.resolve("lib/myproxy.aot"), "old");
        Files.writeString(directory.resolve("java-25/bin/java"),
                """
                #!/bin/sh
                for option in "$@"; do
                    case $option in
                        -XX:AOTCacheOutput=*) output=${option#*=} ;;
                        -XX:AOTCache=*) exit 1 ;;
                    esac
                done
                trap 'echo new >"$output"; exit 0' TERM
                i=0
                while [ $((i += 1)) -le 30 ]; do echo cause=server_refused; done
                while :; do sleep 0.1; done
                """);

        Outcome outcome = new Launch(home.resolve("bin/myproxy-train"), directory).with("MYPROXY_JAVA_HOME",
                directory.resolve("java-25").toString()).run();

        assertThat(outcome).isEqualTo(new Outcome(0, "", ""));
        assertThat(home.resolve("lib/myproxy.aot")).hasContent("new");
        assertThat(home.resolve("lib")).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void trainsInVainWithADaemonThatEnds() throws Exception {
        Path home = installation();

        Outcome outcome = new Launch(home.resolve("bin/myproxy-train"), directory).with("MYPROXY_JAVA_HOME",
                directory.resolve("java-25").toString()).run();

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.err())
                .endsWith("myproxy-train: the daemon does not run as it should; its last lines are above.\n");
        assertThat(home.resolve("lib")).isEmptyDirectory();
    }

    private Launch launch(Path home) {
        return new Launch(home.resolve("bin/myproxy"), directory).with("MYPROXY_JAVA_HOME",
                directory.resolve("java-25").toString());
    }

    /** The scripts alone, and a runtime for them. */
    private Path installation() throws IOException {
        Path home = directory.toRealPath().resolve("installed");
        Files.createDirectories(home.resolve("lib"));
        Path bin = Files.createDirectory(home.resolve("bin"));
        for (String script : new String[]{"myproxy", "myproxy-train"}) {
            Files.copy(Launch.HOME.resolve("bin").resolve(script), bin.resolve(script));
        }
        runtime("25");
        return home;
    }

    /** Something that looks like a Java runtime and prints its arguments. */
    private Path runtime(String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("java-" + version));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho \"pid $$\"\nprintf '%s\\n' \"$@\"\nexit 5\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }
}
