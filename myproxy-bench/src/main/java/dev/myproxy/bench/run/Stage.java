package dev.myproxy.bench.run;

import dev.myproxy.address.Address;
import dev.myproxy.bench.load.Endpoint;
import dev.myproxy.bench.load.Generator;
import dev.myproxy.bench.load.Sysbench;
import dev.myproxy.bench.report.Figures;
import dev.myproxy.bench.run.Settings.Kind;
import dev.myproxy.bench.run.Settings.Load;
import dev.myproxy.bench.server.EmbeddedServer;
import dev.myproxy.bench.server.Points;
import dev.myproxy.bench.server.Server;
import dev.myproxy.bench.subject.Contestant;
import dev.myproxy.bench.subject.Descriptors;
import dev.myproxy.bench.subject.Launcher;
import dev.myproxy.bench.subject.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts the server and the targets, has all measured, and ends them. */
final class Stage {

    /** Of the server, beside those that are asked for: preparations, sessions that are about to end. */
    private static final int SPARE_SESSIONS = 300;

    private final Path mariadb;
    private final Path directory;
    private final Consumer<String> progress;
    private final Descriptors descriptors = Descriptors.own();
    private final Settings settings;

    /**
     * @param mariadb   where the MariaDB is unpacked
     * @param directory for everything that is written
     * @param progress  is told what happens, line by line
     */
    Stage(Settings settings, Path mariadb, Path directory, Consumer<String> progress) throws IOException {
        this.mariadb = mariadb;
        this.directory = directory;
        this.progress = progress;
        this.settings = bearable(settings);
    }

    /** Settings with no more idle sessions than the limit of descriptors allows. */
    private Settings bearable(Settings wanted) {
        int most = descriptors.proxySessions();
        if (!wanted.workloads().contains(Kind.IDLE) || wanted.sessions().stream().allMatch(each -> each <= most)) {
            return wanted;
        }
        int asked = Collections.max(wanted.sessions());
        progress.accept(String.format("%,d idle sessions need %,d descriptors in the proxy, and the limit is %,d: "
                + "measuring with %,d. Raise it with \"ulimit -Hn\" as root, or LimitNOFILE= of the service.", asked,
                2L * asked + 200, descriptors.limit(), most));
        return wanted.withSessions(wanted.sessions().stream().map(each -> Math.min(each, most)).distinct().toList());
    }

    Figures perform() throws IOException, InterruptedException {
        Figures figures = new Figures();
        try (Generator generator = new Generator(settings.threads())) {
            if (settings.server().isPresent()) {
                Server server = existing(settings.server().get());
                perform(server, generator, figures);
                Points.drop(generator, server.direct());
            } else {
                progress.accept("starting MariaDB");
                try (EmbeddedServer embedded = EmbeddedServer.start(mariadb, directory.resolve("db"), sessions(),
                        generator)) {
                    perform(embedded.server(settings.serverTcp()), generator, figures);
                }
            }
        }
        return figures;
    }

    private int sessions() {
        return SPARE_SESSIONS + Stream.of(settings.selects(), settings.connects(), settings.sessions())
                .flatMap(List::stream).mapToInt(Integer::intValue).max().orElse(0);
    }

    private static Server existing(ExistingServer existing) throws IOException {
        String password = existing.passwordFile().isPresent()
                ? Files.readAllLines(existing.passwordFile().get()).stream().findFirst().orElse("")
                : "";
        String text = existing.address();
        int colon = text.lastIndexOf(':');
        Address address = text.startsWith("/")
                ? new Address.UnixPath(text)
                : Targets.inet(colon < 0 ? text : text.substring(0, colon),
                        colon < 0 ? 3306 : Integer.parseInt(text.substring(colon + 1)));
        return new Server(new Endpoint(address, Endpoint.account(existing.user(), password, existing.database())),
                address, OptionalLong.empty());
    }

    private void perform(Server server, Generator generator, Figures figures)
            throws IOException, InterruptedException {
        Points.create(generator, server.direct());
        Launcher launcher = new Launcher(server, directory, generator, descriptors);
        List<Contestant> contestants = new ArrayList<>();
        try {
            for (Target target : settings.targets()) {
                progress.accept("starting " + target.name());
                contestants.add(launcher.start(target));
            }
            Plan plan = new Plan(settings, generator, sysbench(), launcher);
            Runner runner = new Runner(contestants, generator, figures, progress);
            if (settings.needsWarmUp()) {
                runner.warmUp(plan.statement(), settings.warmUp());
            }
            runner.run(plan.workloads(), settings.repetitions());
        } finally {
            contestants.forEach(Contestant::close);
        }
    }

    private Optional<Sysbench> sysbench() {
        if (settings.load() == Load.AUTO && settings.server().flatMap(ExistingServer::passwordFile).isPresent()) {
            progress.accept("The native load generator does all point selects: sysbench would show the password to "
                    + "everybody on this machine, in its command line. --load sysbench has it do so.");
            return Optional.empty();
        }
        Optional<Path> program = settings.load() == Load.NATIVE ? Optional.empty() : Programs.find("sysbench");
        if (program.isEmpty() && settings.load() != Load.NATIVE && settings.workloads().contains(Kind.SELECT)) {
            progress.accept("sysbench is not installed; the native load generator does all point selects.");
        }
        return program.map(found -> new Sysbench(found, directory));
    }
}
